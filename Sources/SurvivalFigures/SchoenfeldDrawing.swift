internal import Charts
internal import Survival

/// The panels of scaled Schoenfeld residuals as SVG.
struct SchoenfeldDrawing {
  private let figure: SchoenfeldFigure
  private let frame: FigureFrame
  private let type: FigureType
  private let width: Double
  private let columns: Int
  /// Places on the axis of times, in units of g.
  private let times: [(label: String, place: Double)]

  private static let margin = FigureLayout.margin
  private static let gutter = 14.0
  /// Marks are not drawn nearer than this; it grows until they are few enough for a file of some hundred kilobytes.
  private static let markDistance = 0.5
  private static let mostMarks = 6000

  init(_ figure: SchoenfeldFigure) {
    self.figure = figure
    frame = FigureFrame(identifier: figure.options.identifier, fallback: "schoenfeld")
    width = figure.options.widthInMillimetres * 72 / 25.4
    type = FigureType(width: width)
    columns = figure.columns.count > 1 && width >= 400 ? 2 : 1
    times = SchoenfeldDrawing.ticks(figure.smooth)
  }

  /// Round times with an event at or after them, at the place of that event.
  private static func ticks(_ smooth: SchoenfeldSmooth) -> [(label: String, place: Double)] {
    let order = smooth.time.indices.sorted { smooth.time[$0] < smooth.time[$1] }
    let span = smooth.time.max() ?? 1
    let ticks = TimeTicks(span: span, requestedStep: nil, maximumCount: 25) { _ in true }
    var next = 0
    return zip(ticks.values, ticks.labels).compactMap { tick, label in
      while next < order.count, smooth.time[order[next]] < tick { next += 1 }
      return next < order.count ? (label, smooth.transformed[order[next]]) : nil
    }
  }

  func document() -> String {
    var y = Self.margin
    let whole = width - 2 * Self.margin
    let head = type.title.lines(displayText(figure.title), x: Self.margin, from: &y, width: whole)
    if !head.isEmpty { y += 4 }
    var drawn: [Element] = head.isEmpty ? [] : [frame.group("heading", head.map { $0.element() })]
    let room = (width - 2 * Self.margin - Double(columns - 1) * Self.gutter) / Double(columns)
    for first in stride(from: 0, to: figure.columns.count, by: columns) {
      var bottom = y
      for k in first..<min(first + columns, figure.columns.count) {
        let left = Self.margin + Double(k - first) * (room + Self.gutter)
        let (elements, end) = panel(k, left: left, width: room, top: y)
        drawn += elements
        bottom = max(bottom, end)
      }
      y = bottom + 10
    }
    let foot = figure.footer.flatMap {
      type.footer.lines(displayText($0), x: Self.margin, from: &y, width: whole)
    }
    if !foot.isEmpty { drawn.append(frame.group("source", foot.map { $0.element(fill: Ink.quiet) })) }
    var root = frame.root(
      title: displayText(figure.title), otherwise: "Scaled Schoenfeld residuals", description: summary,
      metadata: metadata, width: width, widthInMillimetres: figure.options.widthInMillimetres, height: y + Self.margin)
    root.children += drawn
    return root.document()
  }

  // MARK: One panel

  private func panel(_ number: Int, left: Double, width: Double, top: Double) -> (elements: [Element], bottom: Double) {
    let column = figure.columns[number]
    let (smooth, style) = (figure.smooth, type.plain)
    let curve = smooth.curves[column]
    var y = top
    let lines = [(curve.name, type.tableLabel), (figure.notes[column], type.plain)].flatMap { text, style in
      style.lines(displayText(text), x: left, from: &y, width: width)
    }
    y += 4 + style.digitHeight / 2
    let values = ValueTicks(range(column))
    let labels = values.values.map { fixedText($0, places: decimals(of: values.step)) }
    let labelWidth = labels.map(style.width(of:)).max() ?? 0
    let panel = Panel(
      left: left + style.lineHeight + 3 + labelWidth + Axes.tickGap + Axes.tickLength, right: left + width - 8, top: y,
      bottom: y + min(200, max(90, width * 0.55)))
    let yScale = LinearScale(
      domain: values.values[0]...values.values[values.values.count - 1], start: panel.bottom, end: panel.top)
    let xScale = LinearScale(
      domain: smooth.x[0]...smooth.x[smooth.x.count - 1], start: panel.left + 4, end: panel.right - 4)
    let name = { (part: String) in "\(part)-\(number + 1)" }
    let axes = Axes(
      panel, style: style, vertical: zip(values.values, labels).map { .init(yScale($0), $1) },
      horizontal: labelled(xScale))
    var axisElements = axes.elements()
    axisElements.append(
      Axes.verticalTitle(
        "Coefficient, β(t)", panel, x: Axes.labelX(panel) - labelWidth - 4, style: style))
    var foot = Axes.labelY(panel, style: style) + 3
    axisElements += style.lines(
      timeTitle, x: (panel.left + panel.right) / 2, from: &foot, width: panel.width, anchor: .middle
    ).map { $0.element() }
    let elements: [Element] = [
      frame.group(name("notes"), lines.map { $0.element() }),
      band(curve, xScale, yScale, panel, id: name("band")),
      Element.line(
        panel.left, yScale(figure.coefficients[column]), panel.right, yScale(figure.coefficients[column]),
        stroke: Ink.guide, width: 1, dashes: [4, 3]
      ).with("id", frame.id(name("estimate"))),
      frame.group(name("axes"), axisElements),
      marks(column, xScale, yScale, id: name("residuals")),
      line(curve, xScale, yScale, id: name("smooth")),
    ]
    return (elements, foot)
  }

  /// Ticks of times; a label where it does not touch the one before.
  private func labelled(_ x: LinearScale) -> [Axes.Tick] {
    var end = -Double.infinity
    return times.map { label, place in
      let half = type.plain.width(of: label) / 2
      guard x(place) - half > end + 4 else { return Axes.Tick(x(place), nil) }
      end = x(place) + half
      return Axes.Tick(x(place), label)
    }
  }

  private var timeTitle: String {
    let scale =
      switch figure.smooth.transform {
      case .km: "scale\u{A0}of\u{A0}1\u{A0}−\u{A0}S"
      case .identity: ""
      case .rank: "scale\u{A0}of\u{A0}ranks"
      case .log: "logarithmic\u{A0}scale"
      }
    return displayText(figure.timeLabel) + (scale.isEmpty ? "" : " (\(scale))")
  }

  /// The smooth and its band, the estimate and 0, and residuals as far as they lie within twice the reach of these.
  private func range(_ column: Int) -> ClosedRange<Double> {
    let curve = figure.smooth.curves[column]
    let inner = curve.lower + curve.upper + [figure.coefficients[column], 0]
    let known = inner.filter(\.isFinite)
    let (least, largest) = (known.min() ?? -1, known.max() ?? 1)
    let room = 2 * max(largest - least, 1e-9)
    let residuals = curve.residuals
    return min(
      least, max(residuals.min() ?? least, least - room))...max(
        largest, min(residuals.max() ?? largest, largest + room))
  }

  private func polyline(_ places: [(Double, Double)]) -> String {
    places.map { "\(decimalText($0.0)) \(decimalText($0.1))" }.joined(separator: "L")
  }

  private func line(_ curve: SchoenfeldSmooth.Curve, _ x: LinearScale, _ y: LinearScale, id: String) -> Element {
    let places = zip(figure.smooth.x, curve.estimate).map { (x($0), y($1)) }
    return Element(
      "path",
      [
        "id": frame.id(id), "d": "M" + polyline(places), "fill": "none", "stroke": SeriesStyle.all[0].colour,
        "stroke-width": decimalText(type.curveWidth),
      ])
  }

  private func band(
    _ curve: SchoenfeldSmooth.Curve, _ x: LinearScale, _ y: LinearScale, _ panel: Panel, id: String
  ) -> Element {
    func within(_ value: Double) -> Double { min(max(y(value), panel.top), panel.bottom) }
    let upper = zip(figure.smooth.x, curve.upper).map { (x($0), within($1)) }
    let lower = zip(figure.smooth.x, curve.lower).map { (x($0), within($1)) }
    return Element(
      "path",
      [
        "id": frame.id(id), "d": "M" + polyline(upper + lower.reversed()) + "z", "fill": SeriesStyle.all[0].colour,
        "fill-opacity": "0.2",
      ])
  }

  /// Small squares, no two of them nearer than can be told apart; one beyond the axis stands at its end.
  private func marks(_ column: Int, _ x: LinearScale, _ y: LinearScale, id: String) -> Element {
    let smooth = figure.smooth
    let (top, bottom) = (y.end, y.start)
    let places = smooth.time.indices.map { event in
      (x(smooth.transformed[event]), min(max(y(smooth.curves[column].residuals[event]), top), bottom))
    }
    var distance = Self.markDistance
    var kept = places
    repeat {
      var taken: Set<Int> = []
      // A cell of the page holds one mark; a page has fewer than a million cells across.
      kept = places.filter { taken.insert(Int($0.0 / distance) * 1_000_000 + Int($0.1 / distance)).inserted }
      distance *= 1.5
    } while kept.count > Self.mostMarks / figure.columns.count
    var path = StepPath()
    let side = 1.6
    for (x, y) in kept {
      path.move(to: x - side / 2, y)
      path.horizontal(to: x + side / 2)
    }
    return Element(
      "path",
      [
        "id": frame.id(id), "d": path.data, "fill": "none", "stroke": Ink.quiet, "stroke-width": decimalText(side),
        "stroke-opacity": "0.6",
      ])
  }

  // MARK: Texts

  private var summary: String {
    let panels = figure.columns.map {
      "\(displayText(figure.smooth.curves[$0].name)): \(displayText(figure.notes[$0]))"
    }
    return "Scaled Schoenfeld residuals of \(figure.smooth.time.count) events with a smooth; flat where hazards are "
      + "proportional. \(panels.joined(separator: "; "))."
  }

  private var metadata: String {
    func numbers(_ values: [Double]) -> String { jsonArray(values.map { jsonNumber($0, places: 6) }) }
    return jsonObject([
      ("figure", jsonString("schoenfeld")), ("transform", jsonString(figure.smooth.transform.rawValue)),
      ("confidenceLevel", jsonNumber(figure.smooth.level, places: 6)), ("events", String(figure.smooth.time.count)),
      ("x", numbers(figure.smooth.x)),
      (
        "panels",
        jsonArray(
          figure.columns.map { column in
            let curve = figure.smooth.curves[column]
            return jsonObject([
              ("name", jsonString(curve.name)), ("coefficient", jsonNumber(figure.coefficients[column], places: 6)),
              ("value", numbers(curve.estimate)), ("lower", numbers(curve.lower)), ("upper", numbers(curve.upper)),
            ])
          })
      ),
    ])
  }
}

internal import Charts
internal import Survival

/// A layout as SVG. Nothing is decided here but how a mark is written.
struct FigureDrawing {
  let layout: FigureLayout
  private var options: KaplanMeierFigure.Options { layout.plot.options }
  private var styles: [SeriesStyle] { layout.plot.series.map(\.style) }

  init(_ layout: FigureLayout) { self.layout = layout }

  /// - Parameter identifierFallback: begins an id where the options' identifier begins with no letter.
  func document(identifierFallback: String) -> String {
    let frame = FigureFrame(identifier: options.identifier, fallback: identifierFallback)
    var root = frame.root(
      title: displayText(layout.plot.title), otherwise: "Figure of survival", description: layout.summary,
      metadata: layout.metadata(), width: layout.width, widthInMillimetres: options.widthInMillimetres,
      height: layout.height)
    root.children += groups(frame)
    return root.document()
  }

  /// Everything within the frame, in groups with names.
  func groups(_ frame: FigureFrame) -> [Element] {
    var groups: [Element] = []
    func add(_ name: String, _ children: [Element]) {
      if !children.isEmpty { groups.append(frame.group(name, children)) }
    }
    add("heading", layout.titleLines.map { $0.element() })
    if let horizon = options.restrictedMeanHorizon { add("areas", areas(to: horizon, frame)) }
    add("axes", axes())
    if options.showRibbon { add("bands", bands(frame)) }
    add("landmarks", options.landmarks.compactMap(landmark))
    if options.medianLines { add("medians", medians()) }
    add("curves", layout.curves.indices.map { curve($0, frame) })
    // A censoring time is one subject's: none stands on a curve that is released at some times only.
    let hidesMarks = !options.showCensorMarks || layout.curves.contains { $0.isJoined }
    if !hidesMarks { add("censor-marks", marks(frame)) }
    if let difference = layout.difference, let panel = layout.differencePanel, let y = layout.differenceY {
      add("difference", self.difference(difference, panel, y, frame))
    }
    add("results", results())
    add("risk-table", layout.tableLines.map { $0.element() })
    add("source", layout.footerLines.map { $0.element(fill: Ink.quiet) })
    return groups
  }

  private func axes() -> [Element] {
    let style = layout.type.plain
    let isLowest = layout.differencePanel == nil
    var axes = Axes(
      layout.panel, style: style,
      vertical: zip(layout.valueTicks, layout.valueLabels).map { .init(layout.y($0), $1) },
      horizontal: zip(layout.ticks.values, layout.ticks.labels).map { .init(layout.x($0), isLowest ? $1 : nil) })
    if !isLowest { axes.footTickLength = Axes.tickLength / 2 }
    let titles = layout.valueTitle.enumerated().map { number, line in
      Axes.verticalTitle(line, layout.panel, x: layout.valueTitleX(number), style: style)
    }
    return axes.elements() + titles + (isLowest ? layout.axisTitleLines.map { $0.element() } : [])
  }

  // MARK: Curves and bands

  /// A band between limits. Beyond the panel it runs along its top or bottom.
  private func band(
    _ runs: [(steps: [PlottedCurve.Step], end: Double)], isJoined: Bool = false, _ y: LinearScale, _ panel: Panel
  ) -> StepPath {
    func upper(_ step: PlottedCurve.Step) -> Double { max(panel.top, y(step.upper)) }
    func lower(_ step: PlottedCurve.Step) -> Double { min(panel.bottom, y(step.lower)) }
    var path = StepPath()
    for run in runs {
      path.move(to: layout.x(run.steps[0].time), upper(run.steps[0]))
      if isJoined {
        for step in run.steps.dropFirst() { path.straight(to: layout.x(step.time), upper(step)) }
        for step in run.steps.reversed() { path.straight(to: layout.x(step.time), lower(step)) }
        path.close()
        continue
      }
      for step in run.steps.dropFirst() {
        path.horizontal(to: layout.x(step.time))
        path.vertical(to: upper(step))
      }
      path.horizontal(to: layout.x(run.end))
      for (k, step) in run.steps.enumerated().reversed() {
        path.vertical(to: lower(step))
        path.horizontal(to: layout.x(run.steps[k].time))
      }
      path.close()
    }
    return path
  }

  /// A line of steps to `end`.
  private func line(_ steps: [PlottedCurve.Step], to end: Double, _ y: LinearScale) -> StepPath {
    StepPath(steps: steps.map { (layout.x($0.time), y($0.value)) }, to: layout.x(end))
  }

  /// The line of a curve: steps, or straight from point to point where it is known at some times only.
  private func line(_ curve: PlottedCurve) -> StepPath {
    guard curve.isJoined else { return line(curve.steps, to: curve.end, layout.y) }
    var path = StepPath()
    for (k, point) in curve.steps.enumerated() {
      let (x, y) = (layout.x(point.time), layout.y(point.value))
      if k == 0 { path.move(to: x, y) } else { path.straight(to: x, y) }
    }
    return path
  }

  private func bands(_ frame: FigureFrame) -> [Element] {
    layout.curves.enumerated().map { arm, curve in
      Element(
        "path",
        [
          "id": frame.id("band-\(arm + 1)"),
          "d": band(curve.bandRuns, isJoined: curve.isJoined, layout.y, layout.panel).data,
          "fill": styles[arm].colour, "fill-opacity": "0.2",
        ])
    }
  }

  private func curve(_ arm: Int, _ frame: FigureFrame) -> Element {
    let curve = layout.curves[arm]
    let width = layout.type.curveWidth
    return Element(
      "path",
      [
        "id": frame.id("curve-\(arm + 1)"), "d": line(curve).data, "fill": "none",
        "stroke": styles[arm].colour, "stroke-width": decimalText(width), "stroke-linejoin": "miter",
      ]
    ).with("stroke-dasharray", Element.dashArray(styles[arm].dashes, width: width))
  }

  private func marks(_ frame: FigureFrame) -> [Element] {
    let reach = layout.type.curveWidth * 2
    return layout.curves.enumerated().map { arm, curve in
      var path = StepPath()
      for mark in curve.marks {
        let y = layout.y(mark.value)
        path.move(to: layout.x(mark.time), y - reach)
        path.vertical(to: y + reach)
      }
      return Element(
        "path",
        [
          "id": frame.id("censor-marks-\(arm + 1)"), "d": path.data, "fill": "none", "stroke": styles[arm].colour,
          "stroke-width": decimalText(layout.type.curveWidth),
        ])
    }
  }

  /// The difference of two curves over the times of the panel above.
  private func difference(
    _ difference: PlottedDifference, _ panel: Panel, _ y: LinearScale, _ frame: FigureFrame
  ) -> [Element] {
    let axes = Axes(
      panel, style: layout.type.plain,
      vertical: zip(layout.differenceTicks, layout.differenceLabels).map { .init(y($0), $1) },
      horizontal: zip(layout.ticks.values, layout.ticks.labels).map { .init(layout.x($0), $1) })
    var elements: [Element] = []
    if options.showRibbon {
      let runs = PlottedCurve.runs(of: difference.steps, end: difference.end)
      elements.append(
        Element("path", ["id": frame.id("difference-band"), "d": band(runs, y, panel).data, "fill": Ink.band]))
    }
    elements.append(guide(panel.left, y(0), panel.right, y(0)))
    elements.append(
      Element(
        "path",
        [
          "id": frame.id("difference-curve"), "d": line(difference.steps, to: difference.end, y).data, "fill": "none",
          "stroke": Ink.text, "stroke-width": decimalText(layout.type.curveWidth), "stroke-linejoin": "miter",
        ]))
    let texts = layout.differenceLines + layout.axisTitleLines
    return elements + axes.elements() + texts.map { $0.element() }
  }

  // MARK: Guides and areas

  private func guide(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Element {
    .line(x1, y1, x2, y2, stroke: Ink.guide, width: 0.75, dashes: [3, 3])
  }

  private func medians() -> [Element] {
    let medians = layout.curves.compactMap(\.median)
    guard let latest = medians.max() else { return [] }
    let half = layout.y(0.5)
    return [guide(layout.panel.left, half, layout.x(latest), half)]
      + medians.map { guide(layout.x($0), half, layout.x($0), layout.panel.bottom) }
  }

  /// From the uppermost curve at the time down to the axis; nothing where no curve reaches the time.
  private func landmark(_ time: Double) -> Element? {
    guard let highest = layout.curves.compactMap({ $0.value(at: time) }).max() else { return nil }
    return guide(layout.x(time), layout.y(highest), layout.x(time), layout.panel.bottom)
  }

  /// The area under each curve up to the horizon, where its restricted mean is the area, and the horizon itself.
  private func areas(to horizon: Double, _ frame: FigureFrame) -> [Element] {
    let areas = layout.curves.enumerated().map { arm, curve in
      let end = min(horizon, curve.end)
      var path = line(curve.steps.filter { $0.time < horizon }, to: end, layout.y)
      path.vertical(to: layout.panel.bottom)
      path.horizontal(to: layout.panel.left)
      path.close()
      return Element(
        "path",
        ["id": frame.id("area-\(arm + 1)"), "d": path.data, "fill": styles[arm].colour, "fill-opacity": "0.15"])
    }
    let x = layout.x(horizon)
    guard x <= layout.panel.right + 0.01 else { return areas }
    return areas + [guide(x, layout.panel.top, x, layout.panel.bottom)]
  }

  private func results() -> [Element] {
    let block = layout.block
    let width = layout.type.curveWidth
    var elements: [Element] = []
    for (arm, height) in block.sampleHeights.enumerated() {
      let y = layout.blockY + height
      let right = layout.blockX + ResultBlock.sampleLength
      elements.append(
        .line(layout.blockX, y, right, y, stroke: styles[arm].colour, width: width, dashes: styles[arm].dashes))
    }
    for piece in block.pieces {
      elements.append(
        .text(
          piece.text, x: layout.blockX + piece.x, y: layout.blockY + piece.y, style: piece.style,
          anchor: piece.anchor, fill: piece.arm.map { styles[$0].textColour } ?? Ink.text))
    }
    return elements
  }
}

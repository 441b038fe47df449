internal import Charts
internal import Survival

/// A layout as SVG. Nothing is decided here but how a mark is written.
struct FigureDrawing {
  let layout: FigureLayout
  private let figure: KaplanMeierFigure
  private let styles = SeriesStyle.all
  private let frame: FigureFrame

  init(_ layout: FigureLayout) {
    self.layout = layout
    figure = layout.figure
    frame = FigureFrame(identifier: figure.options.identifier, fallback: "km")
  }

  func document() -> String {
    var root = frame.root(
      title: displayText(figure.title), otherwise: "Kaplan–Meier figure", description: layout.summary,
      metadata: layout.metadata(), width: layout.width, widthInMillimetres: figure.options.widthInMillimetres,
      height: layout.height)
    if !layout.titleLines.isEmpty { root.children.append(group("heading", layout.titleLines.map { $0.element() })) }
    root.children.append(group("axes", axes()))
    if figure.options.showRibbon { root.children.append(group("bands", bands())) }
    if figure.options.medianLines { root.children.append(group("medians", medians())) }
    root.children.append(group("curves", layout.curves.indices.map(curve)))
    if figure.options.showCensorMarks { root.children.append(group("censor-marks", marks())) }
    root.children.append(group("results", results()))
    if !layout.tableLines.isEmpty { root.children.append(group("risk-table", layout.tableLines.map { $0.element() })) }
    if !layout.footerLines.isEmpty {
      root.children.append(group("source", layout.footerLines.map { $0.element(fill: Ink.quiet) }))
    }
    return root.document()
  }

  private func id(_ name: String) -> String { frame.id(name) }

  private func group(_ name: String, _ children: [Element]) -> Element { frame.group(name, children) }

  private func axes() -> [Element] {
    let style = layout.type.plain
    let axes = Axes(
      layout.panel, style: style,
      vertical: zip(layout.valueTicks, layout.valueLabels).map { .init(layout.y($0), $1) },
      horizontal: zip(layout.ticks.values, layout.ticks.labels).map { .init(layout.x($0), $1) })
    let titles = layout.valueTitle.enumerated().map { number, line in
      Axes.verticalTitle(line, layout.panel, x: layout.valueTitleX(number), style: style)
    }
    return axes.elements() + titles + layout.axisTitleLines.map { $0.element() }
  }

  /// The edges of a band; beyond the panel they run along its top or bottom.
  private func upper(_ step: PlottedCurve.Step) -> Double { max(layout.panel.top, layout.y(step.upper)) }
  private func lower(_ step: PlottedCurve.Step) -> Double { min(layout.panel.bottom, layout.y(step.lower)) }

  private func bands() -> [Element] {
    layout.curves.enumerated().map { arm, curve in
      var path = StepPath()
      for run in curve.bandRuns {
        path.move(to: layout.x(run.steps[0].time), upper(run.steps[0]))
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
      return Element(
        "path",
        ["id": id("band-\(arm + 1)"), "d": path.data, "fill": styles[arm].colour, "fill-opacity": "0.2"])
    }
  }

  private func curve(_ arm: Int) -> Element {
    let curve = layout.curves[arm]
    let width = layout.type.curveWidth
    var path = StepPath()
    if let first = curve.steps.first {
      path.move(to: layout.x(first.time), layout.y(first.value))
      for step in curve.steps.dropFirst() {
        path.horizontal(to: layout.x(step.time))
        path.vertical(to: layout.y(step.value))
      }
      path.horizontal(to: layout.x(curve.end))
    }
    return Element(
      "path",
      [
        "id": id("curve-\(arm + 1)"), "d": path.data, "fill": "none", "stroke": styles[arm].colour,
        "stroke-width": decimalText(width), "stroke-linejoin": "miter",
      ]
    ).with("stroke-dasharray", Element.dashArray(styles[arm].dashes, width: width))
  }

  private func marks() -> [Element] {
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
          "id": id("censor-marks-\(arm + 1)"), "d": path.data, "fill": "none", "stroke": styles[arm].colour,
          "stroke-width": decimalText(layout.type.curveWidth),
        ])
    }
  }

  private func medians() -> [Element] {
    let medians = layout.curves.compactMap(\.median)
    guard let latest = medians.max() else { return [] }
    let half = layout.y(0.5)
    func guide(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Element {
      .line(x1, y1, x2, y2, stroke: Ink.guide, width: 0.75, dashes: [3, 3])
    }
    return [guide(layout.panel.left, half, layout.x(latest), half)]
      + medians.map { guide(layout.x($0), half, layout.x($0), layout.panel.bottom) }
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
          anchor: piece.anchor, fill: piece.arm.map { styles[$0].colour } ?? Ink.text))
    }
    return elements
  }
}

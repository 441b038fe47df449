internal import Charts

/// A layout of a reconstruction as SVG.
struct ReconstructionDrawing {
  let layout: ReconstructionLayout
  private let frame: FigureFrame
  private let styles = SeriesStyle.all
  /// The curve shows on both sides of the marks that lie on it.
  private static let curveWidth = 2.5
  /// Black curves have marks as well.
  private static let curveOpacity = "0.6"

  init(_ layout: ReconstructionLayout) {
    self.layout = layout
    frame = FigureFrame(identifier: layout.figure.options.identifier, fallback: "reconstruction")
  }

  func document() -> String {
    var root = frame.root(
      title: displayText(layout.figure.title), otherwise: "Diagnostics of a reconstruction",
      description: layout.summary, metadata: layout.metadata(), width: layout.width,
      widthInMillimetres: layout.figure.options.widthInMillimetres, height: layout.height)
    root.children.append(frame.group("heading", layout.headLines.map { $0.element() }))
    root.children.append(frame.group("legend", legend()))
    for (number, cell) in layout.cells.enumerated() {
      func name(_ part: String) -> String { "\(part)-\(number + 1)" }
      root.children.append(frame.group(name("axes"), axes(cell)))
      root.children.append(curve(cell, id: name("curve")))
      root.children.append(
        marks(cell.marks.map { (layout.x(cell)($0.time), layout.y(cell)($0.survival)) }, id: name("readings")))
      if let panel = cell.gapPanel {
        root.children.append(frame.group(name("gap-axes"), gapAxes(cell, panel)))
        root.children.append(
          marks(cell.gapMarks.map { (layout.x(cell)($0.time), layout.gapY(cell, panel)($0.gap)) }, id: name("gaps")))
      }
      root.children.append(frame.group(name("findings"), cell.lines.map { $0.element() }))
    }
    if !layout.footerLines.isEmpty {
      root.children.append(frame.group("source", layout.footerLines.map { $0.element(fill: Ink.quiet) }))
    }
    return root.document()
  }

  private func legend() -> [Element] {
    let places = layout.legend
    let length = ResultBlock.sampleLength
    let half = ReadingMarks.side / 2
    let (mark, curve, error) = (places[0], places[1], places[2])
    return [
      .line(mark.x + length / 2 - half, mark.y, mark.x + length / 2 + half, mark.y, stroke: Ink.text, width: 2 * half),
      .line(curve.x, curve.y, curve.x + length, curve.y, stroke: styles[0].colour, width: Self.curveWidth)
        .with("stroke-opacity", Self.curveOpacity),
      band(left: error.x, right: error.x + length, top: error.y - 3, bottom: error.y + 3),
    ] + layout.legendLines.map { $0.element() }
  }

  private func band(left: Double, right: Double, top: Double, bottom: Double) -> Element {
    Element(
      "rect",
      [
        "x": decimalText(left), "y": decimalText(top), "width": decimalText(right - left),
        "height": decimalText(bottom - top), "fill": Ink.band,
      ])
  }

  /// The axes; where a strip of gaps stands below, that one has the labels of the times.
  private func axes(_ cell: ReconstructionLayout.Cell) -> [Element] {
    let y = layout.y(cell)
    let values = ReconstructionLayout.valueTicks.map { Axes.Tick(y($0), fixedText($0, places: 1)) }
    return axes(cell, cell.panel, values: values, isTimed: cell.gapPanel == nil)
      + [axisTitle("Survival probability", cell.panel)]
  }

  private func gapAxes(_ cell: ReconstructionLayout.Cell, _ panel: Panel) -> [Element] {
    let y = layout.gapY(cell, panel)
    let error = min(layout.figure.arms[cell.arm].readingError, cell.gapReach)
    let values = layout.gapLabels(cell).map { Axes.Tick(y($0.value), $0.text) }
    return [
      band(left: panel.left, right: panel.right, top: y(error), bottom: y(-error)),
      Element.line(panel.left, y(0), panel.right, y(0), stroke: Ink.guide, width: 0.75),
    ] + axes(cell, panel, values: values, isTimed: true) + [axisTitle("Gap", panel)]
  }

  private func axes(
    _ cell: ReconstructionLayout.Cell, _ panel: Panel, values: [Axes.Tick], isTimed: Bool
  ) -> [Element] {
    let times = zip(layout.ticks.values, layout.ticks.labels).map { time, label in
      Axes.Tick(layout.x(cell)(time), isTimed ? label : nil)
    }
    var axes = Axes(panel, style: layout.type.plain, vertical: values, horizontal: times)
    if !isTimed { axes.footTickLength = Axes.tickLength / 2 }
    return axes.elements()
  }

  private func axisTitle(_ text: String, _ panel: Panel) -> Element {
    let style = layout.type.plain
    let x = panel.left - Axes.tickLength - 8 - style.width(of: "+0.005")
    return Axes.verticalTitle(text, panel, x: x, style: style)
  }

  private func curve(_ cell: ReconstructionLayout.Cell, id: String) -> Element {
    let (x, y) = (layout.x(cell), layout.y(cell))
    let path = StepPath(steps: cell.curve.steps.map { (x($0.time), y($0.value)) }, to: x(cell.curve.end))
    return Element(
      "path",
      [
        "id": frame.id(id), "d": path.data, "fill": "none", "stroke": styles[cell.arm].colour,
        "stroke-width": decimalText(Self.curveWidth), "stroke-linejoin": "miter",
        "stroke-opacity": Self.curveOpacity,
      ])
  }

  /// Small squares as strokes as long as they are wide: the shortest to write.
  private func marks(_ places: [(Double, Double)], id: String) -> Element {
    let half = ReadingMarks.side / 2
    var path = StepPath()
    for (x, y) in places {
      path.move(to: x - half, y)
      path.horizontal(to: x + half)
    }
    return Element(
      "path",
      [
        "id": frame.id(id), "d": path.data, "fill": "none", "stroke": Ink.text,
        "stroke-width": decimalText(ReadingMarks.side),
      ])
  }
}

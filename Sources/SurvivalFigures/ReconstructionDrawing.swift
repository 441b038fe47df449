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

  /// Frame, ticks and labels of the value axis, ticks of the time axis and, where there is no strip of gaps, its labels.
  private func axes(_ cell: ReconstructionLayout.Cell) -> [Element] {
    let y = layout.y(cell)
    var elements = [
      frameElement(cell, cell.panel, values: ReconstructionLayout.valueTicks.map { y($0) }, timed: cell.gapPanel == nil)
    ]
    for value in ReconstructionLayout.valueTicks {
      elements.append(label(fixedText(value, places: 1), cell.panel, at: y(value)))
    }
    elements.append(axisTitle("Survival probability", cell.panel))
    if cell.gapPanel == nil { elements += timeLabels(cell) }
    return elements
  }

  private func gapAxes(_ cell: ReconstructionLayout.Cell, _ panel: FigureLayout.Panel) -> [Element] {
    let y = layout.gapY(cell, panel)
    let error = min(layout.figure.arms[cell.arm].readingError, cell.gapReach)
    var elements = [
      band(left: panel.left, right: panel.right, top: y(error), bottom: y(-error)),
      Element.line(panel.left, y(0), panel.right, y(0), stroke: Ink.guide, width: 0.75),
      frameElement(cell, panel, values: layout.gapLabels(cell).map { y($0.value) }, timed: true),
    ]
    elements += layout.gapLabels(cell).map { label($0.text, panel, at: y($0.value)) }
    elements.append(axisTitle("Gap", panel))
    return elements + timeLabels(cell)
  }

  private func frameElement(
    _ cell: ReconstructionLayout.Cell, _ panel: FigureLayout.Panel, values: [Double], timed: Bool
  ) -> Element {
    let tick = FigureLayout.tickLength
    var path = StepPath()
    path.move(to: panel.left, panel.top)
    path.vertical(to: panel.bottom)
    path.horizontal(to: panel.right)
    for value in values {
      path.move(to: panel.left - tick, value)
      path.horizontal(to: panel.left)
    }
    for time in layout.ticks.values {
      path.move(to: layout.x(cell)(time), panel.bottom)
      path.vertical(to: panel.bottom + (timed ? tick : tick / 2))
    }
    return Element("path", ["d": path.data, "fill": "none", "stroke": Ink.axis, "stroke-width": "0.75"])
  }

  private func label(_ text: String, _ panel: FigureLayout.Panel, at y: Double) -> Element {
    let style = layout.type.plain
    return .text(
      text, x: panel.left - FigureLayout.tickLength - 2.5, y: y + style.digitHeight / 2, style: style, anchor: .end)
  }

  private func axisTitle(_ text: String, _ panel: FigureLayout.Panel) -> Element {
    let style = layout.type.plain
    let x = panel.left - FigureLayout.tickLength - 8 - style.width(of: "+0.005")
    let middle = (panel.top + panel.bottom) / 2
    return Element.text(text, x: x, y: middle, style: style, anchor: .middle)
      .with("transform", "rotate(-90 \(decimalText(x)) \(decimalText(middle)))")
  }

  private func timeLabels(_ cell: ReconstructionLayout.Cell) -> [Element] {
    zip(layout.ticks.values, layout.ticks.labels).map { time, label in
      .text(label, x: layout.x(cell)(time), y: cell.timeLabelY, style: layout.type.plain, anchor: .middle)
    }
  }

  private func curve(_ cell: ReconstructionLayout.Cell, id: String) -> Element {
    let (x, y) = (layout.x(cell), layout.y(cell))
    var path = StepPath()
    path.move(to: x(0), y(cell.curve.steps[0].value))
    for step in cell.curve.steps.dropFirst() {
      path.horizontal(to: x(step.time))
      path.vertical(to: y(step.value))
    }
    path.horizontal(to: x(cell.curve.end))
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

internal import Charts
internal import Survival

/// A layout of a forest plot as SVG.
struct ForestDrawing {
  let layout: ForestLayout
  private let frame: FigureFrame
  private var figure: ForestFigure { layout.figure }

  init(_ layout: ForestLayout) {
    self.layout = layout
    frame = FigureFrame(identifier: layout.figure.options.identifier, fallback: "forest")
  }

  func document() -> String {
    var root = frame.root(
      title: displayText(figure.title), otherwise: "Forest plot of subgroups", description: summary,
      metadata: metadata, width: layout.width, widthInMillimetres: figure.options.widthInMillimetres,
      height: layout.height)
    root.children += [
      frame.group("heading", layout.headLines.map { $0.element() }),
      frame.group("guides", guides()),
      frame.group("axes", axes()),
      frame.group("effects", layout.rows.indices.flatMap(effect)),
      frame.group("rows", layout.lines.map { $0.element() }),
    ]
    if !layout.footLines.isEmpty {
      root.children.append(frame.group("source", layout.footLines.map { $0.element(fill: Ink.quiet) }))
    }
    return root.document()
  }

  private func guides() -> [Element] {
    let panel = layout.panel
    var lines = [Element.line(layout.x(1), panel.top, layout.x(1), panel.bottom, stroke: Ink.axis, width: 0.75)]
    if let ratio = figure.overall.effects.first?.hazardRatio, ratio.estimate > 0 {
      let x = layout.x(min(max(ratio.estimate, layout.ticks.values[0]), layout.ticks.end))
      lines.append(.line(x, panel.top, x, panel.bottom, stroke: Ink.guide, width: 0.75, dashes: [3, 3]))
    }
    return lines
  }

  /// The axis at the foot; there is none at the left.
  private func axes() -> [Element] {
    let panel = layout.panel
    var path = StepPath()
    path.move(to: panel.left, panel.bottom)
    path.horizontal(to: panel.right)
    for tick in layout.ticks.values {
      path.move(to: layout.x(tick), panel.bottom)
      path.vertical(to: panel.bottom + Axes.tickLength)
    }
    let labels = zip(layout.ticks.values, layout.ticks.labels).map { tick, label in
      Element.text(
        label, x: layout.x(tick), y: Axes.labelY(panel, style: layout.type.plain), style: layout.type.plain,
        anchor: .middle)
    }
    return [Element("path", ["d": path.data, "fill": "none", "stroke": Ink.axis, "stroke-width": "0.75"])] + labels
      + layout.axisLines.map { $0.element() }
  }

  /// The interval as a line, with an arrow head where it leaves the axis, and the estimate as a square.
  private func effect(_ number: Int) -> [Element] {
    let row = layout.rows[number]
    guard let ratio = row.effect.hazardRatio, ratio.estimate > 0 else { return [] }
    let (first, last) = (layout.ticks.values[0], layout.ticks.end)
    func within(_ value: Double) -> Double { min(max(value.isFinite ? value : last, first), last) }
    let (left, right) = (layout.x(within(ratio.lower)), layout.x(within(ratio.upper)))
    let colour = SeriesStyle.all[0].colour
    var elements = [
      Element.line(left, row.y, right, row.y, stroke: colour, width: 1).with("id", frame.id("interval-\(number + 1)"))
    ]
    func arrow(_ tip: Double, _ back: Double) -> Element {
      let points = [(tip, row.y), (back, row.y - 2.5), (back, row.y + 2.5)]
      return Element(
        "polygon",
        ["points": points.map { "\(decimalText($0.0)),\(decimalText($0.1))" }.joined(separator: " "), "fill": colour])
    }
    if ratio.lower < first { elements.append(arrow(left - 2, left + 4)) }
    if !(ratio.upper <= last) { elements.append(arrow(right + 2, right - 4)) }
    let side = self.side(row.effect)
    guard ratio.estimate >= first, ratio.estimate <= last else { return elements }
    let x = layout.x(ratio.estimate)
    elements.append(
      Element(
        "rect",
        [
          "id": frame.id("estimate-\(number + 1)"), "x": decimalText(x - side / 2), "y": decimalText(row.y - side / 2),
          "width": decimalText(side), "height": decimalText(side), "fill": colour,
        ]))
    return elements
  }

  /// The area is in proportion to the events; the least is still seen.
  private func side(_ effect: SubgroupEffects.Effect) -> Double {
    let most = layout.rows.map { $0.effect.events.reduce(0, +) }.max() ?? 1
    guard most > 0 else { return 2 }
    return max(2, ForestLayout.largestSide * (effect.events.reduce(0, +) / most).squareRoot())
  }

  private var summary: String {
    let arms = figure.overall.armLabels.map(displayText)
    let all = figure.overall.effects.first.map(ForestLayout.ratio) ?? "NE"
    let factors = figure.factors.map { factor in
      let levels = factor.effects.map { "\(displayText($0.label)) \(ForestLayout.ratio($0))" }
      return "\(displayText(factor.name)): \(levels.joined(separator: ", ")); interaction p \(ForestLayout.p(factor))"
    }
    return
      "Hazard ratios (\(ForestLayout.percent(figure)) confidence intervals) of \(arms[1]) against \(arms[0]). All: \(all). "
      + factors.joined(separator: ". ") + (factors.isEmpty ? "" : ".")
  }

  private var metadata: String {
    func effects(_ group: SubgroupEffects) -> String {
      jsonArray(
        group.effects.map { effect in
          jsonObject([
            ("label", jsonString(effect.label)), ("subjects", jsonArray(effect.subjects.map(String.init))),
            ("events", jsonArray(effect.events.map { jsonNumber($0, places: 4) })),
            ("hr", jsonNumber(effect.hazardRatio?.estimate ?? .nan, places: 6)),
            ("lower", jsonNumber(effect.hazardRatio?.lower ?? .nan, places: 6)),
            ("upper", jsonNumber(effect.hazardRatio?.upper ?? .nan, places: 6)),
          ])
        })
    }
    return jsonObject([
      ("figure", jsonString("forest")), ("confidenceLevel", jsonNumber(figure.overall.level, places: 6)),
      ("arms", jsonArray(figure.overall.armLabels.map(jsonString))), ("overall", effects(figure.overall)),
      (
        "factors",
        jsonArray(
          figure.factors.map { factor in
            jsonObject([
              ("name", jsonString(factor.name)), ("levels", effects(factor)),
              ("interactionP", jsonNumber(factor.interaction?.p ?? .nan, places: 6)),
            ])
          })
      ), ("ticks", jsonArray(layout.ticks.values.map { jsonNumber($0, places: 6) })),
    ])
  }
}

internal import Charts
internal import Survival

/// Where everything of a forest plot stands, in points from the top left corner.
///
/// A wide figure has its columns side by side: subgroup, events/N of the arms, the ratios, their numbers, the p of interaction. A narrow one gives the
/// counts a line of their own under the level's name, and the p one under the factor's.
struct ForestLayout {
  struct Row {
    let effect: SubgroupEffects.Effect
    /// Middle of the row's mark.
    let y: Double
  }

  let figure: ForestFigure
  let type: FigureType
  let width: Double
  private(set) var height = 0.0
  private(set) var panel: Panel
  private(set) var rows: [Row] = []
  private(set) var lines: [TextLine] = []
  private(set) var headLines: [TextLine] = []
  private(set) var axisLines: [TextLine] = []
  private(set) var footLines: [TextLine] = []
  let ticks: TimeTicks

  private let isNarrow: Bool
  private let labelWidth: Double
  private let countsX: [Double]
  /// Centre of the numbers of the ratios, and right edge of the p.
  private let ratioX: Double
  private let pX: Double

  static let margin = FigureLayout.margin
  private static let gap = 10.0
  private static let indent = 8.0
  /// The side of the largest square.
  static let largestSide = 8.0

  /// The logarithmic axis of the ratios.
  var x: TimeScale {
    TimeScale(from: ticks.values[0], to: ticks.end, start: panel.left, end: panel.right, isLogarithmic: true)
  }

  init(_ figure: ForestFigure) {
    self.figure = figure
    width = figure.options.widthInMillimetres * 72 / 25.4
    let type = FigureType(width: width)
    self.type = type
    isNarrow = width < 400
    let effects = figure.overall.effects + figure.factors.flatMap(\.effects)
    let bold = type.tableLabel
    let arms = figure.overall.armLabels.map(displayText)
    let armWidth = min(width * 0.135, arms.map { bold.width(of: $0) }.max() ?? 0)
    let countWidth = max(
      armWidth, bold.width(of: "Events/N"), effects.flatMap(ForestLayout.counts).map(type.table.width(of:)).max() ?? 0)
    let ratioWidth = max(
      bold.width(of: "HR (\(ForestLayout.percent(figure)) CI)"),
      effects.map { type.table.width(of: ForestLayout.ratio($0)) }.max() ?? 0)
    let pWidth = isNarrow || figure.factors.isEmpty ? 0 : bold.width(of: "Interaction p")
    let names = effects.map(\.label) + figure.factors.map(\.name)
    let nameWidth = (names.map { bold.width(of: displayText($0)) }.max() ?? 0) + Self.indent
    labelWidth = max(bold.width(of: "Subgroup"), min(nameWidth + 2, width * (isNarrow ? 0.32 : 0.24)))
    var x = Self.margin + labelWidth + Self.gap
    if isNarrow {
      countsX = []
    } else {
      countsX = [x + countWidth / 2, x + countWidth + Self.gap + countWidth / 2]
      x += 2 * countWidth + 2 * Self.gap
    }
    let right = width - Self.margin
    pX = right
    ratioX = right - (pWidth > 0 ? pWidth + Self.gap : 0) - ratioWidth / 2
    panel = Panel(left: x + 6, right: ratioX - ratioWidth / 2 - Self.gap - 6, top: 0, bottom: 0)
    ticks = ForestLayout.ticks(effects, length: panel.right - panel.left, style: type.plain)
    place()
  }

  /// From the least limit to the largest, within a fiftieth and fifty of 1, and beyond 1 on both sides.
  private static func ticks(_ effects: [SubgroupEffects.Effect], length: Double, style: TextStyle) -> TimeTicks {
    let limits = effects.compactMap(\.hazardRatio).flatMap { [$0.lower, $0.upper, $0.estimate] }.filter {
      $0.isFinite && $0 > 0
    }
    let least = min(max(limits.min() ?? 0.5, 0.02), 0.8)
    let largest = max(min(limits.max() ?? 2, 50), 1.25)
    return TimeTicks(logarithmicFrom: least, to: largest) { values, labels in
      let axis = TimeScale(from: values[0], to: values[values.count - 1], start: 0, end: length, isLogarithmic: true)
      return values.indices.dropFirst().allSatisfy {
        axis(values[$0]) - axis(values[$0 - 1])
          >= (style.width(of: labels[$0]) + style.width(of: labels[$0 - 1])) / 2 + 5
      }
    }
  }

  static func percent(_ figure: ForestFigure) -> String { "\(decimalText(figure.overall.level * 100))%" }

  /// "43/160" for each arm.
  static func counts(_ effect: SubgroupEffects.Effect) -> [String] {
    effect.isWithheld ? ["–", "–"] : zip(effect.events, effect.subjects).map { "\(RiskTable.countText($0))/\($1)" }
  }

  /// "0.71 (0.52–0.96)".
  static func ratio(_ effect: SubgroupEffects.Effect) -> String {
    guard let ratio = effect.hazardRatio else { return "NE" }
    func cell(_ value: Double) -> String {
      value.isFinite ? (value >= 100 ? ">99" : fixedText(value, places: 2)) : "NE"
    }
    return "\(cell(ratio.estimate)) (\(cell(ratio.lower))–\(cell(ratio.upper)))"
  }

  /// The p of an interaction, or a dash.
  static func p(_ factor: SubgroupEffects) -> String {
    guard let p = factor.interaction?.p, p.isFinite else { return "–" }
    return p < 0.001 ? "<0.001" : fixedText(p, places: 3)
  }

  // MARK: Places

  private mutating func place() {
    var y = Self.margin
    headLines += type.title.lines(displayText(figure.title), x: Self.margin, from: &y, width: width - 2 * Self.margin)
    if !headLines.isEmpty { y += 5 }
    y = placeHeader(y) + 4
    panel.top = y
    y += 4
    for effect in figure.overall.effects { y = placeRow(effect, indent: 0, style: type.tableLabel, from: y) }
    for factor in figure.factors {
      y += 3
      y = placeFactor(factor, from: y)
      for effect in factor.effects { y = placeRow(effect, indent: Self.indent, style: type.table, from: y) }
    }
    panel.bottom = y + 3
    placeFoot()
  }

  private mutating func placeHeader(_ top: Double) -> Double {
    let style = type.tableLabel
    let arms = figure.overall.armLabels.map(displayText)
    var columns: [(lines: [String], x: Double, anchor: Element.Anchor)] = [
      (["Subgroup"], Self.margin, .start),
      (["HR (\(Self.percent(figure)) CI)"], ratioX, .middle),
    ]
    if !isNarrow {
      let armWidth = countsX[1] - countsX[0] - Self.gap
      for (arm, x) in zip(arms, countsX) {
        columns.append((style.wrap(arm, to: armWidth + 0.01, maximumLines: 4) + ["Events/N"], x, .middle))
      }
      if !figure.factors.isEmpty { columns.append((["Interaction p"], pX, .end)) }
    }
    let count = columns.map(\.lines.count).max() ?? 1
    for column in columns {
      for (k, line) in column.lines.enumerated() {
        let row = Double(count - column.lines.count + k)
        headLines.append(
          TextLine(
            line, x: column.x, y: top + row * style.lineHeight + style.ascent, style: style, anchor: column.anchor))
      }
    }
    return top + Double(count) * style.lineHeight
  }

  private mutating func placeFactor(_ factor: SubgroupEffects, from top: Double) -> Double {
    let style = type.tableLabel
    var y = top
    if !isNarrow {
      lines.append(TextLine(Self.p(factor), x: pX, y: y + style.ascent, style: type.table, anchor: .end))
    }
    lines += style.lines(displayText(factor.name), x: Self.margin, from: &y, width: labelWidth, maximumLines: 4)
    if isNarrow {
      lines.append(
        TextLine("p of interaction \(Self.p(factor))", x: Self.margin, y: y + style.ascent, style: type.table))
      y += style.lineHeight
    }
    return y + 1
  }

  private mutating func placeRow(
    _ effect: SubgroupEffects.Effect, indent: Double, style: TextStyle, from top: Double
  ) -> Double {
    var y = top
    let name = displayText(effect.label)
    let baseline = y + style.ascent
    rows.append(Row(effect: effect, y: baseline - style.digitHeight / 2))
    let shown = name.isEmpty ? "(empty)" : name
    lines += style.lines(shown, x: Self.margin + indent, from: &y, width: labelWidth - indent, maximumLines: 4)
    let counts = Self.counts(effect)
    if isNarrow {
      // The panel stands to the right of both lines, so that a row is as high as its text.
      let text = "\(counts[0]) v \(counts[1])"
      lines.append(TextLine(text, x: Self.margin + indent, y: y + type.table.ascent, style: type.table))
      y += type.table.lineHeight + 1.5
    } else {
      for (count, x) in zip(counts, countsX) {
        lines.append(TextLine(count, x: x, y: baseline, style: type.table, anchor: .middle))
      }
      y += 1.5
    }
    lines.append(TextLine(Self.ratio(effect), x: ratioX, y: baseline, style: type.table, anchor: .middle))
    return y
  }

  private mutating func placeFoot() {
    let style = type.plain
    var y = Axes.labelY(panel, style: style) + 3
    let centre = (panel.left + panel.right) / 2
    let arms = figure.overall.armLabels.map(displayText)
    axisLines += style.lines(
      "Hazard ratio, \(arms[1]) v \(arms[0])", x: centre, from: &y, width: panel.width + 90, anchor: .middle)
    // Which side of 1 speaks for which arm; each in its half of the axis, where the halves are wide enough.
    let one = x(1)
    let halves = [
      (arms[1], one - panel.left, one - 6, Element.Anchor.end), (arms[0], panel.right - one, one + 6, .start),
    ]
    var deepest = y
    for (arm, room, place, anchor) in halves {
      var below = y + 2
      let margin = anchor == .end ? place - Self.margin : width - Self.margin - place
      axisLines += style.lines(
        "Fewer events with \(arm)", x: place, from: &below, width: max(min(room + 60, margin), 50), maximumLines: 5,
        anchor: anchor)
      deepest = max(deepest, below)
    }
    y = deepest + 7
    footLines = figure.footer.flatMap {
      type.footer.lines(displayText($0), x: Self.margin, from: &y, width: width - 2 * Self.margin)
    }
    height = y + Self.margin
  }
}

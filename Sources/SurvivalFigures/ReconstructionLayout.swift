internal import Charts

/// Where everything of a figure of a reconstruction stands, in points from the top left corner.
struct ReconstructionLayout {
  /// One arm.
  struct Cell {
    let arm: Int
    var panel: Panel
    /// nil without readings.
    var gapPanel: Panel?
    /// The strip of gaps goes from minus this to this.
    let gapReach: Double
    let curve: PlottedCurve
    /// Readings drawn over the curve.
    let marks: [ReconstructionFigure.Reading]
    /// Readings drawn in the strip of gaps.
    let gapMarks: [ReconstructionFigure.Reading]
    var lines: [TextLine] = []
    /// Baseline of the labels of the time axis.
    var timeLabelY = 0.0
  }

  let figure: ReconstructionFigure
  let type: FigureType
  let width: Double
  private(set) var height = 0.0
  let labels: [String]
  let ticks: TimeTicks
  private(set) var cells: [Cell] = []
  private(set) var headLines: [TextLine] = []
  /// Left ends of the legend's samples and their middle heights.
  private(set) var legend: [(x: Double, y: Double)] = []
  private(set) var legendLines: [TextLine] = []
  private(set) var footerLines: [TextLine] = []

  static let valueTicks: [Double] = [0, 0.2, 0.4, 0.6, 0.8, 1]
  private static let margin = FigureLayout.margin
  private static let gutter = 16.0
  private static let stripHeight = 40.0
  private let isTwoColumned: Bool
  private let columnWidth: Double
  /// Names of the rows of the tables.
  private let rowNames: [String]
  /// From a column's edge to its panels.
  private let inset: Double

  func x(_ cell: Cell) -> LinearScale {
    LinearScale(domain: 0...ticks.end, start: cell.panel.left, end: cell.panel.right)
  }
  func y(_ cell: Cell) -> LinearScale {
    LinearScale(domain: 0...1, start: cell.panel.bottom, end: cell.panel.top)
  }
  func gapY(_ cell: Cell, _ panel: Panel) -> LinearScale {
    LinearScale(domain: -cell.gapReach...cell.gapReach, start: panel.bottom, end: panel.top)
  }
  func gapLabels(_ cell: Cell) -> [(value: Double, text: String)] {
    let reach = decimalText(cell.gapReach, places: 4)
    return [(cell.gapReach, "+\(reach)"), (0, "0"), (-cell.gapReach, "−\(reach)")]
  }

  /// The smallest of a few round numbers that holds an arm's gaps and its reading error.
  private static func gapReach(_ arm: ReconstructionFigure.Arm) -> Double {
    let largest = max(arm.readingError * 1.5, arm.readings.map(\.gap.magnitude).max() ?? 0)
    return [0.005, 0.01, 0.02, 0.03, 0.05, 0.08, 0.1, 0.2, 0.5].first { largest <= $0 } ?? 1
  }

  init(_ figure: ReconstructionFigure) {
    self.figure = figure
    let width = figure.options.widthInMillimetres * 72 / 25.4
    self.width = width
    let type = FigureType(width: width)
    self.type = type
    isTwoColumned = figure.arms.count > 3
    rowNames = isTwoColumned ? ["At risk at", "Printed", "Rebuilt"] : ["Time", "At risk, printed", "At risk, rebuilt"]
    let columnWidth =
      (width - 2 * Self.margin - (isTwoColumned ? Self.gutter : 0)) / (isTwoColumned ? 2 : 1)
    self.columnWidth = columnWidth
    labels = figure.arms.enumerated().map { index, arm in
      let label = displayText(arm.label)
      return label.isEmpty ? "Arm \(index + 1)" : label
    }
    let curves = figure.arms.map { PlottedCurve($0.curve, options: .init()) }
    let span =
      zip(figure.arms, curves).map { arm, curve in
        max(curve.end, arm.readings.map(\.time).max() ?? 0, arm.atRisk.map(\.time).max() ?? 0)
      }.max() ?? 0
    let hasTable = figure.arms.contains { !$0.atRisk.isEmpty }
    let tableWidth = hasTable ? (rowNames.map(type.tableLabel.width(of:)).max() ?? 0) + 16 : 0
    let axisWidth = type.plain.width(of: "+0.0005") + Axes.tickLength + 10 + type.plain.lineHeight
    let inset = max(tableWidth, axisWidth)
    self.inset = inset
    let plotWidth = columnWidth - inset - 10
    ticks = TimeTicks(span: span, requestedStep: nil, maximumCount: isTwoColumned ? 7 : 12) { step in
      let intervals = max(1, (span / step * (1 - 1e-12)).rounded(.up))
      let label = decimalText(intervals * step, places: decimals(of: step))
      return plotWidth / intervals >= type.plain.width(of: label) + 8
    }
    place(curves)
  }

  private mutating func place(_ curves: [PlottedCurve]) {
    var y = placeHead()
    let columns = isTwoColumned ? 2 : 1
    for first in stride(from: 0, to: figure.arms.count, by: columns) {
      var bottom = y
      for arm in first..<min(first + columns, figure.arms.count) {
        let left = Self.margin + Double(arm - first) * (columnWidth + Self.gutter)
        bottom = max(bottom, placeCell(arm, curves[arm], left: left, top: y))
      }
      y = bottom + 12
    }
    footerLines = notes.flatMap { type.footer.lines($0, x: Self.margin, from: &y, width: width - 2 * Self.margin) }
    height = y + Self.margin
  }

  private mutating func placeHead() -> Double {
    var y = Self.margin
    for (text, style) in [(figure.title, type.title), (figure.origin, type.plain)] {
      headLines += style.lines(displayText(text), x: Self.margin, from: &y, width: width - 2 * Self.margin)
    }
    y += 3
    var x = Self.margin
    let lead = ResultBlock.sampleLength + 5
    for text in ["reading", "curve of the rebuilt rows", "reading error (gap: rebuilt minus read)"] {
      let length = type.plain.width(of: text)
      if x + lead + length > width - Self.margin, x > Self.margin { (x, y) = (Self.margin, y + type.plain.lineHeight) }
      legend.append((x, y + type.plain.ascent - type.plain.digitHeight / 2))
      legendLines.append(TextLine(text, x: x + lead, y: y + type.plain.ascent, style: type.plain))
      x += lead + length + 16
    }
    return y + type.plain.lineHeight + 8
  }

  /// Places one arm with its top left corner, and returns where it ends.
  private mutating func placeCell(_ arm: Int, _ curve: PlottedCurve, left: Double, top: Double) -> Double {
    let given = figure.arms[arm]
    var y = top
    var lines = type.tableLabel.lines(
      labels[arm], x: left, from: &y, width: columnWidth, maximumLines: 3, colour: SeriesStyle.all[arm].textColour)
    y += type.plain.digitHeight / 2 + 2
    let panelHeight = figure.arms.count < 3 ? 150.0 : 115
    var panel = Panel(left: left + inset, right: left + columnWidth - 10, top: y, bottom: y + panelHeight)
    panel.right = max(panel.right, panel.left + 40)
    y = panel.bottom
    var gapPanel: Panel?
    if !given.readings.isEmpty {
      gapPanel = Panel(left: panel.left, right: panel.right, top: y + 12, bottom: y + 12 + Self.stripHeight)
      y += 12 + Self.stripHeight
    }
    y += Axes.tickLength + 2.5
    let timeLabelY = y + type.plain.digitHeight
    y = timeLabelY + 3
    lines += type.plain.lines(
      displayText(figure.timeLabel), x: (panel.left + panel.right) / 2, from: &y, width: panel.width, maximumLines: 2,
      anchor: .middle)
    if !given.atRisk.isEmpty { y = placeTable(given.atRisk, left: left, panel: panel, from: y + 3, &lines) }
    y += 3
    for finding in given.findings {
      lines += type.plain.lines(displayText(finding), x: left, from: &y, width: columnWidth)
    }
    var shown = curve
    let scale = LinearScale(domain: 0...1, start: panel.bottom, end: panel.top)
    let time = LinearScale(domain: 0...ticks.end, start: panel.left, end: panel.right)
    shown.thin(tolerance: 0.1 * scale.unitsPerPoint, markDistance: 0.5 * time.unitsPerPoint)
    let readings = given.readings.sorted { ($0.time, -$0.survival) < ($1.time, -$1.survival) }
    cells.append(
      Cell(
        arm: arm, panel: panel, gapPanel: gapPanel, gapReach: Self.gapReach(given), curve: shown,
        marks: ReadingMarks.overCurve(readings, x: time, y: scale),
        gapMarks: ReadingMarks.extremes(readings, x: time), lines: lines, timeLabelY: timeLabelY))
    return y
  }

  /// Printed and rebuilt numbers under their times; where they do not fit there, in lines of their own.
  private func placeTable(
    _ atRisk: [ReconstructionFigure.AtRisk], left: Double, panel: Panel, from top: Double, _ lines: inout [TextLine]
  ) -> Double {
    let style = type.table
    let bold = type.tableLabel
    let x = LinearScale(domain: 0...ticks.end, start: panel.left, end: panel.right)
    let columns = atRisk.map { entry -> [String] in
      [
        decimalText(entry.time, places: 3), entry.isExact ? "\(entry.printed)" : "(\(entry.printed))",
        entry.printed == entry.rebuilt ? "\(entry.rebuilt)" : "\(entry.rebuilt)*",
      ]
    }
    // Under the ticks their labels say the time; the names of two columns do not say what is counted.
    let isTimed =
      isTwoColumned
      || !atRisk.allSatisfy { entry in ticks.values.contains { ($0 - entry.time).magnitude < 1e-9 * ticks.end } }
    func cellStyle(_ k: Int, _ row: Int) -> TextStyle {
      row == 2 && atRisk[k].printed != atRisk[k].rebuilt ? bold : style
    }
    let places = atRisk.map { x($0.time) }
    let widths = columns.indices.map { k in (0..<3).map { cellStyle(k, $0).width(of: columns[k][$0]) }.max() ?? 0 }
    let fits = places.indices.dropFirst().allSatisfy {
      places[$0] - places[$0 - 1] >= (widths[$0] + widths[$0 - 1]) / 2 + 3
    }
    let slot = (widths.max() ?? 0) + 6
    let perLine = fits ? columns.count : max(1, Int((panel.right - panel.left + 10) / slot))
    var y = top
    for first in stride(from: 0, to: columns.count, by: perLine) {
      let range = first..<min(first + perLine, columns.count)
      for row in (isTimed || !fits ? 0 : 1)..<3 {
        lines.append(TextLine(rowNames[row], x: left, y: y + style.ascent, style: row == 0 ? style : bold))
        for k in range {
          let place = fits ? places[k] : panel.left + (Double(k - first) + 0.5) * slot
          lines.append(
            TextLine(columns[k][row], x: place, y: y + style.ascent, style: cellStyle(k, row), anchor: .middle))
        }
        y += style.lineHeight
      }
      y += 2
    }
    return y
  }

  private var notes: [String] {
    var notes: [String] = []
    let entries = figure.arms.flatMap(\.atRisk)
    if entries.contains(where: { $0.printed != $0.rebuilt }) {
      notes.append("* The rebuilt number differs from the printed one.")
    }
    if entries.contains(where: { !$0.isExact }) {
      notes.append("( ) The printed number is not confirmed and need not be met.")
    }
    return notes + figure.footer.map(displayText).filter { !$0.isEmpty }
  }
}

internal import Charts
internal import Survival

/// Where everything stands, in points from the top left corner. Made once, then only drawn.
struct FigureLayout {
  /// What panels that stand side by side have in common: none is smaller.
  struct Shared {
    var span = 0.0
    /// Width of the left and of the right margin.
    var left = 0.0
    var right = 0.0
    var cellWidth = 0.0
    /// Top of the panel.
    var top = 0.0
    var values: ClosedRange<Double>?
    /// Number of panels, which share the size of the file.
    var panels = 1
  }

  let plot: CurvePlot
  let type: FigureType
  let width: Double
  /// Set where the figure is one of several panels; results then stand above each panel.
  let shared: Shared?
  var height = 0.0
  var panel: Panel
  /// The strip with the difference of two curves.
  var differencePanel: Panel?
  let ticks: TimeTicks
  let table: RiskTable
  /// The curves as drawn, thinned.
  var curves: [PlottedCurve]
  var difference: PlottedDifference?
  var titleLines: [TextLine] = []
  var differenceLines: [TextLine] = []
  var tableLines: [TextLine] = []
  var axisTitleLines: [TextLine] = []
  var footerLines: [TextLine] = []
  var block: ResultBlock
  var blockX = 0.0
  var blockY = 0.0
  /// The y axis title, one line each, from the axis outward.
  let valueTitle: [String]
  let valueLabels: [String]
  let valueTicks: [Double]
  let differenceTicks: [Double]
  let differenceLabels: [String]
  /// Room for the widest cell of the table.
  let cellWidth: Double
  /// What the value axis reaches for.
  let valueRange: ClosedRange<Double>

  static let margin = 8.0

  /// From 0, or on a logarithmic axis from the first tick, to the last.
  var x: TimeScale {
    TimeScale(
      from: isLogarithmic ? ticks.values[0] : 0, to: ticks.end, start: panel.left, end: panel.right,
      isLogarithmic: isLogarithmic)
  }
  /// From the first tick to the last.
  var y: LinearScale { FigureLayout.scale(valueTicks, panel) }
  var differenceY: LinearScale? { differencePanel.map { FigureLayout.scale(differenceTicks, $0) } }
  private var isLogarithmic: Bool { plot.options.measure == .logMinusLog }
  /// The lowest panel, whose axis has the labels of the times.
  var lowestPanel: Panel { differencePanel ?? panel }

  private static func scale(_ ticks: [Double], _ panel: Panel) -> LinearScale {
    LinearScale(domain: ticks[0]...ticks[ticks.count - 1], start: panel.bottom, end: panel.top)
  }

  /// Baseline of the y axis title's line `number`, counted from the axis.
  func valueTitleX(_ number: Int) -> Double {
    Axes.labelX(panel) - labelRoom - 5 - Double(number) * type.plain.lineHeight
  }

  /// Room for the widest label at the left.
  private var labelRoom: Double { (valueLabels + differenceLabels).map(type.plain.width(of:)).max() ?? 0 }

  /// - Parameters:
  ///   - width: in points; nil for that of the options.
  ///   - shared: of panels side by side, what they have in common.
  init(_ plot: CurvePlot, width given: Double? = nil, shared: Shared? = nil) {
    let options = plot.options
    self.plot = plot
    self.shared = shared
    let width = given ?? options.widthInMillimetres * 72 / 25.4
    self.width = width
    let type = FigureType(width: width)
    self.type = type
    curves = plot.series.map(\.curve)
    difference = plot.difference
    let range = shared?.values ?? PlottedCurve.valueRange(curves, withBands: options.showRibbon)
    valueRange = range
    let free = options.measure.isProbability ? nil : ValueTicks(range)
    valueTicks = free?.values ?? [0, 0.2, 0.4, 0.6, 0.8, 1]
    func label(_ value: Double, step: Double) -> String {
      options.percent
        ? decimalText(value * 100, places: decimals(of: step * 100))
        : fixedText(value, places: max(1, decimals(of: step)))
    }
    valueLabels = valueTicks.map { label($0, step: free?.step ?? 0.2) }
    let differenceAxis = difference.map { ValueTicks($0.range) }
    differenceTicks = differenceAxis?.values ?? []
    differenceLabels = differenceTicks.map { label($0, step: differenceAxis?.step ?? 1) }
    let (usual, percentage) =
      switch options.measure {
      case .survival: ("Survival probability", "Survival (%)")
      case .cumulativeIncidence: ("Cumulative incidence", "Cumulative incidence (%)")
      case .cumulativeHazard: ("Cumulative hazard", "")
      case .logMinusLog: ("log(-log(survival probability))", "")
      }
    let nominalHeight = options.heightInMillimetres == nil ? type.panelHeight(width) : FigureType.leastPanelHeight
    valueTitle = type.plain.wrap(
      displayText(options.valueLabel ?? (options.percent ? percentage : usual)), to: nominalHeight, maximumLines: 3
    ).reversed()

    // The left margin holds the y axis with its title, or the labels of the table with half of its first column.
    let cellWidth = max(
      shared?.cellWidth ?? 0, type.table.width(of: RiskTable.widestCell(plot.tableArms, mode: options.riskTable)))
    self.cellWidth = cellWidth
    let labelLines = FigureLayout.labelLines(plot, type: type, width: width)
    let labelWidth = labelLines.flatMap { $0 }.map(type.tableLabel.width(of:)).max() ?? 0
    let axisWidth =
      Axes.tickLength + Axes.tickGap + 6 + ((valueLabels + differenceLabels).map(type.plain.width(of:)).max() ?? 0)
      + Double(valueTitle.count) * type.plain.lineHeight
    let tableWidth = options.riskTable == .none ? 0 : labelWidth + 7 + cellWidth / 2
    let left = max(shared?.left ?? 0, FigureLayout.margin + max(axisWidth, tableWidth))

    let right = width - max(shared?.right ?? 0, FigureLayout.margin, cellWidth / 2 + 4, 12)
    let span = max(shared?.span ?? 0, curves.map(\.end).max() ?? 0)
    let room = right - left
    ticks =
      options.measure == .logMinusLog
      ? FigureLayout.logarithmicTicks(curves) { values, labels in
        let axis = TimeScale(from: values[0], to: values[values.count - 1], start: 0, end: room, isLogarithmic: true)
        return values.indices.dropFirst().allSatisfy {
          axis(values[$0]) - axis(values[$0 - 1])
            >= max(cellWidth, type.plain.width(of: labels[$0]), type.plain.width(of: labels[$0 - 1])) + 6
        }
      }
      : TimeTicks(span: span, requestedStep: options.timeStep, maximumCount: width > 400 ? 11 : 8) { step in
        let intervals = max(1, (span / step * (1 - 1e-12)).rounded(.up))
        let label = decimalText(intervals * step, places: decimals(of: step))
        return (right - left) / intervals >= max(cellWidth, type.plain.width(of: label)) + 6
      }
    table = RiskTable(plot.tableArms, ticks: ticks.values, mode: options.riskTable)
    panel = Panel(left: left, right: right, top: 0, bottom: 0)
    block = ResultBlock(
      labels: plot.series.map(\.label), annotation: plot.annotation, size: type.plain.size,
      maximumWidth: (right - left) * 0.68, labelWidth: width * 0.3)
    placeVertically(labelLines: labelLines)
  }

  private static func logarithmicTicks(
    _ curves: [PlottedCurve], fits: ([Double], [String]) -> Bool
  ) -> TimeTicks {
    let drawn = curves.filter { !$0.steps.isEmpty }
    let first = drawn.map { $0.steps[0].time }.min() ?? 1
    return TimeTicks(logarithmicFrom: first, to: max(drawn.map(\.end).max() ?? 1, first * 1.001), fits: fits)
  }

  /// Labels as the first column of the table shows them.
  private static func labelLines(_ plot: CurvePlot, type: FigureType, width: Double) -> [[String]] {
    switch plot.options.riskTable {
    case .none: []
    // Each arm has a line of its own there; the first column names the counts.
    case .kmunicate: [["At risk"], ["Censored"], ["Events"]]
    default: plot.tableArms.map { type.tableLabel.wrap($0.label, to: width * 0.3, maximumLines: 6) }
    }
  }
}

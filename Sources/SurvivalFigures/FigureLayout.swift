internal import Charts
internal import Survival

/// Where everything stands, in points from the top left corner. Made once, then only drawn.
struct FigureLayout {
  let figure: KaplanMeierFigure
  let labels: [String]
  let type: FigureType
  let width: Double
  private(set) var height = 0.0
  private(set) var panel: Panel
  let ticks: TimeTicks
  let table: RiskTable
  private(set) var curves: [PlottedCurve] = []
  private(set) var titleLines: [TextLine] = []
  private(set) var tableLines: [TextLine] = []
  private(set) var axisTitleLines: [TextLine] = []
  private(set) var footerLines: [TextLine] = []
  private(set) var block: ResultBlock
  private(set) var blockX = 0.0
  private(set) var blockY = 0.0
  /// The y axis title, one line each, from the axis outward.
  let valueTitle: [String]

  static let margin = 8.0

  /// From 0, or on a logarithmic axis from the first tick, to the last.
  var x: TimeScale {
    TimeScale(
      from: isLogarithmic ? ticks.values[0] : 0, to: ticks.end, start: panel.left, end: panel.right,
      isLogarithmic: isLogarithmic)
  }
  /// From the first tick to the last.
  var y: LinearScale {
    LinearScale(
      domain: valueTicks[0]...valueTicks[valueTicks.count - 1], start: panel.bottom, end: panel.top)
  }
  private var isLogarithmic: Bool { figure.options.measure == .logMinusLog }
  /// Baseline of the y axis title's line `number`, counted from the axis.
  func valueTitleX(_ number: Int) -> Double {
    Axes.labelX(panel) - type.plain.width(of: valueLabels[valueLabels.count - 1]) - 5 - Double(number)
      * type.plain.lineHeight
  }
  let valueLabels: [String]
  let valueTicks: [Double]

  init(_ figure: KaplanMeierFigure) {
    let options = figure.options
    self.figure = figure
    let width = options.widthInMillimetres * 72 / 25.4
    self.width = width
    let type = FigureType(width: width)
    self.type = type
    labels = figure.arms.enumerated().map { index, arm in
      let label = displayText(arm.label)
      return label.isEmpty ? "Arm \(index + 1)" : label
    }
    curves = figure.arms.map { PlottedCurve($0.curve, options: options) }
    let range = PlottedCurve.valueRange(curves, withBands: options.showRibbon)
    let free = options.measure.isProbability ? nil : ValueTicks(range)
    valueTicks = free?.values ?? [0, 0.2, 0.4, 0.6, 0.8, 1]
    valueLabels = valueTicks.map {
      options.percent ? decimalText($0 * 100) : fixedText($0, places: max(1, decimals(of: free?.step ?? 0.2)))
    }
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
    let cellWidth = type.table.width(of: RiskTable.widestCell(figure.arms, mode: options.riskTable))
    let labelLines = FigureLayout.labelLines(labels, type: type, width: width, mode: options.riskTable)
    let labelWidth = labelLines.flatMap { $0 }.map(type.tableLabel.width(of:)).max() ?? 0
    let axisWidth =
      Axes.tickLength + Axes.tickGap + 6
      + (valueLabels.map(type.plain.width(of:)).max() ?? 0) + Double(valueTitle.count) * type.plain.lineHeight
    let tableWidth = options.riskTable == .none ? 0 : labelWidth + 7 + cellWidth / 2
    let left = FigureLayout.margin + max(axisWidth, tableWidth)

    let right = width - max(FigureLayout.margin, cellWidth / 2 + 4, 12)
    let span = curves.map(\.end).max() ?? 0
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
    table = RiskTable(figure.arms, ticks: ticks.values, mode: options.riskTable)
    panel = Panel(left: left, right: right, top: 0, bottom: 0)
    block = ResultBlock(
      labels: labels, annotation: figure.annotation, size: type.plain.size, maximumWidth: (right - left) * 0.68,
      labelWidth: width * 0.3)
    placeVertically(labelLines: labelLines)
  }

  /// From the top down. The block of results first tries the corners of the panel; when a curve passes through all of
  /// them it stands between title and panel.
  private mutating func placeVertically(labelLines: [[String]]) {
    let titleBottom = placeTitle()
    let top = titleBottom + type.plain.digitHeight / 2 + 2
    let under = contentUnderPanel(labelLines)
    func bottom(from top: Double) -> Double {
      guard let millimetres = figure.options.heightInMillimetres else { return top + type.panelHeight(width) }
      return top + max(FigureType.leastPanelHeight, millimetres * 72 / 25.4 - under - top)
    }
    panel.top = top
    panel.bottom = bottom(from: top)
    thinCurves()
    let corner = block.isSqueezed ? nil : freeCorner()
    if let corner {
      (blockX, blockY) = corner
    } else {
      block = ResultBlock(
        labels: labels, annotation: figure.annotation, size: type.plain.size,
        maximumWidth: width - 2 * FigureLayout.margin, labelWidth: width * 0.5)
      // Under the panel's own edge where it fits there, else from the margin.
      blockX = block.width <= panel.right - panel.left ? panel.left : FigureLayout.margin
      blockY = titleBottom
      panel.top = titleBottom + block.height + 6 + type.plain.digitHeight / 2
      panel.bottom = bottom(from: panel.top)
    }
    placeUnderPanel(labelLines)
  }

  private static func logarithmicTicks(
    _ curves: [PlottedCurve], fits: ([Double], [String]) -> Bool
  ) -> TimeTicks {
    let drawn = curves.filter { !$0.steps.isEmpty }
    let first = drawn.map { $0.steps[0].time }.min() ?? 1
    return TimeTicks(logarithmicFrom: first, to: max(drawn.map(\.end).max() ?? 1, first * 1.001), fits: fits)
  }

  private mutating func placeTitle() -> Double {
    var y = FigureLayout.margin
    for line in type.title.wrap(displayText(figure.title), to: width - 2 * FigureLayout.margin) {
      titleLines.append(TextLine(line, x: FigureLayout.margin, y: y + type.title.ascent, style: type.title))
      y += type.title.lineHeight
    }
    return titleLines.isEmpty ? y : y + 5
  }

  /// Height of what stands under the panel, found by placing it.
  private func contentUnderPanel(_ labelLines: [[String]]) -> Double {
    var trial = self
    trial.placeUnderPanel(labelLines)
    return trial.height - trial.panel.bottom
  }

  private mutating func placeUnderPanel(_ labelLines: [[String]]) {
    let centre = (panel.left + panel.right) / 2
    var y = Axes.labelY(panel, style: type.plain) + 3
    for line in type.plain.wrap(displayText(figure.timeLabel), to: panel.right - panel.left) {
      axisTitleLines.append(
        TextLine(line, x: centre, y: y + type.plain.ascent, style: type.plain, anchor: .middle))
      y += type.plain.lineHeight
    }
    if !table.rows.isEmpty { y = placeTable(labelLines, from: y + 7) }
    var notes = figure.footer.map(displayText).filter { !$0.isEmpty }
    if let least = figure.options.truncateAtRisk, curves.contains(where: \.isTruncated) {
      notes.insert("Each curve ends where fewer than \(least) remain at risk.", at: 0)
    }
    if !notes.isEmpty { y += 7 }
    for note in notes {
      for line in type.footer.wrap(note, to: width - 2 * FigureLayout.margin) {
        footerLines.append(TextLine(line, x: FigureLayout.margin, y: y + type.footer.ascent, style: type.footer))
        y += type.footer.lineHeight
      }
    }
    height = y + FigureLayout.margin
  }

  private mutating func placeTable(_ labelLines: [[String]], from top: Double) -> Double {
    let style = type.table
    let margin = FigureLayout.margin
    var y = top
    for line in type.tableLabel.wrap(table.title, to: width - 2 * margin) {
      tableLines.append(TextLine(line, x: margin, y: y + style.ascent, style: type.tableLabel))
      y += style.lineHeight + 1
    }
    let columns = ticks.values.map(x.callAsFunction)
    for (number, row) in table.rows.enumerated() {
      let isFirst = number == 0 || table.rows[number - 1].arm != row.arm
      if let label = row.label {
        if isFirst {
          if number > 0 { y += 3 }
          for line in type.tableLabel.wrap(labels[row.arm], to: width - 2 * margin, maximumLines: 6) {
            tableLines.append(
              TextLine(line, x: margin, y: y + style.ascent, style: type.tableLabel, series: row.arm))
            y += style.lineHeight
          }
        }
        tableLines.append(TextLine(label, x: margin, y: y + style.ascent, style: style))
      } else {
        for (k, line) in labelLines[row.arm].enumerated() {
          tableLines.append(
            TextLine(
              line, x: margin, y: y + style.ascent + Double(k) * style.lineHeight, style: type.tableLabel,
              series: row.arm))
        }
      }
      for (column, cell) in zip(columns, row.cells) {
        tableLines.append(TextLine(cell, x: column, y: y + style.ascent, style: style, anchor: .middle))
      }
      let lines = row.label == nil ? labelLines[row.arm].count : 1
      y += Double(lines) * style.lineHeight + (lines > 1 ? 2 : 0.5)
    }
    return y
  }

  /// Labels as the first column of the table shows them.
  private static func labelLines(
    _ labels: [String], type: FigureType, width: Double, mode: KaplanMeierFigure.RiskTableMode
  ) -> [[String]] {
    switch mode {
    case .none: []
    // Each arm has a line of its own there; the first column names the counts.
    case .kmunicate: [["At risk"], ["Censored"], ["Events"]]
    default: labels.map { type.tableLabel.wrap($0, to: width * 0.3, maximumLines: 6) }
    }
  }

  /// A step nobody can see costs bytes. Starts at a twentieth of a point and coarsens until the whole figure has few
  /// enough vertices for a file of some hundred kilobytes, whatever the number of subjects.
  private mutating func thinCurves() {
    let full = curves
    var tolerance = 0.05
    repeat {
      curves = full.map { curve in
        var thinned = curve
        thinned.thin(tolerance: tolerance * y.unitsPerPoint, markDistance: 0.5 * x.unitsPerPoint)
        return thinned
      }
      tolerance *= 1.5
    } while curves.reduce(0) { $0 + $1.steps.count } > 4000
  }

  /// Top left of the block in a corner of the panel where it touches nothing drawn; nil when there is none.
  private func freeCorner() -> (Double, Double)? {
    let inset = 8.0
    let left = panel.left + inset
    let right = panel.right - block.width
    let top = panel.top
    let bottom = panel.bottom - inset - block.height
    guard block.height < (panel.bottom - panel.top) * 0.7 else { return nil }
    let corners =
      figure.options.measure != .survival
      ? [(left, top), (right, bottom), (right, top), (left, bottom)]
      : [(right, top), (left, bottom), (right, bottom), (left, top)]
    return corners.first { !isTouched(left: $0, top: $1) }
  }

  private func isTouched(left: Double, top: Double) -> Bool {
    let gap = 6.0
    let area = Panel(
      left: left - gap, right: left + block.width + gap, top: top - gap, bottom: top + block.height + gap)
    func meets(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> Bool {
      min(x1, x2) <= area.right && max(x1, x2) >= area.left && min(y1, y2) <= area.bottom && max(y1, y2) >= area.top
    }
    for curve in curves {
      for (k, step) in curve.steps.enumerated() {
        let next = k + 1 < curve.steps.count ? curve.steps[k + 1] : nil
        let end = next?.time ?? curve.end
        if meets(x(step.time), y(step.value), x(end), y(step.value)) { return true }
        if let next, meets(x(end), y(step.value), x(end), y(next.value)) { return true }
      }
      if figure.options.showRibbon {
        for run in curve.bandRuns {
          for (k, step) in run.steps.enumerated() {
            let end = k + 1 < run.steps.count ? run.steps[k + 1].time : run.end
            if meets(x(step.time), y(step.lower), x(end), y(step.upper)) { return true }
          }
        }
      }
      if figure.options.medianLines, let median = curve.median {
        if meets(x(0), y(0.5), x(median), y(0.5)) || meets(x(median), y(0.5), x(median), y(0)) { return true }
      }
    }
    return false
  }
}

/// The sizes of type and lines for a width.
struct FigureType {
  let title: TextStyle
  let plain: TextStyle
  let table: TextStyle
  let tableLabel: TextStyle
  /// Journals ask for 7 pt or more at the final width.
  let footer = TextStyle(size: 7)
  let curveWidth: Double

  static let leastPanelHeight = 90.0

  init(width: Double) {
    let isNarrow = width < 300
    let size = isNarrow ? 7.0 : width < 400 ? 7.5 : 8
    title = TextStyle(size: isNarrow ? 8.5 : width < 400 ? 9 : 10, isBold: true)
    plain = TextStyle(size: size)
    table = TextStyle(size: size)
    tableLabel = TextStyle(size: size, isBold: true)
    curveWidth = isNarrow ? 1.25 : 1.5
  }

  /// Lower in proportion the wider the figure.
  func panelHeight(_ width: Double) -> Double { width < 300 ? width * 0.66 : width < 400 ? width * 0.58 : width * 0.5 }
}

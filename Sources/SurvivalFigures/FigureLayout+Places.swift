internal import Charts
internal import Survival

extension FigureLayout {
  /// From the top down. The block of results first tries the corners of the panel; when a curve passes through all of
  /// them it stands between title and panel.
  mutating func placeVertically(labelLines: [[String]]) {
    let titleBottom = placeTitle()
    let top = titleBottom + type.plain.digitHeight / 2 + 2
    let under = contentUnderPanel(labelLines)
    func bottom(from top: Double) -> Double {
      guard shared == nil, let millimetres = plot.options.heightInMillimetres else {
        return top + type.panelHeight(width)
      }
      return top + max(FigureType.leastPanelHeight, millimetres * 72 / 25.4 - under - top)
    }
    panel.top = top
    panel.bottom = bottom(from: top)
    thinCurves()
    let corner = block.isSqueezed || shared != nil ? nil : freeCorner()
    if let corner {
      (blockX, blockY) = corner
    } else {
      block = ResultBlock(
        labels: plot.series.map(\.label), annotation: plot.annotation, size: type.plain.size,
        maximumWidth: width - 2 * FigureLayout.margin, labelWidth: width * 0.5)
      // Under the panel's own edge where it fits there, else from the margin.
      blockX = block.width <= panel.right - panel.left ? panel.left : FigureLayout.margin
      blockY = titleBottom
      panel.top = max(shared?.top ?? 0, titleBottom + block.height + 6 + type.plain.digitHeight / 2)
      panel.bottom = bottom(from: panel.top)
    }
    placeUnderPanel(labelLines)
  }

  private mutating func placeTitle() -> Double {
    var y = FigureLayout.margin
    let style = shared == nil ? type.title : TextStyle(size: type.plain.size, isBold: true)
    titleLines = style.lines(
      displayText(plot.title), x: FigureLayout.margin, from: &y, width: width - 2 * FigureLayout.margin)
    return titleLines.isEmpty ? y : y + 5
  }

  /// Height of what stands under the panel, found by placing it.
  private func contentUnderPanel(_ labelLines: [[String]]) -> Double {
    var trial = self
    trial.placeUnderPanel(labelLines)
    return trial.height - trial.panel.bottom
  }

  private mutating func placeUnderPanel(_ labelLines: [[String]]) {
    if let difference { placeDifference(difference) }
    let centre = (panel.left + panel.right) / 2
    var y = Axes.labelY(lowestPanel, style: type.plain) + 3
    axisTitleLines = type.plain.lines(
      displayText(plot.timeLabel), x: centre, from: &y, width: panel.width, anchor: .middle)
    if !table.rows.isEmpty { y = placeTable(labelLines, from: y + 7) }
    var notes = plot.footer.map(displayText).filter { !$0.isEmpty }
    if let least = plot.options.truncateAtRisk, curves.contains(where: \.isTruncated) {
      notes.insert("Each curve ends where fewer than \(least) remain at risk.", at: 0)
    }
    if !notes.isEmpty { y += 7 }
    footerLines = notes.flatMap {
      type.footer.lines($0, x: FigureLayout.margin, from: &y, width: width - 2 * FigureLayout.margin)
    }
    height = y + FigureLayout.margin
  }

  /// The strip under the panel, with a line above it that says which arm is taken from which.
  private mutating func placeDifference(_ difference: PlottedDifference) {
    var y = panel.bottom + Axes.tickLength + 5
    let text =
      "Difference, \(difference.labels.1) minus \(difference.labels.0)"
      + (plot.options.showRibbon ? ", with pointwise \(decimalText(plot.confidence.level * 100))% limits" : "")
    differenceLines = type.plain.lines(text, x: panel.left, from: &y, width: panel.width)
    y += 3 + type.plain.digitHeight / 2
    differencePanel = Panel(
      left: panel.left, right: panel.right, top: y, bottom: y + max(55, type.panelHeight(width) * 0.36))
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
      let arm = plot.tableArms[row.arm]
      let isFirst = number == 0 || table.rows[number - 1].arm != row.arm
      if let label = row.label {
        if isFirst {
          if number > 0 { y += 3 }
          tableLines += type.tableLabel.lines(
            arm.label, x: margin, from: &y, width: width - 2 * margin, maximumLines: 6, colour: arm.style?.textColour)
        }
        tableLines.append(TextLine(label, x: margin, y: y + style.ascent, style: style))
      } else {
        for (k, line) in labelLines[row.arm].enumerated() {
          tableLines.append(
            TextLine(
              line, x: margin, y: y + style.ascent + Double(k) * style.lineHeight, style: type.tableLabel,
              colour: arm.style?.textColour))
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

  /// A step nobody can see costs bytes. Starts at a twentieth of a point and coarsens until the whole figure fits a file of
  /// some hundred kilobytes, whatever the number of subjects.
  private mutating func thinCurves() {
    var tolerance = 0.05
    repeat {
      curves = plot.series.map { series in
        var thinned = series.curve
        // Marks half a point apart at first.
        thinned.thin(tolerance: tolerance * y.unitsPerPoint, markDistance: 10 * tolerance * x.unitsPerPoint)
        return thinned
      }
      // The strip is about a third as high: a tenth of its points is as little to see.
      difference = plot.difference
      difference?.thin(
        tolerance: 2 * tolerance * (differenceTicks[differenceTicks.count - 1] - differenceTicks[0]) / 55)
      tolerance *= 1.5
    } while bytes > Self.mostBytes / Double(shared?.panels ?? 1)
  }

  /// About what curves, bands, marks and their numbers take in the file.
  private var bytes: Double {
    let strip = difference?.steps.count ?? 0
    let curves = self.curves.reduce(0) { $0 + 40 * $1.steps.count + 20 * $1.band.count + 13 * $1.marks.count }
    return Double(curves + 60 * strip)
  }

  private static let mostBytes = 230_000.0
}

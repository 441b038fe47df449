internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

/// Draws the figures of curves that `survkit plot` has.
struct CurveDrawing {
  let input: DataOptions
  /// The name of the data file when nil.
  let title: String?
  /// Time, with its unit where it is known, when nil.
  let timeLabel: String?
  let footer: [String]
  let options: KaplanMeierFigure.Options

  struct Drawn {
    let svg: String
    let remarks: [Remark]
  }

  /// One panel with all rows.
  func curves(tau: Double?) throws -> Drawn {
    let loaded = try input.load(.plot, isUnderDisclosureControl: true)
    // Before any model is fitted: an identifier taken for the arm has a level per row.
    try FitReport.checkDrawable(loaded)
    let report = try FitReport(input, loaded, times: options.landmarks, tau: tau)
    let figure = try report.figure(
      title: title, timeLabel: timeLabel ?? loaded.timeLabel, footer: footer, options: options)
    return Drawn(svg: figure.svg(), remarks: loaded.remarks + report.remarks)
  }

  /// A panel for each level of a column: what `--where COLUMN=LEVEL` draws, with axes in common.
  func panels(by column: String, columns: Int?, tau: Double?) throws -> Drawn {
    let all = try input.load(.plot, isUnderDisclosureControl: true) { selection, _ in
      if !selection.factors.contains(column) { selection.factors.append(column) }
    }
    try FitReport.checkDrawable(all)
    let levels = all.dataset.text(column)?.grouping().labels ?? []
    guard levels.count <= 12 else {
      throw TrialDataError(
        .usage, file: all.dataset.file, column: column,
        "\(levels.count) levels make \(levels.count) panels; a figure has up to 12. Numbers can be coded in groups first"
      )
    }
    var panels: [PanelledFigure.Panel] = []
    // Subjects that have a row in each panel are no surprise.
    let repeated = "repeated-subjects"
    var remarks = all.remarks.filter { $0.code != repeated }
    var sources: [String] = []
    for level in levels {
      let loaded = try input.load(.plot, isUnderDisclosureControl: true) { selection, _ in
        selection.conditions.append(RowCondition(column: column, value: level))
      }
      let report = try FitReport(input, loaded, times: options.landmarks, tau: tau)
      panels.append(
        .init(
          name: "\(column): \(level)",
          figure: try report.figure(title: "", timeLabel: timeLabel ?? loaded.timeLabel, options: options))
      )
      remarks += (loaded.remarks.filter { $0.code == repeated } + report.remarks).map {
        Remark($0.code, "\(column) \(level): \($0.message)")
      }
      sources = report.sourceLines(options, footer)
    }
    let figure = try PanelledFigure(
      panels: panels, columns: columns, arms: all.armLabels, title: title ?? all.dataset.file, footer: sources)
    return Drawn(svg: figure.svg(), remarks: remarks)
  }

  /// Cumulative incidences of the causes, with Gray's test between arms.
  func incidences(causes: [String], labels: [String], censored: [String]) throws -> Drawn {
    guard labels.isEmpty || labels.count == causes.count else {
      throw UsageError("--cause-labels names \(labels.count) causes, --causes \(causes.count)")
    }
    let report = try CompetingRisksReport(input, causes: causes, censored: censored, times: options.landmarks)
    let loaded = report.loaded
    try FitReport.checkDrawable(loaded)
    let names = labels.isEmpty ? causes.map { "\(loaded.dataset.eventColumn) = \($0)" } : labels
    let tests = zip(names, report.tests).map { "Gray's test, \($0): p\u{A0}\(NumberText.pEquation($1.result.p))" }
    let interval = report.confidence.percent
    let figure = try CumulativeIncidenceFigure(
      arms: zip(loaded.armLabels, report.curves).map { .init(label: $0, estimate: $1) }, causeLabels: names,
      title: title ?? loaded.dataset.file, timeLabel: timeLabel ?? loaded.timeLabel,
      annotation: FigureAnnotation(
        header: ["Events/N"] + options.landmarks.map { "% at \(NumberText.plain($0)) (\(interval) CI)" },
        rows: report.curves.flatMap { curve in causes.indices.map { row(curve, cause: $0) } }, lines: tests),
      footer: footer + loaded.originLines
        + [
          "Source: \(loaded.dataset.file). Aalen-Johansen estimates"
            + (options.showRibbon
              ? "; \(interval) pointwise intervals, \(report.confidence.transform.rawValue) scale" : "") + "."
        ], options: options)
    return Drawn(svg: figure.svg(), remarks: loaded.remarks + report.remarks)
  }

  private func row(_ curve: AalenJohansen, cause: Int) -> [String] {
    let estimate = curve.causes[cause]
    let counts = "\(countText(estimate.total))/\(curve.count)"
    return [counts]
      + options.landmarks.map { time in
        guard curve.isKnown(at: time) else { return "withheld" }
        guard time <= curve.time.last ?? 0 else { return "NE" }
        guard let place = curve.position(at: time) else { return "0" }
        let numbers = [estimate.incidence[place], estimate.lower[place], estimate.upper[place]]
        let cells = numbers.map { NumberText.fixed(100 * $0, 1) }
        return "\(cells[0]) (\(cells[1]), \(cells[2]))"
      }
  }
}

internal import ArgumentParser
internal import Reconstruction
internal import Reporting
internal import SurvivalFigures
internal import TrialCatalogue
internal import TrialData
internal import Verification

/// `survkit reconstruct`: rows from published facts.
struct Reconstruct: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make rows of patients from published numbers, and say how far they are from each.",
    discussion: """
      With --endpoint FACTS is a file of the schema survkit-published/1 (data/vision/published.json is one). The level of \
      each endpoint says what is given: B, readings of the curve on a grid, numbers at risk, events, medians; C, numbers of \
      subjects and events, medians and the hazard ratio. Facts whose role is check are never used.

      Without --endpoint FACTS describes a digitised figure (level A): arms[] with arm, curve (a file) or survival (times, \
      values), at_risk (a file, or times and n), censor_marks (a file, or times), n, total_events and median; n may be \
      missing where at_risk begins at 0, the others too. y_scale is probability or percent, y_direction survival or failure. \
      File names are relative to it.

      A figure can also be given by --curve, --at-risk, --censor-marks, --n and --events.

      Files of readings are taken as WebPlotDigitizer, Engauge, DigitizeIt, ScanIt and Plot Digitizer export them: without a \
      header, or with one (x,y; a pair of columns per data set under its name; x and a column per curve with empty cells; \
      time,survival[,arm]); commas, semicolons, tabs or blanks between cells; decimal points or, between other separators, \
      decimal commas. Several curves in a file make several arms. Percentages and failure are recognised, clicks beside the \
      axes moved onto them; the output says so.

      Without -o only the diagnostics are printed; with it the rows go to that CSV file and their origin to a JSON file \
      beside it. Numbers of subjects and events and the numbers at risk are met exactly, or refused with what contradicts. \
      With --relax the smallest set of numbers at risk that leaves no contradiction, then the total of events, then the \
      median give way, and the output says which and why.

      Example: survkit reconstruct data/vision/published.json --endpoint os -o os.csv
      """)

  @Argument(help: "Published facts or the description of a figure (JSON), or - for standard input.")
  var facts: String?

  @Option(
    help: "Curve readings as a digitiser exported them, or time,survival[,arm]; several curves make several arms.")
  var curve: String?

  @Option(help: "Numbers at risk: time,n[,arm], or time and a column per arm; an empty cell is not known.")
  var atRisk: String?

  @Option(help: "Times of censor marks: time[,arm].")
  var censorMarks: String?

  @Option(help: "Number of subjects, 213, or by arm, A=213,B=211. Not needed where --at-risk begins at 0.")
  var n: String?

  @Option(help: "Total of events, 134, or by arm, A=134,B=98. Without it the readings decide.")
  var events: String?

  @Flag(help: "The scale of --curve; recognised when not stated: percentages where a reading is above 1.5.")
  var scale: ScaleFlag?

  @Flag(
    help: "The direction of --curve; recognised when not stated: failure (1 - S) where the curves rise from near 0.")
  var direction: DirectionFlag?

  @Option(help: "The endpoint of published facts, by its id. Without it FACTS describes a digitised figure.")
  var endpoint: String?

  @Option(name: .shortAndLong, help: "CSV file for the rows; its origin goes to the same name with .json.")
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Draw readings over rebuilt curves, gaps and numbers at risk to this file: .svg, .pdf or .png; up to six arms.",
      valueName: "file"))
  var plot: String?

  @OptionGroup var figureFile: FigureFileOptions

  @Flag(
    help: "Where facts contradict each other, give up as few as possible and say which; at level C all are needed.")
  var relax = false

  @Flag(help: "Replace existing output files.")
  var force = false

  @OptionGroup var labels: LabelOptions

  @OptionGroup var repeats: RepeatOptions

  @Option(
    help: ArgumentHelp(
      "The arm that hazard ratios compare with; the first of a figure, the control of an endpoint.", valueName: "arm"))
  var reference: String?

  @Option(help: ArgumentHelp("Level of the intervals.", valueName: "p"))
  var level = 0.95

  @Option(help: "text, json, md, html, latex or rtf: the diagnostics on standard output.")
  var format: OutputOptions.Format = .text

  @Flag(name: .customLong("no-timestamp"), help: "Leave the time of the run out of the JSON: same call, same bytes.")
  var leavesTimeOut = false

  enum ScaleFlag: String, EnumerableFlag {
    case probability
    case percent
  }

  enum DirectionFlag: String, EnumerableFlag {
    case survival
    case failure
  }

  mutating func run() throws {
    _ = try repeats.settings()
    if format.hasRows { throw OutputOptions.rowsRefusal(format) }
    guard level > 0, level < 1 else { throw UsageError("--level takes a number between 0 and 1") }
    let sidecar = output.map { path in (path.hasSuffix(".csv") ? String(path.dropLast(4)) : path) + ".json" }
    guard plot != "-" else { throw UsageError("--plot takes a file; standard output has the diagnostics") }
    let outputs = [output, sidecar, plot].compactMap { $0 }
    let inputs = [facts, curve, atRisk, censorMarks].compactMap { $0 }
    for path in outputs { try Output.check(path: path, force: force, inputs: inputs) }
    try Output.checkDistinct(outputs)
    try figureFile.check(plot)
    let report = try reconstructed()
    let rows = report.rows
    // Made before anything is written.
    let figure = plot == nil ? nil : try report.figure().svg()
    if let plot, let figure { try figureFile.write(figure, path: plot, force: force) }
    if let output, let sidecar {
      try Output.file(rows.json.text, path: sidecar, force: force)
      try Output.file(rows.csv(rawLabels: labels.areRaw), path: output, force: force)
    }
    let title = "\(Tool.name) reconstruct: \((facts ?? curve ?? "").split(separator: "/").last.map(String.init) ?? "")"
    switch format {
    case .text: try Output.standard(rows.document.text)
    case .md: try Output.standard(rows.document.markdown)
    case .html: try Output.standard(rows.document.page(title: title).text)
    case .latex: try Output.standard(rows.document.latex(title: title))
    case .rtf: try Output.standard(rows.document.rtf(title: title))
    case .rowsAsCSV, .rowsAsJSON: throw OutputOptions.rowsRefusal(format)
    case .json:
      let envelope = report.envelope(
        arguments: CommandLine.arguments, files: inputs + outputs, startedUTC: leavesTimeOut ? nil : StartOfRun.utc)
      try Output.standard(envelope.json.text)
    }
  }

  private func reconstructed() throws -> ReconstructionReport {
    if let curve {
      guard facts == nil, endpoint == nil else {
        throw UsageError("--curve stands alone: without a file of facts and without --endpoint")
      }
      return try figure(
        DigitisedFigure(
          curve: try ByteSource.read(curve), atRisk: try atRisk.map { try ByteSource.read($0) },
          censorMarks: try censorMarks.map { try ByteSource.read($0) }, subjects: try counts(n, option: "--n"),
          events: try counts(events, option: "--events"),
          axis: .init(
            scale: scale.flatMap { .init(rawValue: $0.rawValue) },
            direction: direction.flatMap { .init(rawValue: $0.rawValue) })))
    }
    guard let facts else { throw UsageError("name a file of facts, or the readings with --curve") }
    guard atRisk == nil, censorMarks == nil, n == nil, events == nil, scale == nil, direction == nil else {
      throw UsageError(
        "--at-risk, --censor-marks, --n, --events and the scale and direction of the curve belong to --curve; a description "
          + "has members for them")
    }
    let source = try ByteSource.read(facts)
    if let endpoint { return try published(source, endpoint) }
    let folder = facts.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return try figure(DigitisedFigure(source, folder: folder))
  }

  /// "213" as the number of the only arm, "A=213,B=211" by arm.
  private func counts(_ text: String?, option: String) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for part in (text ?? "").split(separator: ",") {
      let equals = part.lastIndex(of: "=")
      let name = equals.map { String(part[..<$0]) } ?? ""
      guard let count = Int(equals.map { part[part.index(after: $0)...] } ?? part), count >= 0 else {
        throw UsageError("\(option) takes a whole number, or one for each arm as in A=213,B=211; \(part) is neither")
      }
      guard counts.updateValue(count, forKey: name) == nil else {
        throw UsageError("\(option) gives two numbers for \(name.isEmpty ? "one arm" : name)")
      }
    }
    return counts
  }

  private func published(_ source: ByteSource, _ endpoint: String) throws -> ReconstructionReport {
    let trial = try PublishedTrial(source)
    guard let found = trial.endpoints.first(where: { $0.id == endpoint }) else {
      throw UsageError(
        "\(source.name) has no endpoint \(endpoint); it has \(trial.endpoints.map(\.id).joined(separator: ", "))")
    }
    guard found.kind == .timeToEvent else {
      throw UsageError("\(endpoint) compares proportions; there are no times to reconstruct")
    }
    var made = Made()
    if found.level == "B" {
      for arm in found.orderedFacts { try made.add(arm, level: .grid, relax: relax) }
    } else {
      (made.arms, made.facts, made.asked) = (try found.reconstruct(), found.orderedFacts, found.orderedFacts)
    }
    return try rows(
      made, [source], control: found.control, title: "\(trial.name), \(found.name) (\(found.unit ?? "time"))",
      citation: trial.citation, unit: found.unit ?? "time")
  }

  private func figure(_ figure: DigitisedFigure) throws -> ReconstructionReport {
    var made = Made()
    for arm in figure.arms { try made.add(arm, level: .curve, relax: relax) }
    return try rows(
      made, figure.files, control: figure.arms[0].arm, title: "\(figure.files[0].name) (\(figure.timeUnit))",
      citation: "", unit: figure.timeUnit, axis: figure.axis, notes: figure.notes.map { Remark($0.code, $0.message) })
  }

  /// Rows of every arm, the facts that they meet, and those that were asked for.
  private struct Made {
    var arms: [ReconstructedArm] = []
    var facts: [ArmFacts] = []
    var asked: [ArmFacts] = []
    /// What was given up, each with its arm.
    var relaxed: [String] = []

    mutating func add(_ given: ArmFacts, level: ReconstructionLevel, relax: Bool) throws {
      guard relax else {
        arms.append(try CurveReconstruction.rows(given, level: level))
        facts.append(given)
        asked.append(given)
        return
      }
      let found = try CurveReconstruction.relaxedRows(given, level: level)
      arms.append(found.rows)
      facts.append(found.facts)
      asked.append(found.asked)
      relaxed += found.givenUp.map { "\(given.arm): \($0)" }
    }
  }

  private func rows(
    _ found: Made, _ files: [ByteSource], control: String, title: String, citation: String, unit: String,
    axis: DigitisedFigure.Axis? = nil, notes: [Remark] = []
  ) throws -> ReconstructionReport {
    let (arms, facts) = (found.arms, found.facts)
    let base = reference ?? control
    guard arms.contains(where: { $0.arm == base }) else {
      throw UsageError("--reference \(base) is no arm; the arms are \(arms.map(\.arm).joined(separator: ", "))")
    }
    let settings = try repeats.settings(level: level)
    let intervals = ReconstructionIntervals(facts, rows: arms, reference: base, settings: settings)
    let made = ReconstructedRows(
      arms: arms, diagnostics: try zip(arms, found.asked).map { try ReconstructionDiagnostics($0, facts: $1) },
      title: title, citation: citation, files: files, uncertainty: intervals.uncertainty,
      reasonWithoutUncertainty: intervals.reason,
      notes: notes, relaxed: found.relaxed)
    return ReconstructionReport(
      rows: made, facts: facts, axis: axis, timeUnit: unit, repeats: settings)
  }
}

internal import ArgumentParser
internal import LinearAlgebra
internal import Reconstruction
internal import Reporting
internal import TrialCatalogue
internal import TrialData

/// `survkit reconstruct`: rows from published facts.
struct Reconstruct: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make rows of patients from published numbers, and say how far they are from each.",
    discussion: """
      With --endpoint FACTS is a file of the schema survkit-published/1 (data/vision/published.json is one). The level of \
      each endpoint says what is given: B, readings of the curve on a grid, numbers at risk, events, medians; C, numbers of \
      subjects and events, medians and the hazard ratio. Facts whose role is check are never used.

      Without --endpoint FACTS describes a digitised figure (level A): arms[] with arm, curve (CSV of time and survival), \
      at_risk (CSV of time and n), n and total_events; the last three may be missing, n only when at_risk begins at 0. \
      y_scale is probability or percent, y_direction survival or failure. File names are relative to it.

      A figure can also be given by --curve, --at-risk, --n and --events.

      Without -o only the diagnostics are printed; with it the rows go to that CSV file and their origin to a JSON file \
      beside it. Numbers of subjects and events and the numbers at risk are met exactly, or refused with what contradicts.

      Example: survkit reconstruct data/vision/published.json --endpoint os -o os.csv
      """)

  @Argument(help: "Published facts or the description of a figure (JSON), or - for standard input.")
  var facts: String?

  @Option(help: "CSV of curve readings: time, survival, and arm where there are several.")
  var curve: String?

  @Option(help: "CSV of numbers at risk: time, n, and arm where there are several.")
  var atRisk: String?

  @Option(help: "Number of subjects, 213, or by arm, A=213,B=211. Not needed where --at-risk begins at 0.")
  var n: String?

  @Option(help: "Total of events, 134, or by arm, A=134,B=98. Without it the readings decide.")
  var events: String?

  @Flag(help: "The readings of --curve are percentages.")
  var percent = false

  @Flag(help: "The curve of --curve rises: 1 - S.")
  var failure = false

  @Option(help: "The endpoint of published facts, by its id. Without it FACTS describes a digitised figure.")
  var endpoint: String?

  @Option(name: .shortAndLong, help: "CSV file for the rows; its origin goes to the same name with .json.")
  var output: String?

  @Flag(help: "Replace existing output files.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "Reconstructions from facts moved by their errors, for the reconstruction intervals at levels A and B; 0 for none.",
      valueName: "count"))
  var repeats = 200

  @Option(help: "Seed of the repeats.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "The arm that hazard ratios compare with; the first of a figure, the control of an endpoint.", valueName: "arm"))
  var reference: String?

  @Option(help: ArgumentHelp("Level of the intervals.", valueName: "p"))
  var level = 0.95

  @Option(help: "text, json or md: the diagnostics on standard output.")
  var format: OutputOptions.Format = .text

  @Flag(name: .customLong("no-timestamp"), help: "Leave the time of the run out of the JSON: same call, same bytes.")
  var leavesTimeOut = false

  mutating func run() throws {
    guard (0...100_000).contains(repeats) else { throw UsageError("--repeats takes a number from 0 to 100000") }
    guard level > 0, level < 1 else { throw UsageError("--level takes a number between 0 and 1") }
    let sidecar = output.map { path in (path.hasSuffix(".csv") ? String(path.dropLast(4)) : path) + ".json" }
    let outputs = [output, sidecar].compactMap { $0 }
    let inputs = [facts, curve, atRisk].compactMap { $0 }
    for path in outputs { try Output.check(path: path, force: force, inputs: inputs) }
    try Output.checkDistinct(outputs)
    let rows = try reconstructed()
    if let output, let sidecar {
      try Output.file(rows.json.text, path: sidecar, force: force)
      try Output.file(rows.csv, path: output, force: force)
    }
    switch format {
    case .text: try Output.standard(rows.document.text)
    case .md: try Output.standard(rows.document.markdown)
    case .json: try Output.standard(envelope(rows, files: inputs + outputs).json.text)
    }
  }

  private func envelope(_ rows: ReconstructedRows, files: [String]) -> Envelope {
    var settings = JSONObject()
    settings.add("level", level)
    settings.add("repeats", repeats)
    settings.add("seed", Int(exactly: seed).map(JSONValue.integer) ?? .string("\(seed)"))
    settings.add("ties", "efron")
    if let reference = rows.uncertainty?.comparisons.first?.reference { settings.add("reference", reference) }
    return Envelope(
      command: "reconstruct",
      provenance: Provenance(
        arguments: CommandLine.arguments, files: files, inputs: rows.inputs, linearAlgebra: BLAS.configuration,
        threads: BLAS.threads, startedUTC: leavesTimeOut ? nil : StartOfRun.utc
      ).json,
      settings: settings.value, data: .object([]), warnings: rows.notes, result: rows.result)
  }

  private func reconstructed() throws -> ReconstructedRows {
    if let curve {
      guard facts == nil, endpoint == nil else {
        throw UsageError("--curve stands alone: without a file of facts and without --endpoint")
      }
      return try figure(
        DigitisedFigure(
          curve: try ByteSource.read(curve), atRisk: try atRisk.map { try ByteSource.read($0) },
          subjects: try counts(n, option: "--n"), events: try counts(events, option: "--events"),
          axis: .init(isPercent: percent, isFailure: failure)))
    }
    guard let facts else { throw UsageError("name a file of facts, or the readings with --curve") }
    guard atRisk == nil, n == nil, events == nil, !percent, !failure else {
      throw UsageError("--at-risk, --n, --events, --percent and --failure belong to --curve")
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

  private func published(_ source: ByteSource, _ endpoint: String) throws -> ReconstructedRows {
    let trial = try PublishedTrial(source)
    guard let found = trial.endpoints.first(where: { $0.id == endpoint }) else {
      throw UsageError(
        "\(source.name) has no endpoint \(endpoint); it has \(trial.endpoints.map(\.id).joined(separator: ", "))")
    }
    guard found.kind == .timeToEvent else {
      throw UsageError("\(endpoint) compares proportions; there are no times to reconstruct")
    }
    return try rows(
      found.reconstruct(), found.orderedArms.map(\.facts), [source], control: found.control,
      title: "\(trial.name), \(found.name) (\(found.unit ?? "time"))", citation: trial.citation)
  }

  private func figure(_ figure: DigitisedFigure) throws -> ReconstructedRows {
    var arms: [ReconstructedArm] = []
    for arm in figure.arms { arms.append(try CurveReconstruction.rows(arm, level: .curve)) }
    return try rows(
      arms, figure.arms, figure.files, control: figure.arms[0].arm,
      title: "\(figure.files[0].name) (\(figure.timeUnit))", citation: "")
  }

  private func rows(
    _ arms: [ReconstructedArm], _ facts: [ArmFacts], _ files: [ByteSource], control: String, title: String,
    citation: String
  ) throws -> ReconstructedRows {
    let base = reference ?? control
    guard arms.contains(where: { $0.arm == base }) else {
      throw UsageError("--reference \(base) is no arm; the arms are \(arms.map(\.arm).joined(separator: ", "))")
    }
    var uncertainty: ReconstructionUncertainty?
    var reason = ""
    if arms[0].level == .summary {
      reason = "at level C the curve's shape is a model, and how far it is from the truth is not known"
    } else if repeats == 0 {
      reason = "no repeats were asked for"
    } else {
      do throws(ReconstructionError) {
        uncertainty = try ReconstructionUncertainty(
          facts, rows: arms, reference: base, repeats: repeats, seed: seed, level: level)
      } catch {
        reason = "a repeat with moved readings contradicts the facts (\(error))"
      }
    }
    return ReconstructedRows(
      arms: arms, diagnostics: try zip(arms, facts).map { try ReconstructionDiagnostics($0, facts: $1) }, title: title,
      citation: citation, files: files, uncertainty: uncertainty, reasonWithoutUncertainty: reason)
  }
}

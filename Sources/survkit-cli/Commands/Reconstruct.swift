internal import ArgumentParser
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

      Without -o only the diagnostics are printed; with it the rows go to that CSV file and their origin to a JSON file \
      beside it. Numbers of subjects and events and the numbers at risk are met exactly, or refused with what contradicts.

      Example: survkit reconstruct data/vision/published.json --endpoint os -o os.csv
      """)

  @Argument(help: "Published facts or the description of a figure (JSON), or - for standard input.")
  var facts: String

  @Option(help: "The endpoint of published facts, by its id. Without it FACTS describes a digitised figure.")
  var endpoint: String?

  @Option(name: .shortAndLong, help: "CSV file for the rows; its origin goes to the same name with .json.")
  var output: String?

  @Flag(help: "Replace existing output files.")
  var force = false

  mutating func run() throws {
    let source = try ByteSource.read(facts)
    let sidecar = output.map { path in (path.hasSuffix(".csv") ? String(path.dropLast(4)) : path) + ".json" }
    let rows = try endpoint.map { try published(source, $0) } ?? figure(source)
    for path in [output, sidecar].compactMap({ $0 }) { try Output.check(path: path, force: force) }
    if let output, let sidecar {
      try Output.file(rows.json.text, path: sidecar, force: force)
      try Output.file(rows.csv, path: output, force: force)
    }
    try Output.standard(rows.document.text)
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
      found.reconstruct(), found.orderedArms.map(\.facts), source,
      title: "\(trial.name), \(found.name) (\(found.unit ?? "time"))", citation: trial.citation)
  }

  private func figure(_ source: ByteSource) throws -> ReconstructedRows {
    let folder = facts.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let figure = try DigitisedFigure(source, folder: folder)
    var arms: [ReconstructedArm] = []
    for arm in figure.arms { arms.append(try CurveReconstruction.rows(arm, level: .curve)) }
    return try rows(arms, figure.arms, source, title: "\(source.name) (\(figure.timeUnit))", citation: "")
  }

  private func rows(
    _ arms: [ReconstructedArm], _ facts: [ArmFacts], _ source: ByteSource, title: String, citation: String
  ) throws -> ReconstructedRows {
    ReconstructedRows(
      arms: arms, diagnostics: try zip(arms, facts).map { try ReconstructionDiagnostics($0, facts: $1) }, title: title,
      citation: citation, factsName: source.name, facts: source.bytes)
  }
}

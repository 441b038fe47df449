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
      FACTS is a file of the schema survkit-published/1 (data/vision/published.json is one). The level of each endpoint \
      says what is given: B, readings of the curve on a grid, numbers at risk, events, medians; C, numbers of subjects and \
      events, medians and the hazard ratio. Facts whose role is check are never used. Without -o only the diagnostics are \
      printed; with it the rows go to that CSV file and their origin to a JSON file beside it.

      Example: survkit reconstruct data/vision/published.json --endpoint os -o os.csv
      """)

  @Argument(help: "Published facts (JSON), or - for standard input.")
  var facts: String

  @Option(help: "The endpoint, by its id.")
  var endpoint: String

  @Option(name: .shortAndLong, help: "CSV file for the rows; its origin goes to the same name with .json.")
  var output: String?

  @Flag(help: "Replace existing output files.")
  var force = false

  mutating func run() throws {
    let source = try ByteSource.read(facts)
    let trial = try PublishedTrial(source)
    guard let found = trial.endpoints.first(where: { $0.id == endpoint }) else {
      throw UsageError(
        "\(source.name) has no endpoint \(endpoint); it has \(trial.endpoints.map(\.id).joined(separator: ", "))")
    }
    guard found.kind == .timeToEvent else {
      throw UsageError("\(endpoint) compares proportions; there are no times to reconstruct")
    }
    let sidecar = output.map { path in (path.hasSuffix(".csv") ? String(path.dropLast(4)) : path) + ".json" }
    for path in [output, sidecar].compactMap({ $0 }) { try Output.check(path: path, force: force, inputs: [facts]) }
    try Output.checkDistinct([output, sidecar].compactMap { $0 })
    let arms = try found.reconstruct()
    var diagnostics: [ReconstructionDiagnostics] = []
    for (arm, published) in zip(arms, found.orderedArms) {
      diagnostics.append(try ReconstructionDiagnostics(arm, facts: published.facts))
    }
    let rows = ReconstructedRows(
      arms: arms, diagnostics: diagnostics, title: "\(trial.name), \(found.name) (\(found.unit ?? "time"))",
      citation: trial.citation, factsName: source.name, facts: source.bytes)
    if let output, let sidecar {
      try Output.file(rows.json.text, path: sidecar, force: force)
      try Output.file(rows.csv, path: output, force: force)
    }
    try Output.standard(rows.document.text)
  }
}

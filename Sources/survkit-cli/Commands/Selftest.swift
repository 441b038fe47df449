internal import ArgumentParser
internal import ReferenceSuite
internal import Reporting
internal import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// `survkit selftest`: expected numbers of another program against ours.
struct Selftest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check this copy of survkit against certified values and the numbers of other programs.",
    discussion: """
      Without --suite the built-in checks are run, each with its largest relative error and the digits that are right; \
      no file is needed. With --suite those of a suite of the schema survkit-reference/1, whose CSV files lie beside \
      it. A check of a kind that this version cannot run is unsupported, never passed.

      Exit status: 0 when checks pass and none fails, 1 when one fails or none can be run, 65 for a suite that cannot be used or holds no checks, 66 \
      when it or one of its data files is missing.

      Example: survkit selftest --suite reference/expected.json --emit actual.json
      """)

  @Option(help: "A suite to run in place of the built-in one; its CSV files lie beside it.")
  var suite: String?

  @Option(help: "Write what was computed, in the shape of the expected numbers, to this JSON file.")
  var emit: String?

  @Flag(help: "One line for every check of --suite, not only for those that fail.")
  var verbose = false

  @Option(help: "text or json.")
  var format: Format = .text

  @Option(name: .shortAndLong, help: "Write the report to this file instead of standard output.")
  var output: String?

  @Flag(help: "Replace existing files.")
  var force = false

  enum Format: String, ExpressibleByArgument {
    case text
    case json
  }

  mutating func run() throws {
    let files = [emit, output].compactMap { $0 }
    for path in files { try Output.check(path: path, force: force, inputs: [suite].compactMap { $0 }) }
    try Output.checkDistinct(files)
    let result = try SelftestResult(suite.map(outcomes(of:)) ?? builtIn())
    // The file first: when it cannot be written, no table says that all went well.
    if let emit { try Output.file(result.emission.text, path: emit, force: force) }
    let listed = suite == nil || verbose ? result.outcomes : result.outcomes.filter { $0.status == .fail }
    let report = format == .json ? result.json(suite: suite).text : result.text(listing: listed)
    if let output {
      try Output.file(report, path: output, force: force)
    } else {
      try Output.standard(report)
    }
    if !result.isPass { throw ExitCode(1) }
  }

  private func builtIn() throws -> [ReferenceSuite.Outcome] {
    try BuiltInSuite.suite().run { file in
      guard let text = BuiltInSuite.csv(file) else {
        throw TrialDataError(.noInput, file: file, "is not among the built-in data")
      }
      return try Selftest.columns(ByteSource(name: file, bytes: Array(text.utf8)))
    }
  }

  private func outcomes(of path: String) throws -> [ReferenceSuite.Outcome] {
    let source = try ByteSource.read(path)
    let checks: ReferenceSuite
    do throws(SuiteError) {
      checks = try ReferenceSuite(Data(source.bytes))
    } catch {
      throw TrialDataError(.data, file: source.name, error.message)
    }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    return try checks.run { try Selftest.columns(ByteSource.read(path.contains("/") ? "\(folder)/\($0)" : $0)) }
  }

  private static func columns(_ source: ByteSource) throws -> TextColumns {
    let table = try DataTable(source)
    var columns: TextColumns = [:]
    for name in table.columnNames { columns[name] = try table.text(name) }
    return columns
  }
}

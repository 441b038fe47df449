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
    abstract: "Run a suite of expected numbers (schema survkit-reference/1) and report how each kind of check does.",
    discussion: "Example: survkit selftest --suite reference/expected.json")

  @Option(help: "The suite; its CSV files lie beside it.")
  var suite: String

  @Flag(help: "One line for every check, not only for those that fail.")
  var verbose = false

  mutating func run() throws {
    let folder = suite.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let checks: ReferenceSuite
    do {
      checks = try ReferenceSuite(Data(try ByteSource.read(suite).bytes))
    } catch let error as TrialDataError {
      throw error
    } catch {
      throw TrialDataError(.data, file: suite, "is not a suite of the schema survkit-reference/1")
    }
    let outcomes = try checks.run { file in
      let table = try DataTable(try ByteSource.read(folder.isEmpty ? file : "\(folder)/\(file)"))
      var columns: TextColumns = [:]
      for name in table.columnNames { columns[name] = try table.text(name) }
      return columns
    }
    var text = ""
    for outcome in outcomes where verbose || outcome.status == .fail {
      text += "\(outcome.status.rawValue)  \(outcome.id)  \(outcome.details.prefix(2).joined(separator: "; "))\n"
    }
    var rows = [["kind", "pass", "fail", "unsupported", "numbers", "worst relative error"]]
    func count(_ list: [ReferenceSuite.Outcome], _ status: ReferenceSuite.Outcome.Status) -> String {
      "\(list.filter { $0.status == status }.count)"
    }
    for kind in Set(outcomes.map(\.kind)).sorted() + ["all"] {
      let these = kind == "all" ? outcomes : outcomes.filter { $0.kind == kind }
      let worst = these.filter { $0.status == .pass }.map(\.worstRelativeError).max() ?? 0
      rows.append([
        kind, count(these, .pass), count(these, .fail), count(these, .unsupported),
        "\(these.reduce(0) { $0 + $1.compared })", "\(worst)",
      ])
    }
    try Output.standard(text + NumberText.table(rows))
    if outcomes.contains(where: { $0.status == .fail }) { throw ExitCode(1) }
  }
}

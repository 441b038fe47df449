import Foundation
import ReferenceSuite
import Testing

/// Numbers of R survival 3.5-3 on classic data sets, each at the tolerance its suite states. `SURVKIT_SUITE` names
/// another suite of the same schema to run in its place.
@Suite struct SuiteTests {
  private static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["SURVKIT_SUITE"] { return URL(fileURLWithPath: path) }
    return Bundle.module.bundleURL.appendingPathComponent("Resources")
  }

  private static let tiesBrokenByRoundOff: Set = ["open.lung.strat.efron.fit", "open.lung.cluster.efron.fit"]

  /// The suite's files are plain: no quoted separators, LF, empty cell = missing.
  private func load(_ file: String) throws -> TextColumns {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
    let lines = text.split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\r"))
      }
    }
    var columns: TextColumns = [:]
    for (position, name) in lines[0].enumerated() {
      columns[name] = lines.dropFirst().map { $0[position].isEmpty ? nil : $0[position] }
    }
    return columns
  }

  @Test func everyCheckPasses() throws {
    let suite = try ReferenceSuite(try Data(contentsOf: Self.folder.appendingPathComponent("expected.json")))
    let outcomes = try suite.run(load: load)
    #expect(outcomes.count > 100)
    for outcome in outcomes where outcome.status == .fail {
      // Here R's counts are those of one BLAS kernel, which orders pairs of patients with equal covariates by their
      // place in the file; with its own product R counts as survkit does (docs/decisions/0003). Every other number of
      // these checks must be right.
      if Self.tiesBrokenByRoundOff.contains(outcome.id),
        outcome.details.allSatisfy({ $0.hasPrefix(".concordance.") })
      {
        continue
      }
      Issue.record("\(outcome.id): \(outcome.details.prefix(3).joined(separator: "; "))")
    }
    for kind in Set(outcomes.map(\.kind)).sorted() {
      let these = outcomes.filter { $0.kind == kind }
      let worst = these.map(\.worstRelativeError).max() ?? 0
      func count(_ status: ReferenceSuite.Outcome.Status) -> Int { these.filter { $0.status == status }.count }
      print("\(kind): \(count(.pass)) pass, \(count(.fail)) fail, \(count(.unsupported)) unsupported, worst \(worst)")
    }
    // What cannot be run is known by name: exact ties, and the robust errors of the hazard estimates.
    let unsupported = Set(outcomes.filter { $0.status == .unsupported }.flatMap(\.details))
    #expect(unsupported.isSubset(of: ["ties = exact", "robust standard errors of cumulative hazards"]))
  }
}

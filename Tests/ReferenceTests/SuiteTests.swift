import Foundation
import ReferenceSuite
import Testing

/// Numbers of R survival 3.5-3 on classic data sets, each at the tolerance its suite states. `SURVKIT_SUITE` names
/// another suite of the same schema to run in its place.
@Suite struct SuiteTests {
  private static var folder: URL {
    if let path = ProcessInfo.processInfo.environment["SURVKIT_SUITE"] { return URL(fileURLWithPath: path) }
    return Bundle.module.resourceURL!.appendingPathComponent("Resources")
  }

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
    print("unsupported: \(unsupported.sorted())")
  }
}

import Foundation
import ReferenceSuite

/// The suites of this folder and their data files. `SURVKIT_SUITE` names the folder of another suite of the schema to run
/// in place of expected.json.
enum Resources {
  static let folder = Bundle.module.bundleURL.appendingPathComponent("Resources")

  static func text(_ file: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
  }

  /// The suite's files are plain: no quoted separators, LF, empty cell = missing.
  static func columns(_ text: String) -> TextColumns {
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

  /// A suite of this folder with its outcomes, run once for all tests.
  struct RunSuite {
    let checks: [JSONTree]
    let outcomes: [ReferenceSuite.Outcome]
  }

  static let open = Result { try run("expected.json", in: openFolder) }
  static let certified = Result { try run("certified.json", in: folder) }
  static let hard = Result { try run("hard.json", in: folder) }

  private static var openFolder: URL {
    ProcessInfo.processInfo.environment["SURVKIT_SUITE"].map { URL(fileURLWithPath: $0) } ?? folder
  }

  private static func run(_ name: String, in folder: URL) throws -> RunSuite {
    let suite = try ReferenceSuite(try Data(contentsOf: folder.appendingPathComponent(name)))
    let outcomes = try suite.run {
      columns(try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8))
    }
    return RunSuite(checks: suite.checks, outcomes: outcomes)
  }
}

internal import ReferenceSuite
internal import Reporting
internal import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Suites run: the one inside the program, one of a file, those of a site's folder.
enum SuiteRun {
  static func builtIn() throws -> [ReferenceSuite.Outcome] {
    func text(_ file: String) throws -> [UInt8] {
      guard let text = BuiltInSuite.csv(file) else {
        throw TrialDataError(.noInput, file: file, "is not among the built-in data")
      }
      return Array((text + "\n").utf8)
    }
    return try BuiltInSuite.suite().run(
      load: { try columns(ByteSource(name: $0, bytes: text($0))) }, command: CommandRunner(data: text).run)
  }

  /// - Parameter path: a suite of the schema of `ReferenceSuite`; its data files lie beside it.
  static func file(_ path: String) throws -> (source: ByteSource, outcomes: [ReferenceSuite.Outcome]) {
    let source = try ByteSource.read(path)
    let checks: ReferenceSuite
    do throws(SuiteError) {
      checks = try ReferenceSuite(Data(source.bytes))
    } catch {
      throw TrialDataError(.data, file: source.name, error.message)
    }
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    func read(_ file: String) throws -> ByteSource {
      try ByteSource.read(path.contains("/") ? "\(folder)/\(file)" : file)
    }
    let outcomes = try checks.run(
      load: { try columns(read($0)) }, command: CommandRunner(data: { try read($0).bytes }).run)
    return (source, outcomes)
  }

  /// What a site's folder holds: expected.json in it, and in folders in it, by name.
  ///
  /// - Throws: `TrialDataError` (no input) where there is none.
  static func suites(in folder: String) throws -> [(name: String?, path: String)] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted() else {
      throw TrialDataError(
        .noInput, file: folder.lastName, "is no folder that can be read; --bench takes a folder of cases")
    }
    let places: [(name: String?, path: String)] =
      [(nil, "\(folder)/expected.json")] + names.map { ($0, "\(folder)/\($0)/expected.json") }
    let found = places.filter { FileManager.default.fileExists(atPath: $0.path) }
    guard !found.isEmpty else {
      throw TrialDataError(
        .noInput, file: folder.lastName,
        "has no expected.json, and no folder in it has one (see \"survkit help selftest\")")
    }
    return found
  }

  private static func columns(_ source: ByteSource) throws -> TextColumns {
    let table = try DataTable(source)
    var columns: TextColumns = [:]
    for name in table.columnNames { columns[name] = try table.text(name) }
    return columns
  }
}

extension String {
  /// A path without its folders.
  var lastName: String { split(separator: "/").last.map(String.init) ?? "/" }
}

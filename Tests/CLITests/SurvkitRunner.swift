import Foundation
import ReferenceSuite
import Testing

/// One run of the binary, as a user meets it.
struct Run {
  let status: Int32
  let out: String
  let err: String

  /// The JSON document on standard output.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(out.utf8)) as? [String: Any])
  }

  /// The member `result` of the document, for comparison with a suite.
  func result() throws -> JSONTree { try #require(try JSONTree.parse(Data(out.utf8))["result"]) }
}

/// Runs `survkit`, which lies beside the tests.
///
/// - Parameters:
///   - input: what standard input holds.
///   - output: a file to be standard output in place of a pipe.
///   - environment: variables in place of the tests' own.
func survkit(
  _ arguments: [String], input: String = "", output: String? = nil, environment: [String: String]? = nil
) throws -> Run {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("survkit")
  process.arguments = arguments
  if let environment { process.environment = environment }
  let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
  (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
  if let output { process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output)) }
  try process.run()
  stdin.fileHandleForWriting.write(Data(input.utf8))
  try stdin.fileHandleForWriting.close()
  let out = output == nil ? stdout.fileHandleForReading.readDataToEndOfFile() : Data()
  let err = stderr.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  CallRecord.add(arguments, status: process.terminationStatus, output: out)
  return Run(
    status: process.terminationStatus, out: String(decoding: out, as: UTF8.self),
    err: String(decoding: err, as: UTF8.self))
}

/// A run of the binary that goes on while the test does something.
struct Started {
  private let process = Process()

  /// How a run ended.
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// - Parameter output: what standard output is; nothing reads it when nil.
  init(_ arguments: [String], input: String = "", output: FileHandle? = nil) throws {
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("survkit")
    process.arguments = arguments
    let stdin = Pipe()
    process.standardInput = stdin
    process.standardOutput = output ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
  }

  var isRunning: Bool { process.isRunning }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  func end() -> End {
    process.waitUntilExit()
    return process.terminationReason == .exit ? .exit(process.terminationStatus) : .signal(process.terminationStatus)
  }
}

/// A folder of its own, gone afterwards.
func withFolder(_ body: (URL) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("survkit-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(url)
}

/// Whether two numbers are the same but for the round-off of a few operations.
func isNear(_ one: Double?, _ other: Double?, _ relative: Double = 1e-12) -> Bool {
  guard let one, let other else { return false }
  return abs(one - other) <= relative * max(abs(one), abs(other))
}

/// Errors of an HTML parser, but for elements that its HTML 4 does not know.
func htmlFaults(_ page: String) throws -> [String] {
  var found: [String] = []
  try withFolder { folder in
    let file = folder.appendingPathComponent("page.html")
    try Data(page.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["xmllint", "--html", "--noout", file.path]
    let pipe = Pipe()
    process.standardError = pipe
    try process.run()
    let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    found = said.split(separator: "\n").map(String.init).filter {
      $0.contains("error") && $0.firstMatch(of: /Tag [a-z]+ invalid/) == nil
    }
  }
  return found
}

/// The data sets and expected numbers of R survival 3.5-3 that the reference tests use.
enum Reference {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("ReferenceTests/Resources")

  static func path(_ file: String) -> String { folder.appendingPathComponent(file).path }

  private static let checks = Result {
    try JSONTree.parse(Data(contentsOf: folder.appendingPathComponent("expected.json")))["checks"]?.array ?? []
  }

  static func check(_ id: String) throws -> JSONTree {
    try #require(try checks.get().first { $0["id"]?.string == id }, "no check \(id)")
  }

  /// Where `actual` misses a number that R gives for the check, within the tolerance the suite states.
  ///
  /// - Parameter expected: makes the expected answer out of the check's, such as one interval type of five.
  static func faults(
    _ id: String, _ actual: JSONTree, expected change: (JSONTree) -> JSONTree = { $0 }
  ) throws -> [String] {
    let check = try check(id)
    let agreement = Agreement(
      expected: change(try #require(check["expected"])), actual: actual,
      relative: check["tolerance"]?["rel"]?.number ?? 0, absolute: check["tolerance"]?["abs"]?.number ?? 0)
    #expect(agreement.compared > 0)
    return agreement.faults
  }
}

extension JSONTree {
  subscript(_ position: Int) -> JSONTree? { array.flatMap { position < $0.count ? $0[position] : nil } }

  /// An object with some members only.
  func keeping(_ keys: [String]) -> JSONTree {
    guard case .object(let members) = self else { return self }
    return .object(members.filter { keys.contains($0.key) })
  }

  /// The same with every curve changed.
  func mappingCurves(_ change: (JSONTree) -> JSONTree) -> JSONTree {
    .object(["curves": .array((self["curves"]?.array ?? []).map(change))])
  }

  /// A curve of the suite with one of its interval types.
  func keepingInterval(_ name: String) -> JSONTree {
    guard case .object(var members) = self else { return self }
    members["ci"] = members["ci"]?.keeping([name])
    return .object(members)
  }

  var doubles: [Double?] { (array ?? []).map(\.number) }
  var names: [String] { (array ?? []).compactMap(\.string) }
}

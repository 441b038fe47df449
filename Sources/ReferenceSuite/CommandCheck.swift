#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A check of kind `command`: a call of the program, run in a folder of its own, and what must come of it.
public struct CommandCall: Sendable, Equatable {
  /// Runs a call.
  public typealias Runner = (CommandCall) throws -> Answer

  /// What a call left.
  public struct Answer: Sendable, Equatable {
    public let status: Int32
    /// Standard output, or the file of `-o` where the call has one.
    public let output: String
    /// Standard error.
    public let messages: String

    public init(status: Int32, output: String, messages: String) {
      (self.status, self.output, self.messages) = (status, output, messages)
    }
  }

  static let kind = "command"

  public let arguments: [String]
  /// Files beside the suite that the call reads.
  public let data: [String]
  /// Files that the check holds itself, by name.
  public let files: [String: String]

  /// - Throws: `SuiteError` for a call without words, and where a word or a file is a path: a suite must not lead a call out of its folder.
  init(_ check: JSONTree) throws(SuiteError) {
    let id = check["id"]?.string ?? "?"
    arguments = check["arguments"]?.strings ?? []
    data = check["data"]?.strings ?? check["data"]?.string.map { [$0] } ?? []
    var texts: [String: String] = [:]
    if case .object(let members) = check["files"] {
      for (name, value) in members { texts[name] = value.string ?? "" }
    }
    files = texts
    guard let words = check["arguments"]?.array, !words.isEmpty, words.count == arguments.count else {
      throw SuiteError(message: "check \(id) has no arguments; a command check has a list of words")
    }
    for word in arguments + data + files.keys where word.contains("/") || word == ".." {
      throw SuiteError(message: "check \(id) names the path \(word); its files lie beside the suite")
    }
  }
}

extension ReferenceSuite {
  /// Runs a check of a command: its exit status (0 unless stated), the members of its JSON `result`, texts that its output and its
  /// messages must contain.
  static func run(_ check: JSONTree, _ runner: CommandCall.Runner?) throws -> Outcome {
    guard let runner else { return Outcome(check, .unsupported, ["no program to run"]) }
    guard case .object(var expected) = check["expected"] else {
      return Outcome(check, .unsupported, ["nothing is expected"])
    }
    let answer = try runner(CommandCall(check))
    expected["status"] = expected["status"] ?? .number(0)
    var actual: [String: JSONTree] = ["status": .number(Double(answer.status))]
    if let wanted = expected["result"] {
      let document = (try? JSONTree.parse(Data(answer.output.utf8))) ?? .null
      actual["result"] = document["result"]?.projected(on: wanted) ?? .null
    }
    for (key, text) in [("contains", answer.output), ("message", answer.messages)] {
      guard let wanted = expected[key] else { continue }
      let pieces = wanted.strings ?? [wanted.string ?? ""]
      expected[key] = .array(pieces.map(JSONTree.string))
      actual[key] = .array(pieces.map { text.contains($0) ? .string($0) : .null })
    }
    let tolerance = check["tolerance"]
    let agreement = Agreement(
      expected: .object(expected), actual: .object(actual), relative: tolerance?["rel"]?.number ?? 0,
      absolute: tolerance?["abs"]?.number ?? 0, comparesText: true)
    // A call that failed says why.
    let said = answer.status == 0 ? [] : answer.messages.split(separator: "\n").prefix(1).map(String.init)
    return Outcome(
      check, agreement.isPass ? .pass : .fail, agreement.faults + (agreement.isPass ? [] : said),
      actual: .object(actual), agreement)
  }
}

extension JSONTree {
  /// What stands where `other` has values.
  func projected(on other: JSONTree) -> JSONTree {
    switch (self, other) {
    case (.object(let members), .object(let wanted)):
      .object(
        wanted.reduce(into: [:]) { kept, pair in
          if let value = members[pair.key] { kept[pair.key] = value.projected(on: pair.value) }
        })
    case (.array(let values), .array(let wanted)):
      .array(zip(values, wanted).map { $0.projected(on: $1) })
    default: self
    }
  }
}

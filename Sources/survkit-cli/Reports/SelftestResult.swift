internal import ReferenceSuite
internal import Reporting

/// The outcomes of a suite, as tables and as JSON.
struct SelftestResult {
  typealias Outcome = ReferenceSuite.Outcome

  let outcomes: [Outcome]

  init(_ outcomes: [Outcome]) { self.outcomes = outcomes }

  /// No check fails and one passes at least: a suite of which nothing can be run is no success.
  var isPass: Bool { !outcomes.contains { $0.status == .fail } && outcomes.contains { $0.status == .pass } }

  /// How the checks of one kind did.
  struct Summary {
    let kind: String
    let pass: Int
    let fail: Int
    let unsupported: Int
    let numbers: Int
    /// Of the checks that passed.
    let worstRelativeError: Double

    init(_ kind: String, _ outcomes: [Outcome]) {
      func count(_ status: Outcome.Status) -> Int { outcomes.filter { $0.status == status }.count }
      self.kind = kind
      (pass, fail, unsupported) = (count(.pass), count(.fail), count(.unsupported))
      numbers = outcomes.reduce(0) { $0 + $1.compared }
      worstRelativeError = outcomes.filter { $0.status == .pass }.map(\.worstRelativeError).max() ?? 0
    }
  }

  /// One summary per kind, then one of all.
  var summaries: [Summary] {
    Set(outcomes.map(\.kind)).sorted().map { kind in Summary(kind, outcomes.filter { $0.kind == kind }) }
      + [Summary("all", outcomes)]
  }

  /// The listed checks one by one, then the summary by kind.
  func document(listing listed: [Outcome]) -> ReportDocument {
    var document = ReportDocument()
    if !listed.isEmpty {
      document.add(
        .table(
          [["check", "worst relative error", "digits", "result"]]
            + listed.map { [$0.id] + SelftestResult.figures($0) + [$0.status.rawValue] }))
    }
    // What is wrong, and why something was not run, after the table that it would pull apart.
    document.add(
      .lines(
        listed.filter { $0.status != .pass && !$0.details.isEmpty }.map {
          "\($0.id): \($0.status.rawValue): \($0.details.prefix(2).joined(separator: "; "))"
        }))
    document.add(
      .table(
        [["kind", "pass", "fail", "unsupported", "numbers", "worst relative error"]]
          + summaries.map {
            [
              $0.kind, "\($0.pass)", "\($0.fail)", "\($0.unsupported)", "\($0.numbers)",
              SelftestResult.short($0.worstRelativeError),
            ]
          }))
    return document
  }

  static func figures(_ outcome: Outcome) -> [String] {
    outcome.compared == 0
      ? ["-", "-"]
      : [SelftestResult.short(outcome.worstRelativeError), NumberText.fixed(outcome.correctDigits, 1)]
  }

  /// A relative error with two digits.
  static func short(_ value: Double) -> String {
    guard value.isFinite, value > 0 else { return value == 0 ? "0" : "-" }
    let text = "\(value)"
    guard let mark = text.firstIndex(of: "e"), let mantissa = Double(text[..<mark]) else { return text.prefix(6) + "" }
    return NumberText.fixed(mantissa, 1) + text[mark...]
  }

  /// The member `result` of the JSON document.
  var json: JSONValue {
    .members(
      ("passed", .bool(isPass)),
      (
        "kinds",
        .array(
          summaries.map {
            .members(
              ("kind", .string($0.kind)), ("pass", .integer($0.pass)), ("fail", .integer($0.fail)),
              ("unsupported", .integer($0.unsupported)), ("numbers", .integer($0.numbers)),
              ("worst_relative_error", .number($0.worstRelativeError)))
          })
      ),
      (
        "checks",
        .array(
          outcomes.map {
            .members(
              ("id", .string($0.id)), ("kind", .string($0.kind)), ("status", .string($0.status.rawValue)),
              ("numbers", .integer($0.compared)), ("worst_relative_error", .number($0.worstRelativeError)),
              ("digits", $0.compared > 0 ? .number($0.correctDigits) : .null),
              ("details", .array($0.details.map(JSONValue.string))))
          })
      ))
  }

  /// The document of `--emit`: every check with what was computed, for another program to compare.
  var emission: JSONValue {
    .members(
      ("schema", .string("survkit-selftest/1")),
      (
        "checks",
        .array(
          outcomes.map { outcome in
            .members(
              ("id", .string(outcome.id)), ("status", .string(outcome.status.rawValue)),
              ("actual", JSONValue(outcome.actual)), ("error", outcome.error.map(JSONValue.string) ?? .null))
          })
      ))
  }
}

extension JSONValue {
  /// A computed tree with its keys sorted.
  fileprivate init(_ tree: JSONTree) {
    switch tree {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array(let values): self = .array(values.map { JSONValue($0) })
    case .object(let members):
      self = .object(members.sorted { $0.key < $1.key }.map { Member($0.key, JSONValue($0.value)) })
    }
  }
}

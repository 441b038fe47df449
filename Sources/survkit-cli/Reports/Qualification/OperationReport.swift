internal import ReferenceSuite
internal import Reporting
internal import Survival
internal import TrialData

/// `survkit selftest --oq` and `--bench`: cases with requirement, source, expected and computed value, and verdict.
struct OperationReport {
  typealias Outcome = ReferenceSuite.Outcome

  /// The heading, such as "Operational qualification".
  let title: String
  let outcomes: [Outcome]
  /// The instruction sets of the processor against portable code; none for a site's cases.
  let instructionSets: [InstructionSets.Agreement]
  /// Whether the requirements of survkit are what the cases are about.
  let listsRequirements: Bool

  /// Every case passes, and there is one: a case that cannot be run is no success here.
  var isPass: Bool {
    !outcomes.isEmpty && outcomes.allSatisfy { $0.status == .pass } && instructionSets.allSatisfy(\.isGood)
  }

  private func count(_ status: Outcome.Status) -> Int { outcomes.filter { $0.status == status }.count }
  private var numbers: Int { outcomes.reduce(0) { $0 + $1.compared } }

  /// The requirements that cases belong to, with those cases.
  private var requirements: [(requirement: Requirement, outcomes: [Outcome])] {
    Requirement.all.compactMap { requirement in
      let own = outcomes.filter { $0.requirements.contains(requirement.id) }
      return own.isEmpty ? nil : (requirement, own)
    }
  }

  /// The distinct sources of expected values, in order of their first case.
  private var sources: [String] {
    var seen: Set<String> = []
    return outcomes.map(OperationReport.source).filter { seen.insert($0).inserted }
  }

  private static func source(_ outcome: Outcome) -> String {
    outcome.source.isEmpty ? "not stated" : outcome.source
  }

  // MARK: Documents

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.section(2, title))
    document.add(
      .lines([
        "\(outcomes.count) cases with \(numbers) values: \(count(.pass)) pass, \(count(.fail)) fail, "
          + "\(count(.unsupported)) cannot be run.",
        "A number passes within its tolerance: |got - expected| at most the absolute one, or the relative one times |expected|.",
        "Each line shows the value of its case that is furthest off; digits are -log10 of the relative error, 17 at most.",
      ]))
    if listsRequirements { document.add(.textTable(requirementTable)) }
    if !instructionSets.isEmpty { document.add(.table(instructionTable)) }
    document.add(.textTable(caseTable))
    document.add(
      .list(
        outcomes.filter { $0.status != .pass }.map {
          "\($0.id): \($0.status.rawValue): \($0.details.prefix(3).joined(separator: "; "))"
        }))
    document.add(
      .textTable([["Source", "Expected values come from"]] + sources.enumerated().map { ["S\($0 + 1)", $1] }))
    return document
  }

  private var requirementTable: [[String]] {
    [["Requirement", "Cases", "Pass", "Statement"]]
      + requirements.map { requirement, own in
        [requirement.id, "\(own.count)", "\(own.filter { $0.status == .pass }.count)", requirement.statement]
      }
  }

  private var instructionTable: [[String]] {
    [
      [
        "Instruction set against portable code (REQ-NUM-03)", "exp, units in the last place", "Cox model, relative",
        "result",
      ]
    ]
      + instructionSets.map {
        [
          $0.name, NumberText.fixed($0.exponential, 0), SelftestResult.short($0.cox), $0.isGood ? "pass" : "fail",
        ]
      }
  }

  private var caseTable: [[String]] {
    let places = Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1, "S\($0 + 1)") })
    return [
      ["Case", "Requirement", "Value", "Expected", "Got", "Relative error", "Digits", "Tolerance", "Source", "Result"]
    ]
      + outcomes.map { outcome in
        let figures = SelftestResult.figures(outcome)
        return [
          outcome.id, outcome.requirements.first ?? "-", outcome.worst?.path ?? "-",
          outcome.worst?.expected.display ?? "a refusal",
          outcome.worst.map { $0.actual.display } ?? (outcome.error == nil ? "-" : "refused"), figures[0], figures[1],
          OperationReport.tolerance(outcome), places[OperationReport.source(outcome)] ?? "-", outcome.status.rawValue,
        ]
      }
  }

  private static func tolerance(_ outcome: Outcome) -> String {
    let (relative, absolute) = (outcome.tolerance.relative, outcome.tolerance.absolute)
    let parts = [
      relative > 0 ? "rel \(SelftestResult.short(relative))" : nil,
      absolute > 0 ? "abs \(SelftestResult.short(absolute))" : nil,
    ]
    let stated = parts.compactMap { $0 }
    return stated.isEmpty ? "exact" : stated.joined(separator: ", ")
  }

  var json: JSONValue {
    var object = JSONObject()
    object.add("passed", isPass)
    for status in [Outcome.Status.pass, .fail, .unsupported] { object.add(status.rawValue, count(status)) }
    object.add("values", numbers)
    if listsRequirements {
      object.add(
        "requirements",
        .array(
          requirements.map { requirement, own in
            .members(
              ("id", .string(requirement.id)), ("statement", .string(requirement.statement)),
              ("cases", .integer(own.count)), ("pass", .integer(own.filter { $0.status == .pass }.count)))
          }))
    }
    if !instructionSets.isEmpty {
      object.add(
        "instruction_sets",
        .array(
          instructionSets.map {
            .members(
              ("name", .string($0.name)), ("exponential_ulp", .number($0.exponential)),
              ("cox_relative", .number($0.cox)), ("passed", .bool($0.isGood)))
          }))
    }
    object.add("cases", .array(outcomes.map(OperationReport.json)))
    return object.value
  }

  private static func json(_ outcome: Outcome) -> JSONValue {
    var object = JSONObject()
    object.add("id", outcome.id)
    object.add("kind", outcome.kind)
    object.add("requirements", outcome.requirements)
    object.add("status", outcome.status.rawValue)
    if !outcome.arguments.isEmpty { object.add("arguments", outcome.arguments) }
    object.add("source", outcome.source)
    object.add("values", outcome.compared)
    if let worst = outcome.worst {
      object.add("path", worst.path)
      object.add("expected", worst.expected.display)
      object.add("got", worst.actual.display)
    }
    object.add("relative_error", outcome.worstRelativeError)
    object.add("digits", outcome.correctDigits)
    object.add("relative_tolerance", outcome.tolerance.relative)
    object.add("absolute_tolerance", outcome.tolerance.absolute)
    object.add("details", outcome.details)
    return object.value
  }
}

extension OperationReport {
  /// Of the built-in suite.
  init(
    built run: () throws -> [Outcome], instructionSets agreements: () throws -> [InstructionSets.Agreement]
  ) throws {
    self.init(
      title: "Operational qualification", outcomes: try run(), instructionSets: try agreements(),
      listsRequirements: true)
  }

  /// Of the suites in a site's folder.
  ///
  /// - Parameter note: told of every suite that is read.
  init(site folder: String, note: (ByteSource) -> Void) throws {
    var outcomes: [Outcome] = []
    for suite in try SuiteRun.suites(in: folder) {
      let (source, found) = try SuiteRun.file(suite.path)
      note(source)
      outcomes += found.map { $0.named(suite.name.map { name in "\(name)/" } ?? "") }
    }
    self.init(
      title: "Performance qualification: the site's cases in \(folder.lastName)", outcomes: outcomes,
      instructionSets: [], listsRequirements: false)
  }
}

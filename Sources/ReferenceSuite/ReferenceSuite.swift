#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A text that is no suite: what is wrong with it.
public struct SuiteError: Error, Sendable, Equatable, CustomStringConvertible {
  public let message: String
  public var description: String { message }
}

/// A set of checks with expected numbers, in the schema `survkit-reference/1`: data files, what to compute, the numbers
/// another program got, and how close an answer must come.
public struct ReferenceSuite: Sendable {
  public static let schema = "survkit-reference/1"

  /// One check's outcome.
  public struct Outcome: Sendable {
    public enum Status: String, Sendable {
      case pass
      case fail
      case unsupported
    }
    public private(set) var id: String
    public let kind: String
    public let status: Status
    /// What was computed, in the shape of `expected`; null when unsupported or stopped by an error.
    public let actual: JSONTree
    /// The largest relative error of the numbers compared; infinite where one is missing or not a number.
    public let worstRelativeError: Double
    public let compared: Int
    /// What the estimators said beside their numbers: a coefficient that tends to infinity, merged times.
    public let warnings: [String]
    /// Why there is no answer, where an estimator refused.
    public let error: String?
    /// Wrong or missing numbers, or why the check could not be run.
    public let details: [String]
    /// The value that is furthest off.
    public let worst: ComparedValue?
    /// How close an answer must come: |x − e| <= max(absolute, relative · |e|).
    public let tolerance: (relative: Double, absolute: Double)
    /// Where the expected values come from.
    public let source: String
    /// The ids of the requirements that the check belongs to (`Requirement`), the first one the closest.
    public let requirements: [String]
    /// The words of the call, for a check of a command.
    public let arguments: [String]

    /// Correct significant digits of the worst number: −log10 of its relative error, 17 when all are exact, 0 at least.
    public var correctDigits: Double { correctSignificantDigits(relativeError: worstRelativeError) }

    /// The same with a prefix to its id, which tells cases of several suites apart.
    public func named(_ prefix: String) -> Outcome {
      var other = self
      other.id = prefix + id
      return other
    }
  }

  public let checks: [JSONTree]

  /// - Throws: `SuiteError` when the text is not JSON, not of the schema, or holds no check; a suite that checks nothing
  ///   must not look like one that passes.
  public init(_ data: Data) throws(SuiteError) {
    guard let tree = try? JSONTree.parse(data) else { throw SuiteError(message: "is not JSON") }
    guard let schema = tree["schema"]?.string else {
      throw SuiteError(message: "names no schema; a suite has \"schema\": \"\(ReferenceSuite.schema)\"")
    }
    guard schema == ReferenceSuite.schema else {
      throw SuiteError(message: "has the schema \(schema); this version reads \(ReferenceSuite.schema)")
    }
    guard let checks = tree["checks"]?.array, !checks.isEmpty else {
      throw SuiteError(message: "holds no checks, so there is nothing to pass")
    }
    var seen: Set<String> = []
    for (position, check) in checks.enumerated() {
      let isCommand = check["kind"]?.string == CommandCall.kind
      for key in isCommand ? ["id", "kind"] : ["id", "kind", "data"] where check[key]?.string?.isEmpty ?? true {
        throw SuiteError(message: "check \(position + 1) has no \(key)")
      }
      if Policy(check) != .error {
        guard case .object = check["expected"] else {
          throw SuiteError(message: "check \(position + 1) has no object of expected numbers")
        }
      }
      guard seen.insert(check["id"]?.string ?? "").inserted else {
        throw SuiteError(message: "two checks have the id \(check["id"]?.string ?? "")")
      }
      if isCommand {
        _ = try CommandCall(check)
        continue
      }
      // A file named by a suite lies beside it: a path could lead anywhere.
      guard let file = check["data"]?.string, !file.contains("/"), file != ".." else {
        throw SuiteError(message: "check \(position + 1) names its data by a path; the files lie beside the suite")
      }
    }
    self.checks = checks
  }

  /// Runs every check.
  ///
  /// - Parameters:
  ///   - load: the text columns of a data file named by the suite.
  ///   - command: runs a call of the program; without it checks of commands are unsupported.
  public func run(
    load: (String) throws -> TextColumns, command: CommandCall.Runner? = nil
  ) throws -> [Outcome] {
    var tables: [String: TextColumns] = [:]
    return try checks.map { check in
      guard check["kind"]?.string != CommandCall.kind else { return try ReferenceSuite.run(check, command) }
      let file = check["data"]?.string ?? ""
      let table: TextColumns
      if let known = tables[file] {
        table = known
      } else {
        table = try load(file)
        tables[file] = table
      }
      return ReferenceSuite.run(check, table)
    }
  }

  /// What a check asks for, beside numbers where the data are hard.
  private enum Policy: String {
    /// The expected numbers; also where a check says nothing.
    case value
    /// A refusal.
    case error
    /// The expected numbers and a warning with them.
    case warn
    case valueOrError = "value_or_error"
    /// The expected numbers, or others with a warning.
    case valueOrWarn = "value_or_warn"

    /// Nil for a policy of another name.
    init?(_ check: JSONTree) { self.init(rawValue: check["policy"]?["must"]?.string ?? Policy.value.rawValue) }

    var acceptsError: Bool { self == .error || self == .valueOrError }
  }

  private static func run(_ check: JSONTree, _ table: TextColumns) -> Outcome {
    func outcome(
      _ status: Outcome.Status, _ details: [String], actual: JSONTree = .null, _ agreement: Agreement? = nil,
      warnings: [String] = [], error: String? = nil
    ) -> Outcome {
      Outcome(check, status, details, actual: actual, agreement, warnings: warnings, error: error)
    }
    guard let policy = Policy(check) else {
      return outcome(.unsupported, ["policy \(check["policy"]?["must"]?.string ?? "?")"])
    }
    do {
      let data = try CheckData(check["analysis"] ?? .null, table)
      let expected = check["expected"] ?? .null
      var actual = try data.answer(kind: check["kind"]?.string ?? "?", expected: expected)
      let warnings = data.warnings.messages
      if !warnings.isEmpty, case .object(var members) = actual {
        members["warnings"] = .array(warnings.map(JSONTree.string))
        actual = .object(members)
      }
      let agreement = Agreement(
        expected: expected, actual: actual, relative: check["tolerance"]?["rel"]?.number ?? 0,
        absolute: check["tolerance"]?["abs"]?.number ?? 0)
      func verdict(_ isPass: Bool, _ details: [String]) -> Outcome {
        outcome(isPass ? .pass : .fail, details, actual: actual, agreement, warnings: warnings)
      }
      switch policy {
      case .error:
        return outcome(
          .fail, ["an answer where an error is the right one"], actual: actual, warnings: warnings)
      case .warn where warnings.isEmpty:
        return verdict(false, ["no warning where one is due"] + agreement.faults)
      case .warn:
        return verdict(agreement.isPass, agreement.faults)
      case .valueOrWarn where !warnings.isEmpty:
        return verdict(true, agreement.faults)
      case .value, .valueOrError, .valueOrWarn:
        guard agreement.compared > 0 else {
          return outcome(.unsupported, ["no number to compare"], actual: actual, agreement, warnings: warnings)
        }
        return verdict(agreement.isPass, agreement.faults)
      }
    } catch let error as UnsupportedCheck {
      return outcome(.unsupported, [error.reason])
    } catch {
      return outcome(policy.acceptsError ? .pass : .fail, ["\(error)"], error: "\(error)")
    }
  }
}

extension ReferenceSuite.Outcome {
  /// What became of a check; the rest is what the check says of itself.
  init(
    _ check: JSONTree, _ status: Status, _ details: [String], actual: JSONTree = .null, _ agreement: Agreement? = nil,
    warnings: [String] = [], error: String? = nil
  ) {
    id = check["id"]?.string ?? "?"
    kind = check["kind"]?.string ?? "?"
    self.status = status
    self.actual = actual
    worstRelativeError = agreement?.worstRelativeError ?? (status == .fail ? .infinity : 0)
    compared = agreement?.compared ?? 0
    worst = agreement?.worst
    (self.warnings, self.error, self.details) = (warnings, error, details)
    tolerance = (check["tolerance"]?["rel"]?.number ?? 0, check["tolerance"]?["abs"]?.number ?? 0)
    let origin = ["tool", "call"].compactMap { check["source"]?[$0]?.string }
    source = origin.isEmpty ? check["source"]?.string ?? "" : origin.joined(separator: ": ")
    requirements = Requirement.ids(of: check)
    arguments = check["arguments"]?.strings ?? []
  }
}

extension CheckData {
  /// The answer to a check, in the shape of `expected`.
  func answer(kind: String, expected: JSONTree) throws -> JSONTree {
    switch kind {
    case "km": try kaplanMeier().alignedCurves(to: expected)
    case "km_landmark": try landmark()
    case "km_quantile": try quantiles()
    case "rmst": try restrictedMean()
    case "logrank": try logRank()
    case "logrank_pairwise": try pairwiseLogRank()
    case "logrank_trend": try logRankTrend()
    case "cox": try cox()
    case "cox_zph": try proportionalHazards()
    case "cox_residuals": try coxResiduals(expected: expected)
    case "cox_baseline": try coxBaseline(expected: expected)
    case "cox_predict": try coxPredictions(expected: expected)
    case "cox_survfit": try coxCurves(expected: expected)
    case "concordance": try concordance()
    case "cif": try cumulativeIncidence(expected: expected)
    case "gray": try gray()
    case "finegray": try fineGray()
    default: throw UnsupportedCheck(reason: "kind \(kind)")
    }
  }
}

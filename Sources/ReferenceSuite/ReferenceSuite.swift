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
  public struct Outcome: Sendable, Equatable {
    public enum Status: String, Sendable {
      case pass
      case fail
      case unsupported
    }
    public let id: String
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

    /// Correct significant digits of the worst number: −log10 of its relative error, 17 when all are exact, 0 at least.
    public var correctDigits: Double { correctSignificantDigits(relativeError: worstRelativeError) }
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
      for key in ["id", "kind", "data"] where check[key]?.string?.isEmpty ?? true {
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
      // A file named by a suite lies beside it: a path could lead anywhere.
      guard let file = check["data"]?.string, !file.contains("/"), file != ".." else {
        throw SuiteError(message: "check \(position + 1) names its data by a path; the files lie beside the suite")
      }
    }
    self.checks = checks
  }

  /// Runs every check.
  ///
  /// - Parameter load: the text columns of a data file named by the suite.
  public func run(load: (String) throws -> TextColumns) throws -> [Outcome] {
    var tables: [String: TextColumns] = [:]
    return try checks.map { check in
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
    let id = check["id"]?.string ?? "?"
    let kind = check["kind"]?.string ?? "?"
    func outcome(
      _ status: Outcome.Status, _ details: [String], actual: JSONTree = .null, _ agreement: Agreement? = nil,
      warnings: [String] = [], error: String? = nil
    ) -> Outcome {
      Outcome(
        id: id, kind: kind, status: status, actual: actual,
        worstRelativeError: agreement?.worstRelativeError ?? (status == .fail ? .infinity : 0),
        compared: agreement?.compared ?? 0, warnings: warnings, error: error, details: details)
    }
    guard let policy = Policy(check) else {
      return outcome(.unsupported, ["policy \(check["policy"]?["must"]?.string ?? "?")"])
    }
    do {
      let data = try CheckData(check["analysis"] ?? .null, table)
      let expected = check["expected"] ?? .null
      var actual = try data.answer(kind: kind, expected: expected)
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

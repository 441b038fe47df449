#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A set of checks with expected numbers, in the schema `survkit-reference/1`: data files, what to compute, the numbers
/// another program got, and how close an answer must come.
public struct ReferenceSuite: Sendable {
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
    /// What was computed, in the shape of `expected`; null when unsupported.
    public let actual: JSONTree
    public let worstRelativeError: Double
    public let compared: Int
    /// Wrong or missing numbers, or why the check could not be run.
    public let details: [String]
  }

  public let checks: [JSONTree]

  /// - Throws: a decoding error when the text is not JSON of the schema.
  public init(_ data: Data) throws {
    checks = try JSONTree.parse(data)["checks"]?.array ?? []
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

  private static func run(_ check: JSONTree, _ table: TextColumns) -> Outcome {
    let id = check["id"]?.string ?? "?"
    let kind = check["kind"]?.string ?? "?"
    func outcome(
      _ status: Outcome.Status, _ actual: JSONTree = .null, _ error: Double = 0, _ compared: Int = 0,
      _ details: [String]
    ) -> Outcome {
      Outcome(
        id: id, kind: kind, status: status, actual: actual, worstRelativeError: error, compared: compared,
        details: details)
    }
    do {
      let data = try CheckData(check["analysis"] ?? .null, table)
      let actual: JSONTree
      switch kind {
      case "km": actual = try data.kaplanMeier()
      case "km_landmark": actual = try data.landmark()
      case "km_quantile": actual = try data.quantiles()
      case "rmst": actual = try data.restrictedMean()
      case "logrank": actual = try data.logRank()
      case "cox": actual = try data.cox()
      case "cox_zph": actual = try data.proportionalHazards()
      default: throw UnsupportedCheck(reason: "kind \(kind)")
      }
      let expected = check["expected"] ?? .null
      let agreement = Agreement(
        expected: expected, actual: kind == "km" ? actual.alignedCurves(to: expected) : actual,
        relative: check["tolerance"]?["rel"]?.number ?? 0,
        absolute: check["tolerance"]?["abs"]?.number ?? 0)
      return outcome(
        agreement.isPass ? .pass : .fail, actual, agreement.worstRelativeError, agreement.compared, agreement.faults)
    } catch let error as UnsupportedCheck {
      return outcome(.unsupported, .null, 0, 0, [error.reason])
    } catch {
      return outcome(.fail, .null, 0, 0, ["\(error)"])
    }
  }
}

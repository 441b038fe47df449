import Survival
import Testing
import TrialCatalogue
import Verification

/// Claims beside the rows of a trial whose last patients are censored.
@Suite("Claims beside rows that end")
struct RowsEvidenceTests {
  /// Arm a: events at 1, 2, 3, 4 and six patients censored at 10: S = 0.6 from 4 on. Arm b ends with an event.
  private func findings(_ code: CheckCode, _ a: String) throws -> [ClaimFinding] {
    let time = [1, 2, 3, 4] + [Double](repeating: 10, count: 6) + [1, 5, 9]
    let data = try TimeToEvent(time: time, isEvent: time.indices.map { $0 < 4 || $0 > 9 })
    let rows = RowsEvidence(
      conventions: [RowsConvention(name: "r", transform: .log, quantileRule: .r, ties: .efron, data: data)],
      arms: Grouping(labels: ["b", "a"], codes: time.indices.map { $0 < 10 ? 1 : 0 }), strata: nil, areMade: false)
    let endpoint = try firstEndpoint("arms: [{id: a, \(a)}, {id: b, n: 3}]")
    return try rows.findings(endpoint, name: "OS").filter { $0.code == code }
  }

  @Test(
    "rates: right within the follow-up, carried on beyond it, below it, and above what any curve can have",
    arguments: [
      ("time: 10, percent: 60.0", Verdict.pass), ("time: 10, percent: 55.0", .fail),
      ("time: 12, percent: 60.0", .pass), ("time: 12, percent: 55.0", .cannot), ("time: 12, percent: 61.0", .fail),
      // The value is carried on, and its interval is of no program.
      ("time: 12, percent: 60.0, ci: [59.0, 61.0]", .fail),
    ])
  func rates(rate: String, verdict: Verdict) throws {
    #expect(try findings(.rowsRate, "rates: [{\(rate)}]").map(\.verdict) == [verdict])
  }

  /// 1 + 0.9 + 0.8 + 0.7 + 0.6 × 6 = 7.0 to month 10; to 14 between 7.0 and 9.4.
  @Test(
    "restricted means",
    arguments: [
      ("tau: 10, value: 7.0", Verdict.pass), ("tau: 10, value: 7.2", .fail), ("tau: 14, value: 9.4", .pass),
      ("tau: 14, value: 8.1", .cannot), ("tau: 14, value: 6.9", .fail), ("tau: 14, value: 9.6", .fail),
    ])
  func restrictedMeans(mean: String, verdict: Verdict) throws {
    #expect(try findings(.rowsRestrictedMean, "rmst: {\(mean)}").map(\.verdict) == [verdict])
  }
}

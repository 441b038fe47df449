import Foundation
import Reconstruction
import Survival
import Testing
import TrialCatalogue
import TrialData

@testable import Verification

/// Verdicts on numbers whose distance is known by hand.
@Suite struct VerdictTests {
  /// A published hazard ratio read from JSON, as the catalogue reads it.
  private func published(_ value: Double, _ lower: Double, _ upper: Double, role: String) throws -> PublishedHazardRatio
  {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      PublishedHazardRatio.self,
      from: Data(
        """
        {"value": \(value), "ci": [\(lower), \(upper)], "ci_level": 0.95, "stratified": true, "role": "\(role)",
         "confidence": "confirmed", "source": "abstract"}
        """.utf8))
  }

  /// Rows of two arms whose hazard ratio is near `ratio`: exponential quantiles.
  private func found(_ ratio: Double, size: Int = 200) throws -> CoxFit.HazardRatio {
    let times = (0..<size).map { -log(1 - (Double($0) + 0.5) / Double(size)) }
    let data = try TimeToEvent(
      time: times + times.map { $0 / ratio }, isEvent: [Bool](repeating: true, count: 2 * size))
    let arms = Grouping(
      labels: ["c", "e"], codes: [Int32](repeating: 0, count: size) + [Int32](repeating: 1, count: size))
    let design = try DesignMatrix([.factor(name: "arm", levels: arms, reference: nil)], rows: 2 * size)
    return try CoxModel().fit(data, design).hazardRatios()[0]
  }

  @Test("half a published standard error passes, the published interval warns, outside fails")
  func hazardRatio() throws {
    // 0.6 with 0.5 to 0.72: ln 0.72 - ln 0.5 = 0.3646, s.e. 0.0930. 0.61 is 0.18 s.e. away, 0.68 is 1.35, 0.9 is 4.4.
    let paper = try published(0.6, 0.5, 0.72, role: "check")
    for (ratio, verdict) in [(0.61, Verdict.pass), (0.68, .warn), (0.52, .warn), (0.9, .fail), (0.4, .fail)] {
      let rows = try found(ratio)
      #expect(abs(rows.estimate - ratio) < 0.01)
      let comparison = EndpointResult.compare(paper, rows)[0]
      #expect(comparison.verdict == verdict, "\(ratio)")
      let distance = (log(rows.estimate) - log(0.6)) / ((log(0.72) - log(0.5)) / (2 * 1.959963984540054))
      #expect(abs(try #require(comparison.difference) - distance) < 1e-12)
      #expect(comparison.role == .check)
    }
  }

  @Test("an input is held to 0.01 and said to be no evidence; its limits are implied")
  func input() throws {
    let comparisons = EndpointResult.compare(try published(0.6, 0.5, 0.72, role: "input"), try found(0.6))
    #expect(comparisons[0].role == .input && comparisons[0].verdict == .pass)
    #expect(comparisons[0].reason.contains("no evidence"))
    #expect(comparisons[1].role == .implied && comparisons[2].role == .implied)
    #expect(EndpointResult.compare(try published(0.6, 0.5, 0.72, role: "input"), try found(0.63))[0].verdict == .fail)
  }

  @Test(
    "p below a bound, p as a number, p that is none",
    arguments: [
      ("<0.001", 12.0, Verdict.pass), ("<0.001", 9.0, .warn), ("<0.001", 1.0, .fail), ("0.008", 7.0, .pass),
      ("0.008", 4.5, .warn), ("0.008", 1.0, .fail), ("n.s.", 3.0, .cannot), ("", 3.0, .cannot),
    ])
  func p(text: String, statistic: Double, verdict: Verdict) throws {
    // Upper tails of chi-squared on 1 df: 12 -> 0.0005, 9 -> 0.0027, 7 -> 0.0082, 4.5 -> 0.034, 1 -> 0.32.
    let published = try JSONDecoder().decode(
      PublishedP.self, from: Data("{\"text\": \"\(text)\", \"role\": \"check\", \"source\": \"a\"}".utf8))
    let test = ChiSquaredTest(statistic: statistic, degreesOfFreedom: 1)
    #expect(EndpointResult.compare(published, test, isImplied: false, test: nil).verdict == verdict)
  }

  /// Both trials, compared anew with the committed rows.
  private func result(_ trial: String) throws -> TrialResult {
    let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("data/\(trial)")
    return try TrialResult(try Trial(folder: data.path))
  }

  @Test("VISION: exact numbers pass, recalled ones may warn, nothing fails; 279 of 529 and 78 of 205")
  func vision() throws {
    let result = try result("vision")
    #expect(result.endpoints.map(\.endpoint.id) == ["os", "rpfs"])
    for endpoint in result.endpoints {
      #expect(endpoint.worstVerdict < .fail)
      for row in endpoint.comparisons where row.tolerance == 0 { #expect(row.verdict == .pass, "\(row.quantity)") }
      #expect(endpoint.comparisons.first { $0.quantity == "Hazard ratio" }?.role == .check)
      #expect(endpoint.comparisons.filter { $0.quantity == "Median" }.allSatisfy { $0.role == .input })
    }
    #expect(result.endpoints[1].hazardRatioLevel == 0.992)
    let adverse = try #require(result.proportions.first?.comparison)
    #expect(adverse.experimental.events == 279 && adverse.control.events == 78)
    // By hand: 279/529 - 78/205 = 0.1469; ratio 1.386.
    #expect(abs(adverse.difference.estimate - 0.14692) < 1e-5)
    #expect(abs(adverse.ratio.estimate - 1.38614) < 1e-5)
  }

  @Test(
    "reconstruction intervals: none unless asked for, about the estimates of the rows, and only where curves were read")
  func intervals() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for endpoint in try result("vision").endpoints {
      #expect(endpoint.intervals.uncertainty == nil && endpoint.intervals.reason == "no repeats were asked for")
      #expect(endpoint.reconstructionHoldsPublished == nil)
    }
    let trial = try Trial(folder: root.appendingPathComponent("data/vision").path)
    let made = try TrialResult(trial, repeats: RepeatSettings(repeats: 4))
    #expect(made.repeats.level == 0.95 && made.repeats.seed == 1)
    for endpoint in made.endpoints {
      let found = try #require(endpoint.intervals.uncertainty)
      let ratio = try #require(found.comparisons.first?.hazardRatio)
      // The same rows and model in another order of the rows: sums differ by round-off only.
      #expect(abs(try #require(ratio.estimate) / endpoint.hazardRatio.estimate - 1) < 1e-9)
      #expect(found.arms.map(\.arm) == endpoint.arms.map(\.published.id))
      #expect(found.arms.map(\.median.estimate) == endpoint.arms.map(\.median.estimate))
      let (lower, upper) = (try #require(ratio.lower), try #require(ratio.upper))
      let published = try #require(endpoint.endpoint.hazardRatio?.value)
      #expect(endpoint.reconstructionHoldsPublished == (lower - 0.005 <= published && published <= upper + 0.005))
    }
    #expect(made.endpoints[0].hazardRatioDifferences.count == 3)
    // The visits of progression are recalled as well.
    #expect(made.endpoints[1].hazardRatioDifferences.last == "the schedule of assessments is recalled")
    let card = try Trial(folder: root.appendingPathComponent("data/card").path)
    for endpoint in try TrialResult(card, repeats: RepeatSettings(repeats: 4)).endpoints {
      #expect(endpoint.intervals.uncertainty == nil && endpoint.intervals.reason.contains("level C"))
      #expect(endpoint.hazardRatioDifferences.isEmpty)
    }
  }

  @Test("CARD: the hazard ratio is an input wherever it stands; an endpoint without events has no rows")
  func card() throws {
    let result = try result("card")
    for endpoint in result.endpoints {
      #expect(endpoint.hazardRatioComparison?.role == .input)
      #expect(endpoint.comparisons.allSatisfy { $0.role != .check })
      #expect(endpoint.worstVerdict < .fail)
    }
    #expect(result.unreproduced.map(\.id) == ["pfs"])
  }
}

import Testing

@testable import Survival

/// Several comparisons at once: adjusted p-values, pairs of groups, trends.
@Suite struct ComparisonTests {
  // MARK: Adjusted p-values

  @Test("five p-values by hand")
  func byHand() {
    let p = [0.03, 0.01, 0.05, 0.02, 0.04]
    // Ascending 0.01 … 0.05: times 5; times 5, 4, 3, 2, 1 and the largest so far; times 5/1, 5/2, 5/3, 5/4, 5/5 and the
    // smallest from there on.
    let expected: [PValueAdjustment: [Double]] = [
      .bonferroni: [0.15, 0.05, 0.25, 0.1, 0.2], .holm: [0.09, 0.05, 0.09, 0.08, 0.09],
      .benjaminiHochberg: [0.05, 0.05, 0.05, 0.05, 0.05],
    ]
    for (adjustment, values) in expected {
      #expect(firstDifference(adjustment.adjusted(p), values, 1e-15) == nil, "\(adjustment)")
    }
    for adjustment in PValueAdjustment.allCases {
      #expect(adjustment.adjusted([]) == [])
      #expect(adjustment.adjusted([0.6, 0.7])[1] <= 1)
      let missing = adjustment.adjusted([0.01, .nan, 0.02])
      #expect(missing[1].isNaN && missing[0] == adjustment.adjusted([0.01, 0.02])[0], "\(adjustment)")
    }
  }

  @Test("the definitions by rejections: adjusted p <= α exactly where the procedure rejects at α", arguments: Seeds.all)
  func byRejection(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let m = Int.random(in: 1...12, using: &random)
    // Hundredths, so that ties occur.
    let p = (0..<m).map { _ in (Double.random(in: 0...1, using: &random) * 50).rounded() / 100 }
    let sorted = p.sorted()
    for alpha in [0.013, 0.052, 0.107, 0.231, 0.502] {
      // Holm: step down until the first that is not small enough. Benjamini–Hochberg: step up to the last that is.
      var holm = 0
      while holm < m, sorted[holm] * Double(m - holm) <= alpha { holm += 1 }
      let up = (0..<m).last { sorted[$0] * Double(m) / Double($0 + 1) <= alpha }.map { $0 + 1 } ?? 0
      #expect(PValueAdjustment.bonferroni.adjusted(p).count { $0 <= alpha } == p.count { $0 * Double(m) <= alpha })
      #expect(PValueAdjustment.holm.adjusted(p).count { $0 <= alpha } == holm)
      #expect(PValueAdjustment.benjaminiHochberg.adjusted(p).count { $0 <= alpha } == up)
    }
  }

  // MARK: Pairs

  @Test("each pair is the test of its own rows, whatever the order of rows", arguments: Seeds.all)
  func pairs(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified, .truncated])
    let weighting = seed % 2 == 0 ? LogRankWeighting.logRank : .gehanBreslow
    let pairwise = try PairwiseLogRank(
      try trial.data(), groups: trial.groups, strata: trial.strata, weighting: weighting)
    #expect(pairwise.pairs.count == trial.arms * (trial.arms - 1) / 2)
    let shuffled = trial.taking(trial.shuffledRows())
    let again = try PairwiseLogRank(
      try shuffled.data(), groups: shuffled.groups, strata: shuffled.strata, weighting: weighting)
    for (pair, same) in zip(pairwise.pairs, again.pairs) {
      let rows = (0..<trial.count).filter {
        ["arm \(trial.arm[$0])"].contains { [pair.first, pair.second].contains($0) }
      }
      let part = trial.taking(rows)
      #expect(pair.first == same.first && pair.second == same.second)
      #expect(pair.p == same.p || pair.p.isNaN && same.p.isNaN)
      #expect(pair.holm == same.holm || pair.holm.isNaN && same.holm.isNaN)
      guard let test = pair.test else {
        #expect(pair.p.isNaN && pair.bonferroni.isNaN)
        continue
      }
      let direct = try LogRankTest(
        try part.data(), groups: part.groups, strata: part.strata, weighting: weighting)
      #expect(isClose(test.result.statistic, direct.result.statistic, 1e-12))
      if test.result.degreesOfFreedom > 0 {
        #expect(pair.p <= pair.benjaminiHochberg && pair.benjaminiHochberg <= pair.holm)
        #expect(pair.holm <= pair.bonferroni)
      }
    }
  }

  @Test("two groups are one pair with nothing to adjust for; one group and case weights are refused")
  func fewGroups() throws {
    let data = try TimeToEvent(time: [1, 2, 3, 4], isEvent: [true, true, false, true])
    let groups = Grouping(["a", "b", "a", "b"])
    let pair = try PairwiseLogRank(data, groups: groups).pairs[0]
    let test = try LogRankTest(data, groups: groups)
    #expect(pair.test == test && pair.p == test.result.p && pair.holm == pair.p && pair.bonferroni == pair.p)
    #expect(throws: SurvivalInputError.self) { try PairwiseLogRank(data, groups: Grouping(["a", "a", "a", "a"])) }
    let weighted = try TimeToEvent(time: [1, 2], isEvent: [true, true], weights: [1, 2])
    #expect(throws: SurvivalInputError.self) { try PairwiseLogRank(weighted, groups: Grouping(["a", "b"])) }
  }

  // MARK: Trend

  @Test("with two groups the trend test is the log-rank test; scores may be shifted and scaled", arguments: Seeds.all)
  func trendOfTwo(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified, .truncated])
    let data = try trial.data()
    let two = Grouping(labels: ["a", "b"], codes: trial.arm.map { $0 == 0 ? 0 : 1 })
    let test = try LogRankTest(data, groups: two, strata: trial.strata)
    let trend = try TrendTest(test, scores: [3, 5])
    if test.result.degreesOfFreedom == 1 {
      #expect(isClose(trend.result.statistic, test.result.statistic, 1e-11))
      #expect(isClose(trend.z, test.z ?? .nan, 1e-11))
    } else {
      #expect(trend.z.isNaN && trend.result.degreesOfFreedom == 0)
    }
    let all = try LogRankTest(data, groups: trial.groups, strata: trial.strata, weighting: .taroneWare)
    let scores = (0..<trial.arms).map { Double($0 * $0) }
    let (a, b) = (try TrendTest(all, scores: scores), try TrendTest(all, scores: scores.map { 1e6 - 2 * $0 }))
    #expect(isClose(a.result.statistic, b.result.statistic, 1e-9) && isClose(a.z, -b.z, 1e-9))
  }

  @Test("without ties it is the score test of a Cox model with the score as covariate", arguments: Seeds.all)
  func trendIsScoreTest(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.stratified, .truncated], rows: 15...40)
    let data = try trial.data()
    let scores = (0..<trial.arms).map { Double($0) + ($0 == 2 ? 0.5 : 0) }
    let design = try DesignMatrix([.numeric(name: "score", values: trial.arm.map { scores[$0] })], rows: trial.count)
    let fit = try CoxModel(ties: .breslow).fit(data, design, strata: trial.strata)
    let trend = try TrendTest(
      try LogRankTest(data, groups: trial.groups, strata: trial.strata), scores: scores)
    guard trend.result.degreesOfFreedom == 1, fit.scoreTest.degreesOfFreedom == 1 else { return }
    #expect(isClose(trend.result.statistic, fit.scoreTest.statistic, 1e-9))
  }

  @Test(
    "scores that cannot be a trend are refused", arguments: [[1], [1, 2, 3], [2, 2], [1, .nan], [1, .infinity]])
  func badScores(scores: [Double]) throws {
    let test = try LogRankTest(
      try TimeToEvent(time: [1, 2], isEvent: [true, true]), groups: Grouping(["a", "b"]))
    let error = #expect(throws: SurvivalInputError.self) { try TrendTest(test, scores: scores) }
    #expect(error?.code == .badSetting)
  }
}

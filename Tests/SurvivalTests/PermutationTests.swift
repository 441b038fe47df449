import Testing

@testable import Survival

/// Permutation tests against every permutation, and their random numbers.
@Suite struct PermutationTests {
  @Test("log-rank scores sum to O − E of every group, whatever the weight", arguments: Seeds.all)
  func scores(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified])
    let data = try trial.data()
    for weighting in [
      LogRankWeighting.logRank, .peto, .flemingHarrington(rho: 0, gamma: 1), .modestlyWeighted(until: 3),
    ] {
      let test = try LogRankTest(data, groups: trial.groups, strata: trial.strata, weighting: weighting)
      let scores = try LogRankScores(data, groups: trial.groups, strata: trial.strata, weighting: weighting).values
      for g in 0..<trial.arms {
        let sum = scores.indices.reduce(0.0) { $0 + (trial.arm[$1] == g ? scores[$1] : 0) }
        #expect(isClose(sum, test.weightedObserved[g] - test.weightedExpected[g], 1e-12, scale: Double(trial.count)))
      }
    }
  }

  @Test("all 252 × 2 assignments of two strata: the share at least as extreme, within four standard errors")
  func enumeration() throws {
    let time: [Double] = [1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 2, 5]
    let event = [true, true, false, true, true, true, false, true, true, false, true, true]
    let arm: [Int32] = [0, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1]
    let strata = Grouping(labels: ["one", "two"], codes: (0..<12).map { $0 < 10 ? 0 : 1 })
    let data = try TimeToEvent(time: time, isEvent: event)
    func difference(_ arm: [Int32]) throws -> Double {
      let test = try LogRankTest(data, groups: Grouping(labels: ["a", "b"], codes: arm), strata: strata)
      return test.observed[1] - test.expected[1]
    }
    let observed = try difference(arm)
    var (all, less, twoSided) = (0.0, 0.0, 0.0)
    for choice in 0..<1024 where choice.nonzeroBitCount == 5 {
      for last in [[0, 1], [1, 0]] as [[Int32]] {
        let found = try difference((0..<10).map { Int32(choice >> $0 & 1) } + last)
        all += 1
        if found <= observed + 1e-9 { less += 1 }
        if abs(found) >= abs(observed) - 1e-9 { twoSided += 1 }
      }
    }
    #expect(all == 504)
    for (alternative, share) in [(HazardAlternative.less, less / all), (.twoSided, twoSided / all)] {
      let test = try PermutationTest(
        data, groups: Grouping(labels: ["a", "b"], codes: arm), strata: strata, alternative: alternative,
        permutations: 20_000, seed: 3)
      #expect(abs(test.p - share) < 4 * test.standardErrorOfP, "\(alternative) \(test.p) \(share)")
    }
  }

  @Test("two groups, one test, two sides: the quadratic form of more groups is the square")
  func oneStatistic() throws {
    let data = try TimeToEvent(time: [1, 2, 3, 4, 5, 6], isEvent: [true, true, false, true, true, true])
    let two = try PermutationTest(
      data, groups: Grouping(["a", "b", "a", "b", "a", "b"]), permutations: 50, seed: 1)
    // A third group without rows has nothing to say.
    let three = try PermutationTest(
      data, groups: Grouping(labels: ["a", "b", "c"], codes: [0, 1, 0, 1, 0, 1]), permutations: 50, seed: 1)
    let (first, second) = (try #require(two.statistic), try #require(three.statistic))
    #expect(isClose(first * first, second, 1e-12) && two.extreme == three.extreme)
  }

  @Test("no assignment differs from another: no p")
  func nothing() throws {
    let data = try TimeToEvent(time: [1, 1], isEvent: [true, true])
    let test = try PermutationTest(data, groups: Grouping(["a", "b"]), permutations: 9, seed: 1)
    #expect(test.statistic == nil && test.p.isNaN)
  }

  @Test("delayed entry, one-sided tests of three groups and no permutation are refused")
  func refused() throws {
    let late = try TimeToEvent(time: [1, 2], isEvent: [true, true], entry: [0, 0.5])
    #expect(throws: SurvivalInputError.self) {
      try PermutationTest(late, groups: Grouping(["a", "b"]), permutations: 9, seed: 1)
    }
    let data = try TimeToEvent(time: [1, 2, 3], isEvent: [true, true, true])
    let three = Grouping(["a", "b", "c"])
    #expect(throws: SurvivalInputError.self) {
      try PermutationTest(data, groups: three, alternative: .less, permutations: 9, seed: 1)
    }
    #expect(throws: SurvivalInputError.self) {
      try PermutationTest(data, groups: Grouping(["a", "b", "a"]), permutations: 0, seed: 1)
    }
  }

  @Test("numbers below a bound: every one as often as another")
  func uniform() {
    var random = Survival.SplitMix64(seed: 11)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.next(below: 7)] += 1 }
    // Chi-squared on 6 degrees of freedom; 22.46 is its upper 0.1% point. The seed is fixed.
    let statistic = counts.reduce(0.0) { $0 + (Double($1) - 10_000) * (Double($1) - 10_000) / 10_000 }
    #expect(statistic < 22.46)
  }

  @Test("nine permutations, none as extreme as the data: p is 1/10, never 0")
  func neverZero() throws {
    let data = try TimeToEvent(time: (1...20).map(Double.init), isEvent: [Bool](repeating: true, count: 20))
    let arms = Grouping((0..<20).map { $0 < 10 ? "a" : "b" })
    let found = try PermutationTest(data, groups: arms, permutations: 9, seed: 1)
    // One assignment of 184,756 and its mirror image are as extreme.
    #expect(found.extreme == 0 && found.p == 0.1)
  }
}

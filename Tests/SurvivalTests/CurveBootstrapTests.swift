import LinearAlgebra
import Testing

@testable import Survival

/// Quantiles and restricted means of resamples: against R, against enumeration by hand, and what is drawn.
@Suite struct CurveBootstrapTests {
  /// Park & Miller's generator (CACM 1988;31:1192–1201), exact in R's doubles.
  private struct Generator {
    private var state = 42

    mutating func next(below count: Int) -> Int {
      state = 16807 * state % 2_147_483_647
      return state % count
    }
  }

  /// What R's survival 3.5-3 gave for the same rows and resamples: `quantile(survfit(…), c(.25, .5, .75))` and
  /// `summary(survfit(…), rmean = 36)`, summed over the 100 resamples.
  private struct Expected {
    let quantileSums: [Double]
    let notReached: [Int]
    let meanSum: Double
    let carried: Int
    /// Quantiles and restricted mean of the last resample.
    let last: [Double]
  }

  private static let cases: [(isTruncated: Bool, isWeighted: Bool, arms: [Expected])] = [
    (
      false, false,
      [
        Expected(
          quantileSums: [1868.5, 2405, 3149.5], notReached: [0, 0, 0], meanSum: 2414.0466489849969, carried: 0,
          last: [19, 23, 31, 23.000000000000004]),
        Expected(
          quantileSums: [2146, 3089, 2953], notReached: [0, 0, 25], meanSum: 2796.0451022981092, carried: 3,
          last: [23, 31, .infinity, 28.288869698076862]),
      ]
    ),
    (
      false, true,
      [
        Expected(
          quantileSums: [1829.5, 2317.5, 3142], notReached: [0, 0, 0], meanSum: 2395.4672242384095, carried: 0,
          last: [19, 23, 31, 23.118219229330343]),
        Expected(
          quantileSums: [2127.5, 3004, 3092], notReached: [0, 1, 20], meanSum: 2774.4651679958656, carried: 3,
          last: [23, 31, .infinity, 27.977706841067167]),
      ]
    ),
    (
      true, false,
      [
        Expected(
          quantileSums: [1692.5, 2295.5, 3104.5], notReached: [0, 0, 0], meanSum: 2313.3392342637194, carried: 0,
          last: [6, 20, 29, 19.18034238488784]),
        Expected(
          quantileSums: [1950.5, 2958, 3051], notReached: [0, 0, 21], meanSum: 2700.142962625448, carried: 3,
          last: [20, 31, .infinity, 28.015854167754057]),
      ]
    ),
    (
      true, true,
      [
        Expected(
          quantileSums: [1738.5, 2262, 3095], notReached: [0, 0, 0], meanSum: 2322.6247494290928, carried: 0,
          last: [14, 23, 29, 20.853707625000059]),
        Expected(
          quantileSums: [1956, 2864, 3183], notReached: [0, 1, 17], meanSum: 2681.9498824413863, carried: 3,
          last: [23, 31, .infinity, 27.801498525289905]),
      ]
    ),
  ]

  @Test(arguments: 0..<4) func givenResamplesAgreeWithR(_ position: Int) throws {
    let expected = Self.cases[position]
    var random = Generator()
    let n = 60
    var (time, isEvent, entry, weights): ([Double], [Bool], [Double], [Double]) = ([], [], [], [])
    for _ in 0..<n {
      entry.append(Double(random.next(below: 16)))
      time.append(entry[entry.count - 1] + 1 + Double(random.next(below: 30)))
      isEvent.append(random.next(below: 5) > 1)
      weights.append(1 + Double(random.next(below: 3)) / 2)
    }
    let resamples = (0..<(100 * n)).map { _ in Int32(random.next(below: n)) }
    let arms = Grouping(labels: ["a", "b"], codes: (0..<Int32(n)).map { $0 % 2 })
    let data = try TimeToEvent(
      time: time, isEvent: isEvent, entry: expected.isTruncated ? entry : nil,
      weights: expected.isWeighted ? weights : nil)
    let found = try CurveBootstrap(
      data, by: arms, probabilities: [0.25, 0.5, 0.75], tau: 36, resamples: resamples)
    for (arm, expected) in expected.arms.enumerated() {
      for p in 0..<3 {
        let values = found.quantile(p, arm: arm)
        // Times are whole: sums are exact.
        #expect(values.filter(\.isFinite).reduce(0, +) == expected.quantileSums[p])
        #expect(values.count { $0 == .infinity } == expected.notReached[p])
        #expect(values[99] == expected.last[p])
      }
      let means = found.restrictedMean(arm: arm)
      // Round-off of a sum of a hundred areas, and of one.
      #expect(abs(means.reduce(0, +) / expected.meanSum - 1) < 1e-13)
      #expect(abs(means[99] / expected.last[3] - 1) < 1e-14)
      #expect(found.carriedForward[arm] == expected.carried)
    }
  }

  /// All 256 resamples of four rows.
  private static let everyResample: [Int32] = (0..<256).flatMap { code in
    (0..<4).map { Int32(code >> (2 * $0) & 3) }
  }

  /// By hand. Without censoring the curve is the empirical one: the restricted mean up to 4 of times 1 … 4 is the resample's
  /// mean, with mean 2.5 and variance (1.25)/4; Stata's median is its second smallest value, which is above j when at most one
  /// draw is j or less: 189, 80 and 13 resamples for j = 1, 2, 3.
  @Test func everyResampleOfFourEvents() throws {
    let data = try TimeToEvent(time: [3, 1, 4, 2], isEvent: [true, true, true, true])
    let found = try CurveBootstrap(data, rule: .stata, tau: 4, resamples: Self.everyResample)
    let medians = found.quantile(0, arm: 0)
    #expect((1...4).map { j in medians.count { $0 == Double(j) } } == [67, 109, 67, 13])
    let means = found.restrictedMean(arm: 0)
    // Sums of quarters: exact but for the products of the curve.
    #expect(abs(means.reduce(0, +) - 640) < 1e-11)
    #expect(abs(means.reduce(0) { $0 + ($1 - 2.5) * ($1 - 2.5) } - 256 * 0.3125) < 1e-11)
    #expect(found.carriedForward == [0])
  }

  /// By hand. The row of time 4 is censored, and stands for 6 in a mean up to 6: mean 3, variance 3.5/4. A curve ends above 0
  /// when the row is drawn at all, 256 − 81 times; it stays above a quarter when it is drawn twice or more, 256 − 81 − 108 times.
  @Test func everyResampleWithACensoring() throws {
    let data = try TimeToEvent(time: [3, 1, 4, 2], isEvent: [true, true, false, true])
    let found = try CurveBootstrap(
      data, probabilities: [0.75], rule: .stata, tau: 6, resamples: Self.everyResample)
    #expect(found.quantile(0, arm: 0).count { $0 == .infinity } == 67)
    #expect(found.carriedForward == [175])
    let means = found.restrictedMean(arm: 0)
    #expect(abs(means.reduce(0, +) - 256 * 3) < 1e-11)
    #expect(abs(means.reduce(0) { $0 + ($1 - 3) * ($1 - 3) } - 256 * 0.875) < 1e-11)
  }

  /// Where nobody has the event by tau no time is lost, exactly: a ratio of nothing lost has no value.
  @Test func contrasts() throws {
    let data = try TimeToEvent(time: [0.3, 0.7, 0.9, 2], isEvent: [false, true, true, true])
    let arms = Grouping(labels: ["a", "b"], codes: [0, 0, 1, 1])
    let found = try CurveBootstrap(
      data, by: arms, tau: 0.8, resamples: [0, 1, 2, 3, 0, 0, 2, 2, 0, 0, 0, 0])
    // By hand: in the first resample arm a has 0.7 to its event and nothing after it, b nobody with an event.
    #expect(abs(found.restrictedMean(arm: 0)[0] - 0.7) < 1e-15 && found.restrictedMean(arm: 1)[0] == 0.8)
    #expect(abs(found.contrast(.difference, of: 1)[0] - 0.1) < 1e-15)
    #expect(abs(found.contrast(.ratio, of: 1)[0] - 8.0 / 7) < 1e-15)
    #expect(found.contrast(.timeLostRatio, of: 1)[0] == 0)
    #expect(found.contrast(.timeLostRatio, of: 0, against: 1)[0] == .infinity)
    #expect(found.restrictedMean(arm: 0)[1] == 0.8 && found.contrast(.timeLostRatio, of: 1)[1].isNaN)
    // Nobody of arm b in the third; arm a, censored at 0.3, is carried forward in the second and the third.
    #expect(found.restrictedMean(arm: 1)[2].isNaN && found.quantile(0, arm: 1)[2].isNaN)
    #expect(found.contrast(.difference, of: 1)[2].isNaN)
    #expect(found.carriedForward == [2, 0])
  }

  @Test func armsKeepTheirSizes() throws {
    // An arm of one row is that row in every resample; a row of weight 0 is in none.
    let data = try TimeToEvent(
      time: [5, 1, 2, 3, 100], isEvent: [true, true, true, true, true], weights: [1, 1, 1, 1, 0])
    let arms = Grouping(labels: ["a", "b"], codes: [0, 1, 1, 1, 1])
    let found = try CurveBootstrap(data, by: arms, tau: 10, replicates: 200, seed: 3)
    #expect(found.sampling == CurveBootstrap.Sampling(seed: 3, units: 4, isWithinArms: true))
    #expect(found.quantile(0, arm: 0).allSatisfy { $0 == 5 })
    #expect(Set(found.quantile(0, arm: 1)) == [1, 2, 3])
    #expect(found.restrictedMean(arm: 1).allSatisfy { $0 <= 3 })
  }

  @Test func clustersAreDrawnWhole() throws {
    let data = try TimeToEvent(time: [1, 9, 2, 8, 3, 7, 4, 6], isEvent: [Bool](repeating: true, count: 8))
    let arms = Grouping(labels: ["a", "b"], codes: [0, 0, 0, 0, 1, 1, 1, 1])
    let pairs = Grouping(labels: ["p", "q", "r", "s"], codes: [0, 0, 1, 1, 2, 2, 3, 3])
    let whole = try CurveBootstrap(data, by: arms, clusters: pairs, tau: 10, replicates: 50, seed: 1)
    #expect(whole.sampling == CurveBootstrap.Sampling(seed: 1, units: 4, isWithinArms: true))
    // Every pair has mean 5, and so has every resample of pairs.
    #expect((whole.restrictedMean(arm: 0) + whole.restrictedMean(arm: 1)).allSatisfy { abs($0 - 5) < 1e-14 })
    let rows = try CurveBootstrap(data, by: arms, tau: 10, replicates: 50, seed: 1)
    #expect(rows.restrictedMean(arm: 0).contains { abs($0 - 5) > 0.1 })
    let single = try CurveBootstrap(data, by: arms, clusters: .eachRow(8), tau: 10, replicates: 50, seed: 1)
    #expect(single == rows)
  }

  @Test func clustersOfSeveralArmsAreDrawnFromAll() throws {
    let data = try TimeToEvent(time: [1, 2, 3, 4], isEvent: [true, true, true, true])
    let arms = Grouping(labels: ["a", "b"], codes: [0, 1, 0, 0])
    let clusters = Grouping(labels: ["p", "q", "r"], codes: [0, 0, 1, 2])
    let found = try CurveBootstrap(data, by: arms, clusters: clusters, replicates: 2000, seed: 1)
    #expect(found.sampling == CurveBootstrap.Sampling(seed: 1, units: 3, isWithinArms: false))
    // Arm b is empty when the first of three clusters is not drawn in three draws: 8/27, with a standard error of 0.0102.
    let empty = Double(found.quantile(0, arm: 1).count { $0.isNaN }) / 2000
    #expect(abs(empty - 8.0 / 27) < 4 * 0.0102)
  }

  @Test func sameSeedSameReplicatesForAnyNumberOfThemAndOfThreads() throws {
    let trial = RandomTrial(seed: 5, rows: 40...40)
    let data = try TimeToEvent(time: trial.time, isEvent: trial.isEvent)
    let few = try CurveBootstrap(data, tau: 3, replicates: 17, seed: 5)
    let many = try CurveBootstrap(data, tau: 3, replicates: 40, seed: 5)
    #expect(few.restrictedMeans.values == Array(many.restrictedMeans.values.prefix(17)))
    #expect(few.quantiles.values == Array(many.quantiles.values.prefix(17)))
    let other = try CurveBootstrap(data, tau: 3, replicates: 17, seed: 6)
    #expect(few.restrictedMeans != other.restrictedMeans)
  }

  /// The bootstrap's standard error estimates Greenwood's (Efron 1981).
  @Test func standardErrorIsThatOfGreenwood() throws {
    var random = Generator()
    let n = 600
    let time = (0..<n).map { _ in Double(1 + random.next(below: 1000)) }
    let data = try TimeToEvent(time: time, isEvent: (0..<n).map { _ in random.next(below: 3) > 0 })
    let curve = KaplanMeier(EventTable.tables(data)[0], confidence: try ConfidenceSetting(level: 0.95, transform: .log))
    let mean = try RestrictedMean(curve, tau: 800)
    let found = try CurveBootstrap(data, tau: 800, replicates: 2000, seed: 1)
    let interval = try BootstrapInterval(found.restrictedMean(arm: 0), level: 0.95)
    // The Monte Carlo error of a standard deviation of 2,000 is 1.6 %: four of it.
    #expect(abs(interval.standardError / mean.standardError - 1) < 0.064)
    #expect(abs(interval.mean - mean.estimate) < 0.1 * mean.standardError)
  }

  @Test func refusesSettingsOutOfRange() throws {
    let data = try TimeToEvent(time: [1, 2], isEvent: [true, true])
    #expect(throws: SurvivalInputError.self) { try CurveBootstrap(data, replicates: 0, seed: 1) }
    #expect(throws: SurvivalInputError.self) { try CurveBootstrap(data, tau: 0, replicates: 9, seed: 1) }
    #expect(throws: SurvivalInputError.self) { try CurveBootstrap(data, probabilities: [1], replicates: 9, seed: 1) }
  }
}

import Testing

@testable import Survival

/// Failures that curves and tests of other packages once had; docs/validation/historic-bugs.md names each with its source.
@Suite(.timeLimit(.minutes(15))) struct HistoricBugCurveTests {
  private func curve(
    _ time: [Double], _ event: [Int], entry: [Double]? = nil, weights: [Double]? = nil,
    transform: ConfidenceTransform = .log
  ) throws -> KaplanMeier {
    let data = try TimeToEvent(time: time, isEvent: event.map { $0 == 1 }, entry: entry, weights: weights)
    return KaplanMeier(EventTable.tables(data)[0], confidence: try ConfidenceSetting(transform: transform))
  }

  @Test("late entry after everyone at risk has died: nobody at risk between, S stays 0, numbers at risk go on")
  func entryAfterTheLastDeath() throws {
    let late = try curve([2, 5, 6], [1, 1, 0], entry: [0, 3, 4])
    let counts = [2, 2.5, 3, 3.5, 4, 5, 5.5, 6, 7].map { late.table.numberAtRisk(at: $0) }
    #expect(counts == [1, 0, 0, 1, 1, 2, 1, 1, 0])
    #expect(late.survival == [0, 0, 0] && late.standardErrorOfSurvival.allSatisfy(\.isNaN))
    #expect(late.lower.allSatisfy(\.isNaN) && late.upper.allSatisfy(\.isNaN))
    // The hazard has no such end: 1/1 + 1/2.
    #expect(NelsonAalen(late.table).hazard == [1, 1.5, 1.5])
  }

  @Test("quantiles at every k/n of n deaths lie in the middle of their step, those a millionth beside it at its ends")
  func quantileOfEveryFraction() throws {
    for n in [2, 3, 5, 7, 10, 41, 49, 100, 333] {
      let steps = try curve((1...n).map(Double.init), [Int](repeating: 1, count: n))
      for k in 1..<n {
        let p = Double(k) / Double(n)
        #expect(steps.quantile(p).estimate == Double(k) + 0.5, "\(k) of \(n)")
        #expect(steps.quantile(p + 1e-6).estimate == Double(k + 1), "above \(k) of \(n)")
        #expect(steps.quantile(p - 1e-6).estimate == Double(k), "below \(k) of \(n)")
      }
    }
  }

  @Test("a median where S misses 1/2 by one unit in the last place, from either side")
  func medianWithinAnUlp() throws {
    let (above, below) = (1.0.nextUp, 1.0.nextDown)
    for weights in [[above, 1], [1, above], [1, 1], [below, 1]] {
      #expect(try curve([1, 2], [1, 1], weights: weights).median().estimate == 1.5, "\(weights)")
    }
  }

  @Test(
    "limits where S is 1 or 0, on every scale, as survfit of R survival 3.5-3 has them: times 1+, 2, 3, 4",
    arguments: [
      (.plain, [1, 0.133232, 0, .nan], [1, 1, 0.866768, .nan]),
      (.log, [1, 0.29950713, 0.06727839, .nan], [1, 1, 1, .nan]),
      (.logLog, [.nan, 0.054073427, 0.008961628, .nan], [.nan, 0.9452064, 0.7741487, .nan]),
      (.logit, [.nan, 0.1535131, 0.0433719, .nan], [.nan, 0.9566281, 0.8464869, .nan]),
      (.arcsin, [.nan, 0.144208456, 0.002466751, .nan], [.nan, 0.9975332, 0.8557915, .nan]),
    ] as [(ConfidenceTransform, [Double], [Double])])
  func limitsAtTheEnds(transform: ConfidenceTransform, lower: [Double], upper: [Double]) throws {
    let found = try curve([1, 2, 3, 4], [0, 1, 1, 1], transform: transform)
    // Seven digits are printed.
    #expect(firstDifference(found.lower, lower, 1e-7) == nil, "\(found.lower)")
    #expect(firstDifference(found.upper, upper, 1e-7) == nil, "\(found.upper)")
  }

  @Test(
    "two million rows: products of counts beyond 2^63 neither trap nor lose the log-rank variance",
    arguments: [1, 1000, 700_000])
  func hugeCounts(censoringTimes: Int) throws {
    // 450,000 of arm 0 and 300,000 of arm 1 die at 1; all others are censored later, on few days or many.
    let n = 2_200_000
    let arm = (0..<n).map { Int32($0 % 2) }
    var left = [450_000, 300_000]
    let event = arm.map { code in
      left[Int(code)] -= 1
      return left[Int(code)] >= 0
    }
    let time = event.enumerated().map { $1 ? 1 : Double(2 + $0 % censoringTimes) }
    let data = try TimeToEvent(time: time, isEvent: event)
    let test = try LogRankTest(data, groups: Grouping(labels: ["0", "1"], codes: arm))
    // By hand: E = d / 2, V = d (n - d) / (n - 1) / 4.
    let (d, all) = (750_000.0, Double(n))
    let variance = d * (all - d) / (all - 1) / 4
    #expect(isClose(test.result.statistic, 75_000 * 75_000 / variance, 1e-13, scale: 0))
    #expect(test.observed == [450_000, 300_000])
    let table = EventTable.tables(data)[0]
    let error = KaplanMeier(table, confidence: try ConfidenceSetting()).standardErrorOfLogSurvival[0]
    #expect(isClose(error, (d / (all * (all - d))).squareRoot(), 1e-14, scale: 0))
  }

  @Test("weights of three billion: pairs and at-risk sums beyond 2^63 keep C, S and its error")
  func hugeWeights() throws {
    let weights = [Double](repeating: 3e9, count: 5)
    let data = try TimeToEvent(time: [1, 2, 2, 2, 3], isEvent: [true, true, true, false, false], weights: weights)
    // Five subjects of which every pair is counted by hand: 0.75.
    let found = Concordance(data, score: [5, 4, 1, 3, 2])
    #expect(isClose(found.estimate, 0.75, 1e-15))
    let plain = try curve([1, 2, 2, 2, 3], [1, 1, 1, 0, 0])
    let heavy = try curve([1, 2, 2, 2, 3], [1, 1, 1, 0, 0], weights: weights)
    #expect(firstDifference(heavy.survival, plain.survival, 1e-15) == nil)
  }

  @Test("a pair of event and censoring at one time is comparable: reversed scores give 0, right ones 1")
  func concordanceOfATiedPair() throws {
    let data = try TimeToEvent(time: [2, 2], isEvent: [true, false])
    #expect(Concordance(data, score: [1, 2]).estimate == 0 && Concordance(data, score: [2, 1]).estimate == 1)
  }

  @Test("rows of 4 units in the last place: the tables that curve, test and concordance use have one time")
  func oneTieRule() throws {
    let time = [3.0, 3.0.nextUp, 3.0.nextUp.nextUp, 5, 5.0.nextUp]
    let exact = [3.0, 3, 3, 5, 5]
    let event = [true, true, false, true, true]
    let groups = Grouping(["a", "b", "a", "b", "a"])
    let (near, tied) = (try TimeToEvent(time: time, isEvent: event), try TimeToEvent(time: exact, isEvent: event))
    #expect(EventTable.tables(near) == EventTable.tables(tied))
    #expect(
      try LogRankTest(near, groups: groups).result == LogRankTest(tied, groups: groups).result)
    let score: [Double] = [1, 3, 2, 0, 1]
    #expect(Concordance(near, score: score) == Concordance(tied, score: score))
    let design = try DesignMatrix([.numeric(name: "x", values: [0, 1, 0.5, 1, 0])], rows: 5)
    let (a, b) = (try CoxModel().fit(near, design), try CoxModel().fit(tied, design))
    #expect(a.coefficients == b.coefficients && a.logLikelihood == b.logLikelihood)
    let (first, second) = (
      try ProportionalHazardsTest(a, data: near, transform: .identity),
      try ProportionalHazardsTest(b, data: tied, transform: .identity)
    )
    #expect(first == second)
  }
}

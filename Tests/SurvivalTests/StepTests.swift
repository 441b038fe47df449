import LinearAlgebra
import Testing

@testable import Survival

/// The steps that lead to a curve, a log-rank test and a Cox estimate: their ends are the results, their numbers those of R.
@Suite struct StepTests {
  /// Weeks of remission of 42 children with leukaemia: Freireich et al., Blood 1963;21:699–716, as in Cox 1972, table 1.
  private static let sixMP: [(time: Double, isEvent: Bool)] =
    [6, 6, 6, 7, 10, 13, 16, 22, 23].map { ($0, true) }
    + [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map { ($0, false) }
  private static let placebo: [Double] = [
    1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23,
  ]

  private func trial() throws -> (data: TimeToEvent, arms: Grouping) {
    let rows = StepTests.sixMP + StepTests.placebo.map { ($0, true) }
    let codes = [Int32](repeating: 0, count: 21) + [Int32](repeating: 1, count: 21)
    return (
      try TimeToEvent(time: rows.map(\.time), isEvent: rows.map(\.isEvent)),
      Grouping(labels: ["6-MP", "placebo"], codes: codes)
    )
  }

  private func fit(_ data: TimeToEvent, _ arms: Grouping, _ ties: TieMethod, strata: Grouping? = nil) throws -> CoxFit {
    let design = try DesignMatrix([.factor(name: "arm", levels: arms, reference: nil)], rows: data.count)
    return try CoxModel(ties: ties).fit(data, design, strata: strata)
  }

  // MARK: 6-MP

  @Test("the curve of 6-MP: printed in textbooks, and R's survfit")
  func curve() throws {
    let (data, arms) = try trial()
    let steps = try KaplanMeier.curves(data, by: arms, confidence: try ConfidenceSetting())[0].steps
    #expect(steps.map(\.time) == [6, 7, 10, 13, 16, 22, 23])
    #expect(steps.map(\.atRisk) == [21, 17, 15, 12, 11, 7, 6])
    #expect(steps.map(\.events) == [3, 1, 1, 1, 1, 1, 1])
    // By hand, from the list of rows.
    #expect(steps.map(\.censored) == [1, 1, 2, 0, 3, 0, 5])
    #expect(
      firstDifference(
        steps.map(\.factor), [18.0 / 21, 16.0 / 17, 14.0 / 15, 11.0 / 12, 10.0 / 11, 6.0 / 7, 5.0 / 6], 0) == nil)
    #expect(steps[0].greenwoodTerm == 3.0 / (21 * 18) && steps[6].greenwoodTerm == 1.0 / 30)
    // R survival 3.5-3, 15 digits.
    let survival = [
      0.857142857142857, 0.806722689075630, 0.752941176470588, 0.690196078431372, 0.627450980392157, 0.537815126050420,
      0.448179271708683,
    ]
    let errors = [
      0.0763603548321213, 0.0869352851800572, 0.0963496529943205, 0.1068147077750098, 0.1140538652567525,
      0.1282337516930340, 0.1345914567557604,
    ]
    // The tolerance is R's printed digits.
    #expect(firstDifference(steps.map(\.survival), survival, 2e-15) == nil)
    #expect(firstDifference(steps.map(\.standardError), errors, 1e-15) == nil)
  }

  @Test("the log-rank test of 6-MP: 9 events of 19.25, 21 of 10.75, and R's survdiff")
  func logRank() throws {
    let (data, arms) = try trial()
    let steps = try LogRankTest.steps(data, groups: arms)
    #expect(steps.count == 17 && steps.map(\.totalEvents).reduce(0, +) == 30)
    #expect(steps[0].atRisk == [21, 21] && steps[0].events == [0, 2] && steps[0].expected == [1, 1])
    // 2 · ½ · ½ · 40/41, by hand.
    #expect(isClose(steps[0].covariance[1][1], 20.0 / 41, 1e-16))
    let expected = steps.reduce(0.0) { $0 + $1.expected[1] }
    let variance = steps.reduce(0.0) { $0 + $1.covariance[1][1] }
    // 17 terms summed plainly here, in R as well: some roundings.
    #expect(isClose(expected, 10.7494990519689, 1e-14) && isClose(variance, 6.2569605736755, 1e-14))
    #expect(isClose((21 - expected) * (21 - expected) / variance, 16.7929409892165, 1e-13))
  }

  @Test("Newton's steps of 6-MP are R's, from coxph at every iterate")
  func newton() throws {
    let (data, arms) = try trial()
    let fit = try fit(data, arms, .efron)
    let steps = try fit.newtonIterations()
    // coxph(init = b, iter.max = 0, ties = "efron"): loglik, the sum of score residuals, 1/var; 15 digits printed.
    let expected: [[Double]] = [
      [0, -93.18426999684773, 10.57285197877678, 6.48160267126137],
      [1.631209519468928, -85.01861247940481, -0.3435743582274731, 5.749402877360345],
      [1.571451251426802, -85.00842591262362, 0.00396293989625394, 5.881360404861661],
      [1.572125064902499, -85.00842457737164, 4.93479420625442e-07, 5.879895577194708],
      [1.572125148829068, -85.00842457737171, 0, 5.879895394709451],
    ]
    #expect(steps.count == expected.count)
    for (step, numbers) in zip(steps, expected) {
      let found = [step.coefficients[0], step.logLikelihood, step.score[0], step.information[0][0]]
      // A few roundings of the largest term, 93, in sums of thirty.
      #expect(firstDifference(found, numbers, 2e-14) == nil, "\(found)")
    }
    // Breslow's score at 0 is observed minus expected; R: residuals and variance at 0.
    let start = try #require(try self.fit(data, arms, .breslow).newtonIterations().first)
    #expect(
      isClose(start.score[0], 10.2505009480311, 1e-14) && isClose(start.information[0][0], 6.59568178863294, 1e-14))
  }

  // MARK: Any trial

  @Test("steps of a curve multiply and add up to it", arguments: Seeds.all)
  func curvesOfRandomTrials(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed)
    for curve in try KaplanMeier.curves(try trial.data(), by: trial.groups, confidence: try ConfidenceSetting()) {
      let steps = curve.steps
      var (product, sum) = (1.0, 0.0)
      for step in steps {
        product *= step.factor
        if step.survival > 0 { sum += step.greenwoodTerm }
        // Forty factors at most, in the same order; sums here are plain.
        #expect(isClose(step.survival, product, 1e-14, scale: 0))
        #expect(step.survival == 0 || isClose(step.greenwoodSum, sum, 1e-13))
        #expect(step.survival == 0 || isClose(step.standardError, step.survival * sum.squareRoot(), 1e-13))
      }
      #expect(steps.last.map { $0.survival == curve.survival.last } ?? (curve.table.totalEvents == 0))
      let censored = steps.reduce(curve.censoredBeforeFirstEvent) { $0 + $1.censored }
      #expect(isClose(censored, curve.table.censored.reduce(0, +), 1e-14))
    }
  }

  @Test("terms of a log-rank test add up to it, in strata and with delayed entry too", arguments: Seeds.all)
  func logRankOfRandomTrials(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified, .truncated])
    let test = try LogRankTest(try trial.data(), groups: trial.groups, strata: trial.strata)
    let steps = try LogRankTest.steps(try trial.data(), groups: trial.groups, strata: trial.strata)
    for g in 0..<trial.arms {
      #expect(steps.reduce(0.0) { $0 + $1.events[g] } == test.observed[g])
      // At most forty terms, summed plainly here.
      #expect(isClose(steps.reduce(0.0) { $0 + $1.expected[g] }, test.expected[g], 1e-14))
      for h in 0..<trial.arms {
        #expect(isClose(steps.reduce(0.0) { $0 + $1.covariance[g][h] }, test.variance[g, h], 1e-14))
      }
    }
  }

  @Test("the last iterate is the fit, to the bit, and each follows from the one before", arguments: Seeds.all)
  func newtonOfRandomTrials(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    for ties in TieMethod.approximations {
      // Tests of the kernels switch the instructions of the whole process for a moment; a fit just before and a record just
      // after differ in last digits.
      #expect(try endsInFit(trial, ties) || endsInFit(trial, ties))
    }
  }

  private func endsInFit(_ trial: RandomTrial, _ ties: TieMethod) throws -> Bool {
    guard let fit = try trial.fit(ties) else { return true }
    let steps = try fit.newtonIterations()
    guard let first = steps.first, let last = steps.last else { return false }
    let free = fit.names.indices.filter { !fit.coefficients[$0].isNaN }
    let endsThere = free.allSatisfy { last.coefficients[$0] == fit.coefficients[$0] && first.coefficients[$0] == 0 }
    // Scales are powers of two: an iterate and its step are one addition of the numbers that the iteration added.
    let areConnected = zip(steps, steps.dropFirst()).allSatisfy { before, after in
      let predicted = zip(before.coefficients, before.step).map { $1.isNaN ? $0 : $0 + $1 }
      return before.halvings != after.halvings || after.coefficients == predicted
    }
    return endsThere && areConnected && steps.count == fit.iterations + 1 && last.halvings == fit.halvings
      && first.logLikelihood == fit.logLikelihoodNull
  }

  @Test(
    "at 0 the score of Breslow's ties is O − E, and without ties its information the variance", arguments: Seeds.all)
  func scoreIsLogRank(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified, .truncated])
    let data = try trial.data()
    let test = try LogRankTest(data, groups: trial.groups, strata: trial.strata)
    let steps = try LogRankTest.steps(data, groups: trial.groups, strata: trial.strata)
    guard let fit = try? fit(data, trial.groups, .breslow, strata: trial.strata),
      let start = try? fit.newtonIterations().first
    else { return }
    let areTied = steps.contains { $0.totalEvents > 1 }
    for g in 1..<trial.arms where !fit.coefficients[g - 1].isNaN {
      #expect(isClose(start.score[g - 1], test.observed[g] - test.expected[g], 1e-13))
      if !areTied { #expect(isClose(start.information[g - 1][g - 1], test.variance[g, g], 1e-13)) }
    }
  }

  @Test("a coefficient that runs away leaves its way behind; an aliased one has no step")
  func edges() throws {
    let data = try TimeToEvent(time: [1, 2, 3, 4, 5, 6], isEvent: [true, true, true, true, true, true])
    let arms = Grouping(labels: ["a", "b"], codes: [0, 0, 0, 1, 1, 1])
    let steps = try fit(data, arms, .efron).newtonIterations()
    #expect(steps.count > 5 && zip(steps, steps.dropFirst()).allSatisfy { $1.coefficients[0] < $0.coefficients[0] })
    let design = try DesignMatrix(columnNames: ["x", "twice"], values: [0, 1, 0, 1, 1, 0, 0, 2, 0, 2, 2, 0], rows: 6)
    let aliased = try CoxModel().fit(data, design)
    let last = try #require(try aliased.newtonIterations().last)
    #expect(last.step[1].isNaN && last.coefficients[1] == 0 && last.coefficients[0] == aliased.coefficients[0])
    #expect(throws: SurvivalInputError.self) {
      try LogRankTest.steps(data, groups: Grouping(labels: ["a"], codes: [0, 0, 0, 0, 0, 0]))
    }
  }
}

import LinearAlgebra
import Testing

@testable import Survival

/// The library against slow versions that follow the definitions, on random tied, weighted, stratified and left-truncated
/// trials. Both sides round differently in some hundred additions, so 1e-11 of the size of what is summed leaves three
/// orders above that and none for a wrong formula.
@Suite struct OracleTests {
  private static let tolerance = 1e-11

  @Test("Kaplan-Meier, Greenwood, Nelson-Aalen, and the counts of the table", arguments: Seeds.all)
  func curves(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .weighted, .truncated])
    let curves = try KaplanMeier.curves(try trial.data(), by: trial.groups, confidence: try ConfidenceSetting())
    for (arm, curve) in curves.enumerated() {
      let slow = SlowCurve(trial, rows: (0..<trial.count).filter { trial.arm[$0] == arm })
      #expect(curve.time == slow.time)
      let hazard = NelsonAalen(curve.table)
      // Numbers at risk from 0 to the sum of weights; everything else is of order 1.
      #expect(firstDifference(curve.table.atRisk, slow.atRisk, Self.tolerance) == nil)
      #expect(firstDifference(curve.table.events, slow.events, Self.tolerance) == nil)
      #expect(firstDifference(curve.table.censored, slow.censored, Self.tolerance) == nil)
      #expect(firstDifference(curve.survival, slow.survival, Self.tolerance) == nil)
      let errors = slow.varianceOfLog.map { $0.squareRoot() }
      #expect(firstDifference(curve.standardErrorOfLogSurvival, errors, Self.tolerance) == nil)
      #expect(
        firstDifference(curve.standardErrorOfSurvival, zip(errors, slow.survival).map { $0 * $1 }, Self.tolerance)
          == nil)
      #expect(firstDifference(hazard.hazard, slow.hazard, Self.tolerance) == nil)
      #expect(firstDifference(hazard.standardError, slow.hazardVariance.map { $0.squareRoot() }, Self.tolerance) == nil)
      #expect(firstDifference(hazard.tieCorrectedHazard, slow.tieCorrectedHazard, Self.tolerance) == nil)
      #expect(
        firstDifference(
          hazard.tieCorrectedStandardError, slow.tieCorrectedVariance.map { $0.squareRoot() }, Self.tolerance) == nil)
    }
  }

  @Test("numbers at risk, events and censorings at any time", arguments: Seeds.all)
  func countsBetween(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .weighted, .truncated])
    let table = EventTable.tables(try trial.data())[0]
    var random = SplitMix64(seed: seed)
    let times = trial.time + (trial.entry ?? []) + (0..<10).map { _ in Double.random(in: 0...12, using: &random) }
    for t in times {
      func sum(_ counts: (Int) -> Bool) -> Double {
        (0..<trial.count).filter(counts).reduce(0.0) { $0 + trial.weight($1) }
      }
      #expect(isClose(table.numberAtRisk(at: t), sum { trial.isAtRisk($0, t) }, 1e-14, scale: 100), "at \(t)")
      #expect(isClose(table.cumulativeEvents(at: t), sum { trial.isEvent[$0] && trial.time[$0] <= t }, 1e-13))
      #expect(isClose(table.cumulativeCensored(at: t), sum { !trial.isEvent[$0] && trial.time[$0] <= t }, 1e-13))
    }
  }

  private static let weightings: [LogRankWeighting] = [
    .logRank, .gehanBreslow, .taroneWare, .peto, .modifiedPeto, .flemingHarrington(rho: 0, gamma: 0),
    .flemingHarrington(rho: 1, gamma: 0), .flemingHarrington(rho: 0, gamma: 1),
    .flemingHarrington(rho: 0.5, gamma: 0.5), .flemingHarrington(rho: 1, gamma: 1),
    .flemingHarrington(rho: 0, gamma: 2), .modestlyWeighted(until: 0), .modestlyWeighted(until: 3),
    .modestlyWeighted(until: 6.5),
  ]

  @Test("log-rank tests of two to four arms, stratified, under every weight", arguments: Seeds.all)
  func logRank(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified, .truncated], rows: 10...40)
    let data = try trial.data()
    for weighting in Self.weightings {
      let slow = SlowLogRank(trial, weighting: weighting)
      guard slow.weightedObserved.allSatisfy({ $0.isFinite && $0 < 1e9 }) else {
        // 1/S after S has reached 0 (delayed entry).
        #expect(throws: SurvivalInputError.self) {
          try LogRankTest(data, groups: trial.groups, strata: trial.strata, weighting: weighting)
        }
        continue
      }
      let test = try LogRankTest(data, groups: trial.groups, strata: trial.strata, weighting: weighting)
      let size = slow.weightedObserved.reduce(1, +)
      #expect(test.observed == slow.observed)
      #expect(firstDifference(test.expected, slow.expected, Self.tolerance) == nil)
      #expect(firstDifference(test.weightedObserved, slow.weightedObserved, Self.tolerance, scale: size) == nil)
      #expect(firstDifference(test.weightedExpected, slow.weightedExpected, Self.tolerance, scale: size) == nil)
      let variance = slow.variance.flatMap { $0 }
      let largest = variance.map(abs).max() ?? 0
      #expect(firstDifference(test.variance.values, variance, Self.tolerance, scale: largest) == nil)
      if let (statistic, degrees) = slow.statistic {
        // A solved system: the condition number, bounded by the elimination's pivot rule, costs up to six digits.
        #expect(isClose(test.result.statistic, statistic, 1e-8), "\(weighting)")
        #expect(test.result.degreesOfFreedom == degrees)
      }
    }
  }

  @Test("the log-rank oracle gives a statistic for most trials, so that the comparison above is not empty")
  func logRankIsCompared() {
    let solved = Seeds.all.count {
      SlowLogRank(
        RandomTrial(seed: $0, allowing: [.tied, .stratified, .truncated], rows: 10...40), weighting: .logRank
      ).statistic != nil
    }
    #expect(solved > 200)
  }

  @Test("Cox log-likelihood, score and information by loops over the risk sets", arguments: Seeds.all)
  func cox(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, covariates: [1, 2, 3, 6][Int(seed / 16) % 4])
    let p = trial.x.count
    var random = SplitMix64(seed: seed)
    let beta = (0..<p).map { _ in Double.random(in: -1...1, using: &random) }
    let offset = seed % 3 == 0 ? (0..<trial.count).map { _ in Double.random(in: -2...2, using: &random) } : nil
    let problem = CoxProblem(try trial.data(), design: try trial.design(), strata: trial.strata, offset: offset)
    for ties in TieMethod.approximations {
      let slow = SlowCox(trial, ties: ties, beta: beta, offset: offset)
      let fast = CoxLikelihood(problem, ties: ties, beta: zip(beta, problem.scale).map { $0 * $1 })
      // The library's covariates are divided by `scale`, so are its score once, its information twice.
      let events = (0..<trial.count).reduce(1.0) { $0 + (trial.isEvent[$1] ? trial.weight($1) : 0) }
      #expect(isClose(fast.logLikelihood, slow.logLikelihood, Self.tolerance, scale: events), "\(ties)")
      let score = fast.score()
      let information = fast.information()
      for j in 0..<p {
        #expect(isClose(score[j] * problem.scale[j], slow.score[j], Self.tolerance, scale: 3 * events), "\(ties)")
        for k in 0..<p {
          #expect(
            isClose(
              information[j, k] * problem.scale[j] * problem.scale[k], slow.information[j][k], Self.tolerance,
              scale: 9 * events), "\(ties)")
        }
      }
    }
  }

  @Test("concordance by counting every pair", arguments: Seeds.all)
  func concordance(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, rows: 8...40)
    // A covariate of three values has many ties, a continuous one has none.
    for score in trial.x {
      let slow = SlowConcordance(trial, score: score)
      let c = Concordance(try trial.data(), score: score, strata: trial.strata)
      #expect(isClose(c.concordant, slow.concordant, Self.tolerance))
      #expect(isClose(c.discordant, slow.discordant, Self.tolerance))
      #expect(isClose(c.tiedScore, slow.tiedScore, Self.tolerance))
      #expect(isClose(c.tiedTime, slow.tiedTime, Self.tolerance))
      #expect(isClose(c.tiedBoth, slow.tiedBoth, Self.tolerance))
      #expect(isClose(c.estimate, slow.estimate, Self.tolerance))
      #expect(isClose(c.standardError, slow.standardError, Self.tolerance))
      if trial.weights == nil { #expect(c.concordant == slow.concordant && c.tiedScore == slow.tiedScore) }
    }
  }
}

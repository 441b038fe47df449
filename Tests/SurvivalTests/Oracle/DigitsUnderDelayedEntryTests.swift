import LinearAlgebra
import Testing

@testable import Survival

/// With delayed entry a running sum would add a row and later subtract it, and a heavy row that comes and goes would take
/// the digits of all others with it. None of these results may notice such a row.
@Suite struct DigitsUnderDelayedEntryTests {
  @Test("concordance: a row of weight 1e20 between two events changes nothing", arguments: Seeds.all)
  func concordance(seed: UInt64) throws {
    // Bits 1 and 3 of the seed see to it that the trial is weighted and truncated.
    var trial = RandomTrial(seed: seed | 10, rows: 12...40)
    let score = trial.x[0]
    let events = Set(trial.time.indices.filter { trial.isEvent[$0] }.map { trial.time[$0] }).sorted()
    guard events.count >= 2 else { return }
    // From one event time to half way to the next: entering at an event is not being at risk for it.
    let middle = events.count / 2 - 1
    let before = Concordance(try trial.data(), score: score, strata: trial.strata)
    trial.time.append((events[middle] + events[middle + 1]) / 2)
    trial.isEvent.append(false)
    trial.entry?.append(events[middle])
    trial.weights?.append(1e20)
    trial.stratum.append(trial.stratum[0])
    let after = Concordance(try trial.data(), score: score + [0], strata: trial.strata)
    // The same sums over the same tree but for the place of one empty leaf: round-off only.
    for (a, b) in [
      (after.concordant, before.concordant), (after.discordant, before.discordant), (after.tiedScore, before.tiedScore),
      (after.tiedTime, before.tiedTime), (after.tiedBoth, before.tiedBoth), (after.estimate, before.estimate),
      (after.standardError, before.standardError),
    ] { #expect(isClose(a, b, 1e-13), "\(a) against \(b)") }
  }

  @Test("concordance: entry at 0 is no delayed entry", arguments: Seeds.all)
  func twoPathsAgree(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: [.tied, .weighted, .stratified])
    let plain = Concordance(try trial.data(), score: trial.x[1], strata: trial.strata)
    trial.entry = [Double](repeating: 0, count: trial.count)
    let entered = Concordance(try trial.data(), score: trial.x[1], strata: trial.strata)
    #expect(isClose(plain.concordant, entered.concordant, 1e-13))
    #expect(isClose(plain.discordant, entered.discordant, 1e-13))
    #expect(isClose(plain.tiedScore, entered.tiedScore, 1e-13))
    #expect(isClose(plain.standardError, entered.standardError, 1e-13))
  }

  @Test("robust standard errors: an early event of a lone row with a tiny hazard changes nothing", arguments: Seeds.all)
  func scoreResiduals(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed | 8, allowing: [.tied, .weighted, .truncated], rows: 15...40)
    trial.time = trial.time.map { $0 + 1 }
    trial.entry = trial.entry?.map { $0 + 0.9 }
    func fit() throws -> CoxFit {
      try CoxModel().fit(
        try trial.data(), try trial.design(), cluster: Grouping((0..<trial.count).map { "\(1000 + $0)" }))
    }
    let before = try fit()
    guard before.warnings.isEmpty, let old = before.robustStandardErrors else { return }
    // Alone at risk, its event says nothing; its baseline hazard is exp(40) times the others'.
    trial.time.append(0.5)
    trial.entry?.append(0.25)
    trial.isEvent.append(true)
    trial.weights?.append(1)
    trial.stratum.append(0)
    let norm = before.coefficients.reduce(0) { $0 + $1 * $1 }
    guard norm > 0.01 else { return }
    for j in trial.x.indices { trial.x[j].append(-40 * before.coefficients[j] / norm) }
    let after = try fit()
    let new = try #require(after.robustStandardErrors)
    // The outlier stretches the scale of the covariates up to a hundredfold: two or three digits of sixteen.
    for j in old.indices {
      #expect(isClose(after.coefficients[j], before.coefficients[j], 1e-10))
      #expect(isClose(after.standardErrors[j], before.standardErrors[j], 1e-10))
      #expect(isClose(new[j], old[j], 1e-10))
    }
  }

  @Test(
    "residuals and curves: a row of risk exp(50) between two events changes none of the others", arguments: Seeds.all)
  func residualsAndCurves(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed | 8, allowing: [.tied, .weighted, .truncated], rows: 15...40)
    let events = Set(trial.time.indices.filter { trial.isEvent[$0] }.map { trial.time[$0] }).sorted()
    let ties: TieMethod = seed % 32 < 16 ? .efron : .breslow
    guard events.count >= 2, let before = try trial.fit(ties) else { return }
    let norm = before.coefficients.reduce(0) { $0 + $1 * $1 }
    guard norm > 0.01 else { return }
    let middle = events.count / 2 - 1
    trial.time.append((events[middle] + events[middle + 1]) / 2)
    trial.isEvent.append(false)
    trial.entry?.append(events[middle])
    trial.weights?.append(1)
    trial.stratum.append(0)
    for j in trial.x.indices { trial.x[j].append(50 * before.coefficients[j] / norm) }
    let after = try #require(try trial.fit(ties))
    // The outlier stretches the scale of the covariates up to a hundredfold: two or three digits of sixteen.
    let (old, new) = (try before.martingaleResiduals(), try after.martingaleResiduals())
    #expect(firstDifference(Array(new.dropLast()), old, 1e-10) == nil && new.last == 0)
    let (oldScore, newScore) = (try before.scoreResiduals(), try after.scoreResiduals())
    #expect(firstDifference(Array(newScore.values.dropLast(trial.x.count)), oldScore.values, 1e-9) == nil)
    let setting = try ConfidenceSetting()
    let curves = try [before, after].map { try $0.curve([0.5, 1], confidence: setting) }
    #expect(firstDifference(curves[1].cumulativeHazard, curves[0].cumulativeHazard, 1e-9) == nil)
    #expect(firstDifference(curves[1].standardErrorOfSurvival, curves[0].standardErrorOfSurvival, 1e-9) == nil)
  }
}

import Testing

@testable import Survival

/// With delayed entry a running sum would add a row and later subtract it, and a heavy row that comes and goes would take
/// the digits of all others with it. None of these results may notice such a row.
@Suite struct DigitsUnderDelayedEntryTests {
  @Test("concordance: a row of weight 1e20 between two events changes nothing", arguments: Seeds.all)
  func concordance(seed: UInt64) throws {
    // Times from 1 on: the interval (0.2, 0.9] sees no event.
    var trial = RandomTrial(seed: seed | 10, allowing: [.tied, .weighted, .stratified, .truncated])
    trial.time = trial.time.map { $0 + 1 }
    let score = trial.x[0]
    let before = Concordance(try trial.data(), score: score, strata: trial.strata)
    trial.time.append(0.9)
    trial.isEvent.append(false)
    trial.entry?.append(0.2)
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
}

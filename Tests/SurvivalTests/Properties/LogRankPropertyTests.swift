import LinearAlgebra
import Testing

@testable import Survival

/// What must hold for any log-rank test.
@Suite struct LogRankPropertyTests {
  private static let allowed: TrialShape = [.tied, .stratified, .truncated]

  private func test(_ trial: RandomTrial, _ weighting: LogRankWeighting = .logRank) throws -> LogRankTest {
    try LogRankTest(try trial.data(), groups: trial.groups, strata: trial.strata, weighting: weighting)
  }

  @Test("row order changes no bit: counts are whole", arguments: Seeds.all)
  func rowOrder(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: Self.allowed)
    for weighting in [LogRankWeighting.logRank, .taroneWare, .flemingHarrington(rho: 1, gamma: 1)] {
      #expect(try test(trial, weighting) == test(trial.taking(trial.shuffledRows()), weighting))
    }
  }

  @Test("names of arms and the unit of time do not matter", arguments: Seeds.all)
  func labels(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: Self.allowed)
    let a = try test(trial)
    var other = trial
    other.arm = trial.arm.map { trial.arms - 1 - $0 }
    other.time = trial.time.map { $0 / 365.25 }
    other.entry = trial.entry?.map { $0 / 365.25 }
    let b = try test(other)
    #expect(a.observed == Array(b.observed.reversed()))
    #expect(firstDifference(a.expected, b.expected.reversed(), 1e-13) == nil)
    // Another arm is left out of the quadratic form: the condition number of V costs some digits.
    #expect(isClose(a.result.statistic, b.result.statistic, 1e-9))
    #expect(a.result.degreesOfFreedom == b.result.degreesOfFreedom)
  }

  @Test("observed and expected have one sum, and the variance has none", arguments: Seeds.all)
  func sums(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: Self.allowed)
    for weighting in [LogRankWeighting.logRank, .gehanBreslow, .peto] {
      let test = try test(trial, weighting)
      let events = test.weightedObserved.reduce(0, +)
      #expect(isClose(test.weightedExpected.reduce(0, +), events, 1e-12))
      let largest = test.variance.values.map(abs).max() ?? 0
      for row in test.variance.rowArrays { #expect(isClose(row.reduce(0, +), 0, 1e-12, scale: largest)) }
      #expect(test.variance.diagonal.allSatisfy { $0 >= 0 })
    }
  }

  @Test("two arms: the statistic is z squared, whichever arm comes first, and (O - E)^2/V", arguments: Seeds.all)
  func twoArms(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: Self.allowed)
    trial.arm = trial.arm.map { $0 % 2 }
    func groups(_ labels: [String]) -> Grouping { Grouping(trial.arm.map { labels[$0] }) }
    let there = try LogRankTest(try trial.data(), groups: groups(["a", "b"]), strata: trial.strata)
    let back = try LogRankTest(try trial.data(), groups: groups(["b", "a"]), strata: trial.strata)
    guard let z = there.z, there.variance[0, 0] > 1e-9 else { return }
    let (difference, v) = (there.observed[0] - there.expected[0], there.variance[0, 0])
    #expect(isClose(there.result.statistic, difference * difference / v, 1e-11))
    #expect(isClose(there.result.statistic, z * z, 1e-11))
    #expect(isClose(back.z ?? .nan, -z, 1e-11))
    #expect(isClose((there.oneSidedLowerP ?? .nan) + (back.oneSidedLowerP ?? .nan), 1, 1e-14))
    let ratio = try #require(there.petoHazardRatio(level: 0.95))
    let other = try #require(back.petoHazardRatio(level: 0.95))
    #expect(isClose(ratio.estimate * other.estimate, 1, 1e-11) && ratio.lower < ratio.estimate)
    #expect(isClose(ratio.lower * other.upper, 1, 1e-11))
  }

  @Test("special cases of one test by the name of another", arguments: Seeds.all)
  func sameWeights(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: Self.allowed)
    let plain = try test(trial)
    let flat = try test(trial, .flemingHarrington(rho: 0, gamma: 0))
    #expect(plain.result == flat.result && plain.variance == flat.variance)
    #expect(flat.petoHazardRatio(level: 0.9)?.estimate == plain.petoHazardRatio(level: 0.9)?.estimate)
    #expect(try test(trial, .gehanBreslow).petoHazardRatio(level: 0.9) == nil)
  }

  @Test("a stratum without events, of one row, or of one arm changes nothing", arguments: Seeds.all)
  func emptyStrata(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed | 4, allowing: Self.allowed)
    let a = try test(trial)
    var other = trial
    let fresh = (trial.stratum.max() ?? 0) + 1
    // One censored row, one row with an event, and three rows of one arm.
    for (stratum, t, event, arm) in [
      (fresh, 3.0, false, 0), (fresh + 1, 2.0, true, 1), (fresh + 2, 1.0, true, 0), (fresh + 2, 2.0, true, 0),
      (fresh + 2, 3.0, false, 0),
    ] {
      other.stratum.append(stratum)
      other.time.append(t)
      other.isEvent.append(event)
      other.entry?.append(0)
      other.arm.append(arm)
      for j in other.x.indices { other.x[j].append(0.5) }
    }
    let b = try test(other)
    let differences = zip(a.observed, a.expected).map { $0 - $1 }
    #expect(firstDifference(zip(b.observed, b.expected).map { $0 - $1 }, differences, 1e-12) == nil)
    #expect(firstDifference(b.variance.values, a.variance.values, 1e-12) == nil)
    // An arm that had nobody at risk at any event before may now be there, and add a degree of freedom of no variance.
    if a.expected.allSatisfy({ $0 > 0 }) { #expect(isClose(b.result.statistic, a.result.statistic, 1e-9)) }
  }

  @Test("without ties it is the score test of the Cox model, for two to four arms and any strata", arguments: Seeds.all)
  func coxScore(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.stratified, .truncated], rows: 20...50)
    let data = try trial.data()
    let test = try test(trial)
    guard test.result.degreesOfFreedom == trial.arms - 1, trial.groups.rowsByGroup.allSatisfy({ !$0.isEmpty }) else {
      return
    }
    let design = try DesignMatrix(
      [.factor(name: "arm", levels: trial.groups, reference: nil)], rows: trial.count)
    let fit = try CoxModel().fit(data, design, strata: trial.strata)
    // Both solve a system with the condition number of the same V.
    #expect(isClose(fit.scoreTest.statistic, test.result.statistic, 1e-9))
  }
}

import LinearAlgebra
import Testing

@testable import Survival

/// The kernel of simulations against the estimators it stands for, which are tested against R.
@Suite struct TwoArmTests {
  /// A trial of two arms; times of one decimal (ties), continuous, or near-ties by division.
  private func random(_ seed: UInt64) -> (time: [Double], isEvent: [Bool], isExperimental: [Bool]) {
    var random = SplitMix64(seed: seed &* 977 &+ 3)
    let n = Int.random(in: 4...150, using: &random)
    let kind = seed % 5
    let time = (0..<n).map { _ -> Double in
      let t = -logarithm(Double.random(in: 0.001..<1, using: &random)) * 12
      switch kind {
      case 0: return (t * 10).rounded() / 10
      case 1: return t
      case 2: return min(t.rounded(.up), 9)  // many at one last time
      case 3: return (t * 30).rounded() / 30.4375 * (Bool.random(using: &random) ? 1 : 1 + 3e-16)
      default: return t.rounded() * power(10, Double(Int.random(in: -150...150, using: &random)))
      }
    }
    let isExperimental = (0..<n).map { $0 == 0 || ($0 > 1 && Bool.random(using: &random)) }
    let isEvent = (0..<n).map { $0 < 2 || Int.random(in: 0..<3, using: &random) > 0 }
    return (time, isEvent, isExperimental)
  }

  /// 1e-11 is what is promised; the sums have up to 150 terms and Newton's loop of `CoxModel` ends at 1e-12.
  @Test(
    "statistic, estimate and standard error are those of the general estimators", arguments: 0..<400 as Range<UInt64>)
  func agrees(seed: UInt64) throws {
    let (time, isEvent, isExperimental) = random(seed)
    let data = try TimeToEvent(time: time, isEvent: isEvent)
    let arms = Grouping(labels: ["control", "experimental"], codes: isExperimental.map { $0 ? 1 : 0 })
    let design = try DesignMatrix([.numeric(name: "arm", values: isExperimental.map { $0 ? 1 : 0 })], rows: data.count)
    let test = try LogRankTest(data, groups: arms)
    for ties in [TieMethod.efron, .breslow] {
      let trial = try TwoArmAnalysis(ties: ties).trial(time: time, isEvent: isEvent, isExperimental: isExperimental)
      #expect(trial.events == data.eventCount && trial.controlCount + trial.experimentalCount == data.count)
      #expect(Double(trial.experimentalEvents) == test.observed[1])
      #expect(isClose(trial.expected, test.expected[1], 1e-11))
      #expect(isClose(trial.variance, test.variance[1, 1], 1e-11))
      #expect(isClose(trial.z ?? 0, test.z ?? 0, 1e-11, scale: 10))
      let fit = try CoxModel(ties: ties).fit(data, design)
      let reasons = fit.warnings.map(\.code)
      #expect((trial.estimate == .finite) == reasons.isEmpty, "\(seed) \(trial) \(fit.warnings)")
      if trial.estimate == .undetermined { #expect(reasons == [.aliased]) }
      if trial.estimate == .plusInfinity { #expect(reasons == [.infiniteCoefficient] && fit.coefficients[0] > 0) }
      if trial.estimate == .minusInfinity { #expect(reasons == [.infiniteCoefficient] && fit.coefficients[0] < 0) }
      guard trial.estimate == .finite else { continue }
      #expect(isClose(trial.logHazardRatio, fit.coefficients[0], 1e-11), "\(seed)")
      #expect(isClose(trial.standardError, fit.standardErrors[0], 1e-11), "\(seed)")
    }
  }

  /// R survival 3.5-3: survdiff, coxph(eps = 1e-14, iter.max = 30) with ties = "efron" and "breslow".
  @Test func fromR() throws {
    let time: [Double] = [1.2, 3.4, 3.4, 5, 5, 5, 6.1, 7, 8.8, 8.8, 9, 10, 10, 11.5, 12, 12, 12, 12]
    let isEvent = [1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 0].map { $0 == 1 }
    let arm = [0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1].map { $0 == 1 }
    for (ties, coefficient, error) in [
      (TieMethod.efron, -0.92866136076304118, 0.63795672134306292),
      (.breslow, -0.88334712385967595, 0.63715982706216501),
    ] {
      let trial = try TwoArmAnalysis(ties: ties).trial(time: time, isEvent: isEvent, isExperimental: arm)
      // R's own sums and last step: 1e-13.
      #expect(isClose(trial.chiSquared ?? .nan, 2.2103332105508868, 1e-13))
      #expect(isClose(trial.expected, 6.3138018843901191, 1e-13))
      #expect(isClose(trial.logHazardRatio, coefficient, 1e-13))
      #expect(isClose(trial.standardError, error, 1e-13))
    }
  }

  @Test("row order, threads and the company of other trials change nothing beyond round-off")
  func invariance() throws {
    let (time, isEvent, arm) = random(11)
    let analysis = try TwoArmAnalysis()
    let alone = try analysis.trial(time: time, isEvent: isEvent, isExperimental: arm)
    let backwards = try analysis.trial(
      time: time.reversed(), isEvent: isEvent.reversed(), isExperimental: arm.reversed())
    #expect(alone == backwards)
    // Enough rows for several blocks.
    let copies = 200_000 / time.count
    let many = try analysis.trials(
      ofSize: time.count, time: (0..<copies).flatMap { _ in time }, isEvent: (0..<copies).flatMap { _ in isEvent },
      isExperimental: (0..<copies).flatMap { _ in arm })
    #expect(many.count == copies && many.allSatisfy { $0 == alone })
  }

  @Test("times of very unlike size: sorting by comparison gives the same")
  func unlikeTimes() throws {
    var random = SplitMix64(seed: 5)
    let n = 900
    let time = (0..<n).map { _ in power(10, Double.random(in: -300...300, using: &random)) }
    let isEvent = (0..<n).map { _ in Bool.random(using: &random) }
    let arm = (0..<n).map { _ in Bool.random(using: &random) }
    let analysis = try TwoArmAnalysis()
    let wide = try analysis.trial(time: time, isEvent: isEvent, isExperimental: arm)
    // Only the order counts: ranks, and their exponentials, whose buckets overflow.
    let order = time.indices.sorted { time[$0] < time[$1] }
    var rank = [Double](repeating: 0, count: n)
    for (place, row) in order.enumerated() { rank[row] = Double(place) }
    let ranked = try analysis.trial(time: rank, isEvent: isEvent, isExperimental: arm)
    let steep = try analysis.trial(
      time: rank.map { exponential($0 / 10) }, isEvent: isEvent, isExperimental: arm)
    for other in [wide, steep] {
      // Sums of up to 900 terms in another order.
      #expect(other.experimentalEvents == ranked.experimentalEvents)
      #expect(isClose(other.expected, ranked.expected, 1e-13) && isClose(other.variance, ranked.variance, 1e-13))
      #expect(isClose(other.logHazardRatio, ranked.logHazardRatio, 1e-13))
      #expect(isClose(other.standardError, ranked.standardError, 1e-13))
    }
  }

  @Test func refusals() throws {
    let analysis = try TwoArmAnalysis()
    for (time, code) in [
      ([1, .nan, 2, 3], SurvivalInputError.Code.notFinite), ([1, .infinity, 2, 3], .notFinite),
      ([1, -1, 2, 3], .negativeTime),
    ] as [([Double], SurvivalInputError.Code)] {
      let error = #expect(throws: SurvivalInputError.self) {
        _ = try analysis.trials(
          ofSize: 2, time: time, isEvent: [true, true, true, true], isExperimental: [true, false, true, false])
      }
      #expect(error?.code == code && error?.row == 1)
    }
    #expect(throws: SurvivalInputError.self) { _ = try analysis.trial(time: [], isEvent: [], isExperimental: []) }
    #expect(throws: SurvivalInputError.self) {
      _ = try analysis.trials(
        ofSize: 2, time: [1, 2, 3], isEvent: [true, true, true], isExperimental: [true, true, true])
    }
    #expect(throws: SurvivalInputError.self) { _ = try TwoArmAnalysis(ties: .exactPartial) }
    #expect(throws: SurvivalInputError.self) { _ = try TwoArmAnalysis(tieTolerance: 0.5) }
    // Minus zero is zero.
    let zero = try analysis.trial(
      time: [-0.0, 0, 1], isEvent: [true, true, true], isExperimental: [true, false, true])
    #expect(isClose(zero.expected, 4.0 / 3 + 1, 1e-15))
  }
}

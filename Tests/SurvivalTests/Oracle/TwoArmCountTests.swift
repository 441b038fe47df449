import Testing

@testable import Survival

/// The kernel of simulations against Mantel's and Efron's formulas with counts from looking at every row for every time: every kind of
/// times, and sizes around its vectors of 8 and its 64 buckets.
@Suite struct TwoArmCountTests {
  private struct Trial {
    let time: [Double]
    let isEvent: [Bool]
    let arm: [Bool]

    /// At risk and with an event in both arms, at every event time.
    func counts() -> [(n0: Double, n1: Double, d0: Double, d1: Double)] {
      Set(time.indices.filter { isEvent[$0] }.map { time[$0] }).sorted().map { t in
        var counts = (n0: 0.0, n1: 0.0, d0: 0.0, d1: 0.0)
        for i in time.indices where time[i] >= t {
          let ends = time[i] == t && isEvent[i] ? 1.0 : 0
          if arm[i] { (counts.n1, counts.d1) = (counts.n1 + 1, counts.d1 + ends) }
          if !arm[i] { (counts.n0, counts.d0) = (counts.n0 + 1, counts.d0 + ends) }
        }
        return counts
      }
    }

    /// Efron's score and information at b.
    func score(_ b: Double) -> (score: Double, information: Double) {
      var sums = (score: 0.0, information: 0.0)
      for c in counts() {
        let d = c.d0 + c.d1
        sums.score += c.d1
        for l in 0..<Int(d) {
          let (m0, m1) = (c.n0 - Double(l) / d * c.d0, (c.n1 - Double(l) / d * c.d1) * exponential(b))
          let p = m1 / (m0 + m1)
          sums.score -= p
          sums.information += p * (1 - p)
        }
      }
      return sums
    }
  }

  @Test(arguments: TimeShape.allCases.filter { $0 != .signed }, [2, 3, 7, 8, 9, 63, 64, 65, 130])
  func agrees(shape: TimeShape, count: Int) throws {
    var random = SplitMix64(seed: UInt64(count) &+ 300)
    let trial = Trial(
      time: shape.values(count, &random), isEvent: (0..<count).map { _ in random.next() % 4 > 0 },
      arm: (0..<count).map { $0 < 2 ? $0 == 1 : random.next() % 2 == 0 })
    let found = try TwoArmAnalysis(ties: .efron, tieTolerance: 0).trial(
      time: trial.time, isEvent: trial.isEvent, isExperimental: trial.arm)
    var sums = (observed: 0.0, expected: 0.0, variance: 0.0)
    for c in trial.counts() {
      let (n, d) = (c.n0 + c.n1, c.d0 + c.d1)
      sums.observed += c.d1
      sums.expected += d * c.n1 / n
      if n > 1 { sums.variance += d * (n - d) * c.n0 * c.n1 / (n * n * (n - 1)) }
    }
    #expect(Double(found.experimentalEvents) == sums.observed)
    // Plain sums of up to 130 positive terms, in the same or another order.
    #expect(isClose(found.expected, sums.expected, 130 * 0x1p-52, scale: 0))
    #expect(isClose(found.variance, sums.variance, 130 * 0x1p-52, scale: 0))
    guard found.estimate == .finite else { return }
    let (score, information) = trial.score(found.logHazardRatio)
    // The score at the estimate is the rounding of its terms, up to 130 of them below 1; it moves the estimate by that over I.
    #expect(abs(score) <= 130 * 0x1p-52 * max(1, sums.observed) + abs(found.logHazardRatio) * information * 0x1p-51)
    #expect(isClose(found.standardError, 1 / information.squareRoot(), 1e-13, scale: 0))
  }

  /// 4,503 units in the last place lie between 1 and 1 + 1e-12, which the tolerance of 1e-11 makes one time.
  @Test("near-ties are ties") func nearTies() throws {
    let analysis = try TwoArmAnalysis()
    let (isEvent, arm) = ([true, true, true, false], [false, true, true, false])
    let near = try analysis.trial(time: [1, 1 + 1e-12, 2, 3], isEvent: isEvent, isExperimental: arm)
    // Two events of four, two of each arm: 1 expected; then one of two: 1/2.
    #expect(near.expected == 1.5)
    #expect(try near == analysis.trial(time: [1, 1, 2, 3], isEvent: isEvent, isExperimental: arm))
  }

  @Test("times over six hundred powers of ten have an estimate") func widest() throws {
    var random = SplitMix64(seed: 1)
    let time = TimeShape.magnitudes.values(130, &random)
    let trial = try TwoArmAnalysis(tieTolerance: 0).trial(
      time: time, isEvent: time.map { _ in true }, isExperimental: time.indices.map { $0 % 2 == 0 })
    #expect(trial.estimate == .finite)
  }
}

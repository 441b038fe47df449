import Distributions
import Testing

@testable import Survival

/// Simultaneous bands: critical values against published tables, closed forms and simulation.
@Suite struct ConfidenceBandTests {
  private func hallWellner(_ level: Double, _ a: Double, _ b: Double) -> Double {
    BridgeSupremum.criticalValue(level, between: 1e-6, and: 5) { BridgeSupremum.within($0, from: a, to: b) }
  }

  @Test(
    "Klein & Moeschberger's table of 95% Hall–Wellner values, printed to four decimals",
    arguments: [
      (0.1, 0.6, 1.3211), (0.32, 0.66, 1.3215), (0.4, 0.82, 1.3201), (0.08, 0.18, 0.8857), (0.32, 0.74, 1.3369),
      (0.32, 0.58, 1.2919), (0, 1, 1.3581),
    ])
  func tableOfHallWellner(a: Double, b: Double, k: Double) {
    #expect(abs(hallWellner(0.95, a, b) - k) < 6e-5)
  }

  @Test(
    "Klein & Moeschberger's table of 95% equal-precision values, which is Miller and Siegmund's approximation",
    arguments: [
      (0.1, 0.6, 2.8826), (0.02, 0.6, 3.0468), (0.08, 0.6, 2.9116), (0.02, 0.38, 2.9696), (0.34, 0.54, 2.5636),
    ])
  func tableOfEqualPrecision(a: Double, b: Double, c: Double) {
    let found = BridgeSupremum.criticalValue(0.95, between: 1, and: 10) {
      BridgeSupremum.approximatelyWithinStandardised($0, from: a, to: b)
    }
    #expect(abs(found - c) < 6e-5)
  }

  @Test("the whole bridge: Kolmogorov's series", arguments: [0.5, 0.8, 1.0, 1.3581, 2.0])
  func kolmogorov(k: Double) {
    var sum = 0.0
    for j in 1...40 { sum += (j % 2 == 1 ? 2 : -2) * exponential(-2 * Double(j * j) * k * k) }
    #expect(abs(BridgeSupremum.within(k, from: 0, to: 1) - (1 - sum)) < 1e-10)
  }

  @Test("one point: a normal variable; a longer stretch is left more often")
  func shortStretches() {
    #expect(isClose(hallWellner(0.95, 0.3, 0.3), 1.959963984540054 * 0.21.squareRoot(), 1e-9))
    #expect(isClose(BridgeSupremum.withinStandardised(2, from: 0.3, to: 0.3), 0.9544997361036416, 1e-12))
    var last = 1.0
    for b in [0.3001, 0.301, 0.31, 0.35, 0.5, 0.9, 0.99] {
      let p = BridgeSupremum.withinStandardised(2, from: 0.3, to: b)
      #expect(p < last)
      last = p
      #expect(BridgeSupremum.within(0.9, from: 0.3, to: b) >= BridgeSupremum.within(0.9, from: 0.2, to: b))
    }
  }

  @Test("Ornstein–Uhlenbeck at barrier 1: the first eigenfunction is 1 − x², its eigenvalue 2", arguments: [1.5, 2, 3])
  func eigenfunction(length: Double) {
    // Tolerance: the norm of the collocation matrix, 1e7, times the precision of a double. The further eigenvalues of even
    // functions are above 20: less than e^-27 of the whole from length 1.5 on. With p = P(|Z| < 1)
    // the weight of the first is (∫φ(1 − x²))²/∫φ(1 − x²)² = 4φ(1)²/(2p − 4φ(1)).
    let density = 0.24197072451914337
    let p = 0.6826894921370859
    let expected = 4 * density * density / (2 * p - 4 * density) * exponential(-2 * length)
    let b = 1 / (1 + exponential(-length))
    #expect(isClose(BridgeSupremum.withinStandardised(1, from: 1 - b, to: b), expected, 1e-9, scale: 0))
  }

  @Test("a million simulated paths with corrected crossings between 400 steps, numpy: within four standard errors")
  func simulated() {
    #expect(abs(BridgeSupremum.withinStandardised(2.8826, from: 0.1, to: 0.6) - 0.94927133) < 4 * 0.00022)
    #expect(abs(BridgeSupremum.within(1, from: 0.1, to: 0.6) - 0.78104116) < 4 * 0.00041)
    #expect(abs(BridgeSupremum.within(0.8, from: 0, to: 0.9) - 0.45676313) < 4 * 0.0005)
    #expect(abs(BridgeSupremum.within(0.9801, from: 0.3, to: 0.5) - 0.83238762) < 4 * 0.00037)
  }

  @Test("both bands by their formulas, on every scale", arguments: ConfidenceTransform.allCases)
  func formulas(transform: ConfidenceTransform) throws {
    let data = try TimeToEvent(
      time: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map { $0 },
      isEvent: [true, true, false, true, true, false, true, true, false, true])
    let confidence = try ConfidenceSetting(level: 0.9, transform: transform)
    let curve = try KaplanMeier.curves(data, confidence: confidence)[0]
    let equal = try #require(try curve.band(.equalPrecision))
    let hall = try #require(try curve.band(.hallWellner))
    #expect(equal.from == 1 && equal.to == 8 && hall.to == 8, "the last event empties the risk set")
    #expect(equal.lower[9].isNaN && equal.limits(at: 8.5).lower.isNaN && equal.limits(at: 7.5).upper == equal.upper[6])
    // Equal precision is the pointwise interval at another level.
    let level = 1 - StandardNormal.twoSidedTail(equal.criticalValue)
    let wide = curve.withConfidence(try ConfidenceSetting(level: level, transform: transform))
    let n = 10.0
    for k in 0..<8 {
      #expect(isClose(equal.lower[k], wide.lower[k], 1e-9) && isClose(equal.upper[k], wide.upper[k], 1e-9))
      #expect(equal.lower[k] <= curve.lower[k] && equal.upper[k] >= curve.upper[k])
      let error = curve.standardErrorOfLogSurvival[k]
      let factor = hall.criticalValue * (1 + n * error * error) / (n.squareRoot() * error)
      let scaled = curve.withConfidence(
        try ConfidenceSetting(level: 1 - StandardNormal.twoSidedTail(factor), transform: transform))
      #expect(isClose(hall.lower[k], scaled.lower[k], 1e-9) && isClose(hall.upper[k], scaled.upper[k], 1e-9))
    }
  }

  @Test("no events, weights, delayed entry, an empty stretch")
  func refused() throws {
    let confidence = try ConfidenceSetting()
    func curve(_ time: [Double], _ event: [Bool], entry: [Double]? = nil, weights: [Double]? = nil) throws
      -> KaplanMeier
    {
      try KaplanMeier.curves(
        try TimeToEvent(time: time, isEvent: event, entry: entry, weights: weights), confidence: confidence)[0]
    }
    #expect(try curve([1, 2], [false, false]).band(.hallWellner) == nil)
    #expect(try curve([1, 1], [true, true]).band(.equalPrecision) == nil)
    // One event time: one point.
    let one = try #require(try curve([1, 2, 3], [true, false, false]).band(.equalPrecision))
    #expect(isClose(one.criticalValue, 1.959963984540054, 1e-8) && one.from == 1 && one.to == 1)
    #expect(throws: SurvivalInputError.self) { try curve([1, 2], [true, true], weights: [1, 2]).band(.hallWellner) }
    #expect(throws: SurvivalInputError.self) { try curve([1, 2], [true, true], entry: [0, 0.5]).band(.hallWellner) }
    #expect(throws: SurvivalInputError.self) {
      try curve([1, 2, 3], [true, true, false]).band(.hallWellner, from: 2.5)
    }
  }
}

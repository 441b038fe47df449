import Distributions
import Testing

/// Relative distance; the tail functions are Boost.Math's, good to a few units in the last place, so 1e-14 leaves room
/// for the argument's own rounding in the far tail and for nothing else.
private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-14) -> Bool {
  abs(a - b) <= tolerance * abs(b)
}

@Suite struct TailTests {
  @Test(
    "chi-squared(1) upper tail against 50-digit values",
    arguments: [
      (1.0, 0.31731050786291410283), (50.0, 1.5374597944280348502e-12), (1000.0, 1.7958327848007261946e-219),
    ])
  func chiSquaredTail(x: Double, expected: Double) {
    #expect(isClose(ChiSquared.upperTail(x, df: 1), expected, 1e-13))
  }

  @Test("a tail that underflows keeps its logarithm")
  func logTail() {
    // df 2: the tail is exp(-x/2) exactly.
    #expect(ChiSquared.upperTail(4000, df: 2) == 0)
    #expect(isClose(ChiSquared.logUpperTail(4000, df: 2), -2000))
    // The two ways to the logarithm meet where one takes over from the other.
    #expect(isClose(ChiSquared.logUpperTail(1330, df: 2), -665))
    #expect(isClose(ChiSquared.logUpperTail(1e-30, df: 2), -5e-31))
    // erfc(z/√2) = Q(1/2, z²/2): one function by two names.
    #expect(isClose(StandardNormal.logTwoSidedTail(60), ChiSquared.logUpperTail(3600, df: 1)))
  }

  @Test("normal quantile and critical value")
  func quantile() {
    #expect(isClose(StandardNormal.criticalValue(level: 0.95), 1.9599639845400542355))
    #expect(isClose(StandardNormal.quantile(0.975), 1.9599639845400542355))
    #expect(isClose(StandardNormal.quantile(1e-20), -9.262340089798409))
    #expect(StandardNormal.quantile(0.5) == 0)
    #expect(StandardNormal.quantile(1.5).isNaN)
  }

  @Test("no degrees of freedom: a point mass at zero")
  func noDegrees() {
    #expect(ChiSquared.upperTail(0, df: 0) == 1)
    #expect(ChiSquared.upperTail(1, df: 0) == 0)
  }
}

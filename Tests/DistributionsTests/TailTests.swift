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

  @Test(
    "the logarithm of a normal tail on both sides, and the hazard on both sides of its two ways: mpmath at 40 digits")
  func normalTails() {
    for (z, expected) in [
      (-9, -1.1285884059538406478e-19), (-0.5, -0.36894641528865639307), (0.5, -1.1759117615936186089),
      (7, -27.384307498811075243), (50, -1254.8313611394199013),
    ] {
      #expect(isClose(StandardNormal.logUpperTail(z), expected, 2e-14))
    }
    for (z, expected) in [
      (-9, 1.0279773571668914796e-18), (0.0, 0.79788456080286535588), (5.5, 5.6714103138973056227),
      (6.5, 6.6473013611904906913), (50, 50.019984031905639809), (1e9, 1000000000.000000001),
    ] {
      #expect(isClose(StandardNormal.hazard(z), expected, 2e-14))
    }
  }

  @Test("ln Γ and its derivatives: mpmath at 40 digits")
  func gammaFunction() {
    for (a, log, first, second) in [
      (0.01, 4.5994798780420217225, -100.5608854578686745, 10001.62121352831322),
      (2.5, 0.28468287047291915963, 0.70315664064524318723, 0.49035775610023486497),
      (80, 269.29109765101982254, 4.3757636140439836646, 0.01257845051066194237),
    ] {
      #expect(isClose(GammaFunction.logarithm(a), log))
      #expect(isClose(GammaFunction.digamma(a), first))
      #expect(isClose(GammaFunction.trigamma(a), second))
    }
    #expect(GammaFunction.logarithm(0).isNaN && GammaFunction.digamma(-1).isNaN && GammaFunction.trigamma(0).isNaN)
  }

  @Test("no degrees of freedom: a point mass at zero")
  func noDegrees() {
    #expect(ChiSquared.upperTail(0, df: 0) == 1)
    #expect(ChiSquared.upperTail(1, df: 0) == 0)
  }
}

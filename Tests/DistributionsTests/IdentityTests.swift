import Distributions
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Identities that hold for any distribution function, and closed forms where there are some. 1e-14 is a few roundings of
/// functions that are good to a few units in the last place.
@Suite struct IdentityTests {
  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-14) -> Bool {
    a == b || abs(a - b) <= tolerance * abs(b)
  }

  @Test("both tails of the normal distribution", arguments: [0, 0.3, 1, 2.5, 6, 12, 30])
  func normal(z: Double) {
    #expect(StandardNormal.upperTail(z) == StandardNormal.cdf(-z))
    #expect(isClose(StandardNormal.twoSidedTail(z), 2 * StandardNormal.upperTail(z)))
    #expect(isClose(StandardNormal.logTwoSidedTail(z), log(StandardNormal.twoSidedTail(z)), 1e-13))
    #expect(isClose(StandardNormal.cdf(z) + StandardNormal.upperTail(z), 1))
    // The quantile of a tail is good to the relative error of the tail divided by z².
    if z > 0, z < 12 { #expect(isClose(StandardNormal.quantile(StandardNormal.cdf(-z)), -z)) }
  }

  @Test("quantiles at and beyond the ends")
  func ends() {
    #expect(StandardNormal.quantile(0) == -.infinity && StandardNormal.quantile(1) == .infinity)
    #expect(StandardNormal.quantile(-0.1).isNaN && StandardNormal.quantile(.nan).isNaN)
    #expect(StandardNormal.cdf(.infinity) == 1 && StandardNormal.cdf(-.infinity) == 0 && StandardNormal.cdf(.nan).isNaN)
    #expect(StandardNormal.logTwoSidedTail(.infinity) == -.infinity && StandardNormal.logTwoSidedTail(.nan).isNaN)
  }

  @Test("chi-squared of 2 and 4 degrees in closed form", arguments: [0, 0.01, 1, 5, 40, 300])
  func closedForms(x: Double) {
    #expect(isClose(ChiSquared.upperTail(x, df: 2), exp(-x / 2)))
    #expect(isClose(ChiSquared.upperTail(x, df: 4), exp(-x / 2) * (1 + x / 2)))
    #expect(isClose(ChiSquared.cdf(x, df: 2), -expm1(-x / 2)))
    #expect(isClose(ChiSquared.logUpperTail(x, df: 2), -x / 2))
    if x > 0 { #expect(isClose(ChiSquared.upperQuantile(exp(-x / 2), df: 2), x, 1e-13)) }
  }

  @Test("a chi-squared of one degree is a squared normal", arguments: [0.1, 1, 1.96, 5, 20])
  func squaredNormal(z: Double) {
    #expect(isClose(ChiSquared.upperTail(z * z, df: 1), StandardNormal.twoSidedTail(z), 1e-12))
    #expect(isClose(ChiSquared.cdf(z * z, df: 1) + ChiSquared.upperTail(z * z, df: 1), 1))
  }

  @Test("chi-squared at and beyond the ends, and with no degrees of freedom")
  func chiSquaredEnds() {
    #expect(ChiSquared.upperTail(.infinity, df: 3) == 0 && ChiSquared.cdf(.infinity, df: 3) == 1)
    #expect(ChiSquared.logUpperTail(.infinity, df: 3) == -.infinity)
    #expect(ChiSquared.upperTail(-1, df: 3).isNaN && ChiSquared.cdf(-1, df: 3).isNaN)
    #expect(ChiSquared.upperTail(1, df: -1).isNaN && ChiSquared.logUpperTail(.nan, df: 1).isNaN)
    #expect(ChiSquared.upperQuantile(0, df: 3) == .infinity && ChiSquared.upperQuantile(1, df: 3) == 0)
    #expect(ChiSquared.upperQuantile(2, df: 3).isNaN)
    #expect(ChiSquared.cdf(0, df: 0) == 1 && ChiSquared.cdf(-1, df: 0) == 0)
    #expect(ChiSquared.logUpperTail(0, df: 0) == 0 && ChiSquared.logUpperTail(1, df: 0) == -.infinity)
  }
}

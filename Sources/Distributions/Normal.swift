internal import CBoostMath

/// The standard normal distribution.
///
/// Both tails are computed as tails (through the complementary error function), never as one minus the other:
/// `upperTail(40)` is a correct tiny number, and its logarithm stays finite where the tail itself underflows.
/// Source: Boost.Math `erfc`, `erfc_inv`; relative error below 1e-15 over the range of doubles.
public enum StandardNormal {
  /// P(Z <= z).
  public static func cdf(_ z: Double) -> Double { 0.5 * survkit_erfc(-z * 0.5.squareRoot()) }

  /// P(Z > z).
  public static func upperTail(_ z: Double) -> Double { 0.5 * survkit_erfc(z * 0.5.squareRoot()) }

  /// ln P(Z > z), finite where the tail itself underflows.
  public static func logUpperTail(_ z: Double) -> Double {
    // Where the tail is near 1 its logarithm is minus the other tail.
    z < 0
      ? survkit_log1p(-0.5 * survkit_erfc(-z * 0.5.squareRoot()))
      : survkit_log_erfc(z * 0.5.squareRoot()) - 0.693_147_180_559_945_309_4
  }

  /// The hazard φ(z) / P(Z > z); beyond z = 6 by a continued fraction (DLMF 8.9.2), where both are small.
  public static func hazard(_ z: Double) -> Double { survkit_normal_hazard(z) }

  /// P(|Z| > |z|), the two-sided p-value of a z statistic.
  public static func twoSidedTail(_ z: Double) -> Double { survkit_erfc(abs(z) * 0.5.squareRoot()) }

  /// ln P(|Z| > |z|).
  public static func logTwoSidedTail(_ z: Double) -> Double { survkit_log_erfc(abs(z) * 0.5.squareRoot()) }

  /// The z with P(Z <= z) = p. Infinite at 0 and 1, NaN outside [0, 1].
  public static func quantile(_ p: Double) -> Double { -2.0.squareRoot() * survkit_erfc_inverse(2 * p) }

  /// The multiplier of a standard error in a two-sided interval of the given confidence level: 1.959964 at 0.95.
  ///
  /// The level is turned into a tail probability once, (1 − level) / 2, and inverted as a tail.
  public static func criticalValue(level: Double) -> Double { 2.0.squareRoot() * survkit_erfc_inverse(1 - level) }
}

internal import CBoostMath

/// The chi-squared distribution.
///
/// With `df` = 0 the distribution is a point mass at 0: the tail is 1 at 0 and 0 above.
/// Source: Boost.Math `gamma_q`; far tails in logarithms by the continued fraction DLMF 8.9.2.
public enum ChiSquared {
  /// P(X > x), the p-value of a chi-squared statistic.
  public static func upperTail(_ x: Double, df: Double) -> Double {
    if df == 0 { return x > 0 ? 0 : 1 }
    return survkit_gamma_q(df / 2, x / 2)
  }

  /// ln P(X > x), finite where the tail itself underflows.
  public static func logUpperTail(_ x: Double, df: Double) -> Double {
    if df == 0 { return x > 0 ? -.infinity : 0 }
    return survkit_log_gamma_q(df / 2, x / 2)
  }

  /// P(X <= x).
  public static func cdf(_ x: Double, df: Double) -> Double {
    if df == 0 { return x >= 0 ? 1 : 0 }
    return survkit_gamma_p(df / 2, x / 2)
  }

  /// The x with P(X > x) = q.
  public static func upperQuantile(_ q: Double, df: Double) -> Double { 2 * survkit_gamma_q_inverse(df / 2, q) }
}

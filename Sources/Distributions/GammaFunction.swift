internal import CBoostMath

/// The gamma function.
///
/// Arguments of 0 or less give NaN. Source: Boost.Math `lgamma`, `digamma`, `trigamma`.
public enum GammaFunction {
  /// ln Γ(a), a > 0.
  public static func logarithm(_ a: Double) -> Double { survkit_log_gamma(a) }

  /// The derivative of ln Γ(a), a > 0.
  public static func digamma(_ a: Double) -> Double { survkit_digamma(a) }

  /// The second derivative of ln Γ(a), a > 0.
  public static func trigamma(_ a: Double) -> Double { survkit_trigamma(a) }
}

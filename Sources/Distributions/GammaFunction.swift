internal import CBoostMath

/// The gamma function and the gamma distribution of rate 1.
///
/// Arguments of 0 or less give NaN. Source: Boost.Math `lgamma`, `digamma`, `trigamma`, `gamma_p_inv`, `gamma_q_inv`.
public enum GammaFunction {
  /// ln Γ(a), a > 0.
  public static func logarithm(_ a: Double) -> Double { survkit_log_gamma(a) }

  /// The derivative of ln Γ(a), a > 0.
  public static func digamma(_ a: Double) -> Double { survkit_digamma(a) }

  /// The second derivative of ln Γ(a), a > 0.
  public static func trigamma(_ a: Double) -> Double { survkit_trigamma(a) }

  /// P(a, x), the probability that a gamma variable of shape a and rate 1 is x or less.
  public static func lowerTail(shape a: Double, _ x: Double) -> Double { survkit_gamma_p(a, x) }

  /// Q(a, x), the probability that it is above x.
  public static func upperTail(shape a: Double, _ x: Double) -> Double { survkit_gamma_q(a, x) }

  /// The x with P(a, x) = p.
  public static func lowerQuantile(shape a: Double, _ p: Double) -> Double { survkit_gamma_p_inverse(a, p) }

  /// The x with Q(a, x) = q.
  public static func upperQuantile(shape a: Double, _ q: Double) -> Double { survkit_gamma_q_inverse(a, q) }
}

/// A distribution of survival times T in location–scale form: ln T = η + σ W, with the linear predictor
/// η = offset + intercept + xβ and W of a fixed distribution.
///
/// A coefficient multiplies time by its exponential, the time ratio, whatever the distribution:
/// - `exponential`: σ = 1, W of the smallest extreme value, S(w) = exp(−e^w);
/// - `weibull`: the same W, σ free; the hazard ratio of a covariate is exp(−β/σ);
/// - `lognormal`: W standard normal;
/// - `loglogistic`: W standard logistic, S(w) = 1 / (1 + e^w);
/// - `gamma`: of shape k and rate exp(−η), that is T = e^η G with G of the gamma distribution of shape k and rate 1;
/// - `generalizedGamma`: Prentice's, of parameters μ = η, σ and Q: with k = 1/Q² the variable k e^(QW) has the gamma
///   distribution of shape k. Q = 1 is the Weibull, Q = 0 the log-normal, Q = σ the gamma distribution.
///
/// The first four are those of R's `survreg`, the last two those of flexsurv's `gamma` and `gengamma`, whose rate is
/// exp(−η), so that its coefficients on the log rate have the other sign.
/// Sources: Kalbfleisch & Prentice, The Statistical Analysis of Failure Time Data, 2nd ed. 2002, chapter 2; Prentice,
/// Biometrika 1974;61:539–544.
public enum SurvivalDistribution: String, Sendable, Codable, CaseIterable {
  case exponential
  case weibull
  case lognormal
  case loglogistic
  case gamma
  case generalizedGamma = "generalized-gamma"

  /// How the model is written, for reports.
  public var parameterisation: String {
    switch self {
    case .exponential: "ln T = intercept + x b + W, S(w) = exp(-exp(w))"
    case .weibull: "ln T = intercept + x b + scale W, S(w) = exp(-exp(w))"
    case .lognormal: "ln T = intercept + x b + scale W, W standard normal"
    case .loglogistic: "ln T = intercept + x b + scale W, W standard logistic"
    case .gamma: "T = exp(intercept + x b) G, G gamma of shape k and rate 1; the rate of T is exp(-intercept - x b)"
    case .generalizedGamma: "ln T = intercept + x b + sigma W, exp(Q W)/Q^2 gamma of shape 1/Q^2 (Prentice)"
    }
  }

  /// Names of the parameters after the coefficients.
  var ancillaryNames: [String] {
    switch self {
    case .exponential: []
    case .weibull, .lognormal, .loglogistic: ["Log(scale)"]
    case .gamma: ["Log(shape)"]
    case .generalizedGamma: ["Log(sigma)", "Q"]
    }
  }

  /// Whether a covariate multiplies the hazard by a constant.
  public var hasProportionalHazards: Bool { self == .exponential || self == .weibull }

  /// Whether W depends on the shape Q.
  var hasShape: Bool { self == .gamma || self == .generalizedGamma }
}

internal import Distributions

/// The scale on which a pointwise interval for S(t) is symmetric.
///
/// With z the critical value and s the standard error of ln S: `plain` S ∓ zsS; `log` exp(ln S ∓ zs); `logLog`
/// exp(−exp(ln(−ln S) ∓ zs / ln S)); `logit` on ln(S/(1−S)) with s.e. s/(1−S); `arcsin` sin²(asin √S ∓ zs√(S/(1−S))/2).
/// Limits are cut to [0, 1]. They are not defined at S = 0, nor for the last three at S = 1, where the scale is infinite
/// or its error 0/0: between the first time and the first event, as in R.
/// Source: Klein & Moeschberger, Survival Analysis, 2nd ed. 2003, section 4.3.
public enum ConfidenceTransform: String, Sendable, Codable, CaseIterable {
  case plain
  case log
  case logLog = "log-log"
  case logit
  case arcsin
}

/// How an interval is made: its level and its scale.
public struct ConfidenceSetting: Sendable, Equatable, Codable {
  public let level: Double
  public let transform: ConfidenceTransform

  /// - Throws: `SurvivalInputError` when the level is not strictly between 0 and 1.
  public init(level: Double = 0.95, transform: ConfidenceTransform = .log) throws(SurvivalInputError) {
    guard level > 0, level < 1 else {
      throw SurvivalInputError(.badSetting, "a confidence level lies between 0 and 1, not \(level)")
    }
    self.level = level
    self.transform = transform
  }

  /// The interval around `survival`, whose logarithm has the standard error `standardErrorOfLog`; NaN where undefined.
  func interval(survival s: Double, standardErrorOfLog error: Double, z: Double) -> (lower: Double, upper: Double) {
    guard s > 0, error.isFinite else { return (.nan, .nan) }
    if s == 1 {
      switch transform {
      case .logLog, .logit, .arcsin: return (.nan, .nan)
      case .plain, .log: break
      }
    }
    if error == 0 { return (s, s) }
    func cut(_ x: Double) -> Double { min(max(x, 0), 1) }
    switch transform {
    case .plain:
      return (cut(s - z * error * s), cut(s + z * error * s))
    case .log:
      return (cut(exponential(logarithm(s) - z * error)), cut(exponential(logarithm(s) + z * error)))
    case .logLog:
      let logS = logarithm(s)
      let centre = logarithm(-logS)
      let half = z * error / -logS
      return (cut(exponential(-exponential(centre + half))), cut(exponential(-exponential(centre - half))))
    case .logit:
      let centre = logarithm(s / (1 - s))
      let half = z * error / (1 - s)
      return (cut(1 / (1 + exponential(-(centre - half)))), cut(1 / (1 + exponential(-(centre + half)))))
    case .arcsin:
      let centre = arcsine(s.squareRoot())
      let half = z * error / 2 * (s / (1 - s)).squareRoot()
      let low = sine(max(0, centre - half))
      let high = sine(min(Double.pi / 2, centre + half))
      return (cut(low * low), cut(high * high))
    }
  }

  /// The critical value of the normal distribution: 1.96 at 95%.
  package var z: Double { StandardNormal.criticalValue(level: level) }
}

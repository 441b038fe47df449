internal import Survival

/// The scales on which a pointwise interval of S(t) is even, all rising with S: see `ConfidenceTransform`.
enum SurvivalScale: String, CaseIterable {
  case plain
  case log
  case logLog = "log-log"
  case logit
  case arcsin

  /// g(S); infinite at the ends of most scales, and beyond them.
  func callAsFunction(_ s: Double) -> Double {
    switch self {
    case .plain: s
    case .log: s > 0 ? logarithm(s) : -.infinity
    // The usual ln(−ln S) falls: its negative rises.
    case .logLog: s <= 0 ? -.infinity : s >= 1 ? .infinity : -logarithm(-logarithm(s))
    case .logit: s <= 0 ? -.infinity : s >= 1 ? .infinity : logarithm(s / (1 - s))
    case .arcsin: arcsine(min(1, max(0, s)).squareRoot())
    }
  }

  /// g′(S): the standard error on the scale over that of S.
  func slope(_ s: Double) -> Double {
    switch self {
    case .plain: 1
    case .log: 1 / s
    case .logLog: 1 / (s * -logarithm(s))
    case .logit: 1 / (s * (1 - s))
    case .arcsin: 0.5 / (s * (1 - s)).squareRoot()
    }
  }

  /// Where a limit is cut: a printed 100 % may stand for any larger number on these scales, a printed 0 % for any smaller one.
  func image(of limit: Interval) -> Interval {
    var image = Interval(self(limit.lower), self(limit.upper))
    if limit.upper >= 1 { image.upper = .infinity }
    if limit.lower <= 0 { image.lower = -.infinity }
    return image
  }
}

/// Between what two numbers Greenwood's standard error of S(t) lies, whatever the times of events and censorings.
///
/// With n_i at risk, d_i events and q_i = d_i/n_i at the event times, Greenwood's variance is S² Σ q_i/(n_i (1 − q_i)).
/// The curve's own factors give q_i/(1 − q_i) = S_{i−1} (1/S_i − 1/S_{i−1}), so that:
///
/// - n_i ≤ N·S_{i−1}, because the curve never falls below the share still at risk, and the sum telescopes to
///   (1/S − 1)/N: the variance is S(1 − S)/N or more, the binomial one of no censoring.
/// - n_i ≥ n(t)·S_{i−1}/S(t−), because of those at risk at t_i at most the share S(t−)/S_{i−1} is left at t: the variance is
///   S·S(t−)(1 − S)/n(t) or less. S(t−) is taken up to a tenth above S, for events at t itself.
///
/// Derived here; the second is the conservative variance of Peto et al. 1977, Br J Cancer 35:1, page 36.
struct GreenwoodBounds {
  let errors: Interval

  /// - Parameter atRisk: at t, or later; nil where none is known.
  init(survival s: Double, n: Double, atRisk: Double?) {
    let before = min(1, 1.1 * s)
    let least = (max(0, s * (1 - s)) / n).squareRoot()
    let most = atRisk.map { $0 > 0 ? (s * before * (1 - s) / $0).squareRoot() : .infinity } ?? .infinity
    errors = Interval(least, max(least, most))
  }
}

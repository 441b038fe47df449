internal import Distributions

/// ln f or ln S of the standardised variable W at w and shape Q, with first and second derivatives.
///
/// Legend of the single letters in Parametric/: y = ln T from an inner origin, η the linear predictor, σ = e^τ the scale,
/// w = (y − η)/σ, Q the shape, k = 1/Q².
struct StandardTerm {
  var value: Double
  var w: Double
  var ww: Double
  var q = 0.0
  var wq = 0.0
  var qq = 0.0

  /// The term at infinity, where S = 0.
  static let impossible = StandardTerm(value: -.infinity, w: -.infinity, ww: -.infinity)
}

/// The standardised variable W of a distribution.
struct StandardVariable {
  let distribution: SurvivalDistribution
  /// The generalised gamma variable at the present Q; nil for a distribution without a shape.
  let shape: GeneralizedGamma?

  /// - Parameter q: the shape, which only distributions that have one look at.
  init(_ distribution: SurvivalDistribution, q: Double) {
    self.distribution = distribution
    shape = distribution.hasShape ? GeneralizedGamma(q: q) : nil
  }

  /// ln f(w) with its derivatives.
  func logDensity(_ w: Double) -> StandardTerm {
    switch distribution {
    case .exponential, .weibull:
      let e = exponential(w)
      return StandardTerm(value: w - e, w: 1 - e, ww: -e)
    case .lognormal:
      return StandardTerm(value: -0.5 * w * w - halfLogTwoPi, w: -w, ww: -1)
    case .loglogistic:
      let e = exponential(-abs(w))
      let upper = w < 0 ? 1 / (1 + e) : e / (1 + e)
      return StandardTerm(
        value: -abs(w) - 2 * logarithmOfOnePlus(e), w: 1 - 2 * (w < 0 ? e / (1 + e) : 1 / (1 + e)),
        ww: -2 * upper * (w < 0 ? e / (1 + e) : 1 / (1 + e)))
    case .gamma, .generalizedGamma:
      return shape?.logDensity(w) ?? .impossible
    }
  }

  /// ln P(W > w) with its derivatives, by tails and never from a complement that cancels.
  func logSurvival(_ w: Double) -> StandardTerm {
    switch distribution {
    case .exponential, .weibull:
      let e = exponential(w)
      return StandardTerm(value: -e, w: -e, ww: -e)
    case .lognormal:
      let h = StandardNormal.hazard(w)
      return StandardTerm(value: StandardNormal.logUpperTail(w), w: -h, ww: -h * (h - w))
    case .loglogistic:
      let e = exponential(-abs(w))
      let lower = w < 0 ? e / (1 + e) : 1 / (1 + e)
      let upper = w < 0 ? 1 / (1 + e) : e / (1 + e)
      return StandardTerm(value: min(-w, 0) - logarithmOfOnePlus(e), w: -lower, ww: -lower * upper)
    case .gamma, .generalizedGamma:
      return shape?.logSurvival(w) ?? .impossible
    }
  }

  /// The w with P(W <= w) = p.
  func quantile(_ p: Double) -> Double {
    switch distribution {
    case .exponential, .weibull: logarithm(-logarithmOfOnePlus(-p))
    case .lognormal: StandardNormal.quantile(p)
    case .loglogistic: logarithm(p) - logarithmOfOnePlus(-p)
    case .gamma, .generalizedGamma: shape?.quantile(lower: p, upper: 1 - p) ?? .nan
    }
  }
}

let halfLogTwoPi = 0.918_938_533_204_672_741_8

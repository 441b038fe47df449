internal import Distributions

/// A mean survival time after a parametric model.
public struct AFTMean: Sendable, Equatable {
  /// The horizon; nil for the whole mean.
  public let tau: Double?
  /// NaN where the mean does not exist or has no estimate.
  public let estimate: Double
  public let standardError: Double
  /// Symmetric for ln of the mean.
  public let lower: Double
  public let upper: Double
  /// Whether part of it lies beyond the last observation; always so for the whole mean.
  public let isExtrapolated: Bool
  /// Why there is no estimate.
  public let reason: String?
}

extension AFTFit {
  /// The mean of T, or E min(T, τ), at the covariates given.
  ///
  /// Both are integrals of e^(η + σw) f(w), taken numerically: the integrand is log-concave for every distribution here.
  /// Derivatives for the delta method come from the same integral. The mean of a log-logistic T exists for σ < 1, that of a
  /// generalised gamma T for σQ > −1.
  ///
  /// - Throws: `SurvivalInputError` for covariates of another number or not finite, for τ not above 0, a level out of range.
  public func mean(
    _ covariates: [Double], tau: Double? = nil, offset: Double = 0, level: Double = 0.95
  ) throws(SurvivalInputError) -> AFTMean {
    let place = try place(covariates, offset: offset)
    _ = try ConfidenceSetting(level: level)
    if let tau, !(tau > 0 && tau.isFinite) {
      throw SurvivalInputError(.badSetting, "a restricted mean needs a horizon above 0, not \(tau)")
    }
    func none(_ reason: String) -> AFTMean {
      AFTMean(
        tau: tau, estimate: .nan, standardError: .nan, lower: .nan, upper: .nan,
        isExtrapolated: (tau ?? .infinity) > lastTime, reason: reason)
    }
    if tau == nil, let reason = reasonWithoutMean { return none(reason) }
    let variable = variable
    let end = tau.map { (logarithm($0) - inner.problem.logUnit - place.eta) / scale } ?? .infinity
    let part = partialMean(end, variable)
    // The subjects who live to τ add τ each.
    let rest = end < .infinity ? variable.logSurvival(end) : .impossible
    let survivors = end < .infinity ? exponential(rest.value + scale * end) : 0
    let mean = part.mass + survivors
    var gradient = place.gradient.map { $0 * part.mass / mean }
    setAncillary(
      &gradient, logScale: scale * part.byW / mean,
      shape: (part.byShape + (survivors > 0 ? survivors * rest.q : 0)) / mean)
    guard let variance = inner.variance(gradient), mean.isFinite, mean > 0 else {
      return none("it depends on a parameter without an estimate, or is beyond the range of a double")
    }
    let log = logarithm(mean) + place.eta + inner.problem.logUnit
    let error = variance.squareRoot()
    let critical = StandardNormal.criticalValue(level: level)
    return AFTMean(
      tau: tau, estimate: exponential(log), standardError: exponential(log) * error,
      lower: exponential(log - critical * error), upper: exponential(log + critical * error),
      isExtrapolated: (tau ?? .infinity) > lastTime, reason: nil)
  }

  private var reasonWithoutMean: String? {
    switch distribution {
    case .loglogistic where scale >= 1: "the mean of a log-logistic time is infinite with a scale of 1 or more"
    case .generalizedGamma where scale * inner.theta[inner.theta.count - 1] <= -1:
      "the mean of a generalised gamma time is infinite with sigma Q of -1 or less"
    default: nil
    }
  }

  /// ∫ e^(σw) f(w) dw up to `end`, the same times w, and times ∂ ln f/∂Q.
  private func partialMean(
    _ end: Double, _ variable: StandardVariable
  ) -> (mass: Double, byW: Double, byShape: Double) {
    func log(_ w: Double) -> Double { variable.logDensity(w).value + scale * w }
    let top = min(mode(variable), end)
    let height = log(top)
    let (nodes, weights) = GaussLegendre.rule
    var (mass, byW, byShape) = (0.0, 0.0, 0.0)
    for side in [-1.0, 1.0] {
      let room = side < 0 ? Double.infinity : end - top
      guard room > 0 else { continue }
      let edges = panels(room) { log(top + side * $0) - height }
      for panel in 1..<edges.count {
        let half = (edges[panel] - edges[panel - 1]) / 2
        for node in nodes.indices {
          let w = top + side * (edges[panel - 1] + half * (1 + nodes[node]))
          let term = variable.logDensity(w)
          let value = half * weights[node] * exponential(term.value + scale * w)
          guard value > 0 else { continue }
          mass += value
          byW += value * w
          byShape += value * term.q
        }
      }
    }
    return (mass, byW, byShape)
  }

  /// Where the log-concave e^(σw) f(w) is largest.
  private func mode(_ variable: StandardVariable) -> Double {
    var (low, high) = (-1.0, 1.0)
    func slope(_ w: Double) -> Double { variable.logDensity(w).w + scale }
    while slope(low) < 0, low > -1e9 { low *= 2 }
    while slope(high) > 0, high < 1e9 { high *= 2 }
    for _ in 0..<100 where high - low > 1e-9 * max(1, abs(high)) {
      let middle = (low + high) / 2
      if slope(middle) > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Ends of panels from 0 on, each of a fall of the integrand by at most e^−2, to a fall by e^−50 or the end of the room.
  private func panels(_ room: Double, _ change: (Double) -> Double) -> [Double] {
    var edges = [0.0]
    var fall = 0.0
    var width = 1.0
    while fall < 50, let last = edges.last, last < room {
      func drop(_ width: Double) -> Double { -change(last + width) - fall }
      while drop(width) < 1, width < 1e9 { width *= 2 }
      while drop(width) > 2 { width /= 2 }
      let next = min(last + min(width, 2), room)
      fall = -change(next)
      edges.append(next)
    }
    return edges
  }
}

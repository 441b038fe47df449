internal import Distributions

/// What a fitted parametric model says of a subject; values at the covariates given.
public struct AFTQuantile: Sendable, Equatable {
  /// P(T <= time).
  public let probability: Double
  public let time: Double
  /// Of ln time and, by the delta method, of time; NaN without an estimate.
  public let standardErrorOfLog: Double
  public let standardError: Double
  /// Symmetric for ln time.
  public let lower: Double
  public let upper: Double
  /// Whether the time lies beyond the last observation, where the data say nothing about the curve.
  public let isExtrapolated: Bool
}

public struct AFTSurvival: Sendable, Equatable {
  public let time: Double
  public let survival: Double
  public let standardError: Double
  /// On the scale of the confidence setting.
  public let lower: Double
  public let upper: Double
  /// Whether the time lies beyond the last observation.
  public let isExtrapolated: Bool
}

extension AFTFit {
  /// Quantiles of T: ln t = η + σ w with P(W <= w) = p, and errors by the delta method on ln T.
  ///
  /// - Parameters:
  ///   - covariates: one value per column of the design, on the user's scale.
  ///   - probabilities: strictly between 0 and 1; 0.5 for the median.
  ///   - offset: the known part of the linear predictor.
  ///   - level: of the confidence interval, in (0, 1).
  /// - Throws: `SurvivalInputError` for covariates of another number or not finite, a probability or level out of range.
  public func quantiles(
    _ covariates: [Double], probabilities: [Double], offset: Double = 0, level: Double = 0.95
  ) throws(SurvivalInputError) -> [AFTQuantile] {
    guard let wrong = probabilities.first(where: { !($0 > 0 && $0 < 1) }) else {
      let place = try place(covariates, offset: offset)
      _ = try ConfidenceSetting(level: level)
      let critical = StandardNormal.criticalValue(level: level)
      return probabilities.map { quantile($0, place, critical: critical) }
    }
    throw SurvivalInputError(.badSetting, "the probability of a quantile lies between 0 and 1, not \(wrong)")
  }

  /// S(t) with errors by the delta method on ln S.
  ///
  /// - Throws: `SurvivalInputError` for covariates of another number or not finite, and for a negative time.
  public func survival(
    at times: [Double], _ covariates: [Double], offset: Double = 0, confidence: ConfidenceSetting
  ) throws(SurvivalInputError) -> [AFTSurvival] {
    let place = try place(covariates, offset: offset)
    if let wrong = times.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw SurvivalInputError(.badSetting, "survival is predicted at times of 0 or more, not \(wrong)")
    }
    return times.map { survival($0, place, confidence) }
  }

  /// Where a subject stands: the linear predictor in the inner unit of time, and its derivatives by the parameters.
  struct Place {
    let eta: Double
    /// By all parameters; those of scale and shape are 0. NaN for a column that has no effect to go by.
    let gradient: [Double]
  }

  func place(_ covariates: [Double], offset: Double) throws(SurvivalInputError) -> Place {
    let problem = inner.problem
    guard covariates.count == problem.columns, covariates.allSatisfy(\.isFinite), offset.isFinite else {
      throw SurvivalInputError(
        .badSetting, "a prediction needs \(problem.columns) finite covariates, one per column of the design")
    }
    var gradient = problem.standardised(covariates)
    for j in 0..<problem.columns where inner.runaway.contains(j + 1) && covariates[j] == 0 {
      // The intercept of the covariance is the one at 0 of this column.
      gradient[j + 1] = 0
    }
    let eta = offset + zip(problem.standardised(covariates), inner.theta).reduce(0.0) { $0 + $1.0 * $1.1 }
    gradient += [Double](repeating: 0, count: inner.theta.count - problem.width)
    return Place(eta: eta, gradient: gradient)
  }

  /// W at the estimates.
  var variable: StandardVariable {
    StandardVariable(distribution, q: distribution == .generalizedGamma ? inner.theta[inner.theta.count - 1] : scale)
  }

  /// Puts derivatives by ln σ and Q where the parameters have them; for the gamma distribution Q = σ.
  func setAncillary(_ gradient: inout [Double], logScale: Double, shape: Double) {
    let first = inner.problem.width
    switch distribution {
    case .exponential: break
    case .weibull, .lognormal, .loglogistic: gradient[first] = logScale
    case .gamma: gradient[first] = logScale + scale * shape
    case .generalizedGamma:
      gradient[first] = logScale
      gradient[first + 1] = shape
    }
  }

  private func quantile(_ p: Double, _ place: Place, critical: Double) -> AFTQuantile {
    let variable = variable
    let w = variable.quantile(p)
    var gradient = place.gradient
    if let shape = variable.shape {
      // From S(w; Q) = 1 − p: dw/dQ = (∂ ln S/∂Q) / h.
      let s = shape.logSurvival(w)
      setAncillary(&gradient, logScale: scale * w, shape: scale * (s.q / -s.w))
    } else {
      setAncillary(&gradient, logScale: scale * w, shape: 0)
    }
    let log = place.eta + scale * w + inner.problem.logUnit
    let error = inner.variance(gradient)?.squareRoot() ?? .nan
    let time = error.isNaN ? Double.nan : exponential(log)
    return AFTQuantile(
      probability: p, time: time, standardErrorOfLog: error, standardError: time * error,
      lower: exponential(log - critical * error), upper: exponential(log + critical * error),
      isExtrapolated: time > lastTime)
  }

  private func survival(_ time: Double, _ place: Place, _ confidence: ConfidenceSetting) -> AFTSurvival {
    let isExtrapolated = time > lastTime
    guard time > 0 else {
      return AFTSurvival(
        time: time, survival: 1, standardError: 0, lower: 1, upper: 1, isExtrapolated: isExtrapolated)
    }
    let w = (logarithm(time) - inner.problem.logUnit - place.eta) / scale
    let term = variable.logSurvival(w)
    var gradient = place.gradient.map { $0 == 0 ? 0 : -$0 * term.w / scale }
    setAncillary(&gradient, logScale: -w * term.w, shape: term.q)
    let error = inner.variance(gradient)?.squareRoot() ?? .nan
    let survival = error.isNaN ? Double.nan : exponential(term.value)
    let interval = confidence.interval(
      survival: survival, standardErrorOfLog: error, z: StandardNormal.criticalValue(level: confidence.level))
    return AFTSurvival(
      time: time, survival: survival, standardError: survival * error, lower: interval.lower, upper: interval.upper,
      isExtrapolated: isExtrapolated)
  }
}

internal import Distributions
public import LinearAlgebra

/// A fitted parametric accelerated-failure-time model.
///
/// Arrays have one entry per parameter, in the order of `names`: the intercept, the columns of the design, then ln of the
/// scale (ln of the shape for the gamma distribution; ln σ and Q for the generalised gamma distribution). A parameter
/// without an estimate keeps its last iterate in `coefficients`, if it has one, and NaN as standard error.
public struct AFTFit: Sendable {
  // Settings
  public let distribution: SurvivalDistribution
  public let tolerance: Double

  // Data
  public let terms: [DesignMatrix.Term]
  public let names: [String]
  public let count: Int
  public let eventCount: Int
  /// The largest time of a row that counts. A fitted curve beyond it is an extrapolation.
  public let lastTime: Double

  // Estimates
  public let coefficients: [Double]
  public let standardErrors: [Double]
  /// Inverse of the observed information, NaN for a parameter without an estimate.
  public let covariance: Matrix
  /// Of T, case weights included: the log-density of an event is that of its time, in the unit of the data, as in R's
  /// `survreg`. NaN where the likelihood has no bound.
  public let logLikelihood: Double
  public let logLikelihoodNull: Double
  /// Of all covariates.
  public let likelihoodRatioTest: ChiSquaredTest
  /// Parameters with an estimate or one that runs away.
  public let parameterCount: Int

  // How it went
  public let iterations: Int
  public let halvings: Int
  public let converged: Bool
  /// gᵀ(−H)⁻¹g per event at the last iterate: the squared distance still to go, in standard errors.
  public let finalDecrement: Double
  public let warnings: [AFTWarning]

  /// For predictions: the parameters and their covariance on the inner scale.
  var inner: AFTInner

  /// σ; 1 for the exponential distribution.
  public var scale: Double { distribution == .exponential ? 1 : exponential(inner.theta[inner.problem.width]) }

  /// Wald z statistics; of ln scale and Q they say little.
  public var z: [Double] { zip(coefficients, standardErrors).map { $0 / $1 } }

  /// Two-sided Wald p-values.
  public var p: [Double] { z.map { $0.isNaN ? .nan : StandardNormal.twoSidedTail($0) } }

  /// Wald limits of the parameters.
  public func intervals(level: Double = 0.95) -> [(lower: Double, upper: Double)] {
    let critical = StandardNormal.criticalValue(level: level)
    return zip(coefficients, standardErrors).map { ($0 - critical * $1, $0 + critical * $1) }
  }

  /// Akaike's criterion; Schwarz's with the number of rows (as R's `BIC`) and of events as sample size.
  public var aic: Double { -2 * logLikelihood + 2 * Double(parameterCount) }
  public var bic: Double { -2 * logLikelihood + logarithm(Double(count)) * Double(parameterCount) }
  public var bicEvents: Double { -2 * logLikelihood + logarithm(Double(eventCount)) * Double(parameterCount) }

  /// A ratio with its Wald interval, made on the log scale; NaN where not estimable.
  public struct Ratio: Sendable, Equatable, Codable {
    public let name: String
    public let estimate: Double
    public let lower: Double
    public let upper: Double
  }

  /// exp(β) of every column: what a unit of the covariate multiplies every quantile of T with.
  public func timeRatios(level: Double = 0.95) -> [Ratio] {
    columnIndices.map { j in ratio(j, coefficients[j], standardErrors[j], level) }
  }

  /// exp(−β/σ) of every column, the hazard ratio, by the delta method; nil without proportional hazards.
  public func hazardRatios(level: Double = 0.95) -> [Ratio]? {
    guard distribution.hasProportionalHazards else { return nil }
    return columnIndices.map { j in
      let b = coefficients[j]
      var variance = covariance[j, j] / (scale * scale)
      if distribution == .weibull {
        let s = names.count - 1
        variance += (b * b * covariance[s, s] - 2 * b * covariance[j, s]) / (scale * scale)
      }
      return ratio(j, -b / scale, variance.squareRoot(), level)
    }
  }

  private var columnIndices: Range<Int> { 1..<(names.count - distribution.ancillaryNames.count) }

  private func ratio(_ j: Int, _ log: Double, _ error: Double, _ level: Double) -> Ratio {
    let critical = StandardNormal.criticalValue(level: level)
    let b = error.isNaN ? .nan : log
    return Ratio(
      name: names[j], estimate: exponential(b), lower: exponential(b - critical * error),
      upper: exponential(b + critical * error))
  }
}

/// The parameters of a fit as the iteration has them: standardised covariates, inner unit of time.
///
/// A column whose coefficient runs away is measured from 0 again, so that what holds for subjects who have 0 there keeps
/// its variance.
struct AFTInner: Sendable {
  let problem: AFTProblem
  /// Intercept, all columns (0 for an aliased one), ancillary parameters.
  let theta: [Double]
  /// Of the parameters, with the intercept at 0 of the runaway columns; 0 where there is no estimate.
  let covariance: Matrix
  /// Positions in `theta` that run away.
  let runaway: Set<Int>
  /// Whether nothing has an error: the likelihood has no bound, or the shape of a generalised gamma distribution runs away. Its limit
  /// has a sharp end, at which information grows faster than the number of events, so that errors that take it as known are far
  /// too small.
  let isWithoutErrors: Bool
}

internal import Distributions
public import LinearAlgebra

/// A fitted Fine–Gray model of the subdistribution hazard of one cause.
///
/// Arrays have one entry per column of the design. An aliased column has NaN everywhere; a coefficient that tends to
/// infinity keeps its last iterate and has NaN as standard error.
public struct FineGrayFit: Sendable, Equatable {
  // Settings and data
  /// The cause modelled, counted from 1, and its name.
  public let cause: Int
  public let causeLabel: String
  public let terms: [DesignMatrix.Term]
  public let names: [String]
  public let count: Int
  /// Events of the cause, events of other causes, censorings.
  public let eventCount: Int
  public let competingCount: Int
  public let censoredCount: Int
  /// Squared Newton step per event at which iteration stops.
  public let tolerance: Double

  // Estimates
  public let coefficients: [Double]
  /// From the sandwich variance, which knows that the weights are estimated.
  public let standardErrors: [Double]
  public let covariance: Matrix
  /// Inverse of the information: too small where there is censoring, kept for comparison.
  public let modelCovariance: Matrix
  public let logLikelihoodNull: Double
  public let logLikelihood: Double
  /// With the sandwich variance.
  public let waldTest: ChiSquaredTest

  // How it went
  public let iterations: Int
  public let halvings: Int
  public let converged: Bool
  public let finalDecrement: Double
  public let warnings: [CoxWarning]

  /// Wald z statistics and two-sided p-values.
  public var z: [Double] { zip(coefficients, standardErrors).map { $0 / $1 } }
  public var p: [Double] { z.map { $0.isNaN ? .nan : StandardNormal.twoSidedTail($0) } }

  /// exp(coefficient), the subdistribution hazard ratio, with its Wald interval.
  public func hazardRatios(level: Double = 0.95) -> [CoxFit.HazardRatio] {
    let critical = StandardNormal.criticalValue(level: level)
    return names.indices.map { j in
      let b = standardErrors[j].isNaN ? .nan : coefficients[j]
      let half = critical * standardErrors[j]
      return CoxFit.HazardRatio(
        name: names[j], estimate: exponential(b), lower: exponential(b - half), upper: exponential(b + half))
    }
  }
}

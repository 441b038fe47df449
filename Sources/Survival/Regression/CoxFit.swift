internal import Distributions
public import LinearAlgebra

/// Why a Cox model has no estimate.
public struct CoxFitError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case noEvents = "no-events"
    case singular
    case notFinite = "not-finite"
    /// Asked of exact ties, for which it has no definition.
    case notDefined = "not-defined"
  }
  public let code: Code
  public let message: String
  public var description: String { message }
}

/// Something a reader of a Cox fit must know; the fit stands.
public struct CoxWarning: Equatable, Sendable, Codable {
  public enum Code: String, Sendable, Codable {
    /// The likelihood rises for ever as the coefficient grows: no finite estimate exists.
    case infiniteCoefficient = "infinite-coefficient"
    /// The column is constant or a linear combination of the others.
    case aliased
    /// As other coefficients tend to infinity, the likelihood ceases to depend on this one.
    case undetermined
    case notConverged = "not-converged"
  }
  public let code: Code
  /// The column concerned, or nil.
  public let coefficient: String?
  public let message: String

  static func aliased(_ column: String) -> CoxWarning {
    CoxWarning(
      code: .aliased, coefficient: column,
      message: "\(column) is constant or a combination of the other covariates among those at risk: not estimated")
  }

  static func notConverged(iterations: Int) -> CoxWarning {
    CoxWarning(
      code: .notConverged, coefficient: nil,
      message: "no convergence in \(iterations) iterations; the last good iterate is given")
  }
}

/// A fitted Cox proportional hazards model.
///
/// Arrays have one entry per column of the design. An aliased column has NaN everywhere. A coefficient that tends to
/// infinity keeps its last iterate in `coefficients` and NaN as standard error, so that no interval or Wald p is made of
/// it; its likelihood-ratio and score tests remain valid.
public struct CoxFit: Sendable, Equatable {
  // Settings
  public let ties: TieMethod
  public let isStratified: Bool
  public let strataCount: Int
  /// Standard errors, Wald tests and intervals use the cluster-robust variance.
  public let isRobust: Bool
  public let clusterCount: Int?
  public let penalty: CoxPenalty
  public let maximumIterations: Int
  /// Relative change of the log-likelihood and scaled gradient at which iteration stops.
  public let tolerance: Double

  // Data
  public let terms: [DesignMatrix.Term]
  public let names: [String]
  public let count: Int
  public let eventCount: Int

  // Estimates
  public let coefficients: [Double]
  /// Model-based standard errors, from the inverse information.
  public let standardErrors: [Double]
  public let covariance: Matrix
  public let robustStandardErrors: [Double]?
  public let robustCovariance: Matrix?
  /// Penalised where the model is, on the covariates' own scale, as is `logLikelihood`.
  public let logLikelihoodNull: Double
  public let logLikelihood: Double
  public let likelihoodRatioTest: ChiSquaredTest
  public let waldTest: ChiSquaredTest
  /// NaN with a penalty.
  public let scoreTest: ChiSquaredTest
  public let robustScoreTest: ChiSquaredTest?
  // How it went
  public let iterations: Int
  public let halvings: Int
  public let converged: Bool
  /// gᵀ I⁻¹ g per event at the last iterate: the squared distance still to go, in standard errors.
  public let finalDecrement: Double
  public let warnings: [CoxWarning]

  /// The standard errors that intervals and z are made of.
  public var reportedStandardErrors: [Double] { robustStandardErrors ?? standardErrors }

  /// Wald z statistics.
  public var z: [Double] { zip(coefficients, reportedStandardErrors).map { $0 / $1 } }

  /// Two-sided Wald p-values.
  public var p: [Double] { z.map { $0.isNaN ? .nan : StandardNormal.twoSidedTail($0) } }

  /// Akaike's criterion, and Schwarz's with the number of events as sample size.
  /// Both NaN with a penalty.
  public var aic: Double {
    guard penalty == .none else { return .nan }
    return -2 * logLikelihood + 2 * Double(likelihoodRatioTest.degreesOfFreedom)
  }
  public var bicEvents: Double {
    guard penalty == .none else { return .nan }
    return -2 * logLikelihood + logarithm(Double(eventCount)) * Double(likelihoodRatioTest.degreesOfFreedom)
  }

  /// A hazard ratio with its Wald interval; NaN where not estimable.
  public struct HazardRatio: Sendable, Equatable, Codable {
    public let name: String
    public let estimate: Double
    public let lower: Double
    public let upper: Double
  }

  /// exp(coefficient) with the Wald interval of the given level.
  public func hazardRatios(level: Double = 0.95) -> [HazardRatio] {
    let critical = StandardNormal.criticalValue(level: level)
    return names.indices.map { j in
      let error = reportedStandardErrors[j]
      let b = error.isNaN ? .nan : coefficients[j]
      return HazardRatio(
        name: names[j], estimate: exponential(b), lower: exponential(b - critical * error),
        upper: exponential(b + critical * error))
    }
  }

  /// What was fitted, and what is worked out from it when it is asked for.
  let basis: CoxFitBasis
  /// Columns that are neither aliased nor infinite.
  let estimable: [Int]
  /// Columns of which nothing is known once others are at infinity.
  let undetermined: [Int]

  public static func == (a: CoxFit, b: CoxFit) -> Bool {
    a.names == b.names && a.coefficients == b.coefficients && a.covariance == b.covariance
      && a.logLikelihood == b.logLikelihood && a.warnings == b.warnings
  }
}

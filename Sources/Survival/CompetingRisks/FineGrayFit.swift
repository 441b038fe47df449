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
  public let strataCount: Int
  public let censoringStrataCount: Int
  public let censoringTies: CensoringTies
  /// The variance allows for the distribution of censoring being estimated; otherwise its weights count as known.
  public let allowsForCensoring: Bool
  public let clusterCount: Int?

  // Estimates
  public let coefficients: [Double]
  /// From the sandwich variance.
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

  let fitted: FittedHazard
  /// The last time of observation in each baseline stratum.
  let lastTimes: [Double]

  public static func == (a: FineGrayFit, b: FineGrayFit) -> Bool {
    a.names == b.names && a.coefficients == b.coefficients && a.covariance == b.covariance
      && a.logLikelihood == b.logLikelihood && a.warnings == b.warnings
  }

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

/// The cumulative incidence that a Fine–Gray model predicts for given covariates.
///
/// F(t | x) = 1 − exp(−exp(xβ) Λ₀(t)), with the error of exp(xβ) Λ₀ from the sandwich variance of the coefficients and the
/// variance of the increments of Λ₀, the weights of censoring taken as known. Limits are those of 1 − F on the scale of the
/// setting, so that log-log is that of the subdistribution hazard. R: `survfit` of a `coxph` on the rows of `finegray`.
public struct FineGrayCurve: Sendable, Equatable {
  /// Position of the baseline stratum, 0 without strata.
  public let stratum: Int
  public let confidence: ConfidenceSetting
  private let curve: CoxCurve

  /// The curve at one time; NaN past the last observation of the stratum.
  public struct Point: Sendable, Equatable {
    public let time: Double
    public let incidence: Double
    public let standardError: Double
    public let lower: Double
    public let upper: Double
  }

  init(_ curve: CoxCurve) {
    self.curve = curve
    stratum = curve.stratum
    confidence = curve.confidence
  }

  /// Times with an event of the cause in the stratum, ascending.
  public var time: [Double] { curve.time }

  public func points(_ times: [Double]) -> [Point] {
    curve.points(times).map { point in
      Point(
        time: point.time, incidence: -exponentialMinusOne(-point.cumulativeHazard),
        standardError: point.standardErrorOfSurvival, lower: 1 - point.upper, upper: 1 - point.lower)
    }
  }
}

extension FineGrayFit {
  /// The curves of several subjects in one baseline stratum.
  ///
  /// - Parameters:
  ///   - subjects: the value of every column of the design, per subject.
  ///   - stratum: counted from 0.
  ///   - confidence: level and scale of the intervals.
  public func curves(
    _ subjects: [[Double]], stratum: Int = 0, confidence: ConfidenceSetting
  ) -> [FineGrayCurve] {
    precondition(subjects.allSatisfy { $0.count == names.count }, "a subject has a value for every column")
    precondition(stratum >= 0 && stratum < strataCount, "the stratum is one of the fit's")
    return subjects.map {
      FineGrayCurve(
        fitted.curve($0, offset: 0, stratum: stratum, confidence: confidence, lastTime: lastTimes[stratum]))
    }
  }
}

/// The cumulative hazard and survival that a Cox model predicts for given covariates in one stratum, with their errors.
///
/// Λ(t | x) = exp(η_x) Σ dΛ₀, the increments Σ_l (W/d)/v_l of the fit's own way with ties (Efron's for an Efron fit), and
/// S = exp(−Λ). The variance of Λ is exp(2η_x) (Σ_l (W/d)/v_l² + gᵀ V g), with g(t) = Σ (x̄(u) − x) dΛ₀(u) over u <= t and V
/// the variance of the coefficients (robust where the fit's is). Sums run over event times on centred covariates relative to
/// the stratum's largest linear predictor: origin and unit of a covariate cost no digit, and nothing is subtracted that was
/// added before.
/// Sources: Breslow, Biometrics 1974;30:89–99; Tsiatis, Ann Stat 1981;9:93–108; Therneau & Grambsch 2000, section 10.2.
public struct CoxCurve: Sendable, Equatable {
  public let covariates: [Double]
  public let offset: Double
  /// Position of the stratum in the fit's grouping, 0 without strata.
  public let stratum: Int
  public let confidence: ConfidenceSetting
  /// Times with an event in the stratum, ascending.
  public let time: [Double]
  /// Infinite where exp(η) is beyond the doubles.
  public let cumulativeHazard: [Double]
  public let survival: [Double]
  /// Standard error of the cumulative hazard, which is that of ln S. NaN where a coefficient is not estimable.
  public let standardErrorOfCumulativeHazard: [Double]
  public let standardErrorOfSurvival: [Double]
  public let lower: [Double]
  public let upper: [Double]
  /// Observation in the stratum ends here; the curve says nothing beyond.
  public let lastTime: Double

  /// The curve at one time.
  public struct Point: Sendable, Equatable {
    public let time: Double
    public let cumulativeHazard: Double
    public let survival: Double
    public let standardErrorOfCumulativeHazard: Double
    public let standardErrorOfSurvival: Double
    public let lower: Double
    public let upper: Double
    /// Past the end of observation: every number is NaN.
    public let isBeyondLastObservation: Bool
  }

  /// The curve at the given times: 1 before the first event, NaN after the last observation of the stratum.
  public func points(_ times: [Double]) -> [Point] {
    times.map { t in
      let k = upperBound(time, t)
      let isBeyond = !(t <= lastTime)
      func at(_ values: [Double], _ start: Double) -> Double {
        isBeyond ? .nan : k == 0 ? start : values[k - 1]
      }
      return Point(
        time: t, cumulativeHazard: at(cumulativeHazard, 0), survival: at(survival, 1),
        standardErrorOfCumulativeHazard: at(standardErrorOfCumulativeHazard, 0),
        standardErrorOfSurvival: at(standardErrorOfSurvival, 0), lower: at(lower, 1), upper: at(upper, 1),
        isBeyondLastObservation: isBeyond)
    }
  }
}

extension CoxFit {
  /// The baseline curve: all covariates (and columns of factors) at 0.
  public func baseline(stratum: Int = 0, confidence: ConfidenceSetting) throws(CoxFitError) -> CoxCurve {
    try curve([Double](repeating: 0, count: names.count), stratum: stratum, confidence: confidence)
  }

  /// The curve of a subject with the given value of every column of the design. O(event times · p²) with the means at hand.
  ///
  /// - Throws: `CoxFitError` for exact ties.
  public func curve(
    _ covariates: [Double], stratum: Int = 0, offset: Double = 0, confidence: ConfidenceSetting
  ) throws(CoxFitError) -> CoxCurve {
    try curves([covariates], offsets: [offset], stratum: stratum, confidence: confidence)[0]
  }

  /// The curves of several subjects in one stratum.
  ///
  /// - Parameters:
  ///   - subjects: the value of every column of the design, per subject.
  ///   - offsets: one per subject; zeros when nil.
  ///   - stratum: counted from 0.
  ///   - confidence: level and scale of the intervals.
  public func curves(
    _ subjects: [[Double]], offsets: [Double]? = nil, stratum: Int = 0, confidence: ConfidenceSetting
  ) throws(CoxFitError) -> [CoxCurve] {
    try requireHazard("a predicted curve")
    precondition(subjects.allSatisfy { $0.count == names.count }, "a subject has a value for every column")
    precondition(stratum >= 0 && stratum < strataCount, "the stratum is one of the fit's")
    let fitted = FittedHazard(self)
    return subjects.enumerated().map { position, covariates in
      fitted.curve(
        covariates, offset: offsets?[position] ?? 0, stratum: stratum, confidence: confidence,
        lastTime: lastTimes[stratum])
    }
  }
}

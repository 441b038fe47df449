internal import LinearAlgebra

/// What a fit says of a subject without a curve: its linear predictor, from covariates of 0 and from a reference.
public struct CoxPrediction: Sendable, Equatable {
  /// Position of the stratum, 0 without strata.
  public let stratum: Int
  /// Σ x β plus the offset, from covariates of 0. NaN where the subject has a covariate whose coefficient is infinite.
  public let linearPredictor: Double
  /// The same from the reference: (x − x_ref) β plus the offset.
  public let centredLinearPredictor: Double
  /// √((x − x_ref)ᵀ V (x − x_ref)), V robust where the fit's is; NaN as the predictor, and for infinite coefficients.
  public let standardError: Double
  /// exp of the centred predictor: the hazard ratio against the reference.
  public var hazardRatio: Double { exponential(centredLinearPredictor) }
}

/// The number of events expected of a subject followed over an interval: its cumulative hazard over it.
public struct ExpectedEvents: Sendable, Equatable {
  /// NaN past the last observation of the stratum.
  public let value: Double
  public let standardError: Double
}

extension CoxFit {
  /// Linear predictors of new subjects in one stratum.
  ///
  /// The reference is that of R's `predict.coxph`: with strata the mean of the covariates in the stratum, without strata
  /// their mean over all rows, but 0 for a column that holds only −1, 0 and 1; means are weighted by the case weights.
  /// Differences from a mean are taken on the centred covariates of the fit, so that a far origin costs no digit.
  ///
  /// - Parameters:
  ///   - subjects: the value of every column of the design, per subject.
  ///   - offsets: one per subject; zeros when nil.
  ///   - s: the stratum, counted from 0.
  public func predictions(_ subjects: [[Double]], offsets: [Double]? = nil, stratum s: Int = 0) -> [CoxPrediction] {
    precondition(subjects.allSatisfy { $0.count == names.count }, "a subject has a value for every column")
    precondition(s >= 0 && s < strataCount, "the stratum is one of the fit's")
    let problem = likelihood.problem
    let p = problem.p
    let mean = problem.weightedMeans(stratum: s)
    let variance = robustCovariance ?? covariance
    let used = (0..<p).filter { !coefficients[$0].isNaN }
    let infinite = used.filter { !estimable.contains($0) }
    return subjects.enumerated().map { position, x in
      let standardised = problem.standardised(x, stratum: s)
      let difference = (0..<p).map { j in
        !isStratified && isIndicator[j] ? x[j] : (standardised[j] - mean[j]) * problem.scale[j]
      }
      var plain = CompensatedSum(offsets?[position] ?? 0)
      var centred = plain
      for j in used {
        plain.add(coefficients[j] * x[j])
        centred.add(coefficients[j] * difference[j])
      }
      let isFinite = infinite.allSatisfy { difference[$0] == 0 }
      var form = 0.0
      for i in estimable {
        for j in estimable { form += difference[i] * variance[i, j] * difference[j] }
      }
      return CoxPrediction(
        stratum: s, linearPredictor: infinite.allSatisfy { x[$0] == 0 } ? plain.value : .nan,
        centredLinearPredictor: isFinite ? centred.value : .nan,
        standardError: isFinite ? max(0, form).squareRoot() : .nan)
    }
  }

  /// Expected numbers of events of new subjects in one stratum, each followed from its entry to its exit.
  ///
  /// exp(η_x) Σ dΛ₀ over entry < t <= exit, with the variance of such a sum (see `CoxCurve`): the errors of hazards before
  /// the entry do not count. O(n p) once, and O(event times · p) per subject.
  ///
  /// - Parameters:
  ///   - subjects: the value of every column of the design, per subject.
  ///   - follow: entry and exit of each subject.
  ///   - offsets: one per subject; zeros when nil.
  ///   - s: the stratum, counted from 0.
  /// - Throws: `CoxFitError` for exact ties.
  public func expectedEvents(
    _ subjects: [[Double]], follow: [(entry: Double, exit: Double)], offsets: [Double]? = nil, stratum s: Int = 0
  ) throws(CoxFitError) -> [ExpectedEvents] {
    try requireHazard("an expected number of events")
    precondition(subjects.count == follow.count, "a subject has one entry and exit")
    precondition(s >= 0 && s < strataCount, "the stratum is one of the fit's")
    let problem = likelihood.problem
    let fitted = FittedHazard(self)
    let bins = problem.binStarts[s]..<problem.binStarts[s + 1]
    let times = Array(problem.binTime[bins])
    return subjects.indices.map { position in
      let (entry, exit) = follow[position]
      guard exit <= lastTimes[s] else { return ExpectedEvents(value: .nan, standardError: .nan) }
      let x = problem.standardised(subjects[position], stratum: s)
      var hazard = HazardSum(fitted, x: x, offset: offsets?[position] ?? 0, stratum: s)
      for k in upperBound(times, entry)..<max(upperBound(times, entry), upperBound(times, exit)) {
        hazard.add(bin: bins.lowerBound + k)
      }
      return ExpectedEvents(value: hazard.value, standardError: hazard.standardError)
    }
  }
}

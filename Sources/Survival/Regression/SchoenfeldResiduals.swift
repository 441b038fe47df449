public import LinearAlgebra

/// Schoenfeld residuals of a Cox model: per event, its covariates minus their mean over the risk set.
///
/// s_i = x_i − x̄(t_i), x̄ weighted by w exp(η); under Efron the mean over the d tied events of the means that leave l/d of
/// the tied rows out. Scaled residuals β + D V s, D the number of events and V the model-based variance, estimate the
/// coefficient as a function of time. Rows of weight 0 are no events. Not defined for exact ties.
/// Sources: Schoenfeld, Biometrika 1982;69:239–241; Grambsch & Therneau, Biometrika 1994;81:515–526.
public struct SchoenfeldResiduals: Sendable, Equatable {
  public let isScaled: Bool
  /// One row per event, by stratum, then time, then input order; one column per covariate, NaN where not estimable.
  public let values: Matrix
  public let time: [Double]
  /// Stratum (position in the grouping, 0 without strata) and row of the data of each event.
  public let stratum: [Int]
  public let row: [Int]

  /// - Throws: `CoxFitError` for exact ties.
  public init(_ fit: CoxFit, isScaled: Bool = false) throws(CoxFitError) {
    try fit.requireHazard("Schoenfeld residuals")
    self.isScaled = isScaled
    let problem = fit.likelihood.problem
    let p = problem.p
    let means = fit.likelihood.riskSetMeans()
    var values: [Double] = []
    var time: [Double] = []
    var stratum: [Int] = []
    var row: [Int] = []
    for s in 0..<problem.strataCount {
      for k in problem.binStarts[s]..<problem.binStarts[s + 1] {
        let first = Int(problem.firstEvent[k])
        for i in first..<(first + Int(problem.eventRows[k])) {
          for j in 0..<p {
            let isAliased = fit.coefficients[j].isNaN
            values.append(isAliased ? .nan : (problem.x[i * p + j] - means.mean[k * p + j]) * problem.scale[j])
          }
          time.append(problem.binTime[k])
          stratum.append(s)
          row.append(Int(problem.source[i]))
        }
      }
    }
    if isScaled {
      let isEstimable = Set(fit.estimable)
      let plain = values
      for event in time.indices {
        for j in 0..<p {
          let step = fit.estimable.reduce(0.0) { $0 + plain[event * p + $1] * fit.covariance[$1, j] }
          values[event * p + j] =
            isEstimable.contains(j) ? fit.coefficients[j] + Double(time.count) * step : .nan
        }
      }
    }
    self.values = Matrix(rows: time.count, columns: p, values: values)
    (self.time, self.stratum, self.row) = (time, stratum, row)
  }
}

public import LinearAlgebra

// Residuals of a Cox model, one row per row of the data in input order. A row of weight 0 has no part in the fit; what the
// model expects of it is its cumulative hazard, and dfbeta is 0. A column without an estimate has NaN where the residual is one of its coefficient. Efron fits use Efron's
// weights of the tied events throughout, Breslow fits Breslow's. All throw `CoxFitError.notDefined` for exact ties, which
// estimate no hazard. Therneau & Grambsch, Modeling Survival Data, 2000, chapter 4 (martingale 4.1, score and dfbeta 4.2
// and 7.1); Therneau, Grambsch & Fleming, Biometrika 1990;77:147–160.
extension CoxFit {
  /// Expected numbers of events: each row's cumulative hazard over the time it was at risk,
  /// E_i = exp(η_i) Σ dΛ(t) over entry < t <= exit. Under Efron a tied event is at risk in the l-th of the d
  /// increments of its time with the share 1 − l/d only. Weighted by the case weights they add up to the events of each
  /// stratum.
  public func expectedEvents() throws(CoxFitError) -> [Double] {
    try requireHazard("expected numbers of events")
    let problem = likelihood.problem
    let expected = likelihood.expectedEvents()
    return inInputOrder {
      expected[$0] / problem.weight($0)
    } weightZero: {
      $1
    }
  }

  /// Martingale residuals M_i = δ_i − E_i, observed minus expected events.
  public func martingaleResiduals() throws(CoxFitError) -> [Double] {
    try requireHazard("martingale residuals")
    let problem = likelihood.problem
    let expected = likelihood.expectedEvents()
    return inInputOrder {
      (problem.isEvent[$0] ? 1 : 0) - expected[$0] / problem.weight($0)
    } weightZero: {
      ($0 ? 1 : 0) - $1
    }
  }

  /// Deviance residuals sign(M) √(−2 (M + δ ln(δ − M))): martingale residuals made more nearly symmetric.
  public func devianceResiduals() throws(CoxFitError) -> [Double] {
    try requireHazard("deviance residuals")
    let problem = likelihood.problem
    let expected = likelihood.expectedEvents()
    return inInputOrder {
      deviance(isEvent: problem.isEvent[$0], expected: expected[$0] / problem.weight($0))
    } weightZero: {
      deviance(isEvent: $0, expected: $1)
    }
  }

  /// Score residuals: the contribution of each row to the derivative of the log-likelihood, unweighted; n × p.
  ///
  /// U_i = ∫ (x_i − x̄(t)) dM_i(t), x̄ the weighted mean over the risk set. Weighted by the case weights each column adds up
  /// to the score, which is 0 at the estimate.
  public func scoreResiduals() throws(CoxFitError) -> Matrix {
    try requireHazard("score residuals")
    let problem = likelihood.problem
    let residuals = likelihood.scoreResiduals()
    let isAliased = coefficients.map(\.isNaN)
    var result = rowsInInputOrder { i, j in residuals[i * problem.p + j] * problem.scale[j] }
    if !weightZero.rows.isEmpty {
      let means = likelihood.riskSetMeans()
      for row in weightZero.rows {
        let values = weightZero.scoreResidual(row, likelihood, means, scaledCoefficients)
        for j in 0..<problem.p { result[row.row, j] = values[j] * problem.scale[j] }
      }
    }
    for j in 0..<problem.p where isAliased[j] {
      for i in 0..<count { result[i, j] = .nan }
    }
    return result
  }

  /// The approximate change of each coefficient when a row is left out, n × p: (weight · score residual) times the
  /// model-based variance matrix. Their sums over clusters are what the robust variance is made of.
  public func dfbeta() throws(CoxFitError) -> Matrix {
    try requireHazard("dfbeta")
    let problem = likelihood.problem
    let p = problem.p
    let residuals = likelihood.scoreResiduals()
    let isEstimable = Set(estimable)
    var result = rowsInInputOrder { i, j in
      guard isEstimable.contains(j) else { return .nan }
      return estimable.reduce(0.0) {
        $0 + problem.weight(i) * residuals[i * p + $1] * problem.scale[$1] * covariance[$1, j]
      }
    }
    for row in weightZero.rows {
      for j in 0..<p { result[row.row, j] = isEstimable.contains(j) ? 0 : .nan }
    }
    return result
  }

  /// dfbeta in units of the model-based standard error of the coefficient.
  public func dfbetas() throws(CoxFitError) -> Matrix {
    var scaled = try dfbeta()
    for i in 0..<scaled.rows {
      for j in 0..<scaled.columns { scaled[i, j] /= standardErrors[j] }
    }
    return scaled
  }

  /// dfbeta added up within clusters, one row per cluster: the change when the cluster is left out.
  public func dfbeta(by cluster: Grouping) throws(CoxFitError) -> Matrix {
    precondition(cluster.codes.count == count, "a grouping covers every row")
    let residuals = try dfbeta()
    var sums = Matrix(rows: cluster.count, columns: residuals.columns)
    for row in 0..<count {
      for j in 0..<residuals.columns { sums[Int(cluster.codes[row]), j] += residuals[row, j] }
    }
    return sums
  }

  func requireHazard(_ what: String) throws(CoxFitError) {
    guard !ties.isExact else {
      throw CoxFitError(
        code: .notDefined,
        message: "\(what): not defined with \(ties.rawValue) ties, which estimate no hazard; use efron or breslow")
    }
  }

  /// The coefficients of the scaled covariates, 0 for columns without one.
  private var scaledCoefficients: [Double] {
    zip(coefficients, likelihood.problem.scale).map { $0.isNaN ? 0 : $0 * $1 }
  }

  /// - Parameters:
  ///   - value: of the i-th row of the problem.
  ///   - weightZero: of a row of weight 0, from whether it has the event and its expected number of events.
  private func inInputOrder(
    _ value: (Int) -> Double, weightZero residual: (_ isEvent: Bool, _ expected: Double) -> Double
  ) -> [Double] {
    var result = [Double](repeating: .nan, count: count)
    for (i, row) in likelihood.problem.source.enumerated() { result[Int(row)] = value(i) }
    let beta = scaledCoefficients
    for row in weightZero.rows {
      result[row.row] = residual(row.isEvent, weightZero.expectedEvents(row, likelihood, beta))
    }
    return result
  }

  private func rowsInInputOrder(_ value: (_ i: Int, _ j: Int) -> Double) -> Matrix {
    let p = likelihood.problem.p
    var result = Matrix(rows: count, columns: p, values: [Double](repeating: .nan, count: count * p))
    for (i, row) in likelihood.problem.source.enumerated() {
      for j in 0..<p { result[Int(row), j] = value(i, j) }
    }
    return result
  }
}

private func deviance(isEvent: Bool, expected: Double) -> Double {
  guard isEvent else { return expected == 0 ? 0 : -(2 * expected).squareRoot() }
  let m = 1 - expected
  let size = (2 * logarithmicExcess(m)).squareRoot()
  return m < 0 ? -size : size
}

/// −(m + ln(1 − m)) for m < 1, which is never negative: by its series where the two terms cancel.
private func logarithmicExcess(_ m: Double) -> Double {
  guard abs(m) < 0.1 else { return max(0, -(m + logarithmOfOnePlus(-m))) }
  var sum = 0.0
  // The sixteenth power of 0.1 is below round-off of the second.
  for k in stride(from: 18, through: 2, by: -1) { sum = sum * m + 1 / Double(k) }
  return m * m * sum
}

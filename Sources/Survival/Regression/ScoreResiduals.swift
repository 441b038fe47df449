/// Means of the covariates over the risk set of each event time, as score and Schoenfeld residuals and the variance of a
/// predicted curve need them; by rows of p, on the covariates of `CoxProblem`.
struct RiskSetMeans {
  /// The mean of m_l = (S1 − (l/d) E1)/v_l over the tied events: what Schoenfeld residuals are taken from.
  var mean: [Double]
  /// Σ_l (W/d) m_l/v_l and Σ_l (W/d)(l/d) m_l/v_l.
  var weighted: [Double]
  var tied: [Double]
  /// Σ_l (W/d)/v_l²: what an event time adds to the variance of the cumulative hazard. One value per event time.
  var variance: [Double]
}

extension CoxLikelihood {
  /// The means at the coefficients of this likelihood; for Efron and Breslow. O(n p), and O(d p) per event time.
  func riskSetMeans() -> RiskSetMeans {
    let p = problem.p
    let s1 = intervals.riskSetVectors(risk, x: problem.x, p: p)
    let zeros = [Double](repeating: 0, count: problem.bins * p)
    var means = RiskSetMeans(
      mean: zeros, weighted: zeros, tied: zeros, variance: [Double](repeating: 0, count: problem.bins))
    var e1 = [Double](repeating: 0, count: p)
    for k in 0..<problem.bins {
      let d = Int(problem.eventRows[k])
      let first = Int(problem.firstEvent[k])
      let weight = problem.eventWeight[k] / Double(d)
      if ties == .efron, d > 1 {
        for j in 0..<p { e1[j] = 0 }
        for i in first..<(first + d) {
          for j in 0..<p { e1[j] += risk[i] * problem.x[i * p + j] }
        }
      }
      for l in 0..<d {
        let share = ties == .breslow ? 0 : Double(l) / Double(d)
        let v = s0[k] - share * e0[k]
        means.variance[k] += weight / (v * v)
        for j in 0..<p {
          let m = (s1[k * p + j] - (share > 0 ? share * e1[j] : 0)) / v
          means.mean[k * p + j] += m / Double(d)
          means.weighted[k * p + j] += weight * m / v
          means.tied[k * p + j] += weight * share * m / v
        }
      }
    }
    return means
  }

  /// The score residual of each row (unweighted), row-major in sorted order on the scaled covariates: its observed minus
  /// expected covariate departures from the risk-set means. Therneau & Grambsch 2000, section 4.2.
  func scoreResiduals() -> [Double] {
    let p = problem.p
    let means = riskSetMeans()
    // Over each row's own event times, not as a difference of two running sums: an early event in a risk set of little
    // hazard makes every sum that passes it too large for what follows.
    let exposure = intervals.overRisk(hazard)
    var residuals = [Double](repeating: 0, count: problem.rows * p)
    for j in 0..<p {
      let passed = intervals.overRisk((0..<problem.bins).map { means.weighted[$0 * p + j] })
      for i in 0..<problem.rows {
        let r = risk[i] / problem.weight(i)
        let x = problem.x[i * p + j]
        var value = -r * (x * exposure[i] - passed[i])
        if problem.isEvent[i] {
          let k = Int(problem.exitBin[i]) - 1
          value += x - means.mean[k * p + j] + r * (x * tiedHazard[k] - means.tied[k * p + j])
        }
        residuals[i * p + j] = value
      }
    }
    return residuals
  }
}

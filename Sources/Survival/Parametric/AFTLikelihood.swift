internal import LinearAlgebra

/// The log-likelihood of a parametric model at one point, with gradient and Hessian.
///
/// Parameters: the intercept and the free coefficients on the inner scale, then τ = ln σ and Q as far as the distribution
/// has them. A row adds
///
///     weight · (δ (ln f(w) − τ − y) + (1 − δ) ln S(w) − ln S(w at entry)),   w = (y − η)/σ,
///
/// the log-density of ln T less y, which is that of T up to the unit of time. For the gamma distribution Q = σ, so that the
/// intercept is ln of the mean; that parameter and the shape are nearly independent, the scale and the shape are not.
struct AFTLikelihood {
  let distribution: SurvivalDistribution
  let problem: AFTProblem
  /// Free columns of the covariates.
  let free: [Int]

  /// Number of location parameters.
  var locations: Int { free.count + 1 }
  var parameters: Int { locations + distribution.ancillaryNames.count }

  func evaluate(_ theta: [Double]) -> NewtonMaximum.Point {
    let m = locations
    let total = parameters
    let hasScale = distribution != .exponential
    let hasFreeShape = distribution == .generalizedGamma
    let tau = hasScale ? theta[m] : 0
    let sigma = exponential(tau)
    let s = 1 / sigma
    let q = hasFreeShape ? theta[m + 1] : sigma
    let variable = StandardVariable(distribution, q: q)

    var value = CompensatedSum()
    var gradient = [CompensatedSum](repeating: CompensatedSum(), count: total)
    var hessian = Matrix(rows: total, columns: total)
    // Second derivatives by location parameters come as one product of matrices, of blocks of rows.
    var block: [Double] = []
    var weighted: [Double] = []
    var locationHessian = [Double](repeating: 0, count: m * m)
    func flush() {
      BLAS.addProduct(block, weighted, rows: block.count / m, columns: m, to: &locationHessian)
      block.removeAll(keepingCapacity: true)
      weighted.removeAll(keepingCapacity: true)
    }
    var row = [Double](repeating: 1, count: m)

    for i in 0..<problem.rows {
      let start = i * problem.width
      var eta = problem.offset[i] + theta[0]
      for (a, j) in free.enumerated() {
        row[a + 1] = problem.x[start + j + 1]
        eta += row[a + 1] * theta[a + 1]
      }
      var sum = RowSum()
      let w = (problem.y[i] - eta) * s
      if problem.isEvent[i] {
        sum.add(variable.logDensity(w), w: w, s: s, sign: 1)
        sum.value -= tau + problem.y[i]
        sum.t -= 1
      } else {
        sum.add(variable.logSurvival(w), w: w, s: s, sign: 1)
      }
      if problem.entry[i] > -.infinity {
        let entry = (problem.entry[i] - eta) * s
        sum.add(variable.logSurvival(entry), w: entry, s: s, sign: -1)
      }
      if distribution == .gamma { sum.tieShapeToScale(q) }

      let weight = problem.weight[i]
      value.add(weight * sum.value)
      for a in 0..<m {
        gradient[a].add(weight * sum.e * row[a])
        block.append(row[a])
        weighted.append(weight * sum.ee * row[a])
      }
      if hasScale {
        gradient[m].add(weight * sum.t)
        hessian[m, m] += weight * sum.tt
        for a in 0..<m { hessian[a, m] += weight * sum.et * row[a] }
      }
      if hasFreeShape {
        gradient[m + 1].add(weight * sum.q)
        hessian[m, m + 1] += weight * sum.tq
        hessian[m + 1, m + 1] += weight * sum.qq
        for a in 0..<m { hessian[a, m + 1] += weight * sum.eq * row[a] }
      }
      if block.count >= 4096 * m { flush() }
    }
    flush()
    for a in 0..<m {
      for b in 0..<m { hessian[a, b] = locationHessian[a * m + b] }
    }
    for a in 0..<total {
      for b in 0..<a { hessian[a, b] = hessian[b, a] }
    }
    return NewtonMaximum.Point(
      theta: theta, value: value.value, gradient: gradient.map(\.value), hessian: hessian)
  }

  /// What one row adds, with derivatives by η (e), τ (t) and Q (q).
  private struct RowSum {
    var value = 0.0
    var (e, t, q) = (0.0, 0.0, 0.0)
    var (ee, et, eq, tt, tq, qq) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    /// The chain rule for w = (y − η) e^−τ: ∂w/∂η = −1/σ, ∂w/∂τ = −w.
    mutating func add(_ term: StandardTerm, w: Double, s: Double, sign: Double) {
      value += sign * term.value
      e -= sign * s * term.w
      t -= sign * w * term.w
      q += sign * term.q
      ee += sign * s * s * term.ww
      et += sign * s * (term.w + w * term.ww)
      eq -= sign * s * term.wq
      tt += sign * w * (term.w + w * term.ww)
      tq -= sign * w * term.wq
      qq += sign * term.qq
    }

    /// The chain rule for Q = σ = e^τ.
    mutating func tieShapeToScale(_ sigma: Double) {
      tt += 2 * sigma * tq + sigma * sigma * qq + sigma * q
      et += sigma * eq
      t += sigma * q
    }
  }
}

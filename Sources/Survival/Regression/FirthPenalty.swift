internal import LinearAlgebra

/// Firth's penalty ½ ln det I of a Cox likelihood, with its derivative.
///
/// The r-th derivative is ½ tr(I⁻¹ ∂I/∂β_r), and ∂I/∂β_r is the sum over the (tied-corrected) events of the third central
/// moments of the covariates over the risk set. Contracted with V = I⁻¹ they need, with q = xᵀVx and m the mean,
///
///     E[q x] − E[q] m − 2 E[x xᵀ] V m + 2 (mᵀ V m) m,
///
/// that is, sums over risk sets of x, x xᵀ, q and q x: O(n p²) with no third-order array. All sums are of additions only,
/// on covariates centred within strata (docs/decisions/0001).
/// Sources: Firth, Biometrika 1993;80:27–38; Heinze & Schemper, Biometrics 2001;57:114–119.
struct FirthPenalty {
  /// ½ ln det I on the user's scale of the covariates; −∞ where I cannot be factored.
  let value: Double
  /// The derivative, with respect to the coefficients of the scaled covariates; 0 outside the columns penalised.
  let gradient: [Double]
  /// I, of all columns.
  let information: Matrix

  /// - Parameter columns: the columns whose information is penalised: those that are not aliased.
  init(_ likelihood: CoxLikelihood, columns: [Int]) {
    let problem = likelihood.problem
    information = likelihood.information()
    guard let factor = Cholesky(information.submatrix(columns)) else {
      (value, gradient) = (-.infinity, [Double](repeating: 0, count: problem.p))
      return
    }
    value = zip(factor.diagonal, columns).reduce(0) { $0 + logarithm($1.0) + logarithm(problem.scale[$1.1]) }
    let part = FirthPenalty.derivative(likelihood, columns: columns, inverse: factor.inverse())
    var gradient = [Double](repeating: 0, count: problem.p)
    for (a, j) in columns.enumerated() { gradient[j] = part[a] }
    self.gradient = gradient
  }

  /// Sums of r times 1, x, x xᵀ, q and q x over a set of rows, in one array.
  private struct Moments {
    let p: Int
    var width: Int { p + p * p + 1 + p }

    func features(_ x: [Double], _ inverse: Matrix) -> [Double] {
      var q = 0.0
      var products: [Double] = []
      products.reserveCapacity(p * p)
      for a in 0..<p {
        for b in 0..<p {
          products.append(x[a] * x[b])
          q += inverse[a, b] * x[a] * x[b]
        }
      }
      return x + products + [q] + x.map { q * $0 }
    }

    /// The contraction, from the sums and their denominator.
    func contraction(_ sums: [Double], _ denominator: Double, _ inverse: Matrix) -> [Double] {
      let moment = sums.map { $0 / denominator }
      let mean = Array(moment[0..<p])
      let along = (0..<p).map { a in (0..<p).reduce(0.0) { $0 + inverse[a, $1] * mean[$1] } }
      let square = (0..<p).reduce(0.0) { $0 + mean[$1] * along[$1] }
      let q = moment[p + p * p]
      return (0..<p).map { r in
        let cross = (0..<p).reduce(0.0) { $0 + moment[p + r * p + $1] * along[$1] }
        return moment[p + p * p + 1 + r] - q * mean[r] - 2 * cross + 2 * square * mean[r]
      }
    }
  }

  private static func derivative(_ likelihood: CoxLikelihood, columns: [Int], inverse: Matrix) -> [Double] {
    let problem = likelihood.problem
    let moments = Moments(p: columns.count)
    let width = moments.width
    var features: [Double] = []
    features.reserveCapacity(problem.rows * width)
    for i in 0..<problem.rows {
      features += moments.features(columns.map { problem.x[i * problem.p + $0] }, inverse)
    }
    let atRisk = likelihood.intervals.riskSetVectors(likelihood.risk, x: features, p: width)
    var total = [CompensatedSum](repeating: CompensatedSum(), count: columns.count)
    var tied = [Double](repeating: 0, count: width)
    for k in 0..<problem.bins {
      let d = Int(problem.eventRows[k])
      let all = Array(atRisk[(k * width)..<((k + 1) * width)])
      func add(_ sums: [Double], _ denominator: Double, _ weight: Double) {
        let terms = moments.contraction(sums, denominator, inverse)
        for a in columns.indices { total[a].add(weight * terms[a] / 2) }
      }
      if likelihood.ties == .breslow || d == 1 {
        add(all, likelihood.s0[k], problem.eventWeight[k])
        continue
      }
      for c in 0..<width { tied[c] = 0 }
      let first = Int(problem.firstEvent[k])
      for i in first..<(first + d) {
        for c in 0..<width { tied[c] += likelihood.risk[i] * features[i * width + c] }
      }
      for l in 0..<d {
        let share = Double(l) / Double(d)
        add(
          zip(all, tied).map { $0 - share * $1 }, likelihood.s0[k] - share * likelihood.e0[k],
          problem.eventWeight[k] / Double(d))
      }
    }
    return total.map(\.value)
  }
}

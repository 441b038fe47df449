extension TiedRiskSet {
  /// The exact partial (conditional logistic) likelihood Π_D r / e_d(r), e_d the sum over all subsets of d rows at risk.
  ///
  /// The recursion e_d(n) = e_d(n−1) + r_n e_{d−1}(n−1) over rows n is that of Gail, Lubin & Rubinstein (Biometrika
  /// 1981;68:703–707). Here it runs on quantities that stay in range however many ties there are. For a subset of d of the
  /// first n rows drawn with probability proportional to its Π r, let ρ = e_d/e_{d−1}, q = r_n / (r_n + ρ_d(n−1)) the
  /// probability that it holds row n, and μ, C the mean and covariance of its Σ x:
  ///
  ///     ρ_d(n) = (ρ_d(n−1) + r_n) · ρ_{d−1}(n−1) / (ρ_{d−1}(n−1) + r_n)
  ///     μ_d(n) = μ_d(n−1) + q δ,            δ = μ_{d−1}(n−1) + x_n − μ_d(n−1)
  ///     C_d(n) = (1 − q) C_d(n−1) + q C_{d−1}(n−1) + q (1 − q) δ δᵀ
  ///
  /// Of the first d rows, which are the tied events, there is one subset; every later row multiplies e_d by
  /// 1 + r_n/ρ_d(n−1), so that minus the logarithms of these factors add up to the log-likelihood. The score is Σ_D x − μ,
  /// the information C. Every term but δ and the score is positive, so nothing cancels. O(d (n − d) p²) time, O(d p²) space.
  func partialLikelihood() -> ExactTieTerm {
    let n = risk.count
    let d = events
    var ratio = [Double](repeating: 0, count: d + 1)
    // No subset of none is left out: e_0/e_{−1} stands for infinity, which makes the first ratio a plain sum.
    ratio[0] = .infinity
    var mean = [Double](repeating: 0, count: (d + 1) * p)
    var covariance = [Double](repeating: 0, count: (d + 1) * p * p)
    var delta = [Double](repeating: 0, count: p)
    var value = CompensatedSum()
    for row in 0..<n {
      let r = risk[row]
      if row >= d { value.add(-logarithmOfOnePlus(r / ratio[d])) }
      // Of subsets of k among the first rows only those matter that the rows left can still fill up to d.
      let fewest = max(1, d - (n - 1 - row))
      for k in stride(from: min(row + 1, d), through: fewest, by: -1) {
        let q = r / (r + ratio[k])
        for j in 0..<p { delta[j] = mean[(k - 1) * p + j] + x[row * p + j] - mean[k * p + j] }
        let between = q * (1 - q)
        for i in 0..<p {
          for j in i..<p {
            let here = (k * p + i) * p + j
            covariance[here] =
              (1 - q) * covariance[here] + q * covariance[here - p * p] + between * delta[i] * delta[j]
          }
          mean[k * p + i] += q * delta[i]
        }
        let left = ratio[k - 1]
        ratio[k] = left.isInfinite ? ratio[k] + r : (ratio[k] + r) * (left / (left + r))
      }
    }
    var score = [Double](repeating: 0, count: p)
    var information = [Double](repeating: 0, count: p * p)
    for i in 0..<p {
      for row in 0..<d { score[i] += x[row * p + i] }
      score[i] -= mean[d * p + i]
      for j in i..<p {
        information[i * p + j] = covariance[(d * p + i) * p + j]
        information[j * p + i] = information[i * p + j]
      }
    }
    return ExactTieTerm(logLikelihood: value.value, score: score, information: information)
  }
}

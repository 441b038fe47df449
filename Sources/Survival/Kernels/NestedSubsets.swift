internal import CKernels

/// What the exact partial likelihood asks of a risk set to which rows are added: for every number k of ties the subsets of k
/// rows, drawn with probability proportional to the product of their risks. See `TiedRiskSet.partialLikelihood` for the
/// recursion; here all k are advanced together, one after another in memory.
struct NestedSubsets {
  private let p: Int
  private let stride: Int
  private var rows = 0
  private var ratio: [Double]
  private var means: [Double]
  private var covariances: [Double]
  private var work: [Double]

  /// - Parameter most: the largest number of ties that will be asked for.
  init(covariates p: Int, most: Int) {
    self.p = p
    stride = 9 + most / 8 * 8
    ratio = [Double](repeating: 0, count: stride)
    // No subset of none is left out: e_0/e_{−1} stands for infinity.
    ratio[0] = 1e300
    means = [Double](repeating: 0, count: stride * p)
    covariances = [Double](repeating: 0, count: stride * p * (p + 1) / 2)
    work = [Double](repeating: 0, count: 8 * p)
  }

  /// Adds rows, given by their risks and, by rows, covariates; only subsets of up to `most` are asked for from now on.
  mutating func add(_ risk: ArraySlice<Double>, x: ArraySlice<Double>, most: Int) {
    risk.withUnsafeBufferPointer { risk in
      x.withUnsafeBufferPointer { x in
        survkit_grow_subsets(
          &ratio, &means, &covariances, stride, p, risk.baseAddress, x.baseAddress, risk.count, rows, most, &work)
      }
    }
    rows += risk.count
  }

  /// ln e_k of the risks, for at most as many as there are rows.
  func logSum(_ k: Int) -> Double {
    var sum = CompensatedSum()
    for j in 0..<k { sum.add(logarithm(ratio[j + 1])) }
    return sum.value
  }

  /// The mean of Σ x over subsets of k rows.
  func mean(_ k: Int) -> [Double] { (0..<p).map { means[$0 * stride + k] } }

  /// Its covariance as an upper triangle by rows.
  func covariance(_ k: Int) -> [Double] { (0..<(p * (p + 1) / 2)).map { covariances[$0 * stride + k] } }
}

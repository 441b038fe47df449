internal import LinearAlgebra

/// The Cox log-likelihood, its first derivative and its information at one coefficient vector.
struct CoxEvaluation: NewtonLikelihood {
  let logLikelihood: Double
  let scoreVector: [Double]
  let informationMatrix: Matrix
  /// Σ ω x² of each column: what the diagonal of the information is a difference from.
  let moments: [Double]

  func score() -> [Double] { scoreVector }
  func information() -> Matrix { informationMatrix }

  /// The same for covariates divided by other scales: `ratio` is that of this one's scale to the other.
  func rescaled(by ratio: [Double]) -> CoxEvaluation {
    var information = informationMatrix
    for i in ratio.indices {
      for j in ratio.indices { information[i, j] *= ratio[i] * ratio[j] }
    }
    return CoxEvaluation(
      logLikelihood: logLikelihood, scoreVector: zip(scoreVector, ratio).map { $0 * $1 },
      informationMatrix: information,
      moments: zip(moments, ratio).map { $0 * $1 * $1 })
  }
}

/// Evaluates the Efron or Breslow likelihood of one set of rows, again and again, in buffers of its own. Coefficients are those
/// of the covariates divided by `scale`.
protocol CoxEvaluator {
  var scale: [Double] { get }
  var totalEventWeight: Double { get }
  func evaluate(_ beta: [Double]) -> CoxEvaluation
  /// The same for a sample of the rows to start Newton's iteration from; nil where the rows are too few for that to pay.
  func startingSample() -> (any CoxEvaluator)?
}

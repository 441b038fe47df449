internal import LinearAlgebra

/// One iterate on the way to the maximum of a Cox model's log partial likelihood, on the scale of the covariates.
///
/// With U the score and I the information at β, Newton's next iterate is β + I⁻¹ U. Columns that are aliased have no part:
/// their coefficient stays at 0, and their step is NaN.
/// Source: Therneau & Grambsch, Modeling Survival Data, 2000, chapter 3.
public struct CoxIteration: Sendable, Equatable {
  public let coefficients: [Double]
  /// Penalised where the model is.
  public let logLikelihood: Double
  /// The derivative of `logLikelihood` with respect to each coefficient.
  public let score: [Double]
  /// What the step is made of, by rows: minus the second derivative of the log-likelihood.
  public let information: [[Double]]
  /// I⁻¹ U. The next iterate is a half, a quarter … of it away where `halvings` rises; of the last iterate it is not taken.
  public let step: [Double]
  /// Number of times that a step was halved on the way here.
  public let halvings: Int
}

extension CoxFit {
  /// Newton's iteration gone through once more from 0, with what it was at each iterate; the last is the estimate.
  ///
  /// The fit itself keeps none of it. Of very many rows (from some ten thousand on) it may have started elsewhere, and then
  /// its last iterate agrees with this one to round-off only. Empty without a column that can be estimated. As much work as
  /// the fit.
  ///
  /// - Throws: `CoxFitError` when the information cannot be factored on this way.
  public func newtonIterations() throws(CoxFitError) -> [CoxIteration] {
    let free = coefficients.indices.filter { !coefficients[$0].isNaN }
    let model = CoxModel(ties: ties, penalty: penalty, maximumIterations: maximumIterations, tolerance: tolerance)
    let maximiser = CoxMaximiser(basis, model, penalised: penalty == .firth ? free : nil)
    let scale = maximiser.scale
    var found: [CoxIteration] = []
    _ = try maximiser.maximum(from: [Double](repeating: 0, count: scale.count), over: free) { state, step in
      var steps = [Double](repeating: .nan, count: scale.count)
      for (a, j) in free.enumerated() { steps[j] = step[a] / scale[j] }
      found.append(
        CoxIteration(
          coefficients: zip(state.beta, scale).map { $0 / $1 }, logLikelihood: state.likelihood.logLikelihood,
          score: zip(state.likelihood.score(), scale).map { $0 * $1 },
          information: scale.indices.map { i in
            scale.indices.map { j in state.information[i, j] * scale[i] * scale[j] }
          },
          step: steps, halvings: state.halvings))
    }
    return found
  }
}

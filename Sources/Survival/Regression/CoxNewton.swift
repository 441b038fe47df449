internal import LinearAlgebra

/// Newton's iteration for the Cox model, on the scaled covariates.
struct CoxNewton {
  struct Outcome {
    var beta: [Double]
    var likelihood: CoxLikelihood
    var information: Matrix
    var iterations: Int
    var halvings: Int
    var converged: Bool
    var decrement: Double
    /// Columns whose coefficient runs away while the likelihood stands still.
    var infinite: [Int]
  }

  let model: CoxModel

  init(_ model: CoxModel) { self.model = model }

  func run(
    _ problem: CoxProblem, start: CoxLikelihood, information startInformation: Matrix, free: [Int]
  ) throws(CoxFitError) -> Outcome {
    var state = Outcome(
      beta: [Double](repeating: 0, count: problem.p), likelihood: start, information: startInformation, iterations: 0,
      halvings: 0, converged: free.isEmpty, decrement: 0, infinite: [])
    guard !free.isEmpty else { return state }
    let events = max(problem.totalEventWeight, .leastNormalMagnitude)
    var previousStep: [Double] = []
    var previousDecrement = Double.infinity
    var wasHalved = false

    while true {
      let score = state.likelihood.score()
      let g = free.map { score[$0] }
      guard let factor = Cholesky(state.information.submatrix(free)) else {
        // Separated data end here when the information itself underflows; a first step that fails is singular data.
        guard !previousStep.isEmpty else {
          throw CoxFitError(code: .singular, message: "the information matrix cannot be factored")
        }
        state.infinite = runaway(previousStep, previousStep, free: free)
        state.converged = !state.infinite.isEmpty
        return state
      }
      state.decrement = factor.quadraticForm(g) / events
      let step = factor.solve(g)
      let isAtRoundOff = state.decrement < 1e-16 && state.decrement > 0.25 * previousDecrement
      if !wasHalved, state.decrement <= model.tolerance || isAtRoundOff {
        state.converged = true
        return state
      }
      // Quadratic convergence shrinks a step to almost nothing; a coefficient on its way to infinity keeps its pace while
      // the likelihood has nothing left to gain.
      if !wasHalved, !previousStep.isEmpty, state.decrement < 1e-7 {
        let moving = runaway(step, previousStep, free: free)
        if !moving.isEmpty {
          state.infinite = moving
          state.converged = true
          return state
        }
      }
      guard state.iterations < model.maximumIterations else { return state }

      var length = 1.0
      wasHalved = false
      var accepted = false
      for _ in 0..<30 {
        var trial = state.beta
        for (a, j) in free.enumerated() { trial[j] += length * step[a] }
        let likelihood = CoxLikelihood(problem, ties: model.ties, beta: trial)
        // A fall within round-off of the value itself is not a fall.
        let slack = 1e-13 * (abs(state.likelihood.logLikelihood) + events)
        if likelihood.isFinite, likelihood.logLikelihood >= state.likelihood.logLikelihood - slack {
          let information = likelihood.information()
          if information.values.allSatisfy(\.isFinite) {
            (state.beta, state.likelihood, state.information) = (trial, likelihood, information)
            accepted = true
            break
          }
        }
        length /= 2
        state.halvings += 1
        wasHalved = true
      }
      state.iterations += 1
      guard accepted else { return state }
      previousDecrement = state.decrement
      previousStep = step.map { $0 * length }
    }
  }

  /// Free columns whose last two steps are of like size and direction, and not small.
  private func runaway(_ step: [Double], _ previous: [Double], free: [Int]) -> [Int] {
    free.indices.filter { a in
      abs(step[a]) > 1e-3 && step[a] * previous[a] > 0 && abs(step[a]) > 0.5 * abs(previous[a])
    }.map { free[$0] }
  }
}

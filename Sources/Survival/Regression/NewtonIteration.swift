internal import LinearAlgebra

/// A log-likelihood at one coefficient vector, as Newton's iteration asks for it.
protocol NewtonLikelihood {
  var logLikelihood: Double { get }
  /// The derivative of `logLikelihood` with respect to every coefficient.
  func score() -> [Double]
  /// The curvature that a step is made of: the information, which need not be the exact second derivative.
  func information() -> Matrix
}

/// Newton's iteration with step halving for any log-likelihood; the one loop of all regressions.
///
/// It stops when the squared step per event, in units of standard errors, is at most `tolerance`, or stops shrinking at
/// round-off. A step that lowers the log-likelihood or leaves the finite numbers is halved, and nothing is called converged
/// while halving.
struct NewtonIteration {
  var maximumIterations: Int
  var tolerance: Double
  /// The number of events: what the squared step and the round-off of the log-likelihood are measured by.
  var events: Double
  /// Whether the iteration ends when a coefficient runs away; otherwise it goes on until the likelihood gains nothing more.
  var stopsAtInfinity = true
  /// Whether it stops as soon as the step after the next is expected to be within `tolerance`: the caller takes the step that
  /// is due, and nothing is evaluated behind it.
  var leavesLastStep = false
  /// At round-off the squared step shrinks by less than this factor from one iteration to the next. 1/4 for the quadratic
  /// convergence of exact second derivatives.
  var slowestDecrease = 0.25

  struct Outcome<Likelihood: NewtonLikelihood> {
    var beta: [Double]
    var likelihood: Likelihood
    var information: Matrix
    var iterations = 0
    var halvings = 0
    var converged: Bool
    /// gᵀ I⁻¹ g per event.
    var decrement = 0.0
    /// Columns whose coefficient runs away while the likelihood stands still.
    var infinite: [Int] = []
  }

  /// Maximises over the columns `free`, the others keeping their values in `beta`.
  ///
  /// - Parameters:
  ///   - start, information: the likelihood at `beta` and its information.
  ///   - evaluate: the likelihood at other coefficients.
  ///   - record: told of every iterate that a step was worked out from, with that step before any halving; the last one
  ///     is not taken.
  /// - Throws: `CoxFitError` when the information at the start cannot be factored.
  func run<Likelihood: NewtonLikelihood>(
    from beta: [Double], start: Likelihood, information startInformation: Matrix, free: [Int],
    evaluate: ([Double]) -> Likelihood, record: (Outcome<Likelihood>, [Double]) -> Void = { _, _ in }
  ) throws(CoxFitError) -> Outcome<Likelihood> {
    var state = Outcome(beta: beta, likelihood: start, information: startInformation, converged: free.isEmpty)
    guard !free.isEmpty else { return state }
    let events = max(events, .leastNormalMagnitude)
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
      record(state, step)
      let isAtRoundOff = state.decrement < 1e-16 && state.decrement > slowestDecrease * previousDecrement
      // Steps e₁, e₂, e₃ that shrink quadratically: e₃ = e₂ (e₂/e₁)², here squared, with a margin of 3 for e₃.
      let shrinkage = state.decrement / previousDecrement
      let isLastStep =
        leavesLastStep && shrinkage > 0 && shrinkage < 1e-2 && 9 * state.decrement * shrinkage * shrinkage <= tolerance
      if !wasHalved, state.decrement <= tolerance || isLastStep || isAtRoundOff {
        state.converged = true
        return state
      }
      // Quadratic convergence shrinks a step to almost nothing; a coefficient on its way to infinity keeps its pace while
      // the likelihood has nothing left to gain.
      if stopsAtInfinity, !wasHalved, !previousStep.isEmpty, state.decrement < 1e-10 {
        let moving = runaway(step, previousStep, free: free)
        if !moving.isEmpty {
          state.infinite = moving
          state.converged = true
          return state
        }
      }
      guard state.iterations < maximumIterations else { return state }

      var length = 1.0
      wasHalved = false
      var accepted = false
      for _ in 0..<30 {
        var trial = state.beta
        for (a, j) in free.enumerated() { trial[j] += length * step[a] }
        let likelihood = evaluate(trial)
        // A fall within round-off of the value itself is not a fall.
        let slack = 1e-13 * (abs(state.likelihood.logLikelihood) + events)
        let value = likelihood.logLikelihood
        if value.isFinite, value >= state.likelihood.logLikelihood - slack {
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

internal import LinearAlgebra

/// Newton's iteration for a maximum, with step halving and, where the Hessian is not negative definite, a ridge.
///
/// A step that lowers the value or leaves the finite numbers is halved, and no iterate is called converged while halving or
/// under a ridge. Iteration stops when the squared step in units of standard errors, per unit of `events`, is at most
/// `tolerance` or stops shrinking at round-off; when a parameter runs away (see `run`); or after `maximumIterations`.
struct NewtonMaximum {
  /// A place with what is known there.
  struct Point {
    let theta: [Double]
    let value: Double
    let gradient: [Double]
    let hessian: Matrix

    var isFinite: Bool {
      value.isFinite && gradient.allSatisfy(\.isFinite) && hessian.values.allSatisfy(\.isFinite)
    }
  }

  struct Outcome {
    var point: Point
    var iterations = 0
    var halvings = 0
    var converged = false
    /// gᵀ(−H)⁻¹g per event at the last iterate.
    var decrement = Double.nan
    /// What runs away, as `runaway` names it.
    var runaway: [Int] = []
  }

  var maximumIterations = 100
  var tolerance = 1e-28
  let events: Double
  /// Parameters that may change by at most 2 in one step.
  let bounded: [Int]

  /// - Parameter runaway: given the last two steps and the present place, what keeps its pace while the value stands still
  ///   (`isFlat`), or has left every sensible range.
  func run(
    from start: Point, evaluate: ([Double]) -> Point,
    runaway: (_ step: [Double], _ previous: [Double], _ theta: [Double], _ isFlat: Bool) -> [Int]
  ) -> Outcome {
    var state = Outcome(point: start)
    var previous: [Double] = []
    var previousDecrement = Double.infinity
    var wasHalved = false
    while true {
      let (step, isExact) = step(state.point)
      guard let step else { return state }
      state.decrement = isExact ? zip(step, state.point.gradient).reduce(0) { $0 + $1.0 * $1.1 } / events : .nan
      let isSettled = isExact && !wasHalved
      let isAtRoundOff = state.decrement < 1e-16 && state.decrement > 0.25 * previousDecrement
      if isSettled, state.decrement <= tolerance || isAtRoundOff {
        state.converged = true
        return state
      }
      let moving = runaway(step, previous, state.point.theta, isSettled && state.decrement < 1e-9)
      if !moving.isEmpty {
        state.runaway = moving
        state.converged = true
        return state
      }
      guard state.iterations < maximumIterations else { return state }
      var length = bounded.reduce(1.0) { min($0, 2 / max(abs(step[$1]), 2)) }
      wasHalved = false
      var isAccepted = false
      for _ in 0..<40 {
        let next = evaluate(zip(state.point.theta, step).map { $0 + length * $1 })
        // A fall within round-off of the value itself is not a fall.
        let slack = 1e-14 * (abs(state.point.value) + events)
        if next.isFinite, next.value >= state.point.value - slack {
          state.point = next
          isAccepted = true
          break
        }
        length /= 2
        state.halvings += 1
        wasHalved = true
      }
      state.iterations += 1
      guard isAccepted else { return state }
      previousDecrement = state.decrement
      previous = step.map { $0 * length }
    }
  }

  /// The Newton step; with a ridge, as small as does, where the Hessian has a direction that does not fall.
  private func step(_ point: Point) -> (step: [Double]?, isExact: Bool) {
    var information = point.hessian
    for i in information.values.indices { information.values[i] = -information.values[i] }
    if let factor = Cholesky(information) { return (factor.solve(point.gradient), true) }
    let diagonal = information.diagonal.map { max(abs($0), 1e-8 * events) }
    var ridge = 1e-3
    while ridge < 1e12 {
      var raised = information
      for (i, size) in diagonal.enumerated() { raised[i, i] += ridge * size }
      if let factor = Cholesky(raised) { return (factor.solve(point.gradient), false) }
      ridge *= 4
    }
    return (nil, false)
  }
}

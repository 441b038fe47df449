internal import LinearAlgebra

/// What a Cox fit maximises: the log partial likelihood, with Firth's penalty where there is one.
struct CoxObjective: NewtonLikelihood {
  let plain: CoxLikelihood
  let penalty: FirthPenalty?

  var logLikelihood: Double { plain.logLikelihood + (penalty?.value ?? 0) }

  func score() -> [Double] {
    guard let penalty else { return plain.score() }
    return zip(plain.score(), penalty.gradient).map { $0 + $1 }
  }

  func information() -> Matrix { penalty?.information ?? plain.information() }
}

/// Maxima of the (penalised) log-likelihood of one model over some of its columns, the others held where they are: the fit
/// itself, its profiles, and the models without a term.
struct CoxMaximiser {
  let problem: CoxProblem
  let ties: TieMethod
  /// The columns whose information is penalised; nil without penalty. A column held fixed stays in the penalty, as in
  /// Heinze & Schemper.
  let penalised: [Int]?
  var iteration: NewtonIteration

  init(_ problem: CoxProblem, _ model: CoxModel, penalised: [Int]?) {
    self.problem = problem
    ties = model.ties
    self.penalised = penalised
    iteration = NewtonIteration(
      maximumIterations: model.maximumIterations, tolerance: model.tolerance, events: problem.totalEventWeight)
    guard penalised != nil else { return }
    // Steps of the plain information converge by a factor only, and the penalty keeps every coefficient finite.
    iteration.maximumIterations *= 20
    iteration.slowestDecrease = 0.9
    iteration.stopsAtInfinity = false
  }

  /// The same, going on to where the likelihood gains nothing more when coefficients run away.
  var toSupremum: CoxMaximiser {
    var other = self
    other.iteration.stopsAtInfinity = false
    other.iteration.maximumIterations = max(iteration.maximumIterations, 200)
    return other
  }

  func objective(_ beta: [Double]) -> CoxObjective {
    let plain = CoxLikelihood(problem, ties: ties, beta: beta)
    return CoxObjective(plain: plain, penalty: penalised.map { FirthPenalty(plain, columns: $0) })
  }

  func maximum(from beta: [Double], over free: [Int]) throws(CoxFitError) -> NewtonIteration.Outcome<CoxObjective> {
    let start = objective(beta)
    return try iteration.run(
      from: beta, start: start, information: start.information(), free: free, evaluate: objective)
  }
}

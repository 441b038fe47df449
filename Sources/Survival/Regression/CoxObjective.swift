internal import LinearAlgebra

/// What a Cox fit maximises: the log partial likelihood, with Firth's penalty where there is one.
struct CoxObjective: NewtonLikelihood {
  private enum Source {
    /// Everything from one pair of readings of the covariates.
    case evaluated(CoxEvaluation)
    /// Piece by piece from the sums over risk sets: exact ties, delayed entry with very many event times, Firth's penalty.
    case plain(CoxLikelihood, FirthPenalty?)
  }
  private let source: Source

  init(_ evaluation: CoxEvaluation) { source = .evaluated(evaluation) }
  init(_ plain: CoxLikelihood, penalty: FirthPenalty?) { source = .plain(plain, penalty) }

  var logLikelihood: Double {
    switch source {
    case .evaluated(let evaluation): evaluation.logLikelihood
    case .plain(let plain, let penalty): plain.logLikelihood + (penalty?.value ?? 0)
    }
  }

  func score() -> [Double] {
    switch source {
    case .evaluated(let evaluation): evaluation.scoreVector
    case .plain(let plain, nil): plain.score()
    case .plain(let plain, let penalty?): zip(plain.score(), penalty.gradient).map { $0 + $1 }
    }
  }

  func information() -> Matrix {
    switch source {
    case .evaluated(let evaluation): evaluation.informationMatrix
    case .plain(let plain, nil): plain.information()
    case .plain(_, let penalty?): penalty.information
    }
  }

  /// Σ ω x² of each column: what the diagonal of the information is a difference from.
  func moments() -> [Double] {
    switch source {
    case .evaluated(let evaluation): evaluation.moments
    case .plain(let plain, _): secondMoments(plain.expectedEvents(), x: plain.problem.x, p: plain.problem.p)
    }
  }
}

/// Maxima of the (penalised) log-likelihood of one model over some of its columns, the others held where they are: the fit
/// itself, its profiles, and the models without a term.
struct CoxMaximiser {
  let ties: TieMethod
  /// Divisor of each covariate.
  let scale: [Double]
  /// The columns whose information is penalised; nil without penalty. A column held fixed stays in the penalty, as in
  /// Heinze & Schemper.
  let penalised: [Int]?
  var iteration: NewtonIteration
  private let evaluator: (any CoxEvaluator)?
  /// The rows laid out, where there is no evaluator.
  private let problem: CoxProblem?

  /// - Parameter penalised: see above; the plain likelihood when nil.
  init(_ basis: CoxFitBasis, _ model: CoxModel, penalised: [Int]?) {
    ties = model.ties
    self.penalised = penalised
    evaluator = penalised == nil ? basis.evaluator() : nil
    problem = evaluator == nil ? basis.problem : nil
    scale = evaluator?.scale ?? problem?.scale ?? []
    iteration = NewtonIteration(
      maximumIterations: model.maximumIterations, tolerance: model.tolerance,
      events: evaluator?.totalEventWeight ?? problem?.totalEventWeight ?? 0)
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
    if let evaluator { return CoxObjective(evaluator.evaluate(beta)) }
    guard let problem else { preconditionFailure("rows are laid out where there is no evaluator") }
    let plain = CoxLikelihood(problem, ties: ties, beta: beta)
    return CoxObjective(plain, penalty: penalised.map { FirthPenalty(plain, columns: $0) })
  }

  func maximum(
    from beta: [Double], over free: [Int],
    record: (NewtonIteration.Outcome<CoxObjective>, [Double]) -> Void = { _, _ in }
  ) throws(CoxFitError) -> NewtonIteration.Outcome<CoxObjective> {
    let start = objective(beta)
    return try iteration.run(
      from: beta, start: start, information: start.information(), free: free, evaluate: objective, record: record)
  }

  /// The maximum of a sample of the rows, where the rows are so many that this saves readings of all of them; nil where
  /// they are not, or the sample has no maximum.
  func startingPoint(over free: [Int]) -> [Double]? {
    guard !free.isEmpty, let sample = evaluator?.startingSample() else { return nil }
    let events = sample.totalEventWeight
    // Within a hundredth of a standard error of the sample's maximum, itself some standard errors away.
    let newton = NewtonIteration(maximumIterations: 12, tolerance: 1e-4 / events, events: events)
    let zeros = [Double](repeating: 0, count: scale.count)
    let start = sample.evaluate(zeros)
    guard
      let found = try? newton.run(
        from: zeros, start: start, information: start.informationMatrix, free: free, evaluate: sample.evaluate),
      found.converged, found.infinite.isEmpty
    else { return nil }
    return found.beta
  }
}

extension TieMethod {
  /// What evaluates the likelihood of this method in two readings of the covariates; nil where only `CoxLikelihood` does.
  func evaluator(_ problem: CoxProblem) -> (any CoxEvaluator)? {
    // Without tied events the exact methods are Breslow's.
    if isExact, problem.eventRows.contains(where: { $0 > 1 }) { return nil }
    guard problem.p > 0 else { return nil }
    return problem.isTruncated
      ? CoxIntervalPass(problem, isBreslow: self != .efron) : CoxPass(problem, isBreslow: self != .efron)
  }
}

internal import LinearAlgebra

/// What is added to the log-likelihood of a Cox model.
public enum CoxPenalty: String, Sendable, Codable {
  case none
  /// ½ ln det of the information: Firth, Biometrika 1993;80:27–38; Heinze & Schemper, Biometrics 2001;57:114–119. Takes the
  /// first-order bias away and keeps every coefficient finite where the likelihood rises for ever.
  case firth
}

/// The Cox proportional hazards model, fitted by Newton's method on the partial likelihood.
///
/// Iteration starts at 0 and stops when the squared Newton step per event, in units of standard errors, is at most
/// `tolerance`, or stops shrinking at round-off; a step that lowers the log-likelihood or leaves the finite numbers is
/// halved, and no fit is called converged while halving. Rows enter the risk set at time t when entry < t <= exit.
/// Sources: Cox, JRSS B 1972;34:187–220; Therneau & Grambsch, Modeling Survival Data, 2000, chapter 3.
public struct CoxModel: Sendable, Equatable {
  public let ties: TieMethod
  public let penalty: CoxPenalty
  /// Twenty times as many with a penalty, whose steps converge linearly.
  public let maximumIterations: Int
  public let tolerance: Double

  public init(
    ties: TieMethod = .efron, penalty: CoxPenalty = .none, maximumIterations: Int = 30, tolerance: Double = 1e-24
  ) {
    self.ties = ties
    self.penalty = penalty
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// Fits the model to the rows with a weight above 0. O(iterations · n p²).
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - design: the covariates, a row for each row of the data.
  ///   - strata: separate baseline hazards.
  ///   - offset: a known part of the linear predictor, one value per row.
  ///   - cluster: rows that belong together; given, the variance is robust (Lin & Wei, JASA 1989;84:1074–1078).
  /// - Throws: `CoxFitError` without events, when the information cannot be factored, for case weights or clusters with
  ///   exact ties, and for exact ties or clusters with a penalty.
  public func fit(
    _ data: TimeToEvent, _ design: DesignMatrix, strata: Grouping? = nil, offset: [Double]? = nil,
    cluster: Grouping? = nil
  ) throws(CoxFitError) -> CoxFit {
    precondition(design.rows == data.count, "the design has one row per subject")
    guard (0..<data.count).contains(where: { data.isWeightedEvent($0) }) else {
      throw CoxFitError(code: .noEvents, message: "there is no event, so no hazard can be compared")
    }
    if ties.isExact { try requireExactTies(data, isClustered: cluster != nil) }
    if penalty != .none, cluster != nil {
      throw CoxFitError(code: .notDefined, message: "a robust variance is not defined with Firth's penalty")
    }
    let basis = CoxFitBasis(data, design, strata: strata, offset: offset, cluster: cluster, ties: ties)
    let p = design.columnCount
    let zeros = [Double](repeating: 0, count: p)
    let start = CoxMaximiser(basis, self, penalised: nil)
    let unpenalised = start.objective(zeros)
    let startInformation = unpenalised.information()
    guard unpenalised.logLikelihood.isFinite, startInformation.values.allSatisfy(\.isFinite) else {
      throw CoxFitError(code: .notFinite, message: "the likelihood at 0 is not finite; look at offsets and weights")
    }
    let aliased = aliasedColumns(startInformation, moments: unpenalised.moments())
    let free = (0..<p).filter { !aliased.contains($0) }
    let maximiser = penalty == .firth ? CoxMaximiser(basis, self, penalised: free) : start
    let null = penalty == .firth ? maximiser.objective(zeros) : unpenalised
    let newton = try maximise(maximiser, null: null, information: startInformation, free: free)

    var warnings = aliased.sorted().map { CoxWarning.aliased(design.columnNames[$0]) }
    for j in newton.infinite {
      let direction = newton.beta[j] > 0 ? "+" : "−"
      warnings.append(
        CoxWarning(
          code: .infiniteCoefficient, coefficient: design.columnNames[j],
          message: "\(design.columnNames[j]): the log hazard ratio is not estimable (tends to \(direction)infinity); "
            + "read the likelihood-ratio or score test"))
    }
    // On the way of others to infinity the likelihood may cease to depend on a column: no number belongs to it.
    let undetermined =
      newton.infinite.isEmpty
      ? []
      : free.filter { !newton.infinite.contains($0) && newton.information[$0, $0] < 1e-5 * startInformation[$0, $0] }
    for j in undetermined {
      warnings.append(
        CoxWarning(
          code: .undetermined, coefficient: design.columnNames[j],
          message:
            "\(design.columnNames[j]): the log hazard ratio is not estimable (the likelihood ceases to depend on it "
            + "as others tend to infinity); read the likelihood-ratio or score test"))
    }
    // Where coefficients run away the iteration ends a little below what the likelihood tends to.
    let supremum =
      newton.infinite.isEmpty ? nil : try? maximiser.toSupremum.maximum(from: newton.beta, over: free).likelihood
    let largest = max(newton.likelihood.logLikelihood, supremum?.logLikelihood ?? -.infinity)
    if !newton.converged { warnings.append(.notConverged(iterations: newton.iterations)) }
    return assemble(
      basis, null: unpenalised, logLikelihoodNull: null.logLikelihood, logLikelihood: largest, free: free,
      newton: newton,
      scale: maximiser.scale, undetermined: undetermined, warnings: warnings)
  }

  /// Newton's iteration from 0, or from the maximum of a sample where the rows are very many and it is better than 0.
  private func maximise(
    _ maximiser: CoxMaximiser, null: CoxObjective, information: Matrix, free: [Int]
  ) throws(CoxFitError) -> NewtonIteration.Outcome<CoxObjective> {
    if let beta = maximiser.startingPoint(over: free) {
      let start = maximiser.objective(beta)
      if start.logLikelihood > null.logLikelihood,
        let found = try? maximiser.iteration.run(
          from: beta, start: start, information: start.information(), free: free, evaluate: maximiser.objective),
        found.converged, found.infinite.isEmpty
      {
        return found
      }
    }
    return try maximiser.iteration.run(
      from: [Double](repeating: 0, count: maximiser.scale.count), start: null, information: information, free: free,
      evaluate: maximiser.objective)
  }

  /// - Throws: `CoxFitError` for what has no meaning with exact ties.
  private func requireExactTies(_ data: TimeToEvent, isClustered: Bool) throws(CoxFitError) {
    if data.weights?.contains(where: { $0 != 0 && $0 != 1 }) ?? false {
      throw CoxFitError(
        code: .notDefined, message: "case weights are not defined with \(ties.rawValue) ties; use efron or breslow")
    }
    if isClustered {
      throw CoxFitError(
        code: .notDefined,
        message: "a robust variance is not defined with \(ties.rawValue) ties; use efron or breslow")
    }
    if penalty != .none {
      throw CoxFitError(
        code: .notDefined, message: "Firth's penalty is not defined with \(ties.rawValue) ties; use efron or breslow")
    }
  }

  private func assemble(
    _ basis: CoxFitBasis, null: CoxObjective, logLikelihoodNull: Double, logLikelihood: Double, free: [Int],
    newton: NewtonIteration.Outcome<CoxObjective>, scale: [Double], undetermined: [Int], warnings: [CoxWarning]
  ) -> CoxFit {
    let (data, design) = (basis.data, basis.design)
    let p = design.columnCount
    let estimable = newton.converged ? free.filter { !(newton.infinite + undetermined).contains($0) } : free
    var coefficients = [Double](repeating: .nan, count: p)
    for j in free { coefficients[j] = newton.beta[j] / scale[j] }
    basis.settle(coefficients)
    var covariance = Matrix(rows: p, columns: p, values: [Double](repeating: .nan, count: p * p))
    let inverse = Cholesky(newton.information.submatrix(estimable))?.inverse()
    if let inverse {
      for (a, i) in estimable.enumerated() {
        for (b, j) in estimable.enumerated() { covariance[i, j] = inverse[a, b] / (scale[i] * scale[j]) }
      }
    }
    let errors = covariance.diagonal.map { $0.squareRoot() }

    let cluster = basis.cluster
    var robust: Matrix?
    var robustScore: ChiSquaredTest?
    if let cluster, let inverse {
      let problem = basis.problem
      let clusters = problem.source.map { Int(cluster.codes[Int($0)]) }
      let sums = clusterSums(basis.likelihood, clusters, cluster.count, estimable)
      let half = sums.multiplied(by: inverse)
      var sandwich = Matrix(rows: p, columns: p, values: [Double](repeating: .nan, count: p * p))
      let meat = gram(half)
      for (a, i) in estimable.enumerated() {
        for (b, j) in estimable.enumerated() { sandwich[i, j] = meat[a, b] / (scale[i] * scale[j]) }
      }
      robust = sandwich
      let start = CoxLikelihood(problem, ties: ties, beta: [Double](repeating: 0, count: p))
      let sumsAtZero = clusterSums(start, clusters, cluster.count, free)
      let total = free.indices.map { a in (0..<sumsAtZero.rows).reduce(0.0) { $0 + sumsAtZero[$1, a] } }
      robustScore = ChiSquaredTest(
        statistic: Cholesky(gram(sumsAtZero))?.quadraticForm(total) ?? .nan, degreesOfFreedom: free.count)
    }
    let used = robust ?? covariance
    let scoreVector = null.score()
    // The score at 0 says nothing of a penalised likelihood, which has a slope of its own there.
    let scoreStatistic =
      penalty != .none
      ? .nan
      : Cholesky(null.information().submatrix(free))?.quadraticForm(free.map { scoreVector[$0] }) ?? .nan
    // Score residuals sum to 0 over the clusters: of k clusters the robust variance has rank k − 1 at most.
    let isSingular = cluster.map { $0.count <= estimable.count } ?? false
    let wald =
      isSingular ? .nan : Cholesky(used.submatrix(estimable))?.quadraticForm(estimable.map { coefficients[$0] }) ?? .nan

    return CoxFit(
      ties: ties, isStratified: basis.strata != nil, strataCount: basis.strata?.count ?? 1, isRobust: cluster != nil,
      clusterCount: cluster?.count, penalty: penalty, maximumIterations: maximumIterations, tolerance: tolerance,
      terms: design.terms, names: design.columnNames,
      count: data.count, eventCount: data.eventCount, coefficients: coefficients, standardErrors: errors,
      covariance: covariance, robustStandardErrors: robust?.diagonal.map { $0.squareRoot() },
      robustCovariance: robust, logLikelihoodNull: logLikelihoodNull,
      logLikelihood: logLikelihood,
      likelihoodRatioTest: ChiSquaredTest(
        statistic: max(0, 2 * (logLikelihood - logLikelihoodNull)), degreesOfFreedom: free.count),
      waldTest: ChiSquaredTest(statistic: wald, degreesOfFreedom: estimable.count),
      scoreTest: ChiSquaredTest(statistic: scoreStatistic, degreesOfFreedom: free.count),
      robustScoreTest: robustScore, iterations: newton.iterations, halvings: newton.halvings,
      converged: newton.converged,
      finalDecrement: newton.decrement, warnings: warnings, basis: basis, estimable: estimable,
      undetermined: undetermined)
  }

  /// Weighted score residuals summed within clusters, one row per cluster, on the scaled covariates.
  private func clusterSums(_ likelihood: CoxLikelihood, _ clusters: [Int], _ count: Int, _ columns: [Int]) -> Matrix {
    let residuals = likelihood.scoreResiduals()
    let p = likelihood.problem.p
    var sums = Matrix(rows: count, columns: columns.count)
    for (i, c) in clusters.enumerated() {
      for (a, j) in columns.enumerated() { sums[c, a] += residuals[i * p + j] * likelihood.problem.weight(i) }
    }
    return sums
  }

  private func gram(_ a: Matrix) -> Matrix {
    var result = [Double](repeating: 0, count: a.columns * a.columns)
    BLAS.addProduct(a.values, a.values, rows: a.rows, columns: a.columns, to: &result)
    return Matrix(rows: a.columns, columns: a.columns, values: result)
  }
}

internal import LinearAlgebra

/// The Fine–Gray regression of the subdistribution hazard of one cause.
///
/// −ln(1 − F_c(t | x)) = exp(xβ) Λ(t): a Cox model in which those who had another event stay in the risk set, with the
/// weight G(t−)/G(T_i−), the chance of not having been censored since (with delayed entry G times H, see
/// `CensoringDistribution`). Ties after Breslow. Without competing events it is the Cox model with Breslow's ties and robust
/// errors; without censoring the weights are 1.
///
/// Standard errors come from a sandwich. Of one stratum without case weights, delayed entry and clusters it is Fine & Gray's,
/// which allows for G being estimated; otherwise, or when asked for, the weights count as known, as in R's `coxph` on the
/// rows of `finegray`.
///
/// Iteration is that of `CoxModel`. O(iterations · n p²), times the strata of censoring for what follows an exit.
/// Source: Fine & Gray, JASA 1999;94:496–509, equations 5 to 8.
public struct FineGrayModel: Sendable, Equatable {
  public let maximumIterations: Int
  public let tolerance: Double
  public let censoringTies: CensoringTies
  /// The variance takes the weights as known in any case.
  public let takesWeightsAsKnown: Bool

  public init(
    maximumIterations: Int = 30, tolerance: Double = 1e-24, censoringTies: CensoringTies = .allAtRisk,
    takesWeightsAsKnown: Bool = false
  ) {
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
    self.censoringTies = censoringTies
    self.takesWeightsAsKnown = takesWeightsAsKnown
  }

  /// - Parameters:
  ///   - risks: the rows, each with its cause.
  ///   - cause: counted from 1.
  ///   - design: the covariates, a row for each row of the data.
  ///   - strata: separate baseline hazards; the censoring is of one distribution.
  ///   - censoringStrata: separate distributions of censoring (R: strata in the formula of `finegray`).
  ///   - cluster: rows that belong together, for the variance.
  /// - Throws: `SurvivalInputError` for a cause without events; `CoxFitError` when the information cannot be factored or the
  ///   likelihood is not finite.
  public func fit(
    _ risks: CompetingRisks, cause: Int, _ design: DesignMatrix, strata: Grouping? = nil,
    censoringStrata: Grouping? = nil, cluster: Grouping? = nil
  ) throws -> FineGrayFit {
    precondition(design.rows == risks.count, "the design has one row per subject")
    try risks.require(cause: cause)
    let problem = try FineGrayProblem(
      risks, cause: cause, design: design, strata: strata, censoringStrata: censoringStrata, ties: censoringTies)
    let isPlain =
      risks.data.entry == nil && risks.data.weights == nil && strata == nil && censoringStrata == nil
      && cluster == nil && censoringTies == .allAtRisk && !takesWeightsAsKnown
    let p = problem.layout.p
    let start = FineGrayLikelihood(problem, beta: [Double](repeating: 0, count: p))
    let startInformation = start.information()
    let aliased = aliasedColumns(startInformation, moments: start.secondMoments())
    let free = (0..<p).filter { !aliased.contains($0) }
    guard start.isFinite, startInformation.values.allSatisfy(\.isFinite) else {
      throw CoxFitError(
        code: .notFinite,
        message: "the likelihood at 0 is not finite"
          + (risks.data.entry == nil ? "" : ": somebody's weight spans a time at which nobody was under observation"))
    }
    let iteration = NewtonIteration(
      maximumIterations: maximumIterations, tolerance: tolerance, events: problem.layout.totalEventWeight)
    let newton = try iteration.run(
      from: [Double](repeating: 0, count: p), start: start, information: startInformation, free: free
    ) { FineGrayLikelihood(problem, beta: $0) }

    var warnings = aliased.sorted().map { CoxWarning.aliased(design.columnNames[$0]) }
    warnings += newton.infinite.map { j in
      CoxWarning(
        code: .infiniteCoefficient, coefficient: design.columnNames[j],
        message: "\(design.columnNames[j]): the log subdistribution hazard ratio is not estimable "
          + "(tends to \(newton.beta[j] > 0 ? "+" : "−")infinity)")
    }
    if !newton.converged { warnings.append(.notConverged(iterations: newton.iterations)) }

    let scale = problem.layout.scale
    let estimable = free.filter { !newton.infinite.contains($0) }
    var coefficients = [Double](repeating: .nan, count: p)
    for j in free { coefficients[j] = newton.beta[j] / scale[j] }
    let unknown = Matrix(rows: p, columns: p, values: [Double](repeating: .nan, count: p * p))
    var (sandwich, model) = (unknown, unknown)
    if let inverse = Cholesky(newton.information.submatrix(estimable))?.inverse() {
      var rows = newton.likelihood.influences(allowingForCensoring: isPlain)
      if let cluster { rows = FineGrayModel.sums(rows, problem.layout, by: cluster) }
      let meat = FineGrayModel.gram(rows, p: p, columns: estimable)
      let full = inverse.multiplied(by: meat).multiplied(by: inverse).symmetrised()
      for (a, i) in estimable.enumerated() {
        for (b, j) in estimable.enumerated() {
          sandwich[i, j] = full[a, b] / (scale[i] * scale[j])
          model[i, j] = inverse[a, b] / (scale[i] * scale[j])
        }
      }
    }
    let wald = Cholesky(sandwich.submatrix(estimable))?.quadraticForm(estimable.map { coefficients[$0] }) ?? .nan
    return FineGrayFit(
      cause: cause, causeLabel: risks.labels[cause - 1], terms: design.terms, names: design.columnNames,
      count: risks.count, eventCount: risks.eventCount(of: cause),
      competingCount: risks.data.eventCount - risks.eventCount(of: cause),
      censoredCount: risks.count - risks.data.eventCount, tolerance: tolerance,
      strataCount: strata?.count ?? 1, censoringStrataCount: censoringStrata?.count ?? 1, censoringTies: censoringTies,
      allowsForCensoring: isPlain, clusterCount: cluster?.count, coefficients: coefficients,
      standardErrors: sandwich.diagonal.map { $0.squareRoot() }, covariance: sandwich, modelCovariance: model,
      logLikelihoodNull: start.logLikelihood, logLikelihood: newton.likelihood.logLikelihood,
      waldTest: ChiSquaredTest(statistic: wald, degreesOfFreedom: estimable.count), iterations: newton.iterations,
      halvings: newton.halvings, converged: newton.converged, finalDecrement: newton.decrement, warnings: warnings,
      fitted: FittedHazard(
        newton.likelihood, coefficients: coefficients, estimable: estimable, covariance: sandwich),
      lastTimes: StratifiedOrder(risks.data, strata: strata).lastTimes(risks.data))
  }

  /// The rows added up within clusters.
  private static func sums(_ rows: [Double], _ layout: CoxProblem, by cluster: Grouping) -> [Double] {
    let p = layout.p
    var sums = [Double](repeating: 0, count: cluster.count * p)
    for (i, row) in layout.source.enumerated() {
      let c = Int(cluster.codes[Int(row)])
      for j in 0..<p { sums[c * p + j] += rows[i * p + j] }
    }
    return sums
  }

  private static func gram(_ rows: [Double], p: Int, columns: [Int]) -> Matrix {
    var result = Matrix(rows: columns.count, columns: columns.count)
    for (a, i) in columns.enumerated() {
      for (b, j) in columns.enumerated() {
        var sum = CompensatedSum()
        for start in stride(from: 0, to: rows.count, by: max(p, 1)) { sum.add(rows[start + i] * rows[start + j]) }
        result[a, b] = sum.value
      }
    }
    return result
  }
}

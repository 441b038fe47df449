internal import Synchronization

/// The data of a Cox fit, and what is worked out from them and the estimate when it is first asked for: a fit of a million
/// rows costs no more than its estimate.
final class CoxFitBasis: Sendable {
  let data: TimeToEvent
  let design: DesignMatrix
  let strata: Grouping?
  let offset: [Double]?
  let cluster: Grouping?
  let ties: TieMethod
  private let laidOut: OnDemand<CoxProblem>
  private let countedRows: OnDemand<CoxProblem?>
  /// The coefficients; set once, when the fit is done.
  private let estimate = Mutex<[Double]>([])
  private let kept = Mutex(Kept())

  /// What has been asked for.
  private struct Kept {
    var likelihood: CoxLikelihood?
    var summedLikelihood: CoxLikelihood?
    var predictors: [Double]?
    var centred: [Double]?
    var concordance: Concordance?
    var means: [Double]?
    var lastTimes: [Double]?
    var isIndicator: [Bool]?
    var weightZero: WeightZeroRows?
  }

  init(
    _ data: TimeToEvent, _ design: DesignMatrix, strata: Grouping?, offset: [Double]?, cluster: Grouping?,
    ties: TieMethod
  ) {
    self.data = data
    self.design = design
    self.strata = strata
    self.offset = offset
    self.cluster = cluster
    self.ties = ties
    laidOut = OnDemand { CoxProblem(data, design: design, strata: strata, offset: offset) }
    countedRows = OnDemand {
      strata == nil && offset == nil && !ties.isExact ? CoxProblem(counting: data, design) : nil
    }
  }

  func settle(_ coefficients: [Double]) { estimate.withLock { $0 = coefficients } }

  /// The rows laid out for the likelihood.
  var problem: CoxProblem { laidOut.value }

  /// What evaluates the likelihood in two readings of the covariates; nil where only `CoxLikelihood` does.
  func evaluator() -> (any CoxEvaluator)? {
    countedRows.value.flatMap(ties.evaluator) ?? CoxColumnPass(data, design, strata: strata, offset: offset, ties: ties)
      ?? ties.evaluator(problem)
  }

  /// The likelihood laid out at the estimate.
  var likelihood: CoxLikelihood { keep(\.likelihood) { laidOut(problem) } }

  /// The same for what needs no single rows: with alike rows taken together where they are.
  var summedLikelihood: CoxLikelihood {
    guard let counted = countedRows.value else { return likelihood }
    return keep(\.summedLikelihood) { laidOut(counted) }
  }

  private func laidOut(_ problem: CoxProblem) -> CoxLikelihood {
    let beta = zip(estimate.withLock { $0 }, problem.scale).map { $0.isNaN ? 0 : $0 * $1 }
    return CoxLikelihood(problem, ties: ties, beta: beta)
  }

  /// Σ x β plus the offset of every row.
  ///
  /// Summed in one fixed order per row, so that rows with equal covariates have equal scores to the bit: a product that
  /// treats some rows differently (vector kernels and their tails do) would break ties at random.
  var linearPredictors: [Double] {
    keep(\.predictors) { predictors { _ in 0 } }
  }

  /// Linear predictors from their own mean: covariates are taken from those of the first row before they are multiplied.
  var centredLinearPredictors: [Double] {
    keep(\.centred) {
      let predictor = predictors { design.column($0).first ?? 0 }
      let mean = weightedMean(predictor[...], weights: data.weights)
      return predictor.map { $0 - mean }
    }
  }

  var concordance: Concordance {
    keep(\.concordance) { Concordance(data, score: linearPredictors, strata: strata, cluster: cluster) }
  }

  var means: [Double] { keep(\.means) { design.columnMeans(weights: data.weights) } }
  var lastTimes: [Double] { keep(\.lastTimes) { StratifiedOrder(data, strata: strata).lastTimes(data) } }
  var isIndicator: [Bool] {
    keep(\.isIndicator) { (0..<design.columnCount).map { design.column($0).allSatisfy { $0 == 0 || abs($0) == 1 } } }
  }
  var weightZero: WeightZeroRows {
    keep(\.weightZero) { WeightZeroRows(data, problem, design: design, strata: strata, offset: offset) }
  }

  /// The linear predictors with covariates taken from an origin of each column. A row of weight 0 has no part of the
  /// offset: it is not in the likelihood.
  private func predictors(origin: (Int) -> Double) -> [Double] {
    var predictor = offset ?? [Double](repeating: 0, count: data.count)
    if offset != nil, let weights = data.weights {
      for row in predictor.indices where weights[row] == 0 { predictor[row] = 0 }
    }
    for (j, coefficient) in estimate.withLock({ $0 }).enumerated() where !coefficient.isNaN {
      let zero = origin(j)
      for (row, value) in design.column(j).enumerated() { predictor[row] += (value - zero) * coefficient }
    }
    return predictor
  }

  private func keep<Value: Sendable>(_ place: any WritableKeyPath<Kept, Value?> & Sendable, _ make: () -> Value)
    -> Value
  {
    if let value = kept.withLock({ $0[keyPath: place] }) { return value }
    let value = make()
    kept.withLock { $0[keyPath: place] = value }
    return value
  }
}

extension CoxFit {
  /// Harrell's C of the linear predictors. Worked out when it is first asked for, in O(n log n).
  public var concordance: Concordance { basis.concordance }
  /// Σ x β plus the offset of every row, from covariates of 0; columns without an estimate left out. O(n p) when it is
  /// first asked for.
  public var linearPredictors: [Double] { basis.linearPredictors }
  /// The same minus its mean over the rows, weighted by the case weights; a far origin of a covariate costs no digit.
  public var centredLinearPredictors: [Double] { basis.centredLinearPredictors }
  /// Means of the columns, weighted by the case weights.
  public var means: [Double] { basis.means }
  /// The last time of observation in each stratum; NaN in one without rows.
  public var lastTimes: [Double] { basis.lastTimes }

  var likelihood: CoxLikelihood { basis.likelihood }
  /// Columns that hold −1, 0 and 1 only.
  var isIndicator: [Bool] { basis.isIndicator }
  var weightZero: WeightZeroRows { basis.weightZero }
}

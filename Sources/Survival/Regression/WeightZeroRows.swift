/// Rows of weight 0 beside a fit they have no part in: what the fitted model expects of them.
///
/// Such a row is no member of any risk set and none of the tied events of its time: its expected number of events is its
/// cumulative hazard, and its residuals compare it with the rows that count.
struct WeightZeroRows {
  struct Row {
    let row: Int
    let isEvent: Bool
    let stratum: Int
    /// At risk in these event times.
    let bins: Range<Int>
    /// Covariates as those of the stratum stand in the problem.
    let x: [Double]
    let offset: Double
  }

  let rows: [Row]
  private let data: TimeToEvent

  init(_ data: TimeToEvent, _ problem: CoxProblem, design: DesignMatrix, strata: Grouping?, offset: [Double]?) {
    self.data = data
    guard let weights = data.weights, weights.contains(0) else {
      rows = []
      return
    }
    let times = (0..<problem.strataCount).map {
      Array(problem.binTime[problem.binStarts[$0]..<problem.binStarts[$0 + 1]])
    }
    let values = design.values
    rows = weights.indices.filter { weights[$0] == 0 }.map { i in
      let s = Int(strata?.codes[i] ?? 0)
      let first = problem.binStarts[s]
      let entered = data.entry.map { upperBound(times[s], $0[i]) } ?? 0
      // Times are compared as the data merged them.
      let left = max(entered, upperBound(times[s], data.time[i]))
      return Row(
        row: i, isEvent: data.isEvent[i], stratum: s, bins: (first + entered)..<(first + left),
        x: problem.standardised((0..<design.columnCount).map { values[$0 * design.rows + i] }, stratum: s),
        offset: offset?[i] ?? 0)
    }
  }

  /// exp(η) of a row, relative to the stratum's largest η.
  func risk(_ row: Row, _ likelihood: CoxLikelihood, _ beta: [Double]) -> Double {
    let eta = zip(row.x, beta).reduce(row.offset) { $0 + $1.0 * $1.1 }
    return exponential(eta - likelihood.shift[row.stratum])
  }

  func expectedEvents(_ row: Row, _ likelihood: CoxLikelihood, _ beta: [Double]) -> Double {
    risk(row, likelihood, beta) * row.bins.reduce(0.0) { $0 + likelihood.hazard[$1] }
  }

  /// (x − x̄) δ − exp(η) ∫ (x − x̄) dΛ, on the scaled covariates.
  func scoreResidual(_ row: Row, _ likelihood: CoxLikelihood, _ means: RiskSetMeans, _ beta: [Double]) -> [Double] {
    let p = likelihood.problem.p
    let own = row.isEvent ? meanAtExit(row, likelihood) : nil
    let risk = risk(row, likelihood, beta)
    return (0..<p).map { j in
      let passed = row.bins.reduce(0.0) {
        $0 + row.x[j] * likelihood.hazard[$1] - means.weighted[$1 * p + j]
      }
      return (own.map { row.x[j] - $0[j] } ?? 0) - risk * passed
    }
  }

  /// The mean of the covariates of those at risk when the row has its event; NaN when there is nobody. O(n).
  private func meanAtExit(_ row: Row, _ likelihood: CoxLikelihood) -> [Double] {
    let problem = likelihood.problem
    var total = CompensatedSum()
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: problem.p)
    let t = data.time[row.row]
    for i in problem.rowStarts[row.stratum]..<problem.rowStarts[row.stratum + 1] {
      let source = Int(problem.source[i])
      guard data.time[source] >= t, data.entry.map({ $0[source] < t }) ?? true else {
        continue
      }
      total.add(likelihood.risk[i])
      for j in 0..<problem.p { sums[j].add(likelihood.risk[i] * problem.x[i * problem.p + j]) }
    }
    return sums.map { $0.value / total.value }
  }
}

internal import LinearAlgebra

/// The weighted partial likelihood of a Fine–Gray model at one coefficient vector, on scaled covariates.
///
/// At an event time t_k the risk set of a baseline stratum holds those with entry < t_k <= T_i, with r_i = w_i exp(η_i), and
/// those who left before by another cause, with r_i G(t_k−)/G(T_i−) = v_i G_k, G of their own stratum of censoring. Sums of v
/// run forward from the first time: additions only, and O(n p) for all event times.
struct FineGrayLikelihood: NewtonLikelihood {
  let problem: FineGrayProblem
  let logLikelihood: Double
  /// w exp(η − largest η of the stratum), and the same over G(T_i−) for those who had another event (0 for all others).
  private let risk: [Double]
  private let lasting: [Double]
  private let intervals: IntervalSums
  /// The largest η of each stratum.
  let shift: [Double]
  /// Per event time: d/S0, and the weighted mean of the covariates (by rows).
  let hazard: [Double]
  let means: [Double]

  var isFinite: Bool { logLikelihood.isFinite }

  init(_ problem: FineGrayProblem, beta: [Double]) {
    self.problem = problem
    let layout = problem.layout
    let (n, p) = (layout.rows, layout.p)
    var eta = [Double](repeating: 0, count: n)
    BLAS.multiply(layout.x, rows: n, columns: p, by: beta, into: &eta)
    var risk = eta
    var shift = [Double](repeating: 0, count: layout.strataCount)
    for s in 0..<layout.strataCount {
      let rows = layout.rowStarts[s]..<layout.rowStarts[s + 1]
      shift[s] = eta[rows].max() ?? 0
      for i in rows { risk[i] = layout.weight(i) * exponential(eta[i] - shift[s]) }
    }
    let lasting = risk.indices.map { problem.isCompeting[$0] ? risk[$0] / problem.freeAtExit[$0] : 0 }
    (self.risk, self.lasting, self.shift) = (risk, lasting, shift)
    intervals = IntervalSums(layout)

    // Those still there, and those who left by another cause from the first time on.
    var s0 = intervals.riskSetSums(risk)
    var s1 = intervals.riskSetVectors(risk, x: layout.x, p: p)
    let groups = problem.freeAtEvent.indices
    for s in 0..<layout.strataCount {
      var sums = groups.map { _ in CompensatedSum() }
      var vectors = [Double](repeating: 0, count: groups.count * p)
      var i = layout.rowStarts[s]
      for k in layout.binStarts[s]..<layout.binStarts[s + 1] {
        while i < layout.rowStarts[s + 1], Int(layout.exitBin[i]) <= k {
          if problem.isCompeting[i] {
            let g = problem.censoringGroup[i]
            sums[g].add(lasting[i])
            for j in 0..<p { vectors[g * p + j] += lasting[i] * layout.x[i * p + j] }
          }
          i += 1
        }
        for g in groups {
          // No weight of 0 · ∞ where the group has nobody yet.
          let free = sums[g].value == 0 ? 0 : problem.freeAtEvent[g][k]
          s0[k] += free * sums[g].value
          for j in 0..<p { s1[k * p + j] += free * vectors[g * p + j] }
        }
      }
    }

    var total = CompensatedSum()
    var hazard = s0
    for s in 0..<layout.strataCount {
      for k in layout.binStarts[s]..<layout.binStarts[s + 1] {
        let first = Int(layout.firstEvent[k])
        for row in first..<(first + Int(layout.eventRows[k])) { total.add(layout.weight(row) * (eta[row] - shift[s])) }
        total.add(-layout.eventWeight[k] * logarithm(s0[k]))
        hazard[k] = layout.eventWeight[k] / s0[k]
        for j in 0..<p { s1[k * p + j] /= s0[k] }
      }
    }
    logLikelihood = total.value
    self.hazard = hazard
    means = s1
  }

  /// Per row, the sum of d/S0 over the event times at which it is at risk with weight 1, and of G d/S0 over those after.
  private var cumulative: (before: [Double], after: [Double]) {
    (intervals.overRisk(hazard), problem.afterExit(hazard))
  }

  /// Expected events of each row, times its weight.
  private var expected: [Double] {
    let (before, after) = cumulative
    return risk.indices.map { risk[$0] * before[$0] + lasting[$0] * after[$0] }
  }

  /// Σ of expected events times x², of each column: what the information is a difference of.
  func secondMoments() -> [Double] { Survival.secondMoments(expected, x: problem.layout.x, p: problem.layout.p) }

  func score() -> [Double] {
    let layout = problem.layout
    let expected = expected
    let residual = expected.indices.map { (layout.isEvent[$0] ? layout.weight($0) : 0) - expected[$0] }
    var score = [Double](repeating: 0, count: layout.p)
    BLAS.addTransposed(layout.x, rows: layout.rows, columns: layout.p, by: residual, to: &score)
    return score
  }

  /// Xᵀ diag(expected) X − Σ d m mᵀ, m the mean of the covariates at each event time.
  func information() -> Matrix {
    let layout = problem.layout
    let p = layout.p
    let expected = expected
    var sum = [Double](repeating: 0, count: p * p)
    let scaled = (0..<(layout.rows * p)).map { layout.x[$0] * expected[$0 / p] }
    BLAS.addProduct(scaled, layout.x, rows: layout.rows, columns: p, to: &sum)
    let weighted = means.indices.map { means[$0] * layout.eventWeight[$0 / max(p, 1)] }
    BLAS.addProduct(weighted, means, rows: layout.bins, columns: p, scale: -1, to: &sum)
    return Matrix(rows: p, columns: p, values: sum).symmetrised()
  }

  /// The influence of each row on the score, times its weight, by rows: η, the row's own ∫ (x_i − m) w_i dM_i, and, where
  /// the estimate of G is allowed for, ψ of Fine & Gray.
  ///
  /// ψ_i = ∫ q/π dM_i^c is what the row adds to the estimate of G, with π(u) the number with T_i >= u and q(u) the sum over
  /// those who had another event before u of ∫ over t >= u of (x_i − m) w_i e^η dΛ: where a censoring ties with an event it
  /// counts for that event, as printed in the paper (equation 8) and in R's cmprsk. It is defined for one stratum without
  /// weights and delayed entry.
  func influences(allowingForCensoring: Bool) -> [Double] {
    let layout = problem.layout
    let (n, p) = (layout.rows, layout.p)
    let (before, after) = cumulative
    var influence = [Double](repeating: 0, count: n * p)
    for j in 0..<p {
      let increments = hazard.indices.map { hazard[$0] * means[$0 * p + j] }
      let meanBefore = intervals.overRisk(increments)
      let meanAfter = problem.afterExit(increments)
      for i in 0..<n {
        let x = layout.x[i * p + j]
        var own = -risk[i] * (x * before[i] - meanBefore[i]) - lasting[i] * (x * after[i] - meanAfter[i])
        if layout.isEvent[i] { own += layout.weight(i) * (x - means[(Int(layout.exitBin[i]) - 1) * p + j]) }
        influence[i * p + j] = own
      }
      if allowingForCensoring { addCensoring(j, increments, to: &influence) }
    }
    return influence
  }

  /// Adds ψ of one column, over the distinct times of censoring.
  private func addCensoring(_ j: Int, _ increments: [Double], to influence: inout [Double]) {
    let layout = problem.layout
    let (n, p, bins) = (layout.rows, layout.p, layout.bins)
    func tail(_ values: [Double]) -> [Double] {
      var sum = CompensatedSum()
      var tail = [Double](repeating: 0, count: bins + 1)
      for k in (0..<bins).reversed() {
        sum.add(values[k] * problem.freeAtEvent[0][k])
        tail[k] = sum.value
      }
      return tail
    }
    let (after, meanAfter) = (tail(hazard), tail(increments))
    var next = 0
    var level = CompensatedSum()
    var slope = CompensatedSum()
    var q: [Double] = []
    var compensator = [0.0]
    var running = CompensatedSum()
    for (position, censoring) in problem.censorings.enumerated() {
      while next < n, problem.exit[next] < censoring.time {
        level.add(lasting[next])
        slope.add(lasting[next] * layout.x[next * p + j])
        next += 1
      }
      let k = problem.eventsBefore[position]
      let value = (slope.value * after[k] - level.value * meanAfter[k]) / censoring.atRisk
      q.append(value)
      running.add(value * censoring.count / censoring.atRisk)
      compensator.append(running.value)
    }
    for i in 0..<n {
      let by = problem.censoringsBy[i]
      influence[i * p + j] += (problem.isCensored[i] ? q[by - 1] : 0) - compensator[by]
    }
  }
}

internal import LinearAlgebra

/// The Cox partial likelihood at one coefficient vector: value, score, information, and the sums they share.
///
/// With A_k = Σ_l (W/d)/v_l and B_k = Σ_l (W/d)(l/d)/v_l per event time, L the running sum of A, and
/// ω_i = r_i (L(exit) − L(entry) − event·B): score = Xᵀ(w·event − ω), one matrix–vector product, and
/// information = Xᵀ diag(ω) X − Σ_k (rank one or two) — no p × p update per event. Σω equals the number of events. Tied event
/// times of the exact methods are added as terms of their own (`ExactTieTerm`).
struct CoxLikelihood {
  let problem: CoxProblem
  let ties: TieMethod
  /// w exp(η − m), m the stratum's largest η: the shift cancels in the likelihood and keeps exp from overflowing.
  private(set) var risk: [Double]
  private(set) var linearPredictor: [Double]
  private(set) var logLikelihood: Double
  /// Per bin: S0, E0, A, B.
  private(set) var s0: [Double]
  private(set) var e0: [Double]
  private(set) var hazard: [Double]
  private(set) var tiedHazard: [Double]
  /// The largest η of each stratum.
  private(set) var shift: [Double]
  let intervals: IntervalSums
  /// The rows of M of each event time (`BinBuffers`).
  private let meanScale: [Double]
  private let tiedShift: [Double]
  private let tiedScale: [Double]
  /// ω, from which both the score and the information are made.
  private var omega: [Double] = []
  /// What the tied event times of an exact method contribute; they have no hazard, so the sums above pass them over.
  private let exact: ExactTieTerm?

  var isFinite: Bool { logLikelihood.isFinite }

  init(_ problem: CoxProblem, ties: TieMethod, beta: [Double]) {
    self.problem = problem
    self.ties = ties
    let n = problem.rows
    var eta = [Double](repeating: 0, count: n)
    BLAS.multiply(problem.x, rows: n, columns: problem.p, by: beta, into: &eta)
    var shift = [Double](repeating: 0, count: problem.strataCount)
    var risk = [Double](repeating: 0, count: n)
    for s in 0..<problem.strataCount {
      var largest = -Double.infinity
      for i in problem.rowStarts[s]..<problem.rowStarts[s + 1] {
        eta[i] += problem.offset(i)
        largest = max(largest, eta[i])
      }
      shift[s] = largest
      for i in problem.rowStarts[s]..<problem.rowStarts[s + 1] {
        risk[i] = problem.weight(i) * exponential(eta[i] - largest)
      }
    }
    self.shift = shift
    intervals = IntervalSums(problem)
    exact = CoxLikelihood.exactTies(problem, ties: ties, linearPredictor: eta)
    let s0 = intervals.riskSetSums(risk)
    let sums = BinBuffers(problem.bins)
    var total = CompensatedSum()
    for s in 0..<problem.strataCount {
      for k in problem.binStarts[s]..<problem.binStarts[s + 1] {
        (sums.s0[k], sums.e0[k]) = (s0[k], 0)
        let first = Int(problem.firstEvent[k])
        let isElsewhere = ties.isExact && problem.eventRows[k] > 1
        for i in first..<(first + Int(problem.eventRows[k])) where !isElsewhere {
          sums.e0[k] += risk[i]
          total.add(problem.weight(i) * (eta[i] - shift[s]))
        }
      }
    }
    // Tied events of the exact methods have no weight here.
    let weight =
      ties.isExact ? zip(problem.eventWeight, problem.eventRows).map { $1 > 1 ? 0 : $0 } : problem.eventWeight
    total.add(
      -sums.addTiedEvents(
        0..<problem.bins, events: problem.eventSubjects, weight: weight, isBreslow: ties != .efron))
    self.s0 = s0
    e0 = sums.values(sums.e0)
    (hazard, tiedHazard) = (sums.values(sums.cumulative), sums.values(sums.tiedHazard))
    (meanScale, tiedShift, tiedScale) = (
      sums.values(sums.meanScale), sums.values(sums.tiedShift), sums.values(sums.tiedScale)
    )
    self.risk = risk
    linearPredictor = eta
    if let exact { total.add(exact.logLikelihood) }
    logLikelihood = total.value
    omega = expectedEvents(increments: hazard, timeWeights: nil)
  }

  /// ω: each row's expected number of events, with every event time's contribution multiplied by `timeWeights`.
  func expectedEvents(timeWeights: [Double]? = nil) -> [Double] {
    guard let timeWeights else { return omega }
    return expectedEvents(increments: zip(hazard, timeWeights).map { $0 * $1 }, timeWeights: timeWeights)
  }

  private func expectedEvents(increments: [Double], timeWeights: [Double]?) -> [Double] {
    var omega = intervals.overRisk(increments)
    for i in omega.indices {
      if problem.isEvent[i] {
        let k = Int(problem.exitBin[i]) - 1
        omega[i] -= tiedHazard[k] * (timeWeights?[k] ?? 1)
      }
      omega[i] *= risk[i]
    }
    return omega
  }

  /// The derivative of the log-likelihood, on the scaled covariates. With `timeWeights` g, the derivative with respect to
  /// coefficients of x·g(t).
  func score(timeWeights: [Double]? = nil) -> [Double] {
    var residual = expectedEvents(timeWeights: timeWeights)
    for i in residual.indices {
      residual[i] = -residual[i]
      if problem.isEvent[i], exact == nil || problem.eventRows[Int(problem.exitBin[i]) - 1] == 1 {
        residual[i] += problem.weight(i) * (timeWeights?[Int(problem.exitBin[i]) - 1] ?? 1)
      }
    }
    var score = [Double](repeating: 0, count: problem.p)
    BLAS.addTransposed(problem.x, rows: problem.rows, columns: problem.p, by: residual, to: &score)
    if let exact {
      for j in score.indices { score[j] += exact.score[j] }
    }
    return score
  }

  /// Σ_k g_k V_k with V_k the weighted covariance of the covariates over the risk set of each (tied-corrected) event: the
  /// information for g = 1, its mixed blocks with x·g(t) for other g. Both triangles filled.
  func information(timeWeights: [Double]? = nil) -> Matrix {
    let p = problem.p
    var sum = [Double](repeating: 0, count: p * p)
    let omega = expectedEvents(timeWeights: timeWeights)
    let block = 256
    var scaled = [Double](repeating: 0, count: block * p)
    problem.x.withUnsafeBufferPointer { x in
      for start in stride(from: 0, to: problem.rows, by: block) {
        let rows = start..<min(start + block, problem.rows)
        for i in rows {
          for j in 0..<p { scaled[(i - start) * p + j] = x[i * p + j] * omega[i] }
        }
        guard let plain = UnsafeBufferPointer(rebasing: x[(start * p)..<(rows.upperBound * p)]).baseAddress else {
          return
        }
        BLAS.addProduct(scaled, plain, rows: rows.count, columns: p, to: &sum)
      }
    }
    subtractMeans(timeWeights: timeWeights, from: &sum)
    if let exact {
      for j in sum.indices { sum[j] += exact.information[j] }
    }
    return Matrix(rows: p, columns: p, values: sum).symmetrised()
  }

  /// Subtracts Σ_k g_k Σ_l (W/d) m_l m_lᵀ, m_l = (S1 − (l/d) E1)/v_l, as products of blocks of rows.
  private func subtractMeans(timeWeights: [Double]?, from sum: inout [Double]) {
    let p = problem.p
    let s1 = intervals.riskSetVectors(risk, x: problem.x, p: p)
    let block = 256
    var left: [Double] = []
    var right: [Double] = []
    left.reserveCapacity((block + 2) * p)
    right.reserveCapacity((block + 2) * p)
    func flush() {
      BLAS.addProduct(left, right, rows: left.count / max(p, 1), columns: p, scale: -1, to: &sum)
      left.removeAll(keepingCapacity: true)
      right.removeAll(keepingCapacity: true)
    }
    func push(_ factor: Double, _ row: [Double]) {
      for value in row { left.append(value * factor) }
      right.append(contentsOf: row)
      if right.count >= block * p { flush() }
    }
    var rowA = [Double](repeating: 0, count: p)
    var rowB = rowA
    var e1 = rowA
    for k in 0..<problem.bins {
      let g = timeWeights?[k] ?? 1
      if g == 0 || (ties.isExact && problem.eventRows[k] > 1) { continue }
      for j in 0..<p { rowA[j] = meanScale[k] * s1[k * p + j] }
      if tiedScale[k] >= 0 {
        for j in 0..<p { e1[j] = 0 }
        let first = Int(problem.firstEvent[k])
        for i in first..<(first + Int(problem.eventRows[k])) {
          for j in 0..<p { e1[j] += risk[i] * problem.x[i * p + j] }
        }
        for j in 0..<p {
          rowA[j] += tiedShift[k] * e1[j]
          rowB[j] = tiedScale[k] * e1[j]
        }
        push(g, rowB)
      }
      push(g, rowA)
    }
    flush()
  }
}

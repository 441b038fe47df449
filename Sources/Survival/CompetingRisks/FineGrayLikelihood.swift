internal import LinearAlgebra

/// The weighted partial likelihood of a Fine–Gray model at one coefficient vector, on scaled covariates.
///
/// At an event time t_k the risk set holds those with T_i >= t_k, with r_i = exp(η_i), and those who left before by another
/// cause, with r_i G(t_k−)/G(T_i−) = v_i G_k. Sums over the former run back from the last time, sums of v forward from the
/// first: additions only, and O(n p) for all event times.
struct FineGrayLikelihood: NewtonLikelihood {
  let problem: FineGrayProblem
  let logLikelihood: Double
  /// exp(η − largest η), and the same over G(T_i−) for those who had another event (0 for all others).
  private let risk: [Double]
  private let lasting: [Double]
  /// Per event time: d/S0, and the weighted mean of the covariates (by rows).
  private let hazard: [Double]
  private let means: [Double]

  var isFinite: Bool { logLikelihood.isFinite }

  init(_ problem: FineGrayProblem, beta: [Double]) {
    self.problem = problem
    let layout = problem.layout
    let (n, p, bins) = (layout.rows, layout.p, layout.bins)
    var eta = [Double](repeating: 0, count: n)
    BLAS.multiply(layout.x, rows: n, columns: p, by: beta, into: &eta)
    let largest = eta.max() ?? 0
    let risk = eta.map { exponential($0 - largest) }
    let lasting = risk.indices.map { problem.isCompeting[$0] ? risk[$0] / problem.freeAtExit[$0] : 0 }
    self.risk = risk
    self.lasting = lasting

    var s0 = [Double](repeating: 0, count: bins)
    var s1 = [Double](repeating: 0, count: bins * p)
    // Those still there, from the last event time back.
    var sum = CompensatedSum()
    var vector = [Double](repeating: 0, count: p)
    var i = n - 1
    for k in (0..<bins).reversed() {
      while i >= 0, Int(layout.exitBin[i]) > k {
        sum.add(risk[i])
        for j in 0..<p { vector[j] += risk[i] * layout.x[i * p + j] }
        i -= 1
      }
      s0[k] = sum.value
      for j in 0..<p { s1[k * p + j] = vector[j] }
    }
    // Those who left by another cause, from the first on.
    sum = CompensatedSum()
    vector = [Double](repeating: 0, count: p)
    i = 0
    for k in 0..<bins {
      while i < n, Int(layout.exitBin[i]) <= k {
        if problem.isCompeting[i] {
          sum.add(lasting[i])
          for j in 0..<p { vector[j] += lasting[i] * layout.x[i * p + j] }
        }
        i += 1
      }
      s0[k] += problem.freeAtEvent[k] * sum.value
      for j in 0..<p { s1[k * p + j] += problem.freeAtEvent[k] * vector[j] }
    }

    var total = CompensatedSum()
    var hazard = s0
    for k in 0..<bins {
      let first = Int(layout.firstEvent[k])
      for row in first..<(first + Int(layout.eventRows[k])) { total.add(eta[row] - largest) }
      total.add(-layout.eventWeight[k] * logarithm(s0[k]))
      hazard[k] = layout.eventWeight[k] / s0[k]
      for j in 0..<p { s1[k * p + j] /= s0[k] }
    }
    logLikelihood = total.value
    self.hazard = hazard
    means = s1
  }

  /// Per row, the sum of d/S0 over the event times at which it is at risk with weight 1, and of G d/S0 over those after.
  private var cumulative: (before: [Double], after: [Double]) {
    (problem.cumulated(hazard), problem.tail(zip(hazard, problem.freeAtEvent).map { $0 * $1 }))
  }

  /// Expected events of each row.
  private var expected: [Double] {
    let (before, after) = cumulative
    return risk.indices.map { i in
      let k = Int(problem.layout.exitBin[i])
      return risk[i] * before[k] + lasting[i] * after[k]
    }
  }

  func score() -> [Double] {
    let layout = problem.layout
    let residual = zip(layout.isEvent, expected).map { ($0 ? 1 : 0) - $1 }
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
    let scaled = layout.x.indices.map { layout.x[$0] * expected[$0 / max(p, 1)] }
    BLAS.addProduct(scaled, layout.x, rows: layout.rows, columns: p, to: &sum)
    let weighted = means.indices.map { means[$0] * layout.eventWeight[$0 / max(p, 1)] }
    BLAS.addProduct(weighted, means, rows: layout.bins, columns: p, scale: -1, to: &sum)
    return Matrix(rows: p, columns: p, values: sum).symmetrised()
  }

  /// The influence of each row on the score, by rows: η + ψ of Fine & Gray.
  ///
  /// η_i = ∫ (x_i − m) w_i dM_i is the row's own; ψ_i = ∫ q/π dM_i^c what it adds to the estimate of G, with π(u) the number
  /// with T_i >= u and q(u) the sum over those who had another event before u of ∫ over t >= u of (x_i − m) w_i e^η dΛ: where
  /// a censoring ties with an event it counts for that event, as printed in the paper (equation 8) and in R's cmprsk.
  func influences() -> [Double] {
    let layout = problem.layout
    let (n, p) = (layout.rows, layout.p)
    let (before, after) = cumulative
    var influence = [Double](repeating: 0, count: n * p)
    for j in 0..<p {
      let increments = hazard.indices.map { hazard[$0] * means[$0 * p + j] }
      let meanBefore = problem.cumulated(increments)
      let meanAfter = problem.tail(zip(increments, problem.freeAtEvent).map { $0 * $1 })
      for i in 0..<n {
        let x = layout.x[i * p + j]
        let k = Int(layout.exitBin[i])
        var own = -risk[i] * (x * before[k] - meanBefore[k]) - lasting[i] * (x * after[k] - meanAfter[k])
        if layout.isEvent[i] { own += x - means[(k - 1) * p + j] }
        influence[i * p + j] = own
      }
      // ψ, over the distinct times of censoring.
      var next = 0
      var level = CompensatedSum()
      var slope = CompensatedSum()
      var q: [Double] = []
      var compensator = [0.0]
      var running = CompensatedSum()
      for censoring in problem.censorings {
        while next < n, problem.exit[next] < censoring.time {
          level.add(lasting[next])
          slope.add(lasting[next] * layout.x[next * p + j])
          next += 1
        }
        let k = censoring.eventsBefore
        let value = (slope.value * after[k] - level.value * meanAfter[k]) / censoring.atRisk
        q.append(value)
        running.add(value * censoring.count / censoring.atRisk)
        compensator.append(running.value)
      }
      for i in 0..<n {
        let by = Int(problem.censoringsBy[i])
        influence[i * p + j] += (problem.isCensored[i] ? q[by - 1] : 0) - compensator[by]
      }
    }
    return influence
  }
}

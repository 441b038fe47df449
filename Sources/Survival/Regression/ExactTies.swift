/// Value and derivatives of the logarithm of one exactly treated event time's likelihood.
///
/// Covariates are those of `CoxProblem`. `information` is minus the second derivative, by rows, both triangles.
struct ExactTieTerm {
  var logLikelihood: Double
  var score: [Double]
  var information: [Double]
}

/// The rows at risk at one event time: their linear predictors relative to the largest, and their covariates.
struct TiedRiskSet {
  let p: Int
  /// r = exp(η − max) of every row at risk, the tied events first.
  let risk: [Double]
  /// η − max of the same rows.
  let logRisk: [Double]
  /// Covariates of the same rows, by rows.
  let x: [Double]
  /// Number of tied events.
  let events: Int
}

extension TiedRiskSet {
  /// The risk set of bin k, which lies in stratum s: rows leave in the order of their exits, so that none before the first
  /// of the tied events is left. O(rows left · p).
  init(_ problem: CoxProblem, linearPredictor eta: [Double], stratum s: Int, bin k: Int) {
    let first = Int(problem.firstEvent[k])
    let rows = (first..<problem.rowStarts[s + 1]).filter { problem.firstBin($0, stratum: s) <= k }
    let largest = rows.reduce(-Double.infinity) { max($0, eta[$1]) }
    let p = problem.p
    let logRisk = rows.map { eta[$0] - largest }
    self.init(
      p: p, risk: logRisk.map { exponential($0) }, logRisk: logRisk,
      x: rows.flatMap { problem.x[($0 * p)..<(($0 + 1) * p)] }, events: Int(problem.eventRows[k]))
  }
}

extension CoxLikelihood {
  /// The sum of the terms of all tied event times of an exact method.
  static func exactTies(_ problem: CoxProblem, ties: TieMethod, linearPredictor eta: [Double]) -> ExactTieTerm? {
    guard ties.isExact else { return nil }
    if ties == .exactPartial, let nested = nestedPartialTies(problem, linearPredictor: eta) { return nested }
    return separateTies(problem, ties: ties, linearPredictor: eta)
  }

  /// The same from every risk set anew: any exact method, delayed entries, risks of any size.
  static func separateTies(_ problem: CoxProblem, ties: TieMethod, linearPredictor eta: [Double]) -> ExactTieTerm {
    let p = problem.p
    var value = CompensatedSum()
    var sum = ExactTieTerm(
      logLikelihood: 0, score: [Double](repeating: 0, count: p), information: [Double](repeating: 0, count: p * p))
    for s in 0..<problem.strataCount {
      for k in problem.binStarts[s]..<problem.binStarts[s + 1] where problem.eventRows[k] > 1 {
        let set = TiedRiskSet(problem, linearPredictor: eta, stratum: s, bin: k)
        let term = ties == .exactPartial ? set.partialLikelihood() : set.marginalLikelihood()
        value.add(term.logLikelihood)
        for j in 0..<p { sum.score[j] += term.score[j] }
        for j in 0..<(p * p) { sum.information[j] += term.information[j] }
      }
    }
    sum.logLikelihood = value.value
    return sum
  }
}

import Survival

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The Cox partial likelihood with its score and information, straight from the definition: for every event time of every
/// stratum, all rows are looked at; for every tied event (Efron) all sums are made anew.
struct SlowCox {
  var logLikelihood = 0.0
  var score: [Double]
  var information: [[Double]]

  /// - Parameter covariate: the j-th covariate of row i at time t; the trial's own when nil.
  init(
    _ trial: RandomTrial, ties: TieMethod, beta: [Double], offset: [Double]? = nil,
    covariate: ((_ j: Int, _ i: Int, _ t: Double) -> Double)? = nil
  ) {
    let p = beta.count
    score = [Double](repeating: 0, count: p)
    information = [[Double]](repeating: score, count: p)
    let strata = trial.shape.contains(.stratified) ? Set(trial.stratum) : [0]
    for stratum in strata {
      // A row of weight 0 is not there.
      let rows = (0..<trial.count).filter {
        trial.weight($0) > 0 && (!trial.shape.contains(.stratified) || trial.stratum[$0] == stratum)
      }
      for t in Set(rows.filter { trial.isEvent[$0] }.map { trial.time[$0] }) {
        let atRisk = rows.filter { trial.isAtRisk($0, t) }
        func x(_ j: Int, _ i: Int) -> Double { covariate?(j, i, t) ?? trial.x[j][i] }
        func eta(_ i: Int) -> Double { (0..<p).reduce(offset?[i] ?? 0) { $0 + beta[$1] * x($1, i) } }
        let tied = rows.filter { trial.time[$0] == t && trial.isEvent[$0] }
        let meanWeight = tied.reduce(0) { $0 + trial.weight($1) } / Double(tied.count)
        for i in tied {
          logLikelihood += trial.weight(i) * eta(i)
          for j in 0..<p { score[j] += trial.weight(i) * x(j, i) }
        }
        for l in tied.indices {
          let share = ties == .breslow ? 0 : Double(l) / Double(tied.count)
          var s0 = 0.0
          var s1 = [Double](repeating: 0, count: p)
          var s2 = [[Double]](repeating: s1, count: p)
          for i in atRisk {
            let part = tied.contains(i) ? 1 - share : 1
            let r = trial.weight(i) * exp(eta(i)) * part
            s0 += r
            for j in 0..<p {
              s1[j] += r * x(j, i)
              for k in 0..<p { s2[j][k] += r * x(j, i) * x(k, i) }
            }
          }
          logLikelihood -= meanWeight * log(s0)
          for j in 0..<p {
            score[j] -= meanWeight * s1[j] / s0
            for k in 0..<p { information[j][k] += meanWeight * (s2[j][k] / s0 - s1[j] * s1[k] / (s0 * s0)) }
          }
        }
      }
    }
  }
}

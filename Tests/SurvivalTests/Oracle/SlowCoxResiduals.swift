import Survival

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Residuals, cumulative hazards and their errors straight from the definitions: for each of the d terms of every event time
/// all sums are made anew, and every row's expected events and covariate departures are added up term by term.
struct SlowCoxResiduals {
  /// Per row: expected events, and the score residual by covariates.
  var expected: [Double]
  var score: [[Double]]
  /// Per event row: its covariates less their mean over the terms of its time.
  var schoenfeld: [Int: [Double]] = [:]
  /// Per stratum: event times with Σ (W/d)/v, Σ (W/d)/v², and Σ (W/d) m/v by covariates, r = exp(x β) uncentred.
  var increments: [Int: [(time: Double, hazard: Double, variance: Double, means: [Double])]] = [:]

  init(_ trial: RandomTrial, ties: TieMethod, beta: [Double]) {
    let p = beta.count
    expected = [Double](repeating: 0, count: trial.count)
    score = [[Double]](repeating: [Double](repeating: 0, count: p), count: trial.count)
    func risk(_ i: Int) -> Double { exp((0..<p).reduce(0) { $0 + beta[$1] * trial.x[$1][i] }) }
    let strata = trial.shape.contains(.stratified) ? Set(trial.stratum) : [0]
    for stratum in strata {
      let rows = (0..<trial.count).filter {
        trial.weight($0) > 0 && (!trial.shape.contains(.stratified) || trial.stratum[$0] == stratum)
      }
      for t in Set(rows.filter { trial.isEvent[$0] }.map { trial.time[$0] }).sorted() {
        let atRisk = rows.filter { trial.isAtRisk($0, t) }
        let tied = rows.filter { trial.time[$0] == t && trial.isEvent[$0] }
        let d = Double(tied.count)
        let meanWeight = tied.reduce(0) { $0 + trial.weight($1) } / d
        var increment = (time: t, hazard: 0.0, variance: 0.0, means: [Double](repeating: 0, count: p))
        for i in tied { schoenfeld[i] = (0..<p).map { trial.x[$0][i] } }
        for l in tied.indices {
          func part(_ i: Int) -> Double { ties == .efron && tied.contains(i) ? 1 - Double(l) / d : 1 }
          let v = atRisk.reduce(0) { $0 + trial.weight($1) * risk($1) * part($1) }
          let m = (0..<p).map { j in
            atRisk.reduce(0) { $0 + trial.weight($1) * risk($1) * part($1) * trial.x[j][$1] } / v
          }
          increment.hazard += meanWeight / v
          increment.variance += meanWeight / (v * v)
          for j in 0..<p { increment.means[j] += meanWeight * m[j] / v }
          for i in tied {
            for j in 0..<p { schoenfeld[i]?[j] -= m[j] / d }
          }
          for i in atRisk {
            let own = meanWeight * risk(i) * part(i) / v
            expected[i] += own
            for j in 0..<p { score[i][j] += (trial.x[j][i] - m[j]) * ((tied.contains(i) ? 1 / d : 0) - own) }
          }
        }
        increments[trial.shape.contains(.stratified) ? stratum : 0, default: []].append(increment)
      }
      // Rows of weight 0, for whom the hazard of the others is all there is.
      for i in 0..<trial.count
      where trial.weight(i) == 0 && (!trial.shape.contains(.stratified) || trial.stratum[i] == stratum) {
        let passed = (increments[trial.shape.contains(.stratified) ? stratum : 0] ?? []).filter {
          trial.isAtRisk(i, $0.time)
        }
        expected[i] = risk(i) * passed.reduce(0) { $0 + $1.hazard }
        let others = rows.filter { trial.isAtRisk($0, trial.time[i]) }
        let total = others.reduce(0) { $0 + trial.weight($1) * risk($1) }
        for j in 0..<p {
          let mean = others.reduce(0) { $0 + trial.weight($1) * risk($1) * trial.x[j][$1] } / total
          score[i][j] = trial.isEvent[i] ? trial.x[j][i] - mean : 0
          score[i][j] -= risk(i) * passed.reduce(0) { $0 + trial.x[j][i] * $1.hazard - $1.means[j] }
        }
      }
    }
  }
}

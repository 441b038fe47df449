@testable import Survival

/// The Kaplan–Meier curve by its definition: for every time, all rows are looked at.
struct SlowCurve {
  var time: [Double] = []
  var atRisk: [Double] = []
  var events: [Double] = []
  var censored: [Double] = []
  var survival: [Double] = []
  /// Greenwood's variance of ln S; NaN once S is 0.
  var varianceOfLog: [Double] = []
  var hazard: [Double] = []
  var hazardVariance: [Double] = []
  var tieCorrectedHazard: [Double] = []
  var tieCorrectedVariance: [Double] = []

  init(_ trial: RandomTrial, rows: [Int]) {
    var s = 1.0
    var greenwood = 0.0
    var sums = (0.0, 0.0, 0.0, 0.0)
    for t in Set(rows.map { trial.time[$0] }).sorted() {
      let n = rows.filter { trial.isAtRisk($0, t) }.reduce(0.0) { $0 + trial.weight($1) }
      let tied = rows.filter { trial.time[$0] == t && trial.isEvent[$0] && trial.weight($0) > 0 }
      let d = tied.reduce(0.0) { $0 + trial.weight($1) }
      let left = rows.filter { trial.isAtRisk($0, t) && !(trial.time[$0] == t && trial.isEvent[$0]) }
        .reduce(0.0) { $0 + trial.weight($1) }
      if d > 0 {
        s *= left / n
        greenwood += d / (n * left)
        sums.0 += d / n
        sums.1 += d / (n * n)
        for l in tied.indices {
          let step = d / Double(tied.count)
          let remaining = n - Double(l) * step
          sums.2 += step / remaining
          sums.3 += step / (remaining * remaining)
        }
      }
      time.append(t)
      atRisk.append(n)
      events.append(d)
      censored.append(
        rows.filter { trial.time[$0] == t && !trial.isEvent[$0] }.reduce(0.0) { $0 + trial.weight($1) })
      survival.append(s)
      varianceOfLog.append(s > 0 ? greenwood : .nan)
      hazard.append(sums.0)
      hazardVariance.append(sums.1)
      tieCorrectedHazard.append(sums.2)
      tieCorrectedVariance.append(sums.3)
    }
  }

  /// S just after t.
  func value(at t: Double) -> Double {
    time.lastIndex { $0 <= t }.map { survival[$0] } ?? 1
  }
}

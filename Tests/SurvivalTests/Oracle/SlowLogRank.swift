import Survival

/// The weighted, stratified log-rank test by loops over event times, arms and rows.
struct SlowLogRank {
  var observed: [Double]
  var expected: [Double]
  var weightedObserved: [Double]
  var weightedExpected: [Double]
  var variance: [[Double]]

  init(_ trial: RandomTrial, weighting: LogRankWeighting) {
    let k = trial.arms
    observed = [Double](repeating: 0, count: k)
    expected = observed
    weightedObserved = observed
    weightedExpected = observed
    variance = [[Double]](repeating: observed, count: k)
    for stratum in Set(trial.stratum) {
      let rows = (0..<trial.count).filter { trial.shape.contains(.stratified) ? trial.stratum[$0] == stratum : true }
      var survival = 1.0
      var peto = 1.0
      for t in Set(rows.filter { trial.isEvent[$0] }.map { trial.time[$0] }).sorted() {
        func atRisk(_ arm: Int?) -> Double {
          Double(rows.count { (arm == nil || trial.arm[$0] == arm) && trial.isAtRisk($0, t) })
        }
        func events(_ arm: Int?) -> Double {
          Double(rows.count { (arm == nil || trial.arm[$0] == arm) && trial.time[$0] == t && trial.isEvent[$0] })
        }
        let n = atRisk(nil)
        let d = events(nil)
        peto *= 1 - d / (n + 1)
        let w = SlowLogRank.weight(weighting, n: n, before: survival, peto: peto) { limit in
          // S(T) from its own product over the event times up to T.
          Set(rows.filter { trial.isEvent[$0] && trial.time[$0] <= limit }.map { trial.time[$0] }).sorted().reduce(1.0)
          {
            product, s in
            let atRisk = Double(rows.count { trial.isAtRisk($0, s) })
            return product * (1 - Double(rows.count { trial.time[$0] == s && trial.isEvent[$0] }) / atRisk)
          }
        }
        survival *= 1 - d / n
        for g in 0..<k {
          observed[g] += events(g)
          expected[g] += d * atRisk(g) / n
          weightedObserved[g] += w * events(g)
          weightedExpected[g] += w * d * atRisk(g) / n
          guard n > 1 else { continue }
          for h in 0..<k {
            variance[g][h] +=
              w * w * d * (n - d) / (n - 1) * (atRisk(g) / n) * ((g == h ? 1 : 0) - atRisk(h) / n)
          }
        }
      }
      if !trial.shape.contains(.stratified) { break }
    }
  }

  private static func weight(
    _ weighting: LogRankWeighting, n: Double, before s: Double, peto: Double, at survival: (Double) -> Double
  ) -> Double {
    switch weighting {
    case .logRank: 1
    case .gehanBreslow: n
    case .taroneWare: n.squareRoot()
    case .peto: peto
    case .modifiedPeto: peto * n / (n + 1)
    case .flemingHarrington(let rho, let gamma): raised(s, rho) * raised(1 - s, gamma)
    case .modestlyWeighted(let limit): 1 / max(s, survival(limit))
    }
  }

  /// Powers 0, 1/2, 1, 2 without the platform's pow.
  private static func raised(_ x: Double, _ power: Double) -> Double {
    switch power {
    case 0: 1
    case 0.5: x.squareRoot()
    case 1: x
    case 2: x * x
    default: .nan
    }
  }

  /// (O − E)ᵀ V⁻¹ (O − E) without the last arm that was ever at risk, by Gaussian elimination; nil where V is singular.
  var statistic: (value: Double, degrees: Int)? {
    let used = Array(expected.indices.filter { expected[$0] > 0 }.dropLast())
    guard !used.isEmpty else { return nil }
    var a = used.map { i in used.map { variance[i][$0] } + [weightedObserved[i] - weightedExpected[i]] }
    let largest = a.flatMap { $0 }.map(abs).max() ?? 0
    for column in used.indices {
      guard let pivot = (column..<used.count).max(by: { abs(a[$0][column]) < abs(a[$1][column]) }),
        abs(a[pivot][column]) > 1e-6 * largest
      else { return nil }
      a.swapAt(column, pivot)
      for row in used.indices where row != column {
        let factor = a[row][column] / a[column][column]
        for j in column...used.count { a[row][j] -= factor * a[column][j] }
      }
    }
    let solution = used.indices.map { a[$0][used.count] / a[$0][$0] }
    return (zip(used, solution).reduce(0) { $0 + (weightedObserved[$1.0] - weightedExpected[$1.0]) * $1.1 }, used.count)
  }
}

import Survival

/// Concordance by looking at every pair.
struct SlowConcordance {
  var concordant = 0.0
  var discordant = 0.0
  var tiedScore = 0.0
  var tiedTime = 0.0
  var tiedBoth = 0.0
  /// Per row: weights of the others in its concordant less discordant pairs, and in all its pairs.
  private var own: [Double]
  private var all: [Double]
  private let weights: [Double]

  init(_ trial: RandomTrial, score: [Double], timeWeight: ConcordanceWeight = .unit) {
    own = [Double](repeating: 0, count: trial.count)
    all = own
    weights = (0..<trial.count).map(trial.weight)
    func isSameStratum(_ i: Int, _ j: Int) -> Bool {
      !trial.shape.contains(.stratified) || trial.stratum[i] == trial.stratum[j]
    }
    for i in 0..<trial.count where trial.isEvent[i] && trial.weight(i) > 0 {
      let t = trial.time[i]
      let factor = SlowConcordance.factor(trial, t, stratumOf: i, timeWeight)
      for j in 0..<trial.count where j != i && isSameStratum(i, j) && trial.isAtRisk(j, t) {
        let w = factor * weights[i] * weights[j]
        if trial.time[j] == t && trial.isEvent[j] {
          // Each such pair is met twice.
          if score[i] == score[j] { tiedBoth += w / 2 } else { tiedTime += w / 2 }
          continue
        }
        let sign: Double = score[i] > score[j] ? 1 : score[i] < score[j] ? -1 : 0
        if sign > 0 { concordant += w } else if sign < 0 { discordant += w } else { tiedScore += w }
        own[i] += factor * sign * weights[j]
        own[j] += factor * sign * weights[i]
        all[i] += factor * weights[j]
        all[j] += factor * weights[i]
      }
    }
  }

  /// The weight of an event's time, from products over the times before it.
  private static func factor(_ trial: RandomTrial, _ t: Double, stratumOf i: Int, _ weight: ConcordanceWeight) -> Double
  {
    let rows = (0..<trial.count).filter { !trial.shape.contains(.stratified) || trial.stratum[$0] == trial.stratum[i] }
    func total(_ isCounted: (Int) -> Bool) -> Double {
      rows.reduce(0) { $0 + (isCounted($1) ? trial.weight($1) : 0) }
    }
    func atRisk(_ s: Double) -> Double { total { trial.isAtRisk($0, s) } }
    var survival = 1.0
    var censoring = 1.0
    for s in Set(rows.map { trial.time[$0] }).sorted() where s < t {
      let n = atRisk(s)
      guard n > 0 else { continue }
      let events = total { trial.time[$0] == s && trial.isEvent[$0] }
      let censored = total { trial.time[$0] == s && !trial.isEvent[$0] }
      survival *= 1 - events / n
      if n - events > 1e-9 { censoring *= 1 - censored / (n - events) }
    }
    return switch weight {
    case .unit: 1
    case .survival: total { _ in true } * survival / atRisk(t)
    case .survivalOverCensoring: total { _ in true } * survival / (censoring * atRisk(t))
    case .inverseCensoringSquared: 1 / (censoring * censoring)
    case .inverseAtRisk: 1 / atRisk(t)
    }
  }

  var pairs: Double { concordant + discordant + tiedScore }
  var estimate: Double { (concordant + tiedScore / 2) / pairs }

  /// The infinitesimal jackknife: the derivative of the estimate in each row's weight, times the weight, squared and summed.
  var standardError: Double {
    let difference = (concordant - discordant) / pairs
    return own.indices.reduce(0.0) {
      let influence = weights[$1] * (own[$1] - difference * all[$1]) / (2 * pairs)
      return $0 + influence * influence
    }.squareRoot()
  }
}

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

  init(_ trial: RandomTrial, score: [Double]) {
    own = [Double](repeating: 0, count: trial.count)
    all = own
    weights = (0..<trial.count).map(trial.weight)
    func isSameStratum(_ i: Int, _ j: Int) -> Bool {
      !trial.shape.contains(.stratified) || trial.stratum[i] == trial.stratum[j]
    }
    for i in 0..<trial.count where trial.isEvent[i] {
      let t = trial.time[i]
      for j in 0..<trial.count where j != i && isSameStratum(i, j) && trial.isAtRisk(j, t) {
        let w = weights[i] * weights[j]
        if trial.time[j] == t && trial.isEvent[j] {
          // Each such pair is met twice.
          if score[i] == score[j] { tiedBoth += w / 2 } else { tiedTime += w / 2 }
          continue
        }
        let sign: Double = score[i] > score[j] ? 1 : score[i] < score[j] ? -1 : 0
        if sign > 0 { concordant += w } else if sign < 0 { discordant += w } else { tiedScore += w }
        own[i] += sign * weights[j]
        own[j] += sign * weights[i]
        all[i] += weights[j]
        all[j] += weights[i]
      }
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

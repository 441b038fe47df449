/// Standard errors of one group's cumulative incidence of one cause, on all its times.
///
/// Both variances have the form Σ of (a + b F(t))² over what has happened before t. Written out they lose digits; here the
/// terms are carried from time to time, each moved by b δ when F rises by δ.
struct IncidenceErrors {
  let table: EventTable
  /// S just before and just after each time.
  let before: [Double]
  let after: [Double]
  /// Events of the cause, and by how much F rises.
  let events: [Double]
  let steps: [Double]

  /// Σ a², Σ ab and Σ b² of terms a + b (F(t) − F now).
  private struct Squares {
    private(set) var sum = 0.0
    private var mixed = 0.0
    private var slope = 0.0

    mutating func move(by step: Double) {
      sum += step * (2 * mixed + step * slope)
      mixed += step * slope
    }

    mutating func add(_ a: Double, _ b: Double, weight: Double = 1) {
      sum += weight * a * a
      mixed += weight * a * b
      slope += weight * b * b
    }
  }

  /// Aalen's variance with the correction for ties.
  ///
  /// With d of n failing at u, of the cause or of others, S(u−)² d/n² · (n − d)/(n − 1) times the square of
  /// 1 − (F(t) − F(u))/S(u) for the cause, of (F(t) − F(u))/S(u) for the others. Where the last at risk fails, S(u) is 0 and F
  /// rises no more.
  /// Source: Aalen, Ann Stat 1978;6:534–545; Gray, Ann Stat 1988;16:1141–1154, whose program has the factor for ties.
  func aalen() -> [Double] {
    var squares = Squares()
    return table.time.indices.map { k in
      squares.move(by: steps[k])
      let n = table.atRisk[k]
      let slope = after[k] > 0 ? -1 / after[k] : 0
      func spread(_ d: Double) -> Double {
        let ties = d > 1 ? (n - d) / (n - 1) : 1
        return before[k] * before[k] * d / (n * n) * ties
      }
      let own = events[k]
      let others = table.events[k] - own
      if own > 0 { squares.add(1, slope, weight: spread(own)) }
      if others > 0 { squares.add(0, slope, weight: spread(others)) }
      return max(0, squares.sum).squareRoot()
    }
  }

  /// The infinitesimal jackknife: √Σ over rows of (weight × influence)².
  ///
  /// The influence of a row i on F(t), the derivative in its weight, is the sum over u <= t of
  /// S(u−) (dN_ic − Y_i d_c/n)/n − (F(t) − F(u)) (dN_i − Y_i d/n)/(n − d), N_i counting events of any cause. All rows at risk
  /// share one value; of those who have left each follows F(t) along a line of its own.
  /// Source: Therneau, survival package, methods document, "Aalen–Johansen"; Efron, The Jackknife, 1982, chapter 6.
  func jackknife(_ risks: CompetingRisks, cause: Int, rows: [[Int]]) -> [Double] {
    var staying = [Double](repeating: 0, count: rows.count + 1)
    for k in rows.indices.reversed() {
      staying[k] = staying[k + 1] + rows[k].reduce(0.0) { $0 + KaplanMeier.weightSquared(risks.data, $1) }
    }
    var gone = Squares()
    var shared = 0.0
    var sharedSlope = 0.0
    return table.time.indices.map { k in
      let n = table.atRisk[k]
      let d = table.events[k]
      let left = after[k] > 0 ? n - d : 0
      gone.move(by: steps[k])
      if n > 0 { shared += steps[k] * (sharedSlope - 1 / n) }
      if d > 0, left > 0 { sharedSlope += d / (n * left) }
      for row in rows[k] {
        var value = shared
        var slope = sharedSlope
        if risks.data.isWeightedEvent(row) {
          if Int(risks.cause[row]) == cause { value += before[k] / n }
          slope -= left > 0 ? 1 / left : 0
        }
        gone.add(value, slope, weight: KaplanMeier.weightSquared(risks.data, row))
      }
      return max(0, gone.sum + staying[k + 1] * shared * shared).squareRoot()
    }
  }
}

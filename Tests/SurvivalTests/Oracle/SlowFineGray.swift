import Survival

/// The Fine–Gray likelihood of covariates as they are, by loops over the risk sets, and its sandwich by the formulas of
/// Fine & Gray (JASA 1999), equations 7 and 8, row by row.
struct SlowFineGray {
  let x: [[Double]]
  let time: [Double]
  let cause: [Int]
  let target: Int

  /// P(not censored before t) at every time.
  private let free: [Double: Double]

  init(x: [[Double]], time: [Double], cause: [Int], target: Int) {
    (self.x, self.time, self.cause, self.target) = (x, time, cause, target)
    free = Dictionary(uniqueKeysWithValues: Set(time).map { ($0, SlowFineGray.free($0, time, cause)) })
  }

  private var n: Int { time.count }
  private var p: Int { x.count }
  private var eventTimes: [Double] { Set((0..<n).filter { cause[$0] == target }.map { time[$0] }).sorted() }

  /// P(not censored before t), everybody who leaves at a time at risk then.
  private static func free(_ t: Double, _ time: [Double], _ cause: [Int]) -> Double {
    Set(time).filter { $0 < t }.sorted().reduce(1.0) { product, u in
      let atRisk = time.count { $0 >= u }
      let censored = time.indices.count { time[$0] == u && cause[$0] == 0 }
      return product * (1 - Double(censored) / Double(atRisk))
    }
  }

  func weight(_ i: Int, _ t: Double) -> Double {
    if time[i] >= t { return 1 }
    return cause[i] != 0 && cause[i] != target ? (free[t] ?? .nan) / (free[time[i]] ?? .nan) : 0
  }

  private func risk(_ i: Int, _ beta: [Double]) -> Double {
    (0..<p).reduce(0.0) { $0 + x[$1][i] * beta[$1] }.exponential
  }

  func logLikelihood(_ beta: [Double]) -> Double {
    (0..<n).filter { cause[$0] == target }.reduce(0.0) { sum, i in
      let s0 = (0..<n).reduce(0.0) { $0 + weight($1, time[i]) * risk($1, beta) }
      return sum + (0..<p).reduce(0.0) { $0 + x[$1][i] * beta[$1] } - s0.logarithm
    }
  }

  /// One influence per row and covariate: η + ψ.
  func influences(_ beta: [Double]) -> [[Double]] {
    struct Event {
      let t: Double
      let hazard: Double
      let mean: [Double]
    }
    let events = eventTimes.map { t -> Event in
      let w = (0..<n).map { weight($0, t) * risk($0, beta) }
      let s0 = w.reduce(0, +)
      let d = Double((0..<n).count { time[$0] == t && cause[$0] == target })
      return Event(
        t: t, hazard: d / s0, mean: (0..<p).map { j in (0..<n).reduce(0.0) { $0 + w[$1] * x[j][$1] } / s0 })
    }
    /// (x − m) w dM of row i at an event time.
    func term(_ i: Int, _ j: Int, _ event: Event) -> Double {
      let own: Double = time[i] == event.t && cause[i] == target ? 1 : 0
      return (x[j][i] - event.mean[j]) * weight(i, event.t) * (own - risk(i, beta) * event.hazard)
    }
    let terms = (0..<p).map { j in (0..<n).map { i in events.map { term(i, j, $0) } } }
    func q(_ u: Double, _ j: Int) -> Double {
      -(0..<n).filter { time[$0] < u && cause[$0] != 0 && cause[$0] != target }.reduce(0.0) { sum, i in
        sum + events.indices.filter { events[$0].t >= u }.reduce(0.0) { $0 + terms[j][i][$1] }
      }
    }
    func atRisk(_ u: Double) -> Double { Double((0..<n).count { time[$0] >= u }) }
    let censorings = Set((0..<n).filter { cause[$0] == 0 }.map { time[$0] }).sorted()
    let q = (0..<p).map { j in Dictionary(uniqueKeysWithValues: censorings.map { ($0, q($0, j)) }) }
    return (0..<n).map { i in
      (0..<p).map { j in
        let eta = terms[j][i].reduce(0, +)
        let psi = censorings.reduce(0.0) { sum, u in
          guard u <= time[i] else { return sum }
          let count = Double((0..<n).count { time[$0] == u && cause[$0] == 0 })
          let jump: Double = u == time[i] && cause[i] == 0 ? 1 : 0
          return sum + (q[j][u] ?? 0) / atRisk(u) * (jump - count / atRisk(u))
        }
        return eta + psi
      }
    }
  }
}

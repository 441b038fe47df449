#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The two exact likelihoods of tied events by counting: every subset, every order.
enum SlowExactTies {
  /// All subsets of `count` of the numbers below `n`.
  static func subsets(of count: Int, below n: Int) -> [[Int]] {
    if count == 0 { return [[]] }
    guard count <= n else { return [] }
    return subsets(of: count, below: n - 1) + subsets(of: count - 1, below: n - 1).map { $0 + [n - 1] }
  }

  static func orders(_ items: [Int]) -> [[Int]] {
    if items.isEmpty { return [[]] }
    return items.indices.flatMap { i in
      var rest = items
      let first = rest.remove(at: i)
      return orders(rest).map { [first] + $0 }
    }
  }

  /// Π r of the first d over the sum of Π r over all subsets of d.
  static func partial(_ risk: [Double], events d: Int) -> Double {
    func product(_ subset: [Int]) -> Double { subset.reduce(1) { $0 * risk[$1] } }
    return product(Array(0..<d)) / subsets(of: d, below: risk.count).reduce(0) { $0 + product($1) }
  }

  /// The sum over the orders of the first d of the products of each r over what is at risk then.
  static func marginal(_ risk: [Double], events d: Int) -> Double {
    let others = risk[d...].reduce(0, +)
    return orders(Array(0..<d)).reduce(0) { sum, order in
      var product = 1.0
      for place in order.indices {
        let left = order[place...].reduce(others) { $0 + risk[$1] }
        product *= risk[order[place]] / left
      }
      return sum + product
    }
  }

  /// The log-likelihood of a trial without weights; nil where some time has too many ties to count.
  static func logLikelihood(_ trial: RandomTrial, isMarginal: Bool, beta: [Double], offset: [Double]? = nil) -> Double?
  {
    var sum = 0.0
    let strata = trial.shape.contains(.stratified) ? Set(trial.stratum) : [0]
    for stratum in strata {
      let rows = (0..<trial.count).filter { !trial.shape.contains(.stratified) || trial.stratum[$0] == stratum }
      for t in Set(rows.filter { trial.isEvent[$0] }.map { trial.time[$0] }) {
        let atRisk = rows.filter { trial.isAtRisk($0, t) }
        let tied = atRisk.filter { trial.time[$0] == t && trial.isEvent[$0] }
        guard tied.count <= 6 else { return nil }
        let ordered = tied + atRisk.filter { !tied.contains($0) }
        let risk = ordered.map { i in exp(beta.indices.reduce(offset?[i] ?? 0) { $0 + beta[$1] * trial.x[$1][i] }) }
        sum += log(isMarginal ? marginal(risk, events: tied.count) : partial(risk, events: tied.count))
      }
    }
    return sum
  }
}

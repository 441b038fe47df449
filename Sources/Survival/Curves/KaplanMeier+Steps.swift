extension KaplanMeier {
  /// One event time of a curve: what is counted there, and what the curve and its error become.
  public struct Step: Sendable, Equatable {
    public let time: Double
    /// n: at risk just before the time.
    public let atRisk: Double
    /// d.
    public let events: Double
    /// Censored from this time on and before the next event time.
    public let censored: Double
    /// 1 − d/n.
    public let factor: Double
    /// S(t) from here to the next event time: the product of the factors so far.
    public let survival: Double
    /// Greenwood's term d / (n (n − d)); NaN where everybody at risk has the event.
    public let greenwoodTerm: Double
    /// The sum of the terms so far, the variance of ln S(t); NaN where S(t) is 0.
    public let greenwoodSum: Double
    /// Of S(t): S(t) times the root of the sum.
    public let standardError: Double
    public let lower: Double
    public let upper: Double
  }

  /// The event times of the curve, as the curve has them. For a robust variance the sum is that variance of ln S, and no sum
  /// of the terms. O(number of times).
  public var steps: [Step] {
    let places = table.events.indices.filter { table.events[$0] > 0 }
    return places.enumerated().map { position, k in
      let next = position + 1 < places.count ? places[position + 1] : table.time.count
      let (n, d) = (table.atRisk[k], table.events[k])
      let isLast = table.isLastAtRisk(k)
      return Step(
        time: table.time[k], atRisk: n, events: d, censored: table.censored[k..<next].reduce(0, +),
        factor: isLast ? 0 : (n - d) / n, survival: survival[k], greenwoodTerm: isLast ? .nan : d / (n * (n - d)),
        greenwoodSum: standardErrorOfLogSurvival[k] * standardErrorOfLogSurvival[k],
        standardError: standardErrorOfSurvival[k], lower: lower[k], upper: upper[k])
    }
  }

  /// Censored before the first event time, or at all where there is no event.
  public var censoredBeforeFirstEvent: Double {
    table.censored[..<(table.events.firstIndex { $0 > 0 } ?? table.time.count)].reduce(0, +)
  }
}

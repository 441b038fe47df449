/// What one event time of one stratum adds to a log-rank test.
///
/// With d events among n at risk and n_g of these in group g, the group expects d n_g / n events, and the covariance of two
/// groups' events is d (n − d)/(n − 1) · n_g/n · (δ − n_h/n), 0 where one subject is at risk.
/// Source: Mantel, Cancer Chemother Rep 1966;50:163–170.
public struct LogRankStep: Sendable, Equatable {
  /// Position of the stratum; 0 without strata.
  public let stratum: Int
  public let time: Double
  /// At risk just before the time, per group.
  public let atRisk: [Double]
  /// Events at the time, per group.
  public let events: [Double]
  /// d n_g / n, per group.
  public let expected: [Double]
  /// The covariance of the groups' events, by rows.
  public let covariance: [[Double]]

  public var totalAtRisk: Double { atRisk.reduce(0, +) }
  public var totalEvents: Double { events.reduce(0, +) }
}

extension LogRankTest {
  /// The terms of the unweighted test, in order of strata and of time: their sums are its `observed`, `expected` and
  /// `variance`, to round-off. O(n) plus O(groups²) per event time.
  ///
  /// - Throws: `SurvivalInputError` with fewer than two groups or case weights.
  public static func steps(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping? = nil
  ) throws(SurvivalInputError) -> [LogRankStep] {
    try check(data, groups: groups)
    let size = groups.count
    var steps: [LogRankStep] = []
    forEachEventTime(data, groups: groups, strata: strata) { stratum, counts in
      var sums = LogRankSums(groups: size, isUnweighted: true)
      sums.add(counts, weight: 1)
      let values = sums.values
      steps.append(
        LogRankStep(
          stratum: stratum, time: counts.time, atRisk: counts.atRisk, events: counts.events,
          expected: values.expected,
          covariance: (0..<size).map { Array(values.covariance[($0 * size)..<(($0 + 1) * size)]) }))
    }
    return steps
  }
}

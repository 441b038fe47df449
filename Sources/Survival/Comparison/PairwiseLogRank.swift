/// The (weighted, stratified) log-rank test of every pair of groups, with adjusted p-values.
///
/// Each pair is tested on its own rows: the risk sets hold the two groups only. A pair without an event, or never at risk
/// together, cannot be tested: its p-values are NaN and it does not count among the tests adjusted for.
public struct PairwiseLogRank: Sendable, Equatable {
  public struct Pair: Sendable, Equatable {
    public let first: String
    public let second: String
    /// Nil where the pair has no event.
    public let test: LogRankTest?
    public let bonferroni: Double
    public let holm: Double
    public let benjaminiHochberg: Double

    /// The p-value before adjustment; NaN where nothing was tested.
    public var p: Double { PairwiseLogRank.p(test) }

    public func adjusted(_ adjustment: PValueAdjustment) -> Double {
      switch adjustment {
      case .bonferroni: bonferroni
      case .holm: holm
      case .benjaminiHochberg: benjaminiHochberg
      }
    }
  }

  public let weighting: LogRankWeighting
  public let isStratified: Bool
  /// In the order of the groups: first against second, first against third, …
  public let pairs: [Pair]

  /// - Throws: `SurvivalInputError` as `LogRankTest`, but for a pair without events.
  public init(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping? = nil, weighting: LogRankWeighting = .logRank
  ) throws(SurvivalInputError) {
    try LogRankTest.check(data, groups: groups)
    self.weighting = weighting
    isStratified = strata != nil
    let rows = groups.rowsByGroup
    var tests: [(Int, Int, LogRankTest?)] = []
    for a in 0..<groups.count {
      for b in (a + 1)..<max(groups.count, a + 1) {
        let both = (rows[a] + rows[b]).sorted()
        guard !rows[a].isEmpty, !rows[b].isEmpty, both.contains(where: { data.isEvent[$0] }) else {
          tests.append((a, b, nil))
          continue
        }
        tests.append(
          (
            a, b,
            try LogRankTest(
              try data.subset(both), groups: groups.subset(both), strata: strata?.subset(both), weighting: weighting)
          ))
      }
    }
    let p = tests.map { PairwiseLogRank.p($0.2) }
    let adjusted = PValueAdjustment.allCases.map { $0.adjusted(p) }
    pairs = tests.enumerated().map { position, pair in
      Pair(
        first: groups.labels[pair.0], second: groups.labels[pair.1], test: pair.2, bonferroni: adjusted[0][position],
        holm: adjusted[1][position], benjaminiHochberg: adjusted[2][position])
    }
  }

  private static func p(_ test: LogRankTest?) -> Double {
    guard let result = test?.result, result.degreesOfFreedom > 0 else { return .nan }
    return result.p
  }
}

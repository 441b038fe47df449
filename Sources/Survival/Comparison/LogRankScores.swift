/// The score of every row in a weighted log-rank test: the test's O − E of a group is the sum over its rows.
///
/// c = [event] w(t) − Σ over event times s up to the row's own of w(s) d(s)/n(s), within the row's stratum. Scores of a
/// stratum sum to 0. Without delayed entry they do not depend on who is in which group, so that a permutation of the groups
/// permutes fixed numbers. O(n log n).
struct LogRankScores {
  let values: [Double]

  /// - Throws: `SurvivalInputError` for a weight that is not finite.
  init(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping?, weighting: LogRankWeighting
  ) throws(SurvivalInputError) {
    let strataCount = strata?.count ?? 1
    var times = [[Double]](repeating: [], count: strataCount)
    var weights = times
    var cumulative = times
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: strataCount)
    var walk = WeightWalk(weighting)
    var areFinite = true
    forEachEventTime(data, groups: groups, strata: strata) { stratum, counts in
      let weight = walk.next(stratum: stratum, counts)
      areFinite = areFinite && weight.isFinite
      sums[stratum].add(weight * counts.totalEvents / counts.totalAtRisk)
      times[stratum].append(counts.time)
      weights[stratum].append(weight)
      cumulative[stratum].append(sums[stratum].value)
    }
    try LogRankTest.requireFinite(areFinite, weighting)
    values = (0..<data.count).map { row in
      let stratum = Int(strata?.codes[row] ?? 0)
      let k = upperBound(times[stratum], data.time[row]) - 1
      guard k >= 0 else { return 0 }
      return (data.isWeightedEvent(row) ? weights[stratum][k] : 0) - cumulative[stratum][k]
    }
  }
}

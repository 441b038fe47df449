internal import Survival

// Beyond the last observation, where the curve is not 0, it may fall to 0 at once or keep its last value for ever.

extension LandmarkSurvival {
  /// Whether the time lies beyond the last observation and a curve that goes on from there may have the claimed value.
  func leavesOpen(_ claimed: Interval) -> Bool { isBeyondLastObservation && claimed.meets(Interval(0, survival)) }
}

extension KaplanMeier {
  /// Whether a restricted mean of this curve reaches beyond its last observation and a curve that goes on from there may have the
  /// claimed value.
  func leavesOpen(_ mean: RestrictedMean, _ claimed: Interval) -> Bool {
    guard mean.isBeyondLastObservation else { return false }
    let carried = (survival.last ?? 1) * (mean.tau - (table.time.last ?? 0))
    return claimed.meets(Interval(mean.estimate - carried, mean.estimate))
  }
}

internal import Survival

/// What a curve says beyond its last observation, where it is not 0: between 0 at once and the last value for ever.
extension KaplanMeier {
  /// The values that S can have at a time; one value up to the last observation.
  func possibleSurvival(at time: Double) -> Interval {
    let point = landmarks([time])[0]
    return Interval(point.isBeyondLastObservation ? 0 : point.survival, point.survival)
  }

  /// The values that a restricted mean can have; one value where tau lies within the follow-up.
  func possibleMean(_ mean: RestrictedMean) -> Interval {
    let carried = mean.isBeyondLastObservation ? (survival.last ?? 1) * (mean.tau - (table.time.last ?? 0)) : 0
    return Interval(mean.estimate - carried, mean.estimate)
  }
}

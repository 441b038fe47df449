/// The survival probability at one chosen time.
public struct LandmarkSurvival: Sendable, Equatable, Codable {
  public let time: Double
  /// Number at risk just before `time`.
  public let atRisk: Double
  /// Events up to and including `time`.
  public let cumulativeEvents: Double
  public let survival: Double
  /// Standard error of S; NaN where S is 0 by exhaustion of the risk set.
  public let standardErrorOfSurvival: Double
  public let lower: Double
  public let upper: Double
  /// The time lies after the last observation of the group, and the curve is not 0 there: the value is the last one
  /// carried forward, an extrapolation that SAS does not report.
  public let isBeyondLastObservation: Bool
}

extension LandmarkSurvival {
  /// A time that a curve is not released at.
  fileprivate static func withheld(_ time: Double) -> LandmarkSurvival {
    LandmarkSurvival(
      time: time, atRisk: .nan, cumulativeEvents: .nan, survival: .nan, standardErrorOfSurvival: .nan, lower: .nan,
      upper: .nan, isBeyondLastObservation: false)
  }
}

extension KaplanMeier {
  /// S at each of the given times, in the order given. Before the first time of the group S is 1. Of a curve released at some
  /// times only, NaN at any other.
  public func landmarks(_ times: [Double]) -> [LandmarkSurvival] {
    times.map { t in
      let steps = upperBound(time, t)
      if table.isReleased, steps == 0 || time[steps - 1] != t { return .withheld(t) }
      let last = time.last ?? 0
      return LandmarkSurvival(
        time: t, atRisk: table.numberAtRisk(at: t), cumulativeEvents: table.cumulativeEvents(at: t),
        survival: steps == 0 ? 1 : survival[steps - 1],
        standardErrorOfSurvival: steps == 0 ? 0 : standardErrorOfSurvival[steps - 1],
        lower: steps == 0 ? 1 : lower[steps - 1], upper: steps == 0 ? 1 : upper[steps - 1],
        isBeyondLastObservation: t > last && (survival.last ?? 1) > 0)
    }
  }
}

/// Which time is "the median" of a step function, and what happens where the curve equals 1 − p on a flat stretch.
public enum QuantileRule: String, Sendable, Codable, CaseIterable {
  /// R survival's `quantile`: the first time with S < 1 − p; where S equals 1 − p within 1.49e-8, the midpoint between
  /// that time and the next drop, or the last time of the group when the curve never drops again.
  case r
  /// SAS LIFETEST: as `r`, but not estimable when the flat stretch runs to the last censoring; limits after Brookmeyer &
  /// Crowley, Biometrics 1982;38:29–41.
  case sas
  /// Stata stci: the smallest time with S <= 1 − p.
  case stata
}

/// A quantile of the survival time with its confidence limits; nil where it is not reached.
public struct SurvivalQuantile: Sendable, Equatable, Codable {
  /// The fraction of subjects with the event: 0.5 for the median.
  public let probability: Double
  public let estimate: Double?
  public let lower: Double?
  public let upper: Double?
}

extension KaplanMeier {
  /// R's sqrt(machine epsilon), within which a curve value counts as equal to 1 − p.
  static let quantileTolerance = 1.4901161193847656e-8

  /// The time by which a fraction `p` of subjects has had the event. O(number of times).
  ///
  /// The limits apply the same rule to the two confidence curves. `p` must lie strictly between 0 and 1.
  public func quantile(_ p: Double, rule: QuantileRule = .r) -> SurvivalQuantile {
    precondition(p > 0 && p < 1, "a quantile is asked for between 0 and 1")
    // SAS's limits are the set of t whose interval holds 1 - p: closed below, open above.
    let lowerRule: QuantileRule = rule == .sas ? .stata : rule
    return SurvivalQuantile(
      probability: p, estimate: crossing(survival, 1 - p, rule), lower: crossing(lower, 1 - p, lowerRule),
      upper: crossing(upper, 1 - p, rule))
  }

  /// The median survival time.
  public func median(rule: QuantileRule = .r) -> SurvivalQuantile { quantile(0.5, rule: rule) }

  private func crossing(_ curve: [Double], _ level: Double, _ rule: QuantileRule) -> Double? {
    let tolerance = KaplanMeier.quantileTolerance
    guard let first = curve.firstIndex(where: { $0 <= level + tolerance }) else { return nil }
    guard rule != .stata, curve[first] >= level - tolerance else { return time[first] }
    if let next = curve[first...].firstIndex(where: { $0 < level - tolerance }) {
      return (time[first] + time[next]) / 2
    }
    // A flat stretch to the end of follow-up.
    return rule == .sas ? nil : time[time.count - 1] / 2 + time[first] / 2
  }
}

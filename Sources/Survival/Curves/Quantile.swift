/// Which time is "the median" of a step function, and what happens where the curve equals 1 − p on a flat stretch.
public enum QuantileRule: String, Sendable, Codable, CaseIterable {
  /// R survival's `quantile`: the first time with S < 1 − p; where S equals 1 − p within 1.49e-8, the midpoint between
  /// that time and the next drop, or the last time of the group when the curve never drops again. A confidence limit that
  /// rises and falls (delayed entry, case weights) is read by value: the time at which it takes its largest value below
  /// 1 − p, which need not be the first time below.
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
  /// What a released curve withholds, of what the whole curve has; see `SmallCellRule`.
  public private(set) var withheld: Set<Part> = []

  public enum Part: String, Sendable, Codable {
    case estimate
    case lower
    case upper
  }

  init(probability: Double, estimate: Double?, lower: Double?, upper: Double?) {
    self.probability = probability
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
  }

  /// The same without what a curve withholds.
  fileprivate init(_ whole: SurvivalQuantile, releasedBy curve: KaplanMeier) {
    func released(_ time: Double?) -> Double? { curve.withholds(time) ? nil : time }
    self.init(
      probability: whole.probability, estimate: released(whole.estimate), lower: released(whole.lower),
      upper: released(whole.upper))
    for (part, time) in [(Part.estimate, whole.estimate), (.lower, whole.lower), (.upper, whole.upper)]
    where curve.withholds(time) { withheld.insert(part) }
  }
}

extension KaplanMeier {
  /// R's sqrt(machine epsilon), within which a curve value counts as equal to 1 − p.
  static let quantileTolerance = 1.4901161193847656e-8

  /// The time by which a fraction `p` of subjects has had the event. O(number of times).
  ///
  /// The limits apply the same rule to the two confidence curves. `p` must lie strictly between 0 and 1.
  public func quantile(_ p: Double, rule: QuantileRule = .r) -> SurvivalQuantile {
    precondition(p > 0 && p < 1, "a quantile is asked for between 0 and 1")
    if let whole = release?.whole[0] { return SurvivalQuantile(whole.quantile(p, rule: rule), releasedBy: self) }
    // SAS's limits are the set of t whose interval holds 1 - p: closed below, open above.
    let lowerRule: QuantileRule = rule == .sas ? .stata : rule
    return SurvivalQuantile(
      probability: p, estimate: rule.crossing(time, survival, p), lower: lowerRule.crossing(time, lower, p),
      upper: rule.crossing(time, upper, p))
  }

  /// The median survival time.
  public func median(rule: QuantileRule = .r) -> SurvivalQuantile { quantile(0.5, rule: rule) }

  /// The times between which the curve equals 1 − p within the tolerance of the rules; nil where it drops past 1 − p.
  /// It ends at the next drop, or at the last time of the group.
  public func flatStretch(at p: Double) -> (start: Double, end: Double, runsToTheEnd: Bool)? {
    let tolerance = KaplanMeier.quantileTolerance
    guard let first = survival.firstIndex(where: { $0 <= 1 - p + tolerance }), survival[first] >= 1 - p - tolerance
    else { return nil }
    let next = survival[first...].firstIndex { $0 < 1 - p - tolerance }
    return (time[first], time[next ?? time.count - 1], next == nil)
  }
}

extension QuantileRule {
  /// The time at which a step function falls past 1 − p by the rule; nil where there is none. O(number of steps).
  ///
  /// - Parameters:
  ///   - time: ascending; the last is the last time of the group, whether or not the curve falls there.
  ///   - curve: the value from each time on; NaN where it is not defined.
  func crossing(_ time: [Double], _ curve: [Double], _ p: Double) -> Double? {
    if self == .r { return QuantileRule.crossingByValue(time, curve, p) }
    let tolerance = KaplanMeier.quantileTolerance
    let level = 1 - p
    guard let first = curve.firstIndex(where: { $0 <= level + tolerance }) else { return nil }
    guard self != .stata, curve[first] >= level - tolerance else { return time[first] }
    let next = curve[first...].firstIndex { $0 < level - tolerance }
    return next.map { (time[first] + time[$0]) / 2 }
  }

  /// The rule `r`, which orders the curve by value: with y = 1 − curve, the midpoint between the times of the smallest
  /// y >= p − tolerance and of the smallest y >= p + tolerance. Where the curve ends at 1 − p, the second is the last time.
  private static func crossingByValue(_ time: [Double], _ curve: [Double], _ p: Double) -> Double? {
    let tolerance = KaplanMeier.quantileTolerance
    var reached: Int?
    var passed: Int?
    // Undefined limits fail every comparison. Of equal values the first counts.
    for k in curve.indices {
      let y = 1 - curve[k]
      if y + tolerance >= p, reached.map({ y < 1 - curve[$0] }) ?? true { reached = k }
      if y - tolerance >= p, passed.map({ y < 1 - curve[$0] }) ?? true { passed = k }
    }
    guard let reached else { return nil }
    let last = time.count - 1
    if abs(p - (1 - curve[last])) < tolerance { return time[reached] / 2 + time[last] / 2 }
    return passed.map { time[reached] / 2 + time[$0] / 2 }
  }
}

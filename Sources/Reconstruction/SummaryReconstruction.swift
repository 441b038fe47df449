internal import Survival

/// Level C: rows of two arms from the numbers of subjects and events, the medians and the hazard ratio.
///
/// Nothing of the curves' shape is known, so it is assumed: Weibull survival with one shape in both arms,
/// S(t) = exp(−ln 2 (t/m)^k) with m the arm's median, and administrative censoring after an even accrual in the first half
/// of the study: follow-up is uniform on (b/2, b). b is found from the number of events, k from the hazard ratio: under proportional hazards (m0/m1)^k is the ratio, and k is
/// moved until the Cox estimate (Efron) from the rows agrees. Each event and censoring stands where its expected
/// number passes a half-integer. The hazard ratio is an input here and no evidence.
public struct SummaryReconstruction: Sendable {
  public let control: ReconstructedArm
  public let experimental: ReconstructedArm
  /// The common Weibull shape found.
  public let shape: Double

  static let shapes = 0.2...8.0
  /// Twenty times closer than the two printed decimals.
  static let tolerance = 0.0005

  /// - Throws: `ReconstructionError` when a median is missing, when medians and hazard ratio contradict each other under
  ///   the model, or when no shape gives the hazard ratio.
  public init(control: ArmFacts, experimental: ArmFacts, hazardRatio: Double) throws(ReconstructionError) {
    try control.check()
    try experimental.check()
    guard let m0 = control.median, let m1 = experimental.median else {
      throw ReconstructionError(
        .missing, arm: control.median == nil ? control.arm : experimental.arm, "the median is needed at level C")
    }
    guard hazardRatio > 0, hazardRatio.isFinite else {
      throw ReconstructionError(
        .impossible, arm: experimental.arm, "the hazard ratio must be above 0, not \(hazardRatio)")
    }
    // The model's own answer, from which the search starts.
    let first = logarithm(hazardRatio) / logarithm(m0 / m1)
    guard first.isFinite, SummaryReconstruction.shapes.contains(first) else {
      throw ReconstructionError(
        .contradiction, arm: experimental.arm,
        "medians \(m0) and \(m1) and a hazard ratio of \(hazardRatio) cannot both be true under proportional hazards with "
          + "Weibull curves")
    }
    func attempt(_ shape: Double) throws(ReconstructionError) -> (ReconstructedArm, ReconstructedArm, Double) {
      let a = try SummaryReconstruction.rows(control, median: m0, shape: shape)
      let b = try SummaryReconstruction.rows(experimental, median: m1, shape: shape)
      return (a, b, try SummaryReconstruction.hazardRatio(of: b, against: a))
    }
    // ln HR is close to proportional to the shape: a few secant steps do.
    var shape = first
    var found = try attempt(shape)
    for _ in 0..<40 where abs(found.2 - hazardRatio) > SummaryReconstruction.tolerance {
      let next = shape * logarithm(hazardRatio) / logarithm(found.2)
      guard next.isFinite, SummaryReconstruction.shapes.contains(next) else { break }
      shape = next
      found = try attempt(shape)
    }
    guard abs(found.2 - hazardRatio) <= 0.005 else {
      throw ReconstructionError(
        .contradiction, arm: experimental.arm,
        "no Weibull shape gives a hazard ratio of \(hazardRatio) with these medians and events; the nearest is "
          + "\(roundedTime(found.2))")
    }
    (self.control, self.experimental) = (found.0, found.1)
    self.shape = shape
  }

  /// Rows of one arm for a shape, with the median exact.
  static func rows(_ facts: ArmFacts, median: Double, shape: Double) throws(ReconstructionError) -> ReconstructedArm {
    guard let events = facts.events else {
      throw ReconstructionError(.missing, arm: facts.arm, "the number of events is needed at level C")
    }
    let model = CensoredWeibull(median: median, shape: shape, subjects: facts.subjects, events: events)
    let times = model.times()
    let rows = times.map { ReconstructedArm.Row(time: max(0.001, roundedTime($0.time)), isEvent: $0.isEvent) }
    let arm = ReconstructedArm(arm: facts.arm, level: .summary, rows: rows)
    guard let moved = settingMedian(of: arm, to: median), let found = try? moved.curve().median().estimate,
      abs(found - median) < 1e-9
    else {
      throw ReconstructionError(
        .contradiction, arm: facts.arm,
        "\(events) events among \(facts.subjects) subjects and a median of \(median) cannot both be true under the "
          + "model: the curve does not pass one half there")
    }
    return moved
  }

  /// The rows with their median exact. They miss it by a fraction of the distance between events: the event at which the
  /// curve passes one half is moved there, or, where the curve rests on one half, the two events around its middle.
  private static func settingMedian(of arm: ReconstructedArm, to median: Double) -> ReconstructedArm? {
    guard let curve = try? arm.curve(), let first = curve.survival.firstIndex(where: { $0 <= 0.5 + 1e-9 }) else {
      return nil
    }
    let isFlat = curve.survival[first] >= 0.5 - 1e-9
    guard let last = isFlat ? curve.survival.firstIndex(where: { $0 < 0.5 - 1e-9 }) : first else { return nil }
    let (from, next) = (curve.time[first], curve.time[last])
    // Both stay an equal distance from the median, also after rounding.
    let moved = isFlat ? roundedTime(median - (next - from) / 2) : median
    return ReconstructedArm(
      arm: arm.arm, level: arm.level,
      rows: arm.rows.map { row in
        guard row.isEvent, row.time == from || row.time == next else { return row }
        return .init(time: row.time == from ? moved : roundedTime(2 * median - moved), isEvent: true)
      })
  }

  /// The Cox estimate from the rows of both arms.
  static func hazardRatio(
    of experimental: ReconstructedArm, against control: ReconstructedArm
  ) throws(ReconstructionError) -> Double {
    guard let ratio = HazardRatio(of: experimental, against: control) else {
      throw ReconstructionError(.impossible, arm: experimental.arm, "no hazard ratio can be had from the rows")
    }
    return ratio.value
  }
}

/// Expected events and censorings of subjects with Weibull survival and follow-up uniform on (b/2, b).
private struct CensoredWeibull {
  let median: Double
  let shape: Double
  let subjects: Int
  let events: Int
  /// Steps of the grid on which expected numbers are summed: enough for times to a thousandth of the median.
  private static let steps = 5000

  func survival(_ t: Double) -> Double { exponential(-logarithm(2) * power(t / median, shape)) }

  /// The fraction of subjects with an event: the mean of 1 − S over the follow-up times.
  private func eventFraction(_ b: Double) -> Double {
    let n = 400
    var sum = 0.0
    for k in 0..<n { sum += 1 - survival((1 + (Double(k) + 0.5) / Double(n)) * b / 2) }
    return sum / Double(n)
  }

  /// The fraction of subjects followed to `t` or longer.
  private func followed(to t: Double, _ b: Double?) -> Double { b.map { min(1, 2 * (1 - t / $0)) } ?? 1 }

  /// The b that gives the number of events; nil when all have one.
  private var followUp: Double? {
    guard events < subjects else { return nil }
    let wanted = Double(events) / Double(subjects)
    var low = 0.0
    var high = median
    while eventFraction(high) < wanted, high < 1e6 * median { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if eventFraction(middle) < wanted { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// One row per subject.
  func times() -> [ReconstructedArm.Row] {
    let b = followUp
    let end = b ?? median * power(logarithm(1e4 * Double(subjects)) / logarithm(2), 1 / shape)
    let width = end / Double(CensoredWeibull.steps)
    var rows: [ReconstructedArm.Row] = []
    var (expectedEvents, expectedCensored) = (0.0, 0.0)
    var (made, censored) = (0, 0)
    let total = Double(subjects)
    for k in 0..<CensoredWeibull.steps {
      let t = Double(k) * width
      let middle = t + width / 2
      expectedEvents += total * (survival(t) - survival(t + width)) * followed(to: middle, b)
      expectedCensored += total * survival(middle) * (followed(to: t, b) - followed(to: t + width, b))
      while made < events, expectedEvents >= Double(made) + 0.5 {
        rows.append(.init(time: middle, isEvent: true))
        made += 1
      }
      while censored < subjects - events, expectedCensored >= Double(censored) + 0.5 {
        rows.append(.init(time: middle, isEvent: false))
        censored += 1
      }
    }
    // The sums end within round-off of their totals; whoever is left stands at the end.
    rows += [ReconstructedArm.Row](repeating: .init(time: end, isEvent: true), count: events - made)
    rows += [ReconstructedArm.Row](repeating: .init(time: end, isEvent: false), count: subjects - events - censored)
    return rows
  }
}

internal import Survival

/// Level C: rows of two arms from the numbers of subjects and events, the medians and the hazard ratio.
///
/// Nothing of the curves' shape is known, so it is assumed: Weibull survival with one shape in both arms,
/// S(t) = exp(−ln 2 (t/m)^k) with m the arm's median, and administrative censoring after an even accrual in the first half
/// of the study: follow-up is uniform on (b/2, b). b is found from the number of events, k from the hazard ratio: under
/// proportional hazards (m0/m1)^k is the ratio, and k is moved until the Cox estimate (Efron) from the rows agrees. Each event
/// and censoring stands where its expected number passes a half-integer. The hazard ratio is an input here and no evidence.
///
/// Loss to follow-up before the cut-off (`ArmFacts.dropout`, none unless given) may differ by arm: of those without an event
/// exp(−rate · t) are still followed at t. Where the endpoint is assessed at visits (`ArmFacts.assessments`) nine of ten events
/// move to the next visit, evenly over its window, and the tenth, a death, stays. An event that would pass its arm's median
/// goes to the visit before, or stays where that is none; censorings keep their order among the events. Because the estimate moves
/// in jumps, the experimental arm's events may stand where their expected number passes another fraction than one half.
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
    // The search comes to a shape many times: what no phase changes is kept.
    var controls: [Double: Result<ReconstructedArm, ReconstructionError>] = [:]
    var followUps: [Double: Double?] = [:]
    func attempt(_ shape: Double, phase: Double = 0.5) throws(ReconstructionError) -> Attempt {
      let known =
        controls[shape]
        ?? Result { () throws(ReconstructionError) in
          try SummaryReconstruction.rows(control, median: m0, shape: shape)
        }
      controls[shape] = known
      let a = try known.get()
      let b = try SummaryReconstruction.rows(experimental, median: m1, shape: shape, phase: phase) { model in
        let found = followUps[shape] ?? model.followUp
        followUps[shape] = found
        return found
      }
      return Attempt(
        control: a, experimental: b, shape: shape, hazardRatio: try SummaryReconstruction.hazardRatio(of: b, against: a)
      )
    }
    // ln HR is close to proportional to the shape: a few secant steps do. A start at which rounding upsets the median is left.
    var found: Attempt
    do {
      found = try attempt(first)
    } catch {
      guard let near = [1.01, 0.99, 1.03, 0.97, 1.1, 0.9].lazy.compactMap({ try? attempt(first * $0) }).first else {
        throw error
      }
      found = near
    }
    var best = found
    for _ in 0..<12 where best.miss(hazardRatio) > SummaryReconstruction.tolerance {
      let next = found.shape * logarithm(hazardRatio) / logarithm(found.hazardRatio)
      guard next.isFinite, SummaryReconstruction.shapes.contains(next), next != found.shape else { break }
      guard let near = try? attempt(next) else { break }
      found = near
      if found.miss(hazardRatio) < best.miss(hazardRatio) { best = found }
    }
    // The estimate moves in jumps, at visits in larger ones: shapes near the best, then events a little earlier or later.
    let middle = best.shape
    for phase in [0.5, 0.45, 0.55, 0.4, 0.6, 0.35, 0.65, 0.3, 0.7] where best.miss(hazardRatio) < 0.02 {
      for step in 0...20 where best.miss(hazardRatio) > SummaryReconstruction.tolerance {
        let shape = middle * (1 + (step % 2 == 0 ? 1 : -1) * Double((step + 1) / 2) * 0.001)
        guard SummaryReconstruction.shapes.contains(shape), let near = try? attempt(shape, phase: phase) else {
          continue
        }
        if near.miss(hazardRatio) < best.miss(hazardRatio) { best = near }
      }
    }
    guard best.miss(hazardRatio) <= 0.005 else {
      throw ReconstructionError(
        .contradiction, arm: experimental.arm,
        "no Weibull shape gives a hazard ratio of \(hazardRatio) with these medians and events; the nearest is "
          + "\(roundedTime(best.hazardRatio))")
    }
    (self.control, self.experimental) = (best.control, best.experimental)
    self.shape = best.shape
  }

  private struct Attempt {
    let control: ReconstructedArm
    let experimental: ReconstructedArm
    let shape: Double
    let hazardRatio: Double
    func miss(_ wanted: Double) -> Double { abs(hazardRatio - wanted) }
  }

  /// Rows of one arm for a shape, with the median exact.
  ///
  /// - Parameters:
  ///   - phase: an event stands where the expected number passes a whole number and this.
  ///   - followUp: the model's, which may be known already.
  static func rows(
    _ facts: ArmFacts, median: Double, shape: Double, phase: Double = 0.5,
    followUp: (CensoredWeibull) -> Double? = \.followUp
  ) throws(ReconstructionError) -> ReconstructedArm {
    guard let events = facts.events else {
      throw ReconstructionError(.missing, arm: facts.arm, "the number of events is needed at level C")
    }
    let model = CensoredWeibull(
      median: median, shape: shape, subjects: facts.subjects, events: events, dropout: facts.dropout?.rate ?? 0,
      phase: phase)
    guard model.isPossible else {
      throw ReconstructionError(
        .contradiction, arm: facts.arm,
        "\(events) events among \(facts.subjects) subjects and a dropout rate of \(facts.dropout?.rate ?? 0) cannot both be true "
          + "under the model: more are lost before their event")
    }
    var times = model.times(followUp: followUp(model))
    if let schedule = facts.assessments { times = VisitTimes(schedule: schedule, median: median).moved(times) }
    let rows = times.map { ReconstructedArm.Row(time: max(0.001, roundedTime($0.time)), isEvent: $0.isEvent) }
    let arm = ReconstructedArm(arm: facts.arm, level: .summary, rows: rows)
    guard let moved = settingMedian(of: arm, to: median, isScheduled: facts.assessments != nil),
      let found = try? moved.curve().median().estimate,
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
  private static func settingMedian(
    of arm: ReconstructedArm, to median: Double, isScheduled: Bool
  ) -> ReconstructedArm? {
    guard let curve = try? arm.curve(), let first = curve.survival.firstIndex(where: { $0 <= 0.5 + 1e-9 }) else {
      return nil
    }
    let isFlat = curve.survival[first] >= 0.5 - 1e-9
    guard let last = isFlat ? curve.survival.firstIndex(where: { $0 < 0.5 - 1e-9 }) : first else { return nil }
    let (from, next) = (curve.time[first], curve.time[last])
    // Both stay an equal distance from the median, also after rounding, and between their neighbours.
    var half = (next - from) / 2
    let events = arm.rows.filter(\.isEvent).map(\.time)
    let room = min(
      median - (events.last { $0 < from } ?? 0), (events.first { $0 > next } ?? .infinity) - median)
    if half >= room { half = room / 2 }
    let moved = isFlat ? roundedTime(median - half) : median
    func place(_ row: ReconstructedArm.Row) -> Double {
      guard row.isEvent, row.time == from || row.time == next else { return row.time }
      return row.time == from ? moved : roundedTime(2 * median - moved)
    }
    let rows = arm.rows.map { ReconstructedArm.Row(time: place($0), isEvent: $0.isEvent) }
    guard isScheduled else { return ReconstructedArm(arm: arm.arm, level: arm.level, rows: rows) }
    // Events gather at visits, so that a move may be long: the censorings go with it.
    let end = (arm.rows.last?.time ?? 0) + median
    let censored = ScheduledTimes.carry(
      arm.rows.filter { !$0.isEvent }.map(\.time), from: events, to: rows.filter(\.isEvent).map(\.time).sorted(),
      start: 0, end: end)
    return ReconstructedArm(
      arm: arm.arm, level: arm.level,
      rows: rows.filter(\.isEvent) + censored.map { .init(time: max(0.001, roundedTime($0)), isEvent: false) })
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

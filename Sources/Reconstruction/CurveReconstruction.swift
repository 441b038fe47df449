internal import Survival

/// Levels A and B: rows of one arm from readings of its curve, with whatever else is printed: numbers at risk, the total of
/// events, the median, censor marks, visits.
///
/// Between two exact numbers at risk it is known how many leave; how many of them by the event, and when the others were
/// censored, is chosen by `PathSearch` so that the total of events is exact and the readings are missed as little as
/// possible. Where the total is lower than even censoring would give, the censorings move to the front of their interval:
/// the timing of censoring is what is estimated. Events happen where the readings fall; where two readings at one time are
/// the ends of a vertical stroke, exactly then; under a schedule of assessments most of them at the visits.
///
/// Times are given to three decimals, more where slots are narrow, strictly inside their slot, so that no number at risk is
/// changed by rounding. The event at which the curve passes one half is put at the published median where the readings
/// allow.
public enum CurveReconstruction {
  /// - Throws: `ReconstructionError` for facts that contradict each other, or without any reading.
  public static func rows(_ given: ArmFacts, level: ReconstructionLevel = .grid) throws(ReconstructionError)
    -> ReconstructedArm
  {
    let facts = given.joiningNearTimes()
    try facts.check()
    guard facts.readings.contains(where: { $0.time > 0 }) else {
      throw ReconstructionError(.missing, arm: facts.arm, "no reading of the curve after time 0")
    }
    let made = try rows(of: facts, level: level)
    // Hard facts are met, or nothing is handed out.
    let unmet = try ReconstructionDiagnostics(made, facts: given).unmet
    guard unmet.isEmpty else {
      throw ReconstructionError(
        .contradiction, arm: facts.arm, "no rows meet the printed numbers together: \(unmet.joined(separator: "; "))")
    }
    return made
  }

  /// Rows of checked facts.
  ///
  /// - Parameters:
  ///   - effort: see `PathSearch.Effort`.
  ///   - disturb: moves the expected censoring, for repeats.
  static func rows(
    of facts: ArmFacts, level: ReconstructionLevel, effort: PathSearch.Effort = .whole,
    disturb: ((CensoringProfile, FollowUpSlots) -> CensoringProfile)? = nil
  ) throws(ReconstructionError) -> ReconstructedArm {
    let curve = MonotoneReadings(facts.readings).passingHalf(
      at: facts.median, facts.readings, error: facts.readingError)
    let slots = FollowUpSlots(facts, curve: curve)
    var profile = CensoringProfile(slots, events: facts.events)
    if let disturb { profile = disturb(profile, slots) }
    let search = PathSearch(
      slots: slots, profile: profile, subjects: facts.subjects, events: facts.events, effort: effort)
    guard let path = search.best() else {
      throw ReconstructionError(
        .contradiction, arm: facts.arm,
        "no rows meet the numbers at risk\(facts.events.map { " and \($0) events" } ?? "") together; the curve and the "
          + "numbers at risk suggest \(profile.suggestedEvents) events")
    }
    let survival = try survival(along: path, slots, facts)
    let grid = try TimeGrid(slots, arm: facts.arm)
    var rows = place(path, slots, grid)
    if let schedule = facts.assessments { rows = visited(rows, slots, survival, schedule, grid) }
    var made = rows.map { ReconstructedArm.Row(time: $0.time, isEvent: $0.isEvent) }
    // A curve ends with its last subject, unless a printed number says that nobody is left there.
    let isEmptied = facts.atRisk.contains { $0.isExact && $0.count == 0 }
    if facts.isReadToEnd, !isEmptied, let last = made.indices.max(by: { made[$0].time < made[$1].time }),
      !made[last].isEvent
    {
      made[last] = .init(time: slots.finish, isEvent: false)
    }
    return ReconstructedArm(arm: facts.arm, level: level, rows: made, suggestedEvents: profile.suggestedEvents)
  }

  /// A reading missed by more than this is not a reading error.
  static let contradictionGap = 0.1

  /// S at the start of each slot and at the end of the last.
  private static func survival(
    along path: PathSearch.Path, _ slots: FollowUpSlots, _ facts: ArmFacts
  ) throws(ReconstructionError) -> [Double] {
    var survival = [1.0]
    var n = facts.subjects
    var missed: [(time: Double, made: Double, read: Double)] = []
    for (i, slot) in slots.slots.enumerated() {
      let after = survival[i] * PathSearch.factor(atRisk: n, events: path.events[i], censored: path.censored[i])
      survival.append(after)
      n -= path.events[i] + path.censored[i]
      let gap = abs(after - slot.target)
      // A reading on a vertical stroke is no level: its weight says so.
      if slot.isRead, gap > contradictionGap, gap * gap * slot.weight > 100 {
        missed.append((slot.end, after, slot.target))
      }
    }
    // One reading of many may be a slip.
    let read = slots.slots.filter(\.isRead).count
    if let first = missed.first, 20 * missed.count > read {
      throw ReconstructionError(
        .contradiction, arm: facts.arm,
        "\(facts.events.map { "\($0) events and the" } ?? "the") numbers at risk contradict the curve: the closest rows have "
          + "S(\(first.time)) = \(roundedTime(first.made)) where \(roundedTime(first.read)) was read")
    }
    return survival
  }

  private struct Placed {
    var time: Double
    let isEvent: Bool
    let slot: Int
  }

  /// Events and censorings of a slot stand as evenly as their numbers allow, in the order in which `PathSearch.factor`
  /// counted them.
  private static func place(_ path: PathSearch.Path, _ slots: FollowUpSlots, _ grid: TimeGrid) -> [Placed] {
    var rows: [Placed] = []
    for (i, slot) in slots.slots.enumerated() {
      for (count, isEvent) in [(path.events[i], true), (path.censored[i], false)] {
        for k in 0..<count {
          let time = slot.start + (slot.end - slot.start) * (Double(k) + 0.5) / Double(count)
          rows.append(
            Placed(time: grid.inside(time, start: slot.start, end: slot.end), isEvent: isEvent, slot: i))
        }
      }
    }
    return rows
  }

  /// The rows with the events of every interval between two cuts gathered at the visits it holds.
  private static func visited(
    _ rows: [Placed], _ slots: FollowUpSlots, _ survival: [Double], _ schedule: AssessmentSchedule, _ grid: TimeGrid
  ) -> [Placed] {
    // Every interval has slots with width, numbered in order: its first and last, and the rows in them.
    var intervals: [(slots: ClosedRange<Int>, rows: [Int])] = []
    for (i, slot) in slots.slots.enumerated() {
      guard let interval = slot.interval else { continue }
      if interval == intervals.count { intervals.append((i...i, [])) }
      intervals[interval].slots = intervals[interval].slots.lowerBound...i
    }
    for (row, placed) in rows.enumerated() {
      if let interval = slots.slots[placed.slot].interval { intervals[interval].rows.append(row) }
    }
    let (starts, ends) = (
      intervals.map { slots.slots[$0.slots.lowerBound].start }, intervals.map { slots.slots[$0.slots.upperBound].end }
    )
    let scheduled = ScheduledTimes(
      schedule, starts: starts, ends: ends,
      survival: intervals.map { survival[$0.slots.lowerBound] } + [survival[survival.count - 1]])
    var moved = rows
    for (position, interval) in intervals.enumerated() {
      func sorted(_ isEvent: Bool) -> [Int] {
        interval.rows.filter { rows[$0].isEvent == isEvent }.sorted { rows[$0].time < rows[$1].time }
      }
      let (events, censored) = (sorted(true), sorted(false))
      let times = scheduled.times(
        start: starts[position], end: ends[position], events: events.map { rows[$0].time },
        censored: censored.map { rows[$0].time },
        survival: (survival[interval.slots.lowerBound], survival[interval.slots.upperBound + 1]))
      for (row, time) in zip(events + censored, times.events + times.censored) {
        moved[row].time = grid.inside(time, start: starts[position], end: ends[position])
      }
    }
    return moved
  }
}

/// Levels A and B: rows of one arm from readings of its curve, with whatever else is printed: numbers at risk, the total of
/// events, the median.
///
/// Between two exact numbers at risk it is known how many leave; how many of them by the event, and when the others were
/// censored, is chosen by `CellSearch` so that the total of events is exact and the readings are missed as little as
/// possible. Where the total is lower than even censoring would give, the censorings move to the front of their interval:
/// the timing of censoring is what is estimated. Events happen where the readings fall; where two readings at one time are
/// the ends of a vertical stroke, exactly then.
///
/// Times are given to three decimals, more where cells are narrow, strictly inside their cell, so that no number at risk is
/// changed by rounding. The event at which the curve passes one half is put at the published median when
/// its cell holds it.
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
    let curve = MonotoneReadings(facts.readings).passingHalf(
      at: facts.median, facts.readings, error: facts.readingError)
    let slots = FollowUpSlots(facts, curve: curve)
    let profile = CensoringProfile(slots, events: facts.events)
    // Without a total the number of events is the one that the curve and the numbers at risk give by themselves.
    let wanted = facts.events ?? profile.suggestedEvents
    var search = PathSearch(
      slots: slots, profile: profile, subjects: facts.subjects, events: wanted,
      error: facts.readingError ?? curve.precision.survival)
    var path = search.best()
    if path == nil, facts.events == nil {
      search.events = nil
      path = search.best()
    }
    guard let path else {
      throw ReconstructionError(
        .contradiction, arm: facts.arm,
        "no rows meet the numbers at risk\(facts.events.map { " and \($0) events" } ?? "") together; the curve and the "
          + "numbers at risk suggest \(profile.suggestedEvents) events")
    }
    try check(path, slots, facts)
    let grid = try TimeGrid(slots, arm: facts.arm)
    var rows = place(path, slots, grid)
    // A curve ends with its last subject, unless a printed number says that nobody is left there.
    let isEmptied = facts.atRisk.contains { $0.isExact && $0.count == 0 }
    if facts.isReadToEnd, !isEmptied, let last = rows.indices.max(by: { rows[$0].time < rows[$1].time }),
      !rows[last].isEvent
    {
      rows[last] = .init(time: slots.finish, isEvent: false)
    }
    let made = ReconstructedArm(arm: facts.arm, level: level, rows: rows, suggestedEvents: profile.suggestedEvents)
    // Hard facts are met, or nothing is handed out.
    let unmet = try ReconstructionDiagnostics(made, facts: given).unmet
    guard unmet.isEmpty else {
      throw ReconstructionError(
        .contradiction, arm: facts.arm, "no rows meet the printed numbers together: \(unmet.joined(separator: "; "))")
    }
    return made
  }

  /// A reading missed by more than this is not a reading error.
  static let contradictionGap = 0.1

  private static func check(
    _ path: PathSearch.Path, _ slots: FollowUpSlots, _ facts: ArmFacts
  ) throws(ReconstructionError) {
    var (n, survival) = (facts.subjects, 1.0)
    for (i, slot) in slots.slots.enumerated() {
      survival *= PathSearch.factor(atRisk: n, events: path.events[i], censored: path.censored[i])
      n -= path.events[i] + path.censored[i]
      guard slot.isRead, abs(survival - slot.target) > contradictionGap else { continue }
      throw ReconstructionError(
        .contradiction, arm: facts.arm,
        "\(facts.events.map { "\($0) events and the" } ?? "the") numbers at risk contradict the curve: the closest rows have "
          + "S(\(slot.end)) = \(roundedTime(survival)) where \(roundedTime(slot.target)) was read")
    }
  }

  /// Events and censorings of a slot stand as evenly as their numbers allow, in the order in which `PathSearch.factor`
  /// counted them.
  private static func place(_ path: PathSearch.Path, _ slots: FollowUpSlots, _ grid: TimeGrid) -> [ReconstructedArm.Row]
  {
    var rows: [ReconstructedArm.Row] = []
    for (i, slot) in slots.slots.enumerated() {
      for (count, isEvent) in [(path.events[i], true), (path.censored[i], false)] {
        for k in 0..<count {
          let time = slot.start + (slot.end - slot.start) * (Double(k) + 0.5) / Double(count)
          rows.append(.init(time: grid.inside(time, start: slot.start, end: slot.end), isEvent: isEvent))
        }
      }
    }
    return rows
  }
}

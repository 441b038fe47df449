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
    let problem = CellProblem(facts)
    let search = CellSearch(problem)
    let survival = search.survival
    for (i, reading) in problem.reading.enumerated() {
      if let reading, abs(survival[i + 1] - reading) > contradictionGap {
        throw ReconstructionError(
          .contradiction, arm: facts.arm,
          "\(facts.events.map { "\($0) events and the" } ?? "the") numbers at risk contradict the curve: the closest rows have "
            + "S(\(problem.end[i])) = \(roundedTime(survival[i + 1])) where \(reading) was read")
      }
    }
    let grid = try TimeGrid(problem, arm: facts.arm)
    var rows = place(problem, search.choice, survival: survival, median: facts.median, grid: grid)
    // A curve ends with its last subject, unless a printed number says that nobody is left there.
    let isEmptied = facts.atRisk.contains { $0.isExact && $0.count == 0 }
    if facts.isReadToEnd, !isEmptied, let end = problem.end.last,
      let last = rows.indices.max(by: { rows[$0].time < rows[$1].time }),
      !rows[last].isEvent
    {
      rows[last] = .init(time: end, isEvent: false)
    }
    let made = ReconstructedArm(
      arm: facts.arm, level: level, rows: rows,
      suggestedEvents: CellSearch.suggestedEvents(problem))
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

  private static func place(
    _ problem: CellProblem, _ choice: CellProblem.Choice, survival: [Double], median: Double?,
    grid: TimeGrid
  ) -> [ReconstructedArm.Row] {
    let clock = CellTimes(problem, survival: survival)
    var rows: [ReconstructedArm.Row] = []
    var n = problem.subjects
    for i in 0..<problem.count {
      let (e, c) = (choice.events[i], choice.censored[i])
      var events = (0..<e).map { clock.time(cell: i, share: (Double($0) + 0.5) / Double(e)) }
      var censored = (0..<c).map { clock.time(cell: i, share: (Double($0) + 0.5) / Double(c)) }
      let (start, end) = (problem.start[i], problem.end[i])
      if let median, median > start, median < end,
        let crossing = crossingEvent(atRisk: n, events: e, censored: c, survival: survival[i])
      {
        // Stretches the cell's times on either side of the event that passes one half.
        let from = events[crossing]
        func moved(_ t: Double) -> Double {
          t <= from
            ? start + (t - start) * (median - start) / (from - start)
            : end - (end - t) * (end - median) / (end - from)
        }
        events = events.map(moved)
        censored = censored.map(moved)
      }
      rows += events.map { .init(time: grid.inside($0, start: start, end: end), isEvent: true) }
      rows += censored.map { .init(time: grid.inside($0, start: start, end: end), isEvent: false) }
      n -= e + c
    }
    return rows
  }

  /// The event of a cell at which S falls to one half or below; nil when S does so elsewhere.
  private static func crossingEvent(atRisk n: Int, events e: Int, censored c: Int, survival: Double) -> Int? {
    var s = survival
    guard s > 0.5 - 1e-9 else { return nil }
    for a in 0..<e {
      let left = Double(n - a - CellProblem.censoredBefore(event: a, of: e, censored: c))
      s *= (left - 1) / left
      if s <= 0.5 - 1e-9 { return a }
    }
    return nil
  }
}

/// Level B: rows of one arm from readings on a grid of times, numbers at risk, events and the median.
///
/// Between two exact numbers at risk it is known how many leave; how many of them by the event, and when the others were
/// censored, is chosen by `CellSearch` so that the total of events is exact and the readings are missed as little as
/// possible. Where the total is lower than even censoring would give, the censorings move to the front of their interval:
/// the timing of censoring is what is estimated.
///
/// Times are given to three decimals, or more where cells are narrow, strictly inside their cell, so that no number at risk
/// is changed by rounding. The
/// event at which the curve passes one half is put at the published median when its cell holds it.
public enum GridReconstruction {
  /// - Throws: `ReconstructionError` for facts that contradict each other, or without any reading.
  public static func rows(_ given: ArmFacts) throws(ReconstructionError) -> ReconstructedArm {
    let facts = given.joiningNearTimes()
    try facts.check()
    guard facts.readings.contains(where: { $0.time > 0 }) else {
      throw ReconstructionError(.missing, arm: facts.arm, "no reading of the curve after time 0")
    }
    let problem = CellProblem(facts)
    let search = CellSearch(problem)
    let survival = problem.survival(search.choice)
    for (i, reading) in problem.reading.enumerated() {
      if let reading, abs(survival[i + 1] - reading) > contradictionGap {
        throw ReconstructionError(
          .contradiction, arm: facts.arm,
          "\(facts.events) events and the numbers at risk contradict the curve: the closest rows have "
            + "S(\(problem.end[i])) = \(roundedTime(survival[i + 1])) where \(reading) was read")
      }
    }
    let grid = try TimeGrid(problem, arm: facts.arm)
    let made = ReconstructedArm(
      arm: facts.arm, level: .grid,
      rows: place(problem, search.choice, survival: survival, median: facts.median, grid: grid),
      suggestedEvents: CellSearch.suggestedEvents(problem))
    // No row is handed out that misses a hard fact, whatever went wrong.
    if let miss = try ReconstructionDiagnostics(made, facts: given).unmet.first {
      throw ReconstructionError(.contradiction, arm: facts.arm, "no rows were found that meet every fact: \(miss)")
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

import Survival
import Testing

@testable import Reconstruction

/// Marks drawn at censorings.
@Suite struct CensorMarkTests {
  /// Both ends of every stroke of true rows, a mark at each time of censoring, everything else that is printed.
  private func facts(_ rows: [(time: Double, isEvent: Bool)], grid: [Double], events: Bool) -> ArmFacts {
    var readings = [ArmFacts.Reading(time: 0, survival: 1)]
    for (time, survival) in TruePublication.curve(rows) {
      readings.append(.init(time: time, survival: readings[readings.count - 1].survival))
      readings.append(.init(time: time, survival: survival))
    }
    readings.append(.init(time: rows.map(\.time).max() ?? 0, survival: readings[readings.count - 1].survival))
    return ArmFacts(
      arm: "a", subjects: rows.count, events: events ? rows.filter(\.isEvent).count : nil,
      atRisk: grid.map { t in .init(time: t, count: rows.filter { $0.time >= t }.count) }, readings: readings,
      censorMarks: Set(rows.filter { !$0.isEvent }.map(\.time)).sorted(), isReadToEnd: true, readingError: 0.001)
  }

  /// Censorings that stand at no mark; whole numbers and a censoring at every mark are checked here.
  private func unmarked(_ arm: ReconstructedArm, _ facts: ArmFacts, _ label: String) throws -> Int {
    #expect(try ReconstructionDiagnostics(arm, facts: facts).unmet.isEmpty, "\(label)")
    let censored = arm.rows.filter { !$0.isEvent }.map(\.time)
    let marks = Set(facts.censorMarks)
    #expect(marks.isSubset(of: censored), "\(label)")
    return censored.filter { !marks.contains($0) }.count
  }

  @Test("marks with several censorings each, also at a number at risk and at the end; by hand")
  func several() throws {
    // Twelve: event at 1, two censored at 2, event at 3, three censored at 4 where a number at risk is printed (they still
    // count in it), event at 5, the others at 6, 7 and, two of them, 9.
    let rows: [(time: Double, isEvent: Bool)] =
      [(1, true), (2, false), (2, false), (3, true), (4, false), (4, false), (4, false), (5, true), (6, false)]
      + [(7, false), (9, false), (9, false)]
    for grid in [[], [0, 4], [0, 4, 8]] as [[Double]] {
      for events in [true, false] {
        let facts = facts(rows, grid: grid, events: events)
        let arm = try CurveReconstruction.rows(facts, level: .curve)
        #expect(try unmarked(arm, facts, "\(grid), \(events)") == 0)
        #expect(arm.rows.filter(\.isEvent).map(\.time) == [1, 3, 5])
        // S just after 3 is 11/12 · (n−1)/n with n = 9: the strokes say how many were censored between them. After the last
        // only the numbers at risk do.
        #expect(arm.rows.filter { $0.time == 2 }.count == 2 && arm.rows.filter { $0.time == 4 }.count == 3)
        if grid.count > 2 { #expect(arm.rows.filter { $0.time == 9 }.count == 2) }
      }
    }
  }

  @Test("marks on a flat stretch at the end: one each where there are as many as are left")
  func flatEnd() throws {
    // Four events, then six marks on the level stretch.
    let rows: [(time: Double, isEvent: Bool)] =
      (1...4).map { (Double($0), true) } + (0..<6).map { (10 + 1.5 * Double($0), false) }
    let facts = facts(rows, grid: [0, 6], events: true)
    let arm = try CurveReconstruction.rows(facts, level: .curve)
    #expect(arm.rows.map(\.time) == rows.map(\.time) && arm.rows.map(\.isEvent) == rows.map(\.isEvent))
  }

  @Test("true rows with ties among the censored: one at every mark at least, hardly any elsewhere, totals exact")
  func simulated() throws {
    var (unmarked, all) = (0, 0)
    for seed in 1...40 {
      var random = TestGenerator(seed)
      let count = random.pick([10, 25, 60])
      let rows = (0..<count).map { _ -> (time: Double, isEvent: Bool) in
        // Censored in whole units, events between them.
        let event = ((-9 * logarithm(random.uniform())) * 10).rounded(.down) / 10 + 0.05
        let censoring = (3 + 12 * random.uniform()).rounded(.up)
        return event < censoring ? (event, true) : (censoring, false)
      }
      let facts = facts(rows, grid: random.chance(0.5) ? [0, 4.5, 9.5] : [0, 5, 10], events: random.chance(0.7))
      let arm = try CurveReconstruction.rows(facts, level: .curve)
      unmarked += try self.unmarked(arm, facts, "seed \(seed)")
      all += arm.rows.count - arm.events
    }
    // A mark may hide under a stroke, so that censorings without one are dear, not forbidden: here every one is drawn, and of
    // those made one in fifty at most stands elsewhere.
    #expect(50 * unmarked <= all, "\(unmarked) of \(all)")
  }
}

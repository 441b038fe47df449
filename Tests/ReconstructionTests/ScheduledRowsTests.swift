import Survival
import Testing

@testable import Reconstruction

/// An assessment schedule moves events to visits and nothing that was printed.
@Suite struct ScheduledRowsTests {
  @Test("numbers at risk, total and S at every reading stay, events gather in the windows", arguments: 1...10)
  func rows(seed: Int) throws {
    var random = TestGenerator(seed)
    let rows = (0..<150).map { _ -> (time: Double, isEvent: Bool) in
      let event = -9 * logarithm(random.uniform())
      let censoring = 3 + 20 * random.uniform()
      return event < censoring ? (event, true) : (censoring, false)
    }
    let curve = TruePublication.curve(rows)
    let (step, every) = (random.pick([1.0, 3]), random.pick([1.84, 2.76]))
    let facts = ArmFacts(
      arm: "a", subjects: 150, events: random.chance(0.5) ? rows.filter(\.isEvent).count : nil,
      atRisk: stride(from: 0.0, through: 18, by: 3).map { t in
        .init(time: t, count: rows.filter { $0.time >= t }.count)
      },
      readings: stride(from: 0.0, through: 20, by: step).map {
        .init(time: $0, survival: (TruePublication.survival(curve, $0) * 1000).rounded() / 1000)
      })
    let schedule = try AssessmentSchedule([.init(every: every)], jitter: 0.1)
    let (plain, scheduled) = (
      try CurveReconstruction.rows(facts), try CurveReconstruction.rows(facts.assessed(at: schedule))
    )
    #expect(plain.events == scheduled.events && plain.rows.count == scheduled.rows.count)
    for entry in facts.atRisk {
      #expect(
        scheduled.numberAtRisk(at: entry.time) == entry.count && plain.numberAtRisk(at: entry.time) == entry.count)
    }
    func survival(_ arm: ReconstructedArm, _ t: Double) -> Double {
      TruePublication.survival(TruePublication.curve(arm.rows.map { ($0.time, $0.isEvent) }), t)
    }
    for reading in facts.readings {
      // The same factors, in products that ties join otherwise: 150 factors of round-off 1e-16.
      #expect(
        abs(survival(plain, reading.time) - survival(scheduled, reading.time)) < 1e-12, "seed \(seed), \(reading.time)")
    }
    func inWindows(_ arm: ReconstructedArm) -> Int {
      arm.rows.filter { row in
        let visit = (row.time / every).rounded() * every
        // Rows have three decimals.
        return row.isEvent && visit > 0 && abs(row.time - visit) <= 0.1 + 0.0005
      }.count
    }
    // Windows are 0.2 of every 1.84 or 2.76, a ninth or less: events fall into them by chance at that rate. Under the schedule at
    // least half go there: the hazard between visits, measured where there are any cells without one, is nowhere the whole.
    #expect(inWindows(scheduled) > inWindows(plain), "seed \(seed)")
    if step == 3 { #expect(Double(inWindows(scheduled)) > 0.5 * Double(scheduled.events), "seed \(seed)") }
  }
}

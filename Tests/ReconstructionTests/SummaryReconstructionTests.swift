import Survival
import Testing

@testable import Reconstruction

/// Level C: rows of a model that meet every printed summary.
@Suite struct SummaryReconstructionTests {
  private func facts(_ arm: String, _ n: Int, _ events: Int, _ median: Double?) -> ArmFacts {
    ArmFacts(arm: arm, subjects: n, events: events, median: median)
  }

  @Test(
    "N, events, medians exact, hazard ratio within half a thousandth",
    arguments: [
      (101, 3.7, 95, 8.0, 0.54), (83, 11.0, 70, 13.6, 0.64), (126, 5.0, 120, 7.0, 0.7), (70, 10.0, 80, 8.0, 1.3),
    ])
  func summaries(controlEvents: Int, controlMedian: Double, events: Int, median: Double, ratio: Double) throws {
    let control = facts("control", 126, controlEvents, controlMedian)
    let experimental = facts("new", 129, events, median)
    let made = try SummaryReconstruction(control: control, experimental: experimental, hazardRatio: ratio)
    for (arm, facts) in [(made.control, control), (made.experimental, experimental)] {
      let diagnostics = try ReconstructionDiagnostics(arm, facts: facts)
      #expect(diagnostics.unmet.isEmpty)
      #expect(abs(try #require(diagnostics.medianGiven) - (facts.median ?? 0)) < 1e-9)
    }
    let found = try SummaryReconstruction.hazardRatio(of: made.experimental, against: made.control)
    #expect(abs(found - ratio) <= SummaryReconstruction.tolerance)
  }

  @Test("medians and a hazard ratio that point in opposite directions are refused")
  func contradiction() {
    #expect(throws: ReconstructionError.self) {
      try SummaryReconstruction(control: facts("c", 100, 60, 5), experimental: facts("n", 100, 60, 8), hazardRatio: 1.5)
    }
    #expect(throws: ReconstructionError.self) {
      try SummaryReconstruction(control: facts("c", 100, 60, 5), experimental: facts("n", 100, 60, 5), hazardRatio: 0.7)
    }
    // A fifth of the subjects with events cannot bring the curve to one half under even censoring.
    #expect(throws: ReconstructionError.self) {
      try SummaryReconstruction(control: facts("c", 100, 2, 5), experimental: facts("n", 100, 60, 8), hazardRatio: 0.6)
    }
    #expect(throws: ReconstructionError.self) {
      try SummaryReconstruction(
        control: facts("c", 100, 20, nil), experimental: facts("n", 100, 60, 8), hazardRatio: 0.6)
    }
  }

  /// Months: visits every 8 weeks, 4 days early or late, as in CARD.
  private let schedule = try? AssessmentSchedule([.init(every: 1.84)], jitter: 0.13)

  @Test(
    "the same with visits and with dropout that differs by arm",
    arguments: [
      (101, 3.7, 95, 8.0, 0.54, 0.0, 0.0), (101, 3.7, 95, 8.0, 0.54, 0.02, 0.01), (83, 11.0, 70, 13.6, 0.64, 0.03, 0.0),
      (110, 5.0, 105, 7.0, 0.7, 0.0, 0.01), (70, 10.0, 80, 8.0, 1.3, 0.01, 0.02),
    ], [false, true])
  func schedules(
    _ numbers: (Int, Double, Int, Double, Double, Double, Double), isScheduled: Bool
  ) throws {
    let (controlEvents, controlMedian, events, median, ratio, controlRate, rate) = numbers
    let visits = isScheduled ? schedule : nil
    func facts(_ arm: String, _ n: Int, _ events: Int, _ median: Double, _ rate: Double) -> ArmFacts {
      ArmFacts(
        arm: arm, subjects: n, events: events, median: median, assessments: visits, dropout: Dropout(rate: rate))
    }
    let control = facts("control", 126, controlEvents, controlMedian, controlRate)
    let experimental = facts("new", 129, events, median, rate)
    let made = try SummaryReconstruction(control: control, experimental: experimental, hazardRatio: ratio)
    for (arm, facts) in [(made.control, control), (made.experimental, experimental)] {
      let diagnostics = try ReconstructionDiagnostics(arm, facts: facts)
      #expect(diagnostics.unmet.isEmpty)
      #expect(abs(try #require(diagnostics.medianGiven) - (facts.median ?? 0)) < 1e-9)
      guard let visits else { continue }
      // Nine of ten, but those in the last stretch before the end of follow-up that has no visit.
      let windows = try #require(visits.visits(from: 0, through: 100))
      let atVisits = arm.rows.filter { row in row.isEvent && windows.contains { abs(row.time - $0) <= 0.1301 } }.count
      #expect(Double(atVisits) > 0.8 * Double(arm.events), "\(atVisits) of \(arm.events)")
    }
    let found = try SummaryReconstruction.hazardRatio(of: made.experimental, against: made.control)
    #expect(abs(found - ratio) <= SummaryReconstruction.tolerance, "\(found)")
  }

  @Test("loss to follow-up is as many as its rate says, by an integral of its own")
  func dropout() throws {
    // Before b/2 nobody is censored but by dropout: of 400, 400 ∫ r e^(−rt) S(t) dt by 3 at r = 0.05.
    let arm = try SummaryReconstruction.rows(
      ArmFacts(
        arm: "a", subjects: 400, events: 250, median: 6, dropout: Dropout(fraction: 0.45118836390597361, by: 12)),
      median: 6, shape: 1)
    var expected = 0.0
    for k in 0..<3000 {
      let t = (Double(k) + 0.5) / 1000
      expected += 400 * 0.05 * exponential(-(0.05 + logarithm(2) / 6) * t) / 1000
    }
    // Each stands where the expected number passes a half-integer, up to a step of the grid.
    #expect(abs(Double(arm.rows.filter { !$0.isEvent && $0.time <= 3 }.count) - expected) <= 0.51)
    #expect(arm.rows.count == 400 && arm.events == 250)
    // Half lost by the median: 380 events cannot be had.
    #expect {
      try SummaryReconstruction.rows(
        ArmFacts(arm: "a", subjects: 400, events: 380, median: 6, dropout: Dropout(fraction: 0.5, by: 6)), median: 6,
        shape: 1)
    } throws: {
      "\($0)".contains("380 events") && "\($0)".contains("dropout rate")
    }
    #expect(Dropout(fraction: 1, by: 2) == nil && Dropout(fraction: 0.1, by: 0) == nil && Dropout(rate: -1) == nil)
  }
}

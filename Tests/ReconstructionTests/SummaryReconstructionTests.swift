import Testing

@testable import Reconstruction

/// Level C: rows of a model that meet every printed summary.
@Suite struct SummaryReconstructionTests {
  private func facts(_ arm: String, _ n: Int, _ events: Int, _ median: Double?) -> ArmFacts {
    ArmFacts(arm: arm, subjects: n, events: events, median: median)
  }

  @Test(
    "N, events, medians exact, hazard ratio within a thousandth",
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
    #expect(abs(found - ratio) < 0.001)
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
}

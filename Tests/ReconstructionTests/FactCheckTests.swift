import Testing

@testable import Reconstruction

/// Facts that cannot all be true are refused with both named; facts that are true never.
@Suite struct FactCheckTests {
  @Test("no true publication is refused: four thousand of them, with ties on the times of the numbers at risk")
  func trueFacts() {
    for seed in 1...4000 {
      let facts = TruePublication(seed: seed).facts.joiningNearTimes()
      #expect(throws: Never.self, "seed \(seed)") { try facts.check() }
      guard let events = facts.events, facts.subjects > 2 else { continue }
      // The bounds bind: from far enough on a wrong total is refused, and between the bounds none is.
      let bounds = EventBounds(
        subjects: facts.subjects, atRisk: facts.atRisk.filter(\.isExact), curve: CurveBounds(facts),
        isReadToEnd: facts.isReadToEnd)
      #expect(bounds.fewest.events <= events && events <= bounds.most.events, "seed \(seed)")
    }
  }

  private func refusal(
    _ subjects: Int, events: Int? = nil, median: Double? = nil, atRisk: [(Double, Int)] = [],
    readings: [(Double, Double)], marks: [Double] = [], toEnd: Bool = false
  ) -> ReconstructionError? {
    let facts = ArmFacts(
      arm: "a", subjects: subjects, events: events, median: median,
      atRisk: atRisk.map { .init(time: $0.0, count: $0.1) },
      readings: readings.map { .init(time: $0.0, survival: $0.1) }, censorMarks: marks,
      // With a stated error the times are as printed, not off by a pixel.
      isReadToEnd: toEnd, readingError: 0.005)
    do {
      try facts.check()
      return nil
    } catch { return error }
  }

  /// Each case twice: the refusal with both facts, and the nearest facts that may be true. All numbers by hand, with a largest
  /// reading error of 0.015.
  @Test("every kind of contradiction, and the last value that is none")
  func kinds() throws {
    func refused(_ error: ReconstructionError?, _ parts: String...) throws {
      let error = try #require(error, "not refused, though \(parts)")
      #expect(error.code == .contradiction && error.arm == "a")
      for part in parts { #expect(error.message.contains(part), "\(error.message) lacks \(part)") }
    }
    // Numbers at risk that rise, also across one that is missing between them.
    try refused(refusal(100, atRisk: [(0, 100), (2, 50), (4, 60)], readings: [(4, 0.5)]), "50 at risk at 2", "60 at 4")
    #expect(refusal(100, atRisk: [(0, 100), (2, 60), (4, 60)], readings: [(4, 0.6)]) == nil)
    try refused(refusal(100, atRisk: [(2, 101)], readings: [(4, 0.5)]), "101 at risk at 2", "100 subjects")
    try refused(refusal(100, atRisk: [(0, 99)], readings: [(4, 0.5)]), "99 at risk at 0", "100 subjects")
    try refused(refusal(10, events: 11, readings: [(4, 0.5)]), "11 events", "10 subjects")

    // 385 subjects, S read as 0.855 before 2: at most 385 (0.855 + 0.015) = 334.95 are left.
    let fall: [(Double, Double)] = [(0, 1), (1.9, 0.855), (4, 0.8)]
    try refused(
      refusal(385, atRisk: [(0, 385), (2, 362)], readings: fall), "362 at risk at 2", "385 subjects", "at most 334",
      "0.855 at 1.9")
    #expect(refusal(385, atRisk: [(0, 385), (2, 334)], readings: fall) == nil)
    // Read at 2 itself, where 362 may be counted before the events of 2.
    #expect(refusal(385, atRisk: [(0, 385), (2, 362)], readings: [(0, 1), (2, 0.855)]) == nil)

    // Neighbours agree, 2 and 6 do not: S falls from at least 0.885 to at most 0.715, 80 · 0.715/0.885 = 64.6. Between 2 and 4
    // 80 · 0.815/0.885 = 73.6 >= 73, between 4 and 6 73 · 0.715/0.785 = 66.4 >= 66.
    let steps: [(Double, Double)] = [(0, 1), (2, 0.9), (3.9, 0.8), (4, 0.8), (5.9, 0.7), (6, 0.7), (8, 0.7)]
    try refused(
      refusal(100, atRisk: [(0, 100), (2, 80), (4, 73), (6, 66)], readings: steps), "66 at risk at 6",
      "of 80 at risk at 2 at most 64")
    #expect(refusal(100, atRisk: [(0, 100), (2, 80), (4, 73), (6, 64)], readings: steps) == nil)

    // A curve at 0: of 50 subjects at most 50 · 0.015, none, are left. With 1,000 subjects S = 0.005 may have been read as 0.
    try refused(
      refusal(50, atRisk: [(0, 50), (10, 3)], readings: [(0, 1), (8, 0)]), "3 at risk at 10", "come to 0 at 8")
    #expect(refusal(1000, atRisk: [(0, 1000), (10, 5)], readings: [(0, 1), (8, 0)]) == nil)

    // Nobody left at 10, and a fall of more than two errors later.
    try refused(
      refusal(50, atRisk: [(0, 50), (10, 0)], readings: [(0, 1), (10, 0.5), (14, 0.46)]), "0 at risk at 10",
      "0.46 at 14")
    #expect(refusal(50, atRisk: [(0, 50), (10, 0)], readings: [(0, 1), (10, 0.5), (14, 0.47)]) == nil)

    // The first of two events takes S to one half; a reading above that may stand on the stroke.
    #expect(refusal(2, readings: [(1, 0.8), (2, 0.8)]) == nil)

    // Seven without an event, and eight marks; the two at 3 are one, clicked twice.
    let marks = [1, 2, 3, 3.001, 4, 5, 6, 7, 8]
    try refused(
      refusal(10, events: 3, readings: [(8, 0.7)], marks: marks), "8 censor marks", "3 events", "7 are left without")
    #expect(refusal(10, events: 3, readings: [(8, 0.7)], marks: Array(marks.dropLast())) == nil)
    try refused(
      refusal(10, atRisk: [(0, 10), (7, 0)], readings: [(6, 0.7)], marks: marks), "mark at 8", "0 at risk at 7")

    // The median, printed to one decimal; clear are readings beyond 0.53 after 8.05 and below 0.47 before 7.95.
    try refused(refusal(100, median: 8.1, readings: [(9, 0.56)]), "median of 8.1", "0.56 at 9")
    try refused(refusal(100, median: 8.1, readings: [(7, 0.45)]), "median of 8.1", "0.45 at 7")
    #expect(refusal(100, median: 8.1, readings: [(7, 0.48), (9, 0.48)]) == nil)
    #expect(refusal(100, median: 8.1, readings: [(8.12, 0.56)]) == nil)
  }

  @Test("totals of events: the fewest and the most, by hand")
  func totals() throws {
    func refused(_ error: ReconstructionError?, _ parts: String...) throws {
      let error = try #require(error)
      #expect(error.code == .contradiction)
      for part in parts { #expect(error.message.contains(part), "\(error.message) lacks \(part)") }
    }
    // 60 of 100 still at risk at 4 where S is at most 0.515: at least 60 (1/0.515 − 1) = 56.5 events before, but only 40 leave:
    // that is the pair of the number at risk and the curve. With 40 at risk: 40 (1/0.515 − 1) = 37.7, so 38.
    let half: [(Double, Double)] = [(0, 1), (3.9, 0.5), (4, 0.5), (9, 0.5)]
    let row = [(0.0, 100), (4.0, 40)]
    try refused(
      refusal(100, events: 37, atRisk: row, readings: half), "37 events", "at least 38 are needed",
      "to 4 (40 at risk, S 0.5)")
    #expect(refusal(100, events: 38, atRisk: row, readings: half) == nil)
    // Read to the end at most 100 (1 − 0.485) = 51.5 in all, and one after it.
    try refused(
      refusal(100, events: 53, atRisk: row, readings: half, toEnd: true), "53 events", "at most 52 are possible",
      "to the last reading (9, S 0.5)")
    #expect(refusal(100, events: 52, atRisk: row, readings: half, toEnd: true) == nil)
    // Not read to the end, all 40 may follow.
    #expect(refusal(100, events: 91, atRisk: row, readings: half) == nil)
    try refused(refusal(100, events: 92, atRisk: row, readings: half), "92 events", "at most 91 are possible")
    // Stretch by stretch where censoring is heavy: 100 (1 − 0.885) = 11, then 20 (1 − 0.785/0.915) = 2, then 20 leave at most.
    let heavy: [(Double, Double)] = [(0, 1), (4, 0.9), (8, 0.8)]
    try refused(
      refusal(100, events: 32, atRisk: [(0, 100), (4, 20), (8, 18)], readings: heavy), "at most 31 are possible")
    #expect(refusal(100, events: 31, atRisk: [(0, 100), (4, 20), (8, 18)], readings: heavy) == nil)
    // Without numbers at risk a fall needs one event, and a curve that stays at 1 has none but one overlooked at its end.
    try refused(refusal(100, events: 0, readings: [(0, 1), (5, 0.9)]), "0 events", "at least 1")
    #expect(refusal(100, events: 1, readings: [(0, 1), (5, 0.9)]) == nil)
    // 100 · 0.015 = 1.5 within the error of the readings, and one.
    try refused(refusal(100, events: 3, readings: [(0, 1), (5, 1)], toEnd: true), "3 events", "at most 2")
    #expect(refusal(100, events: 2, readings: [(0, 1), (5, 1)], toEnd: true) == nil)
  }

  @Test("one slip of the hand contradicts nothing")
  func slip() {
    // By hand: all true but the reading at 3, and the numbers at risk follow the others.
    #expect(
      refusal(
        100, atRisk: [(0, 100), (2, 90), (4, 80), (6, 70)],
        readings: [(0, 1), (1, 0.95), (2, 0.9), (3, 0.4), (3.5, 0.825), (4, 0.8), (5, 0.75), (6, 0.7)]) == nil)
  }

  @Test("the unit of the last decimal", arguments: [(8.7, 0.05), (8, 0.5), (15.25, 0.005), (120, 0.5)])
  func unit(number: Double, half: Double) {
    #expect(abs(ArmFacts.halfUnit(number) - half) < 1e-6)
  }
}

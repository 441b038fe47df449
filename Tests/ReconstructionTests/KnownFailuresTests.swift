import Testing

@testable import Reconstruction

/// What other reconstructions are known to get wrong.
@Suite struct KnownFailuresTests {
  private func readings(_ points: [(Double, Double)]) -> [ArmFacts.Reading] {
    points.map { .init(time: $0.0, survival: $0.1) }
  }

  @Test("the total of events is not ignored: every total that the curve allows is given", arguments: 24...30)
  func total(events: Int) throws {
    // 100 at 0 and 60 at 2 with S(2) = 0.7. By hand: 40 leave, of whom 24 to 30 have the event when S is missed by nothing:
    // 100 · 0.3 = 30 with all censorings last; all 16 first leaves 84, of whom 25.2 have it, so 24 misses S by 0.015.
    let arm = try CurveReconstruction.rows(
      ArmFacts(
        arm: "a", subjects: 100, events: events, atRisk: [.init(time: 0, count: 100), .init(time: 2, count: 60)],
        readings: readings([(0, 1), (1, 0.85), (2, 0.7), (4, 0.7)])))
    #expect(arm.events == events && arm.numberAtRisk(at: 2) == 60 && arm.rows.count == 100)
    let curve = TruePublication.curve(arm.rows.map { ($0.time, $0.isEvent) })
    #expect(abs(TruePublication.survival(curve, 2) - 0.7) < 0.016)
  }

  @Test("the largest gap is one of absolute size, and so is the mean")
  func absoluteGaps() throws {
    // S = 0.75 from 1 and 0.5 from 2 on: gaps of −0.05 and +0.01. A signed maximum would be 0.01, a signed mean −0.02.
    let rows = ReconstructedArm(
      arm: "a", level: .grid,
      rows: [
        .init(time: 1, isEvent: true), .init(time: 2, isEvent: true), .init(time: 3, isEvent: false),
        .init(time: 4, isEvent: false),
      ])
    let found = try ReconstructionDiagnostics(
      rows, facts: ArmFacts(arm: "a", subjects: 4, events: 2, readings: readings([(1.5, 0.8), (2.5, 0.49)])))
    #expect(abs(try #require(found.largestGap).gap + 0.05) < 1e-12)
    #expect(abs(try #require(found.meanAbsoluteGap) - 0.03) < 1e-12)
    // ((0.05² + 0.01²)/2)^½
    #expect(abs(try #require(found.rootMeanSquareGap) - 0.0013.squareRoot()) < 1e-12)
  }

  @Test("drops of less than half an event each are not lost: four tenths of one five times are two")
  func smallDrops() throws {
    let arm = try CurveReconstruction.rows(
      ArmFacts(
        arm: "a", subjects: 100, events: nil, atRisk: [.init(time: 0, count: 100), .init(time: 6, count: 98)],
        readings: readings([(0, 1), (1, 0.996), (2, 0.992), (3, 0.988), (4, 0.984), (5, 0.98), (12, 0.98)])))
    // Two leave by 6 and the curve comes to 98/100: both have the event.
    #expect(arm.rows.filter { $0.isEvent && $0.time < 6 }.count == 2 && arm.events == 2)
    #expect(arm.numberAtRisk(at: 6) == 98)
  }

  @Test("duplicated readings change nothing that a single one does not")
  func duplicates() throws {
    let points = [(0.0, 1.0), (3, 0.9), (6, 0.8), (9, 0.65), (12, 0.6)]
    func rows(_ points: [(Double, Double)]) throws -> [ReconstructedArm.Row] {
      try CurveReconstruction.rows(
        ArmFacts(
          arm: "a", subjects: 40, events: 14, atRisk: [.init(time: 0, count: 40), .init(time: 6, count: 30)],
          readings: readings(points), readingError: 0.005)
      ).rows
    }
    let single = try rows(points)
    #expect(try rows(points + points) == single)
    // The repeated click need not follow the first.
    #expect(try rows(points + [points[2], points[1], points[2]]) == single)
  }

  @Test("numbers at risk that do not begin at 0, and a curve beyond the last of them")
  func lateTable() throws {
    // Made from S: 50 · 0.9 = 45 at 4 without censoring; 30 at 8 with S = 0.8; the curve goes on to 20 at 0.5.
    let facts = ArmFacts(
      arm: "a", subjects: 50, events: 17, atRisk: [.init(time: 4, count: 45), .init(time: 8, count: 30)],
      readings: readings([(0, 1), (2, 0.95), (4, 0.9), (6, 0.85), (8, 0.8), (12, 0.7), (16, 0.6), (20, 0.5)]))
    let arm = try CurveReconstruction.rows(facts)
    #expect(arm.rows.count == 50 && arm.events == 17)
    #expect(arm.numberAtRisk(at: 4) == 45 && arm.numberAtRisk(at: 8) == 30)
    // The fall after the last number at risk is made of events there, and follow-up reaches the last reading.
    #expect(arm.rows.contains { $0.isEvent && $0.time > 16 })
    let curve = TruePublication.curve(arm.rows.map { ($0.time, $0.isEvent) })
    // Half a step of the few left: S falls by S/n per event, and n is 10 or more before 20.
    for reading in facts.readings {
      #expect(abs(TruePublication.survival(curve, reading.time) - reading.survival) < 0.05, "\(reading.time)")
    }
  }
}

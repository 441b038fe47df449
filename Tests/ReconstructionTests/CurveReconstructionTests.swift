import Survival
import Testing

@testable import Reconstruction

/// Levels A and B: what a paper prints as integers is met exactly, what was read off a curve as closely as it allows.
@Suite struct CurveReconstructionTests {
  /// A published-looking summary of rows drawn from a curve with a change of hazard and censoring from entry on.
  private func publication(seed: UInt64, subjects: Int = 240) -> (facts: ArmFacts, truth: [(Double, Bool)]) {
    var state = seed
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }
    let rows = (0..<subjects).map { _ -> (Double, Bool) in
      let event = -10 * logarithm(uniform())
      let censoring = 4 + 24 * uniform()
      return event <= censoring ? (event, true) : (censoring, false)
    }
    let grid = stride(from: 0.0, through: 24, by: 3)
    func survival(_ t: Double) -> Double {
      var s = 1.0
      for (time, isEvent) in rows.sorted(by: { $0.0 < $1.0 }) where isEvent && time <= t {
        let left = Double(rows.filter { $0.0 >= time }.count)
        s *= (left - 1) / left
      }
      return s
    }
    let facts = ArmFacts(
      arm: "a", subjects: subjects, events: rows.filter(\.1).count,
      atRisk: grid.map { t in .init(time: t, count: rows.filter { $0.0 >= t }.count) },
      readings: stride(from: 0.0, through: 24, by: 1).map {
        .init(time: $0, survival: (survival($0) * 1000).rounded() / 1000)
      })
    return (facts, rows)
  }

  @Test("N, events and numbers at risk are exact, readings within their rounding and one subject", arguments: 1...12)
  func hardFacts(seed: Int) throws {
    let (facts, _) = publication(seed: UInt64(seed))
    let rows = try CurveReconstruction.rows(facts)
    let diagnostics = try ReconstructionDiagnostics(rows, facts: facts)
    #expect(diagnostics.unmet.isEmpty, "seed \(seed): \(diagnostics.unmet)")
    // Readings have three decimals; one subject of those at risk is at least 1/240.
    let gap = try #require(diagnostics.largestGap)
    #expect(abs(gap.gap) < 0.01, "seed \(seed): \(gap)")
    #expect(try #require(diagnostics.rootMeanSquareGap) < 0.003, "seed \(seed)")
    #expect(rows.rows.allSatisfy { $0.time > 0 })
  }

  @Test(
    "numbers at risk are exact however close a reading stands to their time",
    arguments: [
      (2.0, 2.0002), (2.0, 1.99998), (91.3125, 91.31), (1.0 / 12, 0.08333), (0.003, 0.0031), (2000.0, 2000.001),
    ] as [(Double, Double)])
  func narrowCells(visit: Double, reading: Double) throws {
    let facts = ArmFacts(
      arm: "a", subjects: 100, events: 28,
      atRisk: [.init(time: 0, count: 100), .init(time: visit, count: 60), .init(time: 2 * visit, count: 0)],
      readings: [
        .init(time: visit / 2, survival: 0.85), .init(time: reading, survival: 0.7),
        .init(time: 1.5 * visit, survival: 0.7),
      ])
    // Counted here from the rows: who has a time of the visit or more is at risk there.
    let rows = try CurveReconstruction.rows(facts).rows
    #expect(rows.count == 100 && rows.filter(\.isEvent).count == 28)
    #expect(rows.filter { $0.time >= visit }.count == 60 && rows.allSatisfy { $0.time > 0 && $0.time < 2 * visit })
  }

  @Test("times that differ by round-off only are one")
  func nearTimes() throws {
    func rows(_ reading: Double) throws -> ReconstructedArm {
      try CurveReconstruction.rows(
        ArmFacts(
          arm: "a", subjects: 50, events: 10,
          atRisk: [.init(time: 0, count: 50), .init(time: 0.3, count: 40), .init(time: 0.6, count: 0)],
          readings: [.init(time: reading, survival: 0.9), .init(time: 0.6, survival: 0.75)]))
    }
    #expect(0.1 + 0.2 != 0.3)
    #expect(try rows(0.1 + 0.2) == rows(0.3))
  }

  @Test("a reading after everybody has left is where the curve ends")
  func readingAfterTheEnd() throws {
    // S falls to one half by 10, when half of the 20 are left, and stays there: all ten events are before.
    let rows = try CurveReconstruction.rows(
      ArmFacts(
        arm: "a", subjects: 20, events: 10,
        atRisk: [.init(time: 0, count: 20), .init(time: 10, count: 10), .init(time: 20, count: 0)],
        readings: [.init(time: 10, survival: 0.5), .init(time: 25, survival: 0.5)])
    ).rows
    #expect(rows.filter { $0.isEvent && $0.time < 10 }.count == 10 && rows.allSatisfy { $0.time < 20 })
  }

  @Test("more subjects than any trial has are refused before rows are made")
  func tooMany() {
    for subjects in [100_001, Int.max] {
      #expect(throws: ReconstructionError.self) {
        try CurveReconstruction.rows(
          ArmFacts(arm: "a", subjects: subjects, events: 1, readings: [.init(time: 1, survival: 0.5)]))
      }
    }
  }

  @Test("the same facts give the same rows, in whatever order they come")
  func deterministic() throws {
    let (facts, _) = publication(seed: 5)
    let shuffled = ArmFacts(
      arm: facts.arm, subjects: facts.subjects, events: facts.events, atRisk: facts.atRisk,
      readings: facts.readings.reversed())
    #expect(try CurveReconstruction.rows(facts) == CurveReconstruction.rows(shuffled))
  }

  @Test("a lower total of events moves censoring to the front of its interval, not the curve")
  func earlyCensoring() throws {
    // 100 at risk, 60 left at 2, S(2) = 0.7: spread evenly, 24 events would be needed; 18 do if the others leave first.
    func rows(_ events: Int) throws -> ReconstructedArm {
      try CurveReconstruction.rows(
        ArmFacts(
          arm: "a", subjects: 100, events: events,
          atRisk: [.init(time: 0, count: 100), .init(time: 2, count: 60), .init(time: 4, count: 0)],
          readings: [
            .init(time: 0, survival: 1), .init(time: 1, survival: 0.85), .init(time: 2, survival: 0.7),
            .init(time: 3, survival: 0.7), .init(time: 4, survival: 0.7),
          ]))
    }
    let (early, even) = (try rows(26), try rows(29))
    #expect(early.events == 26 && even.events == 29)
    // By hand for even censoring: ln(1/0.7) = 0.357 times about 80 at risk is 28.5, whatever total was asked.
    #expect(try (28...29).contains(#require(early.suggestedEvents)) && early.suggestedEvents == even.suggestedEvents)
    func meanCensoring(_ arm: ReconstructedArm) -> Double {
      let times = arm.rows.filter { !$0.isEvent && $0.time < 2 }.map(\.time)
      return times.reduce(0, +) / Double(times.count)
    }
    #expect(meanCensoring(early) < meanCensoring(even))
    for arm in [early, even] {
      #expect(arm.numberAtRisk(at: 2) == 60)
      #expect(abs(try arm.curve().landmarks([2])[0].survival - 0.7) < 0.01)
    }
  }

  @Test("no death is invented on a flat tail to satisfy the numbers at risk")
  func flatTail() throws {
    let arm = try CurveReconstruction.rows(
      ArmFacts(
        arm: "a", subjects: 80, events: 30,
        atRisk: [.init(time: 0, count: 80), .init(time: 12, count: 48), .init(time: 24, count: 5)],
        readings: [
          .init(time: 0, survival: 1), .init(time: 6, survival: 0.8), .init(time: 12, survival: 0.62),
          .init(time: 18, survival: 0.62), .init(time: 24, survival: 0.62),
        ]))
    #expect(arm.rows.filter { $0.isEvent && $0.time > 12 }.count == 0)
    #expect(arm.numberAtRisk(at: 24) == 5)
  }

  @Test("the median stands where it was published")
  func median() throws {
    let (facts, _) = publication(seed: 3)
    let curve = try CurveReconstruction.rows(facts).curve()
    let published = try #require(curve.median().estimate).rounded(.up) - 0.4
    let asked = ArmFacts(
      arm: "a", subjects: facts.subjects, events: facts.events, median: published, atRisk: facts.atRisk,
      readings: facts.readings)
    #expect(try CurveReconstruction.rows(asked).curve().median().estimate == published)
  }

  @Test("contradictions are refused by name")
  func contradictions() {
    func message(_ facts: ArmFacts) -> String {
      do {
        _ = try CurveReconstruction.rows(facts)
        return ""
      } catch { return "\(error)" }
    }
    let readings: [ArmFacts.Reading] = [.init(time: 0, survival: 1), .init(time: 2, survival: 0.855)]
    // VISION rPFS: 362 at risk at month 2 was recalled; a curve at 0.855 shortly before leaves at most 0.87 of 385.
    #expect(
      message(
        ArmFacts(
          arm: "lu", subjects: 385, events: 254, atRisk: [.init(time: 0, count: 385), .init(time: 2, count: 362)],
          readings: readings + [.init(time: 1.9, survival: 0.855)])
      ).contains("362 at risk at 2 contradicts the curve"))
    #expect(message(ArmFacts(arm: "a", subjects: 10, events: 11, readings: readings)).contains("11 events"))
    #expect(
      message(
        ArmFacts(
          arm: "a", subjects: 10, events: 1, atRisk: [.init(time: 0, count: 10), .init(time: 1, count: 11)],
          readings: readings)
      ).contains("nobody joins"))
    #expect(
      message(ArmFacts(arm: "a", subjects: 10, events: 1, atRisk: [.init(time: 0, count: 9)], readings: readings))
        .contains("9 at risk at 0 and 10 subjects"))
    #expect(
      message(ArmFacts(arm: "a", subjects: 10, events: 1, readings: [.init(time: 1, survival: 85)]))
        .contains("a probability lies in [0, 1]"))
    #expect(message(ArmFacts(arm: "a", subjects: 10, events: 1)).contains("no reading"))
    #expect(
      message(
        ArmFacts(
          arm: "a", subjects: 100, events: 90, atRisk: [.init(time: 0, count: 100), .init(time: 10, count: 10)],
          readings: [.init(time: 0, survival: 1), .init(time: 9, survival: 0.9), .init(time: 12, survival: 0.9)])
      ).contains("contradict the curve"))
  }

  @Test("both ends of every step read: the events come back at their times, the censorings in number")
  func corners() throws {
    // Ten subjects: events at 1, 3, 3 and 6, censored at 2, 4, 5, 7, 8 and 9. S = 0.9, 0.675, 0.5063 by hand:
    // 9/10, then 6/8 of it, then 3/4 of that.
    let s3 = 0.9 * 6 / 8
    let s6 = s3 * 3 / 4
    func facts(events: Int?) -> ArmFacts {
      ArmFacts(
        arm: "a", subjects: 10, events: events, atRisk: [.init(time: 0, count: 10), .init(time: 5, count: 5)],
        readings: [(0, 1), (1, 1), (1, 0.9), (3, 0.9), (3, s3), (6, s3), (6, s6), (9, s6)].map {
          .init(time: $0.0, survival: $0.1)
        }, isReadToEnd: true)
    }
    for events in [4, nil] {
      let arm = try CurveReconstruction.rows(facts(events: events), level: .curve)
      #expect(arm.rows.filter(\.isEvent).map(\.time) == [1, 3, 3, 6])
      #expect(arm.rows.count == 10 && arm.numberAtRisk(at: 5) == 5)
      // One is censored before 3, one between 3 and 5, four after: the curve says so, and its end is the last of them.
      #expect(arm.rows.filter { !$0.isEvent && $0.time < 3 }.count == 1)
      #expect(arm.rows.last?.time == 9)
      let curve = try arm.curve()
      #expect(abs(curve.landmarks([6])[0].survival - s6) < 1e-12)
    }
  }

  @Test(
    "four hundred clicks with jitter: thinned, repaired, hard facts exact", arguments: [2])
  func dense(seed: Int) throws {
    let (facts, truth) = publication(seed: UInt64(seed))
    var state = UInt64(seed)
    func jitter() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return (Double(state >> 11) / 9_007_199_254_740_992 - 0.5) * 0.004
    }
    var steps: [(time: Double, survival: Double)] = [(0, 1)]
    for (k, row) in truth.sorted(by: { $0.0 < $1.0 }).enumerated() where row.1 {
      let left = Double(truth.count - k)
      steps.append((row.0, steps[steps.count - 1].survival * (left - 1) / left))
    }
    func survival(_ t: Double) -> Double { steps.last { $0.time <= t }?.survival ?? 1 }
    let last = truth.map(\.0).max() ?? 0
    let clicks = ArmFacts(
      arm: "a", subjects: facts.subjects, events: facts.events, atRisk: facts.atRisk,
      readings: (0...400).map {
        let t = last * Double($0) / 400
        return .init(time: t, survival: min(1, max(0, survival(t) + jitter())))
      }, isReadToEnd: true)
    let arm = try CurveReconstruction.rows(clicks, level: .curve)
    #expect(try ReconstructionDiagnostics(arm, facts: clicks).unmet.isEmpty)
    let curve = try arm.curve()
    // Half a jitter, 0.002, the drop between two clicks, at most 0.01, and two steps of 1/240.
    for t in stride(from: 0.5, to: 20, by: 0.5) {
      #expect(abs(curve.landmarks([t])[0].survival - survival(t)) < 0.02, "seed \(seed), \(t)")
    }
  }

  @Test("a curve read past the time at which nobody is at risk leaves nobody there")
  func emptied() throws {
    let arm = try CurveReconstruction.rows(
      ArmFacts(
        arm: "a", subjects: 20, events: 8,
        atRisk: [.init(time: 0, count: 20), .init(time: 10, count: 6), .init(time: 20, count: 0)],
        readings: [(0, 1), (5, 0.8), (10, 0.7), (15, 0.5), (20.5, 0.5)].map { .init(time: $0.0, survival: $0.1) },
        isReadToEnd: true), level: .curve)
    #expect(arm.numberAtRisk(at: 20) == 0 && arm.numberAtRisk(at: 10) == 6 && arm.events == 8)
  }
}

import Survival
import Testing

@testable import Reconstruction

/// Visits, and events that gather at them without moving a number at risk or the curve at the ends of a cell.
@Suite struct AssessmentScheduleTests {
  private func schedule(jitter: Double = 0.1) throws -> AssessmentSchedule {
    try AssessmentSchedule([.init(every: 2, until: 6), .init(every: 3)], jitter: jitter)
  }

  @Test("visits by hand: every 2 until 6, then every 3")
  func visits() throws {
    let schedule = try schedule()
    #expect(schedule.visits(from: 0, through: 13) == [2, 4, 6, 9, 12])
    #expect(schedule.visits(from: 4, through: 9) == [4, 6, 9])
    #expect(schedule.visits(from: 6.5, through: 8.9) == [])
    #expect(schedule.visits(from: 0, through: 1e9) == nil)
    #expect(try AssessmentSchedule([.init(every: 2, until: 6)]).visits(from: 0, through: 100) == [2, 4, 6])
  }

  @Test("what is no schedule says why")
  func faults() {
    func fault(_ periods: [AssessmentSchedule.Period], jitter: Double = 0) -> String {
      do {
        _ = try AssessmentSchedule(periods, jitter: jitter)
        return ""
      } catch { return error.description }
    }
    #expect(fault([]).contains("needs a period"))
    #expect(fault([.init(every: 0)]).contains("above 0, not 0"))
    #expect(fault([.init(every: .nan)]).contains("not nan"))
    #expect(fault([.init(every: 2)], jitter: 1).contains("jitter of 1.0"))
    #expect(fault([.init(every: 2), .init(every: 3)]).contains("until is missing in period 1"))
    #expect(fault([.init(every: 2, until: 6), .init(every: 3, until: 5)]).contains("until 5.0"))
  }

  @Test("deaths between visits follow the hazard of cells without one; by hand")
  func shares() throws {
    // S falls from 1 to e^-0.1 in (0, 1), no visit: hazard 0.1. Cell (1, 3) holds the visit at 2, window 1.9–2.1, 1.8 outside it.
    // Its fall is −ln(0.54/0.9) = 0.5108, so that 1 − 0.18/0.5108 = 0.648 of 20 events, 12.95, are at the visit: 7 stay.
    let first = exponential(-0.1)
    let times = ScheduledTimes(
      try schedule(), starts: [0, 1], ends: [1, 3], survival: [1, first, first * 0.6])
    #expect(abs(try #require(times.hazardBetween) - 0.1) < 1e-12)
    let events = (0..<20).map { 1 + 2 * (Double($0) + 0.5) / 20 }
    let found = times.times(start: 1, end: 3, events: events, censored: [], survival: (first, first * 0.6)).events
    // One of the seven stands at 1.95 or 2.05 by itself.
    #expect((13...14).contains(found.filter { $0 >= 1.9 && $0 <= 2.1 }.count))
    #expect(found.count == 20 && found == found.sorted())
    // Without a visit nothing moves.
    #expect(
      times.times(start: 0, end: 1, events: [0.5], censored: [0.7], survival: (1, first)) == (
        events: [0.5], censored: [0.7]
      ))
  }

  @Test("numbers, order and cell stay; the curve at the end of the cell too", arguments: 1...200)
  func invariants(seed: Int) throws {
    var random = TestGenerator(seed)
    let every = random.pick([0.3, 1.0, 1.84, 5])
    let schedule = try AssessmentSchedule([.init(every: every)], jitter: every * random.pick([0.01, 0.07, 0.2]))
    let start = 10 * random.uniform()
    let end = start + random.pick([0.001, 0.1, 1, 4])
    let (e, c) = (random.pick([1, 2, 7, 30]), random.pick([0, 1, 8, 25]))
    let events = (0..<e).map { start + (end - start) * (Double($0) + 0.5) / Double(e) }
    let censored = (0..<c).map { start + (end - start) * (Double($0) + 0.5) / Double(c) }
    let s = (0.9, 0.9 * random.uniform())
    let scheduled = ScheduledTimes(schedule, starts: [0, start], ends: [start, end], survival: [1, 0.9, s.1])
    let found = scheduled.times(start: start, end: end, events: events, censored: censored, survival: s)
    #expect(found.events.count == e && found.censored.count == c)
    #expect((found.events + found.censored).allSatisfy { $0 > start && $0 < end })
    // Who is censored has as many events before as by default, so that every event has as many at risk.
    func before(_ censored: [Double], _ events: [Double]) -> [Int] {
      censored.map { c in events.filter { $0 <= c }.count }
    }
    #expect(before(found.censored, found.events) == before(censored, events))
  }
}

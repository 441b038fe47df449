import Testing

@testable import Survival

/// What `SmallCellRule` releases: by hand, and that nothing small follows from it by adding and subtracting.
@Suite struct SmallCellRuleTests {
  private func curve(_ time: [Double], _ isEvent: [Bool]) throws -> KaplanMeier {
    KaplanMeier(
      EventTable.tables(try TimeToEvent(time: time, isEvent: isEvent))[0],
      confidence: try ConfidenceSetting(level: 0.95))
  }

  /// Twelve subjects, times 1 to 12: three events, three censored, three events, three censored.
  private static let isEvent = [true, true, true, false, false, false, true, true, true, false, false, false]

  @Test("twelve subjects in groups of three, by hand")
  func byHand() throws {
    let whole = try curve((1...12).map(Double.init), Self.isEvent)
    let released = whole.released(by: try SmallCellRule(minimum: 3))
    // S: 9/12, the same, and 9/12 · 5/6 · 4/5 · 3/4. The last three are nobody's to see.
    #expect(released.time == [3, 6, 9])
    #expect(released.table.events == [3, 0, 3] && released.table.censored == [0, 3, 0])
    #expect(
      released.table.atRisk == [12, 9, 6] && released.table.totalEvents == 6 && released.table.totalCensored == 6)
    for (value, expected) in zip(released.survival, [0.75, 0.75, 0.375]) { #expect(abs(value - expected) < 1e-15) }
    #expect([0, 2.5, 3, 8, 9].map(released.table.numberAtRisk) == [12, 12, 9, 6, 3])
    #expect(released.table.numberAtRisk(at: 9.5).isNaN)
    // The median is the whole curve's, S(9) = 3/8 the first below 1/2 after S(8) = 1/2: R's midpoint of 8 and 9.
    #expect(released.median().estimate == 8.5 && released.median().withheld.isEmpty)
    // Four subjects are left after it.
    let larger = whole.released(by: try SmallCellRule(minimum: 5)).median()
    #expect(larger.estimate == nil && larger.withheld.contains(.estimate))
  }

  @Test("a landmark is released where the rule allows it, and withheld where not")
  func landmarks() throws {
    let whole = try curve((1...12).map(Double.init), Self.isEvent)
    let released = whole.released(by: try SmallCellRule(minimum: 3), preferring: [6.5, 8])
    // The censorings up to 6 are told at 6.5 instead.
    #expect(released.time == [3, 6.5, 9])
    let points = released.landmarks([6.5, 8, 6])
    #expect(points[0].survival == whole.landmarks([6.5])[0].survival && points[0].cumulativeEvents == 3)
    #expect(points[1].survival.isNaN && points[1].atRisk.isNaN && points[1].cumulativeEvents.isNaN)
    #expect(points[2].survival.isNaN)
  }

  @Test(
    "what is released, and what it leaves, is 0 or large; values are those of the whole curve", arguments: Seeds.all)
  func nothingSmall(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: .tied, rows: 20...120)
    let whole = KaplanMeier(
      EventTable.tables(try trial.data())[0], confidence: try ConfidenceSetting(level: 0.95, transform: .logLog))
    for minimum in [2, 3, 5, 10] {
      let rule = try SmallCellRule(minimum: minimum)
      let released = whole.released(by: rule, preferring: [2, 3.5, 7])
      let table = released.table
      let rest = (
        table.totalEvents - table.events.reduce(0, +), table.totalCensored - table.censored.reduce(0, +)
      )
      if released.time.isEmpty { continue }
      #expect((table.events + table.censored + [rest.0, rest.1]).allSatisfy(rule.releases), "seed \(seed), \(minimum)")
      #expect(rest.0 + rest.1 > 0 && released.time.last ?? 0 < whole.time.last ?? 0)
      #expect(table.numberAtRisk(at: released.time.last ?? 0) == rest.0 + rest.1)
      for (k, time) in released.time.enumerated() {
        let point = whole.landmarks([time])[0]
        #expect(released.survival[k] == point.survival && released.lower[k].bitPattern == point.lower.bitPattern)
      }
      // Another scale of the interval moves no time and no value.
      let plain = try ConfidenceSetting(level: 0.9, transform: .plain)
      #expect(
        released.withConfidence(plain).lower.map(\.bitPattern)
          == whole.withConfidence(plain).released(by: rule, preferring: [2, 3.5, 7]).lower.map(\.bitPattern))
    }
  }

  @Test("a small total releases no time")
  func smallTotal() throws {
    let time = (1...20).map(Double.init)
    let curve = try curve(time, time.map { $0 != 10 && $0 != 11 })
    #expect(try SmallCellRule(minimum: 3).releasedTimes(curve.table).isEmpty)
    #expect(try !SmallCellRule(minimum: 2).releasedTimes(curve.table).isEmpty)
  }

  @Test("cells of a list: a small one takes others with it until a total tells nothing")
  func lists() throws {
    let rule = try SmallCellRule(minimum: 5)
    #expect(rule.withheld([7, 0, 12]) == [false, false, false])
    #expect(rule.withheld([7, 2, 0, 12]) == [true, true, false, false])
    // 1 and 2 are two cells, but their sum of 3 is a small cell itself.
    #expect(rule.withheld([1, 2, 20, 9]) == [true, true, false, true])
    #expect(rule.withheld([3, 4, 20]) == [true, true, false])
    #expect(rule.withheld([2]) == [true])
  }

  @Test("a minimum that withholds nothing is refused")
  func minimum() { #expect(throws: SurvivalInputError.self) { try SmallCellRule(minimum: 1) } }
}

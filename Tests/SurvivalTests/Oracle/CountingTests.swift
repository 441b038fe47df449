import LinearAlgebra
import Testing

@testable import Survival

/// Counts at risk made by days, by runs, by pieces and by a walk, against looking at every row for every time. All are whole numbers
/// or exact sums of quarters, so that nothing but equality will do.
@Suite(.serialized) struct CountingTests {
  private static let unsigned = TimeShape.allCases.filter { $0 != .signed }

  private func plain(_ table: EventTable) -> PlainRows.Table {
    PlainRows.Table(time: table.time, atRisk: table.atRisk, events: table.events, censored: table.censored)
  }

  private func riskSets(_ data: TimeToEvent, _ rows: PlainRows, walked: Bool) -> [PlainRows.RiskSet] {
    var found: [PlainRows.RiskSet] = []
    func add(_ stratum: Int, _ counts: RiskSetCounts) {
      #expect(counts.totalAtRisk == counts.atRisk.reduce(0, +) && counts.totalEvents == counts.events.reduce(0, +))
      found.append(
        PlainRows.RiskSet(stratum: stratum, time: counts.time, atRisk: counts.atRisk, events: counts.events))
    }
    if walked {
      walkEventTimes(data, groups: rows.grouping, strata: rows.stratification, add)
    } else {
      forEachEventTime(data, groups: rows.grouping, strata: rows.stratification, add)
    }
    return found
  }

  /// Tables and risk sets of one data set by every way there is.
  private func check(_ rows: PlainRows) throws {
    let tables = (0..<rows.groups).map { rows.table(group: $0) }
    let data = try rows.data()
    #expect(EventTable.tables(data, by: rows.grouping).map(plain) == tables)
    #expect(EventTable.walked(data, by: rows.grouping).map(plain) == tables)
    let sets = rows.riskSets()
    #expect(riskSets(data, rows, walked: false) == sets)
    #expect(riskSets(try rows.data(), rows, walked: true) == sets)
  }

  // 16 codes are the most for which tables are filled in pieces.
  @Test("tables and risk sets", arguments: unsigned, [(1, 1), (2, 3), (16, 1), (17, 2)])
  func shapes(shape: TimeShape, widths: (groups: Int, strata: Int)) throws {
    var random = SplitMix64(seed: UInt64(widths.groups) &+ 40)
    // 700 rows of seven days and six codes are enough for a table.
    for count in shape == .fewDays ? [1, 2, 60, 700] : [1, 2, 60] {
      let time = shape.values(count, &random)
      var rows = PlainRows(time, groups: widths.groups, strata: widths.strata, &random)
      try check(rows)
      rows.weights = time.map { _ in [0, 0.25, 1, 1, 3.5][Int(random.next() % 5)] }
      let data = try rows.data()
      #expect(EventTable.tables(data, by: rows.grouping).map(plain) == (0..<rows.groups).map { rows.table(group: $0) })
      #expect(
        EventTable.tables(data, by: rows.grouping).map(\.eventRows)
          == (0..<rows.groups).map { g in
            Set(rows.time.indices.filter { rows.group[$0] == g }.map { time[$0] }).sorted().map { t in
              time.indices.count { rows.group[$0] == g && time[$0] == t && rows.isEvent[$0] && rows.weights?[$0] != 0 }
            }
          })
      rows.weights = nil
      rows.entry = time.map { t in random.next() % 3 == 0 ? -1 : t > 0 ? (t / 2).rounded(.down) : -0.5 }
      // A time so small that half of it is the time itself has no room for an entry.
      guard zip(rows.entry ?? [], time).allSatisfy({ $0 < $1 }) else { continue }
      try check(rows)
      let table = EventTable.tables(try rows.data())[0]
      for t in time + time.map({ $0 / 3 }) + [0, 1e301] {
        let expected = time.indices.count { (rows.entry?[$0] ?? -1) < t && t <= time[$0] }
        #expect(table.numberAtRisk(at: t) == Double(expected))
      }
    }
  }

  /// A range of 4 n days is sorted, of 4 n − 1 counted; n rows and 4 · days · codes ≤ n rows make a table.
  @Test("around the sizes at which counting by day begins", arguments: [(-1, 12), (0, 12), (1, 12), (0, 1), (0, 3)])
  func thresholds(excess: Int, days: Int) throws {
    var random = SplitMix64(seed: 77)
    let n = 4 * days * 2 + excess
    for first in [0.0, 5, 1e9] {
      let time = (0..<n).map {
        first + ($0 == 0 ? Double(days - 1) : $0 == 1 ? 0 : Double(random.next() % UInt64(days)))
      }
      let rows = PlainRows(time, groups: 2, &random)
      let counts = try rows.data().groupedCounts(JointCodes(groups: rows.grouping), ifFew: true)
      #expect((counts == nil) == (excess < 0))
      try check(rows)
    }
    for range in [4 * n - 1, 4 * n] {
      let time = (0..<n).map { $0 == 0 ? 0 : $0 == 1 ? Double(range) : Double(random.next() % UInt64(range)) }
      #expect((WholeDays(NumberScan(time), count: n) == nil) == (range == 4 * n))
      try check(PlainRows(time, groups: 2, &random))
    }
  }

  @Test("no event, or events only", arguments: [false, true]) func oneKind(isEvent: Bool) throws {
    var random = SplitMix64(seed: 8)
    for shape in [TimeShape.fewDays, .continuous] {
      var rows = PlainRows(shape.values(50, &random), groups: 2, &random)
      rows.isEvent = rows.time.map { _ in isEvent }
      try check(rows)
    }
  }

  @Test("thousands of strata", arguments: [TimeShape.fewDays, .continuous]) func manyStrata(shape: TimeShape) throws {
    var random = SplitMix64(seed: 3)
    let rows = PlainRows(shape.values(5000, &random), groups: 2, strata: 2500, &random)
    let sets = rows.riskSets()
    #expect(riskSets(try rows.data(), rows, walked: false) == sets)
    #expect(riskSets(try rows.data(), rows, walked: true) == sets)
  }

  /// Events first, then input order, on days and on fractions, with events of weight 0 among the censorings.
  @Test(arguments: unsigned, [false, true]) func order(shape: TimeShape, isWeighted: Bool) throws {
    var random = SplitMix64(seed: 14)
    var rows = PlainRows(shape.values(200, &random), groups: 1, &random)
    if isWeighted { rows.weights = rows.time.map { _ in Double(random.next() % 3) } }
    let data = try rows.data()
    let kind = rows.time.indices.map { rows.isEvent[$0] && rows.weights?[$0] != 0 ? 0 : 1 }
    let expected = rows.time.indices.sorted { (rows.time[$0], kind[$0], $0) < (rows.time[$1], kind[$1], $1) }
    #expect(data.order.map { Int($0) } == expected)
    let distinct = Set(rows.time).sorted()
    #expect(data.distinctTimes == distinct)
    #expect(data.timeIndex.map { distinct[Int($0)] } == rows.time)
    #expect(
      data.runEvents.map { Int($0) }
        == distinct.map { t in rows.time.indices.count { rows.time[$0] == t && kind[$0] == 0 } })
    #expect(data.runStarts.map { Int($0) } == distinct.map { t in rows.time.count { $0 < t } } + [200])
  }
}

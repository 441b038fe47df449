import LinearAlgebra
import Testing

@testable import Survival

/// Counts and log-rank sums of more rows than one piece of work holds, against counts that are added up row by row.
@Suite(.serialized) struct LargeCountTests {
  /// Rows whose times are known by number: `times[step[i]]`.
  private struct Rows {
    let times: [Double]
    var step: [Int]
    var group: [Int]
    var isEvent: [Bool]
    let groups: Int

    func data() throws -> TimeToEvent { try TimeToEvent(time: step.map { times[$0] }, isEvent: isEvent) }
    var grouping: Grouping { Grouping(labels: (0..<groups).map { "\($0)" }, codes: group.map { Int32($0) }) }

    /// Rows without and with an event at (time · groups + group).
    func counted() -> (censored: [Int], events: [Int]) {
      var counts = (censored: [Int](repeating: 0, count: times.count * groups), events: [Int]())
      counts.events = counts.censored
      for i in step.indices {
        if isEvent[i] {
          counts.events[step[i] * groups + group[i]] += 1
        } else {
          counts.censored[step[i] * groups + group[i]] += 1
        }
      }
      return counts
    }

    func tables() -> [PlainRows.Table] {
      let (censored, events) = counted()
      return (0..<groups).map { g in
        var table = PlainRows.Table()
        var left = group.count { $0 == g }
        for k in times.indices {
          let (c, d) = (censored[k * groups + g], events[k * groups + g])
          guard c + d > 0 else { continue }
          table.time.append(times[k])
          table.atRisk.append(Double(left))
          table.events.append(Double(d))
          table.censored.append(Double(c))
          left -= c + d
        }
        return table
      }
    }

    /// Expected events of the second of two groups and their variance, by Mantel's formulas.
    func logRank() -> (observed: Double, expected: Double, variance: Double) {
      let (censored, events) = counted()
      var (n0, n1) = (group.count { $0 == 0 }, group.count { $0 == 1 })
      var sums = (observed: 0.0, expected: CompensatedSum(), variance: CompensatedSum())
      for k in times.indices {
        let (d0, d1) = (events[2 * k], events[2 * k + 1])
        let (n, d) = (Double(n0 + n1), Double(d0 + d1))
        if d > 0 {
          sums.observed += Double(d1)
          sums.expected.add(d * Double(n1) / n)
          if n > 1 { sums.variance.add(d * (n - d) * Double(n0) * Double(n1) / (n * n * (n - 1))) }
        }
        n0 -= d0 + censored[2 * k]
        n1 -= d1 + censored[2 * k + 1]
      }
      return (sums.observed, sums.expected.value, sums.variance.value)
    }
  }

  private func random(_ count: Int, times: [Double], groups: Int, most: Int? = nil) -> Rows {
    var random = SplitMix64(seed: UInt64(count &+ times.count))
    return Rows(
      times: times,
      step: (0..<count).map { i in most.map { i >= $0 } ?? true ? Int(random.next() % UInt64(times.count)) : 1 },
      group: (0..<count).map { i in most.map { i >= $0 } ?? true ? Int(random.next() % UInt64(groups)) : 1 },
      isEvent: (0..<count).map { i in most.map { i >= $0 } ?? true ? random.next() % 3 > 0 : true }, groups: groups)
  }

  /// Days and fractions, few times and as many as rows; 2^16 rows are a piece of a walk, 2^18 of a count by days.
  enum Case: CaseIterable, Sendable {
    case fewDays, manyDays, fewFractions, distinctFractions, longRun, manyGroups
  }

  private func rows(_ kind: Case) -> Rows {
    switch kind {
    case .fewDays: return random(1 << 18 | 5, times: (0..<50).map { Double($0) + 3 }, groups: 2)
    case .manyDays: return random(70_000, times: (0..<40_000).map { Double($0) }, groups: 2)
    case .fewFractions: return random(70_000, times: (0..<300).map { Double($0) + 0.5 }, groups: 2)
    case .distinctFractions:
      var rows = random(70_000, times: (0..<70_000).map { Double($0) + 0.5 }, groups: 2)
      // Every time once, in an order that is neither ascending nor descending.
      for i in rows.step.indices { rows.step[i] = i * 9_973 % 70_000 }
      return rows
    // One time has 60,000 of the rows: it reaches across a cut, and no other cut may fall into it.
    case .longRun: return random(140_000, times: (0..<200).map { Double($0) + 0.5 }, groups: 2, most: 60_000)
    // More than 2^15 counts, and more than 2^16 − 1 rows in one of them.
    case .manyGroups: return random(90_000, times: (0..<100).map { Double($0) }, groups: 200, most: 66_000)
    }
  }

  @Test("tables and log-rank sums, the same bits on 1, 2, 4 and 8 threads", arguments: Case.allCases)
  func large(kind: Case) throws {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    let rows = rows(kind)
    let expected = rows.tables()
    let sums = rows.groups == 2 ? rows.logRank() : nil
    var alone: (expected: [Double], variance: Double)?
    for threads in [1, 2, 4, 8] {
      Parallelism.threads = threads
      let data = try rows.data()
      let tables = EventTable.tables(data, by: rows.grouping)
      for (table, expected) in zip(tables, expected) {
        #expect(table.time == expected.time && table.atRisk == expected.atRisk)
        #expect(table.events == expected.events && table.censored == expected.censored)
      }
      guard let sums else {
        if threads == 2 { break }
        continue
      }
      let test = try LogRankTest(data, groups: rows.grouping)
      #expect(test.observed[1] == sums.observed)
      // Both are compensated: each of positive terms carries a handful of roundings, at most 6 · 2⁻⁵³, and so does their sum.
      #expect(isClose(test.expected[1], sums.expected, 2e-15, scale: 0))
      #expect(isClose(test.variance[1, 1], sums.variance, 2e-15, scale: 0))
      if let alone { #expect(alone == (test.expected, test.variance[1, 1])) }
      alone = (test.expected, test.variance[1, 1])
    }
  }

  /// More than 2^16 − 1 rows at one day and code, whose counts are kept in 16 bits by blocks.
  @Test func manyRowsOfOneDay() throws {
    for count in [65_535, 65_536, 131_071] {
      let data = try TimeToEvent(
        time: [Double](repeating: 4, count: count), isEvent: [Bool](repeating: true, count: count))
      let table = EventTable.tables(data)[0]
      #expect(table.time == [4] && table.events == [Double(count)] && table.atRisk == [Double(count)])
    }
  }
}

@testable import Survival

/// Rows with their groups and strata, and the counts of risk sets by looking at every row for every time.
struct PlainRows: Sendable {
  var time: [Double]
  var isEvent: [Bool]
  var entry: [Double]?
  var weights: [Double]?
  var group: [Int]
  var stratum: [Int]
  var groups: Int
  var strata = 1

  /// The counts of one group, or of one group of a stratum, at each of its times.
  struct Table: Equatable {
    var time: [Double] = []
    var atRisk: [Double] = []
    var events: [Double] = []
    var censored: [Double] = []
  }

  func data(tieTolerance: Double = 0) throws -> TimeToEvent {
    try TimeToEvent(time: time, isEvent: isEvent, entry: entry, weights: weights, tieTolerance: tieTolerance)
  }

  var grouping: Grouping { Grouping(labels: (0..<groups).map { "g\($0)" }, codes: group.map { Int32($0) }) }
  var stratification: Grouping? {
    strata == 1 ? nil : Grouping(labels: (0..<strata).map { "s\($0)" }, codes: stratum.map { Int32($0) })
  }

  /// O(rows · times). The weights of these tests are quarters, whose sums are exact.
  func table(group g: Int) -> Table {
    let rows = time.indices.filter { group[$0] == g }
    func sum(_ isCounted: (Int) -> Bool) -> Double { rows.reduce(0) { isCounted($1) ? $0 + (weights?[$1] ?? 1) : $0 } }
    var table = Table()
    for t in Set(rows.map { time[$0] }).sorted() {
      table.time.append(t)
      table.atRisk.append(sum { (entry?[$0] ?? -1) < t && t <= time[$0] })
      table.events.append(sum { time[$0] == t && isEvent[$0] })
      table.censored.append(sum { time[$0] == t && !isEvent[$0] })
    }
    return table
  }

  /// Numbers at risk and with an event in each group.
  struct RiskSet: Equatable {
    let stratum: Int
    let time: Double
    let atRisk: [Double]
    let events: [Double]
  }

  /// Every event time of every stratum in turn. O(rows · times).
  func riskSets() -> [RiskSet] {
    var members = [[Int]](repeating: [], count: strata)
    for i in time.indices { members[stratum[i]].append(i) }
    return members.indices.flatMap { s in
      Set(members[s].filter { isEvent[$0] }.map { time[$0] }).sorted().map { t in
        var (atRisk, events) = ([Double](repeating: 0, count: groups), [Double](repeating: 0, count: groups))
        for i in members[s] {
          if (entry?[i] ?? -1) < t, t <= time[i] { atRisk[group[i]] += 1 }
          if time[i] == t, isEvent[i] { events[group[i]] += 1 }
        }
        return RiskSet(stratum: s, time: t, atRisk: atRisk, events: events)
      }
    }
  }
}

extension PlainRows {
  /// Random rows with these times.
  init(_ time: [Double], groups: Int, strata: Int = 1, _ random: inout SplitMix64) {
    self.init(
      time: time, isEvent: time.map { _ in random.next() % 3 > 0 },
      group: time.map { _ in Int(random.next() % UInt64(groups)) },
      stratum: time.map { _ in Int(random.next() % UInt64(strata)) }, groups: groups, strata: strata)
  }
}

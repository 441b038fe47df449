/// The numbers at risk and with an event in each group at one event time of one stratum.
struct RiskSetCounts {
  var time = 0.0
  /// At risk just before the time, per group.
  var atRisk: [Double]
  /// Events at the time, per group.
  var events: [Double]
  var totalAtRisk: Double
  var totalEvents: Double
}

/// Visits every event time of every stratum in ascending order with the counts per group. Counts are whole numbers, so
/// joining and leaving is exact. O(n) plus O(groups) per time.
func forEachEventTime(
  _ data: TimeToEvent, groups: Grouping, strata: Grouping?, _ body: (_ stratum: Int, RiskSetCounts) -> Void
) {
  let order = StratifiedOrder(data, strata: strata)
  let groupCount = groups.count
  let entryOrder: StratifiedEntries? = data.entry.map { StratifiedEntries($0, strata: strata) }
  for stratum in 0..<order.strataCount {
    let range = order.starts[stratum]..<order.starts[stratum + 1]
    let codes = order.rows[range].map { Int(groups.codes[Int($0)]) }
    var counts = RiskSetCounts(
      atRisk: [Double](repeating: 0, count: groupCount), events: [Double](repeating: 0, count: groupCount),
      totalAtRisk: 0, totalEvents: 0)
    if entryOrder == nil {
      for g in codes { counts.atRisk[g] += 1 }
      counts.totalAtRisk = Double(codes.count)
    }
    var leaving = [Double](repeating: 0, count: groupCount)
    var nextEntry = entryOrder?.starts[stratum] ?? 0
    var position = range.lowerBound
    while position < range.upperBound {
      let index = order.timeIndex[position]
      let t = data.distinctTimes[Int(index)]
      if let entryOrder, let entry = data.entry {
        while nextEntry < entryOrder.starts[stratum + 1], entry[Int(entryOrder.rows[nextEntry])] < t {
          counts.atRisk[Int(groups.codes[Int(entryOrder.rows[nextEntry])])] += 1
          counts.totalAtRisk += 1
          nextEntry += 1
        }
      }
      var end = position
      counts.totalEvents = 0
      while end < range.upperBound, order.timeIndex[end] == index {
        let g = codes[end - range.lowerBound]
        leaving[g] += 1
        if order.isEvent[end] {
          counts.events[g] += 1
          counts.totalEvents += 1
        }
        end += 1
      }
      counts.time = t
      if counts.totalEvents > 0 { body(stratum, counts) }
      for g in 0..<groupCount where leaving[g] > 0 {
        counts.atRisk[g] -= leaving[g]
        counts.events[g] = 0
        leaving[g] = 0
      }
      counts.totalAtRisk -= Double(end - position)
      position = end
    }
  }
}

/// Rows of each stratum by ascending entry time.
struct StratifiedEntries {
  let rows: [Int32]
  let starts: [Int]

  init(_ entry: [Double], strata: Grouping?) {
    let groups = strata?.count ?? 1
    var starts = [Int](repeating: 0, count: groups + 1)
    if let strata {
      for code in strata.codes { starts[Int(code) + 1] += 1 }
    } else {
      starts[1] = entry.count
    }
    for g in 0..<groups { starts[g + 1] += starts[g] }
    var next = starts
    var rows = [Int32](repeating: 0, count: entry.count)
    for row in ascendingOrder(of: entry) {
      let g = Int(strata?.codes[Int(row)] ?? 0)
      rows[next[g]] = row
      next[g] += 1
    }
    self.rows = rows
    self.starts = starts
  }
}

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
/// joining and leaving is exact. O(n) plus O(groups) per time; of few times, rows are counted once and not walked.
func forEachEventTime(
  _ data: TimeToEvent, groups: Grouping, strata: Grouping?, _ body: (_ stratum: Int, RiskSetCounts) -> Void
) {
  if let counts = data.groupedCounts(JointCodes(groups: groups, strata: strata), ifFew: true),
    case .table(let table) = counts.form
  {
    forEachEventTime(counts, table, groups: groups.count, body)
  } else {
    walkEventTimes(data, groups: groups, strata: strata, body)
  }
}

/// The same from counts by time, stratum and group.
private func forEachEventTime(
  _ counts: GroupedCounts, _ table: [UInt32], groups: Int, _ body: (_ stratum: Int, RiskSetCounts) -> Void
) {
  for stratum in 0..<(counts.width / groups) {
    let atRisk = counts.totals[(stratum * groups)..<((stratum + 1) * groups)].map { Double($0) }
    var current = RiskSetCounts(
      atRisk: atRisk, events: [Double](repeating: 0, count: groups), totalAtRisk: atRisk.reduce(0, +), totalEvents: 0)
    for (k, time) in counts.distinct.enumerated() {
      let start = (k * counts.width + stratum * groups) * 2
      current.totalEvents = 0
      for g in 0..<groups {
        current.events[g] = Double(table[start + 2 * g + 1])
        current.totalEvents += current.events[g]
      }
      current.time = time
      if current.totalEvents > 0 { body(stratum, current) }
      for g in 0..<groups {
        let leaving = Double(table[start + 2 * g]) + current.events[g]
        current.atRisk[g] -= leaving
        current.totalAtRisk -= leaving
      }
    }
  }
}

/// The same by a walk over the rows.
func walkEventTimes(
  _ data: TimeToEvent, groups: Grouping, strata: Grouping?, _ body: (_ stratum: Int, RiskSetCounts) -> Void
) {
  let order = StratifiedOrder(data, strata: strata)
  let distinctTimes = data.distinctTimes
  let groupCount = groups.count
  let entryOrder: StratifiedEntries? = data.entry.map { StratifiedEntries($0, strata: strata) }
  var counts = RiskSetCounts(
    atRisk: [Double](repeating: 0, count: groupCount), events: [Double](repeating: 0, count: groupCount),
    totalAtRisk: 0, totalEvents: 0)
  var leaving = [Double](repeating: 0, count: groupCount)
  for stratum in 0..<order.strataCount {
    let range = order.starts[stratum]..<order.starts[stratum + 1]
    // Nobody is left of the stratum before: who entered has left.
    if entryOrder == nil {
      for place in range { counts.atRisk[Int(groups.codes[Int(order.rows[place])])] += 1 }
      counts.totalAtRisk = Double(range.count)
    }
    var nextEntry = entryOrder?.starts[stratum] ?? 0
    var position = range.lowerBound
    while position < range.upperBound {
      let index = order.timeIndex[position]
      let t = distinctTimes[Int(index)]
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
        let g = Int(groups.codes[Int(order.rows[end])])
        leaving[g] += 1
        if order.isEvent[end] {
          counts.events[g] += 1
          counts.totalEvents += 1
        }
        end += 1
      }
      counts.time = t
      if counts.totalEvents > 0 { body(stratum, counts) }
      for place in position..<end {
        let g = Int(groups.codes[Int(order.rows[place])])
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
    let order = ascendingOrder(of: entry)
    guard let strata else {
      (rows, starts) = (order, [0, order.count])
      return
    }
    let dealt = Deal(order, to: strata)
    rows = dealt.taking(order)
    starts = dealt.starts
  }
}

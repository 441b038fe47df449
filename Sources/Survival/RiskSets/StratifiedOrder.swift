/// The rows of each stratum by ascending time, events before censorings at one time. An event of weight 0 is no event: it
/// stands with the censorings, so that it cannot count as one of several tied events.
///
/// Made once from the order that `TimeToEvent` holds: a stable partition, no second sort.
struct StratifiedOrder {
  /// Row numbers, stratum after stratum.
  let rows: [Int32]
  /// Where each stratum starts in `rows`, and one past the end.
  let starts: [Int]

  init(_ data: TimeToEvent, strata: Grouping?) {
    let groups = strata?.count ?? 1
    var starts = [Int](repeating: 0, count: groups + 1)
    if let strata {
      for code in strata.codes { starts[Int(code) + 1] += 1 }
      for g in 0..<groups { starts[g + 1] += starts[g] }
    } else {
      starts[1] = data.count
    }
    var next = starts
    var rows = [Int32](repeating: 0, count: data.count)
    // Two sweeps of each run of equal times: its events, then its censorings.
    var runStart = 0
    let order = data.order
    while runStart < order.count {
      var runEnd = runStart + 1
      let index = data.timeIndex[Int(order[runStart])]
      while runEnd < order.count, data.timeIndex[Int(order[runEnd])] == index { runEnd += 1 }
      for wanted in [true, false] {
        for position in runStart..<runEnd {
          let row = order[position]
          guard data.isWeightedEvent(Int(row)) == wanted else { continue }
          let g = Int(strata?.codes[Int(row)] ?? 0)
          rows[next[g]] = row
          next[g] += 1
        }
      }
      runStart = runEnd
    }
    self.rows = rows
    self.starts = starts
  }

  var strataCount: Int { starts.count - 1 }
}

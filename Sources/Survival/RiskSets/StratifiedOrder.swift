/// The rows of each stratum by ascending time, events before censorings at one time.
///
/// The order that `TimeToEvent` holds, or a stable partition of it: no second sort.
struct StratifiedOrder {
  /// Row numbers, stratum after stratum.
  let rows: [Int32]
  /// Where each stratum starts in `rows`, and one past the end.
  let starts: [Int]

  init(_ data: TimeToEvent, strata: Grouping?) {
    guard let strata else {
      rows = data.order
      starts = [0, data.count]
      return
    }
    var starts = [Int](repeating: 0, count: strata.count + 1)
    for code in strata.codes { starts[Int(code) + 1] += 1 }
    for g in 0..<strata.count { starts[g + 1] += starts[g] }
    var next = starts
    var rows = [Int32](repeating: 0, count: data.count)
    for row in data.order {
      let g = Int(strata.codes[Int(row)])
      rows[next[g]] = row
      next[g] += 1
    }
    self.rows = rows
    self.starts = starts
  }

  var strataCount: Int { starts.count - 1 }
}

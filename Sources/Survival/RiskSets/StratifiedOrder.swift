/// The rows of each stratum by ascending time, events before censorings at one time. An event of weight 0 is no event: it
/// stands with the censorings, so that it cannot count as one of several tied events.
///
/// The order that `TimeToEvent` holds, or a stable partition of it: no second sort.
struct StratifiedOrder {
  /// Row numbers, stratum after stratum.
  let rows: [Int32]
  /// The position of each place's time in the data's distinct times, and whether its row has an event: what a walk asks of
  /// every row, laid out in the order of the walk.
  let timeIndex: [Int32]
  let isEvent: [Bool]
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
    var rows = data.order
    var timeIndex = [Int32](repeating: 0, count: data.count)
    var isEvent = [Bool](repeating: false, count: data.count)
    for k in data.distinctTimes.indices {
      let start = Int(data.runStarts[k])
      let firstCensored = start + Int(data.runEvents[k])
      for position in start..<Int(data.runStarts[k + 1]) {
        var place = position
        if let strata {
          let row = data.order[position]
          let g = Int(strata.codes[Int(row)])
          place = next[g]
          next[g] += 1
          rows[place] = row
        }
        timeIndex[place] = Int32(k)
        isEvent[place] = position < firstCensored
      }
    }
    self.rows = rows
    self.timeIndex = timeIndex
    self.isEvent = isEvent
    self.starts = starts
  }

  /// The same order without the rows of weight zero.
  func positivelyWeighted(_ weights: [Double]?) -> StratifiedOrder {
    guard let weights, weights.contains(0) else { return self }
    let isKept = rows.map { weights[Int($0)] > 0 }
    var places: [Int] = []
    var starts = [0]
    for s in 0..<strataCount {
      places += (self.starts[s]..<self.starts[s + 1]).filter { isKept[$0] }
      starts.append(places.count)
    }
    return StratifiedOrder(
      rows: places.map { rows[$0] }, timeIndex: places.map { timeIndex[$0] }, isEvent: places.map { isEvent[$0] },
      starts: starts)
  }

  private init(rows: [Int32], timeIndex: [Int32], isEvent: [Bool], starts: [Int]) {
    self.rows = rows
    self.timeIndex = timeIndex
    self.isEvent = isEvent
    self.starts = starts
  }

  var strataCount: Int { starts.count - 1 }

  /// The last time of observation in each stratum of the data that were ordered; NaN in one without rows.
  func lastTimes(_ data: TimeToEvent) -> [Double] {
    (0..<strataCount).map { s in
      starts[s] < starts[s + 1] ? data.distinctTimes[Int(timeIndex[starts[s + 1] - 1])] : .nan
    }
  }
}

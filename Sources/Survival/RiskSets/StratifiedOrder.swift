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
    let (order, runs) = (data.order, data.runs)
    let timeIndexInOrder: [Int32] = filled(order.count) { index in
      runs.forEachPart { k, places, _ in
        for place in places { index[place] = Int32(truncatingIfNeeded: k) }
      }
    }
    let isEventInOrder: [Bool] = filled(order.count) { isEvent in
      runs.forEachPart { _, places, afterEvents in
        for place in places { isEvent[place] = place < afterEvents }
      }
    }
    guard let strata else {
      (rows, timeIndex, isEvent, starts) = (order, timeIndexInOrder, isEventInOrder, [0, order.count])
      return
    }
    let dealt = Deal(order, to: strata)
    starts = dealt.starts
    rows = dealt.taking(order)
    timeIndex = dealt.taking(timeIndexInOrder)
    isEvent = dealt.taking(isEventInOrder)
  }

  /// The same order without the rows of weight zero.
  func positivelyWeighted(_ weights: [Double]?) -> StratifiedOrder {
    guard let weights, weights.contains(0) else { return self }
    var kept: [Int32] = []
    kept.reserveCapacity(rows.count)
    var starts = [0]
    starts.reserveCapacity(self.starts.count)
    for s in 0..<strataCount {
      for place in self.starts[s]..<self.starts[s + 1] where weights[Int(rows[place])] > 0 { kept.append(Int32(place)) }
      starts.append(kept.count)
    }
    return StratifiedOrder(
      rows: kept.map { rows[Int($0)] }, timeIndex: kept.map { timeIndex[Int($0)] },
      isEvent: kept.map { isEvent[Int($0)] }, starts: starts)
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
    (0..<strataCount).map { s in starts[s] < starts[s + 1] ? data.time[Int(rows[starts[s + 1] - 1])] : .nan }
  }
}

extension HeldOrder.Runs {
  /// Visits every run, a long one in parts, with places in the order and the one behind the run's events; several at once.
  func forEachPart(_ body: @Sendable (_ k: Int, _ places: Range<Int>, _ afterEvents: Int) -> Void) {
    inPieces(of: Int(starts[distinct.count])) { places in
      var k = partitionPoint(distinct.count) { Int(starts[$0 + 1]) <= places.lowerBound }
      while k < distinct.count, starts[k] < places.upperBound {
        body(k, places.clamped(to: Int(starts[k])..<Int(starts[k + 1])), Int(starts[k] + events[k]))
        k += 1
      }
    }
  }
}

/// A stable partition of ordered rows into strata: for every place of the order its new place.
struct Deal {
  private let places: [Int32]
  /// Where each stratum starts, and one past the end.
  let starts: [Int]

  init(_ order: [Int32], to strata: Grouping) {
    var starts = [Int](repeating: 0, count: strata.count + 1)
    for code in strata.codes { starts[Int(code) + 1] += 1 }
    for s in 0..<strata.count { starts[s + 1] += starts[s] }
    var next = starts.map { Int32($0) }
    places = order.map { row in
      let s = Int(strata.codes[Int(row)])
      defer { next[s] += 1 }
      return next[s]
    }
    self.starts = starts
  }

  /// What stands at each place of the order, at the new places.
  func taking<Element: BitwiseCopyable & Sendable>(_ values: [Element]) -> [Element] {
    filled(values.count) { slots in
      for (place, value) in zip(places, values) { slots[Int(place)] = value }
    }
  }
}

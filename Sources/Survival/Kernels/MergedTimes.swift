/// Values sorted once, with neighbours inside the tolerance made equal.
struct MergedTimes {
  let values: [Double]
  let distinct: [Double]
  let order: [Int32]
  /// Where the rows of each distinct value start in `order`, and one past the end; nil where every value is distinct.
  let starts: [Int32]?
  let mergedValues: Int

  /// Chained: each value is compared with the one before it, not with the first of its chain. O(n).
  init(_ raw: [Double], tolerance: Double) {
    let (order, found) = ascending(raw)
    self.order = order
    /// Whether a place starts another distinct value.
    @Sendable func isNew(_ place: Int) -> Bool {
      guard place > 0 else { return true }
      let (value, previous) = (found[place], found[place - 1])
      return value - previous > tolerance * max(abs(value), abs(previous))
    }
    let size = 1 << 16
    let pieces = mapPieces(of: raw.count, size: size) { range in
      range.reduce(into: (new: 0, near: 0)) { sums, place in
        if isNew(place) {
          sums.new += 1
        } else if found[place] != found[place - 1] {
          sums.near += 1
        }
      }
    }
    let distinctCount = pieces.reduce(0) { $0 + $1.new }
    if distinctCount == raw.count {
      (distinct, starts) = (found, nil)
    } else {
      var before = [0]
      for piece in pieces { before.append(before[before.count - 1] + piece.new) }
      let firsts = before
      var starts: [Int32] = []
      distinct = filled(distinctCount) { distinct in
        starts = filled(distinctCount + 1) { starts in
          inPieces(of: raw.count, size: size) { range in
            var k = firsts[range.lowerBound / size]
            for place in range where isNew(place) {
              distinct[k] = found[place]
              starts[k] = Int32(truncatingIfNeeded: place)
              k += 1
            }
          }
          starts[distinctCount] = Int32(raw.count)
        }
      }
      self.starts = starts
    }

    var values = raw
    var merged = 0
    if pieces.contains(where: { $0.near > 0 }), let starts {
      for (k, value) in distinct.enumerated() {
        for place in Int(starts[k])..<Int(starts[k + 1]) where found[place] != value {
          values[Int(order[place])] = value
          merged += 1
        }
      }
    }
    self.values = values
    mergedValues = merged
  }

  /// Position of each value in `distinct`.
  var index: [Int32] { places(of: order, runs: starts ?? ascendingNumbers(order.count + 1)) }
}

/// For every row the run that it stands in.
func places(of order: [Int32], runs: [Int32]) -> [Int32] {
  filled(order.count) { index in
    inPieces(of: runs.count - 1, size: 1 << 16) { range in
      for k in range {
        for place in Int(runs[k])..<Int(runs[k + 1]) { index[Int(order[place])] = Int32(truncatingIfNeeded: k) }
      }
    }
  }
}

/// A stable partition of every run of equal times, events first, and the number of events in each. An event of weight 0 is
/// no event: it stands with the censorings, so that it cannot count as one of several tied events.
func eventsFirst(_ order: [Int32], runs: [Int32], isEvent: [Bool], weights: [Double]?) -> (
  order: [Int32], events: [Int32]
) {
  @Sendable func counts(_ row: Int32) -> Bool { isEvent[Int(row)] && weights?[Int(row)] != 0 }
  let runCount = runs.count - 1
  if runCount == order.count {
    let events: [Int32] = filled(runCount) { events in
      inPieces(of: runCount) { for k in $0 { events[k] = counts(order[k]) ? 1 : 0 } }
    }
    return (order, events)
  }
  var events: [Int32] = []
  let partitioned: [Int32] = filled(order.count) { output in
    events = filled(runCount) { events in
      inPieces(of: runCount, size: 1 << 13) { range in
        for k in range {
          let (start, end) = (Int(runs[k]), Int(runs[k + 1]))
          var next = start
          for place in start..<end where counts(order[place]) {
            output[next] = order[place]
            next += 1
          }
          events[k] = Int32(next - start)
          for place in start..<end where !counts(order[place]) {
            output[next] = order[place]
            next += 1
          }
        }
      }
    }
  }
  return (partitioned, events)
}

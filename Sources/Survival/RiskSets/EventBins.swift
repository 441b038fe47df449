/// The event times of each stratum ("bins", counted through over the strata) among rows in order, and the rows of each.
struct EventBins {
  /// Number of bins at or before each row, those of earlier strata included.
  let exitBin: [Int32]
  /// Of each bin its first row and the number of its events, which stand together, and one past the last row before the next
  /// bin of the stratum: those censored up to it follow the events.
  let firstEvent: [Int32]
  let eventRows: [Int32]
  let endRow: [Int32]
  /// The time of each bin, as the rows have it.
  let timeIndex: [Int32]
  /// Where the bins of each stratum start, and one past the end.
  let binStarts: [Int]

  /// - Parameters:
  ///   - isEvent, timeIndex: of rows that lie by stratum, time, and events first.
  ///   - starts: where the rows of each stratum start, and one past the end.
  init(isEvent: [Bool], timeIndex: [Int32], starts: [Int]) {
    let n = isEvent.count
    let size = 1 << 17
    let rows = Rows(isEvent: isEvent, timeIndex: timeIndex, starts: starts)
    // Bins opened before each piece; where there is but one, they are counted on the way.
    var before = [0]
    if n > size {
      let opened = mapPieces(of: n, size: size) { piece in
        var count = 0
        rows.walk(piece) { _, opens, _ in count += opens ? 1 : 0 }
        return count
      }
      for count in opened { before.append(before[before.count - 1] + count) }
    }
    let openedBefore = before
    let most = n > size ? before[before.count - 1] : n
    var made = filled(upTo: [n, most, most, most]) { (slots: [Slots<Int32>]) in
      let (exit, first, end, time) = (slots[0], slots[1], slots[2], slots[3])
      inPieces(of: n, size: size) { piece in
        var bin = openedBefore[piece.lowerBound / size]
        rows.walk(piece) { i, opens, closes in
          if opens {
            first[bin] = Int32(truncatingIfNeeded: i)
            time[bin] = timeIndex[i]
            bin += 1
          }
          if closes { end[bin - 1] = Int32(truncatingIfNeeded: i + 1) }
          exit[i] = Int32(truncatingIfNeeded: bin)
        }
      }
      let bins = n > 0 ? Int(exit[n - 1]) : 0
      return [n, bins, bins, bins]
    }
    (exitBin, firstEvent, self.timeIndex) = (made[0], made[1], made[3])
    let bins = made[1].count
    for k in 0..<bins {
      let afterEvents = made[2][k]
      made[2][k] = k + 1 < bins ? made[1][k + 1] : Int32(n)
      made[1][k] = afterEvents - made[1][k]
    }
    var binStarts = [0]
    binStarts.reserveCapacity(starts.count)
    for s in 1..<max(starts.count, 1) {
      let bins = starts[s] > 0 ? Int(made[0][starts[s] - 1]) : 0
      if bins > binStarts[s - 1] { made[2][bins - 1] = Int32(starts[s]) }
      binStarts.append(bins)
    }
    (eventRows, endRow) = (made[1], made[2])
    self.binStarts = binStarts
  }

  /// Of each bin the sum of something over its events.
  func eventSums(_ value: (_ row: Int) -> Double) -> [Double] {
    zip(firstEvent, eventRows).map { first, events in
      (Int(first)..<Int(first + events)).reduce(0.0) { $0 + value($1) }
    }
  }

  private struct Rows: Sendable {
    let isEvent: [Bool]
    let timeIndex: [Int32]
    let starts: [Int]

    /// Visits rows one after the other, with whether a row is the first, and the last, of the events of a bin.
    @inline(__always)
    func walk(_ rows: Range<Int>, _ body: (_ row: Int, _ opens: Bool, _ closes: Bool) -> Void) {
      var i = rows.lowerBound
      var s = max(0, partitionPoint(starts.count) { starts[$0] <= i } - 1)
      while i < rows.upperBound {
        while starts[s + 1] <= i { s += 1 }
        // −1 for a row without an event.
        func event(_ row: Int) -> Int32 { isEvent[row] ? timeIndex[row] : -1 }
        let end = min(starts[s + 1], rows.upperBound)
        var previous = i > starts[s] ? event(i - 1) : -1
        var own = event(i)
        while i < end {
          let next = i + 1 < starts[s + 1] ? event(i + 1) : -1
          body(i, own >= 0 && own != previous, own >= 0 && own != next)
          (previous, own) = (own, next)
          i += 1
        }
      }
    }
  }
}

extension CoxProblem {
  /// A sample of the rows to start Newton's iteration from: few enough to cost little, enough to come within some standard
  /// errors of the estimate; nil where the rows are too few for that to pay.
  func startingSample() -> CoxProblem? {
    let step = min(32, rows / (2000 + 200 * p))
    // Every step-th row of each time's neighbourhood: the rows lie by time, so that the risk sets thin out evenly.
    return step >= 4 ? CoxProblem(self, keeping: stride(from: Int32(step / 2), to: Int32(rows), by: step).map { $0 }, counts: nil) : nil
  }

  /// The same rows taken `counts` times each, in their order here: a resample. Efron's method takes every copy as an event of
  /// its own.
  func resampled(_ counts: [Int32]) -> CoxProblem {
    precondition(counts.count == rows, "one count for each row")
    let kept: [Int32] = filled(upTo: rows) { slots in
      // Every row is written, and the place goes on behind those that are kept.
      var place = 0
      for i in 0..<rows {
        slots[place] = Int32(truncatingIfNeeded: i)
        place += counts[i] > 0 ? 1 : 0
      }
      return place
    }
    return CoxProblem(self, keeping: kept, counts: counts)
  }

  /// - Parameters:
  ///   - kept: rows of the whole, ascending.
  ///   - counts: how often each row of the whole is there; nil for once.
  private init(_ whole: CoxProblem, keeping kept: [Int32], counts: [Int32]?) {
    let n = kept.count
    var exitBin = [Int32](repeating: 0, count: n)
    var firstEvent: [Int32] = []
    var eventRows: [Int32] = []
    var eventSubjects: [Int32] = []
    var eventWeight: [Double] = []
    var endRow: [Int32] = []
    var binTime: [Double] = []
    let most = min(n, whole.bins)
    firstEvent.reserveCapacity(most)
    eventRows.reserveCapacity(most)
    eventSubjects.reserveCapacity(most)
    eventWeight.reserveCapacity(most)
    endRow.reserveCapacity(most)
    binTime.reserveCapacity(most)
    var binStarts = [0]
    var rowStarts = [0]
    // Kept bins before each bin of the whole; only entries ask for them.
    var binsBefore = [Int32](repeating: 0, count: whole.isTruncated ? whole.bins + 1 : 0)
    var next = 0
    for s in 0..<whole.strataCount {
      let end = Int32(whole.rowStarts[s + 1])
      while next < n, kept[next] < end {
        // Up to the next event the rows have left before it.
        guard whole.isEvent[Int(kept[next])] else {
          exitBin[next] = Int32(firstEvent.count)
          next += 1
          continue
        }
        let bin = whole.exitBin[Int(kept[next])]
        let first = next
        var subjects: Int32 = 0
        var weight = 0.0
        while next < n, kept[next] < end {
          let i = Int(kept[next])
          guard whole.isEvent[i], whole.exitBin[i] == bin else { break }
          let copies = counts?[i] ?? 1
          subjects += copies
          weight += whole.weight(i) * Double(copies)
          exitBin[next] = Int32(firstEvent.count + 1)
          next += 1
        }
        if firstEvent.count > binStarts[s] { endRow.append(Int32(first)) }
        firstEvent.append(Int32(first))
        eventRows.append(Int32(next - first))
        eventSubjects.append(subjects)
        eventWeight.append(weight)
        binTime.append(whole.binTime[Int(bin) - 1])
        if whole.isTruncated { binsBefore[Int(bin)] = 1 }
      }
      if firstEvent.count > binStarts[s] { endRow.append(Int32(next)) }
      binStarts.append(firstEvent.count)
      rowStarts.append(next)
    }
    if whole.isTruncated { for k in 0..<whole.bins { binsBefore[k + 1] += binsBefore[k] } }
    func values<Value>(_ all: [Value]) -> [Value] { kept.map { all[Int($0)] } }
    self.init(
      rows: n, p: whole.p, x: RowLayout.rows(kept, of: whole.x, columns: whole.p), scale: whole.scale, origin: whole.origin,
      centre: whole.centre,
      weights: counts.map { counts in kept.map { whole.weight(Int($0)) * Double(counts[Int($0)]) } }
        ?? whole.weights.map(values), offsets: whole.offsets.map(values), isEvent: values(whole.isEvent),
      exitBin: exitBin, entryBin: whole.isTruncated ? kept.map { binsBefore[Int(whole.entryBin[Int($0)])] } : [],
      firstEvent: firstEvent, eventRows: eventRows, eventSubjects: eventSubjects, endRow: endRow,
      eventWeight: eventWeight, binTime: binTime, rowStarts: rowStarts, binStarts: binStarts,
      isTruncated: whole.isTruncated, source: values(whole.source))
  }
}

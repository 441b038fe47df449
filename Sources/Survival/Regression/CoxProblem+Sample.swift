extension CoxProblem {
  /// A sample of the rows to start Newton's iteration from: few enough to cost little, enough to come within some standard
  /// errors of the estimate; nil where the rows are too few for that to pay.
  func startingSample() -> CoxProblem? {
    let step = min(32, rows / (2000 + 200 * p))
    // Every step-th row of each time's neighbourhood: the rows lie by time, so that the risk sets thin out evenly.
    return step >= 4 ? CoxProblem(self, keeping: Array(stride(from: step / 2, to: rows, by: step)), counts: nil) : nil
  }

  /// The same rows taken `counts` times each, in their order here: a resample. Efron's method takes every copy as an event of
  /// its own.
  func resampled(_ counts: [Int32]) -> CoxProblem {
    precondition(counts.count == rows, "one count for each row")
    var kept: [Int] = []
    kept.reserveCapacity(rows)
    for i in 0..<rows where counts[i] > 0 { kept.append(i) }
    return CoxProblem(self, keeping: kept, counts: counts)
  }

  /// - Parameters:
  ///   - kept: rows of the whole, ascending.
  ///   - counts: how often each row of the whole is there; nil for once.
  private init(_ whole: CoxProblem, keeping kept: [Int], counts: [Int32]?) {
    let p = whole.p
    let x: [Double] = filled(kept.count * p + RowLayout.padding) { slots in
      for (place, i) in kept.enumerated() {
        for j in 0..<p { slots[place * p + j] = whole.x[i * p + j] }
      }
      for j in 0..<RowLayout.padding { slots[kept.count * p + j] = 0 }
    }

    var exitBin = [Int32]()
    exitBin.reserveCapacity(kept.count)
    var firstEvent: [Int32] = []
    var eventRows: [Int32] = []
    var eventSubjects: [Int32] = []
    var eventWeight: [Double] = []
    var endRow: [Int32] = []
    var binTime: [Double] = []
    var binStarts = [0]
    var rowStarts = [0]
    // Kept bins before each bin of the whole.
    var binsBefore = [Int32](repeating: 0, count: whole.bins + 1)
    var next = 0
    for s in 0..<whole.strataCount {
      var previous = -1
      while next < kept.count, kept[next] < whole.rowStarts[s + 1] {
        let i = kept[next]
        if whole.isEvent[i] {
          let k = Int(whole.exitBin[i]) - 1
          if k != previous {
            if firstEvent.count > binStarts[s] { endRow.append(Int32(next)) }
            firstEvent.append(Int32(next))
            eventRows.append(0)
            eventSubjects.append(0)
            eventWeight.append(0)
            binTime.append(whole.binTime[k])
            binsBefore[k + 1] = 1
            previous = k
          }
          let copies = counts?[i] ?? 1
          eventRows[eventRows.count - 1] += 1
          eventSubjects[eventSubjects.count - 1] += copies
          eventWeight[eventWeight.count - 1] += whole.weight(i) * Double(copies)
        }
        exitBin.append(Int32(firstEvent.count))
        next += 1
      }
      if firstEvent.count > binStarts[s] { endRow.append(Int32(next)) }
      binStarts.append(firstEvent.count)
      rowStarts.append(next)
    }
    for k in 0..<whole.bins { binsBefore[k + 1] += binsBefore[k] }
    self.init(
      rows: kept.count, p: p, x: x, scale: whole.scale, origin: whole.origin, centre: whole.centre,
      weights: counts.map { counts in kept.map { whole.weight($0) * Double(counts[$0]) } }
        ?? whole.weights.map { weights in kept.map { weights[$0] } },
      offsets: whole.offsets.map { offsets in kept.map { offsets[$0] } }, isEvent: kept.map { whole.isEvent[$0] },
      exitBin: exitBin, entryBin: whole.isTruncated ? kept.map { binsBefore[Int(whole.entryBin[$0])] } : [],
      firstEvent: firstEvent, eventRows: eventRows,
      eventSubjects: eventSubjects, endRow: endRow, eventWeight: eventWeight, binTime: binTime,
      rowStarts: rowStarts, binStarts: binStarts, isTruncated: whole.isTruncated,
      source: kept.map { whole.source[$0] })
  }
}

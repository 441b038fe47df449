extension CoxProblem {
  /// A sample of the rows to start Newton's iteration from: few enough to cost little, enough to come within some standard
  /// errors of the estimate; nil where the rows are too few for that to pay.
  func startingSample() -> CoxProblem? {
    guard !isCounted else { return nil }
    let step = min(32, rows / (2000 + 200 * p))
    // Every step-th row of each time's neighbourhood: the rows lie by time, so that the risk sets thin out evenly.
    return step >= 4
      ? CoxProblem(self, keeping: stride(from: Int32(step / 2), to: Int32(rows), by: step).map { $0 }, counts: nil)
      : nil
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
    func values<Value>(_ all: [Value]) -> [Value] { kept.map { all[Int($0)] } }
    let isEvent = values(whole.isEvent)
    var next = 0
    let rowStarts = whole.rowStarts.map { start in
      while next < n, kept[next] < start { next += 1 }
      return next
    }
    // The bins of the whole are times of a stratum.
    let bins = EventBins(isEvent: isEvent, timeIndex: values(whole.exitBin), starts: rowStarts)
    let subjects = counts.map { counts in bins.eventSums { Double(counts[Int(kept[$0])]) } }
    let weights =
      counts.map { counts in kept.map { whole.weight(Int($0)) * Double(counts[Int($0)]) } } ?? whole.weights.map(values)
    var entryBin: [Int32] = []
    if whole.isTruncated {
      // Kept bins before each bin of the whole.
      var before = [Int32](repeating: 0, count: whole.bins + 1)
      for bin in bins.timeIndex { before[Int(bin)] = 1 }
      for k in 0..<whole.bins { before[k + 1] += before[k] }
      entryBin = kept.map { before[Int(whole.entryBin[Int($0)])] }
    }
    self.init(
      rows: n, p: whole.p, x: RowLayout.rows(kept, of: whole.x, columns: whole.p), scale: whole.scale,
      origin: whole.origin,
      centre: whole.centre, weights: weights, offsets: whole.offsets.map(values), isEvent: isEvent,
      exitBin: bins.exitBin,
      entryBin: entryBin, firstEvent: bins.firstEvent, eventRows: bins.eventRows,
      eventSubjects: subjects.map { $0.map { Int32($0) } } ?? bins.eventRows, endRow: bins.endRow,
      eventWeight: whole.weights == nil && subjects != nil ? subjects ?? [] : bins.eventSums { weights?[$0] ?? 1 },
      binTime: bins.timeIndex.map { whole.binTime[Int($0) - 1] }, rowStarts: rowStarts, binStarts: bins.binStarts,
      isTruncated: whole.isTruncated, source: counts == nil ? values(whole.source) : [])
  }
}

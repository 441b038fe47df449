extension CoxProblem {
  /// A sample of the rows to start Newton's iteration from: few enough to cost little, enough to come within some standard
  /// errors of the estimate; nil where the rows are too few for that to pay.
  func startingSample() -> CoxProblem? {
    let step = min(32, rows / (2000 + 200 * p))
    return step >= 4 ? CoxProblem(self, every: step) : nil
  }

  /// Every step-th row of each time's neighbourhood: the rows lie by time, so that the risk sets thin out evenly.
  private init(_ whole: CoxProblem, every step: Int) {
    let kept = Array(stride(from: step / 2, to: whole.rows, by: step))
    let p = whole.p
    var x = [Double]()
    x.reserveCapacity(kept.count * p + RowLayout.padding)
    for i in kept { x += whole.x[(i * p)..<((i + 1) * p)] }
    x += [Double](repeating: 0, count: RowLayout.padding)

    var exitBin = [Int32]()
    exitBin.reserveCapacity(kept.count)
    var firstEvent: [Int32] = []
    var eventRows: [Int32] = []
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
            eventWeight.append(0)
            binTime.append(whole.binTime[k])
            binsBefore[k + 1] = 1
            previous = k
          }
          eventRows[eventRows.count - 1] += 1
          eventWeight[eventWeight.count - 1] += whole.weight(i)
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
      weights: whole.weights.map { weights in kept.map { weights[$0] } },
      offsets: whole.offsets.map { offsets in kept.map { offsets[$0] } }, isEvent: kept.map { whole.isEvent[$0] },
      exitBin: exitBin, entryBin: whole.isTruncated ? kept.map { binsBefore[Int(whole.entryBin[$0])] } : [],
      firstEvent: firstEvent, eventRows: eventRows, endRow: endRow, eventWeight: eventWeight, binTime: binTime,
      rowStarts: rowStarts, binStarts: binStarts, isTruncated: whole.isTruncated,
      source: kept.map { whole.source[$0] })
  }
}

extension CoxProblem {
  /// Fewer rows are no trouble one by one.
  private static let fewestRows = 20_000

  /// The rows of a design that is one factor, alike ones as one row that stands for several subjects: of each distinct time
  /// those with an event and those without, level by level. Its rows are none of the data's: `source` is empty.
  ///
  /// Nil for anything else, for case weights and delayed entries, and where rows are few or alike ones rare.
  init?(counting data: TimeToEvent, _ design: DesignMatrix) {
    guard data.count >= CoxProblem.fewestRows, let (levels, reference) = design.factor,
      let counts = data.groupedCounts(JointCodes(groups: levels), ifFew: true), case .table(let table) = counts.form
    else { return nil }
    var levelOfRow: [Int] = []
    var subjects: [Int32] = []
    var isEvent: [Bool] = []
    var timeIndex: [Int32] = []
    for k in counts.distinct.indices {
      for kind in [1, 0] {
        for level in 0..<counts.width where table[2 * (k * counts.width + level) + kind] > 0 {
          levelOfRow.append(level)
          subjects.append(Int32(table[2 * (k * counts.width + level) + kind]))
          isEvent.append(kind == 1)
          timeIndex.append(Int32(k))
        }
      }
    }
    let n = subjects.count
    let columns = (0..<levels.count).filter { $0 != reference }
    let p = columns.count
    let mean = columns.map { Double(counts.totals[$0]) / Double(data.count) }
    let scale = mean.map { mean in
      let spread = (mean * (1 - mean)).squareRoot()
      return spread.isNormal ? spread.binade : 1
    }
    var x: [Double] = []
    x.reserveCapacity(n * p + RowLayout.padding)
    for level in levelOfRow {
      for j in 0..<p { x.append(((columns[j] == level ? 1 : 0) - mean[j]) / scale[j]) }
    }
    x += [Double](repeating: 0, count: RowLayout.padding)
    let weights = subjects.map { Double($0) }
    let bins = EventBins(isEvent: isEvent, timeIndex: timeIndex, starts: [0, n])
    let events = bins.eventSums { weights[$0] }
    self.init(
      rows: n, p: p, x: x, scale: scale, origin: [Double](repeating: 0, count: p), centre: mean, weights: weights,
      offsets: nil, isEvent: isEvent, exitBin: bins.exitBin, entryBin: [], firstEvent: bins.firstEvent,
      eventRows: bins.eventRows, eventSubjects: events.map { Int32($0) }, endRow: bins.endRow, eventWeight: events,
      binTime: bins.timeIndex.map { counts.distinct[Int($0)] }, rowStarts: [0, n], binStarts: bins.binStarts,
      isTruncated: false, source: [])
  }

  /// Whether rows stand for several subjects.
  var isCounted: Bool { source.isEmpty && rows > 0 }
}

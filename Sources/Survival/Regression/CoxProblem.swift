internal import LinearAlgebra

/// The rows of a Cox regression with a weight above zero laid out for the likelihood: sorted, centred, scaled, with their place in the risk sets.
///
/// Legend of the single letters in Regression/: i a row, k an event time of a stratum ("bin"), l one of its d tied
/// events, w a case weight, r = w exp(η), S0/S1 sums of r and r x over a risk set, E0/E1 the same over the tied events,
/// v_l = S0 − (l/d) E0.
///
/// Covariates are centred per stratum (the partial likelihood does not depend on it) and divided by the power of two below
/// their root mean square, so that neither the unit nor the origin of a covariate costs a digit.
struct CoxProblem {
  let rows: Int
  let p: Int
  /// Centred and scaled covariates, row-major in sorted order, with `RowLayout.padding` numbers behind the last row.
  let x: [Double]
  /// Divisor of each covariate.
  let scale: [Double]
  /// What was subtracted before, first `origin` and then `centre`, by strata and columns: their sum in one double would
  /// not have all digits.
  let origin: [Double]
  let centre: [Double]
  /// Case weights and offsets of the sorted rows; nil where all are 1, or 0.
  let weights: [Double]?
  let offsets: [Double]?
  /// Whether the row has an event of weight above 0.
  let isEvent: [Bool]
  /// Number of event times (over all strata, counted through) at or before the row's exit …
  let exitBin: [Int32]
  /// … and at or before its entry: the row is at risk in bins entryBin ..< exitBin. Empty without delayed entry.
  let entryBin: [Int32]
  /// First row and number of the tied events of each bin, and the weight of the events.
  let firstEvent: [Int32]
  let eventRows: [Int32]
  /// Number of the tied events as Efron's method counts them: the rows, or more where a row stands for several subjects.
  let eventSubjects: [Int32]
  /// One past the last row that leaves in the bin: those censored up to the next event time follow the events.
  let endRow: [Int32]
  let eventWeight: [Double]
  /// The time of each bin.
  let binTime: [Double]
  let rowStarts: [Int]
  let binStarts: [Int]
  let isTruncated: Bool
  /// Row number in the input of each sorted row; empty where the rows are none of the input's (`isCounted`).
  let source: [Int32]

  var bins: Int { firstEvent.count }
  var strataCount: Int { rowStarts.count - 1 }
  var totalEventWeight: Double { eventWeight.reduce(0, +) }

  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
  func offset(_ row: Int) -> Double { offsets?[row] ?? 0 }

  /// The first bin in which the row is at risk.
  func firstBin(_ row: Int, stratum: Int) -> Int { isTruncated ? Int(entryBin[row]) : binStarts[stratum] }

  init(
    rows: Int, p: Int, x: [Double], scale: [Double], origin: [Double], centre: [Double], weights: [Double]?,
    offsets: [Double]?, isEvent: [Bool], exitBin: [Int32], entryBin: [Int32], firstEvent: [Int32], eventRows: [Int32],
    eventSubjects: [Int32], endRow: [Int32], eventWeight: [Double], binTime: [Double], rowStarts: [Int],
    binStarts: [Int], isTruncated: Bool, source: [Int32]
  ) {
    self.rows = rows
    self.p = p
    self.x = x
    self.scale = scale
    self.origin = origin
    self.centre = centre
    self.weights = weights
    self.offsets = offsets
    self.isEvent = isEvent
    self.exitBin = exitBin
    self.entryBin = entryBin
    self.firstEvent = firstEvent
    self.eventRows = eventRows
    self.eventSubjects = eventSubjects
    self.endRow = endRow
    self.eventWeight = eventWeight
    self.binTime = binTime
    self.rowStarts = rowStarts
    self.binStarts = binStarts
    self.isTruncated = isTruncated
    self.source = source
  }

  init(_ data: TimeToEvent, design: DesignMatrix, strata: Grouping?, offset userOffset: [Double]?) {
    // A row of weight 0 is not there: its covariates move no centre and its score no scale.
    let order = StratifiedOrder(data, strata: strata).positivelyWeighted(data.weights)
    let n = order.rows.count
    let p = design.columnCount
    rows = n
    self.p = p
    source = order.rows
    rowStarts = order.starts
    isTruncated = data.entry != nil
    weights = data.weights.map { weights in order.rows.map { weights[Int($0)] } }
    offsets = userOffset.map { offsets in order.rows.map { offsets[Int($0)] } }
    isEvent = order.isEvent

    let bins = EventBins(isEvent: order.isEvent, timeIndex: order.timeIndex, starts: order.starts)
    (exitBin, firstEvent, endRow, binStarts) = (bins.exitBin, bins.firstEvent, bins.endRow, bins.binStarts)
    (eventRows, eventSubjects) = (bins.eventRows, bins.eventRows)
    let weights = weights
    eventWeight = bins.eventSums { weights?[$0] ?? 1 }
    let distinct = data.distinctTimes
    let binTime = bins.timeIndex.map { distinct[Int($0)] }
    self.binTime = binTime
    entryBin =
      data.entry.map { entry in
        filled(n) { slots in
          for s in 0..<order.strataCount {
            let first = bins.binStarts[s]
            let rows = order.starts[s]..<order.starts[s + 1]
            let guide = BinGuide(binTime[first..<bins.binStarts[s + 1]])
            inPieces(of: rows.count) {
              for i in (rows.lowerBound + $0.lowerBound)..<(rows.lowerBound + $0.upperBound) {
                slots[i] = Int32(truncatingIfNeeded: first + guide.upperBound(entry[Int(order.rows[i])]))
              }
            }
          }
        }
      } ?? []
    if order.strataCount == 1, let layout = RowLayout(columns: design.values, count: p, order: order.rows) {
      (x, scale, origin, centre) = (layout.x, layout.scale, layout.origin, layout.centre)
    } else {
      (x, scale, origin, centre) = CoxProblem.standardised(design, order: order)
    }
  }

  /// Means of the scaled covariates, weighted by the case weights: over one stratum's rows, as they stand in `x`.
  func weightedMeans(stratum s: Int) -> [Double] {
    var total = CompensatedSum()
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: p)
    for i in rowStarts[s]..<rowStarts[s + 1] {
      total.add(weight(i))
      for j in 0..<p { sums[j].add(weight(i) * x[i * p + j]) }
    }
    return sums.map { $0.value / total.value }
  }

  /// Covariates on the user's scale as those of a stratum's rows stand in `x`.
  func standardised(_ covariates: [Double], stratum s: Int) -> [Double] {
    (0..<p).map { ((covariates[$0] - origin[s * p + $0]) - centre[s * p + $0]) / scale[$0] }
  }

  private static func standardised(
    _ design: DesignMatrix, order: StratifiedOrder
  ) -> (x: [Double], scale: [Double], origin: [Double], centre: [Double]) {
    let n = order.rows.count
    let p = design.columnCount
    let values = design.values
    var x = [Double](repeating: 0, count: n * p + RowLayout.padding)
    // Column by column in blocks of rows: many reads share a page of the column, and what is written stays in the cache.
    for start in stride(from: 0, to: n, by: 65536) {
      let end = min(start + 65536, n)
      for j in 0..<p {
        for i in start..<end { x[i * p + j] = values[j * design.rows + Int(order.rows[i])] }
      }
    }
    var squares = [Double](repeating: 0, count: p)
    var origin = [Double](repeating: 0, count: order.strataCount * p)
    var centre = origin
    for s in 0..<order.strataCount {
      let range = order.starts[s]..<order.starts[s + 1]
      guard !range.isEmpty else { continue }
      // A rough centre first, so that the mean itself is exact for values far from zero.
      let rough = Array(x[(range.lowerBound * p)..<((range.lowerBound + 1) * p)])
      var mean = [CompensatedSum](repeating: CompensatedSum(), count: p)
      for i in range {
        for j in 0..<p { mean[j].add(x[i * p + j] - rough[j]) }
      }
      let shift = mean.map { $0.value / Double(range.count) }
      origin.replaceSubrange((s * p)..<((s + 1) * p), with: rough)
      centre.replaceSubrange((s * p)..<((s + 1) * p), with: shift)
      for i in range {
        for j in 0..<p {
          let value = (x[i * p + j] - rough[j]) - shift[j]
          x[i * p + j] = value
          squares[j] += value * value
        }
      }
    }
    // Any divisor of the right size serves; a power of two costs no digit.
    let scale = squares.enumerated().map { j, square in
      let spread = (square / Double(n)).squareRoot()
      if spread.isNormal { return spread.binade }
      // Squares out of range, or a constant.
      let largest = stride(from: j, to: n * p, by: p).reduce(0) { max($0, abs(x[$1])) }
      return largest > 1e-300 && largest.isFinite ? largest.binade : 1
    }
    for i in 0..<n {
      for j in 0..<p { x[i * p + j] /= scale[j] }
    }
    return (x, scale, origin, centre)
  }
}

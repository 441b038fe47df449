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
  /// Centred and scaled covariates, row-major in sorted order.
  let x: [Double]
  /// Divisor of each covariate.
  let scale: [Double]
  /// What was subtracted before, first `origin` and then `centre`, by strata and columns: their sum in one double would
  /// not have all digits.
  let origin: [Double]
  let centre: [Double]
  let weight: [Double]
  let offset: [Double]
  /// Whether the row has an event of weight above 0.
  let isEvent: [Bool]
  /// Number of event times (over all strata, counted through) at or before the row's exit …
  let exitBin: [Int32]
  /// … and at or before its entry: the row is at risk in bins entryBin ..< exitBin.
  let entryBin: [Int32]
  /// First row and number of the tied events of each bin, and the weight of the events.
  let firstEvent: [Int32]
  let eventRows: [Int32]
  let eventWeight: [Double]
  /// The time of each bin.
  let binTime: [Double]
  let rowStarts: [Int]
  let binStarts: [Int]
  let isTruncated: Bool
  /// Row number in the input of each sorted row.
  let source: [Int32]

  var bins: Int { firstEvent.count }
  var strataCount: Int { rowStarts.count - 1 }
  var totalEventWeight: Double { eventWeight.reduce(0, +) }

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
    weight = order.rows.map { data.weights?[Int($0)] ?? 1 }
    offset = order.rows.map { userOffset?[Int($0)] ?? 0 }
    isEvent = order.isEvent

    var exitBin = [Int32](repeating: 0, count: n)
    var firstEvent: [Int32] = []
    var eventRows: [Int32] = []
    var eventWeight: [Double] = []
    var binTime: [Double] = []
    var binStarts = [0]
    for s in 0..<order.strataCount {
      var previous: Int32 = -1
      for i in order.starts[s]..<order.starts[s + 1] {
        let index = order.timeIndex[i]
        if isEvent[i] {
          // Events stand before censorings of their time, so a bin is opened by its first event.
          if index != previous {
            firstEvent.append(Int32(i))
            eventRows.append(0)
            eventWeight.append(0)
            binTime.append(data.distinctTimes[Int(index)])
            previous = index
          }
          eventRows[eventRows.count - 1] += 1
          eventWeight[eventWeight.count - 1] += weight[i]
        }
        exitBin[i] = Int32(firstEvent.count)
      }
      binStarts.append(firstEvent.count)
    }
    self.exitBin = exitBin
    self.firstEvent = firstEvent
    self.eventRows = eventRows
    self.eventWeight = eventWeight
    self.binTime = binTime
    self.binStarts = binStarts

    var entryBin = [Int32](repeating: 0, count: n)
    for s in 0..<order.strataCount {
      let times = Array(binTime[binStarts[s]..<binStarts[s + 1]])
      for i in order.starts[s]..<order.starts[s + 1] {
        let before = data.entry.map { upperBound(times, $0[Int(order.rows[i])]) } ?? 0
        entryBin[i] = Int32(binStarts[s] + before)
      }
    }
    self.entryBin = entryBin
    (x, scale, origin, centre) = CoxProblem.standardised(design, order: order)
  }

  /// Means of the scaled covariates, weighted by the case weights: over one stratum's rows, as they stand in `x`.
  func weightedMeans(stratum s: Int) -> [Double] {
    var total = CompensatedSum()
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: p)
    for i in rowStarts[s]..<rowStarts[s + 1] {
      total.add(weight[i])
      for j in 0..<p { sums[j].add(weight[i] * x[i * p + j]) }
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
    var x = [Double](repeating: 0, count: n * p)
    // Column by column in blocks of rows: many reads share a page of the column, and what is written stays in the cache.
    for start in stride(from: 0, to: n, by: 65536) {
      let end = min(start + 65536, n)
      for j in 0..<p {
        for i in start..<end { x[i * p + j] = design.values[j * design.rows + Int(order.rows[i])] }
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

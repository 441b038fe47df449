internal import CKernels
internal import LinearAlgebra

/// The Cox likelihood of very many right-censored rows with few covariates and few distinct times: no order of the rows and no
/// copy of the covariates, which are read where they lie.
///
/// The formulas are those of `CoxPass`. Sums by event time are made by adding each row to the place of its time, in pieces of
/// rows whose tables are added in order.
final class CoxColumnPass: CoxEvaluator {
  let covariates: Int
  let scale: [Double]
  let totalEventWeight: Double
  private let data: TimeToEvent
  private let design: DesignMatrix
  private let ties: TieMethod
  private let centre: [Double]
  /// Of each row twice the number of event times up to its time, and 1 more for an event.
  private let codes: [UInt16]
  /// Of each event time the number of events.
  private let events: [Int32]
  private let eventWeight: [Double]
  private let pieces: [Range<Int>]
  private let risk: UnsafeMutablePointer<Double>
  private let byTime: BinBuffers
  /// Σ z over all events, known from the first evaluation at 0.
  private var eventTotals: [Double]?

  static let mostCovariates = 7
  private static let fewestRows = 100_000
  private static let mostEventTimes = 16_384

  /// Nil for anything but plain rows, many, with few covariates and few times.
  init?(
    _ data: TimeToEvent, _ design: DesignMatrix, strata: Grouping?, offset: [Double]?, ties: TieMethod
  ) {
    guard data.count >= CoxColumnPass.fewestRows, (1...CoxColumnPass.mostCovariates).contains(design.columnCount),
      ties == .efron || ties == .breslow, strata == nil, offset == nil, data.entry == nil, data.weights == nil,
      data.distinctTimes.count <= 4 * CoxColumnPass.mostEventTimes
    else { return nil }
    var codesOfTimes = [UInt16](repeating: 0, count: data.distinctTimes.count)
    var events: [Int32] = []
    for (k, d) in data.runEvents.enumerated() {
      if d > 0 { events.append(d) }
      codesOfTimes[k] = UInt16(truncatingIfNeeded: 2 * events.count)
    }
    guard events.count <= CoxColumnPass.mostEventTimes else { return nil }
    (self.data, self.design, self.ties, self.events) = (data, design, ties, events)
    codes = data.codes(ofTimes: codesOfTimes)
    eventWeight = events.map { Double($0) }
    covariates = design.columnCount
    totalEventWeight = Double(data.eventCount)
    let moments = (0..<design.columnCount).map { CoxColumnPass.roughMoments(design.column($0)) }
    guard moments.allSatisfy({ $0 != nil }) else { return nil }
    (centre, scale) = (moments.map { $0?.centre ?? 0 }, moments.map { $0?.scale ?? 1 })
    let count = 16
    pieces = (0..<count).map { (data.count * $0 / count)..<(data.count * ($0 + 1) / count) }
    byTime = BinBuffers(events.count)
    risk = .allocate(capacity: data.count)
    adviseLargePages(risk, bytes: data.count * MemoryLayout<Double>.stride)
  }

  deinit { risk.deallocate() }

  /// A centre and the power of two below the root mean square around it, from some thousand rows: any centre near the mean
  /// serves, and any divisor of the right size. Nil where these rows tell neither.
  private static func roughMoments(_ column: ArraySlice<Double>) -> (centre: Double, scale: Double)? {
    let step = max(1, column.count / 65_536)
    let places = stride(from: column.startIndex, to: column.endIndex, by: step)
    var (sum, count) = (0.0, 0.0)
    let origin = column[column.startIndex]
    for i in places {
      sum += column[i] - origin
      count += 1
    }
    let centre = origin + sum / count
    var squares = 0.0
    for i in places { squares += (column[i] - centre) * (column[i] - centre) }
    let spread = (squares / count).squareRoot()
    guard spread.isNormal, (1 / spread.binade).isNormal, centre.isFinite else { return nil }
    return (centre, spread.binade)
  }

  /// A sample of the rows in the order in which they lie.
  func startingSample() -> (any CoxEvaluator)? {
    let step = data.count / 65_536
    guard step >= 4 else { return nil }
    let rows = Array(stride(from: step / 2, to: data.count, by: step))
    var values: [Double] = []
    values.reserveCapacity(rows.count * covariates)
    for j in 0..<covariates {
      let column = design.column(j)
      for row in rows { values.append(column[column.startIndex + row]) }
    }
    guard let sample = try? data.subset(rows),
      let x = try? DesignMatrix(columnNames: design.columnNames, values: values, rows: rows.count)
    else { return nil }
    let problem = CoxProblem(sample, design: x, strata: nil, offset: nil)
    // Coefficients are compared on this scale.
    guard problem.scale == scale else { return nil }
    return ties.evaluator(problem)
  }

  private func withColumns(_ body: (UnsafePointer<survkit_columns>) -> Void) {
    design.values.withUnsafeBufferPointer { values in
      codes.withUnsafeBufferPointer { codes in
        guard let base = values.baseAddress else { return }
        var columns = survkit_columns()
        columns.covariates = covariates
        withUnsafeMutableBytes(of: &columns.x) { places in
          let places = places.bindMemory(to: UnsafePointer<Double>?.self)
          for j in 0..<covariates { places[j] = base + j * data.count }
        }
        withUnsafeMutableBytes(of: &columns.centre) { places in
          let places = places.bindMemory(to: Double.self)
          for j in 0..<covariates { places[j] = centre[j] }
        }
        withUnsafeMutableBytes(of: &columns.factor) { places in
          let places = places.bindMemory(to: Double.self)
          for j in 0..<covariates { places[j] = 1 / scale[j] }
        }
        columns.code = codes.baseAddress
        body(&columns)
      }
    }
  }

  func evaluate(_ beta: [Double]) -> CoxEvaluation {
    let isZero = beta.allSatisfy { $0 == 0 }
    var evaluation: CoxEvaluation?
    withColumns { columns in
      let table = isZero ? countsByCode() : risks(columns, beta)
      guard let table else { return }
      evaluation = finish(columns, beta, table: table, isZero: isZero)
    }
    if let evaluation { return evaluation }
    // A linear predictor so far out that its exponential needs the largest as its unit.
    let problem = CoxProblem(data, design: design, strata: nil, offset: nil)
    let other = zip(beta, zip(problem.scale, scale)).map { $0 * ($1.0 / $1.1) }
    return CoxPass(problem, isBreslow: ties == .breslow).evaluate(other).rescaled(
      by: zip(problem.scale, scale).map { $0 / $1 })
  }

  /// Σ r by code at coefficients of 0: numbers of rows.
  private func countsByCode() -> [Double] {
    var table = [Double](repeating: 0, count: 2 * events.count + 2)
    var reached = 0
    for (k, d) in data.runEvents.enumerated() {
      if d > 0 { reached += 1 }
      table[2 * reached] += Double(data.runStarts[k + 1] - data.runStarts[k] - d)
      table[2 * reached + 1] += Double(d)
    }
    return table
  }

  /// Fills `risk` and adds it up by code; nil where a linear predictor is out of range.
  private func risks(_ columns: UnsafePointer<survkit_columns>, _ beta: [Double]) -> [Double]? {
    nonisolated(unsafe) let (columns, risk) = (columns, risk)
    let (pieces, size) = (pieces, 2 * events.count + 2)
    let slopes = zip(beta, scale).map { $0 / $1 }
    let tables = concurrentMap(pieces.count) { t -> [Double] in
      var table = [Double](repeating: 0, count: size)
      let isInRange = table.withUnsafeMutableBufferPointer {
        survkit_column_risk(columns, pieces[t].lowerBound, pieces[t].upperBound, slopes, risk, $0.baseAddress)
      }
      return isInRange == 0 ? [] : table
    }
    guard tables.allSatisfy({ !$0.isEmpty }) else { return nil }
    return CoxColumnPass.sum(tables)
  }

  private static func sum(_ tables: [[Double]]) -> [Double] {
    var total = tables[0]
    total.withUnsafeMutableBufferPointer { total in
      for table in tables.dropFirst() { for q in table.indices { total[q] += table[q] } }
    }
    return total
  }

  private func finish(
    _ columns: UnsafePointer<survkit_columns>, _ beta: [Double], table: [Double], isZero: Bool
  ) -> CoxEvaluation {
    let (bins, times) = (events.count, byTime)
    // Code 0 and 1 belong to no event time.
    var running = CompensatedSum()
    for k in (0..<bins).reversed() {
      running.add(table[2 * k + 2] + table[2 * k + 3])
      times.s0[k] = running.value
      times.e0[k] = table[2 * k + 3]
    }
    let denominators = times.addTiedEvents(
      0..<bins, events: events, weight: eventWeight, isBreslow: ties == .breslow)
    var hazard = [Double](repeating: 0, count: 2 * bins + 2)
    var cumulative = CompensatedSum()
    for k in 0..<bins {
      cumulative.add(times.cumulative[k])
      hazard[2 * k + 2] = cumulative.value
      hazard[2 * k + 3] = max(0, cumulative.value - times.tiedHazard[k])
    }

    nonisolated(unsafe) let (columns, risk) = (columns, risk)
    let (pieces, hazards, size) = (pieces, hazard, 8 * (2 * bins + 2))
    // Sums by code, then the gram matrix and the score of the piece.
    let found = concurrentMap(pieces.count) { t -> [Double] in
      var sums = [Double](repeating: 0, count: size + 72)
      sums.withUnsafeMutableBufferPointer { sums in
        guard let base = sums.baseAddress else { return }
        survkit_column_sums(
          columns, pieces[t].lowerBound, pieces[t].upperBound, isZero ? nil : risk, hazards, base, base + size,
          base + size + 64)
      }
      return sums
    }
    let sums = CoxColumnPass.sum(found)
    let (gram, score) = (sums[size..<(size + 64)], sums[(size + 64)...])

    let p = covariates
    if isZero {
      var totals = [Double](repeating: 0, count: p)
      for k in 0..<bins {
        for j in 0..<p { totals[j] += sums[8 * (2 * k + 3) + j] }
      }
      eventTotals = totals
    }
    var means = [Double](repeating: 0, count: p * p)
    var s1 = [Double](repeating: 0, count: p)
    var row = s1
    for k in (0..<bins).reversed() {
      for j in 0..<p { s1[j] += sums[8 * (2 * k + 2) + j] + sums[8 * (2 * k + 3) + j] }
      let isTied = times.tiedScale[k] >= 0
      for j in 0..<p {
        row[j] = times.meanScale[k] * s1[j]
        if isTied { row[j] += times.tiedShift[k] * sums[8 * (2 * k + 3) + j] }
      }
      for i in 0..<p {
        for j in 0...i {
          means[i * p + j] += row[i] * row[j]
          if isTied {
            let e = times.tiedScale[k] * times.tiedScale[k]
            means[i * p + j] += e * sums[8 * (2 * k + 3) + i] * sums[8 * (2 * k + 3) + j]
          }
        }
      }
    }
    var information = Matrix(rows: p, columns: p)
    for i in 0..<p {
      for j in 0...i {
        let value = gram[size + 8 * i + j] - means[i * p + j]
        information.values[i * p + j] = value
        information.values[j * p + i] = value
      }
    }
    let linear = isZero ? 0 : zip(beta, eventTotals ?? []).reduce(0.0) { $0 + $1.0 * $1.1 }
    return CoxEvaluation(
      logLikelihood: linear - denominators, scoreVector: Array(score.prefix(p)),
      informationMatrix: information, moments: (0..<p).map { gram[size + 9 * $0] })
  }
}

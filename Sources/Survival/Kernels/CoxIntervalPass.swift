internal import CKernels
internal import LinearAlgebra

/// The Cox likelihood with delayed entry in two readings of the covariates, for event times that are not too many.
///
/// The formulas are those of `CoxPass`; L is that between the row's entry and exit, and S0 and S1 are sums over risk sets
/// that are not nested, made by `BinIntervals`. The rows are cut into eight pieces with a table each, which are added in order.
final class CoxIntervalPass: CoxEvaluator {
  private let problem: CoxProblem
  private let isBreslow: Bool
  private let intervals: BinIntervals
  private let pieces: [Range<Int>]
  /// The bins in which rows of a piece are at risk: its table has numbers there only. The first has them everywhere.
  private let reached: [Range<Int>]
  private let binPieces: [Range<Int>]
  private let width: Int
  private let left: [Int32]
  private let right: [Int32]
  private let risk: UnsafeMutablePointer<Double>
  private let bins: BinBuffers
  private let work: PieceBuffers
  private let hazards: UnsafeMutablePointer<Double>
  /// Per piece the table of S1 (and, before, that of S0).
  private let tables: UnsafeMutablePointer<Double>
  private let tableSize: Int
  private var shift: [Double]

  private static let pieceCount = 8

  /// Nil where the tables would take more room than the covariates and 64 MB.
  init?(_ problem: CoxProblem, isBreslow: Bool) {
    intervals = BinIntervals(bins: problem.bins)
    width = (problem.p + 7) / 8 * 8
    let (size, isTooLarge) = (intervals.levels * problem.bins).multipliedReportingOverflow(by: width)
    let pieceCount = problem.rows < 20_000 ? 1 : CoxIntervalPass.pieceCount
    guard !isTooLarge, size < Int(Int32.max), pieceCount * size <= max(problem.rows * problem.p, 8 << 20) else {
      return nil
    }
    tableSize = size
    self.problem = problem
    self.isBreslow = isBreslow
    pieces = CoxIntervalPass.cut(problem.rows, into: pieceCount)
    binPieces = CoxIntervalPass.cut(problem.bins, into: pieceCount)
    let intervals = intervals
    let places = filled(counts: [problem.rows, problem.rows]) { (slots: [Slots<Int32>]) in
      let (left, right) = (slots[0], slots[1])
      inPieces(of: problem.rows) { rows in
        for i in rows {
          (left[i], right[i]) = intervals.places(from: Int(problem.entryBin[i]), to: Int(problem.exitBin[i]))
        }
      }
    }
    (left, right) = (places[0], places[1])
    let cuts = pieces
    reached = concurrentMap(cuts.count) { t in
      guard t > 0 else { return 0..<problem.bins }
      var (first, end) = (problem.bins, 0)
      for i in cuts[t] where problem.entryBin[i] < problem.exitBin[i] {
        first = min(first, Int(problem.entryBin[i]))
        end = max(end, Int(problem.exitBin[i]))
      }
      return min(first, end)..<end
    }
    risk = .allocate(capacity: max(problem.rows, 1))
    bins = BinBuffers(problem.bins)
    hazards = .allocate(capacity: max(intervals.levels * problem.bins, 1))
    tables = .allocate(capacity: max(pieceCount * size, 1))
    let scratch = (2 * Int(SURVKIT_COX_ROWS) + 3) * width
    work = PieceBuffers(pieces: pieceCount, width: width, scratch: scratch)
    shift = [Double](repeating: 0, count: problem.strataCount)
  }

  deinit { for pointer in [risk, hazards, tables] { pointer.deallocate() } }

  private static func cut(_ count: Int, into pieces: Int) -> [Range<Int>] {
    (0..<pieces).map { (count * $0 / pieces)..<(count * ($0 + 1) / pieces) }
  }

  var scale: [Double] { problem.scale }
  var totalEventWeight: Double { problem.totalEventWeight }

  func startingSample() -> (any CoxEvaluator)? {
    problem.startingSample().flatMap { (isBreslow ? TieMethod.breslow : .efron).evaluator($0) }
  }

  func evaluate(_ beta: [Double]) -> CoxEvaluation {
    predict(beta)
    sumRisks()
    let logLikelihood = addHazards()
    passOverCovariates()
    subtractMeans()
    return merged(logLikelihood: logLikelihood)
  }

  /// The stratum of a row.
  private func stratum(of row: Int) -> Int {
    partitionPoint(problem.strataCount - 1) { problem.rowStarts[$0 + 1] <= row }
  }

  /// Calls `body` with the rows of every stratum that lie in a piece.
  private func forEachStratum(in piece: Range<Int>, _ body: (Int, Range<Int>) -> Void) {
    guard !piece.isEmpty else { return }
    var s = stratum(of: piece.lowerBound)
    while s < problem.strataCount, problem.rowStarts[s] < piece.upperBound {
      let rows = max(piece.lowerBound, problem.rowStarts[s])..<min(piece.upperBound, problem.rowStarts[s + 1])
      if !rows.isEmpty { body(s, rows) }
      s += 1
    }
  }

  private func predict(_ beta: [Double]) {
    let padded = beta + [Double](repeating: 0, count: width - problem.p)
    nonisolated(unsafe) let (me, risk) = (self, risk)
    let (problem, pieces) = (problem, pieces)
    let largest = concurrentMap(pieces.count) { t -> [(Int, Double)] in
      let rows = pieces[t]
      problem.x.withUnsafeBufferPointer { x in
        guard let x = x.baseAddress else { return }
        survkit_linear_predictor(
          x + rows.lowerBound * problem.p, rows.count, problem.p, padded, risk + rows.lowerBound)
      }
      if let offsets = problem.offsets { for i in rows { risk[i] += offsets[i] } }
      var found: [(Int, Double)] = []
      me.forEachStratum(in: rows) { s, rows in
        var largest = -Double.infinity
        for i in rows where risk[i] > largest { largest = risk[i] }
        found.append((s, largest))
      }
      return found
    }
    for s in shift.indices { shift[s] = -.infinity }
    for (s, value) in largest.joined() { shift[s] = max(shift[s], value) }
  }

  /// r of every row, S0 of every bin, and Σ w (η − shift) of the events.
  private func sumRisks() {
    nonisolated(unsafe) let (me, risk, tables, bins) = (self, risk, tables, bins)
    let (problem, pieces, shift, tableSize, left, right) = (problem, pieces, shift, tableSize, left, right)
    // Σ w (η − shift) of the events is added before r takes the place of η.
    let events = concurrentMap(pieces.count) { t -> Double in
      let rows = pieces[t]
      var sum = CompensatedSum()
      me.forEachStratum(in: rows) { s, rows in
        let largest = shift[s]
        for i in rows {
          risk[i] -= largest
          if problem.isEvent[i] { sum.add(problem.weight(i) * risk[i]) }
        }
      }
      exponentiate(UnsafeMutableBufferPointer(start: risk + rows.lowerBound, count: rows.count))
      if let weights = problem.weights { for i in rows { risk[i] *= weights[i] } }
      let table = tables + t * tableSize
      me.clearTable(t, width: 1)
      for i in rows where left[i] >= 0 {
        table[Int(left[i])] += risk[i]
        if left[i] != right[i] { table[Int(right[i])] += risk[i] }
      }
      return sum.value
    }
    var total = CompensatedSum()
    for value in events { total.add(value) }
    eventSum = total.value
    addTables(width: 1)
    for k in 0..<problem.bins {
      var sum = 0.0
      for level in 0..<intervals.levels { sum += tables[level * problem.bins + k] }
      bins.s0[k] = sum
    }
  }

  private var eventSum = 0.0

  private func clearTable(_ piece: Int, width: Int) {
    let bins = reached[piece]
    for level in 0..<intervals.levels {
      (tables + piece * tableSize + (level * problem.bins + bins.lowerBound) * width).update(
        repeating: 0, count: bins.count * width)
    }
  }

  /// Adds the pieces' tables to the first, level by level, and spreads them.
  private func addTables(width: Int) {
    nonisolated(unsafe) let tables = tables
    let (intervals, reached) = (intervals, reached)
    let (count, size) = (problem.bins * width, tableSize)
    concurrentForEach(intervals.levels) { level in
      let row = tables + level * count
      for (t, bins) in reached.enumerated().dropFirst() {
        let other = row + t * size
        for q in (bins.lowerBound * width)..<(bins.upperBound * width) { row[q] += other[q] }
      }
      intervals.spread(level, tables, width: width)
    }
  }

  private func addHazards() -> Double {
    var total = CompensatedSum(eventSum)
    for k in 0..<problem.bins {
      let first = Int(problem.firstEvent[k])
      var tied = 0.0
      for i in first..<(first + Int(problem.eventRows[k])) { tied += risk[i] }
      bins.e0[k] = tied
    }
    total.add(
      -bins.addTiedEvents(
        0..<problem.bins, events: problem.eventSubjects, weight: problem.eventWeight, isBreslow: isBreslow))
    nonisolated(unsafe) let (hazards, bins) = (hazards, bins)
    let intervals = intervals
    concurrentForEach(intervals.levels) { intervals.gather($0, bins.cumulative, into: hazards) }
    return total.value
  }

  private func passOverCovariates() {
    nonisolated(unsafe) let (me, risk, tables, bins, work, hazards) = (self, risk, tables, bins, work, hazards)
    let (problem, pieces, tableSize, left, right, width) = (problem, pieces, tableSize, left, right, width)
    concurrentForEach(pieces.count) { t in
      work.clear(t)
      let table = tables + t * tableSize
      me.clearTable(t, width: width)
      let block = 4096
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * block) { room in
        guard let omega = room.baseAddress else { return }
        let residual = omega + block
        for start in stride(from: pieces[t].lowerBound, to: pieces[t].upperBound, by: block) {
          let rows = min(block, pieces[t].upperBound - start)
          for a in 0..<rows {
            let i = start + a
            var hazard = 0.0
            if left[i] >= 0 {
              hazard = hazards[Int(left[i])]
              if left[i] != right[i] { hazard += hazards[Int(right[i])] }
            }
            var own = 0.0
            if problem.isEvent[i] {
              hazard = max(0, hazard - bins.tiedHazard[Int(problem.exitBin[i]) - 1])
              own = problem.weight(i)
            }
            omega[a] = risk[i] * hazard
            residual[a] = own - omega[a]
          }
          problem.x.withUnsafeBufferPointer { x in
            guard let x = x.baseAddress else { return }
            let here = x + start * problem.p
            survkit_weighted_gram(
              here, rows, problem.p, omega, residual, work.scratch(t), work.gram(t), work.score(t))
            left.withUnsafeBufferPointer { left in
              right.withUnsafeBufferPointer { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return }
                survkit_scatter_rows(here, rows, problem.p, risk + start, left + start, right + start, table)
              }
            }
          }
        }
      }
    }
  }

  /// The rows of M from S1 and E1 of every bin.
  private func subtractMeans() {
    addTables(width: width)
    nonisolated(unsafe) let (risk, tables, bins, work) = (risk, tables, bins, work)
    let (problem, binPieces, width, levels) = (problem, binPieces, width, intervals.levels)
    concurrentForEach(binPieces.count) { t in
      let means = work.scratch(t)
      let capacity = Int(SURVKIT_COX_ROWS)
      var filled = 0
      for k in binPieces[t] {
        let row = means + filled * width
        row.update(repeating: 0, count: width)
        for level in 0..<levels {
          let from = tables + (level * problem.bins + k) * width
          for j in 0..<width { row[j] += from[j] }
        }
        let scale = bins.meanScale[k]
        for j in 0..<width { row[j] *= scale }
        filled += 1
        if bins.tiedScale[k] >= 0 {
          let tied = means + filled * width
          tied.update(repeating: 0, count: width)
          let first = Int(problem.firstEvent[k])
          for i in first..<(first + Int(problem.eventRows[k])) {
            for j in 0..<problem.p { tied[j] += risk[i] * problem.x[i * problem.p + j] }
          }
          let (shift, scale) = (bins.tiedShift[k], bins.tiedScale[k])
          for j in 0..<width {
            row[j] += shift * tied[j]
            tied[j] *= scale
          }
          filled += 1
        }
        if filled >= capacity {
          survkit_gram(means, filled, width, work.meanGram(t))
          filled = 0
        }
      }
      if filled > 0 { survkit_gram(means, filled, width, work.meanGram(t)) }
    }
  }

  private func merged(logLikelihood: Double) -> CoxEvaluation {
    let p = problem.p
    var gram = Matrix(rows: p, columns: p)
    var information = gram
    var score = [Double](repeating: 0, count: p)
    for t in pieces.indices {
      let (own, mean) = (work.gram(t), work.meanGram(t))
      for i in 0..<p {
        score[i] += work.score(t)[i]
        for j in i..<p {
          gram.values[i * p + j] += own[i * width + j]
          information.values[i * p + j] -= mean[i * width + j]
        }
      }
    }
    for i in 0..<p {
      for j in i..<p {
        information.values[i * p + j] += gram.values[i * p + j]
        information.values[j * p + i] = information.values[i * p + j]
      }
    }
    return CoxEvaluation(
      logLikelihood: logLikelihood, scoreVector: score, informationMatrix: information, moments: gram.diagonal)
  }
}

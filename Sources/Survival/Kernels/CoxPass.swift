internal import CKernels
internal import LinearAlgebra

/// The Cox likelihood of right-censored rows in two readings of the covariates.
///
/// With A_k and B_k the sums of `BinBuffers`, L the running sum of A within the stratum and ω_i = r_i (L − event·B),
///
///     score = Σ (w·event − ω) x        information = Σ ω x xᵀ − MᵀM,
///
/// M the rows of the tied sums, one or two for each event time. The rows lie by time, so that the sums over risk sets S0 and S1
/// run back from the last one. They are cut at bins into pieces by their number alone. A piece works with what its own rows
/// add up to; what later rows add, one number for S0 and one vector for S1, comes afterwards: S1 = carry + own makes
/// MᵀM = Σ m mᵀ + carry Σ α mᵀ + Σ α m carryᵀ + Σ α² carry carryᵀ with m from the own sums. So nothing waits, and the bits do not depend
/// on the number of threads.
final class CoxPass: CoxEvaluator {
  private let problem: CoxProblem
  private let isBreslow: Bool
  private let pieces: [Piece]
  private let width: Int
  /// w exp(η − shift) of each row; before that, η.
  private let risk: UnsafeMutablePointer<Double>
  private let bins: BinBuffers
  private let startsStratum: [UInt8]
  private let work: PieceBuffers
  private var shift: [Double]

  /// Bins and rows of one piece, with the strata they lie in.
  struct Piece {
    let bins: Range<Int>
    let rows: Range<Int>
    let strata: Range<Int>
    /// The first stratum began in an earlier piece; the last goes on in a later one.
    let continuesBefore: Bool
    let continuesAfter: Bool
  }

  init(_ problem: CoxProblem, isBreslow: Bool) {
    self.problem = problem
    self.isBreslow = isBreslow
    width = (problem.p + 7) / 8 * 8
    pieces = CoxPass.pieces(problem)
    risk = .allocate(capacity: problem.rows)
    bins = BinBuffers(problem.bins)
    var starts = [UInt8](repeating: 0, count: problem.bins)
    for k in problem.binStarts.dropLast() where k < problem.bins { starts[k] = 1 }
    startsStratum = starts
    work = PieceBuffers(pieces: pieces.count, width: width, scratch: (2 * Int(SURVKIT_COX_ROWS) + 3) * width)
    shift = [Double](repeating: 0, count: problem.strataCount)
  }

  deinit { risk.deallocate() }

  /// At least some thousand rows each, at most 32; cut where a bin ends.
  static func pieces(_ problem: CoxProblem) -> [Piece] {
    guard problem.bins > 0 else { return [] }
    let most = problem.p > 64 ? 16 : 32
    let target = max((problem.rows + most - 1) / most, max(4096, 200_000 / max(problem.p, 1)))
    var pieces: [Piece] = []
    var start = 0
    var stratum = 0
    while start < problem.bins {
      let firstRow = Int(problem.firstEvent[start])
      var end = start + 1
      while end < problem.bins, Int(problem.endRow[end - 1]) - firstRow < target { end += 1 }
      while problem.binStarts[stratum + 1] <= start { stratum += 1 }
      var last = stratum
      while problem.binStarts[last + 1] < end { last += 1 }
      pieces.append(
        Piece(
          bins: start..<end, rows: firstRow..<Int(problem.endRow[end - 1]), strata: stratum..<(last + 1),
          continuesBefore: problem.binStarts[stratum] < start, continuesAfter: problem.binStarts[last + 1] > end))
      start = end
    }
    return pieces
  }

  var scale: [Double] { problem.scale }
  var totalEventWeight: Double { problem.totalEventWeight }

  func startingSample() -> (any CoxEvaluator)? {
    problem.startingSample().flatMap { (isBreslow ? TieMethod.breslow : .efron).evaluator($0) }
  }

  func evaluate(_ beta: [Double]) -> CoxEvaluation {
    predict(beta)
    let events = addRisks()
    carryRisks()
    let denominators = addHazards()
    passOverCovariates()
    var total = CompensatedSum()
    for value in events { total.add(value) }
    for value in denominators { total.add(-value) }
    return merged(logLikelihood: total.value)
  }

  /// η of every row, and the largest of each stratum.
  private func predict(_ beta: [Double]) {
    let padded = beta + [Double](repeating: 0, count: width - problem.p)
    let isZero = beta.allSatisfy { $0 == 0 }
    nonisolated(unsafe) let risk = risk
    let (problem, pieces) = (problem, pieces)
    let largest = concurrentPieces { t -> [Double] in
      let piece = pieces[t]
      let eta = risk + piece.rows.lowerBound
      if isZero {
        eta.update(repeating: 0, count: piece.rows.count)
      } else {
        problem.x.withUnsafeBufferPointer { x in
          guard let x = x.baseAddress else { return }
          survkit_linear_predictor(
            x + piece.rows.lowerBound * problem.p, piece.rows.count, problem.p, padded, eta)
        }
      }
      if let offsets = problem.offsets { for i in piece.rows { risk[i] += offsets[i] } }
      return piece.strata.map { s in
        let rows = CoxPass.rows(of: piece, in: s, problem)
        var largest = -Double.infinity
        for i in rows where risk[i] > largest { largest = risk[i] }
        return largest
      }
    }
    for s in shift.indices { shift[s] = -.infinity }
    for (piece, values) in zip(pieces, largest) {
      for (s, value) in zip(piece.strata, values) { shift[s] = max(shift[s], value) }
    }
  }

  /// Rows of a piece that belong to a stratum's bins.
  private static func rows(of piece: Piece, in stratum: Int, _ problem: CoxProblem) -> Range<Int> {
    let bins = piece.bins.clamped(to: problem.binStarts[stratum]..<problem.binStarts[stratum + 1])
    guard !bins.isEmpty else { return 0..<0 }
    return Int(problem.firstEvent[bins.lowerBound])..<Int(problem.endRow[bins.upperBound - 1])
  }

  /// r of every row and, for each bin, S0 of the piece's own rows and E0; returns Σ w (η − shift) over each piece's events.
  private func addRisks() -> [Double] {
    nonisolated(unsafe) let (risk, bins, work) = (risk, bins, work)
    let (problem, pieces, shift) = (problem, pieces, shift)
    return concurrentPieces { t in
      let piece = pieces[t]
      for s in piece.strata {
        let rows = CoxPass.rows(of: piece, in: s, problem)
        let largest = shift[s]
        for i in rows { risk[i] -= largest }
      }
      var events = 0.0
      withOptionalPointer(problem.weights) { weights in
        events = survkit_event_sum(
          risk, weights, problem.firstEvent, problem.eventRows, piece.bins.lowerBound, piece.bins.upperBound)
      }
      exponentiate(UnsafeMutableBufferPointer(start: risk + piece.rows.lowerBound, count: piece.rows.count))
      if let weights = problem.weights { for i in piece.rows { risk[i] *= weights[i] } }
      for s in piece.strata.reversed() {
        let own = piece.bins.clamped(to: problem.binStarts[s]..<problem.binStarts[s + 1])
        let sum = survkit_risk_sums(
          risk, problem.firstEvent, problem.eventRows, problem.endRow, own.lowerBound, own.upperBound, bins.s0, bins.e0)
        if !own.isEmpty { work.riskHead[t] = sum }
      }
      return events
    }
  }

  /// What the rows of later pieces add to S0 of each piece's last stratum.
  private func carryRisks() {
    var carry = 0.0
    for (t, piece) in pieces.enumerated().reversed() {
      work.riskCarry[t] = piece.continuesAfter ? carry : 0
      carry = piece.continuesBefore ? work.riskHead[t] + (piece.strata.count == 1 ? work.riskCarry[t] : 0) : 0
    }
  }

  /// Hazards of every bin, running from the piece's start; returns Σ ln of the denominators of each piece.
  private func addHazards() -> [Double] {
    nonisolated(unsafe) let (bins, work) = (bins, work)
    let (problem, pieces, isBreslow) = (problem, pieces, isBreslow)
    let sums = concurrentPieces { t -> Double in
      let piece = pieces[t]
      for k in CoxPass.carriedBins(piece, problem) { bins.s0[k] += work.riskCarry[t] }
      let logs = bins.addTiedEvents(
        piece.bins, events: problem.eventSubjects, weight: problem.eventWeight, isBreslow: isBreslow)
      var running = CompensatedSum()
      var stratum = piece.strata.lowerBound
      for k in piece.bins {
        if k >= problem.binStarts[stratum + 1] {
          running = CompensatedSum()
          while k >= problem.binStarts[stratum + 1] { stratum += 1 }
        }
        running.add(bins.cumulative[k])
        bins.cumulative[k] = running.value
      }
      work.hazardTail[t] = running.value
      return logs
    }
    var carry = 0.0
    for (t, piece) in pieces.enumerated() {
      work.hazardCarry[t] = piece.continuesBefore ? carry : 0
      carry = piece.continuesAfter ? work.hazardTail[t] + (piece.strata.count == 1 ? work.hazardCarry[t] : 0) : 0
    }
    return sums
  }

  /// The bins of a piece whose risk sets have rows in later pieces.
  private static func carriedBins(_ piece: Piece, _ problem: CoxProblem) -> Range<Int> {
    guard piece.continuesAfter else { return piece.bins.upperBound..<piece.bins.upperBound }
    return max(piece.bins.lowerBound, problem.binStarts[piece.strata.upperBound - 1])..<piece.bins.upperBound
  }

  private func passOverCovariates() {
    nonisolated(unsafe) let (risk, bins, work) = (risk, bins, work)
    let (problem, pieces, startsStratum) = (problem, pieces, startsStratum)
    _ = concurrentPieces { t in
      let piece = pieces[t]
      work.clear(t)
      problem.x.withUnsafeBufferPointer { x in
        guard let x = x.baseAddress else { return }
        problem.firstEvent.withUnsafeBufferPointer { firstEvent in
          problem.endRow.withUnsafeBufferPointer { endRow in
            problem.eventRows.withUnsafeBufferPointer { eventRows in
              startsStratum.withUnsafeBufferPointer { starts in
                withOptionalPointer(problem.weights) { weights in
                  var pass = survkit_cox_pass(
                    x: x, covariates: problem.p, first_bin: piece.bins.lowerBound, end_bin: piece.bins.upperBound,
                    first_row: firstEvent.baseAddress, end_row: endRow.baseAddress, event_rows: eventRows.baseAddress,
                    starts_stratum: starts.baseAddress, risk: risk, weight: weights,
                    cumulative_hazard: bins.cumulative, tied_hazard: bins.tiedHazard,
                    hazard_carry: work.hazardCarry[t],
                    carried_hazard_end: piece.continuesBefore ? problem.binStarts[piece.strata.lowerBound + 1] : 0,
                    mean_scale: bins.meanScale, tied_shift: bins.tiedShift, tied_scale: bins.tiedScale,
                    carried_sum_start: CoxPass.carriedBins(piece, problem).lowerBound, scratch: work.scratch(t),
                    gram: work.gram(t), mean_gram: work.meanGram(t), score: work.score(t), head: work.head(t),
                    side: work.side(t))
                  survkit_cox_pass(&pass)
                }
              }
            }
          }
        }
      }
      return 0.0
    }
  }

  /// The pieces' sums added in the order of the pieces.
  private func merged(logLikelihood: Double) -> CoxEvaluation {
    let p = problem.p
    var gram = [Double](repeating: 0, count: p * p)
    var means = gram
    var score = [Double](repeating: 0, count: p)
    var carry = [Double](repeating: 0, count: width)
    for (t, piece) in pieces.enumerated().reversed() {
      if !piece.continuesAfter { for j in 0..<width { carry[j] = 0 } }
      let (own, mean, side) = (work.gram(t), work.meanGram(t), work.side(t))
      let weight = side[width]
      for i in 0..<p {
        for j in i..<p {
          gram[i * p + j] += own[i * width + j]
          means[i * p + j] += mean[i * width + j]
          if piece.continuesAfter {
            means[i * p + j] += carry[i] * side[j] + side[i] * carry[j] + weight * carry[i] * carry[j]
          }
        }
        score[i] += work.score(t)[i]
      }
      let head = work.head(t)
      let isOneStratum = piece.strata.count == 1
      for j in 0..<width { carry[j] = head[j] + (isOneStratum ? carry[j] : 0) }
    }
    var information = Matrix(rows: p, columns: p)
    for i in 0..<p {
      for j in i..<p {
        let value = gram[i * p + j] - means[i * p + j]
        information.values[i * p + j] = value
        information.values[j * p + i] = value
      }
    }
    return CoxEvaluation(
      logLikelihood: logLikelihood, scoreVector: score, informationMatrix: information,
      moments: (0..<p).map { gram[$0 * p + $0] })
  }

  private func concurrentPieces<Value: Sendable>(_ body: @Sendable (Int) -> Value) -> [Value] {
    concurrentMap(pieces.count, body)
  }
}

/// Calls `body` with the elements of an array, or with nil.
private func withOptionalPointer(_ values: [Double]?, _ body: (UnsafePointer<Double>?) -> Void) {
  guard let values else { return body(nil) }
  values.withUnsafeBufferPointer { body($0.baseAddress) }
}

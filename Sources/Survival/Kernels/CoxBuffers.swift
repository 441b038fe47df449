internal import CKernels

/// Numbers of each event time that one evaluation of a Cox likelihood passes to the next step.
///
/// From S0 and E0, the sums over the risk set and its d tied events of weight W, follow with v_l = S0 − (l/d) E0
///
///     A = Σ (W/d)/v_l   B = Σ (W/d)(l/d)/v_l   a₂, b₂, c₂ = Σ (W/d) (1, l/d, (l/d)²)/v_l²   Σ (W/d) ln v_l
///
/// The d rank-one terms of the information collapse to the form [a₂ −b₂; −b₂ c₂] in S1 and E1, which is that of two rows
/// meanScale·S1 + tiedShift·E1 and tiedScale·E1; tiedScale is negative where there is no second row. Efron, JASA 1977;72:557–565.
final class BinBuffers {
  let s0: UnsafeMutablePointer<Double>
  let e0: UnsafeMutablePointer<Double>
  /// A of each bin, and then its running sum.
  let cumulative: UnsafeMutablePointer<Double>
  let tiedHazard: UnsafeMutablePointer<Double>
  let meanScale: UnsafeMutablePointer<Double>
  let tiedShift: UnsafeMutablePointer<Double>
  let tiedScale: UnsafeMutablePointer<Double>

  private let count: Int

  init(_ bins: Int) {
    count = bins
    func numbers() -> UnsafeMutablePointer<Double> { .allocate(capacity: max(bins, 1)) }
    (s0, e0, cumulative, tiedHazard) = (numbers(), numbers(), numbers(), numbers())
    (meanScale, tiedShift, tiedScale) = (numbers(), numbers(), numbers())
  }

  deinit {
    for pointer in [s0, e0, cumulative, tiedHazard, meanScale, tiedShift, tiedScale] { pointer.deallocate() }
  }

  /// One of the numbers, of every bin.
  func values(_ numbers: UnsafeMutablePointer<Double>) -> [Double] {
    Array(UnsafeBufferPointer(start: numbers, count: count))
  }

  /// All else from S0 and E0, for some bins: returns the sum of (W/d) ln v_l over them. By Breslow's method every v_l is S0.
  func addTiedEvents(_ bins: Range<Int>, events: [Int32], weight: [Double], isBreslow: Bool) -> Double {
    precondition(events.count == weight.count && bins.upperBound <= events.count, "numbers for each bin")
    return events.withUnsafeBufferPointer { events in
      weight.withUnsafeBufferPointer { weight in
        var sums = survkit_tied_events(
          risk_sum: s0, event_sum: e0, weight: weight.baseAddress, events: events.baseAddress,
          is_breslow: isBreslow ? 1 : 0, hazard: cumulative, tied_hazard: tiedHazard, mean_scale: meanScale,
          tied_shift: tiedShift, tied_scale: tiedScale)
        return survkit_tied_event_sums(&sums, bins.lowerBound, bins.upperBound)
      }
    }
  }
}

/// What each piece of the rows adds up, and the room it works in.
final class PieceBuffers {
  let riskHead: UnsafeMutablePointer<Double>
  let riskCarry: UnsafeMutablePointer<Double>
  let hazardTail: UnsafeMutablePointer<Double>
  let hazardCarry: UnsafeMutablePointer<Double>
  private let sums: UnsafeMutablePointer<Double>
  private let room: UnsafeMutablePointer<Double>
  private let width: Int
  private let scratchSize: Int
  /// Gram matrix, that of the means, score, head and side with one more place.
  private var stride: Int { 2 * width * width + 3 * width + 8 }

  init(pieces: Int, width: Int, scratch: Int) {
    self.width = width
    scratchSize = scratch
    let count = max(pieces, 1)
    riskHead = .allocate(capacity: count)
    riskCarry = .allocate(capacity: count)
    hazardTail = .allocate(capacity: count)
    hazardCarry = .allocate(capacity: count)
    sums = .allocate(capacity: count * (2 * width * width + 3 * width + 8))
    room = .allocate(capacity: count * scratch)
  }

  deinit {
    for pointer in [riskHead, riskCarry, hazardTail, hazardCarry, sums, room] { pointer.deallocate() }
  }

  func gram(_ piece: Int) -> UnsafeMutablePointer<Double> { sums + piece * stride }
  func meanGram(_ piece: Int) -> UnsafeMutablePointer<Double> { gram(piece) + width * width }
  func score(_ piece: Int) -> UnsafeMutablePointer<Double> { gram(piece) + 2 * width * width }
  func head(_ piece: Int) -> UnsafeMutablePointer<Double> { score(piece) + width }
  func side(_ piece: Int) -> UnsafeMutablePointer<Double> { head(piece) + width }
  func scratch(_ piece: Int) -> UnsafeMutablePointer<Double> { room + piece * scratchSize }

  func clear(_ piece: Int) { gram(piece).update(repeating: 0, count: stride) }
}

/// Numbers of each event time that one evaluation of a Cox likelihood passes to the next step.
final class BinBuffers {
  let s0: UnsafeMutablePointer<Double>
  let e0: UnsafeMutablePointer<Double>
  let cumulative: UnsafeMutablePointer<Double>
  let tiedHazard: UnsafeMutablePointer<Double>
  let meanScale: UnsafeMutablePointer<Double>
  let tiedShift: UnsafeMutablePointer<Double>
  let tiedScale: UnsafeMutablePointer<Double>

  init(_ bins: Int) {
    func numbers() -> UnsafeMutablePointer<Double> { .allocate(capacity: max(bins, 1)) }
    (s0, e0, cumulative, tiedHazard) = (numbers(), numbers(), numbers(), numbers())
    (meanScale, tiedShift, tiedScale) = (numbers(), numbers(), numbers())
  }

  deinit {
    for pointer in [s0, e0, cumulative, tiedHazard, meanScale, tiedShift, tiedScale] { pointer.deallocate() }
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

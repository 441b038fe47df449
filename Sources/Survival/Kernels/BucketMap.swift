/// A map of numbers to buckets that keeps their order: equal numbers share a bucket, and no bucket has a number above one of
/// the next.
struct BucketMap: Sendable {
  private let isLinear: Bool
  private let least: Double
  private let scale: Double
  private let leastBits: UInt64
  private let shift: UInt64
  private let last: Int

  var buckets: Int { last + 1 }

  /// By the distance from the least: even buckets for times that spread evenly. Nil where the spread is out of range.
  init?(linear least: Double, _ largest: Double, buckets: Int) {
    let scale = Double(buckets) / (largest - least)
    guard scale.isNormal, (largest - least).isNormal else { return nil }
    // Rounding keeps order: differences and products with one factor rise with the number.
    (isLinear, self.least, self.scale, leastBits, shift, last) = (true, least, scale, 0, 0, buckets - 1)
  }

  /// By the leading bits in which the numbers differ: never worse than a few dozen binades of even buckets each.
  init(bits least: Double, _ largest: Double, buckets: Int) {
    let leastBits = orderedBits(least)
    let range = orderedBits(largest) - leastBits
    let width = 64 - range.leadingZeroBitCount
    let kept = Int.bitWidth - 1 - buckets.leadingZeroBitCount
    let shift = UInt64(max(0, width - kept))
    (isLinear, self.least, scale, self.leastBits, self.shift) = (false, least, 0, leastBits, shift)
    last = Int(range >> shift)
  }

  @inline(__always) func callAsFunction(_ value: Double) -> Int {
    // Added to 2⁵², a number becomes whole in the last bits of the sum.
    isLinear
      ? min(Int(UInt32(truncatingIfNeeded: ((value - least) * scale + 0x1p52).bitPattern)), last)
      : Int(truncatingIfNeeded: (orderedBits(value) &- leastBits) >> shift)
  }
}

/// A double's bits, flipped so that unsigned order is numeric order.
@inline(__always) func orderedBits(_ value: Double) -> UInt64 {
  let bits = (value + 0).bitPattern  // adding zero turns -0 into 0, so that the two are one time
  return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 0x8000_0000_0000_0000)
}

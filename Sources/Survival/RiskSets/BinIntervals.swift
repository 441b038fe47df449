/// Intervals of bins as sums of two parts, for sums over risk sets with delayed entry that are made of additions only.
///
/// The first bin l and the last bin r of an interval differ first in some bit h: a block of 2^h bins has its middle between
/// them. The interval is the part from l to the middle and the part from the middle to r. So a row adds to two places of a
/// table of `levels` rows of K bins, whatever the length of its interval; in each half block one running sum towards the
/// middle's far side then gives every bin its share. The sum of a bin's values over an interval is read off the same way.
/// (The disjoint sparse table of range queries.)
struct BinIntervals {
  let bins: Int
  /// 1 + the number of bits of the largest bin.
  let levels: Int

  init(bins: Int) {
    self.bins = bins
    levels = 1 + (bins > 1 ? Int.bitWidth - (bins - 1).leadingZeroBitCount : 0)
  }

  /// The two places of the interval first ..< end in the table: one, twice, for a single bin; −1 for none.
  @inline(__always)
  func places(from first: Int, to end: Int) -> (left: Int32, right: Int32) {
    guard first < end else { return (-1, -1) }
    let last = end - 1
    let level = first == last ? 0 : Int.bitWidth - (first ^ last).leadingZeroBitCount
    return (Int32(level * bins + first), Int32(level * bins + last))
  }

  /// Makes what rows added at their places, `width` numbers each, into sums by bin, level by level: from the block's start up
  /// to the middle, and from its end down to it.
  func spread(_ level: Int, _ table: UnsafeMutablePointer<Double>, width: Int) {
    guard level > 0 else { return }
    let row = table + level * bins * width
    let block = 1 << level
    let half = block / 2
    for start in stride(from: 0, to: bins, by: block) {
      let middle = min(start + half, bins)
      for k in (start + 1)..<max(middle, start + 1) {
        for j in 0..<width { row[k * width + j] += row[(k - 1) * width + j] }
      }
      let end = min(start + block, bins)
      guard middle < end else { continue }
      for k in (middle..<(end - 1)).reversed() {
        for j in 0..<width { row[k * width + j] += row[(k + 1) * width + j] }
      }
    }
  }

  /// Fills one level with the sums of `values` from each bin to the middle of its block: what `places` reads off.
  func gather(_ level: Int, _ values: UnsafePointer<Double>, into table: UnsafeMutablePointer<Double>) {
    let row = table + level * bins
    guard level > 0 else {
      row.update(from: values, count: bins)
      return
    }
    let block = 1 << level
    let half = block / 2
    for start in stride(from: 0, to: bins, by: block) {
      let middle = min(start + half, bins)
      var sum = 0.0
      for k in (start..<middle).reversed() {
        sum += values[k]
        row[k] = sum
      }
      sum = 0
      for k in middle..<max(middle, min(start + block, bins)) {
        sum += values[k]
        row[k] = sum
      }
    }
  }
}

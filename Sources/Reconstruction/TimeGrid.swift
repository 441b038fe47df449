/// Decimals of made times: three, or as many as give every slot ten times of its own.
struct TimeGrid {
  private let scale: Double

  /// - Throws: `ReconstructionError` naming two times too close together for a double of their size.
  init(_ slots: FollowUpSlots, arm: String) throws(ReconstructionError) {
    var scale = 1000.0
    for slot in slots.slots where slot.start < slot.end {
      let (start, end) = (slot.start, slot.end)
      while end - start < 9.99 / scale {
        scale *= 10
        // Above 2⁵² times the scale the decimals are not told apart.
        guard end * scale < 1e14 else {
          throw ReconstructionError(
            .impossible, arm: arm,
            "the times near \(start) and \(end) are too close together to place rows between them")
        }
      }
    }
    self.scale = scale
  }

  func rounded(_ time: Double) -> Double { (time * scale).rounded() / scale }

  /// The time of the grid nearest to `time` and strictly inside a slot; that of a slot without width as it is.
  func inside(_ time: Double, start: Double, end: Double) -> Double {
    start == end ? start : rounded(min(max(rounded(time), start + 1 / scale), end - 1 / scale))
  }
}

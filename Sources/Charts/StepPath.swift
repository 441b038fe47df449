/// Path data of horizontal and vertical strokes, in whole hundredths of a point.
///
/// Relative moves are the shortest to write. They are differences of rounded positions, so that rounding never adds up:
/// every vertex lies within 0.005 pt of where it belongs.
package struct StepPath: Sendable {
  package private(set) var data = ""
  private var x = 0
  private var y = 0

  package init() {}

  /// Steps: from each corner along to the next one's x, then to its y, and from the last along to `end`.
  package init(steps corners: [(x: Double, y: Double)], to end: Double) {
    guard let first = corners.first else { return }
    move(to: first.x, first.y)
    for corner in corners.dropFirst() {
      horizontal(to: corner.x)
      vertical(to: corner.y)
    }
    horizontal(to: end)
  }

  package mutating func move(to x: Double, _ y: Double) {
    self.x = hundredths(x)
    self.y = hundredths(y)
    data += "M\(decimalText(Double(self.x) / 100)) \(decimalText(Double(self.y) / 100))"
  }

  package mutating func horizontal(to newX: Double) {
    let target = hundredths(newX)
    if target != x { data += "h\(relative(target - x))" }
    x = target
  }

  package mutating func vertical(to newY: Double) {
    let target = hundredths(newY)
    if target != y { data += "v\(relative(target - y))" }
    y = target
  }

  package mutating func straight(to newX: Double, _ newY: Double) {
    let (targetX, targetY) = (hundredths(newX), hundredths(newY))
    if targetX != x || targetY != y { data += "l\(relative(targetX - x)) \(relative(targetY - y))" }
    (x, y) = (targetX, targetY)
  }

  package mutating func close() { data += "z" }

  private func hundredths(_ value: Double) -> Int { Int((value * 100).rounded(.toNearestOrAwayFromZero)) }

  /// Hundredths as decimal text without the zero before the point, which SVG does not need.
  private func relative(_ value: Int) -> String {
    let text = decimalText(Double(value.magnitude) / 100)
    return (value < 0 ? "-" : "") + (text.hasPrefix("0.") ? String(text.dropFirst()) : text)
  }
}

/// The steps worth drawing: the first, each that has moved some series by `tolerance` since the last one kept, and the
/// last. What is left out lies less than `tolerance` from what is drawn.
///
/// - Parameter series: values per step, all of one length; a change between a number and NaN counts as a move.
package func keptSteps(_ series: [[Double]], tolerance: Double) -> [Int] {
  let count = series.first?.count ?? 0
  guard count > 0 else { return [] }
  var kept = [0]
  for step in 1..<max(1, count) {
    let last = kept[kept.count - 1]
    let moved = series.contains { values in
      let change = (values[step] - values[last]).magnitude
      return change >= tolerance || values[step].isNaN != values[last].isNaN
    }
    if moved || step == count - 1 { kept.append(step) }
  }
  return kept
}

/// A running sum that keeps the round-off it would lose (Neumaier, ZAMM 1974;54:39–51).
///
/// The error is a few units in the last place of the result whatever the number of terms, as long as they do not cancel
/// to nothing.
struct CompensatedSum: Sendable {
  private var sum: Double
  private var lost = 0.0

  init(_ start: Double = 0) { sum = start }

  @inline(__always) mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  /// Adds another sum with what it kept.
  mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    lost += other.lost
  }

  var negated: CompensatedSum {
    var other = CompensatedSum(-sum)
    other.lost = -lost
    return other
  }

  var value: Double { sum + lost }
}

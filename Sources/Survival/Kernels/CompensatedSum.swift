/// A running sum that keeps the round-off it would lose (Neumaier, ZAMM 1974;54:39–51).
///
/// The error is a few units in the last place of the result whatever the number of terms, as long as they do not cancel
/// to nothing.
struct CompensatedSum {
  private var sum: Double
  private var lost = 0.0

  init(_ start: Double = 0) { sum = start }

  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  var value: Double { sum + lost }
}

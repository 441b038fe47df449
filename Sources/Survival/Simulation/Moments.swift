/// A sum and a sum of squares of what is subtracted from a first value, so that a small spread keeps its digits.
struct Moments: Sendable {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var squares = 0.0

  mutating func add(_ x: Double) {
    count += 1
    let before = x - mean
    mean += before / Double(count)
    squares += before * (x - mean)
  }

  /// Chan, Golub & LeVeque, Am Stat 1983;37:242–247.
  mutating func add(_ other: Moments) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let difference = other.mean - mean
    squares += other.squares + difference * difference * Double(count) * Double(other.count) / total
    mean += difference * Double(other.count) / total
    count += other.count
  }

  /// n − 1 in the denominator; NaN for one value.
  var standardDeviation: Double { count > 1 ? (squares / Double(count - 1)).squareRoot() : .nan }
}

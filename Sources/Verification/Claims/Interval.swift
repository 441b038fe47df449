internal import Distributions
internal import Survival
internal import TrialCatalogue

/// All numbers between two bounds, either of which may be infinite: what rounding leaves open.
struct Interval: Sendable, Equatable {
  var lower: Double
  var upper: Double

  init(_ lower: Double, _ upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  init(_ number: PrintedNumber) { self.init(number.lower, number.upper) }

  func meets(_ other: Interval) -> Bool { lower <= other.upper && other.lower <= upper }
  func contains(_ x: Double) -> Bool { lower <= x && x <= upper }

  /// The image under a function that rises.
  func map(_ rising: (Double) -> Double) -> Interval { Interval(rising(lower), rising(upper)) }

  /// Natural logarithms; −∞ where a bound is 0 or less.
  var logarithms: Interval { map { $0 > 0 ? logarithm($0) : -.infinity } }

  static func + (a: Interval, b: Interval) -> Interval { Interval(a.lower + b.lower, a.upper + b.upper) }
  static func - (a: Interval, b: Interval) -> Interval { Interval(a.lower - b.upper, a.upper - b.lower) }

  /// Of intervals above 0.
  static func * (a: Interval, b: Interval) -> Interval { Interval(a.lower * b.lower, a.upper * b.upper) }

  /// The sizes of the numbers, 0 among them where the bounds lie on either side of it.
  var magnitudes: Interval {
    lower >= 0 ? self : upper <= 0 ? Interval(-upper, -lower) : Interval(0, max(-lower, upper))
  }

  /// The two-sided p-values of standard normal statistics of these sizes.
  var twoSidedTails: Interval { Interval(StandardNormal.twoSidedTail(upper), StandardNormal.twoSidedTail(lower)) }

  /// The sizes that are `inner` nearer to 0, or `outer` farther from it.
  func magnitudes(inner: Double, outer: Double) -> Interval { Interval(max(0, lower - inner), upper + outer) }

  /// Wider by `margin` on either side.
  func widened(_ margin: Double) -> Interval { Interval(lower - margin, upper + margin) }
}

/// A number in a sentence: at most `digits` significant digits, no needless zeros.
func short(_ x: Double, _ digits: Int = 3) -> String {
  guard x.isFinite else { return x > 0 ? "infinity" : x < 0 ? "minus infinity" : "none" }
  guard x != 0 else { return "0" }
  var scale = 1.0
  var size = abs(x)
  while size < 1, scale < 1e18 { (size, scale) = (size * 10, scale * 10) }
  while size >= 10 { (size, scale) = (size / 10, scale / 10) }
  for _ in 1..<digits { scale *= 10 }
  return plain((x * scale).rounded() / scale)
}

extension Interval {
  /// "0.5", or "0.5 to 0.6" where the bounds differ in the digits shown.
  func text(_ digits: Int = 3) -> String {
    let (a, b) = (short(lower, digits), short(upper, digits))
    return a == b ? a : "\(a) to \(b)"
  }
}

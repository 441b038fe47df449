internal import Charts
internal import Survival

/// A map from times to points on the page, linear in the time or in its logarithm.
struct TimeScale {
  private let scale: LinearScale
  private let isLogarithmic: Bool

  /// - Parameters:
  ///   - first: above 0 on a logarithmic axis.
  init(from first: Double, to last: Double, start: Double, end: Double, isLogarithmic: Bool) {
    self.isLogarithmic = isLogarithmic
    scale = LinearScale(
      domain: isLogarithmic ? logarithm(first)...logarithm(last) : first...last, start: start, end: end)
  }

  func callAsFunction(_ time: Double) -> Double { scale(isLogarithmic ? logarithm(time) : time) }

  /// Units of time per point, on a logarithmic axis at time 1.
  var unitsPerPoint: Double { scale.unitsPerPoint }
}

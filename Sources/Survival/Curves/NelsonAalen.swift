internal import Distributions

/// Cumulative hazard estimates on the times of one event table.
///
/// `hazard` is Nelson–Aalen, Σ d/n, with variance Σ d/n² (Aalen 1978). `tieCorrectedHazard` is Fleming–Harrington's, which
/// treats d tied events as d successive ones, Σ 1/n + 1/(n−1) + …, variance the sum of squares (Fleming & Harrington,
/// Counting Processes and Survival Analysis, 1991). With weights each of the d steps carries the mean weight of the tied
/// events.
public struct NelsonAalen: Sendable, Equatable {
  public let time: [Double]
  public let hazard: [Double]
  public let standardError: [Double]
  public let tieCorrectedHazard: [Double]
  public let tieCorrectedStandardError: [Double]

  /// The estimates with errors made elsewhere.
  init(
    time: [Double], hazard: [Double], standardError: [Double], tieCorrectedHazard: [Double],
    tieCorrectedStandardError: [Double]
  ) {
    self.time = time
    self.hazard = hazard
    self.standardError = standardError
    self.tieCorrectedHazard = tieCorrectedHazard
    self.tieCorrectedStandardError = tieCorrectedStandardError
  }

  /// Pointwise limits of the cumulative hazard at each time, symmetric on the scale of its logarithm: H exp(∓ z s/H), z the critical
  /// value; NaN before the first event. Source: Klein & Moeschberger, Survival Analysis, 2nd ed. 2003, section 4.3.
  public func limits(level: Double) -> [(lower: Double, upper: Double)] {
    let z = StandardNormal.criticalValue(level: level)
    return zip(hazard, standardError).map { hazard, error in
      guard hazard > 0 else { return (.nan, .nan) }
      let factor = exponential(z * error / hazard)
      return (hazard / factor, hazard * factor)
    }
  }

  /// O(number of events).
  public init(_ table: EventTable) {
    time = table.time
    var sums = (CompensatedSum(), CompensatedSum(), CompensatedSum(), CompensatedSum())
    var hazard: [Double] = []
    var error: [Double] = []
    var corrected: [Double] = []
    var correctedError: [Double] = []
    let eventRows = table.eventRows
    for k in table.time.indices {
      let n = table.atRisk[k]
      let d = table.events[k]
      if d > 0 {
        sums.0.add(d / n)
        sums.1.add(d / (n * n))
        let steps = eventRows[k]
        let mean = d / Double(steps)
        for step in 0..<steps {
          let left = n - Double(step) * mean
          sums.2.add(mean / left)
          sums.3.add(mean / (left * left))
        }
      }
      hazard.append(sums.0.value)
      error.append(sums.1.value.squareRoot())
      corrected.append(sums.2.value)
      correctedError.append(sums.3.value.squareRoot())
    }
    self.hazard = hazard
    standardError = error
    tieCorrectedHazard = corrected
    tieCorrectedStandardError = correctedError
  }
}

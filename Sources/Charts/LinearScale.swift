/// A map from data to points on the page, linear from `domain` to `start ... end`.
package struct LinearScale: Sendable, Equatable {
  package let domain: ClosedRange<Double>
  package let start: Double
  package let end: Double

  /// - Parameter domain: of a length above 0; where its ends coincide everything maps to `start`.
  package init(domain: ClosedRange<Double>, start: Double, end: Double) {
    self.domain = domain
    self.start = start
    self.end = end
  }

  package func callAsFunction(_ value: Double) -> Double {
    let length = domain.upperBound - domain.lowerBound
    guard length > 0 else { return start }
    return start + (value - domain.lowerBound) / length * (end - start)
  }

  /// Data units per point.
  package var unitsPerPoint: Double { (domain.upperBound - domain.lowerBound) / (end - start).magnitude }
}

/// The tick positions of a time axis: multiples of a step readers of trials expect, the last one at or after the data.
package struct TimeTicks: Sendable, Equatable {
  package let step: Double
  package let values: [Double]
  package let labels: [String]

  package var end: Double { values[values.count - 1] }

  fileprivate init(step: Double, values: [Double], labels: [String]) {
    (self.step, self.values, self.labels) = (step, values, labels)
  }

  /// - Parameters:
  ///   - span: largest time shown; at 0 the axis goes to 1.
  ///   - requestedStep: the caller's step, or nil for the smallest of 1, 2, 3, 6, 12, 24 … that fits.
  ///   - maximumCount: most ticks, at least 2.
  ///   - fits: whether ticks of this step leave room for their labels; a requested step that does not is multiplied by
  ///     the smallest whole number that makes it fit.
  package init(span: Double, requestedStep: Double?, maximumCount: Int, fits: (_ step: Double) -> Bool) {
    let span = span > 0 ? span : 1
    func isGood(_ step: Double) -> Bool { TimeTicks.count(span, step) <= Double(maximumCount) && fits(step) }
    if let requestedStep, (span / requestedStep).isFinite {
      // More than forty ticks fit nowhere: starting there, a step a billion times too small costs nothing.
      let least = max(1, (span / requestedStep / 40).rounded(.up))
      var multiple = least
      while !fits(requestedStep * multiple), requestedStep * multiple < span { multiple += least }
      step = requestedStep * multiple
    } else {
      step = TimeTicks.ladder(around: span).first { isGood($0) } ?? span
    }
    let last = TimeTicks.count(span, step)
    let step = self.step
    values = (0..<Int(last)).map { Double($0) * step }.filter(\.isFinite)
    labels = TimeTicks.labels(values, step: step)
  }

  /// Plain decimals; powers of ten (2e-9, 5e12) where those would be noughts, or noughts and one digit.
  private static func labels(_ values: [Double], step: Double) -> [String] {
    let largest = values.last ?? 0
    guard largest > 0, step < 1e-5 || largest >= 1e7 else {
      let places = decimals(of: step)
      return values.map { decimalText($0, places: places) }
    }
    // The number of steps is whole: 3 × 2e-9 is written 6e-9, whatever the product's last digit.
    let (mantissa, exponent) = scientific(step)
    return values.indices.map { k in
      k == 0 ? "0" : "\(decimalText(Double(k) * mantissa, places: 6))e\(exponent)"
    }
  }

  private static func count(_ span: Double, _ step: Double) -> Double {
    // 0.3 / 0.1 is a little above or below 3; the tolerance keeps the axis from growing by an empty step.
    max(1, (span / step * (1 - 1e-12)).rounded(.up)) + 1
  }

  /// Steps from a hundredth of the span up to the span, ascending. Between 1 and 120 they are the clinical ones, elsewhere
  /// 1, 2 and 5 times a power of ten.
  private static func ladder(around span: Double) -> [Double] {
    let clinical: [Double] = [1, 2, 3, 6, 12, 24, 36, 48, 60, 120]
    var power = 1.0
    while power > span / 100, power > 1e-290 { power /= 10 }
    while power * 10 < span / 100 { power *= 10 }
    var steps: [Double] = []
    for _ in 0..<4 {
      for mantissa in [1.0, 2, 5] {
        let step = mantissa * power
        if step < 1 || step > 120 { steps.append(step) }
      }
      power *= 10
    }
    return (steps + clinical).sorted().filter { $0 < span * 1.5 }
  }
}

/// The ticks of a value axis: steps of 1, 2 or 5 times a power of ten, from at or below the data to at or above them.
package struct ValueTicks: Sendable, Equatable {
  package let values: [Double]
  package let step: Double

  /// At most seven ticks; a range of no length grows by one step.
  package init(_ range: ClosedRange<Double>) {
    let length = range.upperBound - range.lowerBound
    let span = length > 0 && length.isFinite ? length : 1
    var power = 1.0
    while power > span / 6 { power /= 10 }
    while power * 10 < span / 6 { power *= 10 }
    // 1e-9 of a step keeps a quotient's last digit from adding an empty step.
    func ends(_ step: Double) -> (Double, Double) {
      let first = (range.lowerBound / step + 1e-9).rounded(.down)
      return (first, max(first + 1, (range.upperBound / step - 1e-9).rounded(.up)))
    }
    let steps = [1, 2, 5, 10].map { $0 * power }
    let step = steps.first { ends($0).1 - ends($0).0 <= 6 } ?? 20 * power
    let (first, last) = ends(step)
    values = (Int(first)...Int(last)).map { Double($0) * step }
    self.step = step
  }
}

extension TimeTicks {
  /// The ticks of a logarithmic axis: 1, 2 and 5 times powers of ten, or fewer of them, from at or below `first` to at or above
  /// `last`, both above 0.
  ///
  /// - Parameter fits: whether ticks leave room for their labels; powers of ten alone are taken when nothing does.
  package init(logarithmicFrom first: Double, to last: Double, fits: (_ values: [Double], _ labels: [String]) -> Bool) {
    var power = 1.0
    while power > first { power /= 10 }
    while power * 10 <= first { power *= 10 }
    func ticks(_ mantissas: [Double]) -> [Double] {
      var values: [Double] = []
      var decade = power
      while values.last.map({ $0 < last }) ?? true {
        for value in mantissas.map({ $0 * decade }) {
          if value <= first { values = [] }
          if values.last.map({ $0 < last }) ?? true { values.append(value) }
        }
        decade *= 10
      }
      return values
    }
    func label(_ value: Double) -> String {
      guard value < 1e-5 || value >= 1e7 else { return decimalText(value, places: 6) }
      let (mantissa, exponent) = scientific(value)
      return "\(decimalText(mantissa, places: 6))e\(exponent)"
    }
    func labels(_ values: [Double]) -> [String] { values.map(label) }
    let choices = [[1, 2, 5], [1, 3], [1]].map { ticks($0) }
    let chosen = choices.first { fits($0, labels($0)) } ?? choices[choices.count - 1]
    self.init(step: chosen[0], values: chosen, labels: labels(chosen))
  }
}

/// A number above 0 as a mantissa from 1 to 10 and a power of ten.
private func scientific(_ value: Double) -> (mantissa: Double, exponent: Int) {
  var (mantissa, exponent) = (value, 0)
  while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
  while mantissa < 1 - 1e-9 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
  return (mantissa, exponent)
}

/// A function of time that is constant between change points: hazards, hazard ratios, rates of accrual.
public struct PiecewiseConstant: Sendable, Equatable {
  /// Where each value begins; the first is 0, the others ascend.
  public let starts: [Double]
  /// The values, one per start; finite and not negative. The last holds for ever.
  public let values: [Double]

  /// - Throws: `SurvivalInputError` for no values, lengths that differ, a first start other than 0, starts that do not ascend,
  ///   and values that are negative or not finite.
  public init(values: [Double], starts: [Double]) throws(SurvivalInputError) {
    guard !values.isEmpty, values.count == starts.count else {
      throw SurvivalInputError(.badSetting, "a piecewise constant function has one value for each start, at least one")
    }
    guard starts[0] == 0, zip(starts, starts.dropFirst()).allSatisfy({ $0 < $1 }), starts.allSatisfy(\.isFinite) else {
      throw SurvivalInputError(.badSetting, "the pieces of a function of time start at 0 and then at ascending times")
    }
    if let bad = values.first(where: { !($0.isFinite && $0 >= 0) }) {
      throw SurvivalInputError(.badSetting, "the values of a function of time are finite and not negative, not \(bad)")
    }
    self.values = values
    self.starts = starts
  }

  /// The same value at all times.
  public init(_ value: Double) throws(SurvivalInputError) { try self.init(values: [value], starts: [0]) }

  public var isConstant: Bool { values.allSatisfy { $0 == values[0] } }

  /// The integral from 0 to `t` >= 0.
  func integral(to t: Double) -> Double {
    var sum = 0.0
    for k in values.indices where starts[k] < t {
      let end = k + 1 < starts.count ? min(t, starts[k + 1]) : t
      sum += values[k] * (end - starts[k])
    }
    return sum
  }

  /// The function and its integral along a strictly rising clock of time: starts where the clock shows them.
  func inverse(clock: (Double) -> Double = { $0 }) -> InverseIntegral { InverseIntegral(self, clock: clock) }
}

/// The inverse of the integral of a piecewise constant function.
struct InverseIntegral: Sendable {
  /// Starts on the clock, the integral up to them, and the values from them on.
  private let starts: [Double]
  private let integrals: [Double]
  private let values: [Double]

  init(_ function: PiecewiseConstant, clock: (Double) -> Double) {
    let starts = function.starts.map(clock)
    var integrals = [0.0]
    for k in starts.indices.dropFirst() {
      integrals.append(integrals[k - 1] + function.values[k - 1] * (starts[k] - starts[k - 1]))
    }
    (self.starts, self.integrals, values) = (starts, integrals, function.values)
  }

  /// The clock at which the integral reaches `value`; infinity where it never does.
  func callAsFunction(_ value: Double) -> Double {
    var k = values.count - 1
    while k > 0, integrals[k] >= value { k -= 1 }
    return values[k] > 0 ? starts[k] + (value - integrals[k]) / values[k] : .infinity
  }
}

internal import Distributions

/// The restricted mean survival time: the area under the curve from 0 to tau.
///
/// Variance: Σ over event times t <= tau of A(t)² d / (n (n − d)) with A(t) the area from t to tau; the term of an event
/// that empties the risk set is left out (it has no area to its right). Interval: normal, on the scale of time.
/// Source: Klein & Moeschberger 2003, section 4.5; Uno et al., J Clin Oncol 2014;32:2380–2385.
public struct RestrictedMean: Sendable, Equatable, Codable {
  public let tau: Double
  public let level: Double
  public let estimate: Double
  public let standardError: Double
  public let lower: Double
  public let upper: Double
  /// Restricted mean time lost, tau − estimate.
  public var timeLost: Double { tau - estimate }
  /// Tau lies after the last observation while S > 0: the last value is carried forward.
  public let isBeyondLastObservation: Bool

  /// - Throws: `SurvivalInputError` when tau is not a positive finite number.
  public init(_ curve: KaplanMeier, tau: Double) throws(SurvivalInputError) {
    try RestrictedMean.check(tau: tau)
    self.tau = tau
    level = curve.confidence.level
    let table = curve.table
    var variance = CompensatedSum()
    estimate = RestrictedMean.area(table.time, curve.survival, to: tau) { k, area in
      let n = table.atRisk[k]
      let d = table.events[k]
      if d > 0, !table.isLastAtRisk(k) { variance.add(area * area * d / (n * (n - d))) }
    }
    standardError = variance.value.squareRoot()
    let half = StandardNormal.criticalValue(level: level) * standardError
    lower = estimate - half
    upper = estimate + half
    isBeyondLastObservation = tau > (table.time.last ?? 0) && (curve.survival.last ?? 1) > 0
  }

  static func check(tau: Double) throws(SurvivalInputError) {
    guard tau.isFinite, tau > 0 else {
      throw SurvivalInputError(.badSetting, "the horizon tau must be a positive number, not \(tau)")
    }
  }

  /// The area from 0 to tau under a curve that is 1 at first and `survival[k]` from `time[k]` on, its last value carried
  /// forward. `visit` is told every step up to tau, from the last one back, with the area from it to tau.
  @inline(__always)
  static func area(
    _ time: [Double], _ survival: [Double], to tau: Double, visit: (_ step: Int, _ area: Double) -> Void = { _, _ in }
  ) -> Double {
    var area = CompensatedSum()
    var right = tau
    for k in (0..<upperBound(time, tau)).reversed() {
      area.add(survival[k] * (right - time[k]))
      right = time[k]
      visit(k, area.value)
    }
    area.add(right)
    return area.value
  }
}

/// The second of two restricted means against the first: difference, ratio, and ratio of the time lost.
///
/// Ratios have their interval on the log scale by the delta method.
public struct RestrictedMeanComparison: Sendable, Equatable, Codable {
  /// An estimate with interval and a two-sided test of no difference.
  public struct Contrast: Sendable, Equatable, Codable {
    public let estimate: Double
    /// Standard error of the estimate (difference) or of its logarithm (ratios).
    public let standardError: Double
    public let lower: Double
    public let upper: Double
    public let z: Double
    public let p: Double
  }
  public let difference: Contrast
  public let ratio: Contrast
  public let timeLostRatio: Contrast

  public init(first: RestrictedMean, second: RestrictedMean) {
    precondition(first.tau == second.tau, "restricted means are compared at one horizon")
    let critical = StandardNormal.criticalValue(level: first.level)
    func contrast(_ centre: Double, _ error: Double, isLog: Bool) -> Contrast {
      let z = centre / error
      func scale(_ x: Double) -> Double { isLog ? exponential(x) : x }
      return Contrast(
        estimate: scale(centre), standardError: error, lower: scale(centre - critical * error),
        upper: scale(centre + critical * error), z: z, p: StandardNormal.twoSidedTail(z))
    }
    func relativeError(_ a: Double, _ b: Double) -> Double {
      let x = first.standardError / a
      let y = second.standardError / b
      return (x * x + y * y).squareRoot()
    }
    difference = contrast(
      second.estimate - first.estimate,
      (first.standardError * first.standardError + second.standardError * second.standardError).squareRoot(),
      isLog: false)
    ratio = contrast(
      logarithm(second.estimate / first.estimate), relativeError(first.estimate, second.estimate), isLog: true)
    timeLostRatio = contrast(
      logarithm(second.timeLost / first.timeLost), relativeError(first.timeLost, second.timeLost), isLog: true)
  }
}

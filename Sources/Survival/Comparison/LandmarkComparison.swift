internal import Distributions

/// Two survival curves at one time chosen beforehand: S_1(t) − S_0(t), second group minus first.
///
/// The difference has variance σ_0² + σ_1² (Greenwood) and a normal interval, not cut to [−1, 1]. `complementaryLogLog` tests
/// the same hypothesis on the scale ln(−ln S), z = (g(S_1) − g(S_0))/√(Σ s²/(ln S)²) with s the error of ln S, which keeps its
/// level better in small groups; its z is positive where the second group's survival is lower. All numbers are NaN where a
/// curve has no variance (S = 0, or beyond its last observation), the second test also where S = 1, and the first
/// where both curves are still 1.
/// Source: Klein, Logan, Harhoff & Andersen, Stat Med 2007;26:4505–4519.
public struct LandmarkComparison: Sendable, Equatable, Codable {
  public let time: Double
  public let level: Double
  public let first: LandmarkSurvival
  public let second: LandmarkSurvival
  public let difference: Double
  public let standardError: Double
  public let lower: Double
  public let upper: Double
  /// Positive where the second group's survival is higher.
  public let z: Double
  /// Two-sided.
  public let p: Double
  public let complementaryLogLogZ: Double
  public let complementaryLogLogP: Double

  /// O(log number of times). The level is that of the first curve.
  public init(first: KaplanMeier, second: KaplanMeier, time: Double) {
    self.time = time
    level = first.confidence.level
    let points = [first, second].map { $0.landmarks([time])[0] }
    self.first = points[0]
    self.second = points[1]
    let isKnown = points.allSatisfy { !$0.isBeyondLastObservation && $0.survival > 0 }
    difference = isKnown ? points[1].survival - points[0].survival : .nan
    let errors = points.map(\.standardErrorOfSurvival)
    let error = isKnown ? (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot() : .nan
    standardError = error
    let half = StandardNormal.criticalValue(level: level) * error
    (lower, upper) = (difference - half, difference + half)
    z = error > 0 ? difference / error : .nan
    p = z.isNaN ? .nan : StandardNormal.twoSidedTail(z)
    guard isKnown, points.allSatisfy({ $0.survival < 1 }) else {
      (complementaryLogLogZ, complementaryLogLogP) = (.nan, .nan)
      return
    }
    let logs = points.map { logarithm($0.survival) }
    let relative = points.indices.map { errors[$0] / points[$0].survival / logs[$0] }
    let scale = (relative[0] * relative[0] + relative[1] * relative[1]).squareRoot()
    complementaryLogLogZ = (logarithm(-logs[1]) - logarithm(-logs[0])) / scale
    complementaryLogLogP = StandardNormal.twoSidedTail(complementaryLogLogZ)
  }

  /// The p-value of the difference against an alternative: a lower hazard is a higher survival.
  public func p(_ alternative: HazardAlternative) -> Double {
    alternative == .twoSided ? p : z.isNaN ? .nan : StandardNormal.upperTail(alternative.extremeness(of: -z))
  }
}

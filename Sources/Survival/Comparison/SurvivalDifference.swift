/// The difference of two survival curves as a function of time, S_1(t) − S_0(t): second group minus first, with pointwise normal
/// limits of variance σ_0² + σ_1² (Greenwood), not cut to [−1, 1].
///
/// At every time it is `LandmarkComparison` at that time. It has one entry per distinct event time of either group up to the
/// earlier of the two last observations: beyond it one of the curves is not known. Where a curve is 0 its variance is not
/// defined, and the limits are NaN; the difference itself is given. Before the first event it is 0, without error.
/// Source: Klein, Logan, Harhoff & Andersen, Stat Med 2007;26:4505–4519.
public struct SurvivalDifference: Sendable, Equatable {
  /// Event times of either group, ascending.
  public let time: [Double]
  public let estimate: [Double]
  public let standardError: [Double]
  public let lower: [Double]
  public let upper: [Double]
  public let level: Double
  /// The earlier of the last observations of the two groups.
  public let end: Double

  /// O(number of times). The level is that of the first curve.
  public init(first: KaplanMeier, second: KaplanMeier) {
    level = first.confidence.level
    let end = min(first.time.last ?? 0, second.time.last ?? 0)
    self.end = end
    let z = first.confidence.z
    var (time, estimate, errors): ([Double], [Double], [Double]) = ([], [], [])
    // The state of a curve just after the last of its times that was passed.
    var (i, j) = (0, 0)
    func state(_ curve: KaplanMeier, _ next: Int) -> (survival: Double, error: Double) {
      next > 0 ? (curve.survival[next - 1], curve.standardErrorOfSurvival[next - 1]) : (1, 0)
    }
    while true {
      let upcoming = min(
        i < first.time.count ? first.time[i] : .infinity, j < second.time.count ? second.time[j] : .infinity)
      guard upcoming <= end else { break }
      var hasEvent = false
      if i < first.time.count, first.time[i] == upcoming {
        hasEvent = first.table.events[i] > 0
        i += 1
      }
      if j < second.time.count, second.time[j] == upcoming {
        hasEvent = hasEvent || second.table.events[j] > 0
        j += 1
      }
      guard hasEvent else { continue }
      let (a, b) = (state(first, i), state(second, j))
      time.append(upcoming)
      estimate.append(b.survival - a.survival)
      errors.append((a.error * a.error + b.error * b.error).squareRoot())
    }
    self.time = time
    self.estimate = estimate
    standardError = errors
    lower = zip(estimate, errors).map { $0 - z * $1 }
    upper = zip(estimate, errors).map { $0 + z * $1 }
  }
}

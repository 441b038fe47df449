internal import Distributions
internal import Reconstruction
internal import Survival
internal import TrialCatalogue

extension EndpointChecks {
  /// The interval of the median against the confidence band of the curve as it was read: its limits are where the limits of
  /// S(t) cross one half (Brookmeyer and Crowley 1982), under each scale of the band.
  ///
  /// At a limit t the band's edge is one half: |g(S(t)) − g(1/2)| = z·s(t)·g′(S(t)), S(t) within the error of the readings and
  /// s(t) between `GreenwoodBounds`. What the readings leave open is wide; a level that is not the one printed is seen.
  mutating func checkBands(_ median: ClaimedMedian, _ arm: ClaimedArm) {
    guard let interval = median.interval, let curve = arm.curve, let n = arm.n, n.value >= 1 else { return }
    let facts = ArmFacts(
      arm: arm.id, subjects: Int(min(n.value, 1e6)), events: nil,
      readings: zip(curve.times, curve.survival).map { .init(time: $0, survival: $1) },
      readingError: curve.error ?? 0.005,
      largestReadingError: curve.largestError)
    let z = StandardNormal.criticalValue(level: interval.level)
    func fits(_ scale: SurvivalScale) -> Bool {
      for (limit, isLower) in [(interval.lower, true), (interval.upper, false)] {
        guard let limit = limit.number else { continue }
        let bounds = facts.survivalBounds(from: limit.lower, to: limit.upper)
        let survival = Interval(max(1e-6, bounds.lower), min(1 - 1e-6, bounds.upper))
        guard survival.lower <= survival.upper else { return false }
        let later = arm.atRisk.first { $0.time >= limit.value }.map { $0.n.value }
        // The largest and the smallest distance of S from one half that such a band bridges.
        let needed =
          isLower
          ? Interval(scale(survival.lower) - scale(0.5), scale(survival.upper) - scale(0.5))
          : Interval(scale(0.5) - scale(survival.upper), scale(0.5) - scale(survival.lower))
        let errors = [survival.lower, survival.upper].map { s in
          GreenwoodBounds(survival: s, n: n.value, atRisk: later).errors.map { $0 * scale.slope(s) * z }
        }
        let possible = Interval(min(errors[0].lower, errors[1].lower), max(errors[0].upper, errors[1].upper))
        if !needed.meets(possible) { return false }
      }
      return true
    }
    let fitting = SurvivalScale.allCases.filter(fits)
    add(
      .medianInterval, arm: arm.id, median.text, fitting.isEmpty ? .warn : .pass,
      number: fitting.isEmpty ? "no scale" : fitting.map(\.rawValue).joined(separator: ", "),
      tolerance: "readings within \(short(curve.largestError))",
      fitting.isEmpty
        ? "the curve as read, with \(n.printed) patients, gives no band that crosses one half there"
        : fitting.count == SurvivalScale.allCases.count
          ? "the band of the curve crosses one half there on every scale"
          : "the band crosses one half there on the scale\(fitting.count == 1 ? "" : "s") \(fitting.map(\.rawValue).joined(separator: ", "))",
      subjects: ["median", "curve"], numbers: [interval.lower.number, interval.upper.number, n])
  }
}

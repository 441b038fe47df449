internal import Distributions
internal import Survival
internal import TrialCatalogue

extension EndpointChecks {
  /// Restricted means lie between bounds that the horizon, the median and the rates set.
  mutating func checkRestrictedMeans() {
    for arm in endpoint.arms {
      guard let mean = arm.restrictedMean else { continue }
      guard let tau = mean.tau else { continue }
      // μ(τ) = ∫ S: between τ S(τ) and τ, and cut at every printed point of the curve, which never rises.
      var points: [(time: Double, survival: Interval)] = [(0, Interval(1, 1))]
      for rate in arm.rates where rate.time.value <= tau.value {
        points.append((rate.time.value, Interval(rate.survival)))
      }
      if let median = arm.median?.value.number, median.upper < tau.value {
        points.append((median.lower, Interval(0.5, 1)))
        points.append((median.upper, Interval(0, 0.5)))
      }
      points.sort { $0.time < $1.time }
      var (least, most) = (0.0, 0.0)
      for (position, point) in points.enumerated() {
        let next = position + 1 < points.count ? points[position + 1].time : tau.upper
        let floor = points[(position + 1)...].map { $0.survival.lower }.max() ?? 0
        let ceiling = points[...position].map { $0.survival.upper }.min() ?? 1
        least += max(0, next - point.time) * min(floor, ceiling)
        most += max(0, next - point.time) * ceiling
      }
      let bounds = Interval(least - tau.halfUnit, most)
      let isRight = Interval(mean.value).meets(bounds)
      add(
        .restrictedMean, arm: arm.id, mean.claim, isRight ? .pass : .fail, number: bounds.text(),
        isRight
          ? "between what the other numbers allow, \(bounds.text())"
          : "the horizon\(points.count > 1 ? ", the median and the rates allow" : " allows") \(bounds.text())",
        subjects: ["rmst"], numbers: [mean.value, tau])
    }
  }

  mutating func checkDifferences() {
    for difference in endpoint.differences {
      checkValue(difference)
      checkInterval(difference)
    }
  }

  /// The two arms' printed numbers.
  private func numbers(_ difference: ClaimedDifference) -> (PrintedNumber, PrintedNumber)? {
    func number(_ arm: ClaimedArm?) -> PrintedNumber? {
      guard let arm else { return nil }
      switch difference.quantity {
      case .median: return arm.median?.value.number
      case .restrictedMean: return arm.restrictedMean?.value
      case .proportion:
        return arm.eventsPercent.map { PrintedNumber(text: $0.text, value: $0.value / 100, decimals: $0.decimals + 2) }
      case .rate: return arm.rates.first { difference.time == nil || $0.time.value == difference.time?.value }?.survival
      }
    }
    guard let first = number(endpoint.experimental), let second = number(endpoint.control) else { return nil }
    return (first, second)
  }

  private mutating func checkValue(_ difference: ClaimedDifference) {
    guard let (first, second) = numbers(difference) else { return }
    let found = Interval(first) - Interval(second)
    let isRight = found.meets(Interval(difference.value))
    let isTurned = (Interval(second) - Interval(first)).meets(Interval(difference.value))
    let scale = difference.quantity == .rate || difference.quantity == .proportion ? 100.0 : 1
    add(
      .differences, difference.claim, isRight ? .pass : isTurned ? .warn : .fail,
      number: found.map { $0 * scale }.text(),
      isRight
        ? "the difference of the arms' numbers"
        : isTurned
          ? "control minus experimental: experimental minus control is \(found.map { $0 * scale }.text())"
          : "the arms' numbers differ by \(found.map { $0 * scale }.text())",
      subjects: [difference.key], numbers: [difference.value, first, second])
  }

  /// Even about the difference, and the p-value of the same z.
  private mutating func checkInterval(_ difference: ClaimedDifference) {
    guard let interval = difference.interval, let limits = interval.numbers else { return }
    let z = StandardNormal.criticalValue(level: interval.level)
    let region = EstimateRegion(
      estimate: Interval(difference.value), lower: Interval(limits.lower), upper: Interval(limits.upper), z: z)
    let numbers = [difference.value, limits.lower, limits.upper]
    let isOutside = limits.lower.lower > difference.value.upper || limits.upper.upper < difference.value.lower
    // Medians have no usual interval of their difference; others are even.
    let verdict: Verdict =
      isOutside || limits.lower.value > limits.upper.value
      ? .fail : region.isEmpty ? (difference.quantity == .median ? .pass : .warn) : .pass
    add(
      .differences, difference.claim, verdict,
      verdict == .fail
        ? "the difference lies outside its interval"
        : region.isEmpty
          ? "the interval is not even about the difference: not of a normal approximation"
          : "even about the difference, within rounding",
      subjects: [difference.key], numbers: numbers)
    guard let p = difference.p, !region.isEmpty else { return }
    let size = region.ratios.magnitudes
    // The p of proportions and rates may come from another test than the interval: Cochran, Mantel and Haenszel's, Fisher's.
    let isExact = difference.quantity == .restrictedMean
    func tails(_ slack: Double) -> Interval { size.magnitudes(inner: slack, outer: slack).twoSidedTails }
    let narrow = isExact ? 0 : 0.1 + 0.02 * size.upper
    let wide = isExact ? 0 : 0.25 + 0.08 * size.upper
    let isRight = p.interval.meets(tails(narrow))
    let isHalf = !isRight && p.interval.meets(tails(narrow).map { $0 / 2 })
    add(
      .differences, "p \(p.equation) beside \(difference.claim)",
      isRight ? .pass : !isHalf && p.interval.meets(tails(wide)) ? .warn : .fail, number: "p \(tails(0).text(2))",
      tolerance: isExact ? "rounding" : "rounding; \(short(narrow, 2)) in z",
      isRight
        ? "the p-value of the difference over its standard error"
        : "the interval gives p \(tails(0).text(2))" + (isHalf ? ": what is printed is the one-sided p" : ""),
      subjects: [difference.key], numbers: [p.number] + numbers)
  }
}

internal import Distributions
internal import Survival
internal import TrialCatalogue

extension EndpointChecks {
  mutating func checkMedians() {
    for arm in endpoint.arms { checkMedian(arm) }
  }

  private mutating func checkMedian(_ arm: ClaimedArm) {
    guard let median = arm.median else { return }
    checkLimits(median, arm)
    checkAtRisk(median, arm)
    checkRates(median, arm)
    checkBands(median, arm)
  }

  /// In order, around the median. A limit may be the median itself.
  private mutating func checkLimits(_ median: ClaimedMedian, _ arm: ClaimedArm) {
    guard let interval = median.interval else { return }
    let claim = median.text
    var trouble: String?
    if let lower = interval.lower.number, let upper = interval.upper.number, lower.value > upper.value {
      trouble = "the lower limit is above the upper one"
    } else if let lower = interval.lower.number, let value = median.value.number, lower.lower > value.upper {
      trouble = "the median lies below its interval"
    } else if let upper = interval.upper.number, let value = median.value.number, upper.upper < value.lower {
      trouble = "the median lies above its interval"
    } else if median.value == .notReached, interval.upper.number != nil {
      trouble = "the median is not reached, so that no upper limit is"
    } else if interval.lower == .notReached, interval.upper.number != nil {
      trouble = "the lower limit is not reached and the upper one is"
    } else if let value = median.value.number, value.value < 0 {
      trouble = "a median lies above 0"
    }
    add(
      .medianLimits, arm: arm.id, claim, trouble == nil ? .pass : .fail,
      trouble ?? "limits in order, the median between them",
      subjects: ["median"],
      numbers: [median.value.number, interval.lower.number, interval.upper.number])
  }

  /// After the median S <= 1/2, so that at most half of the arm is still at risk; before it S >= 1/2, so that at most half
  /// has had the event: see `CheckCode.medianAtRisk`.
  private mutating func checkAtRisk(_ median: ClaimedMedian, _ arm: ClaimedArm) {
    guard let value = median.value.number, let n = arm.n, !arm.atRisk.isEmpty else { return }
    let half = n.value / 2
    var worst: (verdict: Verdict, reason: String, entry: ClaimedAtRisk)?
    for entry in arm.atRisk {
      if entry.time > value.upper, entry.n.value > half + 1e-9 {
        worst = (
          .fail,
          "\(entry.n.printed) of \(n.printed) are at risk at \(plain(entry.time)), more than half, after the median",
          entry
        )
        break
      }
      if entry.time > 0, entry.time < value.lower, let events = arm.events, events.value > half + entry.n.value + 1e-9 {
        worst = (
          .fail,
          "before \(plain(entry.time)) at most half of \(n.printed) had the event and \(entry.n.printed) are at risk then, so "
            + "that there are at most \(plain((half + entry.n.value).rounded(.down))) events, not \(events.printed)",
          entry
        )
        break
      }
      if entry.time > value.upper, let events = arm.events, events.value < entry.n.value - 1e-9 {
        worst = (
          .fail,
          "with \(entry.n.printed) at risk at \(plain(entry.time)) at least as many had the event before, as half of the curve is gone; "
            + "there are \(events.printed) events in all", entry
        )
        break
      }
    }
    add(
      .medianAtRisk, arm: arm.id, "\(median.text) beside \(arm.atRisk.count) numbers at risk", worst?.verdict ?? .pass,
      tolerance: "rounding of the median",
      worst?.reason ?? "no number at risk contradicts it", subjects: ["median", "at risk", "n"],
      numbers: [value, n, worst?.entry.n] + (worst == nil ? [] : [arm.events]))
  }

  /// S(t) is one half or more before the median and one half or less after it.
  private mutating func checkRates(_ median: ClaimedMedian, _ arm: ClaimedArm) {
    guard !arm.rates.isEmpty else { return }
    var wrong: (rate: ClaimedRate, side: String)?
    for rate in arm.rates {
      switch median.value {
      case .printed(let value):
        if rate.time.value < value.lower, rate.survival.upper < 0.5 { wrong = (rate, "before") }
        if rate.time.value > value.upper, rate.survival.lower > 0.5 { wrong = (rate, "after") }
      case .notReached: if rate.survival.upper < 0.5 { wrong = (rate, "and no median is reached") }
      }
    }
    let reason = wrong.map { found in
      let side =
        found.side.hasPrefix("and")
        ? found.side : "\(found.side) the median, where it is one half or \(found.side == "before" ? "more" : "less")"
      return "the curve stands at \(found.rate.text) at \(found.rate.time.text), \(side)"
    }
    add(
      .medianRates, arm: arm.id,
      "\(median.text) beside \(arm.rates.map { "\($0.text) at \($0.time.text)" }.joined(separator: ", "))",
      wrong == nil ? .pass : .fail, reason ?? "the curve is on the right side of one half at each time",
      subjects: ["median"] + arm.rates.map { "rate \($0.time.text)" },
      numbers: [median.value.number, wrong?.rate.survival])
  }

  /// The ratio of the medians against the hazard ratio: see `CheckCode.ratioMedians`.
  mutating func checkMedians(_ facts: RatioFacts) {
    guard let experimental = endpoint.experimental, let control = endpoint.control, let first = experimental.median,
      let second = control.median, let m1 = first.value.number, let m2 = second.value.number, m1.lower > 0, m2.lower > 0
    else { return }
    let beta = facts.usable?.estimates ?? Interval(facts.ratio.value).logarithms
    let logRatio = Interval(m1).logarithms - Interval(m2).logarithms
    let errors = [(first, experimental), (second, control)].map { MedianError($0.0, $0.1) }
    guard let a = errors[0], let b = errors[1] else { return }
    let error = (a.value * a.value + b.value * b.value).squareRoot()
    // −b/k over the shapes k.
    let ends = [-beta.lower / 0.5, -beta.upper / 0.5, -beta.lower / 2.5, -beta.upper / 2.5]
    let expected = Interval(ends.min() ?? 0, ends.max() ?? 0)
    let distance = max(0, expected.lower - logRatio.upper, logRatio.lower - expected.upper) / error
    let limit = a.isPrinted && b.isPrinted ? 3.0 : 4
    let isOpposite =
      (logRatio.upper < 0 && beta.upper < 0 || logRatio.lower > 0 && beta.lower > 0)
      && min(abs(logRatio.lower), abs(logRatio.upper)) > 1.5 * error
      && (facts.usable.map { min(abs($0.ratios.lower), abs($0.ratios.upper)) > 2 } ?? false)
    let ratioText = logRatio.map { exponential($0) }.text()
    let exponentialRatio = beta.map { exponential($0) }
    let claim = "medians \(m1.printed) and \(m2.printed) beside \(facts.ratio.claim)"
    let far = distance > limit
    add(
      .ratioMedians, claim, far || isOpposite ? .warn : .pass,
      number: "ratio of medians \(ratioText)",
      tolerance: "\(plain(limit)) s.e.; hazards of any Weibull shape 0.5 to 2.5",
      isOpposite
        ? "the arm with the longer median has the higher hazard: medians or arms may be swapped, or the hazards cross"
        : far
          ? "proportional hazards lead to a ratio of medians near \(Interval(1 / exponentialRatio.upper, 1 / exponentialRatio.lower).text()); "
            + "\(ratioText) is \(short(distance, 2)) standard errors beyond any usual shape"
          : "the ratio of medians, \(ratioText), goes with the hazard ratio",
      subjects: ["ratio"], also: [experimental, control].map { .init(arm: $0.id, quantity: "median") },
      numbers: [m1, m2])
  }
}

extension EndpointChecks {
  /// The direction of the restricted means against the hazard ratio's: see `CheckCode.ratioMeans`.
  mutating func checkMeans(_ facts: RatioFacts) {
    guard let experimental = endpoint.experimental, let control = endpoint.control,
      let first = experimental.restrictedMean, let second = control.restrictedMean, let ratios = facts.usable?.ratios,
      first.tau?.value == second.tau?.value, let a = first.interval?.numbers, let b = second.interval?.numbers
    else { return }
    let errors = [(a, first.interval), (b, second.interval)].map { limits, interval in
      (limits.upper.upper - limits.lower.lower) / (2 * StandardNormal.criticalValue(level: interval?.level ?? 0.95))
    }
    let error = (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()
    guard error > 0 else { return }
    let difference = Interval(first.value) - Interval(second.value)
    // A longer restricted mean goes with a lower hazard: against it is b above 0 with a difference above 0, or both below.
    let against = max(
      ratios.lower > 2 ? difference.lower / error : -.infinity,
      ratios.upper < -2 ? -difference.upper / error : -.infinity)
    let isOpposite = against > 1
    add(
      .ratioMeans, "RMST \(first.value.printed) and \(second.value.printed) beside \(facts.ratio.claim)",
      isOpposite ? .warn : .pass, number: "difference \(difference.text())", tolerance: "1 s.e.",
      isOpposite
        ? "the arm with the longer restricted mean has the higher hazard: the arms may be swapped, or the ratio turned over"
        : "the restricted means do not go against the hazard ratio",
      subjects: ["ratio"], also: [experimental, control].map { .init(arm: $0.id, quantity: "rmst") },
      numbers: [first.value, second.value])
  }
}

/// The standard error of the logarithm of a median: from its interval, else from the number of events.
private struct MedianError {
  let value: Double
  let isPrinted: Bool

  init?(_ median: ClaimedMedian, _ arm: ClaimedArm) {
    if let interval = median.interval, let lower = interval.lower.number, lower.lower > 0, let m = median.value.number {
      let z = StandardNormal.criticalValue(level: interval.level)
      let printed =
        interval.upper.number.map { logarithm($0.upper) - logarithm(lower.lower) }.map { $0 / (2 * z) }
        ?? (logarithm(m.upper) - logarithm(lower.lower)) / z
      // Where many events fall on one visit the interval is freakishly short.
      value = max(printed, MedianError.usual(arm).map { 0.5 * $0 } ?? 0)
      isPrinted = true
      if value > 0 { return }
      return nil
    }
    guard let usual = MedianError.usual(arm) else { return nil }
    value = usual
    isPrinted = false
  }

  /// In exponential samples the error of the logarithm of a Kaplan–Meier median is near 1.25/√d (docs/methods/verification.md).
  private static func usual(_ arm: ClaimedArm) -> Double? {
    arm.events.flatMap { $0.value > 0 ? 1.25 / $0.value.squareRoot() : nil }
  }
}

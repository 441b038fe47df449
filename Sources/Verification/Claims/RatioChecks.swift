internal import Distributions
internal import Survival
internal import TrialCatalogue

/// What the printed hazard ratio and its interval leave open of ln HR and its standard error.
struct RatioFacts {
  let ratio: ClaimedHazardRatio
  /// Of ln HR and its standard error, a Wald interval taken for granted; nil without an interval or limits above 0.
  let region: EstimateRegion?
  let z: Double

  init(_ ratio: ClaimedHazardRatio) {
    self.ratio = ratio
    z = StandardNormal.criticalValue(level: ratio.interval?.level ?? 0.95)
    guard ratio.value.value > 0, let limits = ratio.interval?.numbers, limits.lower.value > 0,
      limits.upper.value > limits.lower.value
    else {
      region = nil
      return
    }
    region = EstimateRegion(
      estimate: Interval(ratio.value).logarithms, lower: Interval(limits.lower).logarithms,
      upper: Interval(limits.upper).logarithms, z: z)
  }

  /// The region, or where the interval lies unevenly about the ratio that of the interval alone.
  var usable: EstimateRegion? {
    guard let region, region.isEmpty, let limits = ratio.interval?.numbers else { return region }
    let (lower, upper) = (Interval(limits.lower).logarithms, Interval(limits.upper).logarithms)
    let middle = Interval((lower.lower + upper.lower) / 2, (lower.upper + upper.upper) / 2)
    let alone = EstimateRegion(estimate: middle, lower: lower, upper: upper, z: z)
    return alone.isEmpty ? nil : alone
  }
}

extension EndpointChecks {
  mutating func checkRatio() {
    guard let ratio = endpoint.hazardRatio else { return }
    let facts = RatioFacts(ratio)
    guard checkLimits(ratio) else { return }
    checkSymmetry(facts)
    checkStandardError(facts)
    checkEvents(facts)
    checkMedians(facts)
    checkMeans(facts)
  }

  /// Positive, in order, around the ratio.
  private mutating func checkLimits(_ ratio: ClaimedHazardRatio) -> Bool {
    guard ratio.value.upper > 0 else {
      add(.ratioLimits, ratio.claim, .fail, "a hazard ratio is above 0", subjects: ["ratio"], numbers: [ratio.value])
      return false
    }
    guard let limits = ratio.interval?.numbers else { return true }
    let (lower, upper) = (limits.lower, limits.upper)
    let trouble: String? =
      lower.upper <= 0
      ? "the limits of a hazard ratio are above 0"
      : lower.value > upper.value
        ? "the lower limit is above the upper one"
        : ratio.value.upper < lower.lower
          ? "the ratio lies below its interval"
          : ratio.value.lower > upper.upper ? "the ratio lies above its interval" : nil
    add(
      .ratioLimits, ratio.claim, trouble == nil ? .pass : .fail,
      trouble ?? "limits above 0, in order, the ratio between them", subjects: ["ratio"],
      numbers: [ratio.value, lower, upper])
    return trouble == nil
  }

  /// A Wald interval is even on the logarithmic scale: HR² = lower × upper.
  private mutating func checkSymmetry(_ facts: RatioFacts) {
    let ratio = facts.ratio
    guard let limits = ratio.interval?.numbers, let region = facts.region, let usable = facts.usable else { return }
    let middle = (Interval(limits.lower).logarithms + Interval(limits.upper).logarithms).map { exponential($0 / 2) }
    let numbers = [ratio.value, limits.lower, limits.upper]
    guard region.isEmpty else {
      add(
        .ratioSymmetry, ratio.claim, .pass, number: "HR \(middle.text())",
        "the ratio lies in the middle of its interval on the logarithmic scale, within rounding", subjects: ["ratio"],
        numbers: numbers)
      return
    }
    // The profile likelihood's interval is moved by z²s²|1 − 2p|/6 to first order (its third derivative), p the share of events in
    // one arm; measured, by at most 0.84 of z²s²(|1 − 2p| + 1/4)/6 and 0.58 of z²s²/6.
    let half = facts.z * usable.errors.upper
    let events = [endpoint.experimental?.events?.value, endpoint.control?.events?.value].compactMap { $0 }
    let unevenness =
      events.count == 2 && events[0] + events[1] > 0
      ? abs(events[0] - events[1]) / (events[0] + events[1]) + 0.25 : 0.75
    let slack = unevenness * half * half / 6
    let distance = max(
      Interval(ratio.value).logarithms.lower - logarithm(middle.upper),
      logarithm(middle.lower) - Interval(ratio.value).logarithms.upper)
    let isPlausible = distance <= slack || (ratio.method.map { $0 == .profile || $0 == .bootstrap } ?? false)
    add(
      .ratioSymmetry, ratio.claim, isPlausible ? .warn : .fail, number: "HR \(middle.text())",
      isPlausible
        ? "no Wald interval is printed so: its middle is \(middle.text()); one by profile likelihood or bootstrap may be"
        : "the middle of the interval is \(middle.text()): one of the three numbers is not what was computed, or the interval "
          + "is not of this ratio",
      subjects: ["ratio"], numbers: numbers)
  }

  /// A printed standard error against the interval's.
  private mutating func checkStandardError(_ facts: RatioFacts) {
    guard let error = facts.ratio.standardError, let region = facts.usable else { return }
    let isRight = Interval(error).meets(region.errors)
    add(
      .ratioStandardError, "s.e. of ln HR \(error.printed)", isRight ? .pass : .fail, number: region.errors.text(),
      isRight ? "that of the interval" : "the interval has \(region.errors.text())", subjects: ["se", "ratio"],
      numbers: [error])
  }

  /// How many events a standard error needs.
  private mutating func checkEvents(_ facts: RatioFacts) {
    guard let region = facts.usable, let experimental = endpoint.experimental, let control = endpoint.control else {
      return
    }
    let ratio = facts.ratio
    let numbers = [ratio.value, ratio.interval?.lower.number, ratio.interval?.upper.number]
    guard let events = [experimental.events, control.events] as? [PrintedNumber] else {
      checkTotalEvents(facts, region, numbers)
      return
    }
    let counts = events.map(\.value)
    guard counts[0] > 0, counts[1] > 0 else {
      // The partial likelihood rises without end, whatever the strata and the other covariates.
      let isLikelihood = ratio.method != .peto && ratio.method != .bootstrap
      add(
        .ratioEvents, ratio.claim, isLikelihood ? .fail : .warn,
        "with 0 events in an arm the partial likelihood has no maximum, and its hazard ratio no finite interval"
          + (isLikelihood ? ", unless Peto's method or a penalty is meant" : ""),
        subjects: ["ratio"], also: [experimental, control].map { .init(arm: $0.id, quantity: "events") },
        numbers: numbers + events)
      return
    }
    // s² = ρ (1/d₁ + 1/d₂), ρ ≥ 1: see `CheckCode.ratioEvents`.
    let least = 1 / counts[0] + 1 / counts[1]
    let excess = region.errors.map { $0 * $0 / least }
    let bounds = RatioEventBounds(
      smaller: min(counts[0], counts[1]), ratio: region.estimates,
      share: (counts[0] + counts[1]) / ((experimental.n?.value ?? counts[0]) + (control.n?.value ?? counts[1])),
      isPlain: !ratio.isStratified && !ratio.isAdjusted)
    let arms = "\(events[0].printed) and \(events[1].printed) events"
    let smallest = "\(arms) allow a standard error of \(short(least.squareRoot())) or more"
    var verdict = Verdict.pass
    var reason = "\(smallest); the interval has \(region.errors.text())"
    if excess.upper < 1 - 1e-9 {
      let isModelled = !ratio.isRobust && ratio.method != .peto
      verdict = isModelled ? .fail : .warn
      reason =
        "\(smallest); the interval has \(region.errors.text()) and would need \(short(4 / (region.errors.upper * region.errors.upper), 4)) events "
        + "or more" + (isModelled ? "" : ", unless a robust or Peto's variance is meant") + level(facts, excess)
    } else if excess.lower > bounds.fail {
      verdict = .fail
      reason =
        "the interval's standard error, \(region.errors.text()), is too large for \(arms), which give about "
        + "\(short(least.squareRoot()))" + level(facts, excess)
    } else if excess.lower > bounds.warn {
      verdict = .warn
      reason =
        "the interval's standard error, \(region.errors.text()), is large for \(arms), which give about \(short(least.squareRoot()))"
        + (ratio.isAdjusted || ratio.isStratified ? "" : "; adjustment or many strata would do it")
        + level(facts, excess)
    }
    add(
      .ratioEvents, ratio.claim, verdict, number: "s.e. \(short(least.squareRoot())) or more",
      tolerance: "rounding; below nothing, above a factor of \(short(bounds.warn.squareRoot()))", reason,
      subjects: ["ratio"], also: [experimental, control].map { .init(arm: $0.id, quantity: "events") },
      numbers: numbers + events)
  }

  /// Another usual level at which the events would do.
  private func level(_ facts: RatioFacts, _ excess: Interval) -> String {
    let own = facts.ratio.interval?.level ?? 0.95
    let others = [0.8, 0.9, 0.95, 0.975, 0.98, 0.99].filter { other in
      guard abs(other - own) > 1e-9 else { return false }
      let factor = facts.z / StandardNormal.criticalValue(level: other)
      let moved = excess.map { $0 * factor * factor }
      return moved.upper >= 1 && moved.lower <= 1.05
    }
    return others.isEmpty ? "" : "; as a \(others.map(percent).joined(separator: " or ")) interval it would fit"
  }

  /// With the total alone: s² ≥ 4/d, whatever the arms.
  private mutating func checkTotalEvents(_ facts: RatioFacts, _ region: EstimateRegion, _ numbers: [PrintedNumber?]) {
    guard let events = endpoint.total?.events, events.value > 0 else { return }
    let least = 2 / events.value.squareRoot()
    let isPossible = region.errors.upper >= least * (1 - 1e-9)
    let isModelled = !facts.ratio.isRobust && facts.ratio.method != .peto
    add(
      .ratioEvents, facts.ratio.claim, isPossible ? .pass : isModelled ? .fail : .warn,
      number: "s.e. \(short(least)) or more",
      isPossible
        ? "\(events.printed) events allow a standard error of \(short(least)) or more; the interval has \(region.errors.text())"
        : "the interval's standard error, \(region.errors.text()), needs "
          + "\(short(4 / (region.errors.upper * region.errors.upper), 4)) events or more, not \(events.printed)",
      subjects: ["ratio", "total events"], numbers: numbers + [events])
  }
}

/// How far a Cox model's variance of ln HR lies above 1/d₁ + 1/d₂, at most, in true trials.
///
/// The excess ρ − 1 grows with the drift of the arms' shares of the risk set (with |ln HR| and the share f of patients with
/// an event) and with few events per stratum. Measured on 15,453 simulated trials (docs/methods/verification.md): fewer than
/// 4 in 1,000 exceed `warn`, none `fail`.
struct RatioEventBounds {
  let warn: Double
  let fail: Double

  /// - Parameters:
  ///   - smaller: events of the arm with fewer.
  ///   - ratio: ln HR.
  ///   - share: of patients with an event.
  ///   - isPlain: neither strata nor covariates.
  init(smaller: Double, ratio: Interval, share: Double, isPlain: Bool) {
    let b = 0.5 + max(abs(ratio.lower), abs(ratio.upper))
    let drift = b * b * min(1, share) * min(1, share)
    warn = isPlain ? 1 + 4 / smaller + 0.25 * drift : 1 + 8 / smaller + 0.3 * drift
    fail = 1 + 3 / smaller.squareRoot() + 0.5 * drift
  }
}

internal import Distributions
internal import Survival
internal import TrialCatalogue

extension EndpointChecks {
  mutating func checkRates() {
    for arm in endpoint.arms where !arm.rates.isEmpty {
      checkOrder(arm)
      for rate in arm.rates {
        checkInterval(rate, arm)
        checkAtRisk(rate, arm)
      }
    }
  }

  /// A curve never rises.
  private mutating func checkOrder(_ arm: ClaimedArm) {
    guard arm.rates.count > 1 else { return }
    let pairs = zip(arm.rates, arm.rates.dropFirst())
    let rising = pairs.first { $0.time.value < $1.time.value && $1.survival.lower > $0.survival.upper }
    add(
      .rateOrder, arm: arm.id, arm.rates.map { "\($0.text) at \($0.time.text)" }.joined(separator: ", "),
      rising == nil ? .pass : .fail,
      rising.map { "the curve rises from \($0.text) at \($0.time.text) to \($1.text) at \($1.time.text)" }
        ?? "the curve does not rise",
      subjects: arm.rates.map { "rate \($0.time.text)" }, numbers: [rising?.0.survival, rising?.1.survival])
  }

  /// Which scales give the printed interval, with a standard error that so many patients can have.
  private mutating func checkInterval(_ rate: ClaimedRate, _ arm: ClaimedArm) {
    guard let interval = rate.interval, let limits = interval.numbers else { return }
    let subjects = ["rate \(rate.time.text)"]
    let numbers = [rate.survival, limits.lower, limits.upper]
    if limits.lower.value > limits.upper.value || limits.lower.lower > rate.survival.upper
      || limits.upper.upper < rate.survival.lower
    {
      let trouble =
        limits.lower.value > limits.upper.value
        ? "the lower limit is above the upper one" : "the rate lies outside its interval"
      return add(.rateInterval, arm: arm.id, rate.claim, .fail, trouble, subjects: subjects, numbers: numbers)
    }
    let z = StandardNormal.criticalValue(level: interval.level)
    let survival = Interval(max(1e-9, rate.survival.lower), min(1 - 1e-9, rate.survival.upper))
    guard survival.lower < survival.upper else { return }
    let atRisk = arm.atRisk.first { $0.time >= rate.time.value }
    // The bounds of Greenwood's error over all S that round to the rate.
    let greenwood = arm.n.map { n in
      [survival.lower, (survival.lower + survival.upper) / 2, survival.upper].map {
        GreenwoodBounds(survival: $0, n: n.value, atRisk: atRisk?.n.value).errors
      }
    }
    let possible = greenwood.map { bounds in
      Interval(bounds.map(\.lower).min() ?? 0, bounds.map(\.upper).max() ?? .infinity)
    }
    var even: [SurvivalScale: Interval] = [:]
    for scale in SurvivalScale.allCases {
      let region = EstimateRegion(
        estimate: survival.map { scale($0) }, lower: scale.image(of: Interval(limits.lower)),
        upper: scale.image(of: Interval(limits.upper)), z: z)
      guard !region.isEmpty else { continue }
      let slopes = [
        scale.slope(survival.lower), scale.slope(survival.upper), scale.slope((survival.lower + survival.upper) / 2),
      ]
      even[scale] = Interval(
        region.errors.lower / (slopes.max() ?? 1), region.errors.upper / (slopes.min() ?? 1))
    }
    let scales = SurvivalScale.allCases.filter { scale in
      guard let error = even[scale] else { return false }
      return possible.map { error.meets($0.widened(1e-9)) } ?? true
    }
    let names = scales.map(\.rawValue).joined(separator: ", ")
    let people =
      arm.n.map {
        "\($0.printed) patients" + (atRisk.map { " and \($0.n.printed) at risk at \(plain($0.time))" } ?? "")
      } ?? ""
    let reason: String
    if !scales.isEmpty {
      let error = scales.compactMap { even[$0] }.reduce(Interval(.infinity, 0)) {
        Interval(min($0.lower, $1.lower), max($0.upper, $1.upper))
      }
      reason = "an interval on the scale\(scales.count == 1 ? "" : "s") \(names); standard error \(error.text())"
    } else if let possible, let found = even.values.min(by: { $0.lower < $1.lower }) {
      let side = found.upper < possible.lower ? "at least \(short(possible.lower))" : "\(possible.text())"
      reason = "the interval has a standard error of \(found.text()); \(people) allow \(side)"
    } else {
      reason = "no scale in use (\(SurvivalScale.allCases.map(\.rawValue).joined(separator: ", "))) gives this interval"
    }
    add(
      .rateInterval, arm: arm.id, rate.claim, scales.isEmpty ? .fail : .pass,
      number: scales.isEmpty ? "no scale" : names, reason, subjects: subjects,
      numbers: numbers + (even.isEmpty ? [] : [arm.n, atRisk?.n]))
  }

  /// S(t) is not below the share still at risk at t, but for events at t itself. A later number at risk leaves no such room:
  /// that is `curveRates`.
  private mutating func checkAtRisk(_ rate: ClaimedRate, _ arm: ClaimedArm) {
    guard let n = arm.n, n.value > 0, let entry = arm.atRisk.first(where: { $0.time == rate.time.value }) else {
      return
    }
    let share = entry.n.value / n.value
    // Most endpoints have few events at one time; an assessment on a schedule may have many.
    let usual = max(0.03, 3 / n.value)
    let isNear = share - rate.survival.upper <= usual
    add(
      .rateAtRisk, arm: arm.id, "\(rate.text) at \(rate.time.text) beside \(entry.n.printed) of \(n.printed) at risk",
      isNear ? .pass : .warn, number: "\(short(100 * share))% just before",
      tolerance: "rounding; \(short(100 * usual)) points for events at \(rate.time.text) itself",
      isNear
        ? "the curve is not below the share at risk"
        : "\(short(100 * share))% of the arm are at risk just before, and the curve stands there or higher: many events would fall on "
          + "\(rate.time.text) itself",
      subjects: ["rate \(rate.time.text)", "at risk", "n"], numbers: [rate.survival, entry.n, n])
  }
}

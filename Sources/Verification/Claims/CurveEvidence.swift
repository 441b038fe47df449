internal import Distributions
public import Reconstruction
internal import Survival
public import TrialCatalogue

/// Rows made from the readings of an endpoint's curves, with how far they may be from the true ones.
public struct CurveEvidence: Sendable {
  /// The control first.
  public let arms: [ReconstructedArm]
  public let uncertainty: ReconstructionUncertainty?
  /// What had to give way for rows to be made.
  public let givenUp: [String]

  /// Makes the rows.
  ///
  /// - Parameters:
  ///   - facts: of each arm, by arm id, the control first: readings, numbers at risk, N, events.
  ///   - level: what the rows are made from.
  ///   - repeats: how reconstruction intervals are made.
  /// - Throws: `ReconstructionError` where no rows can be made even when facts give way.
  public init(_ facts: [ArmFacts], level: ReconstructionLevel, repeats: RepeatSettings) throws(ReconstructionError) {
    var (made, used, givenUp): ([ReconstructedArm], [ArmFacts], [String]) = ([], [], [])
    for arm in facts {
      let found = try CurveReconstruction.relaxedRows(arm, level: level)
      made.append(found.rows)
      used.append(found.facts)
      givenUp += found.givenUp.map { "\(arm.arm): \($0)" }
    }
    arms = made
    self.givenUp = givenUp
    uncertainty =
      repeats.repeats > 0 && made.count > 1
      ? ReconstructionIntervals(used, rows: made, reference: made[0].arm, settings: repeats).uncertainty : nil
  }

  /// What the made rows say of an endpoint's claims. N, events, numbers at risk and the medians went into the rows, so that
  /// agreement with them is no evidence; hazard ratio, test, rates and restricted means did not.
  public func findings(_ endpoint: ClaimedEndpoint, name: String) throws -> [ClaimFinding] {
    var checks = EndpointChecks(endpoint, name: name)
    let subjects = arms.flatMap { arm in arm.rows.map { _ in arm.arm } }
    let rows = arms.flatMap(\.rows)
    let data = try TimeToEvent(time: rows.map(\.time), isEvent: rows.map(\.isEvent))
    let grouping = Grouping(subjects, order: arms.map(\.arm))
    let curves = try KaplanMeier.curves(data, by: grouping, confidence: try ConfidenceSetting())
    for arm in endpoint.arms {
      guard let group = arms.firstIndex(where: { $0.arm == arm.id }) else { continue }
      checkMedian(arm, group, curves[group], &checks)
      checkRates(arm, curves[group], &checks)
      checkRestrictedMean(arm, curves[group], &checks)
    }
    guard arms.count == 2 else { return checks.findings }
    let design = try DesignMatrix([.factor(name: "arm", levels: grouping, reference: nil)], rows: data.count)
    if let ratio = endpoint.hazardRatio, let fit = try? CoxModel().fit(data, design) {
      checkRatio(ratio, fit.hazardRatios(level: ratio.interval?.level ?? 0.95)[0], &checks)
    }
    if let test = endpoint.test, let p = test.p, let found = try? LogRankTest(data, groups: grouping).result {
      checkTest(test, p, found, endpoint, &checks)
    }
    return checks.findings
  }

  private func interval(_ spread: ReconstructionUncertainty.Spread?) -> Interval? {
    guard let lower = spread?.lower, let upper = spread?.upper else { return nil }
    return Interval(lower, upper)
  }

  private func checkMedian(_ arm: ClaimedArm, _ group: Int, _ curve: KaplanMeier, _ checks: inout EndpointChecks) {
    guard let median = arm.median, let value = median.value.number else { return }
    let found = curve.median().estimate
    let range = interval(uncertainty?.arms[group].median)
    let isInside = (range ?? found.map { Interval($0, $0) })?.meets(Interval(value)) ?? false
    checks.add(
      .rowsMedian, arm: arm.id, "median \(value.printed) beside its curve", isInside ? .pass : .warn,
      number: found.map { short($0, 3) } ?? "NR",
      tolerance: range.map { "reconstruction interval \($0.text())" } ?? "rounding",
      isInside
        ? "rows made from the curve have it; it helped to make them"
        : "rows made from the curve have \(found.map { short($0, 3) } ?? "none")",
      subjects: ["median", "curve"], numbers: [value])
  }

  private func checkRates(_ arm: ClaimedArm, _ curve: KaplanMeier, _ checks: inout EndpointChecks) {
    let error = arm.curve?.largestError ?? 0.015
    for rate in arm.rates {
      let subject = "rate \(rate.time.text)"
      let point = curve.landmarks([rate.time.value])[0]
      let claimed = Interval(rate.survival).widened(error)
      let found = point.survival
      let isNear = claimed.contains(found)
      if !isNear, point.leavesOpen(claimed) {
        checks.add(
          .rowsRate, arm: arm.id, rate.claim, .cannot, tolerance: "", "the readings do not reach \(rate.time.text)",
          subjects: [subject])
        continue
      }
      checks.add(
        .rowsRate, arm: arm.id, rate.claim, isNear ? .pass : .warn, number: short(found),
        tolerance: "readings within \(short(error))",
        isNear ? "the curve stands there" : "rows made from the curve stand at \(short(100 * found))%",
        subjects: [subject], numbers: [rate.survival])
    }
  }

  private func checkRestrictedMean(_ arm: ClaimedArm, _ curve: KaplanMeier, _ checks: inout EndpointChecks) {
    guard let mean = arm.restrictedMean, let tau = mean.tau, let found = try? RestrictedMean(curve, tau: tau.value)
    else { return }
    let error = (arm.curve?.error ?? 0.005) * tau.value
    let claimed = Interval(mean.value).widened(error)
    let isNear = claimed.contains(found.estimate)
    if !isNear, curve.leavesOpen(found, claimed) {
      return checks.add(
        .rowsRestrictedMean, arm: arm.id, mean.claim, .cannot, tolerance: "", "the readings do not reach \(tau.text)",
        subjects: ["rmst"])
    }
    checks.add(
      .rowsRestrictedMean, arm: arm.id, mean.claim, isNear ? .pass : .warn, number: short(found.estimate, 4),
      tolerance: "\(short(error)): a reading's error all along",
      isNear ? "the area under the rebuilt curve" : "the area under the rebuilt curve is \(short(found.estimate, 4))",
      subjects: ["rmst"], numbers: [mean.value])
  }

  private func checkRatio(
    _ ratio: ClaimedHazardRatio, _ found: CoxFit.HazardRatio, _ checks: inout EndpointChecks
  ) {
    let range = interval(uncertainty?.comparisons.first?.hazardRatio)
    let isInside = (range ?? Interval(found.estimate, found.estimate)).meets(Interval(ratio.value))
    let limits = ratio.interval?.numbers
    let isWithin = limits.map { found.estimate >= $0.lower.lower && found.estimate <= $0.upper.upper } ?? true
    let other = ratio.isAdjusted ? "adjusted" : ratio.isStratified ? "stratified" : nil
    let text = "\(short(found.estimate)) (\(short(found.lower)) to \(short(found.upper)))"
    let reason =
      "rows made from the curve give \(text)"
      + (other.map {
        ", unadjusted and unstratified where the printed ratio is \($0): \(isWithin ? "compatible" : "not compatible")"
      } ?? "")
      + (isInside
        ? ""
        : isWithin ? "; outside the reconstruction interval, inside the printed one" : "; outside the printed interval")
    checks.add(
      .rowsRatio, ratio.claim, isInside || other != nil && isWithin ? .pass : isWithin || other != nil ? .warn : .fail,
      number: text,
      tolerance: range.map { "reconstruction interval \($0.text())" } ?? "rounding", reason, subjects: ["ratio"],
      numbers: [ratio.value])
  }

  /// A test of made rows tells the order of magnitude: within one in z it passes.
  private func checkTest(
    _ test: ClaimedTest, _ p: PrintedP, _ found: ChiSquaredTest, _ endpoint: ClaimedEndpoint,
    _ checks: inout EndpointChecks
  ) {
    let z = found.statistic.squareRoot()
    let scale = test.sides == 1 ? 0.5 : 1
    let tails = Interval(z, z).magnitudes(inner: 1, outer: 1).twoSidedTails.map { $0 * scale }
    let isNear = p.interval.meets(tails)
    checks.add(
      .rowsP, "p \(p.equation)", isNear ? .pass : .warn, number: "p \(short(found.p * scale, 2))", tolerance: "1 in z",
      isNear
        ? "the log-rank test of rows made from the curve is like it"
        : "the log-rank test of rows made from the curve gives p \(short(found.p * scale, 2))",
      subjects: ["p"], numbers: [p.number])
  }
}

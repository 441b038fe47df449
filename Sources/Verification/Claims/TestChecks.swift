internal import Distributions
internal import Survival
internal import TrialCatalogue

extension EndpointChecks {
  mutating func checkTest() {
    guard let test = endpoint.test else { return }
    if let p = test.p { checkForm(p) }
    checkStatistic(test)
    if let ratio = endpoint.hazardRatio { checkTest(test, against: RatioFacts(ratio)) }
  }

  /// A p-value lies above 0 and up to 1.
  private mutating func checkForm(_ p: PrintedP) {
    let value = p.number.value
    let (verdict, reason): (Verdict, String) =
      value < 0 || value > 1
      ? (.fail, "a p-value lies between 0 and 1")
      : value == 0 && p.relation != .above
        ? (.fail, "no p-value is 0; below \(p.number.decimals > 0 ? short(2 * p.number.halfUnit) : "0.001") is meant")
        : p.relation == .equal && value == 1
          ? (.warn, "a p-value of exactly 1 is rare; above 0.99 may be meant")
          : p.relation == .below || p.relation == .atMost
            ? (.pass, "a bound that p-values are printed with") : (.pass, "a number that a p-value can be")
    add(.pForm, "p \(p.equation)", verdict, tolerance: "", reason, subjects: ["p"], numbers: [p.number])
  }

  /// Chi-square, z and p belong together exactly.
  private mutating func checkStatistic(_ test: ClaimedTest) {
    let df = test.degreesOfFreedom ?? max(1, endpoint.arms.count - 1)
    if let chiSquare = test.chiSquare, let p = test.p, chiSquare.value >= 0 {
      let tails = Interval(
        ChiSquared.upperTail(chiSquare.upper, df: Double(df)),
        ChiSquared.upperTail(max(0, chiSquare.lower), df: Double(df)))
      compare(
        p, tails, sides: df == 1 ? test.sides : 2, with: "chi-square \(chiSquare.printed) on \(df) df",
        key: "chi-square")
    }
    if let z = test.z, let p = test.p {
      compare(p, Interval(z).magnitudes.twoSidedTails, sides: test.sides, with: "z \(z.printed)", key: "z")
    }
    if let z = test.z, let chiSquare = test.chiSquare, df == 1 {
      let size = Interval(z).magnitudes
      let square = size * size
      let isRight = square.meets(Interval(chiSquare))
      add(
        .pStatistic, "z \(z.printed), chi-square \(chiSquare.printed)", isRight ? .pass : .fail,
        number: "z² \(square.text(4))", isRight ? "the chi-square is z squared" : "z squared is \(square.text(4))",
        subjects: ["z", "chi-square"])
    }
  }

  private mutating func compare(_ p: PrintedP, _ tails: Interval, sides: Int?, with statistic: String, key: String) {
    let meant = SidedP(tails, sides: sides ?? 2)
    let other = SidedP(tails, sides: sides == 1 ? 2 : 1)
    let isRight = meant.meets(p.interval)
    add(
      .pStatistic, "\(statistic), p \(p.equation)", isRight ? .pass : .fail, number: "p \(meant.small.text())",
      isRight
        ? "the p-value of the statistic"
        : "the statistic gives p \(meant.small.text())"
          + (other.meets(p.interval) ? ": what is printed is the \(sides == 1 ? "two" : "one")-sided p" : ""),
      subjects: [key, "p"], numbers: [p.number])
  }

  // MARK: The test against the hazard ratio's interval

  /// The p-value that the ratio and its interval imply, against the one printed.
  private mutating func checkTest(_ test: ClaimedTest, against facts: RatioFacts) {
    guard let p = test.p, let region = facts.usable else { return }
    let ratio = facts.ratio
    let implied = ImpliedTest(
      region, test: test, ratio: ratio,
      events: [endpoint.experimental?.events?.value, endpoint.control?.events?.value].compactMap { $0 })
    let claim = "p \(p.equation) beside \(ratio.claim)"
    let numbers = [p.number, ratio.value, ratio.interval?.lower.number, ratio.interval?.upper.number]
    func show(_ sides: Int) -> String {
      let tails = implied.size.twoSidedTails
      return "p \((sides == 1 ? tails.map { $0 / 2 } : tails).text(2))"
    }
    let meant = test.sides ?? 2
    func matches(_ sides: Int, slack: Double, far: Double = 0) -> Bool {
      implied.p(slack: slack, far: far, sides: sides).meets(p.interval)
    }
    let subjects = ["p", "ratio"]
    let tolerance = "rounding; \(short(implied.narrow, 2)) in z" + (implied.isOther ? ", more for another model" : "")
    if matches(meant, slack: implied.narrow) {
      add(
        .ratioP, claim, .pass, number: show(meant), tolerance: tolerance,
        "the interval and the p-value tell of one z, \(short(implied.size.lower)) to \(short(implied.size.upper))",
        subjects: subjects, numbers: numbers)
      return
    }
    if !implied.isOther, matches(3 - meant, slack: implied.narrow), p.relation == .equal {
      // The p of the other number of sides. Nearer to the one stated than true trials with fine times come, it is a failure by name.
      let isNear = matches(meant, slack: implied.middle)
      let other = meant == 2 ? "one" : "two"
      add(
        .ratioP, claim, isNear ? .warn : .fail, number: show(meant), tolerance: tolerance,
        "the interval gives \(show(2)), two-sided; what is printed is \(isNear ? "like " : "")the \(other)-sided p"
          + (test.sides == nil ? " (if the paper says so, state sides: 1)" : "")
          + (isNear ? ", or that of a test unlike the ratio's model" : ""),
        subjects: subjects, numbers: numbers)
      return
    }
    let isPossible = matches(meant, slack: implied.wide, far: implied.far)
    add(
      .ratioP, claim, isPossible ? .warn : .fail, number: show(meant), tolerance: tolerance,
      isPossible
        ? "the interval gives \(show(meant)); "
          + (implied.isOther
            ? "a test with other strata or covariates than the ratio's may differ so"
            : "coarse times with many ties may make a test differ so")
        : "the interval gives \(show(meant)): the p-value is not of this ratio"
          + (ratio.interval.map { $0.level == 0.95 ? "" : ", or the level is not \(percent($0.level))" } ?? ""),
      subjects: subjects, numbers: numbers)
  }
}

/// What test statistic a printed ratio with its interval stands for.
///
/// The Wald z is ln HR over its standard error. The log-rank statistic is the score test of the same model: under a constant
/// share of the risk set it is r·z, r = 2 sinh(b/2)/b with b = ln HR, the likelihood-ratio statistic has another closed form.
/// How far true trials scatter about r·z was measured on 15,453 simulated ones (docs/methods/verification.md).
struct ImpliedTest {
  /// |z| of the test, over every test that may be meant.
  let size: Interval
  /// Slack in z: what passes; beyond what the p of the other number of sides fails, infinite where it never does; beyond what any p
  /// fails; and what a p still farther from 1 has in addition.
  let narrow: Double
  let middle: Double
  let wide: Double
  let far: Double
  /// Whether the test has other strata or covariates than the ratio: a test named without them beside a stratified ratio too.
  let isOther: Bool
  /// Whether the arm in favour of which a one-sided test is made is the one that did better.
  private let isFavourable: Bool

  init(_ region: EstimateRegion, test: ClaimedTest, ratio: ClaimedHazardRatio, events: [Double]) {
    func score(_ corner: EstimateRegion.Corner) -> Double {
      let b = corner.estimate
      let factor = abs(b) < 1e-6 ? 1 : (exponential(b / 2) - exponential(-b / 2)) / b
      return factor * b / max(corner.error, 1e-12)
    }
    func likelihoodRatio(_ corner: EstimateRegion.Corner) -> Double {
      let (b, z) = (corner.estimate, corner.estimate / max(corner.error, 1e-12))
      guard events.count == 2, events[0] > 0, events[1] > 0, abs(b) > 1e-6 else { return z }
      let p = events[0] / (events[0] + events[1])
      let odds = p / (1 - p) * exponential(-b)
      let share = odds / (1 + odds)
      let gain = 2 * (p * b - logarithm(1 - share + share * exponential(b)))
      return z * max(0, gain).squareRoot() / (abs(b) * (p * (1 - p)).squareRoot())
    }
    let name = test.name?.lowercased() ?? ""
    var statistics: [(EstimateRegion.Corner) -> Double] = []
    let wald: (EstimateRegion.Corner) -> Double = { $0.estimate / max($0.error, 1e-12) }
    if test.isWald {
      statistics = [wald]
    } else if name.contains("likelihood") {
      statistics = [likelihoodRatio]
    } else if name.contains("rank") || name.contains("score") {
      statistics = [score]
    } else {
      statistics = [wald, score, likelihoodRatio]
    }
    // |z|, whose smallest value is 0 where the ratio may be on either side of 1.
    let ranges = statistics.map { region.range($0) }
    let crosses = region.estimates.contains(0)
    let sizes = ranges.map { range in (min(abs(range.lower), abs(range.upper)), max(abs(range.lower), abs(range.upper)))
    }
    size = Interval(crosses ? 0 : sizes.map(\.0).min() ?? 0, sizes.map(\.1).max() ?? 0)
    isFavourable = region.estimates.upper < 0
    let isStratified = test.isStratified ?? (name.isEmpty ? ratio.isStratified : false)
    isOther =
      !test.isWald && !name.contains("likelihood") && (ratio.isAdjusted || isStratified != ratio.isStratified)
    // The excess of the variance over 1/d₁ + 1/d₂ says how far the arms' shares of the risk set drift.
    var excess: Double?
    if events.count == 2, events[0] > 0, events[1] > 0 {
      excess = max(0, region.errors.upper * region.errors.upper / (1 / events[0] + 1 / events[1]) - 1)
    }
    let z = size.upper
    if test.isWald {
      (narrow, middle, wide, far) = (0, 0, 0, 0)
    } else if isOther {
      (narrow, middle, wide, far) = (0.5 + 0.2 * z, .infinity, .infinity, 2 + 0.5 * z)
    } else if name.contains("likelihood"), let excess {
      let slack = 0.03 + 0.3 * z * excess
      (narrow, middle, wide, far) = (slack, slack, slack, 0)
    } else {
      narrow = 0.1 + 0.02 * z
      middle = excess.map { 0.1 + 0.15 * z * $0 } ?? .infinity
      (wide, far) = (0.25 + 0.08 * z, 0)
    }
  }

  /// The p-values of statistics within `slack` of those implied, and `far` more away from 0.
  func p(slack: Double, far: Double = 0, sides: Int = 2) -> SidedP {
    let outer = slack.isFinite ? slack + far : far > 0 ? far : .infinity
    return SidedP(
      size.magnitudes(inner: slack, outer: outer).twoSidedTails, sides: sides, isFavourable: isFavourable)
  }
}

/// The p-values of one or two sides that belong to two-sided tails.
struct SidedP {
  /// In the direction that was seen.
  let small: Interval
  /// In the other direction; nil for two sides.
  let large: Interval?

  /// - Parameter isFavourable: what was seen lies in the direction of a one-sided test, so that its p is below one half.
  init(_ tails: Interval, sides: Int, isFavourable: Bool = false) {
    small = sides == 1 ? tails.map { $0 / 2 } : tails
    large = sides == 1 && !isFavourable ? Interval(1 - tails.upper / 2, 1 - tails.lower / 2) : nil
  }

  func meets(_ p: Interval) -> Bool { small.meets(p) || large?.meets(p) ?? false }
}

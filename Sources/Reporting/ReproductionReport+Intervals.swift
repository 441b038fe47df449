internal import Reconstruction
internal import Survival
internal import TrialCatalogue
internal import Verification

extension ReproductionReport {
  /// The reconstruction interval of the hazard ratio, or why none is given.
  static func reconstructionInterval(_ result: EndpointResult) -> String {
    if result.endpoint.hazardRatio?.role == .input { return "not given: the hazard ratio is an input" }
    guard let found = result.intervals.uncertainty else { return "not given: \(result.intervals.reason)" }
    guard let ratio = found.comparisons.first?.hazardRatio else { return "not given: the rows hold no hazard ratio" }
    return "\(NumberText.percent(found.level)) \(ratio.limits(decimals: 3))"
  }

  /// Published, reproduced, and how far either is from what it stands for, quantity by quantity; nil without intervals.
  static func intervalTable(_ result: EndpointResult) -> [[String]]? {
    guard let found = result.intervals.uncertainty else { return nil }
    let unit = result.endpoint.unit
    func interval(_ level: Double, _ lower: Double?, _ upper: Double?, _ decimals: Int) -> String {
      func limit(_ value: Double?) -> String { value.map { NumberText.fixed($0, decimals) } ?? "NR" }
      return "\(NumberText.percent(level)) \(limit(lower)) to \(limit(upper))"
    }
    var rows = [["Quantity", "Published", "Reproduced", "Sampling interval", "Reconstruction interval"]]
    let ratio = result.hazardRatio
    rows.append([
      "Hazard ratio, \(result.endpoint.experimental) against \(result.endpoint.control)",
      result.endpoint.hazardRatio.map {
        "\(NumberText.fixed($0.value, 2)) (\(interval($0.ciLevel, $0.ci[0], $0.ci[1], 2)))"
      } ?? "not published",
      NumberText.fixed(ratio.estimate, 3), interval(result.hazardRatioLevel, ratio.lower, ratio.upper, 3),
      reconstructionInterval(result),
    ])
    func reconstruction(_ spread: ReconstructionUncertainty.Spread) -> String {
      "\(NumberText.percent(found.level)) \(spread.limits)"
    }
    for arm in result.arms {
      guard let spread = found.arms.first(where: { $0.arm == arm.published.id }) else { continue }
      let published = arm.published.median.map { fact in
        NumberText.fixed(fact.value, 1)
          + (fact.ci.map { " (\(interval(fact.ciLevel ?? arm.medianLevel, $0[0], $0[1], 1)))" } ?? "")
      }
      rows.append([
        "Median\(unit.map { " (\($0))" } ?? ""), \(arm.published.id)", published ?? "not published",
        arm.median.estimate.map { NumberText.fixed($0, 2) } ?? "NR",
        interval(arm.medianLevel, arm.median.lower, arm.median.upper, 2), reconstruction(spread.median),
      ])
    }
    for arm in result.arms {
      guard let spread = found.arms.first(where: { $0.arm == arm.published.id }) else { continue }
      let mean = try? RestrictedMean(arm.curve, tau: found.tau)
      rows.append([
        "Restricted mean to \(NumberText.significant(found.tau, 4))\(unit.map { " \($0)" } ?? ""), \(arm.published.id)",
        "not published",
        NumberText.fixed(spread.restrictedMean.estimate, 2),
        mean.map { interval($0.level, $0.lower, $0.upper, 2) } ?? "NE", reconstruction(spread.restrictedMean),
      ])
    }
    return rows
  }

  /// Where the hazard ratio of the rows differs from the published one, and why; nil for an input.
  static func hazardRatioSentence(_ result: EndpointResult) -> String? {
    guard let published = result.endpoint.hazardRatio, let row = result.hazardRatioComparison, row.role == .check,
      let distance = row.difference
    else { return nil }
    let percent = 100 * (result.hazardRatio.estimate / published.value - 1)
    let isInside = result.hazardRatio.estimate >= published.ci[0] && result.hazardRatio.estimate <= published.ci[1]
    var text =
      "The hazard ratio of the rows, \(NumberText.fixed(result.hazardRatio.estimate, 3)), is "
      + "\(NumberText.fixed(percent.magnitude, 1)) % \(percent < 0 ? "below" : "above") the published "
      + "\(NumberText.fixed(published.value, 2)): \(NumberText.fixed(distance.magnitude, 2)) published standard errors of "
      + "ln HR, \(isInside ? "inside" : "outside") the published interval."
    let reasons = result.hazardRatioDifferences
    if !reasons.isEmpty { text += " Known reasons: \(reasons.joined(separator: "; "))." }
    // The published value is known to two decimals.
    let printed =
      "(\(NumberText.fixed(published.value - 0.005, 3)) to \(NumberText.fixed(published.value + 0.005, 3)) before rounding)"
    switch result.reconstructionHoldsPublished {
    case true?:
      text +=
        " The reconstruction interval reaches the published value \(printed): reading errors and the timing of the "
        + "censorings could account for the difference alone."
    case false?:
      text +=
        " The reconstruction interval does not reach the published value \(printed): reading errors and the timing of "
        + "the censorings do not account for the difference alone. The interval takes the counts as given and knows no strata."
    case nil: break
    }
    return text
  }

  /// What the two kinds of interval are, as made here.
  var intervalLegend: [String] {
    let found = trials.flatMap(\.endpoints).map(\.intervals)
    if let uncertainty = found.compactMap(\.uncertainty).first {
      let meanings = uncertainty.meanings
      return [meanings[0] + " P-values are of the same kind.", meanings[1]]
    }
    return [
      ReconstructionUncertainty.samplingMeaning,
      "Reconstruction interval: how far the true rows of this trial may be; none is given here, as "
        + Set(found.map(\.reason)).sorted().joined(separator: ", or ") + ".",
    ]
  }
}

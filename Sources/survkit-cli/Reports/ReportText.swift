internal import Reporting
internal import Survival

// Pieces of text that several reports share.

extension ConfidenceSetting {
  /// "95%".
  var percent: String { NumberText.percent(level) }
}

/// A count: whole, or with one decimal where case weights make it a sum of fractions.
func countText(_ count: Double) -> String {
  NumberText.fixed(count, abs(count - count.rounded()) < 1e-9 * max(1, abs(count)) ? 0 : 1)
}

/// "median", "25%".
func quantileName(_ probability: Double) -> String {
  probability == 0.5 ? "median" : "\(NumberText.plain((probability * 1e8).rounded() / 1e6))%"
}

/// "0.588 (95% CI 0.424 to 0.816)", with more decimals where the interval is narrow.
func ratioText(_ estimate: Double, _ lower: Double, _ upper: Double, _ confidence: ConfidenceSetting) -> String {
  guard estimate.isFinite, estimate > 0 else { return "not estimable" }
  let (ratio, low, high) = ratioCells(estimate, lower, upper)
  return "\(ratio) (\(confidence.percent) CI \(low) to \(high))"
}

/// A ratio and its limits with one number of decimals: three, or as many as show the width of the interval.
func ratioCells(_ estimate: Double, _ lower: Double, _ upper: Double) -> (String, String, String) {
  var decimals = 3
  var width = (upper - lower) * 1000
  while width.isFinite, width > 0, width < 10, decimals < 9 {
    width *= 10
    decimals += 1
  }
  func cell(_ value: Double) -> String {
    guard value.isFinite else { return "NE" }
    if value != 0, abs(value) < 0.0005 || abs(value) >= 1e6 { return NumberText.significant(value, 3) }
    return NumberText.fixed(value, decimals)
  }
  return (cell(estimate), cell(lower), cell(upper))
}

extension KaplanMeier {
  /// Whether the curve falls to 1 − p, within the tolerance of the quantile rules.
  func reaches(_ probability: Double) -> Bool { lowestSurvival <= 1 - probability + 1e-7 }

  /// What stands for a quantile that the rule does not give.
  func textWithoutQuantile(_ probability: Double) -> String { reaches(probability) ? "NE" : "NR" }
}

extension LoadedData {
  /// A note for each curve that falls to 0 where delayed entry lets others be at risk later: it says nothing about them.
  func emptiedRiskSets(_ curves: [KaplanMeier]) -> [Remark] {
    zip(armLabels, curves).compactMap { label, curve in
      guard let k = curve.survival.firstIndex(of: 0), k + 1 < curve.time.count else { return nil }
      return Remark(
        "risk-set-emptied",
        "\(label): everybody at risk at \(timeText(curve.time[k])) has the event, so that S stays 0 though others enter later; "
          + "curves from a later start, or with early entries left out, tell more")
    }
  }

  /// "270 (212, 310)"; NR where a time is not reached, NE where the curve reaches 1 − p and the rule gives no time.
  func quantileText(_ curve: KaplanMeier, _ probability: Double, rule: QuantileRule) -> String {
    let quantile = curve.quantile(probability, rule: rule)
    func text(_ time: Double?, _ part: SurvivalQuantile.Part, none: String = "NR") -> String {
      time.map(timeText) ?? (quantile.withheld.contains(part) ? "withheld" : none)
    }
    let estimate = text(quantile.estimate, .estimate, none: curve.textWithoutQuantile(probability))
    return "\(estimate) (\(text(quantile.lower, .lower)), \(text(quantile.upper, .upper)))"
  }

  /// The times, with the case weights summed where there are any.
  func sizeText(_ curve: KaplanMeier) -> String {
    let censored = curve.table.totalCensored
    return data.weights == nil
      ? "\(curve.count) subjects, \(countText(curve.table.totalEvents)) events, \(countText(censored)) censored"
      : "\(curve.count) rows of weight \(countText(curve.table.totalEvents + censored)), "
        + "events \(countText(curve.table.totalEvents)), censored \(countText(censored))"
  }
}

extension ChiSquaredTest {
  /// Statistic, degrees of freedom and p as cells of a table.
  func cells(decimals: Int) -> [String] {
    guard statistic.isFinite, degreesOfFreedom > 0 else { return ["NE", "\(degreesOfFreedom)", "NE"] }
    return [NumberText.fixed(statistic, decimals), "\(degreesOfFreedom)", NumberText.p(p)]
  }

  /// "chi-squared 10.33 on 1 df, p = 0.001".
  var sentence: String {
    guard statistic.isFinite, degreesOfFreedom > 0 else { return "not estimable" }
    return "chi-squared \(NumberText.fixed(statistic, 2)) on \(degreesOfFreedom) df, p \(NumberText.pEquation(p))"
  }
}

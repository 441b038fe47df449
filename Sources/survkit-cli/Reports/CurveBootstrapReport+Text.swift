internal import Reporting
internal import Survival
internal import TrialData

extension CurveBootstrapReport {
  private static func count(_ interval: BootstrapInterval?) -> String { "\(interval?.replicates ?? 0)" }

  /// Standard error, where every resample has a finite value.
  private static func error(_ interval: BootstrapInterval?, _ text: (Double) -> String) -> String {
    guard let interval, interval.infinite == 0, interval.standardError.isFinite else { return "NE" }
    return text(interval.standardError)
  }

  private static func limits(
    _ interval: BootstrapInterval?, _ text: (Double) -> String, infinite: String = "NE"
  ) -> String {
    guard let interval else { return "NE" }
    return [interval.lower, interval.upper].map { $0.isFinite ? text($0) : infinite }.joined(separator: " to ")
  }

  /// The quantiles of each arm's curve.
  func quantileRows(_ curves: [KaplanMeier]) -> [[String]] {
    var rows = [
      [
        loaded.dataset.armColumn ?? "", "Quantile", "Estimate", "SE", "\(confidence.percent) CI", "Resamples",
        "Not reached",
      ]
    ]
    for (arm, curve) in curves.enumerated() {
      for (p, interval) in zip(found.probabilities, quantiles[arm]) {
        let quantile = curve.quantile(p, rule: found.rule)
        rows.append([
          loaded.armLabels[arm], quantileName(p),
          quantile.estimate.map(loaded.timeText) ?? curve.textWithoutQuantile(p),
          Self.error(interval) { NumberText.significant($0, 3) },
          Self.limits(interval, loaded.timeText, infinite: "NR"), Self.count(interval), "\(interval?.infinite ?? 0)",
        ])
      }
    }
    return rows
  }

  /// The restricted mean of each arm.
  func meanRows(_ estimates: [RestrictedMean], decimals: Int) -> [[String]] {
    [[loaded.dataset.armColumn ?? "", "Restricted mean", "SE", "\(confidence.percent) CI", "Resamples"]]
      + estimates.enumerated().map { arm, mean in
        func fixed(_ value: Double) -> String { NumberText.fixed(value, decimals) }
        return [
          loaded.armLabels[arm], fixed(mean.estimate), Self.error(means[arm], fixed), Self.limits(means[arm], fixed),
          Self.count(means[arm]),
        ]
      }
  }

  /// The contrasts of one further arm, by its place among them.
  func contrastRows(_ position: Int, _ comparison: RestrictedMeanComparison, decimals: Int) -> [[String]] {
    [["", "Estimate", "SE", "\(confidence.percent) CI", "Resamples"]]
      + zip(RestrictedMeanContrast.allCases, contrasts[position]).map { kind, interval in
        func fixed(_ value: Double) -> String { NumberText.fixed(value, kind == .difference ? decimals : 4) }
        return [
          kind.title, fixed(comparison[kind].estimate), Self.error(interval, fixed), Self.limits(interval, fixed),
          Self.count(interval),
        ]
      }
  }
}

extension RestrictedMeanContrast {
  var title: String {
    switch self {
    case .difference: "Difference"
    case .ratio: "Ratio"
    case .timeLostRatio: "Ratio of time lost"
    }
  }
}

extension RestrictedMeanComparison {
  subscript(_ kind: RestrictedMeanContrast) -> Contrast {
    switch kind {
    case .difference: difference
    case .ratio: ratio
    case .timeLostRatio: timeLostRatio
    }
  }
}

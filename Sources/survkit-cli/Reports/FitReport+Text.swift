internal import Reporting
internal import Survival
internal import TrialData

extension FitReport {
  private func share(_ count: Double, _ curve: KaplanMeier) -> String {
    let all = curve.table.totalEvents + curve.table.totalCensored
    return "\(countText(count)) (\(NumberText.fixed(all > 0 ? 100 * count / all : nil, 1)))"
  }

  /// The trial table: a column per arm, the header first.
  var tableRows: [[String]] {
    let interval = "(\(confidence.percent) CI)"
    var rows = [[loaded.dataset.armColumn ?? ""] + (loaded.arms?.labels.map(loaded.armHeading) ?? ["All"])]
    rows.append(["N"] + curves.map { "\($0.count)" })
    if loaded.data.weights != nil {
      rows.append(["Sum of weights"] + curves.map { countText($0.table.totalEvents + $0.table.totalCensored) })
    }
    rows.append(["Events, n (%)"] + curves.map { share($0.table.totalEvents, $0) })
    rows.append(["Censored, n (%)"] + curves.map { share($0.table.totalCensored, $0) })
    rows.append(
      ["Median \(interval)"] + curves.map { loaded.quantileText($0, 0.5, rule: convention.quantileRule) })
    for time in landmarkTimes {
      rows.append(
        ["Survival at \(NumberText.plain(time)), % \(interval)"]
          + curves.map { curve in
            let point = curve.landmarks([time])[0]
            if point.survival.isNaN { return "withheld" }
            return point.isBeyondLastObservation
              ? "beyond follow-up"
              : cell(100 * point.survival, 100 * point.lower, 100 * point.upper, 1)
          })
    }
    if let tau {
      rows.append(
        ["RMST to \(NumberText.plain(tau)) \(interval)"]
          + restrictedMeans.map { cell($0.estimate, $0.lower, $0.upper, loaded.timeDecimals + 1) })
    }
    return rows
  }

  func cell(_ estimate: Double, _ lower: Double, _ upper: Double, _ decimals: Int) -> String {
    let numbers = [estimate, lower, upper].map { NumberText.fixed($0, decimals) }
    return "\(numbers[0]) (\(numbers[1]), \(numbers[2]))"
  }

  /// One sentence per hazard ratio and test.
  var comparisons: [String] {
    var lines: [String] = []
    if let cox {
      let variance = cox.isRobust ? "robust Wald" : "Wald"
      for (j, ratio) in cox.hazardRatios(level: confidence.level).enumerated() {
        var line = "Hazard ratio, \(labels[j + 1]) against \(labels[0]): "
        if let reason = cox.reasonWithoutEstimate(j) {
          line += reason
        } else {
          line += "\(ratioText(ratio.estimate, ratio.lower, ratio.upper, confidence)), "
          line += "p \(NumberText.pEquation(cox.p[j])) (Cox, \(variance)\(loaded.stratifiedBy))"
        }
        lines.append(line)
      }
    }
    if let logRank { lines.append("Log-rank test\(loaded.stratifiedBy): \(logRank.result.sentence)") }
    return lines
  }

  var proportionalHazardsSentences: [String] {
    proportionalHazards.map { ["Test of proportional hazards (score test, KM time): \($0.global.sentence)"] } ?? []
  }

  var restrictedMeanSentences: [String] {
    var lines: [String] = []
    if let comparison = restrictedComparison {
      let decimals = loaded.timeDecimals + 1
      let difference = comparison.difference
      let ratio = comparison.ratio
      func fixed(_ value: Double) -> String { NumberText.fixed(value, decimals) }
      lines.append(
        "RMST difference, \(labels[1]) minus \(labels[0]): \(fixed(difference.estimate)) (\(confidence.percent) CI "
          + "\(fixed(difference.lower)) to \(fixed(difference.upper))), p \(NumberText.pEquation(difference.p))")
      lines.append(
        "RMST ratio, \(labels[1]) to \(labels[0]): "
          + "\(ratioText(ratio.estimate, ratio.lower, ratio.upper, confidence)), p \(NumberText.pEquation(ratio.p))")
    }
    return lines
  }

  var conventionLine: String {
    var parts = [
      "CI of S(t) \(confidence.transform.rawValue)", "median by the rule of \(convention.rawValue)",
      "ties \(convention.ties.rawValue)", "HR interval Wald",
    ]
    if let arms = loaded.arms { parts.append("reference arm \(loaded.armHeading(arms.labels[0]))") }
    return "Conventions (\(convention.rawValue)): \(parts.joined(separator: ", ")). NR: not reached. NE: not estimable."
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines))
    document.add(.table(tableRows))
    endingBlocks.forEach { document.add($0) }
    document.add(
      .list(
        comparisons + proportionalHazardsSentences + restrictedMeanSentences + remarks.map { "Note: \($0.message)" }))
    if let subgroups {
      document.add(.heading(subgroups.sentence))
      document.add(.table(subgroups.rows))
    }
    addBootstrap(to: &document)
    document.add(.lines([conventionLine]))
    return document
  }

  private func addBootstrap(to document: inout ReportDocument) {
    if let curveBootstrap {
      document.add(.heading(curveBootstrap.sentence))
      document.add(.table(curveBootstrap.quantileRows(curves)))
      let decimals = loaded.timeDecimals + 1
      if !restrictedMeans.isEmpty {
        document.add(.table(curveBootstrap.meanRows(restrictedMeans, decimals: decimals)))
      }
      if let restrictedComparison {
        document.add(.heading("RMST, \(labels[1]) against \(labels[0])"))
        document.add(.table(curveBootstrap.contrastRows(0, restrictedComparison, decimals: decimals)))
      }
    }
    if let coxBootstrap {
      document.add(.heading(coxBootstrap.sentence))
      document.add(.table(coxBootstrap.rows))
    }
  }
}

internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

/// Everything `survkit fit` reports, computed once and written in several forms.
struct FitResult {
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let convention: Convention
  let labels: [String]
  let curves: [KaplanMeier]
  let landmarkTimes: [Double]
  var restrictedMeans: [RestrictedMean] = []
  var restrictedComparison: RestrictedMeanComparison?
  var logRank: LogRankTest?
  var cox: CoxFit?
  var proportionalHazards: ProportionalHazardsTest?
  /// Why a comparison was left out.
  var remarks: [String] = []

  init(
    _ loaded: LoadedData, confidence: ConfidenceSetting, convention: Convention, times: [Double], tau: Double?
  ) throws {
    self.loaded = loaded
    self.confidence = confidence
    self.convention = convention
    landmarkTimes = times
    labels = loaded.arms?.labels ?? ["All"]
    curves = try KaplanMeier.curves(loaded.data, by: loaded.arms, confidence: confidence)
    if let tau {
      restrictedMeans = try curves.map { try RestrictedMean($0, tau: tau) }
      if restrictedMeans.count == 2 {
        restrictedComparison = RestrictedMeanComparison(first: restrictedMeans[0], second: restrictedMeans[1])
      }
      for (label, mean) in zip(labels, restrictedMeans) where mean.isBeyondLastObservation {
        remarks.append(
          "\(label): tau lies beyond the last observation; the last survival probability is carried forward")
      }
    }
    guard let arms = loaded.arms, arms.count >= 2 else {
      remarks.append("one arm only: nothing to compare")
      return
    }
    guard loaded.data.eventCount > 0 else {
      remarks.append("no events: nothing to compare")
      return
    }
    logRank = try LogRankTest(loaded.data, groups: arms, strata: loaded.strata)
    let design = try DesignMatrix(
      [.factor(name: loaded.dataset.armColumn ?? "arm", levels: arms, reference: nil)], rows: loaded.data.count)
    let fit = try CoxModel(ties: convention.ties).fit(loaded.data, design, strata: loaded.strata)
    cox = fit
    proportionalHazards = try? ProportionalHazardsTest(fit, data: loaded.data)
    remarks += fit.warnings.map(\.message)
    for (label, curve) in zip(labels, curves) where curve.table.totalEvents == 0 {
      remarks.append("\(label): no events")
    }
  }

  var percent: String {
    let value = confidence.level * 100
    return value == value.rounded() ? "\(Int(value))%" : "\(NumberText.fixed(value, 1))%"
  }

  private func fixed(_ value: Double?, _ decimals: Int = 3) -> String { NumberText.fixed(value, decimals) }

  func interval(_ estimate: Double?, _ lower: Double?, _ upper: Double?, _ decimals: Int) -> String {
    func limit(_ value: Double?) -> String { value.map { fixed($0, decimals) } ?? "NR" }
    return "\(limit(estimate)) (\(limit(lower)), \(limit(upper)))"
  }

  private var rows: [[String]] {
    var rows = [[""] + labels]
    rows.append(["N"] + curves.map { "\($0.count)" })
    rows.append(
      ["Events, n (%)"]
        + curves.map {
          "\(fixed($0.table.totalEvents, 0)) (\(fixed(100 * $0.table.totalEvents / Double($0.count), 1)))"
        })
    rows.append(["Censored, n"] + curves.map { fixed(Double($0.count) - $0.table.totalEvents, 0) })
    rows.append(
      ["Median (\(percent) CI)"]
        + curves.map {
          let median = $0.median(rule: convention.quantileRule)
          return interval(median.estimate, median.lower, median.upper, 2)
        })
    for time in landmarkTimes {
      rows.append(
        ["S(\(trim(time))), % (\(percent) CI)"]
          + curves.map {
            let point = $0.landmarks([time])[0]
            if point.isBeyondLastObservation { return "beyond follow-up" }
            return interval(100 * point.survival, 100 * point.lower, 100 * point.upper, 1)
          })
    }
    if let first = restrictedMeans.first {
      rows.append(
        ["RMST to \(trim(first.tau)) (\(percent) CI)"]
          + restrictedMeans.map { interval($0.estimate, $0.lower, $0.upper, 2) })
    }
    return rows
  }

  var comparisons: [String] {
    var lines: [String] = []
    let stratified = loaded.strata == nil ? "" : ", stratified by \(loaded.strataNames.joined(separator: ", "))"
    if let cox {
      for (j, ratio) in cox.hazardRatios(level: confidence.level).enumerated() {
        lines.append(
          "Hazard ratio, \(labels[j + 1]) against \(labels[0]): "
            + "\(fixed(ratio.estimate)) (\(percent) CI \(fixed(ratio.lower)) to \(fixed(ratio.upper))), "
            + "p \(equation(cox.p[j])) (Wald\(stratified))")
      }
    }
    if let logRank {
      lines.append(
        "Log-rank test\(stratified): chi-squared \(fixed(logRank.result.statistic, 2)) on "
          + "\(logRank.result.degreesOfFreedom) df, p \(equation(logRank.result.p))")
    }
    if let comparison = restrictedComparison {
      let difference = comparison.difference
      lines.append(
        "RMST difference, \(labels[1]) minus \(labels[0]): \(fixed(difference.estimate, 2)) (\(percent) CI "
          + "\(fixed(difference.lower, 2)) to \(fixed(difference.upper, 2))), p \(equation(difference.p))")
    }
    if let test = proportionalHazards {
      lines.append(
        "Proportional hazards (score test, KM time): chi-squared \(fixed(test.global.statistic, 2)) on "
          + "\(test.global.degreesOfFreedom) df, p \(equation(test.global.p))")
    }
    return lines
  }

  private func equation(_ p: Double) -> String {
    let text = NumberText.p(p)
    return text.hasPrefix("<") ? "< \(text.dropFirst())" : "= \(text)"
  }

  private func trim(_ x: Double) -> String { x == x.rounded() && abs(x) < 1e9 ? "\(Int(x))" : "\(x)" }

  private var accountLines: [String] {
    let dataset = loaded.dataset
    var lines = [
      "\(dataset.file): \(dataset.rowsRead) rows read, \(dataset.rowsUsed) used; \(dataset.coding.sentence)"
    ]
    if !dataset.dropped.isEmpty {
      lines.append(
        "Left out for a missing value: "
          + dataset.dropped.map { "\($0.rows) in \($0.column)" }.joined(separator: ", "))
    }
    if loaded.data.mergedValues > 0 {
      lines.append("\(loaded.data.mergedValues) times within 1e-11 of another were merged with it")
    }
    return lines
  }

  private var conventionLine: String {
    "Conventions (\(convention.rawValue)): CI of S(t) \(confidence.transform.rawValue), median by the rule of "
      + "\(convention.rawValue), ties \(convention.ties.rawValue), HR interval Wald, reference arm "
      + "\(labels[0]). NR: not reached. NE: not estimable."
  }

  func text(isMarkdown: Bool) -> String {
    var out = ""
    if isMarkdown {
      func line(_ cells: [String]) -> String {
        "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
      }
      out += accountLines.joined(separator: "  \n") + "\n\n" + line(rows[0])
      out += line(rows[0].indices.map { $0 == 0 ? "---" : "---:" })
      for row in rows.dropFirst() { out += line(row) }
      out += "\n" + (comparisons + remarks.map { "Note: \($0)" }).map { "- \($0)\n" }.joined()
      return out + "\n" + conventionLine + "\n"
    }
    out += accountLines.joined(separator: "\n") + "\n\n"
    out += NumberText.table(rows) + "\n"
    for comparison in comparisons { out += comparison + "\n" }
    for remark in remarks { out += "Note: \(remark)\n" }
    return out + "\n" + conventionLine + "\n"
  }
}

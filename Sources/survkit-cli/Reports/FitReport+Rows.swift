internal import Reporting
internal import Survival
internal import TrialData

/// The trial table as a row per statistic (docs/methods/reports.md).
extension FitReport {
  var analysisRows: [AnalysisRow] {
    curves.indices.flatMap(curveRows) + logRankRows + coxRows + proportionalHazardsRows + restrictedMeanRows
      + subgroupRows
  }

  private typealias Group = (name: String, level: String)

  /// nil where there is one curve for all rows.
  private func group(_ position: Int) -> Group? {
    guard let arms = loaded.arms, let column = loaded.dataset.armColumn else { return nil }
    return (column, arms.labels[position])
  }

  private var armColumn: String { loaded.dataset.armColumn ?? "" }

  private func curveRows(_ position: Int) -> [AnalysisRow] {
    let curve = curves[position]
    let confidence = (level: self.confidence.level, type: self.confidence.transform.rawValue)
    let isWeighted = loaded.data.weights != nil
    func row(
      _ variable: String, _ level: String?, _ name: String, _ label: String, _ value: Double?, _ reason: String = "",
      isLimit: Bool = false, method: String = "Kaplan-Meier"
    ) -> AnalysisRow {
      AnalysisRow(
        group: group(position), variable: variable, level: level, context: "km", name: name, label: label,
        value: value, ifNone: reason, confidence: isLimit ? confidence : nil, method: method)
    }
    let time = loaded.dataset.timeColumn
    var rows = [
      row(time, nil, "n", "Number of subjects", Double(curve.count)),
      row(time, nil, "n.event", isWeighted ? "Sum of weights of events" : "Number of events", curve.table.totalEvents),
      row(
        time, nil, "n.censor", isWeighted ? "Sum of weights censored" : "Number censored",
        curve.table.totalCensored),
    ]
    let median = curve.median(rule: convention.quantileRule)
    let rule = "Kaplan-Meier, rule of \(convention.rawValue)"
    let withheld = median.withheld.isEmpty ? nil : loaded.withheldReason
    let reason =
      withheld ?? (curve.reaches(0.5) ? "not estimable: the curve stays at 0.5 to the end of follow-up" : "not reached")
    rows.append(row("prob", "0.5", "estimate", "Median survival time", median.estimate, reason, method: rule))
    for (name, label, value) in [
      ("conf.low", "Lower limit of the median", median.lower), ("conf.high", "Upper limit of the median", median.upper),
    ] {
      rows.append(row("prob", "0.5", name, label, value, withheld ?? "not reached", isLimit: true, method: rule))
    }
    for point in curve.landmarks(landmarkTimes) {
      let level = NumberText.plain(point.time)
      let withheld = point.survival.isNaN ? loaded.withheldReason : nil
      let isBeyond = point.isBeyondLastObservation
      func known(_ value: Double) -> Double? { isBeyond ? nil : value }
      let missing = withheld ?? (isBeyond ? "beyond the last observation" : nil)
      let undefined = missing ?? "not defined where S = \(point.survival > 0 ? 1 : 0)"
      rows += [
        row(
          time, level, "n.risk", "Number at risk", point.atRisk,
          withheld ?? "not known between two times with delayed entry and case weights"),
        row(time, level, "n.event", "Events up to the time", point.cumulativeEvents, undefined),
        row(time, level, "estimate", "Survival probability", known(point.survival), undefined),
        row(
          time, level, "std.error", "Standard error of S", known(point.standardErrorOfSurvival),
          missing ?? "not defined where S = 0"),
        row(time, level, "conf.low", "Lower limit of S", known(point.lower), undefined, isLimit: true),
        row(time, level, "conf.high", "Upper limit of S", known(point.upper), undefined, isLimit: true),
      ]
    }
    return rows
  }

  /// Statistic, degrees of freedom and p.
  private func testRows(
    _ test: ChiSquaredTest, variable: String, context: String, method: String, level: String? = nil
  ) -> [AnalysisRow] {
    let isTested = test.degreesOfFreedom > 0
    let reason = isTested ? "not estimable" : "not estimable: no degree of freedom is left"
    return [
      ("statistic", "Chi-squared statistic", isTested ? test.statistic : nil),
      ("parameter", "Degrees of freedom", Double(test.degreesOfFreedom)),
      ("p.value", "p-value", isTested ? test.p : nil),
    ].map { name, label, value in
      AnalysisRow(
        variable: variable, level: level, context: context, name: name, label: label, value: value, ifNone: reason,
        method: method)
    }
  }

  private var logRankRows: [AnalysisRow] {
    guard let logRank else { return [] }
    let method = "log-rank test\(loaded.stratifiedBy)"
    let counts = logRank.labels.indices.flatMap { position in
      [
        ("observed", "Observed events", logRank.observed[position]),
        ("expected", "Expected events", logRank.expected[position]),
      ].map { name, label, value in
        AnalysisRow(
          group: group(position), variable: armColumn, context: "log_rank", name: name, label: label, value: value,
          method: method)
      }
    }
    return counts + testRows(logRank.result, variable: armColumn, context: "log_rank", method: method)
  }

  private var coxRows: [AnalysisRow] {
    guard let cox, let arms = loaded.arms else { return [] }
    let method = "Cox model, ties \(cox.ties.rawValue), \(cox.isRobust ? "robust " : "")Wald\(loaded.stratifiedBy)"
    let ratios = cox.hazardRatios(level: confidence.level).enumerated().flatMap { j, ratio -> [AnalysisRow] in
      let reason = cox.reasonWithoutEstimate(j)
      let error = cox.robustStandardErrors?[j] ?? cox.standardErrors[j]
      return [
        ("estimate", "Hazard ratio", ratio.estimate), ("conf.low", "Lower limit of the hazard ratio", ratio.lower),
        ("conf.high", "Upper limit of the hazard ratio", ratio.upper),
        ("coef", "Log hazard ratio", cox.coefficients[j]),
        ("std.error", "Standard error of the log hazard ratio", error), ("statistic", "Wald z", cox.z[j]),
        ("p.value", "p-value", cox.p[j]),
      ].map { name, label, value in
        AnalysisRow(
          variable: armColumn, level: arms.labels[j + 1], context: "cox", name: name, label: label,
          value: reason == nil ? value : nil, ifNone: reason ?? "beyond the range of a double",
          confidence: name.hasPrefix("conf") ? (confidence.level, "wald") : nil, method: method)
      }
    }
    return ratios + [
      AnalysisRow(
        variable: armColumn, context: "cox", name: "loglik", label: "Partial log-likelihood", value: cox.logLikelihood,
        method: method)
    ]
  }

  /// Of each level, its group; of a factor, the test of interaction.
  private var subgroupRows: [AnalysisRow] {
    guard let subgroups, let arms = loaded.arms else { return [] }
    let method = "Cox model, ties \(subgroups.overall.ties.rawValue), Wald\(loaded.stratifiedBy)"
    return subgroups.factors.flatMap { factor -> [AnalysisRow] in
      let ratios = factor.effects.flatMap { effect -> [AnalysisRow] in
        [
          ("estimate", "Hazard ratio", effect.hazardRatio?.estimate),
          ("conf.low", "Lower limit of the hazard ratio", effect.hazardRatio?.lower),
          ("conf.high", "Upper limit of the hazard ratio", effect.hazardRatio?.upper),
          ("p.value", "p-value", effect.hazardRatio.map { _ in effect.p }),
        ].map { name, label, value in
          AnalysisRow(
            group: (factor.name, effect.label), variable: armColumn, level: arms.labels[1], context: "subgroup",
            name: name, label: label, value: value, ifNone: effect.reason ?? "not estimable",
            confidence: name.hasPrefix("conf") ? (confidence.level, "wald") : nil, method: method)
        }
      }
      let reason = factor.interactionReason ?? "not estimable"
      let test = [
        ("statistic", "Likelihood-ratio chi-squared", factor.interaction?.statistic),
        ("df", "Degrees of freedom", factor.interaction.map { Double($0.degreesOfFreedom) }),
        ("p.value", "p of interaction", factor.interaction?.p),
      ].map { name, label, value in
        AnalysisRow(
          variable: factor.name, context: "interaction", name: name, label: label, value: value, ifNone: reason,
          method: "Likelihood ratio, ties \(subgroups.overall.ties.rawValue)\(loaded.stratifiedBy)")
      }
      return ratios + test
    }
  }

  private var proportionalHazardsRows: [AnalysisRow] {
    guard let test = proportionalHazards else { return [] }
    let method = "score test of proportional hazards, time as \(test.transform.rawValue)"
    return zip(test.names, test.results).flatMap {
      testRows($1, variable: $0, context: "zph", method: method)
    } + testRows(test.global, variable: "GLOBAL", context: "zph", method: method)
  }

  private var restrictedMeanRows: [AnalysisRow] {
    guard let tau else { return [] }
    let method = "area under the Kaplan-Meier curve"
    let time = loaded.dataset.timeColumn
    let means = restrictedMeans.enumerated().flatMap { position, mean in
      [
        ("estimate", "Restricted mean survival time", mean.estimate),
        ("std.error", "Standard error of the restricted mean", mean.standardError),
        ("conf.low", "Lower limit of the restricted mean", mean.lower),
        ("conf.high", "Upper limit of the restricted mean", mean.upper),
      ].map { name, label, value in
        AnalysisRow(
          group: group(position), variable: time, level: NumberText.plain(tau), context: "rmst", name: name,
          label: label, value: value, confidence: name.hasPrefix("conf") ? (confidence.level, "plain") : nil,
          method: method)
      }
    }
    guard let comparison = restrictedComparison, let arms = loaded.arms else { return means }
    let contrasts = [
      ("rmst_difference", "difference", "plain", comparison.difference),
      ("rmst_ratio", "ratio", "log", comparison.ratio),
      ("rmtl_ratio", "ratio of time lost", "log", comparison.timeLostRatio),
    ].flatMap { context, what, scale, contrast in
      [
        ("estimate", "RMST \(what)", contrast.estimate),
        (
          "std.error", "Standard error of the \(scale == "log" ? "logarithm of the " : "")\(what)",
          contrast.standardError
        ),
        ("conf.low", "Lower limit of the \(what)", contrast.lower),
        ("conf.high", "Upper limit of the \(what)", contrast.upper), ("statistic", "z", contrast.z),
        ("p.value", "p-value", contrast.p),
      ].map { name, label, value in
        AnalysisRow(
          variable: armColumn, level: arms.labels[1], context: context, name: name, label: label, value: value,
          ifNone: "not estimable: an arm has no variance or no time lost",
          confidence: name.hasPrefix("conf") ? (confidence.level, scale) : nil,
          method: "\(method) to \(NumberText.plain(tau))")
      }
    }
    return means + contrasts
  }
}

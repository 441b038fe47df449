internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit rmst` reports.
struct RestrictedMeanReport: AnalysisReport {
  let command = "rmst"
  let input: DataOptions
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let means: [RestrictedMean]
  /// Every further arm against the reference.
  let comparisons: [RestrictedMeanComparison]
  /// How tau was chosen when none was given.
  let horizon: RestrictedMeanHorizon?
  let bootstrap: CurveBootstrapReport?
  private(set) var remarks: [Remark] = []

  init(_ input: DataOptions, tau: Double?, bootstrap resampling: BootstrapOptions.Request?, isQuiet: Bool) throws {
    self.input = input
    try input.refuseUnderDisclosureControl(
      ("the horizon without --tau", tau == nil), ("--bootstrap", resampling != nil))
    loaded = try input.load(.rmst, isUnderDisclosureControl: true)
    confidence = try input.confidence()
    let curves = try KaplanMeier.curves(loaded.data, by: loaded.arms, confidence: confidence)
    if tau == nil {
      guard curves.count == 2 else {
        throw UsageError("name the horizon with --tau; without it two arms are compared, and there are \(curves.count)")
      }
      horizon = try RestrictedMeanHorizon(curves[0].table, curves[1].table)
    } else {
      horizon = nil
    }
    let tau = tau ?? horizon?.tau ?? 0
    means = try curves.map { try RestrictedMean($0, tau: tau) }
    let means = means
    bootstrap = try resampling.map { [loaded] request in
      try CurveBootstrapReport(request, input, loaded, data: loaded.data, tau: tau, isQuiet: isQuiet)
    }
    comparisons = means.dropFirst().map { RestrictedMeanComparison(first: means[0], second: $0) }
    for (label, mean) in zip(loaded.armLabels, means) where mean.isBeyondLastObservation {
      remarks.append(
        Remark(
          "beyond-last-observation",
          "\(label): tau lies beyond the last observation; the last survival probability is carried forward"))
    }
    remarks += bootstrap?.remarks ?? []
    if loaded.data.weights != nil {
      remarks.append(
        Remark("weighted-greenwood", "standard errors take the case weights for numbers of subjects (Greenwood)"))
    }
  }

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add("tau", means[0].tau)
    settings.add("tau_rule", horizon?.sentence ?? "tau as given")
    settings.add("variance", "greenwood")
    bootstrap?.request.add(to: &settings)
    return settings.value
  }

  var result: JSONValue {
    var object = JSONObject()
    if means.count > 2 {
      object.add("tau", means[0].tau)
      object.add("groups", loaded.restrictedMeanGroups(means))
      object.add(
        "comparisons",
        .array(
          comparisons.enumerated().map { position, comparison in
            .members(
              ("a", .string(loaded.arms?.labels[0] ?? "")), ("b", .string(loaded.arms?.labels[position + 1] ?? "")),
              ("difference", JSONValue(comparison.difference, error: "se")),
              ("ratio", JSONValue(comparison.ratio, error: "se_log")),
              ("rmtl_ratio", JSONValue(comparison.timeLostRatio, error: "se_log")))
          }))
    } else {
      loaded.addRestrictedMeanValues(means, comparisons.first, to: &object)
    }
    if let bootstrap { object.add("bootstrap", bootstrap.json) }
    return object.value
  }

  private var decimals: Int { loaded.timeDecimals + 2 }
  private func fixed(_ value: Double) -> String { NumberText.fixed(value, decimals) }

  private var armRows: [[String]] {
    [
      [
        loaded.dataset.armColumn ?? "", "Restricted mean", "SE", "\(confidence.percent) CI", "Time lost",
        "\(confidence.percent) CI",
      ]
    ]
      + zip(loaded.armLabels, means).map { label, mean in
        [
          label, fixed(mean.estimate), fixed(mean.standardError), "\(fixed(mean.lower)) to \(fixed(mean.upper))",
          fixed(mean.timeLost), "\(fixed(mean.tau - mean.upper)) to \(fixed(mean.tau - mean.lower))",
        ]
      }
  }

  private func contrastRows(_ comparison: RestrictedMeanComparison) -> [[String]] {
    func row(_ name: String, _ contrast: RestrictedMeanComparison.Contrast, _ decimals: Int) -> [String] {
      [
        name, NumberText.fixed(contrast.estimate, decimals),
        "\(NumberText.fixed(contrast.lower, decimals)) to \(NumberText.fixed(contrast.upper, decimals))",
        NumberText.p(contrast.p),
      ]
    }
    return [
      ["", "Estimate", "\(confidence.percent) CI", "p"], row("Difference", comparison.difference, decimals),
      row("Ratio", comparison.ratio, 4), row("Ratio of time lost", comparison.timeLostRatio, 4),
    ]
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines + remarks.map { "Note: \($0.message)" }))
    document.add(
      .lines([
        "Restricted mean up to tau = \(NumberText.plain(means[0].tau))" + (horizon.map { " (\($0.sentence))" } ?? "")
      ]))
    document.add(.table(armRows))
    for (label, comparison) in zip(loaded.armLabels.dropFirst(), comparisons) {
      document.add(.heading("\(label) against \(loaded.armLabels[0])"))
      document.add(.table(contrastRows(comparison)))
    }
    if let bootstrap {
      document.add(.heading(bootstrap.sentence))
      document.add(.table(bootstrap.meanRows(means, decimals: decimals)))
      for (position, comparison) in comparisons.enumerated() {
        document.add(.heading("\(loaded.armLabels[position + 1]) against \(loaded.armLabels[0]), bootstrap"))
        document.add(.table(bootstrap.contrastRows(position, comparison, decimals: decimals)))
      }
    }
    document.add(
      .lines([
        "Conventions (\(input.like.rawValue)): Greenwood standard errors, normal intervals, ratios on the log scale, "
          + "two-sided p. NE: not estimable."
      ]))
    return document
  }
}

internal import Reporting
internal import Survival
internal import TrialData

/// The bootstrap of curves as `survkit km` and `survkit rmst` report it.
struct CurveBootstrapReport {
  let request: BootstrapOptions.Request
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let found: CurveBootstrap
  /// What was drawn, in the plural.
  let unit: String
  /// By arm, then by probability; nil where too few resamples have a value.
  let quantiles: [[BootstrapInterval?]]
  /// By arm; empty without a horizon.
  let means: [BootstrapInterval?]
  /// By further arm against the first, then by kind of contrast; empty without a horizon.
  let contrasts: [[BootstrapInterval?]]

  /// - Throws: also `TrialDataError` (memory) above `--max-memory`.
  init(
    _ request: BootstrapOptions.Request, _ input: DataOptions, _ loaded: LoadedData, data: TimeToEvent,
    probabilities: [Double] = [], tau: Double? = nil, isQuiet: Bool
  ) throws {
    self.request = request
    self.loaded = loaded
    let confidence = try input.confidence()
    self.confidence = confidence
    let arms = loaded.arms?.count ?? 1
    try input.checkMemory(
      loaded,
      adding: .curveBootstrap(
        replicates: request.replicates, estimates: arms * (probabilities.count + (tau == nil ? 0 : 1)), rows: data.count
      ))
    let resampled = loaded.resampled
    unit = resampled.name
    let progress = ProgressBar(total: request.replicates, isQuiet: isQuiet)
    let found = try CurveBootstrap(
      data, by: loaded.arms, clusters: resampled.clusters, probabilities: probabilities,
      rule: input.like.quantileRule, tau: tau, replicates: request.replicates, seed: request.seed
    ) { progress.add($0) }
    progress.finish()
    self.found = found
    func interval(_ values: [Double]) -> BootstrapInterval? { try? BootstrapInterval(values, level: confidence.level) }
    quantiles = (0..<arms).map { arm in
      probabilities.indices.map { interval(found.quantile($0, arm: arm)) }
    }
    means = tau == nil ? [] : (0..<arms).map { interval(found.restrictedMean(arm: $0)) }
    contrasts =
      tau == nil
      ? []
      : (1..<max(arms, 1)).map { arm in
        RestrictedMeanContrast.allCases.map { interval(found.contrast($0, of: arm)) }
      }
  }

  private var isWithinArms: Bool { found.sampling?.isWithinArms ?? false }

  private var drawn: String {
    guard loaded.arms != nil else { return "" }
    return isWithinArms ? ", within arms" : ", over all arms (one of them has rows of several arms)"
  }

  var sentence: String {
    "Bootstrap: \(request.replicates) resamples of \(found.sampling?.units ?? 0) \(unit)\(drawn), seed \(request.seed); "
      + "percentile intervals"
  }

  var remarks: [Remark] {
    var remarks: [Remark] = []
    if loaded.cluster != nil {
      remarks.append(
        Remark(
          "bootstrap",
          "only the bootstrap draws clusters; every other standard error and interval takes the rows as independent"))
    }
    for (arm, label) in loaded.armLabels.enumerated() where !isWithinArms {
      let values = found.tau == nil ? found.quantile(0, arm: arm) : found.restrictedMean(arm: arm)
      let empty = values.count { $0.isNaN }
      if empty > 0 {
        remarks.append(Remark("bootstrap", "\(label): \(empty) resamples have nobody in the arm and are left out"))
      }
    }
    for (label, count) in zip(loaded.armLabels, found.carriedForward) where count > 0 {
      remarks.append(
        Remark(
          "bootstrap",
          "\(label): in \(count) resamples tau lies beyond the last observation; the last survival probability is carried "
            + "forward"))
    }
    return remarks
  }

  // MARK: Text

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

  // MARK: JSON

  private static func json(_ interval: BootstrapInterval?, infinite: String) -> JSONObject {
    var object = JSONObject()
    let none = interval == nil ? "too few resamples have an estimate" : infinite
    let hasError = interval?.infinite == 0
    object.add("se", hasError ? interval?.standardError : nil, ifNone: none)
    object.add("lower", interval?.lower, ifNone: none)
    object.add("upper", interval?.upper, ifNone: none)
    object.add("estimates", interval?.replicates ?? 0)
    object.add("infinite", interval?.infinite ?? 0)
    return object
  }

  var json: JSONValue {
    var object = JSONObject()
    object.add("replicates", request.replicates)
    object.add("seed", String(request.seed))
    object.add("resampled", unit)
    object.add("subjects", found.sampling?.units ?? 0)
    object.add("within_arms", isWithinArms)
    object.add("type", "percentile")
    if let tau = found.tau { object.add("tau", tau) }
    object.add(
      "groups",
      .array(
        (0..<found.arms).map { arm in
          var group = JSONObject()
          if let name = loaded.group(arm) { group.add("group", name) }
          if !found.probabilities.isEmpty {
            group.add(
              "quantiles",
              .array(
                zip(found.probabilities, quantiles[arm]).map { p, interval in
                  var quantile = JSONObject()
                  quantile.add("prob", p)
                  quantile.add("bootstrap", Self.json(interval, infinite: "some resamples do not reach it").value)
                  return quantile.value
                }))
          }
          if found.tau != nil {
            group.add("rmst", Self.json(means[arm], infinite: "not estimable").value)
            group.add("carried_forward", found.carriedForward[arm])
          }
          return group.value
        }))
    if found.tau != nil, found.arms > 1 {
      object.add(
        "comparisons",
        .array(
          contrasts.enumerated().map { position, intervals in
            var comparison = JSONObject()
            comparison.add("a", loaded.arms?.labels[0] ?? "")
            comparison.add("b", loaded.arms?.labels[position + 1] ?? "")
            for (kind, interval) in zip(RestrictedMeanContrast.allCases, intervals) {
              comparison.add(
                kind.key, Self.json(interval, infinite: "some resamples have no time lost in the reference").value)
            }
            return comparison.value
          }))
    }
    return object.value
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

  /// The key of the reference suite.
  var key: String {
    switch self {
    case .difference: "difference"
    case .ratio: "ratio"
    case .timeLostRatio: "rmtl_ratio"
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

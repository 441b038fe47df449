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

  var isWithinArms: Bool { found.sampling?.isWithinArms ?? false }

  private var drawn: String {
    guard loaded.arms != nil else { return "" }
    return isWithinArms ? ", within arms" : ", over all arms (some have rows of several)"
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
          "only the bootstrap of the curves draws clusters; their other standard errors and intervals take the rows as "
            + "independent"))
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
}

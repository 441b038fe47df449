internal import Reporting
internal import Survival
internal import TrialData

/// The bootstrap of a Cox fit as `survkit cox` reports it.
struct CoxBootstrapReport {
  let request: BootstrapOptions.Request
  /// What was drawn, in the plural.
  let unit: String
  let found: CoxBootstrap
  /// Of the log hazard ratios; nil where too few resamples have an estimate.
  let intervals: [BootstrapInterval?]
  let confidence: ConfidenceSetting

  /// - Throws: also `TrialDataError` (memory) above `--max-memory`.
  init(
    _ request: BootstrapOptions.Request, _ input: DataOptions, _ loaded: LoadedData, _ fit: CoxFit, isQuiet: Bool
  ) throws {
    self.request = request
    let confidence = try input.confidence()
    self.confidence = confidence
    try input.checkMemory(
      loaded,
      adding: .coxBootstrap(
        replicates: request.replicates, coefficients: fit.names.count, rows: loaded.data.count))
    let resampled = loaded.resampled
    unit = resampled.name
    let progress = ProgressBar(total: request.replicates, isQuiet: isQuiet)
    let found = try CoxBootstrap(
      fit, clusters: resampled.clusters, replicates: request.replicates, seed: request.seed
    ) { progress.add($0) }
    progress.finish()
    self.found = found
    intervals = found.names.indices.map { j in
      try? BootstrapInterval(found.values(j), level: confidence.level)
    }
  }

  var sentence: String {
    "Bootstrap: \(request.replicates) resamples of \(found.subjects) \(unit), seed \(request.seed); percentile intervals"
  }

  var rows: [[String]] {
    [["Bootstrap", "SE of coefficient", "HR \(confidence.percent) CI", "Resamples", "Infinite"]]
      + zip(found.names, intervals).map { name, interval in
        guard let interval else { return [name, "NE", "NE", "", ""] }
        let (_, lower, upper) = ratioCells(1, exponential(interval.lower), exponential(interval.upper))
        return [
          name, interval.standardError.isNaN ? "NE" : NumberText.significant(interval.standardError, 4),
          "\(lower) to \(upper)", "\(interval.replicates)", "\(interval.infinite)",
        ]
      }
  }

  var remarks: [Remark] {
    zip(found.names, intervals).compactMap { name, interval in
      guard let interval else {
        return Remark("bootstrap", "\(name): too few resamples have an estimate; no bootstrap interval")
      }
      let missing = request.replicates - interval.replicates
      guard missing + interval.infinite > 0 else { return nil }
      return Remark(
        "bootstrap",
        "\(name): \(missing) resamples without an estimate are left out of the bootstrap interval; \(interval.infinite) with an "
          + "infinite one stand at its end and are left out of the SE")
    }
  }

  var json: JSONValue {
    func numbers(_ value: (BootstrapInterval) -> Double) -> [Double] { intervals.map { $0.map(value) ?? .nan } }
    let reason = "too few resamples have an estimate, or an infinite limit"
    var object = JSONObject()
    object.add("replicates", request.replicates)
    object.add("seed", String(request.seed))
    object.add("resampled", unit)
    object.add("subjects", found.subjects)
    object.add("type", "percentile")
    object.add("terms", found.names)
    object.add("coef_mean", numbers(\.mean), ifNone: reason)
    object.add("se", numbers(\.standardError), ifNone: reason)
    object.add("hr_lower", numbers { exponential($0.lower) }, ifNone: reason)
    object.add("hr_upper", numbers { exponential($0.upper) }, ifNone: reason)
    object.add("estimates", .array(intervals.map { .integer($0?.replicates ?? 0) }))
    object.add("infinite", .array(intervals.map { .integer($0?.infinite ?? 0) }))
    return object.value
  }
}

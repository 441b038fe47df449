internal import Reporting
internal import Survival

extension CurveBootstrapReport {
  /// - Parameters:
  ///   - infinite: why a number of the interval can be infinite.
  ///   - object: what the interval's members follow.
  private static func json(
    _ interval: BootstrapInterval?, infinite: String, after object: JSONObject = JSONObject()
  ) -> JSONValue {
    var object = object
    let none = interval == nil ? "too few resamples have an estimate" : infinite
    let hasError = interval?.infinite == 0
    object.add("se", hasError ? interval?.standardError : nil, ifNone: none)
    object.add("lower", interval?.lower, ifNone: none)
    object.add("upper", interval?.upper, ifNone: none)
    object.add("estimates", interval?.replicates ?? 0)
    object.add("infinite", interval?.infinite ?? 0)
    return object.value
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
                  return Self.json(interval, infinite: "some resamples do not reach it", after: quantile)
                }))
          }
          if found.tau != nil {
            group.add("rmst", Self.json(means[arm], infinite: "not estimable"))
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
                kind.key, Self.json(interval, infinite: "some resamples have no time lost in the reference"))
            }
            return comparison.value
          }))
    }
    return object.value
  }
}

extension RestrictedMeanContrast {
  /// The key of the reference suite.
  var key: String {
    switch self {
    case .difference: "difference"
    case .ratio: "ratio"
    case .timeLostRatio: "rmtl_ratio"
    }
  }
}

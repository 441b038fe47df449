internal import LinearAlgebra
internal import Reporting
internal import Survival

// JSON of parametric models, with the keys of the suite's kind cox where it has them.

extension AFTReport {
  var result: JSONValue {
    .members(
      ("comparison", .array(byCriterion.map(\.fit.comparison))), ("fits", .array(results.map { json($0) })))
  }

  private func json(_ result: Result) -> JSONValue {
    var object = result.fit.members(level: confidence.level)
    object.add("predictions", .array(result.predictions.map { json($0, result.fit) }))
    return object.value
  }

  private func json(_ prediction: Prediction, _ fit: AFTFit) -> JSONValue {
    let missing = "it depends on a parameter without an estimate, or is beyond the range of a double"
    var object = JSONObject()
    object.add("pattern", prediction.pattern.kind.rawValue)
    object.add(
      "covariates",
      .object(
        prediction.pattern.description.map { name, value in
          JSONValue.Member(name, Double(value).map(JSONValue.number) ?? .string(value))
        }))
    object.add("design", prediction.pattern.columns)
    object.add("probs", prediction.quantiles.map(\.probability))
    object.add("quantile", prediction.quantiles.map(\.time), ifNone: missing)
    object.add("quantile_se", prediction.quantiles.map(\.standardError), ifNone: missing)
    object.add("log_quantile_se", prediction.quantiles.map(\.standardErrorOfLog), ifNone: missing)
    object.add("quantile_lower", prediction.quantiles.map(\.lower), ifNone: missing)
    object.add("quantile_upper", prediction.quantiles.map(\.upper), ifNone: missing)
    object.add("quantile_extrapolated", .array(prediction.quantiles.map { .bool($0.isExtrapolated) }))
    object.add("time", prediction.survival.map(\.time))
    object.add("surv", prediction.survival.map(\.survival), ifNone: missing)
    object.add("std_err_surv", prediction.survival.map(\.standardError), ifNone: missing)
    object.add("lower", prediction.survival.map(\.lower), ifNone: "not defined on this scale at S = 0 or 1")
    object.add("upper", prediction.survival.map(\.upper), ifNone: "not defined on this scale at S = 0 or 1")
    object.add("extrapolated", .array(prediction.survival.map { .bool($0.isExtrapolated) }))
    object.add("mean", prediction.mean.json)
    if let restricted = prediction.restrictedMean { object.add("rmst", restricted.json) }
    return object.value
  }
}

extension AFTMean {
  fileprivate var json: JSONValue {
    let reason = reason ?? "beyond the range of a double"
    var object = JSONObject()
    if let tau { object.add("tau", tau) }
    object.add("estimate", estimate, ifNone: reason)
    object.add("se", standardError, ifNone: reason)
    object.add("lower", lower, ifNone: reason)
    object.add("upper", upper, ifNone: reason)
    object.add("extrapolated", isExtrapolated)
    return object.value
  }
}

extension AFTFit {
  private static let unbounded = "the likelihood has no bound"

  fileprivate var comparison: JSONValue {
    var object = JSONObject()
    object.add("distribution", distribution.rawValue)
    object.add("parameters", parameterCount)
    addCriteria(&object)
    return object.value
  }

  private func addCriteria(_ object: inout JSONObject) {
    object.add("loglik", logLikelihood, ifNone: Self.unbounded)
    object.add("aic", aic, ifNone: Self.unbounded)
    object.add("bic", bic, ifNone: Self.unbounded)
    object.add("bic_events", bicEvents, ifNone: Self.unbounded)
  }

  /// Why a parameter has no estimate; nil where it has one.
  func reasonWithoutEstimate(_ j: Int) -> String? {
    guard standardErrors[j].isNaN else { return nil }
    if let warning = warnings.first(where: { $0.code == .zeroScale }) { return warning.message }
    switch warnings.first(where: { $0.coefficient == names[j] })?.code {
    case .infiniteCoefficient, .infiniteShape:
      return "not estimable (tends to \(coefficients[j] > 0 ? "+" : "-")infinity)"
    case .aliased: return "not estimable (constant or a combination of the other covariates)"
    default: return "not estimable"
    }
  }

  /// Members of the JSON object of a fit.
  fileprivate func members(level: Double) -> JSONObject {
    func reason(_ j: Int) -> String { reasonWithoutEstimate(j) ?? "beyond the range of a double" }
    func estimates(_ values: [Double]) -> [Double?] {
      values.indices.map { standardErrors[$0].isNaN ? nil : values[$0] }
    }
    func add(_ ratios: [Ratio], _ key: String, to object: inout JSONObject) {
      object.add(key, ratios.map(\.estimate), reason: { reason($0 + 1) })
      object.add("\(key)_lower", ratios.map(\.lower), reason: { reason($0 + 1) })
      object.add("\(key)_upper", ratios.map(\.upper), reason: { reason($0 + 1) })
    }
    var object = JSONObject()
    object.add("distribution", distribution.rawValue)
    object.add("parameterisation", distribution.parameterisation)
    object.add("n", count)
    object.add("events", eventCount)
    object.add("last_time", lastTime)
    object.add("terms", names)
    object.add("coef", estimates(coefficients), reason: reason)
    object.add("se", estimates(standardErrors), reason: reason)
    let limits = intervals(level: level)
    object.add("coef_lower", estimates(limits.map(\.lower)), reason: reason)
    object.add("coef_upper", estimates(limits.map(\.upper)), reason: reason)
    object.add("z", estimates(z), reason: reason)
    object.add("p", estimates(p), reason: reason)
    let unbounded = warnings.contains { $0.code == .zeroScale }
    object.add(distribution == .generalizedGamma ? "sigma" : "scale", unbounded ? nil : scale, ifNone: Self.unbounded)
    if distribution == .gamma {
      object.add("shape", unbounded ? nil : exponential(coefficients[names.count - 1]), ifNone: Self.unbounded)
    }
    object.add("ratio_terms", timeRatios(level: level).map(\.name))
    add(timeRatios(level: level), "time_ratio", to: &object)
    if let ratios = hazardRatios(level: level) { add(ratios, "hr", to: &object) }
    object.add("loglik_null", logLikelihoodNull, ifNone: Self.unbounded)
    object.add("loglik_scale", "of T, with the Jacobian of ln T and the case weights, as R's survreg")
    addCriteria(&object)
    object.add("parameters", parameterCount)
    object.add("lr_test", JSONValue(likelihoodRatioTest))
    object.add(
      "vcov", rows: covariance.rowArrays, ifNone: "not estimable for a parameter without an estimate")
    object.add("iterations", iterations)
    object.add("halvings", halvings)
    object.add("converged", converged)
    object.add("final_decrement", finalDecrement, ifNone: "the iteration ended where the information has no inverse")
    return object
  }
}

internal import LinearAlgebra
internal import Reporting
internal import Survival

// JSON of Cox models and tests of proportional hazards, with the keys of the reference suite's kinds cox and cox_zph.

extension CoxFit {
  /// Why a coefficient has no estimate; nil where it has one.
  func reasonWithoutEstimate(_ j: Int) -> String? {
    guard standardErrors[j].isNaN else { return nil }
    guard let warning = warnings.first(where: { $0.coefficient == names[j] }) else { return "not estimable" }
    switch warning.code {
    case .infiniteCoefficient: return "not estimable (tends to \(coefficients[j] > 0 ? "+" : "-")infinity)"
    case .aliased: return "not estimable (constant or a combination of the other covariates)"
    case .notConverged: return "not estimable"
    }
  }

  /// What a reader must know about the fit.
  var remarks: [Remark] { warnings.map { Remark($0.code.rawValue, $0.message) } }

  /// Members of the JSON object of a fit.
  func members(level: Double) -> JSONObject {
    let ratios = hazardRatios(level: level)
    func reason(_ j: Int) -> String { reasonWithoutEstimate(j) ?? "beyond the range of a double" }
    func estimates(_ values: [Double]) -> [Double?] {
      values.indices.map { standardErrors[$0].isNaN ? nil : values[$0] }
    }
    let missing = "not estimable for a coefficient without an estimate"
    var object = JSONObject()
    object.add("ties", ties.rawValue)
    object.add("n", count)
    object.add("events", eventCount)
    object.add("strata", strataCount)
    if let clusterCount { object.add("clusters", clusterCount) }
    object.add("terms", names)
    object.add("coef", estimates(coefficients), reason: reason)
    object.add("se", estimates(standardErrors), reason: reason)
    if let robustStandardErrors { object.add("robust_se", estimates(robustStandardErrors), reason: reason) }
    object.add("hr", estimates(ratios.map(\.estimate)), reason: reason)
    object.add("hr_lower", estimates(ratios.map(\.lower)), reason: reason)
    object.add("hr_upper", estimates(ratios.map(\.upper)), reason: reason)
    object.add("z", estimates(z), reason: reason)
    object.add("p", estimates(p), reason: reason)
    object.add("loglik_null", logLikelihoodNull)
    object.add("loglik", logLikelihood)
    object.add("lr_test", JSONValue(likelihoodRatioTest))
    object.add("wald_test", JSONValue(waldTest))
    object.add("score_test", JSONValue(scoreTest))
    if let robustScoreTest { object.add("robust_score_test", JSONValue(robustScoreTest)) }
    object.add("aic", aic)
    object.add("bic_events", bicEvents)
    object.add("vcov", rows: covariance.rowArrays, ifNone: missing)
    if let robustCovariance { object.add("robust_vcov", rows: robustCovariance.rowArrays, ifNone: missing) }
    object.add("concordance", concordance.json)
    object.add("iterations", iterations)
    object.add("halvings", halvings)
    object.add("converged", converged)
    object.add("final_decrement", finalDecrement, ifNone: "not computed")
    return object
  }
}

extension Concordance {
  var json: JSONValue {
    var object = JSONObject()
    object.add("c", estimate, ifNone: "no pair is comparable")
    object.add("se", standardError, ifNone: "no pair is comparable")
    object.add("concordant", concordant)
    object.add("discordant", discordant)
    object.add("tied_risk", tiedScore)
    object.add("tied_time", tiedTime)
    object.add("tied_both", tiedBoth)
    return object.value
  }
}

extension ProportionalHazardsTest {
  var json: JSONValue {
    var object = JSONObject()
    object.add("transform", transform.rawValue)
    object.add("per", "term")
    object.add("terms", names)
    object.add("chisq", results.map(\.statistic), ifNone: "not estimable")
    object.add("df", .array(results.map { .integer($0.degreesOfFreedom) }))
    object.add("p", results.map(\.p), ifNone: "not estimable")
    object.add("global", JSONValue(global))
    return object.value
  }
}

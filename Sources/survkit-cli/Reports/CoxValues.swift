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
    case .undetermined: return "not estimable (undetermined as other coefficients tend to infinity)"
    case .notConverged: return "not estimable"
    }
  }

  /// What a reader must know about the fit.
  var plainRemarks: [Remark] { warnings.map { Remark($0.code.rawValue, $0.message) } }

  /// The same, with the way on from a coefficient that has no finite estimate.
  var remarks: [Remark] {
    let way =
      (isRobust ? "; without a robust variance" : ";") + " survkit cox --ci profile gives the limit that is finite"
      + (ties.isExact ? "" : ", --ci firth a finite estimate")
    return plainRemarks.map {
      $0.code == CoxWarning.Code.infiniteCoefficient.rawValue ? Remark($0.code, $0.message + way) : $0
    }
  }

  /// Members of the JSON object of a fit.
  ///
  /// - Parameters:
  ///   - profiles: give intervals and p where they are asked for in place of Wald's.
  ///   - concordance: the fit's own when nil.
  func members(level: Double, profiles: [CoxProfile]? = nil, concordance: Concordance? = nil) -> JSONObject {
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
    if let profiles {
      object.add(profiles)
    } else {
      object.add("hr_lower", estimates(ratios.map(\.lower)), reason: reason)
      object.add("hr_upper", estimates(ratios.map(\.upper)), reason: reason)
      object.add("z", estimates(z), reason: reason)
      object.add("p", estimates(p), reason: reason)
    }
    object.add("loglik_null", logLikelihoodNull)
    object.add("loglik", logLikelihood)
    object.add("lr_test", JSONValue(likelihoodRatioTest))
    object.add("wald_test", JSONValue(waldTest))
    if penalty == .none { object.add("score_test", JSONValue(scoreTest)) }
    if let robustScoreTest { object.add("robust_score_test", JSONValue(robustScoreTest)) }
    object.add("aic", aic, ifNone: "not defined for a penalised likelihood")
    object.add("bic_events", bicEvents, ifNone: "not defined for a penalised likelihood")
    object.add("vcov", rows: covariance.rowArrays, ifNone: missing)
    if let robustCovariance { object.add("robust_vcov", rows: robustCovariance.rowArrays, ifNone: missing) }
    object.add("concordance", (concordance ?? self.concordance).json)
    object.add("iterations", iterations)
    object.add("halvings", halvings)
    object.add("converged", converged)
    object.add("final_decrement", finalDecrement, ifNone: "not computed")
    return object
  }
}

extension JSONObject {
  /// Intervals and tests of the likelihood in place of Wald's.
  fileprivate mutating func add(_ profiles: [CoxProfile]) {
    func reason(_ absence: CoxProfile.Absence?, _ side: String) -> String {
      switch absence {
      case .unbounded: "no finite limit (tends to \(side)infinity)"
      case .aliased: "not estimable (constant or a combination of the other covariates)"
      case .notFound: "no limit was found"
      case nil: "beyond the range of a double"
      }
    }
    func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
    add("coef_lower", profiles.map { number($0.lower) }) { reason(profiles[$0].lowerAbsence, "-") }
    add("coef_upper", profiles.map { number($0.upper) }) { reason(profiles[$0].upperAbsence, "+") }
    add("hr_lower", profiles.map { number($0.hazardRatioLimits.lower) }) { reason(profiles[$0].lowerAbsence, "-") }
    add("hr_upper", profiles.map { number($0.hazardRatioLimits.upper) }) { reason(profiles[$0].upperAbsence, "+") }
    add("lr_chisq", profiles.map { number($0.test.statistic) }, ifNone: "not estimable")
    add("p", profiles.map { number($0.test.p) }, ifNone: "not estimable")
  }
}

extension [CoxTermTest] {
  func json(_ kind: String) -> JSONValue {
    var object = JSONObject()
    object.add("test", kind)
    object.add("terms", map(\.term))
    object.add("chisq", map(\.test.statistic), ifNone: "not estimable")
    object.add("df", .array(map { .integer($0.test.degreesOfFreedom) }))
    object.add("p", map { $0.test.statistic.isNaN ? .nan : $0.test.p }, ifNone: "not estimable")
    return object.value
  }
}

extension Concordance {
  var json: JSONValue {
    var object = JSONObject()
    object.add("time_weight", timeWeight.rawValue)
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

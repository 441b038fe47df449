internal import LinearAlgebra
internal import Reporting
internal import Survival

// JSON of residuals and curves, with the keys of the reference suite's kinds cox_residuals, cox_baseline, cox_survfit.

extension CoxAdditions {
  func add(to object: inout JSONObject) {
    if !residuals.isEmpty {
      object.add("residuals", .object(residuals.map { JSONValue.Member($0.key, $0.json(loaded.strata?.labels)) }))
    }
    if request.isBaseline {
      var member = JSONObject()
      member.add("definition", "cumulative hazard at covariates of 0; surv = exp(-cumhaz)")
      member.add("curves", .array(baseline.map(json)))
      member.add("means", fit.means)
      member.add("curves_at_means", .array(atMeans.map(json)))
      object.add("baseline", member.value)
    }
    if let subjects { object.add("predict", predictions(subjects)) }
  }

  private static let beyond = "past the last observation of the stratum"
  private static let noError = "past the last observation, S = 0, or a coefficient without an estimate"

  private func json(_ curve: Curve) -> JSONValue {
    var object = JSONObject()
    if let label = stratumLabel(curve.stratum) { object.add("stratum", label) }
    let points = curve.points
    object.add("time", times)
    object.add("cumhaz", points.map(\.cumulativeHazard), ifNone: Self.beyond)
    object.add("surv", points.map(\.survival), ifNone: Self.beyond)
    object.add("std_err_surv", points.map(\.standardErrorOfSurvival), ifNone: Self.noError)
    object.add("lower", points.map(\.lower), ifNone: Self.noError)
    object.add("upper", points.map(\.upper), ifNone: Self.noError)
    return object.value
  }

  private func predictions(_ subjects: NewSubjects) -> JSONValue {
    func rows(_ value: (CoxCurve.Point) -> Double) -> [[Double]] { predicted.map { $0.curve.points.map(value) } }
    var object = JSONObject()
    object.add("subject", .array(predicted.map { .integer($0.subject + 1) }))
    if fit.isStratified { object.add("stratum", predicted.map { stratumLabel($0.curve.stratum) ?? "" }) }
    object.add("newdata", .array(predicted.map { subjects.json($0.subject) }))
    let infinite = "a covariate whose coefficient has no finite estimate"
    object.add("reference", reference)
    object.add("lp", predicted.map(\.predictor.linearPredictor), ifNone: infinite)
    object.add("lp_centred", predicted.map(\.predictor.centredLinearPredictor), ifNone: infinite)
    object.add("lp_centred_se", predicted.map(\.predictor.standardError), ifNone: infinite)
    object.add("hr_to_reference", predicted.map(\.predictor.hazardRatio), ifNone: infinite)
    if hasExpectedEvents {
      func value(_ part: KeyPath<ExpectedEvents, Double>) -> [Double?] {
        predicted.map { $0.expected.map { $0[keyPath: part] }.flatMap { $0.isNaN ? nil : $0 } }
      }
      func reason(_ i: Int) -> String {
        predicted[i].expected == nil
          ? "the subject has no time"
          : predicted[i].expected?.value.isNaN == true ? Self.beyond : "a coefficient without an estimate"
      }
      object.add("expected", value(\.value), reason: reason)
      object.add("expected_se", value(\.standardError), reason: reason)
    }
    object.add("time", times)
    object.add("surv", rows: rows(\.survival), ifNone: Self.beyond)
    object.add("std_err_surv", rows: rows(\.standardErrorOfSurvival), ifNone: Self.noError)
    object.add("cumhaz", rows: rows(\.cumulativeHazard), ifNone: Self.beyond)
    object.add("lower", rows: rows(\.lower), ifNone: Self.noError)
    object.add("upper", rows: rows(\.upper), ifNone: Self.noError)
    return object.value
  }
}

extension CoxAdditions.Residuals {
  /// The suite's name of the kind.
  fileprivate var key: String { kind == .scaledSchoenfeld ? "scaledsch" : kind.rawValue }

  fileprivate func json(_ strata: [String]?) -> JSONValue {
    let missing = "a column without an estimate"
    var object = JSONObject()
    object.add("rows", values.rows)
    if !terms.isEmpty { object.add("terms", terms) }
    object.add("row", .array(rows.map { .integer($0) }))
    if let time { object.add("time", time) }
    if let stratum, let strata { object.add("stratum", stratum.map { strata[$0] }) }
    object.add("values", rows: values.rowArrays, ifNone: missing)
    return object.value
  }
}

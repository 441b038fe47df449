internal import LinearAlgebra
internal import Reporting
internal import Survival

// JSON of competing risks, with the keys of the reference suite's kinds cif, gray and finegray.

extension CompetingRisksReport {
  /// A cause as a number where it is one.
  private func value(_ cause: String) -> JSONValue {
    Double(cause).flatMap { $0.isFinite ? .number($0) : nil } ?? .string(cause)
  }

  func incidenceValues(_ curve: AalenJohansen, group: JSONValue?) -> JSONValue {
    let listed = times.isEmpty ? curve.time : times
    let isKnown = listed.map(curve.isKnown(at:))
    let withheld = LoadedData.notReleased
    func at(_ values: [Double], before: Double = 0) -> [Double] {
      zip(listed, isKnown).map { t, isKnown in
        isKnown ? curve.position(at: t).map { values[$0] } ?? before : .nan
      }
    }
    var object = JSONObject()
    if let group { object.add("group", group) }
    object.add("n", curve.count)
    object.add("time", listed)
    object.add(
      "n_risk", zip(listed, isKnown).map { $1 ? curve.table.numberAtRisk(at: $0) : .nan },
      ifNone: curve.table.isReleased ? withheld : "not known between two times")
    object.add("event_free", at(curve.eventFree, before: 1), ifNone: withheld)
    object.add(
      "causes",
      .array(
        curve.causes.map { cause in
          var object = JSONObject()
          object.add("cause", value(cause.label))
          object.add("events", cause.total)
          object.add("cif", at(cause.incidence), ifNone: withheld)
          if let errors = cause.aalenStandardError { object.add("std_err_aalen", at(errors), ifNone: withheld) }
          if let errors = cause.jackknifeStandardError {
            object.add("std_err_infinitesimal_jackknife", at(errors), ifNone: withheld)
          }
          var limits = JSONObject()
          func reason(_ i: Int) -> String {
            if !isKnown[i] { return withheld }
            return curve.variance == .none
              ? "no variance is available for delayed entry with case weights"
              : "not defined where the incidence is 0 or 1"
          }
          limits.add("lower", at(cause.lower, before: .nan).map { $0 }, reason: reason)
          limits.add("upper", at(cause.upper, before: .nan).map { $0 }, reason: reason)
          object.add("ci", .members((confidence.transform.rawValue, limits.value)))
          return object.value
        }))
    return object.value
  }

  func grayValues(_ test: GrayTest) -> JSONValue {
    var object = JSONObject()
    object.add("cause", value(test.causeLabel))
    object.add("groups", test.labels)
    object.add("scores", test.scores)
    object.add("variance", .array(test.variance.rowArrays.map(JSONValue.numbers)))
    object.add(test.result)
    return object.value
  }

  func fineGrayValues(_ fit: FineGrayFit) -> JSONValue {
    let ratios = fit.hazardRatios(level: confidence.level)
    func estimates(_ values: [Double]) -> [Double?] {
      values.indices.map { fit.standardErrors[$0].isNaN ? nil : values[$0] }
    }
    let missing = "not estimable"
    var object = JSONObject()
    object.add("cause", value(fit.causeLabel))
    object.add("n", fit.count)
    object.add("events", fit.eventCount)
    object.add("competing", fit.competingCount)
    object.add("censored", fit.censoredCount)
    object.add("strata", fit.strataCount)
    object.add("censoring_strata", fit.censoringStrataCount)
    if let clusters = fit.clusterCount { object.add("clusters", clusters) }
    object.add("terms", fit.names)
    object.add("coef", estimates(fit.coefficients), ifNone: missing)
    object.add("se", estimates(fit.standardErrors), ifNone: missing)
    object.add("shr", estimates(ratios.map(\.estimate)), ifNone: missing)
    object.add("shr_lower", estimates(ratios.map(\.lower)), ifNone: missing)
    object.add("shr_upper", estimates(ratios.map(\.upper)), ifNone: missing)
    object.add("z", estimates(fit.z), ifNone: missing)
    object.add("p", estimates(fit.p), ifNone: missing)
    object.add("loglik_null", fit.logLikelihoodNull)
    object.add("loglik", fit.logLikelihood)
    object.add("wald_test", JSONValue(fit.waldTest))
    object.add("vcov", rows: fit.covariance.rowArrays, ifNone: missing)
    object.add("iterations", fit.iterations)
    object.add("halvings", fit.halvings)
    object.add("converged", fit.converged)
    return object.value
  }

  func predictions(_ subjects: NewSubjects, cause: Int) -> JSONValue {
    func rows(_ value: (FineGrayCurve.Point) -> Double) -> [[Double]] { predicted.map { $0.points[cause].map(value) } }
    let beyond = "past the last observation of the stratum"
    let noError = "past the last observation, no event yet, or a coefficient without an estimate"
    var object = JSONObject()
    object.add("cause", value(causes[cause]))
    object.add("subject", .array(predicted.map { .integer($0.subject + 1) }))
    if let baselineStrata { object.add("stratum", predicted.map { baselineStrata.labels[$0.stratum] }) }
    object.add("newdata", .array(predicted.map { subjects.json($0.subject) }))
    object.add("time", predictionTimes)
    object.add("cif", rows: rows(\.incidence), ifNone: beyond)
    object.add("std_err", rows: rows(\.standardError), ifNone: noError)
    object.add("lower", rows: rows(\.lower), ifNone: noError)
    object.add("upper", rows: rows(\.upper), ifNone: noError)
    return object.value
  }
}

extension NewSubjects {
  /// What the file says of a subject.
  func json(_ subject: Int) -> JSONValue {
    .object(
      descriptions[subject].map { name, value in
        JSONValue.Member(name, Double(value).map(JSONValue.number) ?? .string(value))
      })
  }

  /// "age = 50, sex = 1".
  func text(_ subject: Int) -> String {
    descriptions[subject].map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
  }
}

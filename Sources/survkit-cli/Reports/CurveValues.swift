internal import Reporting
internal import Survival

/// Whole curves with what is read off them, for JSON: the keys of the reference suite's kinds km, km_quantile, km_landmark.
struct CurveValues {
  let curve: KaplanMeier
  /// Cumulative hazards with errors of the curve's own kind.
  let hazard: NelsonAalen
  let group: JSONValue?
  let rule: QuantileRule
  let probabilities: [Double]
  let times: [Double]
  /// Nil where none was asked for; a band that does not exist is an inner nil.
  var band: ConfidenceBand??

  private var transform: String { curve.confidence.transform.rawValue }

  /// Why a value of the curve is not there.
  private func undefined(_ k: Int) -> String {
    "not defined where S = \(curve.survival[k] > 0 ? 1 : 0)"
  }

  /// The limits under the name of their scale.
  private func limits(_ lower: [Double?], _ upper: [Double?], reason: (Int) -> String) -> JSONValue {
    var limits = JSONObject()
    limits.add("lower", lower, reason: reason)
    limits.add("upper", upper, reason: reason)
    return .members((transform, limits.value))
  }

  var json: JSONValue {
    let table = curve.table
    var object = JSONObject()
    if let group { object.add("group", group) }
    object.add("n", curve.count)
    object.add("events", table.totalEvents)
    object.add("median", median)
    if !probabilities.isEmpty { object.add("quantiles", quantiles) }
    if !times.isEmpty { object.add("landmarks", landmarks) }
    object.add("time", curve.time)
    object.add("n_risk", table.atRisk)
    object.add("n_event", table.events)
    object.add("n_censor", table.censored)
    object.add("surv", curve.survival)
    object.add("std_err", curve.standardErrorOfSurvival, ifNone: "not defined where S = 0")
    object.add("std_err_log", curve.standardErrorOfLogSurvival, ifNone: "not defined where S = 0")
    object.add("ci", limits(curve.lower, curve.upper, reason: undefined))
    if let band { object.add("band", band.map(bandValues) ?? .members(("reason", .string("no event with S > 0")))) }
    object.add("nelson_aalen", hazard.hazard)
    object.add("std_nelson_aalen", hazard.standardError)
    object.add("fleming_harrington_cumhaz", hazard.tieCorrectedHazard)
    object.add("std_fh", hazard.tieCorrectedStandardError)
    return object.value
  }

  private func bandValues(_ band: ConfidenceBand) -> JSONValue {
    var object = JSONObject()
    object.add("kind", band.kind.rawValue)
    object.add("scale", band.confidence.transform.rawValue)
    object.add("from", band.from)
    object.add("to", band.to)
    object.add("a", band.lowerFraction)
    object.add("b", band.upperFraction)
    object.add("critical_value", band.criticalValue, ifNone: "no critical value at this level")
    object.add("critical_value_source", band.source.rawValue)
    func reason(_ t: Double) -> String {
      t < band.from || t > band.to ? "outside the band" : "not defined where S = 1 on this scale"
    }
    object.add("lower", band.lower.map { $0 }) { reason(curve.time[$0]) }
    object.add("upper", band.upper.map { $0 }) { reason(curve.time[$0]) }
    if !times.isEmpty {
      let limits = times.map(band.limits)
      object.add("at", times)
      object.add("lower_at", limits.map(\.lower)) { reason(times[$0]) }
      object.add("upper_at", limits.map(\.upper)) { reason(times[$0]) }
    }
    return object.value
  }

  private func reason(of quantile: SurvivalQuantile, _ part: SurvivalQuantile.Part = .estimate) -> String {
    if quantile.withheld.contains(part) { return "withheld (--sdc)" }
    if part != .estimate { return "not reached" }
    return curve.reaches(quantile.probability)
      ? "not estimable: the curve stays at \(1 - quantile.probability) to the end of follow-up" : "not reached"
  }

  /// Why one of the limits is not there.
  private func limitReason(_ quantile: SurvivalQuantile) -> String {
    quantile.withheld.isDisjoint(with: [.lower, .upper]) ? "not reached" : "withheld (--sdc) or not reached"
  }

  private var median: JSONValue {
    let median = curve.median(rule: rule)
    var object = JSONObject()
    object.add("estimate", median.estimate, ifNone: reason(of: median))
    object.add("lower", median.lower, ifNone: reason(of: median, .lower))
    object.add("upper", median.upper, ifNone: reason(of: median, .upper))
    return object.value
  }

  private var quantiles: JSONValue {
    let found = probabilities.map { curve.quantile($0, rule: rule) }
    var object = JSONObject()
    object.add("probs", probabilities)
    object.add("quantile", found.map(\.estimate)) { reason(of: found[$0]) }
    object.add("ci", limits(found.map(\.lower), found.map(\.upper)) { limitReason(found[$0]) })
    return object.value
  }

  private var landmarks: JSONValue {
    let points = curve.landmarks(times)
    let withheld = LoadedData.notReleased
    var object = JSONObject()
    object.add("time", times)
    object.add(
      "n_risk", points.map(\.atRisk),
      ifNone: curve.table.isReleased ? withheld : "not known between two times with delayed entry and case weights")
    object.add("n_event_cumulative", points.map(\.cumulativeEvents), ifNone: withheld)
    object.add("surv", points.map(\.survival), ifNone: withheld)
    object.add(
      "std_err", points.map(\.standardErrorOfSurvival),
      ifNone: curve.table.isReleased ? withheld : "not defined where S = 0")
    object.add("beyond_last_observation", .array(points.map { .bool($0.isBeyondLastObservation) }))
    object.add(
      "ci",
      limits(points.map(\.lower), points.map(\.upper)) {
        points[$0].survival.isNaN ? withheld : "not defined where S = \(points[$0].survival > 0 ? 1 : 0)"
      })
    return object.value
  }
}

extension LoadedData {
  /// `curves[]` of the JSON document.
  func curveValues(
    _ curves: [KaplanMeier], hazards: [NelsonAalen]? = nil, rule: QuantileRule, probabilities: [Double] = [],
    times: [Double] = []
  ) -> JSONValue {
    var object = JSONObject()
    addCurveValues(curves, hazards: hazards, rule: rule, probabilities: probabilities, times: times, to: &object)
    return object.value
  }

  func addCurveValues(
    _ curves: [KaplanMeier], hazards: [NelsonAalen]?, rule: QuantileRule, probabilities: [Double], times: [Double],
    bands: [ConfidenceBand?] = [], to object: inout JSONObject
  ) {
    object.add(
      "curves",
      .array(
        curves.enumerated().map {
          CurveValues(
            curve: $1, hazard: hazards?[$0] ?? NelsonAalen($1.table), group: group($0), rule: rule,
            probabilities: probabilities, times: times, band: bands.isEmpty ? nil : .some(bands[$0])
          ).json
        }))
  }
}

internal import Survival
internal import TrialCatalogue
internal import TrialData
internal import Verification

extension ReproductionReport {
  /// The JSON document. Numbers have ten significant digits: the last bits of a double differ between processors, and the
  /// file must not.
  public var json: JSONValue {
    Envelope(
      command: "reproduce",
      provenance: .members(
        ("tool", .string(Tool.name)), ("version", .string(Tool.version)), ("inputs", .array(trials.flatMap(inputs)))),
      settings: .members(
        ("like", .string("r")), ("conf_type", .string("log")), ("quantile_rule", .string("r")),
        ("ties", .string("efron")), ("hr_interval", .string("wald")), ("strata", .array([])),
        ("repeats", .integer(repeats.repeats)),
        ("seed", Int(exactly: repeats.seed).map(JSONValue.integer) ?? .string("\(repeats.seed)")),
        ("reconstruction_level", .number(repeats.level)), ("tie_tolerance", .number(TimeToEvent.defaultTieTolerance)),
        ("significant_digits", .integer(10))),
      data: .members(
        ("rows", .string("reconstructed from published facts; no row is a patient")),
        ("files", .integer(trials.reduce(0) { $0 + $1.trial.files.count }))),
      warnings: trials.flatMap(warnings),
      result: .members(
        ("endpoints", .array(trials.flatMap { trial in trial.endpoints.map { endpoint(trial, $0) } })),
        ("proportions", .array(trials.flatMap { trial in trial.proportions.map { proportion(trial, $0) } })),
        ("not_reproduced", .array(trials.flatMap { trial in trial.unreproduced.map { unreproduced(trial, $0) } })))
    ).json
  }

  private var repeats: RepeatSettings { trials.first?.repeats ?? .none }

  private func inputs(_ trial: TrialResult) -> [JSONValue] {
    trial.trial.files.map { Provenance.input($0, name: "\(trial.trial.published.id)/\($0.name)") }
  }

  private func warnings(_ trial: TrialResult) -> [Remark] {
    trial.endpoints.flatMap { result in
      result.comparisons.filter { $0.verdict == .warn || $0.verdict == .fail }.map { row in
        let name = "\(trial.trial.published.id) \(result.endpoint.id)\(row.arm.map { " \($0)" } ?? "")"
        return Remark(
          row.verdict == .warn ? "compatible" : "not-reproduced", "\(name): \(row.quantity): \(row.reason)")
      }
    }
  }

  private func endpoint(_ trial: TrialResult, _ result: EndpointResult) -> JSONValue {
    var object = JSONObject()
    object.add("trial", trial.trial.published.id)
    object.add("endpoint", result.endpoint.id)
    object.add("name", result.endpoint.name)
    object.add("unit", result.endpoint.unit ?? "")
    object.add("level", result.endpoint.level ?? "")
    object.add("level_meaning", result.levelSentence)
    object.add("figure", ReproductionReport.figureName(trial.trial.published.id, result.endpoint.id))
    object.add("arms", .array(result.arms.map { arm(result, $0) }))
    var ratio = JSONObject()
    let published = result.endpoint.hazardRatio
    ratio.add("published", published?.value, ifNone: "not published")
    ratio.add("published_ci", (published?.ci ?? []).map { $0 }, ifNone: "not published")
    ratio.add("ci_level", .number(result.hazardRatioLevel))
    ratio.add("stratified", published?.stratified ?? false)
    ratio.add("reproduced", tenDigits(result.hazardRatio.estimate), ifNone: "not estimable")
    ratio.add("lower", tenDigits(result.hazardRatio.lower), ifNone: "not estimable")
    ratio.add("upper", tenDigits(result.hazardRatio.upper), ifNone: "not estimable")
    ratio.add("role", published?.role.rawValue ?? "")
    ratio.add("verdict", result.hazardRatioComparison?.verdict.rawValue ?? Verdict.cannot.rawValue)
    ratio.add("reason", result.hazardRatioComparison?.reason ?? "no hazard ratio was published")
    ratio.add("differs_because", result.hazardRatioDifferences)
    object.add("hazard_ratio", ratio.value)
    object.add(
      "log_rank",
      .members(
        ("chisq", .number(tenDigits(result.logRank.statistic))), ("df", .integer(result.logRank.degreesOfFreedom)),
        ("p", .number(tenDigits(result.logRank.p))), ("log_p", .number(tenDigits(result.logRank.logP))),
        ("published_p", .string(result.endpoint.p?.text ?? ""))))
    object.add(result.intervals.uncertainty, ifNone: result.intervals.reason)
    object.add("comparisons", .array(result.comparisons.map(comparison)))
    return object.value
  }

  private func arm(_ result: EndpointResult, _ arm: EndpointResult.ArmResult) -> JSONValue {
    var object = JSONObject()
    object.add("id", arm.published.id)
    object.add("label", arm.published.label)
    object.add("n", arm.curve.count)
    object.add("events", Int(arm.curve.table.totalEvents))
    object.add("published_n", arm.published.n.value)
    if let events = arm.published.events {
      object.add("published_events", events.value)
      object.add("events_confidence", events.confidence.rawValue)
    }
    var median = JSONObject()
    let fact = arm.published.median
    median.add("published", fact?.value, ifNone: "not published")
    median.add("reproduced", arm.median.estimate.map(tenDigits), ifNone: "not reached")
    median.add("lower", arm.median.lower.map(tenDigits), ifNone: "not reached")
    median.add("upper", arm.median.upper.map(tenDigits), ifNone: "not reached")
    median.add("ci_level", .number(arm.medianLevel))
    median.add("published_ci", (fact?.ci ?? []).map { $0 }, ifNone: "not published")
    median.add("role", fact?.role.rawValue ?? "")
    object.add("median", median.value)
    if let row = arm.published.atRisk {
      var atRisk = JSONObject()
      atRisk.add("times", row.times.map { $0 }, ifNone: "")
      atRisk.add("published", row.n.map { $0.map(Double.init) }) { position in
        row.leftOut?[NumberText.plain(row.times[position])] ?? "not known"
      }
      atRisk.add("reproduced", .array(arm.atRisk.map(JSONValue.integer)))
      atRisk.add("recalled_times", row.recalledTimes.map { $0 }, ifNone: "")
      object.add("at_risk", atRisk.value)
    }
    if let worst = arm.gaps.map(\.magnitude).max() {
      let square = arm.gaps.reduce(0) { $0 + $1 * $1 } / Double(arm.gaps.count)
      object.add(
        "curve_gap",
        .members(
          ("readings", .integer(arm.gaps.count)), ("rms", .number(tenDigits(square.squareRoot()))),
          ("max_abs", .number(tenDigits(worst)))))
    }
    return object.value
  }

  private func comparison(_ row: Comparison) -> JSONValue {
    var object = JSONObject()
    object.add("quantity", row.quantity)
    if let arm = row.arm { object.add("arm", arm) }
    object.add("published", row.published, ifNone: "not a number")
    if let text = row.publishedText { object.add("published_text", text) }
    object.add("reproduced", row.reproduced.map(tenDigits), ifNone: "not reached")
    object.add("role", row.role.rawValue)
    object.add("confidence", row.confidence.rawValue)
    object.add("difference", row.difference.map(tenDigits), ifNone: "a bound, or nothing to subtract")
    object.add("tolerance", row.tolerance.map(tenDigits), ifNone: "a bound, or reported only")
    if !row.scale.isEmpty { object.add("scale", row.scale) }
    object.add("verdict", row.verdict.rawValue)
    if !row.reason.isEmpty { object.add("reason", row.reason) }
    return object.value
  }

  private func proportion(_ trial: TrialResult, _ result: ProportionResult) -> JSONValue {
    var object = JSONObject()
    object.add("trial", trial.trial.published.id)
    object.add("endpoint", result.endpoint.id)
    object.add("name", result.endpoint.name)
    object.add("comparisons", .array(result.comparisons.map(comparison)))
    guard let found = result.comparison else {
      object.add("reason", "no whole number of patients gives a published percentage")
      return object.value
    }
    func arm(_ id: String, _ value: Proportion) -> JSONValue {
      .members(
        ("id", .string(id)), ("n", .integer(value.count)), ("events", .integer(value.events)),
        ("proportion", .number(tenDigits(value.estimate))), ("lower", .number(tenDigits(value.lower))),
        ("upper", .number(tenDigits(value.upper))), ("ci", .string("wilson")))
    }
    func contrast(_ value: RiskComparison.Contrast, _ method: String) -> JSONValue {
      var object = JSONObject()
      object.add("estimate", tenDigits(value.estimate), ifNone: "no event in the control arm")
      object.add("lower", tenDigits(value.lower), ifNone: "no event in an arm")
      object.add("upper", tenDigits(value.upper), ifNone: "no event in an arm")
      object.add("ci", method)
      return object.value
    }
    object.add("ci_level", .number(found.experimental.level))
    object.add(
      "arms",
      .array([arm(result.endpoint.experimental, found.experimental), arm(result.endpoint.control, found.control)]))
    object.add("risk_difference", contrast(found.difference, "newcombe"))
    object.add("risk_ratio", contrast(found.ratio, "log"))
    return object.value
  }

  private func unreproduced(_ trial: TrialResult, _ endpoint: PublishedEndpoint) -> JSONValue {
    .members(
      ("trial", .string(trial.trial.published.id)), ("endpoint", .string(endpoint.id)),
      ("name", .string(endpoint.name)), ("verdict", .string(Verdict.cannot.rawValue)),
      ("reason", .string(endpoint.notReconstructed ?? "no rows")))
  }
}

/// The value with ten significant digits, the nearest double to that decimal.
func tenDigits(_ value: Double) -> Double {
  guard value.isFinite, value != 0 else { return value }
  let text = "\(value.magnitude)"
  // Shorter than ten digits already: nothing to round, and nothing to disturb.
  if text.utf8.filter({ $0 >= 0x30 && $0 <= 0x39 }).count <= 10, !text.contains("e") { return value }
  var scale = 1.0
  var power = 0
  while value.magnitude * scale < 1e9, power < 300 {
    scale *= 10
    power += 1
  }
  while value.magnitude * scale >= 1e10 {
    scale /= 10
    power -= 1
  }
  let digits = Int((value.magnitude * scale).rounded())
  return (value < 0 ? -1 : 1) * (Double("\(digits)e\(-power)") ?? value.magnitude)
}

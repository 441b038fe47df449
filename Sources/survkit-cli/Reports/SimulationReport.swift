internal import Reporting
internal import Survival

/// What `survkit simulate` reports.
struct SimulationReport: PlanReport {
  let command = "simulate"
  let alternative: OperatingCharacteristics
  /// The same design with equal hazards, where asked for.
  let null: OperatingCharacteristics?
  let emitted: Bool

  var simulation: TrialSimulation { alternative.simulation }
  var scenario: TrialScenario { simulation.scenario }
  /// Whether the hazards are equal as given.
  var isNull: Bool { scenario.hazardRatio.values == [1] }

  var remarks: [Remark] {
    var remarks: [Remark] = []
    func check(_ found: OperatingCharacteristics, _ prefix: String) {
      for test in found.tests where test.withoutValue > 0 {
        remarks.append(
          Remark(
            "test-without-value",
            "\(prefix)\(test.test.name) has no value in \(test.withoutValue) of \(found.simulation.replicates) replicates; "
              + "they count as not significant"))
      }
      let ratio = found.hazardRatio
      if ratio.estimated < found.simulation.replicates {
        remarks.append(
          Remark(
            "no-finite-estimate",
            "\(prefix)\(found.simulation.replicates - ratio.estimated) replicates have no finite hazard ratio "
              + "(\(ratio.plusInfinity) tend to infinity, \(ratio.minusInfinity) to 0, \(ratio.undetermined) compare nothing); "
              + "they are left out of its mean, bias and coverage"))
      }
      if found.missedEvents > 0 {
        remarks.append(
          Remark(
            "events-not-reached",
            "\(prefix)\(found.missedEvents) replicates were analysed without the planned number of events"))
      }
    }
    check(alternative, "")
    if let null { check(null, "hazard ratio 1: ") }
    return remarks
  }

  // MARK: JSON

  var settings: JSONValue {
    var settings = JSONObject()
    settings.add("tests", simulation.tests.map(\.name))
    settings.add("alpha", simulation.test.alpha)
    settings.add("sides", simulation.test.sides)
    if simulation.test.sides == 1 { settings.add("alternative", simulation.isBenefit ? "less" : "greater") }
    settings.add("null_hr", 1.0)
    settings.add("level", simulation.level)
    settings.add("ties", simulation.ties.rawValue)
    settings.add("replicates", simulation.replicates)
    settings.add("seed", "\(simulation.seed)")
    settings.add("random_numbers", "SplitMix64 for each replicate, by inversion")
    settings.add("monte_carlo_level", OperatingCharacteristics.monteCarloLevel)
    settings.add(
      "n",
      .members(("control", .integer(scenario.controlCount)), ("experimental", .integer(scenario.experimentalCount))))
    settings.add("hr", json(scenario.hazardRatio))
    switch scenario.control {
    case .piecewise(let hazard):
      settings.add("survival_model", hazard.values.count == 1 ? "exponential" : "piecewise exponential")
      settings.add("control_hazard", json(hazard))
    case .weibull(let shape, let scale):
      settings.add("survival_model", "weibull")
      settings.add("control_shape", shape)
      settings.add("control_scale", scale)
    }
    settings.add("accrual", scenario.accrual)
    settings.add("accrual_rate", json(scenario.accrualRate))
    switch scenario.analysis {
    case .followUp(let time): settings.add("follow_up", time)
    case .duration(let time): settings.add("duration", time)
    case .events(let count, let latest):
      settings.add("events", count)
      if let latest { settings.add("duration", latest) }
    }
    settings.add(
      "dropout_hazard",
      .members(
        ("control", .number(scenario.controlDropout)), ("experimental", .number(scenario.experimentalDropout))))
    return settings.value
  }

  private func json(_ function: PiecewiseConstant) -> JSONValue {
    .members(("values", .numbers(function.values)), ("from", .numbers(function.starts)))
  }

  var result: JSONValue {
    var object = json(alternative)
    if let null { object.add("null", json(null).value) }
    return object.value
  }

  private func json(_ found: OperatingCharacteristics) -> JSONObject {
    var object = JSONObject()
    object.add(
      "tests",
      .array(
        found.tests.map { test in
          .members(
            ("test", .string(test.test.name)), ("rejected", json(test.rejected)),
            ("favours_experimental", json(test.favoursExperimental)), ("favours_control", json(test.favoursControl)),
            ("without_value", .integer(test.withoutValue)))
        }))
    object.add("hr", json(found.hazardRatio))
    object.add("events", json(found.events, "no replicate"))
    object.add(
      "events_by_arm",
      .members(
        ("control", json(found.controlEvents, "no replicate")),
        ("experimental", json(found.experimentalEvents, "no replicate"))))
    object.add("subjects", json(found.subjects, "no replicate"))
    object.add("analysis_time", json(found.analysisTime, "no replicate"))
    object.add("events_not_reached", found.missedEvents)
    return object
  }

  private func json(_ share: OperatingCharacteristics.Share) -> JSONValue {
    .members(
      ("estimate", .number(share.estimate)), ("std_err", .number(share.standardError)), ("lower", .number(share.lower)),
      ("upper", .number(share.upper)), ("count", .integer(share.count)), ("of", .integer(share.replicates)))
  }

  private func json(_ mean: OperatingCharacteristics.Mean, _ reason: String) -> JSONValue {
    var object = JSONObject()
    object.add("estimate", mean.estimate, ifNone: reason)
    object.add("std_dev", mean.standardDeviation, ifNone: "fewer than two values")
    object.add("std_err", mean.standardError, ifNone: "fewer than two values")
    object.add("lower", mean.lower, ifNone: "fewer than two values")
    object.add("upper", mean.upper, ifNone: "fewer than two values")
    return object.value
  }

  private func json(_ ratio: OperatingCharacteristics.HazardRatioResult) -> JSONValue {
    let changes = "the hazard ratio changes with time"
    let none = "no replicate has a finite estimate"
    var object = JSONObject()
    object.add("true_hr", ratio.trueLogRatio.map(exponential), ifNone: changes)
    object.add("geometric_mean_hr", exponential(ratio.logRatio.estimate), ifNone: none)
    object.add("log_hr", json(ratio.logRatio, none))
    object.add("bias_log_hr", ratio.bias, ifNone: ratio.trueLogRatio == nil ? changes : none)
    object.add("empirical_se", ratio.logRatio.standardDeviation, ifNone: "fewer than two values")
    object.add("empirical_se_std_err", ratio.standardErrorOfDeviation, ifNone: "fewer than two values")
    object.add("mean_se", ratio.meanStandardError, ifNone: none)
    object.add("root_mean_variance", ratio.rootMeanVariance, ifNone: none)
    if let coverage = ratio.coverage {
      object.add("coverage", json(coverage))
    } else {
      object.add("coverage", Double?.none, ifNone: ratio.trueLogRatio == nil ? changes : none)
    }
    object.add("estimated", ratio.estimated)
    object.add("plus_infinity", ratio.plusInfinity)
    object.add("minus_infinity", ratio.minusInfinity)
    object.add("undetermined", ratio.undetermined)
    return object.value
  }
}

internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit teach` shows: the results of `survkit fit`, with the steps that lead to each.
struct TeachReport: AnalysisReport {
  let command = "teach"
  /// Every result comes from here.
  let fit: FitReport
  /// The terms of the log-rank test; empty without one.
  let logRankSteps: [LogRankStep]
  /// From 0 to the estimate; empty without a Cox model.
  let iterations: [CoxIteration]
  /// The model with Breslow's ties at 0, whose score is that of the log-rank test; nil without a Cox model.
  let breslowStart: CoxIteration?

  var loaded: LoadedData { fit.loaded }
  var confidence: ConfidenceSetting { fit.confidence }
  var labels: [String] { fit.labels }
  var curves: [KaplanMeier] { fit.curves }
  var remarks: [Remark] { fit.remarks }
  var isOfTwoArms: Bool { labels.count == 2 }

  init(_ fit: FitReport) throws {
    self.fit = fit
    let loaded = fit.loaded
    if fit.logRank != nil, let arms = loaded.arms {
      logRankSteps = try LogRankTest.steps(loaded.data, groups: arms, strata: loaded.strata)
    } else {
      logRankSteps = []
    }
    guard let cox = fit.cox, let arms = loaded.arms else {
      (iterations, breslowStart) = ([], nil)
      return
    }
    iterations = try cox.newtonIterations()
    guard cox.ties != .breslow else {
      breslowStart = iterations.first
      return
    }
    let design = try DesignMatrix([.factor(name: "arm", levels: arms, reference: nil)], rows: loaded.data.count)
    breslowStart = try CoxModel(ties: .breslow).fit(loaded.data, design, strata: loaded.strata)
      .newtonIterations().first
  }

  // MARK: JSON

  var settings: JSONValue { fit.settings }

  var result: JSONValue {
    var object = JSONObject()
    object.add("fit", fit.result)
    object.add("curves", .array(curves.enumerated().map { curveValue($0, $1) }))
    if !logRankSteps.isEmpty { object.add("log_rank_steps", .array(logRankSteps.map(value))) }
    if !iterations.isEmpty {
      object.add("cox_iterations", .array(iterations.enumerated().map { value($1, number: $0) }))
    }
    if let breslowStart { object.add("breslow_at_zero", value(breslowStart, number: 0)) }
    return object.value
  }

  private func curveValue(_ arm: Int, _ curve: KaplanMeier) -> JSONValue {
    let rows = rows(ofArm: arm)
    let data = loaded.data
    let steps = curve.steps
    var object = JSONObject()
    if let group = loaded.group(arm) { object.add("group", group) }
    if let entry = data.entry { object.add("row_entry", rows.map { entry[$0] }) }
    object.add("row_time", rows.map { data.time[$0] })
    object.add("row_event", .array(rows.map { .bool(data.isEvent[$0]) }))
    object.add("time", steps.map(\.time))
    object.add("n_risk", steps.map(\.atRisk))
    object.add("n_event", steps.map(\.events))
    object.add("n_censor_before_next", steps.map(\.censored))
    object.add("factor", steps.map(\.factor))
    object.add("surv", steps.map(\.survival))
    let reason = "not defined where S = 0"
    object.add("greenwood_term", steps.map(\.greenwoodTerm), ifNone: reason)
    object.add("greenwood_sum", steps.map(\.greenwoodSum), ifNone: reason)
    object.add("std_err", steps.map(\.standardError), ifNone: reason)
    object.add("lower", steps.map(\.lower), ifNone: reason)
    object.add("upper", steps.map(\.upper), ifNone: reason)
    return object.value
  }

  private func value(_ step: LogRankStep) -> JSONValue {
    var object = JSONObject()
    if loaded.strata != nil { object.add("stratum", loaded.strata?.labels[step.stratum] ?? "") }
    object.add("time", step.time)
    object.add("n_risk", step.atRisk)
    object.add("n_event", step.events)
    object.add("expected", step.expected)
    object.add("variance", rows: step.covariance, ifNone: "not defined")
    return object.value
  }

  private func value(_ iteration: CoxIteration, number: Int) -> JSONValue {
    let reason = "not estimated"
    var object = JSONObject()
    object.add("iteration", number)
    object.add("coef", iteration.coefficients)
    object.add("loglik", iteration.logLikelihood)
    object.add("score", iteration.score)
    object.add("information", rows: iteration.information, ifNone: reason)
    object.add("step", iteration.step, ifNone: reason)
    object.add("halvings", iteration.halvings)
    return object.value
  }

  // MARK: Rows

  /// The rows of one arm by time, events before censorings of the same time.
  func rows(ofArm arm: Int) -> [Int] {
    let order = loaded.data.order.map { Int($0) }
    guard let arms = loaded.arms else { return order }
    return order.filter { Int(arms.codes[$0]) == arm }
  }
}

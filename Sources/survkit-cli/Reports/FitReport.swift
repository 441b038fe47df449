internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

/// Everything `survkit fit` reports, computed once and written in several forms.
struct FitReport: AnalysisReport {
  let command = "fit"
  let input: DataOptions
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let labels: [String]
  /// With `--sdc` at the times released.
  private(set) var curves: [KaplanMeier]
  /// Cumulative hazards, where they are not what the curves' tables say.
  private(set) var hazards: [NelsonAalen]?
  let landmarkTimes: [Double]
  let tau: Double?
  /// How the rows ended, by what EVNTDESC, CNSDTDSC and the codes of CNSR say; empty without any.
  let endings: [EndingCount]
  /// With the counts withheld taken out.
  var releasedEndings: [ReleasedEnding] { ReleasedEnding.list(endings, loaded.smallCells) }
  var restrictedMeans: [RestrictedMean] = []
  var restrictedComparison: RestrictedMeanComparison?
  var logRank: LogRankTest?
  var cox: CoxFit?
  var proportionalHazards: ProportionalHazardsTest?
  /// Of medians and restricted means.
  private(set) var curveBootstrap: CurveBootstrapReport?
  private(set) var coxBootstrap: CoxBootstrapReport?
  private(set) var subgroups: SubgroupReport?
  /// Why a comparison was left out, and what its numbers need to be read with.
  var remarks: [Remark] = []

  var convention: Convention { input.like }
  private var model: CoxModel { CoxModel(ties: convention.ties) }

  init(
    _ input: DataOptions, _ loaded: LoadedData, times: [Double], tau: Double?,
    bootstrap: BootstrapOptions.Request? = nil, isQuiet: Bool = true
  ) throws {
    self.input = input
    self.loaded = loaded
    confidence = try input.confidence()
    landmarkTimes = times
    self.tau = tau
    endings = loaded.dataset.endings(by: loaded.arms)
    labels = loaded.armLabels
    curves = try KaplanMeier.curves(loaded.data, by: loaded.arms, confidence: confidence)
    if let tau { try addRestrictedMeans(tau) }
    remarks += loaded.emptiedRiskSets(curves)
    try compareArms()
    release()
    guard let bootstrap else { return }
    let curveBootstrap = try CurveBootstrapReport(
      bootstrap, input, loaded, data: loaded.data, probabilities: [0.5], tau: tau, isQuiet: isQuiet)
    let coxBootstrap = try cox.map { try CoxBootstrapReport(bootstrap, input, loaded, $0, isQuiet: isQuiet) }
    remarks += curveBootstrap.remarks + (coxBootstrap?.remarks ?? [])
    self.curveBootstrap = curveBootstrap
    self.coxBootstrap = coxBootstrap
  }

  /// Leaves of the curves what `--sdc` allows; comparisons and restricted means are those of all subjects.
  private mutating func release() {
    guard let rule = loaded.smallCells else { return }
    let released = curves.map { $0.released(by: rule, preferring: landmarkTimes) }
    hazards = zip(curves, released).map { NelsonAalen($0.table).released(at: $1.time) }
    curves = released
  }

  mutating func add(_ subgroups: SubgroupReport) {
    self.subgroups = subgroups
    remarks += subgroups.remarks
  }

  private mutating func compareArms() throws {
    guard let arms = loaded.arms, arms.count >= 2 else {
      remarks.append(Remark("one-arm", "one arm only: nothing to compare"))
      return
    }
    guard loaded.data.eventCount > 0 else {
      remarks.append(Remark("no-events", "no events: nothing to compare"))
      return
    }
    try addComparisons(arms)
  }

  private mutating func addRestrictedMeans(_ tau: Double) throws {
    restrictedMeans = try curves.map { try RestrictedMean($0, tau: tau) }
    if restrictedMeans.count == 2 {
      restrictedComparison = RestrictedMeanComparison(first: restrictedMeans[0], second: restrictedMeans[1])
    }
    for (label, mean) in zip(labels, restrictedMeans) where mean.isBeyondLastObservation {
      remarks.append(
        Remark(
          "beyond-last-observation",
          "\(label): tau lies beyond the last observation; the last survival probability is carried forward"))
    }
  }

  private mutating func addComparisons(_ arms: Grouping) throws {
    if loaded.data.weights == nil {
      logRank = try LogRankTest(loaded.data, groups: arms, strata: loaded.strata)
    } else {
      remarks.append(Remark("weighted-log-rank", "the log-rank test is left out: it is not defined for case weights"))
    }
    let design = try DesignMatrix(
      [.factor(name: loaded.dataset.armColumn ?? "arm", levels: arms, reference: nil)], rows: loaded.data.count)
    do throws(CoxFitError) {
      let fit = try model.fit(loaded.data, design, strata: loaded.strata, cluster: loaded.cluster)
      cox = fit
      proportionalHazards = try? ProportionalHazardsTest(fit, data: loaded.data)
      remarks += fit.remarks
    } catch {
      remarks.append(Remark(error.code.rawValue, "no hazard ratio: \(error.message)"))
    }
    for (label, curve) in zip(labels, curves) where curve.table.totalEvents == 0 {
      remarks.append(Remark("no-events-in-arm", "\(label): no events"))
    }
  }

  // MARK: JSON

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add("times", landmarkTimes)
    if let tau { settings.add("tau", tau) }
    settings.add("rmst_rule", tau == nil ? "no restricted mean: no tau given" : "tau as given")
    settings.add("test", "log-rank")
    settings.add("cox", model.settings(isRobust: loaded.cluster != nil))
    settings.add("subgroups", subgroups?.factors.map(\.name) ?? [])
    settings.add("zph_transform", TimeTransform.km.rawValue)
    curveBootstrap?.request.add(to: &settings)
    return settings.value
  }

  var result: JSONValue {
    var object = JSONObject()
    object.add("km", loaded.curveValues(curves, hazards: hazards, rule: convention.quantileRule, times: landmarkTimes))
    if let logRank { object.add("log_rank", JSONValue(logRank, level: confidence.level)) }
    if let cox { object.add("cox", cox.members(level: confidence.level).value) }
    if let proportionalHazards { object.add("zph", proportionalHazards.json) }
    if !restrictedMeans.isEmpty {
      object.add("rmst", loaded.restrictedMeanValues(restrictedMeans, restrictedComparison))
    }
    if let subgroups { object.add("subgroups", subgroups.json) }
    if !endings.isEmpty { object.add("endings", .array(releasedEndings.map { $0.json(loaded.withheldReason) })) }
    if let curveBootstrap { object.add("bootstrap", curveBootstrap.json) }
    if let coxBootstrap { object.add("bootstrap_cox", coxBootstrap.json) }
    return object.value
  }
}

extension CoxModel {
  /// Every setting of the model.
  func settings(isRobust: Bool, interval: CoefficientInterval = .wald) -> JSONValue {
    .members(
      ("ties", .string(ties.rawValue)), ("hr_interval", .string(interval.rawValue)),
      ("penalty", .string(penalty.rawValue)),
      ("variance", .string(isRobust ? "robust" : "model")), ("max_iterations", .integer(maximumIterations)),
      ("tolerance", .number(tolerance)))
  }
}

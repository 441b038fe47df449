internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit cox` reports.
struct CoxReport: AnalysisReport {
  let command = "cox"
  let input: DataOptions
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  /// The model as it was asked for.
  let modelText: String
  let model: CoxModel
  let references: [(factor: String, level: String)]
  let fit: CoxFit
  let isRobust: Bool
  let inference: Inference
  /// Profile-likelihood intervals, unless those of Wald are asked for.
  let profiles: [CoxProfile]?
  let termTests: [CoxTermTest]
  let termLikelihoodRatioTests: [CoxTermTest]?
  /// Of the linear predictor, with the weight of time asked for.
  let concordance: Concordance
  let bootstrap: CoxBootstrapReport?
  let proportionalHazards: ProportionalHazardsTest?
  /// Residuals, baseline and predicted curves asked for.
  let additions: CoxAdditions
  private(set) var remarks: [Remark] = []

  /// How coefficients, terms and the ranking are judged.
  struct Inference {
    let interval: CoefficientInterval
    let termTest: TermTest?
    let concordance: ConcordanceWeight

    var penalty: CoxPenalty { interval == .firth ? .firth : .none }
  }

  init(
    _ input: DataOptions, model text: String?, formula given: ModelFormula?, ties: TieMethod,
    references: [(column: String, level: String)], isRobust: Bool, inference: Inference,
    bootstrap resampling: BootstrapOptions.Request?, isQuiet: Bool, transform: TimeTransform?,
    additions request: CoxAdditions.Request
  ) throws {
    self.input = input
    var formula = given
    loaded = try input.load(.cox, joinsIntervals: false) { selection, table in
      formula = try CoxReport.select(given, &selection, table)
    }
    guard let formula else { throw UsageError("there is no arm column; name it with --arm, or give a --model") }
    confidence = try input.confidence()
    modelText = text ?? formula.terms[0][0]
    model = CoxModel(ties: ties, penalty: inference.penalty)
    self.inference = inference
    let design = try ModelDesign(formula, loaded, references: references, convention: input.like)
    self.references = design.references
    let own = isRobust ? loaded.ids ?? .eachRow(loaded.data.count) : nil
    let cluster = loaded.cluster ?? own
    self.isRobust = cluster != nil
    fit = try CoxReport.fit(model, design.matrix, loaded, cluster)
    remarks = inference.interval == .profile ? fit.plainRemarks : fit.remarks
    profiles = inference.interval == .wald ? nil : try fit.profiles(level: confidence.level)
    termTests = fit.termWaldTests()
    termLikelihoodRatioTests = inference.termTest == .lr ? try fit.termLikelihoodRatioTests() : nil
    concordance =
      inference.concordance == .unit
      ? fit.concordance
      : try Concordance(
        loaded.data, score: fit.linearPredictors, strata: loaded.strata, cluster: cluster,
        timeWeight: inference.concordance)
    bootstrap = try resampling.map { [fit, loaded] request in
      try CoxBootstrapReport(request, input, loaded, fit, isQuiet: isQuiet)
    }
    remarks += bootstrap?.remarks ?? []
    additions = try CoxAdditions(request, fit, design, loaded, confidence)
    guard let transform else {
      proportionalHazards = nil
      return
    }
    if transform == .log, loaded.data.firstEventTime == 0 {
      throw UsageError("--zph log needs event times above 0; there is an event at time 0")
    }
    do {
      proportionalHazards = try ProportionalHazardsTest(fit, data: loaded.data, transform: transform)
    } catch {
      proportionalHazards = nil
      remarks.append(Remark("no-zph", "no test of proportional hazards: \(error.message)"))
    }
  }

  /// The model and its test of proportional hazards alone.
  init(_ input: DataOptions, model text: String?, formula: ModelFormula?, transform: TimeTransform) throws {
    try self.init(
      input, model: text, formula: formula, ties: input.like.ties, references: [], isRobust: false,
      inference: Inference(interval: .wald, termTest: nil, concordance: .unit), bootstrap: nil, isQuiet: true,
      transform: transform,
      additions: CoxAdditions.Request(residuals: [], isBaseline: false, subjects: nil, times: []))
  }

  /// - Throws: `TrialDataError` with the file and the column of events where there is no event.
  private static func fit(
    _ model: CoxModel, _ design: DesignMatrix, _ loaded: LoadedData, _ cluster: Grouping?
  ) throws -> CoxFit {
    do throws(CoxFitError) {
      return try model.fit(loaded.data, design, strata: loaded.strata, offset: loaded.dataset.offset, cluster: cluster)
    } catch {
      guard error.code == .noEvents else { throw error }
      let weights = loaded.data.weights == nil ? "" : ", none of a weight above 0"
      throw TrialDataError(
        .data, file: loaded.dataset.file, column: loaded.dataset.eventColumn,
        "\(error.message): \(loaded.dataset.coding.sentence)\(weights). Look at --event-values for the coding and at "
          + "--where for the rows")
    }
  }

  /// Puts the columns of the formula into the selection; returns the formula in terms of columns.
  ///
  /// - Parameter armIsCompared: the arm has a part of its own beside the model, which need not name it.
  static func select(
    _ given: ModelFormula?, _ selection: inout ColumnSelection, _ table: DataTable, armIsCompared: Bool = false
  ) throws -> ModelFormula? {
    let arm = selection.armColumn(in: table)
    guard var formula = given ?? arm.map(ModelFormula.init(column:)) else { return nil }
    if let arm, !table.hasColumn("arm") { formula = formula.renaming("arm", to: arm) }
    selection.findsArm = armIsCompared
    let used = formula.covariates
    if let arm, used.contains(arm) {
      // An arm that was found stays so: the report says that it was a choice.
      selection.findsArm = true
    } else if let arm = selection.arm, !armIsCompared {
      guard formula.strata.contains(arm) else {
        throw UsageError("the arm column \(arm) is not in the model; add it, or leave --arm out")
      }
      selection.arm = nil
    }
    selection.covariates = used.filter { $0 != arm && !formula.factors.contains($0) }
    selection.factors = used.filter { $0 != arm && formula.factors.contains($0) }
    selection.offset = formula.offset
    for column in formula.strata where !selection.strata.contains(column) { selection.strata.append(column) }
    return formula
  }

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add("model", modelText)
    settings.add("cox", model.settings(isRobust: isRobust, interval: inference.interval))
    settings.add("ci", inference.interval.rawValue)
    settings.add("type3", inference.termTest?.rawValue ?? "none")
    settings.add("concordance", inference.concordance.rawValue)
    settings.add("reference_levels", .object(references.map { JSONValue.Member($0.factor, .string($0.level)) }))
    settings.add("zph_transform", proportionalHazards?.transform.rawValue ?? "none")
    settings.add("residuals", additions.residuals.map(\.kind.rawValue))
    settings.add("baseline", additions.request.isBaseline)
    settings.add("predict", additions.subjects?.file ?? "none")
    if additions.hasCurves { settings.add("times", additions.times) }
    bootstrap?.request.add(to: &settings)
    return settings.value
  }

  var result: JSONValue {
    var object = fit.members(level: confidence.level, profiles: profiles, concordance: concordance)
    var tests: [JSONValue] = [termTests.json("wald")]
    if let termLikelihoodRatioTests { tests.append(termLikelihoodRatioTests.json("lr")) }
    object.add("type3", .array(tests))
    if let bootstrap { object.add("bootstrap", bootstrap.json) }
    if let proportionalHazards { object.add("zph", proportionalHazards.json) }
    additions.add(to: &object)
    return object.value
  }
}

extension ModelFormula {
  /// The same model with one column under another name.
  func renaming(_ old: String, to new: String) -> ModelFormula {
    func name(_ column: String) -> String { column == old ? new : column }
    return ModelFormula(
      terms: terms.map { $0.map(name) }, factors: Set(factors.map(name)), strata: strata.map(name),
      offset: offset.map(name))
  }

  private init(terms: [[String]], factors: Set<String>, strata: [String], offset: String?) {
    self.terms = terms
    self.factors = factors
    self.strata = strata
    self.offset = offset
  }
}

extension TimeToEvent {
  /// The first time with an event.
  var firstEventTime: Double? { time.indices.filter { isEvent[$0] }.map { time[$0] }.min() }
}

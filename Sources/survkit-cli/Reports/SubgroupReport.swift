internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

/// The hazard ratio of the arms in all rows and within the levels of columns, for `fit --subgroups` and the forest plot.
struct SubgroupReport {
  let overall: SubgroupEffects
  let factors: [SubgroupEffects]
  let confidence: ConfidenceSetting
  private(set) var remarks: [Remark] = []
  /// Rows without a value, per factor.
  private let missing: [Int]
  private let loaded: LoadedData

  /// - Parameter loaded: rows read by `load`; a row without a value in one of the columns is left out for that column alone.
  /// - Throws: `UsageError` without arms, and `TrialDataError` for a column with more than 20 levels.
  init(_ input: DataOptions, _ loaded: LoadedData) throws {
    self.loaded = loaded
    guard let arms = loaded.arms else { throw UsageError("--subgroups compares arms; name their column with --arm") }
    confidence = try input.confidence()
    let model = CoxModel(ties: input.like.ties)
    overall = try SubgroupEffects(
      overall: loaded.data, arms: arms, strata: loaded.strata, cluster: loaded.cluster, model: model,
      level: confidence.level)
    var factors: [SubgroupEffects] = []
    var missing: [Int] = []
    var remarks: [Remark] = []
    for column in loaded.selection.subgroups {
      guard column != loaded.dataset.armColumn else {
        throw UsageError("--subgroups \(column): that is the column of the arms")
      }
      let (levels, records) = loaded.dataset.subgroups(column)
      guard levels.count <= 20 else {
        throw TrialDataError(
          .usage, file: loaded.dataset.file, column: column,
          "\(levels.count) levels are no subgroups; code a number in a few groups first")
      }
      guard levels.count > 0 else {
        throw TrialDataError(.data, file: loaded.dataset.file, column: column, "no row has a value")
      }
      func known(_ groups: Grouping?) -> Grouping? { records.map { groups?.subset($0, dropEmpty: false) } ?? groups }
      let effects = try SubgroupEffects(
        try records.map(loaded.data.subset) ?? loaded.data, arms: known(arms) ?? arms, factor: levels, name: column,
        strata: known(loaded.strata), cluster: known(loaded.cluster), model: model, level: confidence.level)
      factors.append(effects)
      let left = records.map { loaded.data.count - $0.count } ?? 0
      missing.append(left)
      if left > 0 {
        remarks.append(
          Remark(
            "subgroup-unknown",
            "\(column): \(loaded.shown(left)) \(left == 1 ? "row has no value and is" : "rows have no value and are") in none of its subgroups"
          ))
      }
      if let reason = effects.interactionReason {
        remarks.append(Remark("no-interaction-test", "\(column): no test of interaction: \(reason)"))
      }
      if loaded.smallCells != nil { continue }
      remarks += effects.effects.compactMap { effect in
        effect.reason.map { Remark("no-subgroup-ratio", "\(column), \(effect.label): no hazard ratio: \($0)") }
      }
    }
    self.factors = loaded.smallCells.map { rule in factors.map { $0.withholding(rule) } } ?? factors
    self.missing = missing
    self.remarks = remarks
  }

  /// Reads the rows with the columns of `--subgroups`; without any where the option is not given.
  ///
  /// - Throws: `UsageError` for an empty name and a column named twice, before any file is opened.
  static func load(_ input: DataOptions, _ workspace: Workspace, subgroups option: String?) throws -> LoadedData {
    let columns = try columns(option)
    return try input.load(workspace, isUnderDisclosureControl: true) { selection, _ in selection.subgroups = columns }
  }

  private static func columns(_ option: String?) throws(UsageError) -> [String] {
    guard let option else { return [] }
    let columns = option.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !columns.contains("") else { throw UsageError("--subgroups \(option): has an empty name") }
    guard Set(columns).count == columns.count else { throw UsageError("--subgroups names a column twice") }
    return columns
  }

  /// How the ratios and the test were made.
  var sentence: String {
    "Subgroups: hazard ratio of \(overall.armLabels[1]) against \(overall.armLabels[0]) (Cox, \(overall.ties.rawValue) ties, "
      + "Wald \(confidence.percent) CI\(loaded.stratifiedBy)) within each level; p of interaction: likelihood ratio test"
  }

  /// One row per level, under one per factor with its p of interaction.
  var rows: [[String]] {
    let counted = loaded.data.weights == nil ? "events/N" : "weights of events/rows"
    let arms = overall.armLabels.map { "\($0), \(counted)" }
    var rows = [["Subgroup"] + arms + ["Hazard ratio (\(confidence.percent) CI)", "p", "Interaction p"]]
    func cells(_ effect: SubgroupEffects.Effect) -> [String] {
      if effect.isWithheld { return overall.armLabels.map { _ in "withheld" } + ["withheld", ""] }
      let counts = zip(effect.events, effect.subjects).map { "\(countText($0))/\($1)" }
      guard let ratio = effect.hazardRatio else { return counts + ["NE", ""] }
      let (estimate, lower, upper) = ratioCells(ratio.estimate, ratio.lower, ratio.upper)
      return counts + ["\(estimate) (\(lower), \(upper))", NumberText.p(effect.p)]
    }
    rows += overall.effects.map { ["All"] + cells($0) + [""] }
    for factor in factors {
      let p = factor.interaction.map { NumberText.p($0.p) } ?? "NE"
      rows.append([factor.name, "", "", "", "", p])
      rows += factor.effects.map { ["\(factor.name): \($0.label)"] + cells($0) + [""] }
    }
    return rows
  }

  var json: JSONValue {
    func value(_ effect: SubgroupEffects.Effect, level: String? = nil) -> JSONValue {
      var object = JSONObject()
      if let level { object.add("level", level) }
      object.add("n", .array(effect.subjects.map { .integer($0) }))
      object.add("events", .array(effect.events.map { .number($0) }))
      let reason =
        effect.isWithheld
        ? effect.reason ?? "withheld" : "not estimable: \(effect.reason ?? "beyond the range of a double")"
      object.add("coef", effect.hazardRatio.map { _ in effect.coefficient }, ifNone: reason)
      object.add("se", effect.hazardRatio.map { _ in effect.standardError }, ifNone: reason)
      object.add("hr", effect.hazardRatio?.estimate, ifNone: reason)
      object.add("hr_lower", effect.hazardRatio?.lower, ifNone: reason)
      object.add("hr_upper", effect.hazardRatio?.upper, ifNone: reason)
      object.add("p", effect.hazardRatio.map { _ in effect.p }, ifNone: reason)
      return object.value
    }
    func factor(_ effects: SubgroupEffects, missing: Int) -> JSONValue {
      var object = JSONObject()
      object.add("name", effects.name)
      object.add("missing", loaded.releasedCount(missing), ifNone: loaded.withheldReason)
      object.add("levels", .array(effects.effects.map { value($0, level: $0.label) }))
      var test = JSONObject()
      let reason = effects.interactionReason ?? "not estimable"
      test.add("chisq", effects.interaction?.statistic, ifNone: reason)
      test.add("df", effects.interaction?.degreesOfFreedom ?? 0)
      test.add("p", effects.interaction?.p, ifNone: reason)
      object.add("interaction", test.value)
      return object.value
    }
    return .members(
      ("arms", .array(overall.armLabels.map { .string($0) })), ("ties", .string(overall.ties.rawValue)),
      ("interaction_test", .string("likelihood ratio of arm * subgroup against arm + subgroup")),
      ("overall", value(overall.effects[0])),
      ("factors", .array(zip(factors, missing).map(factor))))
  }

  /// The forest plot.
  ///
  /// - Parameters:
  ///   - title: the name of the data file when nil.
  ///   - footer: lines above the one on the method.
  func figure(
    title: String?, footer: [String] = [], options: ForestFigure.Options = .init()
  ) throws(SurvivalInputError) -> ForestFigure {
    try ForestFigure(
      overall: overall, factors: factors, title: title ?? loaded.dataset.file,
      footer: footer + loaded.originLines
        + [
          "Source: \(loaded.dataset.file). Cox model of the arm\(loaded.stratifiedBy), \(overall.ties.rawValue) ties, Wald "
            + "\(confidence.percent) intervals; area of a square in proportion to its events; p of interaction by the "
            + "likelihood ratio. NE: not estimable."
        ], options: options)
  }
}

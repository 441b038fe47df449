internal import Reporting
internal import Survival
internal import TrialData

/// What a command found, ready to be written in any form.
protocol AnalysisReport {
  /// The name of the command.
  var command: String { get }
  var loaded: LoadedData { get }
  /// Every setting in force, defaults too.
  var settings: JSONValue { get }
  /// What a reader must know about the analysis; the account of the rows is `loaded.remarks`.
  var remarks: [Remark] { get }
  /// The member `result` of the JSON document, with the keys of the reference suite.
  var result: JSONValue { get }
  /// The same for people.
  var document: ReportDocument { get }
  /// The same with a row per statistic; none where the command has no such form.
  var analysisRows: [AnalysisRow] { get }
  /// The same as a page of its own; nil where the document makes the page.
  var page: HTMLPage? { get }
}

extension AnalysisReport {
  var analysisRows: [AnalysisRow] { [] }
  var page: HTMLPage? { nil }
}

extension DataOptions {
  /// The settings that every command shares.
  func settings(_ loaded: LoadedData, _ confidence: ConfidenceSetting) -> JSONObject {
    var settings = JSONObject()
    settings.add("like", like.rawValue)
    settings.add("level", confidence.level)
    settings.add("conf_type", confidence.transform.rawValue)
    settings.add("quantile_rule", like.quantileRule.rawValue)
    settings.add("tie_tolerance", appliedTieTolerance)
    addDataSettings(loaded, to: &settings)
    if let arms = loaded.arms { settings.add("reference", arms.labels[0]) }
    return settings
  }

  /// How rows and columns were chosen: the settings that no convention changes.
  func addDataSettings(_ loaded: LoadedData, to settings: inout JSONObject) {
    settings.add("missing", missing.rawValue)
    if let sdc { settings.add("sdc", sdc) }
    settings.add("where", loaded.dataset.conditions.map(\.text))
    var columns = JSONObject()
    columns.add("time", loaded.dataset.timeColumn)
    columns.add("event", loaded.dataset.eventColumn)
    if let start { columns.add("start", start) }
    if let arm = loaded.dataset.armColumn { columns.add("arm", arm) }
    if let weight { columns.add("weight", weight) }
    if let freq { columns.add("freq", freq) }
    if let cluster { columns.add("cluster", cluster) }
    if let id { columns.add("id", id) }
    if let offset = loaded.selection.offset { columns.add("offset", offset) }
    columns.add("strata", loaded.selection.strata)
    settings.add("columns", columns.value)
    settings.add("event_values", loaded.dataset.coding.eventCodes)
    if let measure = loaded.dataset.measure { settings.add("time_unit", measure.json) }
  }
}

extension TimeMeasure {
  /// The unit of the times analysed, what the file or the call says it was, and what times were multiplied by.
  var json: JSONValue {
    .members(
      ("unit", .string(unit)), ("stated", .string(stated)), ("stated_by", .string(column ?? "--time-unit")),
      ("factor", .number(conversion?.factor ?? 1)))
  }
}

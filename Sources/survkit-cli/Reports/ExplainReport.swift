internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit explain` reports: every number that the conventions of R, SAS and Stata could make differ.
struct ExplainReport: AnalysisReport {
  /// One number (with its interval) under each convention.
  struct Item {
    /// What is read, for people: "Median, active".
    let name: String
    /// The same for programs: "quantile", "survival", "hazard_ratio", "merged_times", "restricted_mean".
    let kind: String
    let group: JSONValue?
    /// As text and as JSON, in the order of the conventions.
    let cells: [String]
    let values: [JSONValue]
    /// Why they differ; nil where all three are the same.
    let why: String?
  }

  let command = "explain"
  let input: DataOptions
  let loaded: LoadedData
  let arms: Grouping?
  let labels: [String]
  let results: [ConventionResult]
  let times: [Double]
  /// Whether the caller named the times.
  let areTimesGiven: Bool
  let probabilities: [Double]
  private(set) var items: [Item] = []
  private(set) var remarks: [Remark] = []

  init(_ input: DataOptions, times given: [Double], probabilities: [Double]) throws {
    self.input = input
    self.probabilities = probabilities
    let loaded = try input.load(.explain)
    self.loaded = loaded
    let arms = loaded.dataset.armColumn.flatMap(loaded.dataset.text)?.grouping()
    self.arms = arms
    labels = arms?.labels.map(loaded.armLabel) ?? ["All"]
    results = try Convention.allCases.map { try ConventionResult($0, input, loaded, arms: arms) }
    areTimesGiven = !given.isEmpty
    times = given.isEmpty ? [ExplainReport.middleEventTime(loaded.data)].compactMap { $0 } : given
    if loaded.data.eventCount == 0 { remarks.append(Remark("no-events", "no events: the curves stay at 1")) }
    items = mergedTimes + allQuantiles + survivals + hazardRatios + restrictedMeans
  }

  /// The time by which half of all events have happened; nil without events.
  private static func middleEventTime(_ data: TimeToEvent) -> Double? {
    let table = EventTable.tables(data)[0]
    var sum = 0.0
    return table.time.indices.first { k in
      sum += table.events[k]
      return table.totalEvents > 0 && sum >= table.totalEvents / 2
    }.map { table.time[$0] }
  }

  /// The arm as a suite writes it; nil for all rows.
  func group(_ position: Int) -> JSONValue? {
    arms.flatMap { arms in loaded.arms?.labels.firstIndex(of: arms.labels[position]).flatMap(loaded.group) }
  }

  // MARK: JSON

  var settings: JSONValue {
    var settings = JSONObject()
    settings.add("level", input.level)
    input.addDataSettings(loaded, to: &settings)
    settings.add("times", times)
    settings.add("quantiles", probabilities)
    settings.add(
      "conventions", .object(results.map { JSONValue.Member($0.convention.rawValue, $0.settings) }))
    return settings.value
  }

  var result: JSONValue {
    .members(
      (
        "items",
        .array(
          items.map { item in
            var object = JSONObject()
            object.add("item", item.kind)
            object.add("name", item.name)
            if let group = item.group { object.add("group", group) }
            for (result, value) in zip(results, item.values) { object.add(result.convention.rawValue, value) }
            object.add("same", item.why == nil)
            if let why = item.why { object.add("why", why) }
            return object.value
          })
      ))
  }

  // MARK: Text

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines + remarks.map { "Note: \($0.message)" }))
    let different = items.filter { $0.why != nil }
    if different.isEmpty {
      document.add(.lines(["Every number below is the same under the conventions of R, SAS and Stata."]))
    } else {
      document.add(.heading("Different under the conventions of R survival, SAS and Stata"))
      document.add(.table([["", "r", "sas", "stata"]] + different.map { [$0.name] + $0.cells }))
      document.add(.heading("Why"))
      document.add(.list(reasons(different)))
    }
    let same = items.filter { $0.why == nil }
    if !same.isEmpty {
      document.add(.heading("Same under all three"))
      document.add(.list(same.map { "\($0.name): \($0.cells[0])" }))
    }
    document.add(.lines([conventionLine]))
    return document
  }

  /// One line per reason, with the items that share it.
  private func reasons(_ items: [Item]) -> [String] {
    var lines: [(why: String, names: [String])] = []
    for item in items {
      if let known = lines.firstIndex(where: { $0.why == item.why }) {
        lines[known].names.append(item.name)
      } else {
        lines.append((item.why ?? "", [item.name]))
      }
    }
    return lines.map { "\($0.names.joined(separator: "; ")): \($0.why)" }
  }

  private var conventionLine: String {
    let at = areTimesGiven || times.isEmpty ? "" : " S(t) at the time by which half of all events have happened."
    let references = arms == nil ? "" : " Hazard ratios: Wald intervals\(loaded.stratifiedBy)."
    return
      "Conventions: r = R survival (quantile, coxph), sas = LIFETEST and PHREG, stata = sts, stci and stcox, each with "
      + "its own defaults.\(at)\(references) Intervals: \(NumberText.percent(input.level)). NR: not reached. NE: not estimable."
  }
}

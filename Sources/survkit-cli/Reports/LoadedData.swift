internal import Reporting
internal import Survival
internal import TrialData

/// Rows ready for the estimators, with the account of how they came to be.
struct LoadedData {
  let source: ByteSource
  let dataset: TrialDataset
  let data: TimeToEvent
  /// The arms, the reference first.
  let arms: Grouping?
  let strata: Grouping?
  let cluster: Grouping?
  let selection: ColumnSelection
  /// The rule of `--sdc`.
  let smallCells: SmallCellRule?
  /// Whether an error may say what a cell holds.
  let showsValues: Bool
  /// What the analysis may need, without what `DataOptions.checkMemory` adds.
  let memory: MemoryEstimate
  /// Whether the caller named the reference arm.
  private let isReferenceGiven: Bool

  init(
    source: ByteSource, dataset: TrialDataset, data: TimeToEvent, arms: Grouping?, strata: Grouping?,
    cluster: Grouping?, selection: ColumnSelection, smallCells: SmallCellRule?, showsValues: Bool,
    memory: MemoryEstimate, isReferenceGiven: Bool
  ) {
    self.source = source
    self.dataset = dataset
    self.data = data
    self.arms = arms
    self.strata = strata
    self.cluster = cluster
    self.selection = selection
    self.smallCells = smallCells
    self.showsValues = showsValues
    self.memory = memory
    self.isReferenceGiven = isReferenceGiven
    // Rows are counted by arm first: the distinct times are among what that finds.
    data.count(by: arms)
    timeDecimals = NumberText.timeDecimals(data.distinctTimes)
  }

  /// The subjects of `--id`.
  var ids: Grouping? { selection.id.flatMap(dataset.text)?.grouping() }

  /// What a bootstrap draws: rows when `clusters` is nil.
  var resampled: (clusters: Grouping?, name: String) {
    let column = cluster == nil ? selection.id : selection.cluster
    return (cluster ?? ids, column.map { "clusters of \($0)" } ?? "rows")
  }

  var strataNames: [String] { selection.strata }

  /// The arms as text: a bare number says nothing without its column.
  var armLabels: [String] { arms?.labels.map(armLabel) ?? ["All"] }

  /// What an arm is called where its column is named: by its value label where the file has one.
  func armHeading(_ label: String) -> String { dataset.description.valueLabel(label, in: dataset.armColumn) ?? label }

  func armLabel(_ label: String) -> String {
    if let meaning = dataset.description.valueLabel(label, in: dataset.armColumn) { return meaning }
    guard let column = dataset.armColumn, Double(label) != nil else { return label }
    return "\(column) = \(label)"
  }

  /// ", stratified by site" where there are strata.
  var stratifiedBy: String { strata == nil ? "" : ", stratified by \(strataNames.joined(separator: ", "))" }

  /// The arm as the reference suite writes a group: {"sex": 1}; nil where there is one curve for all rows.
  func group(_ position: Int) -> JSONValue? {
    guard let arms, let column = dataset.armColumn else { return nil }
    let areNumbers = arms.labels.allSatisfy { Double($0)?.isFinite == true }
    let label = arms.labels[position]
    return .members((column, areNumbers ? .number(Double(label) ?? 0) : .string(label)))
  }

  /// Decimals with which times are printed.
  let timeDecimals: Int

  /// A time or a quantile; whole numbers get the half of a midpoint when they have one.
  func timeText(_ time: Double) -> String {
    // Nine decimals do not show a time of 1e-9.
    if time != 0, abs(time) < 1e-6 { return NumberText.significant(time, 4) }
    return timeDecimals == 0
      ? NumberText.fixed(time, time == time.rounded() ? 0 : 1) : NumberText.fixed(time, timeDecimals)
  }

  /// The title of a time axis: "Time (months)" where the unit is known.
  var timeLabel: String { dataset.measure.map { "Time (\($0.unit))" } ?? "Time" }

  static let reconstructed = "rows were reconstructed from published numbers: no row is a patient"

  /// What stands at the foot of a figure of rows that are no patients.
  var originLines: [String] {
    (dataset.hasReconstructedRows ? ["Rows were reconstructed: no row is a patient."] : [])
      + (smallCells.map {
        [
          "Curves and counts released in groups of at least \($0.minimum) (--sdc): straight lines join the times released."
        ]
      } ?? [])
  }

  /// What happened to rows and times, one statement each.
  var remarks: [Remark] {
    var remarks = fileRemarks
    if dataset.hasReconstructedRows { remarks.append(Remark("reconstructed-rows", LoadedData.reconstructed)) }
    if let smallCells { remarks.append(disclosureRemark(smallCells)) }
    remarks += dataset.remarks.map { Remark($0.code, smallCells == nil ? $0.message : released($0)) }
    if let lowest = dataset.lowestNumberedArm, let reference = arms?.labels[0], lowest != reference, !isReferenceGiven {
      remarks.append(
        Remark(
          "arm-numbers",
          "the reference is \(reference), by the order of the names; \(dataset.armNumberColumn ?? "") puts \(lowest) first "
            + "(--reference \"\(lowest)\")"))
    }
    // Text compares as Unicode does, groups are made by bytes: what is lost in a set is told apart by bytes alone.
    for labels in [arms, strata].compactMap({ $0?.labels }) where Set(labels).count < labels.count {
      remarks.append(
        Remark(
          "labels-look-alike",
          "two groups have names that read the same and are written with different characters (composed and decomposed "
            + "letters); they are kept apart"))
    }
    if !dataset.dropped.isEmpty {
      remarks.append(
        Remark(
          "rows-dropped",
          "left out for a missing value: "
            + dataset.dropped.map { "\(shown($0.rows)) \($0.rows == 1 ? "row" : "rows") in \($0.column)" }
            .joined(separator: ", ")))
    }
    if selection.joinsIntervals, dataset.count > dataset.subjects {
      remarks.append(
        Remark(
          "several-intervals",
          "numbers of subjects count \(dataset.count) intervals of \(dataset.subjects) subjects: time at risk has a gap, or "
            + "a column changes within a subject"))
    }
    if dataset.subjectsWithSeveralEvents > 0 {
      let subjects =
        dataset.subjectsWithSeveralEvents == 1 ? "1 subject has" : "\(dataset.subjectsWithSeveralEvents) subjects have"
      remarks.append(
        Remark(
          "recurrent-events",
          "\(subjects) more than one event: hazard ratios are those of the rate of events (Andersen-Gill); --robust lets "
            + "the events of a subject depend on each other"))
    }
    if data.mergedValues > 0 {
      let times = data.mergedValues == 1 ? "\(shown(1)) time was" : "\(shown(data.mergedValues)) times were"
      remarks.append(
        Remark(
          "near-ties-merged",
          "\(times) merged with another within a relative difference of \(data.tieTolerance)"))
    }
    return remarks
  }

  /// The first lines of every report.
  var accountLines: [String] {
    var used = areRowsWithheld ? "" : "\(dataset.rowsRead) rows read, "
    if dataset.rowsExcluded > 0 {
      let conditions = dataset.conditions.map(\.text).joined(separator: " and ")
      used += "\(shown(dataset.rowsExcluded)) excluded by --where \(conditions), "
    }
    let format = dataset.description.title
    let name = format == DataFormat.csv.title ? dataset.file : "\(dataset.file) (\(format))"
    var lines = ["\(name): \(used)\(dataset.rowsUsed) used; \(dataset.coding.sentence)"]
    lines += remarks.map { $0.message.prefix(1).uppercased() + $0.message.dropFirst() }
    if let measure = dataset.measure { lines.append(measure.sentence) }
    if let id = selection.id {
      let records = dataset.count == 1 ? "1 interval" : "\(dataset.count) intervals"
      lines.append("Subjects by \(id): \(dataset.subjects), with \(records)")
    }
    if let frequency = selection.frequency {
      lines.append("Frequencies: \(frequency); the rows stand for \(dataset.count) subjects")
    }
    if let start = selection.start, dataset.start != nil { lines.append("Delayed entry: at risk from after \(start)") }
    if let offset = selection.offset { lines.append("Offset: \(offset)") }
    if let weight = selection.weight {
      lines.append("Case weights: \(weight); numbers of subjects and events are sums")
    }
    return lines
  }

  /// The member `data` of the JSON document.
  var json: JSONValue {
    var account = JSONObject()
    account.add("file", dataset.file)
    addFile(to: &account)
    account.add("rows_read", areRowsWithheld ? nil : Double(dataset.rowsRead), ifNone: withheldReason)
    account.add("rows_excluded", releasedCount(dataset.rowsExcluded), ifNone: withheldReason)
    account.add("rows_used", dataset.rowsUsed)
    account.add("records", dataset.count)
    account.add("subjects", dataset.subjects)
    account.add(
      "dropped",
      .array(dataset.dropped.map(droppedValue)))
    account.add("event_coding", dataset.coding.sentence)
    account.add("events", dataset.coding.events)
    account.add("censored", dataset.coding.censored)
    account.add("merged_times", releasedCount(data.mergedValues), ifNone: withheldReason)
    return account.value
  }

  private func droppedValue(_ dropped: (column: String, rows: Int)) -> JSONValue {
    var object = JSONObject()
    object.add("column", dropped.column)
    object.add("rows", releasedCount(dropped.rows), ifNone: withheldReason)
    return object.value
  }
}

public import Survival

/// Which columns of a file play which part. Names left nil are looked for: time or AVAL; event, status or CNSR; arm or
/// TRT01P (an arm may be absent).
public struct ColumnSelection: Sendable {
  public var time: String?
  public var event: String?
  public var start: String?
  public var arm: String?
  public var strata: [String] = []
  /// Case weights: how much a row counts.
  public var weight: String?
  /// Frequencies: how many subjects a row stands for.
  public var frequency: String?
  public var cluster: String?
  /// Subjects, where one may have several rows.
  public var id: String?
  /// Whether rows of one subject that only cut an interval in pieces are one row, so that counts are of subjects.
  public var joinsIntervals = false
  /// A known part of the linear predictor.
  public var offset: String?
  /// Covariates read as numbers where every value is one, as text otherwise.
  public var covariates: [String] = []
  /// Covariates read as text whatever they hold.
  public var factors: [String] = []
  /// Only rows that meet every condition are part of the analysis; no other row is looked at.
  public var conditions: [RowCondition] = []
  /// Whether a column named arm or TRT01P is the arm when none is named.
  public var findsArm = true
  public var eventValues: [String] = []
  public var failOnMissing = false

  public init() {}
}

/// Rows wanted: those with exactly this text in the column.
public struct RowCondition: Sendable, Equatable {
  public let column: String
  public let value: String

  public init(column: String, value: String) {
    self.column = column
    self.value = value
  }
}

/// The rows of a file that can be analysed, with the account of those that cannot.
public struct TrialDataset: Sendable {
  public let file: String
  public let rowsRead: Int
  /// Rows that do not meet the conditions of the selection.
  public let rowsExcluded: Int
  /// Rows left out for a missing value, by column, in the order of the selection.
  public let dropped: [(column: String, rows: Int)]
  public let coding: EventCoding
  public let timeColumn: String
  public let eventColumn: String
  public let armColumn: String?
  public let time: [Double]
  public let isEvent: [Bool]
  public let start: [Double]?
  public let weight: [Double]?
  public let offset: [Double]?
  public let arm: [String]?
  public let strata: [String: [String]]
  public let cluster: [String]?
  /// The subject of each row.
  public let id: [String]?
  /// Subjects with more than one event.
  public let subjectsWithSeveralEvents: Int
  /// Covariates: numbers where every value is one, text otherwise and for factors.
  public let numericCovariates: [String: [Double]]
  public let textCovariates: [String: [String]]
  /// The file's row number (from 1) of each row used: repeated where a row stands for several subjects, the last one where
  /// several rows are one interval.
  public let sourceRows: [Int]
  /// Rows of the file that are used.
  public let rowsUsed: Int

  /// What the ids of rows made by `survkit reconstruct` begin with.
  public static let reconstructedPrefix = "reconstructed-"
  /// Whether any row says, by its column "id", that it was reconstructed and not observed.
  public let hasReconstructedRows: Bool

  /// Number of subjects: distinct ids where there are any, rows with their frequencies otherwise.
  public var subjects: Int { id.map { Set($0).count } ?? time.count }
  /// Number of records to analyse.
  public var count: Int { time.count }

  /// Reads the selected columns. Every value that is present is checked, also in rows that another column drops.
  public init(_ table: DataTable, _ selection: ColumnSelection) throws(TrialDataError) {
    func choose(_ given: String?, _ candidates: [String], _ what: String, _ option: String) throws(TrialDataError)
      -> String
    {
      if let given {
        _ = try table.position(of: given)
        return given
      }
      for candidate in candidates {
        if let name = table.columnNames.first(where: { $0.lowercased() == candidate }) { return name }
      }
      throw TrialDataError(
        .data, file: table.file,
        "no \(what) column: none is named \(candidates.joined(separator: ", ")). Name it with \(option); the columns are "
          + table.columnNames.joined(separator: ", "))
    }
    let timeColumn = try choose(selection.time, ["time", "aval"], "time", "--time")
    let eventColumn = try choose(selection.event, ["event", "status", "cnsr"], "event", "--event")
    var armColumn = selection.arm
    if armColumn == nil, selection.findsArm {
      armColumn = table.columnNames.first { ["arm", "trt01p"].contains($0.lowercased()) }
    }

    var selected = [Bool](repeating: true, count: table.rowCount)
    for condition in selection.conditions {
      let rows = try table.rows(condition.column, equal: condition.value)
      for row in selected.indices where !rows[row] { selected[row] = false }
    }
    rowsExcluded = selected.filter { !$0 }.count
    guard rowsExcluded < table.rowCount else {
      let wanted = selection.conditions.map { "\($0.column)=\($0.value)" }.joined(separator: " and ")
      throw TrialDataError(.usage, file: table.file, "no row has \(wanted)")
    }

    let times = try table.numbers(timeColumn, selected: selected)
    for (row, value) in times.enumerated() {
      if let value, value < 0 {
        throw TrialDataError(.data, file: table.file, row: row + 1, column: timeColumn, "the time is negative")
      }
    }
    let starts: [Double?]?
    if let name = selection.start { starts = try table.numbers(name, selected: selected) } else { starts = nil }
    if let starts, let name = selection.start {
      for (row, value) in starts.enumerated() {
        if let value, let exit = times[row], value >= exit {
          throw TrialDataError(
            .data, file: table.file, row: row + 1, column: name, "the start does not lie before the time of exit")
        }
      }
    }
    let weights: [Double?]?
    if let name = selection.weight { weights = try table.numbers(name, selected: selected) } else { weights = nil }
    if let weights, let name = selection.weight {
      for (row, value) in weights.enumerated() {
        if let value, value < 0 {
          throw TrialDataError(.data, file: table.file, row: row + 1, column: name, "the weight is negative")
        }
      }
    }
    let frequencies = try selection.frequency.map { name throws(TrialDataError) in
      try TrialDataset.frequencies(table, name, selected: selected)
    }
    let offsets = try selection.offset.map { name throws(TrialDataError) in
      try table.numbers(name, selected: selected)
    }
    let codes = try table.text(eventColumn)
    let textNames =
      [armColumn].compactMap { $0 } + selection.strata + [selection.cluster, selection.id].compactMap { $0 }
    var textColumns: [String: [String?]] = [:]
    let covariates = selection.covariates + selection.factors
    for name in textNames + covariates { textColumns[name] = try table.text(name) }

    // Completeness, column by column: a row is charged to the first column that lacks its value.
    var isComplete = selected
    var dropped: [(column: String, rows: Int)] = []
    func require(_ name: String, _ isPresent: (Int) -> Bool) throws(TrialDataError) {
      var count = 0
      for row in 0..<table.rowCount where isComplete[row] && !isPresent(row) {
        if selection.failOnMissing {
          throw TrialDataError(.data, file: table.file, row: row + 1, column: name, "the value is missing")
        }
        isComplete[row] = false
        count += 1
      }
      if count > 0 { dropped.append((name, count)) }
    }
    try require(timeColumn) { times[$0] != nil }
    try require(eventColumn) { codes[$0] != nil }
    if let starts, let name = selection.start { try require(name) { starts[$0] != nil } }
    if let weights, let name = selection.weight { try require(name) { weights[$0] != nil } }
    if let frequencies, let name = selection.frequency { try require(name) { frequencies[$0] != nil } }
    if let offsets, let name = selection.offset { try require(name) { offsets[$0] != nil } }
    for name in textNames + covariates { try require(name) { textColumns[name]?[$0] != nil } }

    let complete = isComplete.indices.filter { isComplete[$0] }
    guard !complete.isEmpty else {
      throw TrialDataError(.data, file: table.file, "no row is complete in every column used")
    }
    rowsUsed = complete.count
    var rows = complete
    if let frequencies, let name = selection.frequency {
      rows = complete.flatMap { [Int](repeating: $0, count: frequencies[$0] ?? 0) }
      guard !rows.isEmpty else {
        throw TrialDataError(.data, file: table.file, column: name, "every row used stands for 0 subjects")
      }
    }
    var entry = starts.map { values in rows.map { values[$0] ?? .nan } }
    var (readCoding, events) = try EventCoding.read(
      rows.map { codes[$0] ?? "" }, column: eventColumn, eventValues: selection.eventValues, file: table.file)
    var severalEvents = 0
    if let name = selection.id {
      let key = (textNames + covariates).filter { $0 != eventColumn }
      let joined = try TrialDataset.subjects(
        rows, ids: rows.map { textColumns[name]?[$0] ?? "" }, start: entry, time: rows.map { times[$0] ?? .nan },
        isEvent: events, selection, file: table.file, column: name
      ) { a, b in
        weights?[a] == weights?[b] && offsets?[a] == offsets?[b]
          && key.allSatisfy { textColumns[$0]?[a] == textColumns[$0]?[b] }
      }
      rows = joined.kept.map { rows[$0] }
      events = joined.kept.map { events[$0] }
      readCoding = readCoding.counting(events)
      (entry, severalEvents) = (joined.start, joined.severalEvents)
    }
    (coding, isEvent) = (readCoding, events)
    subjectsWithSeveralEvents = severalEvents
    func present(_ name: String) -> [String] { rows.map { textColumns[name]?[$0] ?? "" } }
    let prefix = TrialDataset.reconstructedPrefix.utf8
    let ids = table.hasColumn("id") ? try table.position(of: "id") : nil
    hasReconstructedRows = ids.map { ids in rows.contains { table.cell(ids, $0).starts(with: prefix) } } ?? false
    file = table.file
    rowsRead = table.rowCount
    self.dropped = dropped
    self.timeColumn = timeColumn
    self.eventColumn = eventColumn
    self.armColumn = armColumn
    time = rows.map { times[$0] ?? .nan }
    start = entry
    offset = offsets.map { values in rows.map { values[$0] ?? .nan } }
    weight = weights.map { values in rows.map { values[$0] ?? .nan } }
    arm = armColumn.map(present)
    strata = Dictionary(selection.strata.map { ($0, present($0)) }) { first, _ in first }
    cluster = selection.cluster.map(present)
    id = selection.id.map(present)
    var numeric: [String: [Double]] = [:]
    var text: [String: [String]] = [:]
    for name in selection.covariates {
      if try table.isNumeric(name, selected: selected) {
        numeric[name] = present(name).map { Double($0) ?? .nan }
      } else {
        text[name] = present(name)
      }
    }
    for name in selection.factors { text[name] = present(name) }
    numericCovariates = numeric
    textCovariates = text
    sourceRows = rows.map { $0 + 1 }
  }

  /// The rows as time-to-event data.
  public func timeToEvent(tieTolerance: Double = TimeToEvent.defaultTieTolerance) throws(TrialDataError) -> TimeToEvent
  {
    do {
      return try TimeToEvent(
        time: time, isEvent: isEvent, entry: start, weights: weight, tieTolerance: tieTolerance)
    } catch {
      throw TrialDataError(
        error.code == .badSetting ? .usage : .data, file: file, row: error.row.map { sourceRows[$0] }, error.message)
    }
  }
}

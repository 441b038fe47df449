public import Survival

/// Which columns of a file play which part. Names left nil are looked for, in any case: time or AVAL; event, status or CNSR, with
/// AVAL CNSR first; arm, TRT01P, TRTP, TRT01A or TRTA (an arm may be absent).
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
  /// Columns read as text of which a missing value leaves no row out.
  public var subgroups: [String] = []
  /// Only rows that meet every condition are part of the analysis; no other row is looked at.
  public var conditions: [RowCondition] = []
  /// The code in PARAMCD of the parameter whose rows are analysed: one more condition.
  public var parameter: String?
  /// The unit that times are analysed in; as they stand in the file when nil.
  public var timeUnit: TimeUnitRequest?
  /// Whether a column named arm or TRT01P is the arm when none is named.
  public var findsArm = true
  public var eventValues: [String] = []
  public var failOnMissing = false

  public init() {}
}

/// The rows of a file that can be analysed, with the account of those that cannot.
public struct TrialDataset: Sendable {
  public let file: String
  /// What the file says about itself and its columns.
  public let description: FileDescription
  public let rowsRead: Int
  /// Rows that do not meet the conditions of the selection.
  public let rowsExcluded: Int
  /// Rows left out for a missing value, by column, in the order of the selection.
  public let dropped: [(column: String, rows: Int)]
  public let coding: EventCoding
  public let timeColumn: String
  public let eventColumn: String
  public let armColumn: String?
  /// The conditions on rows, that of the parameter among them.
  public let conditions: [RowCondition]
  /// The unit of the times; nil where nobody says it.
  public let measure: TimeMeasure?
  /// Choices between columns, and doubts about what they say.
  public let remarks: [DataRemark]
  /// The arm of the lowest number in `armNumberColumn`, such as TRT01PN beside TRT01P; nil where not each arm has a number of its own.
  public let lowestNumberedArm: String?
  public let armNumberColumn: String?
  let eventDescription: RowDescription?
  let censoringDescription: RowDescription?
  /// The codes of CNSR, where it is the event column.
  let censoringCodes: RowDescription?
  public let time: [Double]
  public let isEvent: [Bool]
  public let start: [Double]?
  public let weight: [Double]?
  public let offset: [Double]?
  /// Subjects with more than one event.
  public let subjectsWithSeveralEvents: Int
  /// Covariates of which every value is a number, unless they are factors.
  public let numericCovariates: [String: [Double]]
  /// Columns of text by name: the arm, strata, clusters, subjects, factors, covariates that are no numbers.
  let textColumns: [String: CodedColumn]
  private let selection: ColumnSelection
  /// The file's row, from 0, of each record; nil where every row of the file is one, in order.
  private let fileRows: [Int]?
  /// Rows of the file that are used.
  public let rowsUsed: Int
  /// Number of subjects: distinct ids where there are any, rows with their frequencies otherwise.
  public let subjects: Int

  /// What the ids of rows made by `survkit reconstruct` begin with.
  public static let reconstructedPrefix = "reconstructed-"
  /// Whether any row says, by its column "id", that it was reconstructed and not observed.
  public let hasReconstructedRows: Bool

  /// Number of records to analyse.
  public var count: Int { time.count }

  /// A column of text that the selection named; nil for others, and for covariates that are numbers.
  public func text(_ column: String) -> CodedColumn? { textColumns[column] }

  /// The groups of a column of text, and the records that have a value in it: all when nil.
  public func subgroups(_ column: String) -> (levels: Grouping, records: [Int]?) {
    guard let text = textColumns[column] else { return (Grouping([]), []) }
    let areMissing = text.labels.map { DataTable.isMissing(Array($0.utf8)[...]) }
    guard areMissing.contains(true) else { return (text.grouping(), nil) }
    let records = text.codes.indices.filter { !areMissing[Int(text.codes[$0])] }
    return (text.subset(records).grouping(), records)
  }

  /// The file's row number, from 1, of a record; of the last row where several rows are one interval.
  public func sourceRow(_ record: Int) -> Int { (fileRows?[record] ?? record) + 1 }

  /// `sourceRow` of every record: repeated where a row stands for several subjects.
  public var sourceRows: [Int] { fileRows.map { $0.map { $0 + 1 } } ?? Array(1...rowsRead) }

  /// The arm of each record, as text.
  public var arm: [String]? { armColumn.flatMap { textColumns[$0]?.texts } }

  /// The strata of each record, as text, by column.
  public var strata: [String: [String]] {
    Dictionary(selection.strata.map { ($0, textColumns[$0]?.texts ?? []) }) { first, _ in first }
  }

  /// The cluster of each record, as text.
  public var cluster: [String]? { selection.cluster.flatMap { textColumns[$0]?.texts } }

  /// The subject of each record, as text.
  public var id: [String]? { selection.id.flatMap { textColumns[$0]?.texts } }

  /// Covariates as text: factors, and those that are no numbers.
  public var textCovariates: [String: [String]] {
    let names = selection.covariates.filter { numericCovariates[$0] == nil } + selection.factors
    return Dictionary(names.map { ($0, textColumns[$0]?.texts ?? []) }) { first, _ in first }
  }

  /// Reads the selected columns. Every value that is present is checked, also in rows that another column drops.
  public init(_ table: DataTable, _ selection: ColumnSelection) throws(TrialDataError) {
    let roles: ColumnRoles
    var selected: [Bool]?
    do throws(TrialDataError) {
      roles = try ColumnRoles(table, selection)
      let parameter = try selection.parameter.map { code throws(TrialDataError) in
        try AnalysisParameter.condition(code, table)
      }
      conditions = selection.conditions + [parameter].compactMap { $0 }
      selected = try table.rows(meeting: conditions)
      try AnalysisParameter.requireOne(
        table, parts: roles.textNames + selection.covariates + selection.factors, selected: selected)
    } catch {
      // Rows that are no table are told first.
      try table.checkRows()
      throw error
    }
    let (timeColumn, eventColumn, armColumn) = (roles.time, roles.event, roles.arm)
    rowsExcluded = selected.map { $0.count { !$0 } } ?? 0

    let read = try SelectedColumns(table, selection, roles, selected: selected)
    let times = try read.numbers(timeColumn)
    try times.refuseNegative(table, timeColumn, "the time is negative")
    let starts = try selection.start.map { name throws(TrialDataError) in try read.numbers(name) }
    if let starts, let name = selection.start {
      for (row, value) in starts.values.enumerated() where value >= times.values[row] {
        throw TrialDataError(
          .data, file: table.file, row: row + 1, column: name, "the start does not lie before the time of exit")
      }
    }
    let weights = try selection.weight.map { name throws(TrialDataError) in try read.numbers(name) }
    if let name = selection.weight { try weights?.refuseNegative(table, name, "the weight is negative") }
    let frequencies = try selection.frequency.map { name throws(TrialDataError) in
      try TrialDataset.frequencies(table, name, try read.numbers(name))
    }
    let offsets = try selection.offset.map { name throws(TrialDataError) in try read.numbers(name) }
    let codes = try read.cells(eventColumn)
    let covariates = selection.covariates + selection.factors
    var texts: [String: CellColumn] = [:]
    var numbers: [String: NumberColumn] = [:]
    for name in roles.textNames { texts[name] = try read.cells(name) }
    for name in selection.covariates {
      if let column = try read.numbersIfAll(name) { numbers[name] = column } else { texts[name] = try read.cells(name) }
    }
    for name in selection.factors + selection.subgroups { texts[name] = try read.cells(name) }

    // Completeness, column by column: a row is charged to the first column that lacks its value.
    var complete = CompleteRows(count: table.rowCount, selected: selected)
    func require(_ name: String?, _ column: (some RowsWithGaps)?) throws(TrialDataError) {
      guard let name, let column else { return }
      if let row = complete.require(column, name), selection.failOnMissing {
        throw TrialDataError(.data, file: table.file, row: row + 1, column: name, "the value is missing")
      }
    }
    try require(timeColumn, times)
    try require(eventColumn, codes)
    try require(selection.start, starts)
    try require(selection.weight, weights)
    if let name = selection.frequency { try require(name, try read.numbers(name)) }
    try require(selection.offset, offsets)
    for name in roles.textNames + covariates {
      if let column = texts[name] { try require(name, column) } else { try require(name, numbers[name]) }
    }

    guard complete.rowsLeft > 0 else {
      throw TrialDataError(.data, file: table.file, "no row is complete in every column used")
    }
    rowsUsed = complete.rowsLeft
    var rows = complete.rows
    if let frequencies, let name = selection.frequency {
      rows = (rows ?? Array(0..<table.rowCount)).flatMap { [Int](repeating: $0, count: frequencies[$0] ?? 0) }
      guard rows?.isEmpty == false else {
        throw TrialDataError(.data, file: table.file, column: name, "every row used stands for 0 subjects")
      }
    }
    func present(_ column: NumberColumn) -> [Double] { rows.map { $0.map { column.values[$0] } } ?? column.values }
    func present(_ column: CellColumn) -> CodedColumn {
      let all = CodedColumn(labels: column.cells, codes: column.codes)
      return rows.map(all.subset) ?? all
    }
    var entry = starts.map(present)
    var (readCoding, events) = try EventCoding.read(
      present(codes), column: eventColumn, eventValues: selection.eventValues,
      emptyCells: TrialDataset.emptyCells(codes, times, selected), file: table.file
    ) { table.description.valueLabel($0, in: eventColumn) }
    let variables = AnalysisVariables(file: table.file, selection: selection, roles: roles, read: read, rows: rows)
    remarks =
      roles.remarks + readCoding.remarks + (try variables.checkEvents(events, readCoding))
      + [try variables.repeatedSubjects()].compactMap { $0 }
    measure = try variables.measure()
    lowestNumberedArm = try variables.lowestArm()
    armNumberColumn = roles.armNumber
    var severalEvents = 0
    if let name = selection.id, let ids = texts[name] {
      var key: [[Int32]] = []
      if selection.joinsIntervals {
        for name in roles.textNames + covariates + selection.subgroups where name != eventColumn {
          key.append(try read.cells(name).codes)
        }
      }
      let current = rows ?? Array(0..<table.rowCount)
      let joined = try TrialDataset.subjects(
        current, ids: present(ids), start: entry, time: present(times), isEvent: events, selection, file: table.file,
        column: name
      ) { a, b in
        weights?.values[a] == weights?.values[b] && offsets?.values[a] == offsets?.values[b]
          && key.allSatisfy { $0[a] == $0[b] }
      }
      rows = joined.kept.map { current[$0] }
      events = joined.kept.map { events[$0] }
      readCoding = readCoding.counting(events)
      (entry, severalEvents) = (joined.start, joined.severalEvents)
    }
    (coding, isEvent) = (readCoding, events)
    subjectsWithSeveralEvents = severalEvents
    let isReconstructed = read.isReconstructed
    hasReconstructedRows =
      isReconstructed.map { marks in rows.map { $0.contains { marks[$0] } } ?? marks.contains(true) } ?? false
    file = table.file
    description = table.description
    rowsRead = table.rowCount
    dropped = complete.dropped
    self.timeColumn = timeColumn
    self.eventColumn = eventColumn
    self.armColumn = armColumn
    self.selection = selection
    let conversion = measure?.conversion
    func converted(_ values: [Double]) -> [Double] { conversion.map { values.map($0.callAsFunction) } ?? values }
    time = converted(present(times))
    start = entry.map(converted)
    offset = offsets.map(present)
    weight = weights.map(present)
    numericCovariates = numbers.mapValues(present)
    let text = texts.mapValues(present)
    textColumns = text
    fileRows = rows
    let joined = AnalysisVariables(file: table.file, selection: selection, roles: roles, read: read, rows: rows)
    eventDescription = try joined.description(roles.eventDescription)
    censoringDescription = try joined.description(roles.censoringDescription)
    censoringCodes = eventColumn.lowercased() == "cnsr" ? try joined.description(eventColumn) : nil
    subjects =
      selection.id.flatMap { text[$0] }.map { ids in
        codesPresent(ids.codes, count: ids.labels.count).count { $0 }
      } ?? time.count
  }

  /// Rows that have a time and an empty cell in the column of events.
  private static func emptyCells(_ codes: CellColumn, _ times: NumberColumn, _ selected: [Bool]?) -> Int {
    guard let empty = codes.cells.firstIndex(of: "") else { return 0 }
    return codes.codes.indices.count { row in
      codes.codes[row] == empty && !times.values[row].isNaN && selected?[row] ?? true
    }
  }

  /// The rows as time-to-event data.
  public func timeToEvent(tieTolerance: Double = TimeToEvent.defaultTieTolerance) throws(TrialDataError) -> TimeToEvent
  {
    do {
      return try TimeToEvent(
        time: time, isEvent: isEvent, entry: start, weights: weight, tieTolerance: tieTolerance)
    } catch {
      throw TrialDataError(
        error.code == .badSetting ? .usage : .data, file: file, row: error.row.map(sourceRow), error.message)
    }
  }
}

internal import Survival

/// The columns of a selection, read in one walk over the table where that can be.
struct SelectedColumns {
  private let table: DataTable
  private let read: ColumnsRead
  /// Covariates that turned out to be no numbers.
  private let textCovariates: [Int: CellColumn]
  /// Whether each row says that it was reconstructed; nil in a table without a column "id".
  let isReconstructed: [Bool]?

  /// - Parameter selected: the rows that the conditions leave; all when nil.
  init(
    _ table: DataTable, _ selection: ColumnSelection, _ roles: ColumnRoles, selected: [Bool]?
  ) throws(TrialDataError) {
    // A column that does not exist is told when its turn comes.
    func positions(_ names: [String?]) -> [Int] {
      names.compactMap { name in name.flatMap { table.columnNames.firstIndex(of: $0) } }
    }
    var request = ColumnRequest(selected: selected)
    request.numbers = positions(
      [roles.time, selection.start, selection.weight, selection.frequency, selection.offset] + selection.covariates)
    request.cells = positions(
      [roles.event] + roles.textNames + selection.factors + selection.subgroups + roles.companions)
    // Whether two rows of a subject say the same is asked of what they say, not of what it means.
    if selection.id != nil, selection.joinsIntervals { request.cells += positions(selection.covariates) }
    let ids = table.columnNames.firstIndex(of: "id")
    if let ids, !request.cells.contains(ids) {
      request.prefixed = ids
      request.prefix = Array(TrialDataset.reconstructedPrefix.utf8)
    }
    var read = try table.read(request)
    if let selected {
      for position in read.numbers.keys { read.numbers[position]?.forget(except: selected) }
    }
    self.table = table
    self.read = read
    if let ids, let column = read.cells[ids] {
      let marks = column.cells.map { $0.utf8.starts(with: TrialDataset.reconstructedPrefix.utf8) }
      isReconstructed = marks.contains(true) ? translated(column.codes, marks) : nil
    } else {
      isReconstructed = request.prefixed == nil ? nil : read.prefixed
    }
    let texts = positions(selection.covariates).filter { read.numbers[$0]?.fault != nil && read.cells[$0] == nil }
    textCovariates = texts.isEmpty ? [:] : try table.read(ColumnRequest(cells: texts)).cells
  }

  /// - Throws: `TrialDataError` for a column that does not exist or holds something else.
  func numbers(_ name: String) throws(TrialDataError) -> NumberColumn {
    let (position, column) = try number(name)
    if let row = column.fault { throw try table.notANumber(position, row) }
    return column
  }

  /// The column where all of it is numbers, else nil.
  func numbersIfAll(_ name: String) throws(TrialDataError) -> NumberColumn? {
    let (_, column) = try number(name)
    return column.fault == nil ? column : nil
  }

  private func number(_ name: String) throws(TrialDataError) -> (Int, NumberColumn) {
    let position = try table.position(of: name)
    guard let column = read.numbers[position] else { preconditionFailure("\(name) was not asked for as numbers") }
    return (position, column)
  }

  func cells(_ name: String) throws(TrialDataError) -> CellColumn {
    let position = try table.position(of: name)
    guard let column = read.cells[position] ?? textCovariates[position] else {
      preconditionFailure("\(name) was not asked for as text")
    }
    return column
  }
}

/// A column that may lack values.
protocol RowsWithGaps {
  /// Whether a row lacks its value; nil where none does.
  var isMissing: ((Int) -> Bool)? { get }
}

extension CellColumn: RowsWithGaps {
  var isMissing: ((Int) -> Bool)? { areMissing.contains(true) ? { areMissing[Int(codes[$0])] } : nil }
}

extension NumberColumn: RowsWithGaps {
  var isMissing: ((Int) -> Bool)? { hasMissing ? { values[$0].isNaN } : nil }
}

extension NumberColumn {
  /// Takes the values of rows that are not selected for missing.
  mutating func forget(except selected: [Bool]) {
    for row in selected.indices where !selected[row] { values[row] = .nan }
    hasMissing = true
  }

  /// - Throws: `TrialDataError` for the first value below 0.
  func refuseNegative(_ table: DataTable, _ name: String, _ message: String) throws(TrialDataError) {
    guard hasNegative, let row = values.firstIndex(where: { $0 < 0 }) else { return }
    throw TrialDataError(.data, file: table.file, row: row + 1, column: name, message)
  }
}

/// Which rows have a value in every column asked about so far.
struct CompleteRows {
  private let count: Int
  /// All when nil.
  private var areComplete: [Bool]?
  private(set) var rowsLeft: Int
  private(set) var dropped: [(column: String, rows: Int)] = []

  init(count: Int, selected: [Bool]?) {
    self.count = count
    areComplete = selected
    rowsLeft = selected.map { $0.count { $0 } } ?? count
  }

  /// The rows, ascending; nil for all.
  var rows: [Int]? {
    rowsLeft == count ? nil : areComplete.map { areComplete in areComplete.indices.filter { areComplete[$0] } }
  }

  /// Drops the rows without a value; returns the first of them.
  mutating func require(_ column: some RowsWithGaps, _ name: String) -> Int? {
    guard let isMissing = column.isMissing else { return nil }
    var complete = areComplete ?? [Bool](repeating: true, count: count)
    areComplete = nil
    var first: Int?
    var rows = 0
    for row in complete.indices where complete[row] && isMissing(row) {
      first = first ?? row
      complete[row] = false
      rows += 1
    }
    areComplete = complete
    rowsLeft -= rows
    if rows > 0 { dropped.append((name, rows)) }
    return first
  }
}

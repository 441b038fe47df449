/// A CSV file as columns: RFC 4180 quoting, a header row, LF, CRLF or CR.
///
/// Refused, with the place: no header or no rows, ragged rows, duplicate or empty column names, an unterminated quote, NUL
/// bytes, text that is not UTF-8, parts beyond `ReadLimits`. A UTF-8 byte order mark is skipped, blank
/// lines are not rows.
///
/// The bytes of the file are kept; columns are read from them when they are asked for, and no others.
public struct DataTable: Sendable {
  public let file: String
  public let columnNames: [String]
  public var rowCount: Int { rows.count }
  /// The size of what is kept of the file: without its quotes, where it has any, a second time.
  package var bytesHeld: Int { source.count + (rows.isCSV ? 0 : rows.bytes.count) + bytesBeside }
  /// What the file says about itself and its columns.
  public private(set) var description = FileDescription(.csv)
  /// The file as it was read, where it was no CSV text.
  private var bytesBeside = 0
  let rows: TableRows
  private let source: ByteSource
  /// How large its parts may be.
  public let limits: ReadLimits

  /// Reads the header and checks every row.
  public init(_ source: ByteSource, limits: ReadLimits = .standard) throws(TrialDataError) {
    try self.init(unchecked: source, limits: limits)
    try checkRows()
  }

  /// Reads the header of a file in any format and checks every row.
  public init(_ file: DataFile, limits: ReadLimits = .standard) throws(TrialDataError) {
    try self.init(unchecked: file, limits: limits)
    try checkRows()
  }

  /// Reads the header of a file in any format.
  package init(unchecked file: DataFile, limits: ReadLimits = .standard) throws(TrialDataError) {
    try self.init(unchecked: file.table, limits: limits)
    description = file.description
    bytesBeside = file.table.memory === file.original.memory ? 0 : file.original.count
  }

  /// Reads the header. Rows that are no table are found when columns are read: `read` and `checkRows` throw what the other
  /// initializer would have.
  package init(unchecked source: ByteSource, limits: ReadLimits = .standard) throws(TrialDataError) {
    try self.init(unchecked: source, pieceSize: RowPieces.pieceSize, limits: limits)
  }

  init(unchecked source: ByteSource, pieceSize: Int, limits: ReadLimits = .standard) throws(TrialDataError) {
    file = source.name
    self.limits = limits
    self.source = source
    let (text, survey) = try source.surveyedText(pieceSize: pieceSize)
    guard !survey.hasQuote, let (names, bodyStart) = CSVScanner.header(text, limits: limits),
      DataTable.fault(names, file: file) == nil
    else {
      // Quotes are taken out first; the scanner also says what is wrong with a header.
      let plain = try CSVScanner.plain(text, file: file, limits: limits)
      if let fault = DataTable.fault(plain.header, file: file) { throw fault }
      guard plain.rows > 0 else { throw TrialDataError(.data, file: file, "has a header and no rows") }
      columnNames = plain.header
      rows = TableRows(
        plain.bytes, columns: columnNames.count, isCSV: false, bodyStart: plain.bodyStart, lines: nil,
        pieceSize: pieceSize, limits: limits)
      try checkRowCount()
      return
    }
    columnNames = names
    let skipped = source.memory.count - text.count
    rows = TableRows(
      source.memory, columns: names.count, isCSV: true, bodyStart: skipped + bodyStart,
      lines: survey.lines, pieceSize: pieceSize, limits: limits)
    guard rows.count > 0 else { throw TrialDataError(.data, file: file, "has a header and no rows") }
    try checkRowCount()
  }

  private func checkRowCount() throws(TrialDataError) {
    guard rows.count > limits.rows else { return }
    throw TrialDataError(.data, file: file, "has \(rows.count) rows, more than the limit of \(limits.rows) (rows)")
  }

  private static func fault(_ names: [String], file: String) -> TrialDataError? {
    var seen: Set<String> = []
    for (position, name) in names.enumerated() {
      if name.isEmpty { return TrialDataError(.data, file: file, "column \(position + 1) has no name in the header") }
      if !seen.insert(name).inserted {
        return TrialDataError(.data, file: file, "two columns are named \"\(name)\"; rename one")
      }
    }
    return nil
  }

  /// Whether there is a column of exactly this name.
  public func hasColumn(_ name: String) -> Bool { columnNames.contains(name) }

  func position(of name: String) throws(TrialDataError) -> Int {
    guard let position = columnNames.firstIndex(of: name) else {
      throw TrialDataError(
        .usage, file: file, "has no column \"\(name)\"; its columns are \(columnNames.joined(separator: ", "))")
    }
    return position
  }

  /// - Throws: `TrialDataError` for the first row that has not as many fields as there are columns, or a field too long.
  package func checkRows() throws(TrialDataError) { _ = try read(ColumnRequest()) }

  /// Reads columns in one walk over the rows.
  ///
  /// - Throws: as `checkRows`.
  func read(_ request: ColumnRequest) throws(TrialDataError) -> ColumnsRead {
    if let read = rows.read(request) { return read }
    // Another walk, row after row, knows what to say.
    _ = try CSVScanner.plain(try source.surveyedText().text, file: file, limits: limits)
    preconditionFailure("the rows are a table to one reader and none to the other")
  }

  /// The column as text; nil where the cell is empty, "NA" or ".".
  public func text(_ name: String) throws(TrialDataError) -> [String?] {
    let column = try position(of: name)
    guard let cells = try read(ColumnRequest(cells: [column])).cells[column] else { return [] }
    let texts = zip(cells.cells, cells.areMissing).map { $1 ? nil : $0 }
    return cells.codes.map { texts[Int($0)] }
  }

  /// The column as numbers; nil where missing.
  ///
  /// - Parameters:
  ///   - name: of the column.
  ///   - selected: rows that are read; the others are nil unseen. All when nil.
  /// - Throws: `TrialDataError` naming the first row that is not a finite decimal number.
  public func numbers(_ name: String, selected: [Bool]? = nil) throws(TrialDataError) -> [Double?] {
    let column = try position(of: name)
    guard let numbers = try read(ColumnRequest(numbers: [column], selected: selected)).numbers[column] else {
      return []
    }
    if let row = numbers.fault { throw try notANumber(column, row) }
    return numbers.values.enumerated().map { $1.isNaN || selected?[$0] == false ? nil : $1 }
  }

  /// The error for a cell that is no number.
  func notANumber(_ column: Int, _ row: Int) throws(TrialDataError) -> TrialDataError {
    let cells = try read(ColumnRequest(cells: [column])).cells[column]
    let text = cells.map { $0.cells[Int($0.codes[row])] } ?? ""
    return TrialDataError(
      .data, file: file, row: row + 1, column: columnNames[column],
      "\(DataTable.trouble(text)), not a finite decimal number; correct it, or leave it empty if it is missing")
  }

  /// What kind of cell is no number, without repeating it.
  private static func trouble(_ cell: String) -> String {
    let text = cell.lowercased()
    let unsigned = text.drop { "+-".contains($0) }
    if unsigned == "nan" { return "is NaN" }
    if ["inf", "infinity"].contains(unsigned) { return "is without limit" }
    if text.contains(","), decimalNumber(Array(text.utf8.map { $0 == 0x2C ? 0x2E : $0 })[...]) != nil {
      return "has a decimal comma"
    }
    if let value = Double(text), value.isInfinite { return "is too large" }
    return text.allSatisfy { $0.isWhitespace } ? "is blank" : "is text"
  }

  static func isMissing(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.isEmpty || bytes.elementsEqual("NA".utf8) || bytes.elementsEqual(".".utf8)
  }
}

/// A CSV file as columns of text: RFC 4180 quoting, a header row, LF, CRLF or CR.
///
/// Refused, with the place: no header or no rows, ragged rows, duplicate or empty column names, an unterminated quote, NUL
/// bytes, text that is not UTF-8, a field over 1 MiB, more than 10,000 columns. A UTF-8 byte order mark is skipped, blank
/// lines are not rows.
public struct DataTable: Sendable {
  public static let fieldLimit = 1 << 20
  public static let columnLimit = 10_000

  public let file: String
  public let columnNames: [String]
  public let rowCount: Int
  /// All cells of each column as bytes, one after another, and where each starts.
  private let cells: [[UInt8]]
  private let starts: [[Int]]

  /// Parses the bytes.
  public init(_ source: ByteSource) throws(TrialDataError) {
    let file = source.name
    let collector = Collector()
    try collector.take(source.text(), file: file)
    if let fault = collector.fault { throw TrialDataError(.data, file: file, row: fault.row, fault.message) }
    guard let names = collector.header else { throw TrialDataError(.data, file: file, "is empty") }
    for (position, name) in names.enumerated() {
      if name.isEmpty { throw TrialDataError(.data, file: file, "column \(position + 1) has no name in the header") }
      if names[..<position].contains(name) {
        throw TrialDataError(.data, file: file, "two columns are named \"\(name)\"; rename one")
      }
    }
    guard collector.rows > 0 else { throw TrialDataError(.data, file: file, "has a header and no rows") }
    self.file = file
    columnNames = names
    rowCount = collector.rows
    cells = collector.cells
    starts = collector.starts
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

  func cell(_ column: Int, _ row: Int) -> ArraySlice<UInt8> {
    let end = row + 1 < rowCount ? starts[column][row + 1] : cells[column].count
    return cells[column][starts[column][row]..<end]
  }

  /// The column as text; nil where the cell is empty, "NA" or ".".
  public func text(_ name: String) throws(TrialDataError) -> [String?] {
    let column = try position(of: name)
    return (0..<rowCount).map { row in
      let bytes = cell(column, row)
      return DataTable.isMissing(bytes) ? nil : String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The column as numbers; nil where missing.
  ///
  /// - Parameter selected: rows that are read; the others are nil unseen. All when nil.
  /// - Throws: `TrialDataError` naming the first row that is not a finite decimal number.
  public func numbers(_ name: String, selected: [Bool]? = nil) throws(TrialDataError) -> [Double?] {
    let column = try position(of: name)
    var values: [Double?] = []
    values.reserveCapacity(rowCount)
    for row in 0..<rowCount {
      let bytes = cell(column, row)
      if DataTable.isMissing(bytes) || selected?[row] == false {
        values.append(nil)
      } else if let value = decimalNumber(bytes) {
        values.append(value)
      } else {
        throw TrialDataError(
          .data, file: file, row: row + 1, column: name,
          "\(DataTable.trouble(bytes)), not a finite decimal number; correct it, or leave it empty if it is missing")
      }
    }
    return values
  }

  /// Whether every cell that is not missing is a number, in the selected rows (all when nil).
  public func isNumeric(_ name: String, selected: [Bool]? = nil) throws(TrialDataError) -> Bool {
    let column = try position(of: name)
    for row in 0..<rowCount where selected?[row] != false {
      let bytes = cell(column, row)
      if !DataTable.isMissing(bytes), decimalNumber(bytes) == nil { return false }
    }
    return true
  }

  /// Which rows have exactly the given text in a column, byte for byte.
  func rows(_ name: String, equal text: String) throws(TrialDataError) -> [Bool] {
    let column = try position(of: name)
    return (0..<rowCount).map { cell(column, $0).elementsEqual(text.utf8) }
  }

  /// What kind of cell is no number, without repeating it.
  private static func trouble(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
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

/// A number in plain decimal notation, `[+-]digits[.digits][e[+-]digits]`, read to the nearest double; nil for anything
/// else: nan, inf, 1e400, hexadecimal, decimal commas, units.
func decimalNumber(_ bytes: ArraySlice<UInt8>) -> Double? {
  var i = bytes.startIndex
  func digits() -> Int {
    let from = i
    while i < bytes.endIndex, bytes[i] >= 0x30, bytes[i] <= 0x39 { i += 1 }
    return i - from
  }
  func skip(_ options: UInt8...) -> Bool {
    guard i < bytes.endIndex, options.contains(bytes[i]) else { return false }
    i += 1
    return true
  }
  _ = skip(0x2B, 0x2D)
  var mantissa = digits()
  if skip(0x2E) { mantissa += digits() }
  guard mantissa > 0 else { return nil }
  if skip(0x45, 0x65) {
    _ = skip(0x2B, 0x2D)
    guard digits() > 0 else { return nil }
  }
  guard i == bytes.endIndex, let value = Double(String(decoding: bytes, as: UTF8.self)), value.isFinite else {
    return nil
  }
  return value + 0
}

/// What the tokeniser's callbacks fill.
private final class Collector: CSVSink {
  var header: [String]?
  var cells: [[UInt8]] = []
  var starts: [[Int]] = []
  var rows = 0
  var field = 0
  var headerFields: [String] = []
  var fault: (row: Int?, message: String)?

  override func add(_ bytes: UnsafeRawBufferPointer) {
    if fault != nil { return }
    if bytes.count > DataTable.fieldLimit {
      fault = (rowNumber, "a field is longer than the limit of \(DataTable.fieldLimit) bytes")
    } else if header == nil {
      headerFields.append(String(decoding: bytes, as: UTF8.self))
      if headerFields.count > DataTable.columnLimit {
        fault = (nil, "has more than the limit of \(DataTable.columnLimit) columns")
      }
    } else if field < cells.count {
      starts[field].append(cells[field].count)
      cells[field].append(contentsOf: bytes)
    }
    field += 1
  }

  override func endRow() {
    defer { field = 0 }
    if fault != nil { return }
    guard header != nil else {
      header = headerFields
      cells = [[UInt8]](repeating: [], count: headerFields.count)
      starts = [[Int]](repeating: [], count: headerFields.count)
      rowNumber = 1
      return
    }
    if field != cells.count {
      fault = (rowNumber, "has \(field) fields where the header has \(cells.count)")
      return
    }
    rows += 1
    rowNumber += 1
  }
}

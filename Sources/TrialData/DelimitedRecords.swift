/// A text file as lines of cells, for files whose shape no header row tells: what graph digitisers and spreadsheets export.
///
/// The separator is a tab or a semicolon where half of the lines have one, else a comma, or blanks where no line has any.
/// Quoting as in `DataTable`; lines may differ in length; blank lines are left out, as are empty cells at the end of a line
/// and blanks around a cell.
package struct DelimitedRecords: Sendable {
  package let file: String
  package let separator: Character
  /// Every line has a cell that is not empty.
  package let lines: [[String]]

  /// - Throws: `TrialDataError` for what is no text, a stray quote, a line without end, a file without any cell.
  package init(_ source: ByteSource) throws(TrialDataError) {
    let text = try source.text()
    let separator = DelimitedRecords.separator(of: text)
    let sink = LineSink()
    try sink.take(text, file: source.name, separator: separator)
    guard !sink.isTooLong else {
      throw TrialDataError(
        .data, file: source.name, row: sink.rowNumber,
        "a line has more than \(ReadLimits.standard.columns) cells, or a cell more than \(ReadLimits.standard.field) bytes"
      )
    }
    let isBlank = separator == 0x20
    lines = sink.lines.compactMap { cells in
      var kept = isBlank ? cells.filter { !$0.isEmpty } : cells
      while kept.last?.isEmpty == true { kept.removeLast() }
      return kept.isEmpty ? nil : kept
    }
    guard !lines.isEmpty else { throw TrialDataError(.data, file: source.name, "is empty") }
    file = source.name
    self.separator = Character(Unicode.Scalar(separator))
  }

  private static func separator(of text: UnsafeBufferPointer<UInt8>) -> UInt8 {
    let lines = text.split { $0 == 0x0A || $0 == 0x0D }.filter { $0.contains { $0 != 0x20 && $0 != 0x09 } }
    func isUsual(_ candidate: UInt8) -> Bool {
      2 * lines.count { $0.contains(candidate) } >= lines.count && !lines.isEmpty
    }
    return [0x09, 0x3B].first(where: isUsual) ?? (text.contains(0x2C) ? 0x2C : 0x20)
  }

  /// The number in a cell: a decimal point, or a decimal comma where the comma does not separate cells; nil for what is no
  /// finite decimal number.
  package static func number(_ cell: String) -> Double? {
    let bytes = Array(cell.utf8)
    if let value = decimalNumber(bytes[...]) { return value }
    guard bytes.count(where: { $0 == 0x2C }) == 1, !bytes.contains(0x2E) else { return nil }
    return decimalNumber(bytes.map { $0 == 0x2C ? 0x2E : $0 }[...])
  }

  /// Whether a cell says that a number is not known.
  package static func isMissing(_ cell: String) -> Bool { DataTable.isMissing(Array(cell.utf8)[...]) }
}

private final class LineSink: CSVSink {
  var lines: [[String]] = []
  var cells: [String] = []
  var isTooLong = false

  override func add(_ bytes: UnsafeRawBufferPointer) {
    guard cells.count < ReadLimits.standard.columns, bytes.count <= ReadLimits.standard.field else {
      isTooLong = true
      return
    }
    // libcsv trims blanks and tabs; a no-break space beside a number is none either.
    var text = Substring(decoding: bytes, as: UTF8.self)
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    cells.append(String(text))
  }

  override func endRow() {
    lines.append(cells)
    cells = []
    super.endRow()
  }
}

/// One serial walk over a CSV file by the whole grammar: RFC 4180 quoting; LF, CRLF or CR; blank lines are no rows, and blanks
/// around a field that is not quoted are no part of it.
///
/// It says what is wrong with a file, and takes the quotes out of one that has any. Files without quotes are read in pieces
/// (`RowPieces`) by the same rules.
struct CSVScanner {
  /// What closes a cell, and the last cell of a row, where the quotes are taken out: neither byte occurs in UTF-8.
  static let cellEnd: UInt8 = 0xFE
  static let rowEnd: UInt8 = 0xFF

  private enum State {
    case rowNotBegun
    case fieldNotBegun
    case unquoted
    case quoted
    case afterQuote
  }

  private let file: String
  private let limits: ReadLimits
  /// The cells, each with its end; the header too.
  private let output: UnsafeMutablePointer<UInt8>
  private var next = 0
  private var fieldStart = 0
  private var field = 0
  private(set) var header: [String]?
  private(set) var rows = 0
  /// Where the first row starts in the output.
  private(set) var bodyStart = 0
  private var headerFields: [String] = []
  private var rowNumber = 0
  private var fault: (row: Int?, message: String)?
  /// The byte that is looked at, and the first of its row.
  private var position = 0
  private var rowStart = 0

  private init(file: String, limits: ReadLimits, output: UnsafeMutablePointer<UInt8>) {
    self.file = file
    self.limits = limits
    self.output = output
  }

  /// A file without its quotes.
  struct Plain {
    let bytes: FileBytes
    let header: [String]
    let bodyStart: Int
    let rows: Int
  }

  /// The file with its quotes taken out.
  ///
  /// - Throws: `TrialDataError` for everything that is wrong with it but the names of its columns.
  static func plain(
    _ text: UnsafeBufferPointer<UInt8>, file: String, limits: ReadLimits
  ) throws(TrialDataError) -> Plain {
    var outcome: Result<CSVScanner, TrialDataError>?
    let bytes = FileBytes(capacity: text.count + 1) { output in
      var scanner = CSVScanner(file: file, limits: limits, output: output)
      do throws(TrialDataError) {
        try scanner.scan(text)
        outcome = .success(scanner)
      } catch {
        outcome = .failure(error)
      }
      return scanner.next
    }
    guard let scanner = try outcome?.get(), let header = scanner.header else {
      throw TrialDataError(.data, file: file, "is empty")
    }
    return Plain(bytes: bytes, header: header, bodyStart: scanner.bodyStart, rows: scanner.rows)
  }

  /// The fields of the first line that is not blank, and where the line after it starts; nil when there is none, or
  /// something is wrong with it.
  static func header(
    _ text: UnsafeBufferPointer<UInt8>, limits: ReadLimits
  ) -> (names: [String], bodyStart: Int)? {
    // The line is looked for first, so that the room for its fields need not be that of the file.
    var start = 0
    while start < text.count, [0x0A, 0x0D, 0x20, 0x09].contains(text[start]) { start += 1 }
    let rest = text[start...]
    guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return nil }
    let line = UnsafeBufferPointer(rebasing: text[start...end])
    guard let plain = try? plain(line, file: "", limits: limits) else { return nil }
    return (plain.header, end + 1)
  }

  private mutating func scan(_ text: UnsafeBufferPointer<UInt8>) throws(TrialDataError) {
    var state = State.rowNotBegun
    var blanks = 0
    for byte in text {
      position += 1
      switch state {
      case .rowNotBegun, .fieldNotBegun:
        if state == .rowNotBegun { rowStart = position - 1 }
        switch byte {
        case 0x20, 0x09: continue
        case 0x0A, 0x0D:
          guard state == .fieldNotBegun else { continue }
          endField()
          endRow()
          state = .rowNotBegun
        case 0x2C:
          endField()
          state = .fieldNotBegun
        case 0x22: state = .quoted
        default:
          add(byte)
          state = .unquoted
        }
        blanks = 0
      case .unquoted:
        switch byte {
        case 0x22: throw misplacedQuote
        case 0x2C, 0x0A, 0x0D:
          next -= blanks
          blanks = 0
          endField()
          state = .fieldNotBegun
          if byte != 0x2C {
            endRow()
            state = .rowNotBegun
          }
        default:
          add(byte)
          blanks = byte == 0x20 || byte == 0x09 ? blanks + 1 : 0
        }
      case .quoted:
        if byte == 0x22 { state = .afterQuote } else { add(byte) }
      case .afterQuote:
        switch byte {
        case 0x22 where blanks == 0:
          add(byte)
          state = .quoted
        case 0x20, 0x09: blanks += 1
        case 0x2C, 0x0A, 0x0D:
          blanks = 0
          endField()
          state = .fieldNotBegun
          if byte != 0x2C {
            endRow()
            state = .rowNotBegun
          }
        default: throw misplacedQuote
        }
      }
    }
    switch state {
    case .rowNotBegun: break
    case .quoted:
      throw TrialDataError(
        .data, file: file, row: rowNumber, "a quoted field that starts in this row is never closed")
    case .fieldNotBegun, .unquoted, .afterQuote:
      if state == .unquoted { next -= blanks }
      endField()
      position += 1
      endRow()
    }
    if let fault { throw TrialDataError(.data, file: file, row: fault.row, fault.message) }
  }

  private var misplacedQuote: TrialDataError {
    TrialDataError(
      .data, file: file, row: rowNumber, "a quote stands inside an unquoted field, or text follows a quote")
  }

  private mutating func add(_ byte: UInt8) {
    output[next] = byte
    next += 1
  }

  private mutating func endField() {
    let length = next - fieldStart
    if fault == nil {
      if length > limits.field {
        fault = (rowNumber, "a field is longer than the limit of \(limits.field) bytes (field)")
      } else if header == nil {
        headerFields.append(
          String(decoding: UnsafeBufferPointer(start: output + fieldStart, count: length), as: UTF8.self))
        if headerFields.count > limits.columns {
          fault = (nil, "has more than the limit of \(limits.columns) columns")
        }
      }
    }
    field += 1
    add(CSVScanner.cellEnd)
    fieldStart = next
  }

  private mutating func endRow() {
    output[next - 1] = CSVScanner.rowEnd
    defer { field = 0 }
    if fault != nil { return }
    if position - rowStart > limits.line {
      fault = (rowNumber > 0 ? rowNumber : nil, "a row is longer than the limit of \(limits.line) bytes (line)")
      return
    }
    guard let header else {
      header = headerFields
      bodyStart = next
      rowNumber = 1
      return
    }
    if field != header.count {
      fault = (rowNumber, "has \(field) fields where the header has \(header.count)")
      return
    }
    rows += 1
    rowNumber += 1
  }
}

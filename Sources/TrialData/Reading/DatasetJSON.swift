/// CDISC Dataset-JSON 1.1 (2024), as one object or with a row per line (NDJSON), as CSV text.
///
/// Numbers are copied digit by digit, so that they are read as those of a CSV file are. `null` is an empty cell.
struct DatasetJSON {
  private struct Column {
    var name = ""
    var dataType = ""
    var description = FileDescription.Column(name: "")
    var takesNumbers: Bool { ["integer", "float", "double"].contains(dataType) }
  }

  private static let dataTypes: Set<String> = [
    "string", "integer", "float", "double", "decimal", "boolean", "datetime", "date", "time", "URI",
  ]

  private var scanner: JSONScanner
  private let limit: Int
  private let check: DataFile.SizeCheck
  private var version: String?
  private var records: Int?
  private var columns: [Column] = []
  private var out = ByteCollector()
  private var text: [UInt8] = []
  private var cells = 0

  private init(_ scanner: JSONScanner, limit: Int, check: @escaping DataFile.SizeCheck) {
    (self.scanner, self.limit, self.check) = (scanner, limit, check)
  }

  /// - Throws: `TrialDataError` (data), with the row where it is about one: not JSON, no Dataset-JSON, another version, a
  ///   column without a name or of an unknown type, a row of another length, a value of another type than its column, another
  ///   number of rows than `records`.
  static func read(
    _ bytes: FileBytes, file: String, limit: Int, check: @escaping DataFile.SizeCheck
  ) throws(TrialDataError) -> (FileBytes, FileDescription) {
    let text = try ByteSource(name: file, memory: bytes).text()
    var reader = DatasetJSON(JSONScanner(text, file: file), limit: limit, check: check)
    let isLines = try reader.readAll()
    var description = FileDescription(isLines ? .datasetNDJSON : .datasetJSON)
    description.version = reader.version
    description.columns = reader.columns.map(\.description)
    return (reader.out.finish(), description)
  }

  /// - Returns: whether rows stand in lines behind the object.
  private mutating func readAll() throws(TrialDataError) -> Bool {
    var rows: JSONScanner?
    var hasRows = false
    var seen: Set<String> = []
    var whole = scanner
    try whole.members { (inner, key) throws(TrialDataError) in
      guard seen.insert(key).inserted else { throw inner.fault("has \"\(key)\" twice") }
      switch key {
      case "datasetJSONVersion": version = try inner.string()
      case "records":
        let digits = String(decoding: try inner.number(), as: UTF8.self)
        guard let count = Int(digits), count >= 0 else { throw inner.fault("\"records\" is no number of rows") }
        records = count
      case "columns":
        try inner.elements { (element) throws(TrialDataError) in columns.append(try DatasetJSON.column(&element)) }
        writeHeader()
      case "rows":
        hasRows = true
        // Columns may stand behind the rows, which are then read in a second walk.
        if columns.isEmpty || version == nil { rows = inner }
        if rows == nil { try readRows(&inner) } else { try inner.skip() }
      default: try inner.skip()
      }
    }
    guard let version else {
      throw whole.fault(
        "is JSON and no Dataset-JSON: it has no \"datasetJSONVersion\"; give CSV, or Dataset-JSON of version 1.1")
    }
    guard version == "1.1" || version.hasPrefix("1.1.") else {
      throw whole.fault("is Dataset-JSON of a version other than 1.1, the one that is read; convert it")
    }
    guard !columns.isEmpty else { throw whole.fault("has no \"columns\"") }
    let isLines = !hasRows
    if var rows {
      try readRows(&rows)
    } else if isLines {
      while whole.next() != nil { try readRow(&whole) }
    }
    if !isLines, whole.next() != nil { throw whole.fault("has something behind the end of the object") }
    let count = isLines ? whole.row : rowsRead
    if let records, records != count {
      throw scanner.fault("has \(count) rows and says \"records\": \(records); it may be cut off")
    }
    return isLines
  }

  private var rowsRead = 0

  private static func column(_ scanner: inout JSONScanner) throws(TrialDataError) -> Column {
    var column = Column()
    try scanner.members { (inner, key) throws(TrialDataError) in
      switch key {
      case "name": column.name = try inner.string()
      case "dataType": column.dataType = try inner.string()
      case "label": column.description.label = inner.take("null") ? "" : try inner.string()
      case "displayFormat": column.description.displayFormat = inner.take("null") ? "" : try inner.string()
      default: try inner.skip()
      }
    }
    guard !column.name.isEmpty else { throw scanner.fault("has a column without a \"name\"") }
    guard dataTypes.contains(column.dataType) else {
      throw TrialDataError(
        .data, file: scanner.file, column: column.name, "has no \"dataType\" that Dataset-JSON 1.1 knows")
    }
    var description = FileDescription.Column(name: column.name)
    (description.label, description.displayFormat) = (column.description.label, column.description.displayFormat)
    column.description = description
    return column
  }

  private mutating func writeHeader() {
    for (position, column) in columns.enumerated() {
      if position > 0 { out.block.append(0x2C) }
      out.appendField(column.name.utf8)
    }
    out.block.append(0x0A)
  }

  private mutating func readRows(_ scanner: inout JSONScanner) throws(TrialDataError) {
    try scanner.elements { (inner) throws(TrialDataError) in try readRow(&inner) }
    rowsRead = scanner.row
    scanner.row = 0
  }

  private mutating func readRow(_ scanner: inout JSONScanner) throws(TrialDataError) {
    scanner.row += 1
    guard scanner.next() == 0x5B else { throw scanner.fault("is no array of values") }
    cells = 0
    try scanner.elements { (inner) throws(TrialDataError) in
      if cells < columns.count { try readCell(&inner, columns[cells]) } else { try inner.skip() }
      cells += 1
    }
    guard cells == columns.count else {
      throw scanner.fault("has \(cells) values for \(columns.count) columns")
    }
    out.block.append(0x0A)
    out.closeBlock()
    guard out.count <= limit else { throw scanner.fault("is larger than the limit of \(limit) bytes") }
    if scanner.row % 1024 == 0 { try check(scanner.file, out.count) }
  }

  private mutating func readCell(_ scanner: inout JSONScanner, _ column: Column) throws(TrialDataError) {
    if cells > 0 { out.block.append(0x2C) }
    func fault(_ message: String) -> TrialDataError {
      TrialDataError(.data, file: scanner.file, row: scanner.row, column: column.name, message)
    }
    switch scanner.next() {
    case 0x22:
      guard !column.takesNumbers else { throw fault("is a string in a column of numbers") }
      text.removeAll(keepingCapacity: true)
      try scanner.string(into: &text)
      if text.isEmpty, columns.count == 1 { out.appendQuoted([]) } else { out.appendField(text) }
    case 0x5B, 0x7B: throw fault("is an array or an object, which is no value")
    default:
      if scanner.take("null") {
        // A line that is empty would be no row.
        if columns.count == 1 { out.appendQuoted([]) }
      } else if scanner.take("true") {
        guard column.dataType == "boolean" else { throw fault("is true in a column that is not boolean") }
        out.block += Array("true".utf8)
      } else if scanner.take("false") {
        guard column.dataType == "boolean" else { throw fault("is false in a column that is not boolean") }
        out.block += Array("false".utf8)
      } else {
        let number = try scanner.number()
        guard column.takesNumbers || column.dataType == "decimal" else {
          throw fault("is a number in a column of text")
        }
        out.block += number
      }
    }
  }
}

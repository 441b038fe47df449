@testable import TrialData

/// A table by libcsv, another program's reading of the same rules, with survkit's checks of its shape written down once more: what
/// `DataTable` is compared with.
enum CSVOracle {
  struct Table: Equatable {
    let names: [String]
    let rows: [[String]]
  }

  /// The table, or what is wrong with it.
  static func read(_ bytes: [UInt8]) -> Result<Table, TrialDataError> {
    let source = ByteSource(name: "t.csv", bytes: bytes)
    let sink = Collector()
    do throws(TrialDataError) {
      try sink.take(source.text(), file: source.name)
    } catch {
      return .failure(error)
    }
    func fault(_ row: Int?, _ message: String) -> Result<Table, TrialDataError> {
      .failure(TrialDataError(.data, file: "t.csv", row: row, message))
    }
    if let found = sink.fault { return fault(found.row, found.message) }
    guard let names = sink.header else { return fault(nil, "is empty") }
    for (position, name) in names.enumerated() {
      if name.isEmpty { return fault(nil, "column \(position + 1) has no name in the header") }
      if names[..<position].contains(name) { return fault(nil, "two columns are named \"\(name)\"; rename one") }
    }
    return sink.rows.isEmpty ? fault(nil, "has a header and no rows") : .success(Table(names: names, rows: sink.rows))
  }

  /// The same by `DataTable`, every cell as text.
  static func own(_ bytes: [UInt8], pieceSize: Int) -> Result<Table, TrialDataError> {
    do throws(TrialDataError) {
      let table = try DataTable(unchecked: ByteSource(name: "t.csv", bytes: bytes), pieceSize: pieceSize)
      try table.checkRows()
      let columns = try table.read(ColumnRequest(cells: Array(table.columnNames.indices))).cells
      let rows = (0..<table.rowCount).map { row in
        table.columnNames.indices.map { column in
          columns[column].map { $0.cells[Int($0.codes[row])] } ?? "?"
        }
      }
      return .success(Table(names: table.columnNames, rows: rows))
    } catch {
      return .failure(error)
    }
  }

  private final class Collector: CSVSink {
    var header: [String]?
    var rows: [[String]] = []
    var fields: [String] = []
    var fault: (row: Int?, message: String)?

    override func add(_ bytes: UnsafeRawBufferPointer) {
      if fault != nil { return }
      if bytes.count > ReadLimits.standard.field {
        fault = (rowNumber, "a field is longer than the limit of \(ReadLimits.standard.field) bytes (field)")
      }
      fields.append(String(decoding: bytes, as: UTF8.self))
      if header == nil, fields.count > ReadLimits.standard.columns, fault == nil {
        fault = (nil, "has more than the limit of \(ReadLimits.standard.columns) columns")
      }
    }

    override func endRow() {
      defer { fields = [] }
      if fault != nil { return }
      guard let header else {
        header = fields
        rowNumber = 1
        return
      }
      guard fields.count == header.count else {
        fault = (rowNumber, "has \(fields.count) fields where the header has \(header.count)")
        return
      }
      rows.append(fields)
      rowNumber += 1
    }
  }
}

internal import Survival

/// A column of numbers as it was read: NaN where the cell is missing.
struct NumberColumn: Sendable {
  var values: [Double]
  var hasMissing: Bool
  var hasNegative: Bool
  /// The first row, from 0, whose cell is no number, of those that were to be numbers.
  let fault: Int?
}

/// A column of text as it was read: its different cells in the order of their first row, and which of them each row has.
struct CellColumn: Sendable {
  let cells: [String]
  /// Whether each of the cells says that the value is missing.
  let areMissing: [Bool]
  let codes: [Int32]

  /// Whether each of the cells is a text, byte for byte.
  func areEqual(to text: String) -> [Bool] { cells.map { $0.utf8.elementsEqual(text.utf8) } }
}

/// What is wanted of a table, in one walk over its rows.
struct ColumnRequest {
  var numbers: [Int] = []
  var cells: [Int] = []
  /// A column whose cells are compared with the beginning `prefix`.
  var prefixed: Int?
  var prefix: [UInt8] = []
  /// Rows in which cells must be numbers where numbers are wanted; all when nil.
  var selected: [Bool]?

  /// Columns read in one walk.
  static let limit = 256
}

struct ColumnsRead {
  var numbers: [Int: NumberColumn] = [:]
  var cells: [Int: CellColumn] = [:]
  var prefixed: [Bool] = []

  mutating func merge(_ other: ColumnsRead) {
    numbers.merge(other.numbers) { first, _ in first }
    cells.merge(other.cells) { first, _ in first }
    if prefixed.isEmpty { prefixed = other.prefixed }
  }
}

/// The rows of a text and the pieces they are read in.
struct TableRows: Sendable {
  let bytes: FileBytes
  let columns: Int
  let isCSV: Bool
  let pieces: RowPieces
  private let limits: ReadLimits

  var count: Int { pieces.rowCount }

  init(
    _ bytes: FileBytes, columns: Int, isCSV: Bool, bodyStart: Int, lines: [Int?]?, pieceSize: Int, limits: ReadLimits
  ) {
    self.bytes = bytes
    self.columns = columns
    self.isCSV = isCSV
    self.limits = limits
    let reader = RowReader(bytes, columns: columns, isCSV: isCSV, limits: limits)
    pieces = RowPieces(reader, bodyStart: bodyStart, lines: lines, pieceSize: pieceSize)
  }

  /// Reads the columns asked for.
  ///
  /// - Returns: nil when the rows are no table.
  func read(_ request: ColumnRequest) -> ColumnsRead? {
    var read = ColumnsRead()
    var (numbers, cells) = (Array(Set(request.numbers)).sorted(), Array(Set(request.cells)).sorted())
    var prefixed = request.prefixed
    // A column can play one part in a walk.
    repeat {
      var wanted: [(column: Int, role: RowReader.Role)] = numbers.prefix(ColumnRequest.limit).map { ($0, .number) }
      numbers.removeFirst(wanted.count)
      var left: [Int] = []
      for column in cells {
        if wanted.count < ColumnRequest.limit, !wanted.contains(where: { $0.column == column }) {
          wanted.append((column, .code))
        } else {
          left.append(column)
        }
      }
      cells = left
      if let column = prefixed, !wanted.contains(where: { $0.column == column }) {
        wanted.append((column, .prefix))
        prefixed = nil
      }
      guard let part = walk(wanted, request) else { return nil }
      read.merge(part)
    } while !numbers.isEmpty || !cells.isEmpty || prefixed != nil
    return read
  }

  private func walk(_ wanted: [(column: Int, role: RowReader.Role)], _ request: ColumnRequest) -> ColumnsRead? {
    var tasks = [RowReader.Task](repeating: RowReader.Task(), count: columns)
    for (place, (column, role)) in wanted.enumerated() {
      tasks[column] = RowReader.Task(role: role, values: nil, place: place)
    }
    var read = ColumnsRead()
    var findings: [[RowReader.Finding]]? = nil
    var labels: [[String]] = []

    /// Makes room for the columns from `place` on, one inside the other, and reads the rows when all have theirs.
    func fill(_ place: Int) {
      guard place < wanted.count else {
        findings = readPieces(tasks, places: wanted.count, request)
        if let findings { labels = uniteCodes(wanted, tasks, findings) }
        return
      }
      let (column, role) = wanted[place]
      func found<Value>(_ pick: (RowReader.Finding) -> Value) -> [Value] {
        (findings ?? []).map { pick($0[place]) }
      }
      switch role {
      case .number:
        let values: [Double] = filledArray(count) {
          tasks[column].values = UnsafeMutableRawPointer($0)
          fill(place + 1)
        }
        read.numbers[column] = NumberColumn(
          values: values, hasMissing: found(\.hasMissing).contains(true),
          hasNegative: found(\.hasNegative).contains(true), fault: found(\.fault).compactMap { $0 }.first)
      case .code:
        let codes: [Int32] = filledArray(count) {
          tasks[column].values = UnsafeMutableRawPointer($0)
          fill(place + 1)
        }
        guard findings != nil else { return }
        read.cells[column] = CellColumn(
          cells: labels[place], areMissing: labels[place].map { DataTable.isMissing(Array($0.utf8)[...]) }, codes: codes
        )
      case .prefix:
        read.prefixed = filledArray(count) {
          tasks[column].values = UnsafeMutableRawPointer($0)
          fill(place + 1)
        }
      case .none: break
      }
    }
    fill(0)
    return findings == nil ? nil : read
  }

  private func readPieces(
    _ tasks: [RowReader.Task], places: Int, _ request: ColumnRequest
  ) -> [[RowReader.Finding]]? {
    let reader = RowReader(bytes, columns: columns, isCSV: isCSV, limits: limits, prefix: request.prefix)
    let pieces = pieces
    let selected = request.selected
    let found = concurrentMap(pieces.ranges.count) { piece -> [RowReader.Finding]? in
      let first = pieces.firstRows[piece]
      let end = piece + 1 < pieces.firstRows.count ? pieces.firstRows[piece + 1] : pieces.rowCount
      return reader.read(
        pieces.ranges[piece], first: first, rows: end - first, tasks: tasks, places: places, selected: selected)
    }
    let all = found.compactMap { $0 }
    return all.count == found.count ? all : nil
  }

  /// Numbers the cells of each column of codes over all pieces, in the order of their first row; returns them as text.
  private func uniteCodes(
    _ wanted: [(column: Int, role: RowReader.Role)], _ tasks: [RowReader.Task], _ findings: [[RowReader.Finding]]
  ) -> [[String]] {
    var labels = [[String]](repeating: [], count: wanted.count)
    for (place, (column, role)) in wanted.enumerated() where role == .code {
      var united = CellDictionary()
      let places = findings.map { piece in
        piece[place].dictionary.cells.map { united.code($0.start, $0.count) }
      }
      labels[place] = united.cells.map {
        String(decoding: UnsafeBufferPointer(start: $0.start, count: $0.count), as: UTF8.self)
      }
      let task = tasks[column]
      let pieces = pieces
      concurrentForEach(places.count) { piece in
        let map = places[piece]
        guard let codes = task.values?.assumingMemoryBound(to: Int32.self),
          zip(map.indices, map).contains(where: { $0 != Int($1) })
        else { return }
        let end = piece + 1 < pieces.firstRows.count ? pieces.firstRows[piece + 1] : pieces.rowCount
        for row in pieces.firstRows[piece]..<end { codes[row] = map[Int(codes[row])] }
      }
    }
    return labels
  }
}

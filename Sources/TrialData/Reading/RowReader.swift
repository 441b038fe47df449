/// Walks over rows of cells in memory: a CSV text without quotes, or what `CSVScanner` made of one that has some.
struct RowReader: @unchecked Sendable {
  /// What a byte is to a row.
  private enum Kind {
    static let text: UInt8 = 0
    static let cellEnd: UInt8 = 1
    static let rowEnd: UInt8 = 2
  }

  /// What is wanted of a column.
  enum Role: UInt8 {
    case none
    case number
    case code
    /// Whether the cell starts with the bytes of `RowReader.prefix`.
    case prefix
  }

  /// One column's part of a walk.
  struct Task: @unchecked Sendable {
    var role = Role.none
    /// The column's values, by row.
    var values: UnsafeMutableRawPointer?
    /// The position among the columns that are wanted.
    var place = 0
  }

  /// What a walk found out about one column.
  struct Finding: Sendable {
    var hasMissing = false
    var hasNegative = false
    /// The first row of a cell that is no number.
    var fault: Int?
    var dictionary = CellDictionary()
  }

  let bytes: FileBytes
  let count: Int
  private let base: UnsafePointer<UInt8>
  private let columns: Int
  /// Whether blanks around cells and blank lines are left out.
  private let trims: Bool
  private let kinds: [UInt8]
  private let prefix: [UInt8]
  private let fieldLimit: Int
  private let lineLimit: Int

  /// - Parameters:
  ///   - isCSV: a text as it was read; false for the scanner's output.
  init(_ bytes: FileBytes, columns: Int, isCSV: Bool, limits: ReadLimits, prefix: [UInt8] = []) {
    (fieldLimit, lineLimit) = (limits.field, limits.line)
    self.bytes = bytes
    base = UnsafePointer(bytes.base)
    count = bytes.count
    self.columns = columns
    trims = isCSV
    var kinds = [UInt8](repeating: Kind.text, count: 256)
    if isCSV {
      kinds[0x2C] = Kind.cellEnd
      kinds[0x0A] = Kind.rowEnd
      kinds[0x0D] = Kind.rowEnd
    } else {
      kinds[Int(CSVScanner.cellEnd)] = Kind.cellEnd
      kinds[Int(CSVScanner.rowEnd)] = Kind.rowEnd
    }
    self.kinds = kinds
    self.prefix = prefix
  }

  func isLineEnd(_ position: Int) -> Bool { kinds[Int(base[position])] == Kind.rowEnd }

  /// The start of the first row whose line starts after a line end in the given range; nil when there is none.
  private func firstRow(in range: Range<Int>) -> Int? {
    var i = range.lowerBound
    while i < range.upperBound, !isLineEnd(i) { i += 1 }
    return i < range.upperBound ? row(from: i + 1, lastEnd: range.upperBound) : nil
  }

  /// The first byte of the row on the line that starts at `start`, or on the next line that is not blank and starts at `lastEnd` at
  /// most; nil when there is none.
  @inline(__always)
  private func row(from start: Int, lastEnd: Int) -> Int? {
    guard trims else { return start <= lastEnd && start < count ? start : nil }
    var start = start
    while start <= lastEnd, start < count {
      let first = base[start]
      if first > 0x20 { return start }
      var i = start
      while base[i] == 0x20 || base[i] == 0x09 { i += 1 }
      if !isLineEnd(i) { return i }
      start = i + 1
    }
    return nil
  }

  /// How many rows start in a piece.
  func rows(in range: Range<Int>) -> Int {
    var rows = 0
    var next = firstRow(in: range)
    while let start = next {
      rows += 1
      var i = start
      while !isLineEnd(i) { i += 1 }
      next = row(from: i + 1, lastEnd: range.upperBound)
    }
    return rows
  }

  /// Reads the rows of a piece.
  ///
  /// - Parameters:
  ///   - first: number of the first row, from 0.
  ///   - rows: how many there are.
  ///   - tasks: one per column of the file.
  ///   - selected: rows in which a cell must be a number where one is wanted; all when nil.
  /// - Returns: what was found, by place; nil when a row has not as many cells as there are columns, or it or a cell is too long.
  func read(
    _ range: Range<Int>, first: Int, rows: Int, tasks: [Task], places: Int, selected: [Bool]?
  ) -> [Finding]? {
    var findings = [Finding](repeating: Finding(), count: places)
    var row = first
    let last = first + rows
    let isRead = kinds.withUnsafeBufferPointer { kinds in
      tasks.withUnsafeBufferPointer { tasks in
        findings.withUnsafeMutableBufferPointer { findings in
          var next = firstRow(in: range)
          while let start = next {
            guard row < last else { return false }
            var p = base + start
            for column in 0..<columns {
              let task = tasks[column]
              var end: UnsafePointer<UInt8>
              switch task.role {
              case .number: end = number(p, kinds, task, row, selected, &findings[task.place])
              case .code:
                let (cell, length, stop) = cell(p, kinds)
                end = stop
                if length > fieldLimit { return false }
                let code = findings[task.place].dictionary.code(cell, length)
                task.values?.storeBytes(of: code, toByteOffset: 4 * row, as: Int32.self)
              case .prefix:
                let (cell, length, stop) = cell(p, kinds)
                end = stop
                if length > fieldLimit { return false }
                let has = length >= prefix.count && prefix.indices.allSatisfy { cell[$0] == prefix[$0] }
                task.values?.storeBytes(of: has, toByteOffset: row, as: Bool.self)
              case .none:
                end = p
                while kinds[Int(end.pointee)] == Kind.text { end += 1 }
                if end - p > fieldLimit, cell(p, kinds).length > fieldLimit { return false }
              }
              let wanted = column + 1 < columns ? Kind.cellEnd : Kind.rowEnd
              guard kinds[Int(end.pointee)] == wanted else { return false }
              p = end + 1
            }
            if p - base - start > lineLimit { return false }
            row += 1
            next = self.row(from: p - base, lastEnd: range.upperBound)
          }
          return row == last
        }
      }
    }
    return isRead ? findings : nil
  }

  /// The cell at `start` without blanks around it, and where it is closed.
  @inline(__always)
  private func cell(
    _ start: UnsafePointer<UInt8>, _ kinds: UnsafeBufferPointer<UInt8>
  ) -> (cell: UnsafePointer<UInt8>, length: Int, end: UnsafePointer<UInt8>) {
    var (cell, end) = (start, start)
    while kinds[Int(end.pointee)] == Kind.text { end += 1 }
    var stop = end
    if trims, cell < stop, cell.pointee <= 0x20 || stop[-1] <= 0x20 {
      while cell < stop, cell.pointee == 0x20 || cell.pointee == 0x09 { cell += 1 }
      while stop > cell, stop[-1] == 0x20 || stop[-1] == 0x09 { stop -= 1 }
    }
    return (cell, stop - cell, end)
  }

  /// Reads the number in the cell at `start`; returns where the cell is closed.
  @inline(__always)
  private func number(
    _ start: UnsafePointer<UInt8>, _ kinds: UnsafeBufferPointer<UInt8>, _ task: Task, _ row: Int, _ selected: [Bool]?,
    _ finding: inout Finding
  ) -> UnsafePointer<UInt8> {
    var p = start
    let isNegative = p.pointee == 0x2D
    if isNegative || p.pointee == 0x2B { p += 1 }
    let first = p
    var digits: UInt64 = 0
    while p.pointee &- 0x30 <= 9 {
      digits = digits &* 10 &+ UInt64(p.pointee &- 0x30)
      p += 1
    }
    var length = p - first
    var places = 0
    if p.pointee == 0x2E {
      p += 1
      let point = p
      while let eight = RowReader.eightDigits(p) {
        digits = digits &* 100_000_000 &+ eight
        p += 8
      }
      while p.pointee &- 0x30 <= 9 {
        digits = digits &* 10 &+ UInt64(p.pointee &- 0x30)
        p += 1
      }
      places = p - point
      length += places
      // Zeros in front are no digits that count.
      if length > 19, length < 60 {
        var zero = first
        while zero.pointee == 0x30 || zero.pointee == 0x2E {
          if zero.pointee == 0x30 { length -= 1 }
          zero += 1
        }
        // Nothing but zeros is a number too.
        if length == 0 { length = 1 }
      }
    }
    guard length > 0, length <= 19, places <= DecimalFraction.placeLimit, kinds[Int(p.pointee)] != Kind.text else {
      return slowNumber(start, kinds, task, row, selected, &finding)
    }
    let size = DecimalFraction.value(digits, places: places)
    if isNegative, digits != 0 {
      finding.hasNegative = true
      task.values?.storeBytes(of: -size, toByteOffset: 8 * row, as: Double.self)
    } else {
      task.values?.storeBytes(of: size, toByteOffset: 8 * row, as: Double.self)
    }
    return p
  }

  @inline(never)
  private func slowNumber(
    _ start: UnsafePointer<UInt8>, _ kinds: UnsafeBufferPointer<UInt8>, _ task: Task, _ row: Int, _ selected: [Bool]?,
    _ finding: inout Finding
  ) -> UnsafePointer<UInt8> {
    let (cell, length, end) = cell(start, kinds)
    var value = Double.nan
    // No cell ends before its last byte: the walk stops.
    if length > fieldLimit { return end - 1 }
    let bytes = [UInt8](UnsafeBufferPointer(start: cell, count: length))[...]
    if DataTable.isMissing(bytes) {
      finding.hasMissing = true
    } else if let number = decimalNumber(bytes) {
      value = number
      if value < 0 { finding.hasNegative = true }
    } else if selected?[row] != false, finding.fault == nil {
      finding.fault = row
    }
    task.values?.storeBytes(of: value, toByteOffset: 8 * row, as: Double.self)
    return end
  }

  /// The number that the next eight bytes are, where all of them are digits.
  @inline(__always)
  private static func eightDigits(_ start: UnsafePointer<UInt8>) -> UInt64? {
    let word = UnsafeRawPointer(start).loadUnaligned(as: UInt64.self).littleEndian ^ 0x3030_3030_3030_3030
    // A byte above 9 reaches 128 when 118 is added, or has its highest bit already.
    guard (word | (word &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 else { return nil }
    // Pairs of digits in every second byte, then the four pairs by their place.
    let pairs = word &* 10 &+ (word >> 8)
    let mask: UInt64 = 0x0000_00FF_0000_00FF
    let outer = (pairs & mask) &* (100 + 1_000_000 << 32)
    let inner = ((pairs >> 16) & mask) &* (1 + 10_000 << 32)
    return (outer &+ inner) >> 32
  }
}

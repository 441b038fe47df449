internal import TrialData

/// A file of a digitised figure, whatever program exported it, as series of points.
///
/// Layouts, told apart by the header and never by a switch:
/// - *pairs*: a time and a value column per curve. WebPlotDigitizer's "all data" has the names of the data sets on the first
///   line, over each pair, and X,Y,X,Y on the second; Engauge's relations have x,Curve1,x,Curve2.
/// - *wide*: a time column and one column per curve (Engauge's functions: x,Curve1,Curve2), with empty cells.
/// - *long*: time, value and, where there are several curves, arm, by these names in any order among other columns.
/// - no header: time and value; with text beside them the arm. Plot Digitizer, DigitizeIt, ScanIt and a single data set of
///   WebPlotDigitizer come so.
///
/// A header that comes again begins the next curve (Engauge, one curve per table).
struct DigitisedTable {
  /// What the file holds besides times.
  enum Content {
    case readings
    case atRisk
    /// Nothing: times alone.
    case censorMarks
  }

  struct Point: Equatable {
    let time: Double
    /// nan for a censor mark.
    let value: Double
    /// Data row in the file, from 1.
    let row: Int
  }

  struct Series: Equatable {
    /// nil where the file does not name it.
    var name: String?
    /// Heading of the values; empty where there is none.
    let heading: String
    var points: [Point] = []
  }

  let file: String
  private(set) var series: [Series] = []
  /// Columns that nothing was made of.
  private(set) var unused: [String] = []

  /// - Throws: `TrialDataError` naming file, row and column: a cell that is no number, a time or a reading that is missing, a
  ///   shape that could mean several things.
  init(_ source: ByteSource, _ content: Content) throws(TrialDataError) {
    let records = try DelimitedRecords(source)
    file = records.file
    let blocks = DigitisedTable.blocks(records.lines)
    for block in blocks {
      let layout = try DigitisedLayout(block, content: content, isOnly: blocks.count == 1, file: file)
      unused += layout.unused
      try read(block, layout, content)
    }
    series.removeAll { $0.points.isEmpty }
    guard !series.isEmpty else { throw TrialDataError(.data, file: file, "has a header and no rows") }
    for (position, one) in series.enumerated() where series[..<position].contains(where: { $0.name == one.name }) {
      throw TrialDataError(
        .data, file: file, "two curves are named \"\(one.name ?? "")\"; rename one in the header")
    }
  }

  /// The series of an arm: the one of its name, or the only one of a file that names none.
  func series(of arm: String) -> Series? {
    series.first { $0.name == arm } ?? (series.count == 1 && series[0].name == nil ? series[0] : nil)
  }

  // MARK: Reading

  /// A header, or none, and the lines under it with their row numbers.
  struct Block {
    var headers: [[String]] = []
    var rows: [(number: Int, cells: [String])] = []
    var width: Int { (headers + rows.map(\.cells)).map(\.count).max() ?? 0 }
  }

  private static func blocks(_ lines: [[String]]) -> [Block] {
    func hasNumber(_ cells: [String]) -> Bool { cells.contains { DelimitedRecords.number($0) != nil } }
    func beginsWithNumber(_ cells: [String]) -> Bool {
      cells.first { !$0.isEmpty }.map { DelimitedRecords.number($0) != nil } ?? false
    }
    // A header has no number, or names of arms that are numbers over a column of times.
    let isHeaded =
      !hasNumber(lines[0])
      || (!beginsWithNumber(lines[0]) && lines.count > 1 && DelimitedRecords.number(lines[1][0]) != nil)
    guard isHeaded else {
      return [Block(rows: lines.enumerated().map { ($0.offset + 1, $0.element) })]
    }
    var blocks: [Block] = []
    var number = 0
    for line in lines {
      let isFirst = blocks.isEmpty
      let repeatsHeader =
        !isFirst && !hasNumber(line) && line[0].lowercased() == blocks[0].headers.last?[0].lowercased()
        && blocks[blocks.count - 1].rows.isEmpty == false
      if isFirst || repeatsHeader {
        blocks.append(Block(headers: [line]))
      } else if number == 0, blocks[0].headers.count == 1, !hasNumber(line),
        line.contains(where: { !DelimitedRecords.isMissing($0) })
      {
        blocks[0].headers.append(line)
      } else {
        number += 1
        blocks[blocks.count - 1].rows.append((number, line))
      }
    }
    return blocks
  }

  private mutating func read(_ block: Block, _ layout: DigitisedLayout, _ content: Content) throws(TrialDataError) {
    let first = series.count
    series += layout.columns.map { Series(name: $0.name, heading: layout.heading($0.value ?? $0.time)) }
    for row in block.rows {
      func cell(_ column: Int) -> String { column < row.cells.count ? row.cells[column] : "" }
      for (position, column) in layout.columns.enumerated() {
        let time = try number(cell(column.time), row.number, layout.heading(column.time))
        var value: Double? = .nan
        if let place = column.value { value = try number(cell(place), row.number, layout.heading(place)) }
        if column.value == nil, time == nil { continue }
        // Columns of different length, and a curve without a reading where another has one, leave cells empty.
        if value == nil, time == nil || layout.isWide || content == .atRisk { continue }
        guard let time, let value else {
          throw TrialDataError(
            .data, file: file, row: row.number, column: layout.heading(time == nil ? column.time : column.value ?? 0),
            "is empty: a reading lacks its \(time == nil ? "time" : "value"); give it, or remove the row")
        }
        var target = first + position
        if let arm = layout.arm {
          let name = cell(arm)
          guard !name.isEmpty else {
            throw TrialDataError(
              .data, file: file, row: row.number, column: layout.heading(arm), "is empty; name the arm of the reading")
          }
          if series[first].name == nil, series[first].points.isEmpty { series[first].name = name }
          target =
            series.firstIndex { $0.name == name } ?? series.count
          if target == series.count { series.append(Series(name: name, heading: series[first].heading)) }
        }
        series[target].points.append(Point(time: time, value: value, row: row.number))
      }
    }
  }

  private func number(_ cell: String, _ row: Int, _ column: String) throws(TrialDataError) -> Double? {
    if DelimitedRecords.isMissing(cell) { return nil }
    guard let value = DelimitedRecords.number(cell) else {
      throw TrialDataError(
        .data, file: file, row: row, column: column,
        "\"\(cell.prefix(40))\" is not a number; correct it, or leave it empty if it is not known")
    }
    return value
  }
}

/// Rows wanted: those whose cell of a column compares with a value as asked.
///
/// `=` compares texts byte for byte, and `A|B` asks for one of several; a column that holds the text `A|B` itself is asked
/// for that. In a file with value labels a label that stands for one code alone is that code. `!=` leaves out what is equal as text or as a number (`CNSR!=0` leaves out 0.0 too). The other four compare
/// numbers, and a row without a value does not meet them.
public struct RowCondition: Sendable, Equatable {
  public enum Comparison: String, Sendable, CaseIterable {
    // The longer signs first: that is the order in which a text is searched for them.
    case notEqual = "!="
    case atLeast = ">="
    case atMost = "<="
    case equal = "="
    case above = ">"
    case below = "<"

    /// Whether it compares numbers.
    public var isOfNumbers: Bool { self != .equal && self != .notEqual }
  }

  public let column: String
  public let comparison: Comparison
  public let value: String

  public init(column: String, _ comparison: Comparison = .equal, value: String) {
    self.column = column
    self.comparison = comparison
    self.value = value
  }

  /// A condition as it is written on the command line, COL>=65; nil for a text without a sign or without a column.
  public init?(_ text: some StringProtocol) {
    var mark = text.startIndex
    while mark < text.endIndex {
      if let found = Comparison.allCases.first(where: { text[mark...].hasPrefix($0.rawValue) }) {
        guard mark > text.startIndex else { return nil }
        self.init(
          column: String(text[..<mark]), found,
          value: String(text[text.index(mark, offsetBy: found.rawValue.count)...]))
        return
      }
      mark = text.index(after: mark)
    }
    return nil
  }

  /// The condition as it is written on the command line.
  public var text: String { column + comparison.rawValue + value }

  /// The value as a finite decimal number; nil where it is none.
  public var number: Double? { decimalNumber(Array(value.utf8)[...]) }

  /// Whether each of a column's cells meets a condition on text.
  fileprivate func areMet(by column: CellColumn) -> [Bool] {
    switch comparison {
    case .notEqual:
      return column.cells.map { !$0.utf8.elementsEqual(value.utf8) && !EventCoding.matches($0, value) }
    default:
      let whole = column.areEqual(to: value)
      if whole.contains(true) || !value.contains("|") { return whole }
      let alternatives = value.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      return alternatives.map(column.areEqual).reduce(whole) { zip($0, $1).map { $0 || $1 } }
    }
  }

  /// Whether a number meets a condition on numbers; false for NaN.
  fileprivate func isMet(by number: Double, limit: Double) -> Bool {
    switch comparison {
    case .atLeast: number >= limit
    case .atMost: number <= limit
    case .above: number > limit
    default: number < limit
    }
  }
}

extension DataTable {
  /// Which rows meet every condition; nil without conditions.
  ///
  /// - Throws: `TrialDataError` for a column that does not exist, a limit or a cell that is no number where numbers are compared (in
  ///   rows that the conditions on text leave), and where no row is left.
  func rows(meeting conditions: [RowCondition]) throws(TrialDataError) -> [Bool]? {
    if conditions.isEmpty { return nil }
    var selected = [Bool](repeating: true, count: rowCount)
    var positions: [Int] = []
    for condition in conditions { positions.append(try position(of: condition.column)) }
    let placed = Array(zip(conditions, positions))
    let texts = placed.filter { !$0.0.comparison.isOfNumbers }
    let cells = texts.isEmpty ? [:] : try read(ColumnRequest(cells: texts.map(\.1))).cells
    for (given, position) in texts {
      guard let column = cells[position] else { continue }
      let condition = RowCondition(
        column: given.column, given.comparison, value: description.code(for: given.value, in: given.column))
      let areMet = condition.areMet(by: column)
      for (row, code) in column.codes.enumerated() where !areMet[Int(code)] { selected[row] = false }
    }
    for (condition, position) in placed where condition.comparison.isOfNumbers {
      guard let limit = condition.number else {
        throw TrialDataError(
          .usage, file: file, column: condition.column,
          "the condition \(condition.text) compares numbers, and its value is none")
      }
      guard let numbers = try read(ColumnRequest(numbers: [position], selected: selected)).numbers[position] else {
        continue
      }
      if let row = numbers.fault {
        let trouble = try notANumber(position, row)
        throw TrialDataError(
          .data, file: file, row: row + 1, column: condition.column,
          "the condition \(condition.text) compares numbers; the cell \(trouble.message)")
      }
      for (row, number) in numbers.values.enumerated() where !condition.isMet(by: number, limit: limit) {
        selected[row] = false
      }
    }
    guard selected.contains(true) else {
      let wanted = conditions.map(\.text).joined(separator: " and ")
      throw TrialDataError(.usage, file: file, "no row has \(wanted)")
    }
    return selected
  }
}

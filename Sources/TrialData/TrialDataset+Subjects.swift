internal import Survival

// Rows and subjects: rows that stand for several subjects, subjects with several rows.

extension TrialDataset {
  /// Records that the rows of a file may stand for together.
  static let recordLimit = 50_000_000

  /// How many subjects each row stands for; nil where the cell is missing.
  ///
  /// - Throws: `TrialDataError` for what is no whole number of 0 or more, and for more records than `recordLimit`.
  static func frequencies(
    _ table: DataTable, _ column: String, _ numbers: NumberColumn
  ) throws(TrialDataError) -> [Int?] {
    var total = 0
    var frequencies: [Int?] = []
    for (row, value) in numbers.values.enumerated() {
      guard !value.isNaN else {
        frequencies.append(nil)
        continue
      }
      guard value >= 0, value == value.rounded(), value <= Double(recordLimit) else {
        throw TrialDataError(
          .data, file: table.file, row: row + 1, column: column,
          "a frequency is a whole number from 0 to \(recordLimit), not \(value); weights with fractions are --weight")
      }
      total += Int(value)
      guard total <= recordLimit else {
        throw TrialDataError(
          .data, file: table.file, row: row + 1, column: column,
          "up to here the rows stand for more than \(recordLimit) subjects, which is too many")
      }
      frequencies.append(Int(value))
    }
    return frequencies
  }

  /// The rows left when the intervals of every subject were checked and, where wanted, joined.
  ///
  /// - Parameters:
  ///   - rows: rows of the file.
  ///   - isSame: whether two rows of the file differ in nothing but their interval and event.
  /// - Returns: the positions in `rows` that are kept, the last of each joined interval; their starts, nil where all are 0 and nobody enters late; and
  ///   the number of subjects with more than one event.
  /// - Throws: `TrialDataError` for overlapping intervals, and where intervals are joined for time at risk after an event.
  static func subjects(
    _ rows: [Int], ids: CodedColumn, start: [Double]?, time: [Double], isEvent: [Bool], _ selection: ColumnSelection,
    file: String, column: String, isSame: (Int, Int) -> Bool
  ) throws(TrialDataError) -> (kept: [Int], start: [Double]?, severalEvents: Int) {
    let intervals = try SubjectIntervals(
      ids: ids, start: start, time: time, sourceRows: rows.map { $0 + 1 }, file: file, column: column)
    let severalEvents = intervals.subjects.filter { $0.filter { isEvent[$0] }.count > 1 }.count
    guard selection.joinsIntervals else { return (Array(rows.indices), start, severalEvents) }
    for subject in intervals.subjects {
      if let early = subject.dropLast().first(where: { isEvent[$0] }) {
        throw TrialDataError(
          .data, file: file, row: rows[early] + 1, column: column,
          "the subject has an event here and is at risk again later; a survival curve ends with the first event. "
            + "survkit cox takes recurrent events")
      }
    }
    let chains = intervals.chains(start: start, time: time, isEvent: isEvent) { isSame(rows[$0], rows[$1]) }
    let starts = start.map { start in chains.map { start[$0[0]] } }
    return (
      chains.map { $0[$0.count - 1] }, starts?.allSatisfy { $0 == 0 } == true ? nil : starts, severalEvents
    )
  }
}

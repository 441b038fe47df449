/// Trouble in a data file, said so that it can be mended: which file, which row and column, what was found, what to do.
///
/// Cell values are not repeated, since a message may travel further than the data may; `showingValue` adds the one it is about.
public struct TrialDataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Which exit status the trouble belongs to.
  public enum Kind: String, Sendable {
    /// The file could not be opened or read.
    case noInput = "no-input"
    /// The file was read and its content cannot be used.
    case data
    /// The call names something the data does not have.
    case usage
    /// The analysis may need more memory than it may use.
    case memory
    /// A program that reads such files is missing.
    case program
  }
  public let kind: Kind
  public let file: String
  /// Data row counted from 1 (the row after the header), when it is about one row.
  public let row: Int?
  public let column: String?
  public let message: String

  public init(_ kind: Kind, file: String, row: Int? = nil, column: String? = nil, _ message: String) {
    self.kind = kind
    self.file = file
    self.row = row
    self.column = column
    self.message = message
  }

  /// The same with what the cell holds, where it is about one; for a caller that may see the data.
  public func showingValue(of table: DataTable) -> TrialDataError {
    guard let row, let column, file == table.file, row > 0, row <= table.rowCount, table.hasColumn(column),
      let cells = try? table.text(column)
    else { return self }
    let cell = cells[row - 1].map { "\"\($0)\"" } ?? "no value"
    return TrialDataError(kind, file: file, row: row, column: self.column, "\(message) (the cell holds \(cell))")
  }

  public var description: String {
    let place = [row.map { "row \($0)" }, column.map { "column \"\($0)\"" }].compactMap { $0 }.joined(separator: ", ")
    return place.isEmpty ? "\(file): \(message)" : "\(file): \(place): \(message)"
  }
}

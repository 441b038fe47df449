/// How large the parts of a file may be. What is larger is refused, with the limit named, before it can take the memory or the time
/// of the analysis.
public struct ReadLimits: Sendable, Equatable {
  /// Bytes of a file, and of its rows as CSV text.
  public var bytes = 8 << 30
  /// Bytes of one cell.
  public var field = 1 << 20
  /// Bytes of one row.
  public var line = 16 << 20
  public var columns = 10_000
  public var rows = 1 << 40
  /// Different arms.
  public var groups = 10_000
  /// Different levels of a factor of a model.
  public var levels = 1000
  /// Different strata.
  public var strata = 1_000_000

  public init() {}

  public static let standard = ReadLimits()

  /// What `set` takes.
  public static let names = ["bytes", "field", "line", "columns", "rows", "groups", "levels", "strata"]

  /// Sets a limit by its name; false where none has it.
  public mutating func set(_ name: String, to size: Int) -> Bool {
    switch name {
    case "bytes": bytes = size
    case "field": field = size
    case "line": line = size
    case "columns": columns = size
    case "rows": rows = size
    case "groups": groups = size
    case "levels": levels = size
    case "strata": strata = size
    default: return false
    }
    return true
  }

  /// - Throws: `TrialDataError` where a column has more different values than a limit allows.
  package func check(
    _ limit: KeyPath<ReadLimits, Int>, _ count: Int, named name: String, of what: String, file: String, column: String?
  ) throws(TrialDataError) {
    guard count > self[keyPath: limit] else { return }
    throw TrialDataError(
      .data, file: file, column: column,
      "has \(count) different \(what), more than the limit of \(self[keyPath: limit]) (\(name)); is it the right column?"
    )
  }
}

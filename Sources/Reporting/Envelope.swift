/// Something a reader of the result must know, with a stable code.
public struct Remark: Sendable, Equatable {
  public let code: String
  public let message: String

  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  var json: JSONValue { .members(("code", .string(code)), ("message", .string(message))) }
}

/// The JSON document of every command, schema `survkit/1`: where it comes from, every setting, what became of the rows,
/// warnings, and the result.
public struct Envelope: Sendable, Equatable {
  public let command: String
  /// See `Provenance` for an analysis of one file.
  public let provenance: JSONValue
  public let settings: JSONValue
  public let data: JSONValue
  public let warnings: [Remark]
  public let result: JSONValue

  public init(
    command: String, provenance: JSONValue, settings: JSONValue, data: JSONValue, warnings: [Remark],
    result: JSONValue
  ) {
    self.command = command
    self.provenance = provenance
    self.settings = settings
    self.data = data
    self.warnings = warnings
    self.result = result
  }

  public var json: JSONValue {
    .members(
      ("schema", .string("survkit/1")), ("command", .string(command)), ("provenance", provenance),
      ("settings", settings), ("data", data),
      (
        "warnings",
        .array(warnings.map(\.json))
      ),
      ("result", result))
  }
}

/// JSON to be written: members keep their order, so the same result gives the same bytes.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int)
  /// Shortest decimal that reads back to the same double; null when not finite.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A key with its value.
  public struct Member: Sendable, Equatable {
    public let key: String
    public let value: JSONValue
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// An object from pairs in order.
  public static func members(_ pairs: (String, JSONValue)...) -> JSONValue {
    .object(pairs.map { Member($0.0, $0.1) })
  }

  public static func numbers(_ values: [Double]) -> JSONValue { .array(values.map(JSONValue.number)) }

  public static func optional(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }

  /// The text, indented by two spaces; arrays of plain values on one line.
  public var text: String {
    var out = ""
    write(&out, 0)
    return out + "\n"
  }

  /// The text on one line without spaces, for data that no one reads.
  public var compact: String {
    var out = ""
    writeCompact(&out)
    return out
  }

  private func writeCompact(_ out: inout String) {
    switch self {
    case .array(let values):
      out += "["
      for (i, value) in values.enumerated() {
        if i > 0 { out += "," }
        value.writeCompact(&out)
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (i, member) in members.enumerated() {
        if i > 0 { out += "," }
        JSONValue.quote(member.key, &out)
        out += ":"
        member.value.writeCompact(&out)
      }
      out += "}"
    default: write(&out, 0)
    }
  }

  private var isPlain: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private func write(_ out: inout String, _ depth: Int) {
    let indent = String(repeating: "  ", count: depth + 1)
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .integer(let value): out += "\(value)"
    case .number(let value): out += JSONValue.decimal(value)
    case .string(let value): JSONValue.quote(value, &out)
    case .array(let values) where values.allSatisfy(\.isPlain):
      out += "["
      for (i, value) in values.enumerated() {
        if i > 0 { out += ", " }
        value.write(&out, depth)
      }
      out += "]"
    case .array(let values):
      out += "[\n"
      for (i, value) in values.enumerated() {
        out += indent
        value.write(&out, depth + 1)
        out += i + 1 < values.count ? ",\n" : "\n"
      }
      out += String(repeating: "  ", count: depth) + "]"
    case .object(let members):
      if members.isEmpty {
        out += "{}"
        return
      }
      out += "{\n"
      for (i, member) in members.enumerated() {
        out += indent
        JSONValue.quote(member.key, &out)
        out += ": "
        member.value.write(&out, depth + 1)
        out += i + 1 < members.count ? ",\n" : "\n"
      }
      out += String(repeating: "  ", count: depth) + "}"
    }
  }

  static func decimal(_ value: Double) -> String {
    guard value.isFinite else { return "null" }
    if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
    return "\(value)"
  }

  private static func quote(_ text: String, _ out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        // Escapes mean the same character, and cannot steer the terminal that the document is shown on.
        if isControl(scalar) {
          let hex = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    out += "\""
  }
}

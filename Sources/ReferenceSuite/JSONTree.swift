#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A JSON value as read from a suite or produced by a check.
public enum JSONTree: Sendable, Equatable, Decodable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONTree])
  case object([String: JSONTree])

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Double.self) {
      // Numbers first: a suite is mostly numbers, and every attempt that fails builds an error.
      self = .number(value)
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONTree].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }

  /// Parses JSON text.
  public static func parse(_ data: Data) throws -> JSONTree { try JSONDecoder().decode(JSONTree.self, from: data) }

  public subscript(_ key: String) -> JSONTree? {
    if case .object(let members) = self { return members[key] }
    return nil
  }

  public var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  public var string: String? {
    switch self {
    case .string(let value): value
    case .number(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    default: nil
    }
  }

  /// A cell of a data file: the string, or the number as it reads back.
  var text: String? {
    if case .number(let value) = self, value != value.rounded() { return "\(value)" }
    return string
  }

  public var array: [JSONTree]? {
    if case .array(let values) = self { return values }
    return nil
  }

  public var isTrue: Bool { self == .bool(true) }

  var strings: [String]? { array.map { $0.compactMap(\.string) } }
  var numbers: [Double]? { array.map { $0.compactMap(\.number) } }

  /// Numbers, with null for what is not finite.
  static func numbers(_ values: [Double]) -> JSONTree { .array(values.map(JSONTree.finite)) }
  static func finite(_ value: Double?) -> JSONTree { value.map { $0.isFinite ? .number($0) : .null } ?? .null }
  static func count(_ value: Int) -> JSONTree { .number(Double(value)) }
}

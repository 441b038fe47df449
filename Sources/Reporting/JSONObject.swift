/// A JSON object under construction in which no number goes missing without a reason.
///
/// NaN and infinity are not JSON: such a number, and one that does not exist, becomes `null`, and the object's last member,
/// `null_reasons`, says why under the same key. For an array whose nulls have different reasons the entry is an array as
/// well, with null where there is a number.
public struct JSONObject: Sendable {
  private var members: [JSONValue.Member] = []
  private var reasons: [JSONValue.Member] = []

  public init() {}

  /// A value that is no number, or an integer.
  public mutating func add(_ key: String, _ value: JSONValue) { members.append(.init(key, value)) }

  public mutating func add(_ key: String, _ text: String) { add(key, .string(text)) }

  public mutating func add(_ key: String, _ texts: [String]) { add(key, .array(texts.map(JSONValue.string))) }

  public mutating func add(_ key: String, _ count: Int) { add(key, .integer(count)) }

  public mutating func add(_ key: String, _ flag: Bool) { add(key, .bool(flag)) }

  /// A number that is there; null where it went beyond the doubles.
  public mutating func add(_ key: String, _ value: Double) { add(key, value, ifNone: JSONObject.overflow) }

  /// Numbers that are there; null where one went beyond the doubles.
  public mutating func add(_ key: String, _ values: [Double]) { add(key, values, ifNone: JSONObject.overflow) }

  private static let overflow = "beyond the range of a double"

  /// A number, or null for the reason given.
  public mutating func add(_ key: String, _ value: Double?, ifNone reason: @autoclosure () -> String) {
    let isNone = !(value?.isFinite ?? false)
    members.append(.init(key, isNone ? .null : .number(value ?? 0)))
    if isNone { reasons.append(.init(key, .string(reason()))) }
  }

  /// Numbers, with null for each that is none and one reason for all of those.
  public mutating func add(_ key: String, _ values: [Double?], ifNone reason: @autoclosure () -> String) {
    let text = reason()
    add(key, values) { _ in text }
  }

  public mutating func add(_ key: String, _ values: [Double], ifNone reason: @autoclosure () -> String) {
    let text = reason()
    add(key, values.map { $0 }) { _ in text }
  }

  /// Numbers, with null for each that is none and the reason of its position.
  public mutating func add(_ key: String, _ values: [Double?], reason: (Int) -> String) {
    let found = values.indices.map { i -> String? in values[i].map(\.isFinite) == true ? nil : reason(i) }
    members.append(.init(key, .array(values.map { JSONValue.optional($0) })))
    let different = Set(found.compactMap { $0 })
    if different.count == 1, let only = different.first {
      reasons.append(.init(key, .string(only)))
    } else if different.count > 1 {
      reasons.append(.init(key, .array(found.map { $0.map(JSONValue.string) ?? .null })))
    }
  }

  /// The rows of a matrix.
  public mutating func add(_ key: String, rows: [[Double]], ifNone reason: @autoclosure () -> String) {
    members.append(.init(key, .array(rows.map(JSONValue.numbers))))
    if rows.contains(where: { $0.contains { !$0.isFinite } }) { reasons.append(.init(key, .string(reason()))) }
  }

  public var value: JSONValue {
    .object(reasons.isEmpty ? members : members + [.init("null_reasons", .object(reasons))])
  }
}

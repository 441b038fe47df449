/// Input that no estimator can use, found before any computing: which row, which value, and what to do.
public struct SurvivalInputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A stable name for the kind of trouble. Open: later versions add codes.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let empty = Code(rawValue: "empty")
    public static let lengthMismatch = Code(rawValue: "length-mismatch")
    public static let notFinite = Code(rawValue: "not-finite")
    public static let negativeTime = Code(rawValue: "negative-time")
    public static let emptyInterval = Code(rawValue: "empty-interval")
    public static let negativeWeight = Code(rawValue: "negative-weight")
    public static let badSetting = Code(rawValue: "bad-setting")
    public static let tooFewGroups = Code(rawValue: "too-few-groups")
    public static let notSupported = Code(rawValue: "not-supported")
  }

  public let code: Code
  /// The row it was found in, counted from 0 in the arrays given; nil when it is not about one row.
  public let row: Int?
  /// One sentence: what was found, and what to do.
  public let message: String

  public init(_ code: Code, row: Int? = nil, _ message: String) {
    self.code = code
    self.row = row
    self.message = message
  }

  public var description: String { row.map { "row \($0 + 1): \(message)" } ?? message }
}

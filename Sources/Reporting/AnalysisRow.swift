/// One statistic of an analysis with its context, as one row of a long table: the form of CDISC's analysis results data, and the
/// column names of R's cards package.
public struct AnalysisRow: Sendable, Equatable {
  /// What the result is split by, and which part the row is of; nil for a result of all parts together.
  public var group: (name: String, level: String)? {
    groupName.map { ($0, groupLevel ?? "") }
  }
  private let groupName: String?
  private let groupLevel: String?
  /// What was analysed, and at which value of it: the time column and a time, "prob" and a probability, the arm column and an arm.
  public let variable: String
  public let level: String?
  /// The analysis: km, log_rank, cox, zph, rmst.
  public let context: String
  /// Name of the statistic for programs: estimate, std.error, conf.low, p.value.
  public let name: String
  /// The same for people.
  public let label: String
  /// nil or not finite where the statistic does not exist.
  public let value: Double?
  /// Why there is no value.
  public let reason: String?
  /// Level and kind of the interval that the row is a limit of.
  public let confidence: (level: Double, type: String)?
  public let method: String

  public init(
    group: (name: String, level: String)? = nil, variable: String, level: String? = nil, context: String,
    name: String, label: String, value: Double?, ifNone reason: String = "not estimable",
    confidence: (level: Double, type: String)? = nil, method: String
  ) {
    groupName = group?.name
    groupLevel = group?.level
    self.variable = variable
    self.level = level
    self.context = context
    self.name = name
    self.label = label
    self.value = value.flatMap { $0.isFinite ? $0 : nil }
    self.reason = self.value == nil ? reason : nil
    self.confidence = confidence
    self.method = method
  }

  public static func == (one: AnalysisRow, other: AnalysisRow) -> Bool { one.cells == other.cells }

  /// The columns of the table, in order.
  public static let columns = [
    "group1", "group1_level", "variable", "variable_level", "context", "stat_name", "stat_label", "stat", "stat_reason",
    "conf_level", "conf_type", "method",
  ]

  /// In the order of `columns`; null where a column does not apply.
  private var cells: [JSONValue] {
    func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }
    return [
      text(groupName), text(groupLevel), .string(variable), text(level), .string(context), .string(name),
      .string(label),
      .optional(value), text(reason), .optional(confidence?.level), text(confidence?.type), .string(method),
    ]
  }

  public var json: JSONValue {
    .object(zip(AnalysisRow.columns, cells).map { JSONValue.Member($0, $1) })
  }

  /// The result of a JSON document: the rows, in order.
  public static func json(_ rows: [AnalysisRow]) -> JSONValue { .members(("rows", .array(rows.map(\.json)))) }

  /// Rows as CSV (RFC 4180) with a header; a field that does not apply is empty. Numbers have the digits of the JSON document.
  ///
  /// - Parameters:
  ///   - rows: in the order of the lines.
  ///   - rawLabels: texts that a spreadsheet would take for a formula stay as they are; see `CSVText`.
  public static func csv(_ rows: [AnalysisRow], rawLabels: Bool = false) -> String {
    func field(_ value: JSONValue) -> String {
      switch value {
      case .string(let text): CSVText.field(text, isRaw: rawLabels)
      case .number(let number): JSONValue.decimal(number)
      default: ""
      }
    }
    let lines = rows.map { $0.cells.map(field).joined(separator: ",") }
    return ([columns.joined(separator: ",")] + lines).map { $0 + "\n" }.joined()
  }
}

/// What a file says about itself and its columns beside the rows.
public struct FileDescription: Sendable, Equatable {
  /// A column as the file describes it.
  public struct Column: Sendable, Equatable {
    public let name: String
    /// A phrase for readers; empty where there is none.
    public var label = ""
    /// The format that the program of the file shows its values in, such as DATE9.; empty where there is none.
    public var displayFormat = ""
    /// What codes stand for: ("1", "Placebo").
    public var valueLabels: [ValueLabel] = []

    public init(name: String) { self.name = name }
  }

  public struct ValueLabel: Sendable, Equatable {
    /// The text of the cell.
    public let code: String
    public let label: String

    public init(code: String, label: String) {
      self.code = code
      self.label = label
    }
  }

  /// Special missing values of a column: .A to .Z and ._ of SAS, .a to .z of Stata, values that SPSS was told to take as missing.
  /// Their cells are empty.
  public struct SpecialMissing: Sendable, Equatable {
    public let column: String
    public let code: String
    public let count: Int
  }

  /// Something about the file that a reader of the result must know.
  public struct Note: Sendable, Equatable {
    public let code: String
    public let message: String
  }

  public var format: DataFormat
  /// The version of the format where the file states one and it says something: 118 of Stata, 1.1.0 of Dataset-JSON.
  public var version: String?
  public var isCompressed = false
  /// The encoding of its text. Everything is read as UTF-8 from there.
  public var encoding = "UTF-8"
  /// Columns with labels or formats; none in a format that has no such thing.
  public var columns: [Column] = []
  public var specialMissing: [SpecialMissing] = []
  public var notes: [Note] = []

  public init(_ format: DataFormat) { self.format = format }

  /// "SAS transport v5", "Stata 118, gzip".
  public var title: String {
    let name = version.map { "\(format.title) \($0)" } ?? format.title
    return isCompressed ? "\(name), gzip" : name
  }

  /// What the cell's text stands for in a column with value labels; with the code behind it where several have one label.
  public func valueLabel(_ code: String, in column: String?) -> String? {
    let labels = labels(of: column)
    guard let label = labels.first(where: { $0.code == code })?.label, !label.isEmpty else { return nil }
    return labels.count { $0.label == label } == 1 ? label : "\(label) (\(code))"
  }

  /// The code that a person means who names a label; the text itself where it is a code, or no label, or that of several.
  public func code(for text: String, in column: String?) -> String {
    let labels = labels(of: column)
    if labels.contains(where: { $0.code == text }) { return text }
    let codes = labels.filter { $0.label == text }.map(\.code)
    return codes.count == 1 ? codes[0] : text
  }

  private func labels(of column: String?) -> [ValueLabel] {
    columns.first { $0.name == column }?.valueLabels ?? []
  }
}

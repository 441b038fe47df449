/// A unit of time that analyses convert between: a year is 365.25 days, a month a twelfth of it, 30.4375 days.
public enum TimeUnit: String, Sendable, CaseIterable {
  case days
  case weeks
  case months
  case years

  /// The unit that a text of AVALU names, in any case, singular or plural; nil for any other text.
  public init?(named text: String) {
    let name = text.lowercased()
    guard let unit = TimeUnit.allCases.first(where: { $0.rawValue == name || $0.rawValue.dropLast() == name }) else {
      return nil
    }
    self = unit
  }

  /// The length in sixteenths of a day, which all four have a whole number of.
  fileprivate var sixteenths: Int {
    switch self {
    case .days: 16
    case .weeks: 112
    case .months: 487
    case .years: 5844
    }
  }
}

/// A change of unit.
public struct TimeConversion: Sendable, Equatable {
  public let from: TimeUnit
  public let to: TimeUnit
  private let numerator: Double
  private let denominator: Double

  /// nil for one unit twice: there is nothing to convert.
  init?(from: TimeUnit, to: TimeUnit) {
    guard from != to else { return nil }
    self.from = from
    self.to = to
    // In lowest terms, so that months become years by a division by 12 and whole numbers are rounded once.
    var (a, b) = (from.sixteenths, to.sixteenths)
    while b != 0 { (a, b) = (b, a % b) }
    numerator = Double(from.sixteenths / a)
    denominator = Double(to.sixteenths / a)
  }

  /// What a time is multiplied by.
  public var factor: Double { numerator / denominator }

  /// A time in the unit `to`.
  public func callAsFunction(_ time: Double) -> Double { time * numerator / denominator }

  /// "divided by 30.4375", "times 7".
  var text: String {
    let divides = denominator > numerator
    let number = divides ? denominator / numerator : numerator / denominator
    let whole = number == number.rounded()
    return "\(divides ? "divided by" : "times") \(whole ? "\(Int(number))" : "\(number)")"
  }
}

/// The unit that is asked for: `months`, or `days:months` where the file does not say what its unit is.
public struct TimeUnitRequest: Sendable, Equatable {
  /// What the times are in; nil where AVALU is to say it.
  public let from: TimeUnit?
  public let to: TimeUnit

  public init(from: TimeUnit? = nil, to: TimeUnit) {
    self.from = from
    self.to = to
  }

  /// Reads `UNIT` or `UNIT:UNIT`; nil for anything else.
  public init?(_ text: String) {
    let units = text.split(separator: ":", omittingEmptySubsequences: false).map { TimeUnit(rawValue: String($0)) }
    guard (1...2).contains(units.count), let to = units[units.count - 1] else { return nil }
    if units.count == 2, units[0] == nil { return nil }
    self.init(from: units.count == 2 ? units[0] : nil, to: to)
  }
}

/// The unit of the times of an analysis, and who says so.
public struct TimeMeasure: Sendable, Equatable {
  /// The unit of the file's times, as it stands there or as the caller named it.
  public let stated: String
  /// The column that says so, AVALU; nil where the caller did.
  public let column: String?
  /// nil where times are analysed as they stand in the file.
  public let conversion: TimeConversion?

  /// The unit of the times analysed: "months"; the file's own text where that is no unit known here.
  public var unit: String { conversion?.to.rawValue ?? TimeUnit(named: stated)?.rawValue ?? stated }

  /// "Times in months: DAYS as AVALU says, divided by 30.4375".
  public var sentence: String {
    let source = column.map { "as \($0) says" } ?? "as the call says"
    guard let conversion else { return "Times in \(stated), \(source)" }
    return "Times in \(unit): \(stated) \(source), \(conversion.text)"
  }

  /// What the file says, held against what is asked for.
  ///
  /// - Parameters:
  ///   - units: the different texts of the unit's column in the rows used, with how many rows have each; empty without a column or a value.
  ///   - column: the name of that column; nil where the times have none.
  /// - Returns: nil where nobody says what the unit is.
  /// - Throws: `TrialDataError` for several units, for a request that the file contradicts, and for a conversion from a unit not known.
  static func find(
    _ units: [(text: String, rows: Int)], column: String?, _ request: TimeUnitRequest?, file: String
  ) throws(TrialDataError) -> TimeMeasure? {
    let different = Set(units.map { TimeUnit(named: $0.text)?.rawValue ?? $0.text.lowercased() })
    guard different.count <= 1 else {
      let listing = units.prefix(12).map { "\($0.text) (\($0.rows))" }.joined(separator: ", ")
      throw TrialDataError(
        .data, file: file, column: column,
        "the times of the rows used have several units: \(listing). Choose the rows of one with --where "
          + "\(column ?? "AVALU")=\(units[0].text)")
    }
    let stated = units.first?.text
    guard let request else {
      return stated.map { TimeMeasure(stated: $0, column: column, conversion: nil) }
    }
    guard let stated else {
      guard let from = request.from else {
        throw TrialDataError(
          .usage, file: file,
          "\(column.map { "\($0) is empty" } ?? "no column AVALU belongs to the times"): their unit is not known. Say "
            + "it: --time-unit days:\(request.to.rawValue) if they are in days")
      }
      return TimeMeasure(stated: from.rawValue, column: nil, conversion: TimeConversion(from: from, to: request.to))
    }
    guard let known = TimeUnit(named: stated) else {
      throw TrialDataError(
        .usage, file: file, column: column,
        "the unit \(stated) is none that is converted: \(TimeUnit.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    if let from = request.from, from != known {
      throw TrialDataError(
        .usage, file: file, column: column, "the file says \(stated), and --time-unit says \(from.rawValue)")
    }
    return TimeMeasure(stated: stated, column: column, conversion: TimeConversion(from: known, to: request.to))
  }
}

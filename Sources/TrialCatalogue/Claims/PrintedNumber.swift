/// A number as a paper prints it: what rounding to its last decimal leaves open is an interval.
public struct PrintedNumber: Sendable, Equatable {
  /// As it stands in the file: "0.40".
  public let text: String
  public let value: Double
  /// Decimals with which it is printed. A file may say 0.4 for a printed 0.40: numbers that papers print alike share the most
  /// decimals among them (see `ClaimReader`), and a number in quotation marks keeps its own.
  public let decimals: Int
  /// From memory, not looked up: what contradicts it is no failure of the paper.
  public let isRecalled: Bool

  public init(text: String, value: Double, decimals: Int, isRecalled: Bool = false) {
    self.text = text
    self.value = value
    self.decimals = decimals
    self.isRecalled = isRecalled
  }

  /// Half a unit of the last decimal, and what round-off may add.
  public var halfUnit: Double {
    var unit = 0.5
    for _ in 0..<decimals { unit /= 10 }
    return unit * (1 + 1e-9)
  }

  /// The smallest and the largest number that is printed so. A tie may have been rounded either way.
  public var lower: Double { value - halfUnit }
  public var upper: Double { value + halfUnit }
}

/// A p-value as printed.
public struct PrintedP: Sendable, Equatable {
  public enum Relation: String, Sendable {
    case equal = "="
    case below = "<"
    case atMost = "<="
    case above = ">"
    case atLeast = ">="
  }

  /// As it stands in the file: "<0.001".
  public let text: String
  public let relation: Relation
  public let number: PrintedNumber

  /// Reads "0.008", "<0.001", "= 0.03", "p<.05", "≤0.01", "2.1e-8"; nil for anything else, "NS" among it.
  public init?(_ text: String, isRecalled: Bool = false) {
    var rest = text.filter { !$0.isWhitespace }[...]
    if let first = rest.first, first == "p" || first == "P" { rest = rest.dropFirst() }
    var relation = Relation.equal
    for (sign, meaning) in PrintedP.signs where rest.hasPrefix(sign) {
      relation = meaning
      rest = rest.dropFirst(sign.count)
      break
    }
    guard let number = PrintedNumber(String(rest), isRecalled: isRecalled) else { return nil }
    self.text = text
    self.relation = relation
    self.number = number
  }

  private static let signs: [(String, Relation)] = [
    ("<=", .atMost), (">=", .atLeast), ("≤", .atMost), ("≥", .atLeast), ("<", .below), (">", .above), ("=", .equal),
  ]

  /// The smallest and the largest p that is printed so. "<0.001" is printed of whatever rounds below it too.
  public var range: (lower: Double, upper: Double) {
    switch relation {
    case .equal: (max(0, number.lower), min(1, number.upper))
    case .below, .atMost: (0, number.value)
    case .above, .atLeast: (number.value, 1)
    }
  }
}

extension PrintedNumber {
  /// Reads a decimal number: a sign, digits with a point or without, an exponent; a middle dot serves as a point, as some
  /// journals print it. nil for anything else.
  public init?(_ text: String, isRecalled: Bool = false) {
    let plain = String(text.map { $0 == "·" ? "." : $0 == "−" ? "-" : $0 })
    guard let first = plain.first, first.isNumber || "+-.".contains(first),
      plain.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }), let value = Double(plain),
      value.isFinite
    else { return nil }
    self.init(
      text: text, value: value, decimals: PrintedNumber.decimals(of: plain, value: value), isRecalled: isRecalled)
  }

  /// The decimals of a decimal text; those of 0.30000000000000004, which a program wrote for 0.3, are one.
  private static func decimals(of text: String, value: Double) -> Int {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    let mantissa = parts[0]
    let power = parts.count > 1 ? parts[1] : "0"
    // Beyond these no double tells powers of ten apart.
    let exponent = Int(power).map { max(-400, min($0, 400)) } ?? (power.hasPrefix("-") ? -400 : 400)
    let written = mantissa.firstIndex(of: ".").map { mantissa.distance(from: $0, to: mantissa.endIndex) - 1 } ?? 0
    let decimals = max(0, min(written - exponent, 300))
    guard written > 9 else { return decimals }
    var scale = 1.0
    for short in 0..<decimals {
      if abs((value * scale).rounded() / scale - value) <= 1e-12 * abs(value) { return short }
      scale *= 10
    }
    return decimals
  }

  /// The same number with more decimals than the file shows.
  func with(decimals: Int) -> PrintedNumber {
    PrintedNumber(text: text, value: value, decimals: max(decimals, self.decimals), isRecalled: isRecalled)
  }

  /// With the decimals in force, so that 0.4 of a file reads 0.40.
  public var printed: String {
    guard text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }) else { return text }
    let written = text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    guard decimals > written else { return text }
    return text + (written == 0 && !text.contains(".") ? "." : "")
      + String(repeating: "0", count: decimals - written)
  }
}

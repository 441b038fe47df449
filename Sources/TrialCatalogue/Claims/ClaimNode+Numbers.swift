internal import TrialData

extension ClaimNode {
  /// A number, or a mapping with the number as `value` and how sure it is.
  func number() throws(TrialDataError) -> PrintedNumber {
    let (node, isRecalled) = valued
    guard let text = node.text, let number = PrintedNumber(text, isRecalled: isRecalled) else {
      throw fault("a number is needed, such as 0.62\(node.text == nil ? "" : "; \"\(printed(node.text))\" is none")")
    }
    return number
  }

  /// A whole number, 0 or more.
  func count() throws(TrialDataError) -> PrintedNumber {
    let number = try number()
    guard number.value >= 0, number.value == number.value.rounded(), number.value < 1e12 else {
      throw fault("a whole number of patients is needed, not \(printed(number.text))")
    }
    return PrintedNumber(
      text: "\(Int(number.value))", value: number.value, decimals: 0, isRecalled: number.isRecalled)
  }

  /// A time, or that it is not reached.
  func time() throws(TrialDataError) -> ClaimedTime {
    let words = [
      "nr", "ne", "na", "not reached", "not estimable", "not estimated", "inf", ".inf", "infinity", "-", "–",
    ]
    if let text = valued.node.text, words.contains(text.lowercased()) { return .notReached }
    return .printed(try number())
  }

  /// A plain number that is no claim of its own.
  func plainNumber() throws(TrialDataError) -> Double { try number().value }

  /// The member that holds the value, and whether it is recalled.
  private var valued: (node: ClaimNode, isRecalled: Bool) {
    guard isMapping else { return (self, false) }
    let isRecalled = self["confidence"]?.text == "recalled"
    return (self["value", "text"] ?? self, isRecalled)
  }

  private func printed(_ text: String?) -> String {
    let text = text ?? ""
    return text.count > 40 ? text.prefix(40) + "…" : text
  }

  /// yes or no.
  func flag() throws(TrialDataError) -> Bool {
    switch text?.lowercased() {
    case "true", "yes", "y", "1": return true
    case "false", "no", "n", "0": return false
    default: throw fault("true or false is needed")
    }
  }

  /// A p-value, bare or as the `text` or `value` of a mapping.
  func p() throws(TrialDataError) -> PrintedP {
    let (node, isRecalled) = valued
    guard let text = node.text, let p = PrintedP(text, isRecalled: isRecalled) else {
      throw fault(
        "a p-value is needed, such as 0.008 or \"<0.001\"\(node.text.map { "; \"\(printed($0))\" is none" } ?? "")")
    }
    return p
  }

  // MARK: Intervals

  /// The interval of `ci`, `ci95`, `median_ci992`, … with its level.
  ///
  /// - Parameter prefix: "" or "median_".
  func interval(_ prefix: String = "") throws(TrialDataError) -> ClaimedInterval? {
    let plain = ["\(prefix)ci", "\(prefix)confidence_interval"]
    let withLevel = keys.filter {
      $0.hasPrefix("\(prefix)ci") && ClaimNode.level($0.dropFirst(prefix.count + 2)) != nil
    }
    guard let found = member(plain + withLevel) else {
      // Asked for all the same: a level alone is no claim.
      _ = member(["\(prefix)ci_level", "\(prefix)level", "ci_level"])
      return nil
    }
    var level = 0.95
    if let key = withLevel.first(where: { found.path.hasSuffix($0) }) {
      level = ClaimNode.level(key.dropFirst(prefix.count + 2)) ?? 0.95
    } else if let stated = member(["\(prefix)ci_level", "\(prefix)level"] + (prefix.isEmpty ? [] : ["ci_level"])) {
      level = try stated.plainNumber()
      if level > 1 { level /= 100 }
      guard level > 0, level < 1 else { throw stated.fault("a confidence level lies between 0 and 1, such as 0.95") }
    }
    let isRecalled =
      self["confidence"]?.text == "recalled" || member(["\(prefix)ci_confidence"])?.text == "recalled"
    guard let limits = found.elements ?? found["lower"].map({ [$0, found["upper"]] }), limits.count == 2,
      let first = limits[0], let second = limits[1]
    else {
      throw found.fault("an interval is written as [lower, upper]; a limit that is not reached is NR")
    }
    return ClaimedInterval(
      lower: try first.time().recalled(isRecalled), upper: try second.time().recalled(isRecalled), level: level)
  }

  /// "95" as 0.95, "992" as 0.992; nil for what is no level.
  private static func level(_ digits: Substring) -> Double? {
    let digits = digits.drop { $0 == "_" }
    guard (2...4).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Double(digits)
    else { return nil }
    var scale = 1.0
    for _ in digits { scale *= 10 }
    return number / scale
  }

  /// Whether a number of this place keeps the decimals that it has.
  static func keepsDecimals(_ node: ClaimNode?) -> Bool { node.map { $0.valued.node.isQuoted } ?? false }
}

extension ClaimedTime {
  func recalled(_ isRecalled: Bool) -> ClaimedTime {
    guard isRecalled, let number else { return self }
    return .printed(
      PrintedNumber(text: number.text, value: number.value, decimals: number.decimals, isRecalled: true))
  }

  func with(decimals: Int) -> ClaimedTime { number.map { .printed($0.with(decimals: decimals)) } ?? self }
}

extension ClaimedInterval {
  /// The most decimals of its limits.
  var decimals: Int { max(lower.number?.decimals ?? 0, upper.number?.decimals ?? 0) }

  func with(decimals: Int) -> ClaimedInterval {
    ClaimedInterval(lower: lower.with(decimals: decimals), upper: upper.with(decimals: decimals), level: level)
  }

  /// Limits as fractions of one, from percentages.
  var fromPercent: ClaimedInterval {
    func scaled(_ limit: ClaimedTime) -> ClaimedTime { limit.number.map { .printed($0.fromPercent) } ?? limit }
    return ClaimedInterval(lower: scaled(lower), upper: scaled(upper), level: level)
  }

  /// Of one minus the quantity.
  var complement: ClaimedInterval {
    func turned(_ limit: ClaimedTime) -> ClaimedTime { limit.number.map { .printed($0.complement) } ?? limit }
    return ClaimedInterval(lower: turned(upper), upper: turned(lower), level: level)
  }
}

extension PrintedNumber {
  /// 60.7 as 0.607.
  var fromPercent: PrintedNumber {
    PrintedNumber(text: text, value: value / 100, decimals: decimals + 2, isRecalled: isRecalled)
  }
  /// 0.607 as 0.393.
  var complement: PrintedNumber {
    PrintedNumber(text: text, value: 1 - value, decimals: decimals, isRecalled: isRecalled)
  }
}

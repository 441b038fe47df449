/// Numbers for tables: a fixed number of decimals, no locale.
public enum NumberText {
  /// `value` with `decimals` decimals, rounded to nearest; "NE" (not estimable) when there is none.
  public static func fixed(_ value: Double?, _ decimals: Int) -> String {
    guard let value, value.isFinite else { return "NE" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15 else { return "\(value)" }
    let whole = Int(scaled / scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(whole)" }
    let fraction = String(Int(scaled) - whole * Int(scale))
    return "\(sign)\(whole)." + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  /// `value` with `digits` significant digits and no exponent, "NE" when there is none; an exponent below 1e-6 and from
  /// 1e15 on.
  public static func significant(_ value: Double?, _ digits: Int) -> String {
    guard let value, value.isFinite else { return "NE" }
    if value == 0 { return "0" }
    guard abs(value) >= 1e-6, abs(value) < 1e15 else { return scientific(value, digits) }
    return fixed(value, min(max(0, digits - 1 - decade(abs(value))), 14))
  }

  /// A mantissa with `digits` significant digits and a power of ten.
  private static func scientific(_ value: Double, _ digits: Int) -> String {
    let text = "\(value)"
    guard let mark = text.firstIndex(of: "e"), let mantissa = Double(text[..<mark]) else { return text }
    return fixed(mantissa, digits - 1) + text[mark...]
  }

  /// The power of ten below a positive number.
  private static func decade(_ value: Double) -> Int {
    var power = 0
    var scale = 1.0
    while value >= scale * 10 {
      scale *= 10
      power += 1
    }
    while value < scale * 0.9999999 {
      scale /= 10
      power -= 1
    }
    return power
  }

  /// Decimals with which times up to `largest` are printed: none are needed for whole times, else four digits in all.
  public static func timeDecimals(_ times: [Double]) -> Int {
    guard let largest = times.max(), largest > 0, times.contains(where: { $0 != $0.rounded() }) else { return 0 }
    return min(max(3 - decade(largest), 1), 9)
  }

  /// A number given by a user or a file, as short as it can be said: 12, 0.5.
  public static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// A confidence level as a percentage: 95%, 99.2%.
  public static func percent(_ level: Double) -> String { plain((level * 1e6).rounded() / 1e4) + "%" }

  /// "= 0.012" or "< 0.001", to follow "p".
  public static func pEquation(_ value: Double) -> String {
    let text = p(value)
    return text.hasPrefix("<") ? "< \(text.dropFirst())" : text == "NE" ? "not estimable" : "= \(text)"
  }

  /// A p-value as reports print it: three decimals, "<0.001" below.
  public static func p(_ value: Double) -> String {
    guard value.isFinite else { return "NE" }
    return value < 0.001 ? "<0.001" : fixed(value, 3)
  }

  /// Columns padded to one width: text to the left, further columns to the right of two spaces.
  ///
  /// - Parameters:
  ///   - rows: cells of text, the header first.
  ///   - isText: all columns stand to the left.
  public static func table(_ rows: [[String]], isText: Bool = false) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { c in rows.map { c < $0.count ? $0[c].count : 0 }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { c, cell in
        let pad = String(repeating: " ", count: widths[c] - cell.count)
        return c == 0 || isText ? cell + pad : pad + cell
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}

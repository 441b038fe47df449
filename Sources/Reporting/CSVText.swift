/// Fields of the CSV files that survkit writes (RFC 4180).
public enum CSVText {
  /// A label or another text that may come from a file.
  ///
  /// A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula (CWE-1236; OWASP,
  /// CSV Injection). Such a text gets an apostrophe before it and stands in quotes, unless it is a decimal number, which is
  /// harmless. Blanks before the sign and the wide forms of the signs do not hide it. Control characters become blanks but
  /// for tabs and line ends, so that the file can be shown on a terminal.
  ///
  /// - Parameters:
  ///   - text: the label.
  ///   - isRaw: nothing but the quotes of RFC 4180: for programs that match labels byte by byte.
  public static func field(_ text: String, isRaw: Bool = false) -> String {
    guard !isRaw else { return quoted(text, always: false) }
    let shown = withoutControls(text)
    return isFormula(shown) ? quoted("'" + shown, always: true) : quoted(shown, always: false)
  }

  private static func isFormula(_ text: String) -> Bool {
    // A tab or a carriage return is a sign itself, and both are blanks too.
    guard let first = text.unicodeScalars.first else { return false }
    if first == "\t" || first == "\r" || first == "\n" { return true }
    guard let sign = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return false }
    switch sign {
    case "=", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    case "+", "-": return !isDecimal(text)
    default: return false
    }
  }

  /// Digits with at most one sign, one point and one exponent: what `Double` takes, without its words and hexadecimal forms.
  private static func isDecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) } && Double(text)?.isFinite == true
  }

  private static func withoutControls(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isKept = scalar == "\t" || scalar == "\r" || scalar == "\n" || !isControl(scalar)
      result.append(isKept ? scalar : " ")
    }
    return String(result)
  }

  private static func quoted(_ text: String, always: Bool) -> String {
    guard always || text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return text }
    // By bytes: a quote with a combining mark behind it is another Character.
    let inside = text.utf8.flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] }
    return "\"" + String(decoding: inside, as: UTF8.self) + "\""
  }
}

/// Whether a character could steer a terminal or turn the text around it: controls (C0, DEL, C1), line and paragraph
/// separators, and the marks, embeddings, overrides and isolates of the bidirectional algorithm (Unicode Standard Annex 9).
func isControl(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}

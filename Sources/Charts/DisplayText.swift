/// Text as a figure may show it: characters that XML 1.0 forbids and characters that reverse the direction of the text
/// around them are gone, and every run of white space is one space.
///
/// Measuring and drawing must see the same string, so that this is applied once, before either.
package func displayText(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  var pendingSpace = false
  for scalar in text.unicodeScalars {
    // White space first: line ends are spaces here, not characters to lose.
    if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{2028}"
      || scalar == "\u{2029}"
    {
      pendingSpace = !result.isEmpty
    } else if isDrawable(scalar) {
      if pendingSpace { result.append(" ") }
      pendingSpace = false
      result.append(scalar)
    }
  }
  return String(result)
}

/// Text for an XML attribute or element: the five special characters as entities, undrawable characters dropped.
package func xmlEscaped(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars where isDrawable(scalar) {
    switch scalar {
    case "&": result.append(contentsOf: "&amp;".unicodeScalars)
    case "<": result.append(contentsOf: "&lt;".unicodeScalars)
    case ">": result.append(contentsOf: "&gt;".unicodeScalars)
    case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
    case "'": result.append(contentsOf: "&apos;".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// A JSON string literal with its quotes.
package func jsonString(_ text: String) -> String {
  var result = "\"".unicodeScalars
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result.append(contentsOf: "\\\"".unicodeScalars)
    case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
    case let c where c.value < 0x20:
      let digits = String(c.value, radix: 16)
      let padding = String(repeating: "0", count: 4 - digits.count)
      result.append(contentsOf: "\\u\(padding)\(digits)".unicodeScalars)
    default: result.append(scalar)
    }
  }
  result.append("\"")
  return String(result)
}

/// Allowed by XML 1.0 section 2.2, and not a control that hides or reorders text (Unicode Standard Annex 9).
private func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x09, 0x0A, 0x0D: true
  case 0..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: false
  case 0x202A...0x202E, 0x2066...0x2069: false
  default: true
  }
}

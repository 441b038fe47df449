/// The size and weight of a text, and what it measures in Helvetica.
///
/// Widths are the published Adobe Font Metrics of Helvetica and Helvetica-Bold; Arial, Liberation Sans and Nimbus Sans
/// have the same ones. Kerning is left out: it only makes text narrower.
package struct TextStyle: Sendable, Equatable {
  /// Font size in points.
  package let size: Double
  package let isBold: Bool

  package init(size: Double, isBold: Bool = false) {
    self.size = size
    self.isBold = isBold
  }

  /// Distance between two baselines.
  package var lineHeight: Double { size * 1.25 }
  /// From the top of a line to its baseline.
  package var ascent: Double { size * 0.95 }
  /// Height of a digit above its baseline.
  package var digitHeight: Double { size * 0.71 }

  /// Width in points.
  package func width(of text: String) -> Double {
    var thousandths = 0
    for scalar in text.unicodeScalars { thousandths += advance(scalar) }
    return Double(thousandths) * size / 1000
  }

  private func advance(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 32...126: (isBold ? boldWidths : regularWidths)[Int(scalar.value) - 32]
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: 0  // combining marks, zero-width characters
    case 0x2013: 556  // en dash
    case 0x2018, 0x2019: 278
    case 0xB1, 0xD7, 0x2212, 0x2264, 0x2265: 584  // plus-minus, times, minus, at most, at least
    case 0xA0: 278
    // Not in the tables: a wide guess, since a gap too large does less harm than an overlap.
    case 0xA1...0x24F: 722
    case 0x250...0x5FF: 800
    default: 1050
    }
  }

  /// The text in lines no wider than `width`, broken at spaces, inside a word only when the word alone is too wide.
  ///
  /// - Parameter maximumLines: what does not fit is cut with an ellipsis.
  package func wrap(_ text: String, to width: Double, maximumLines: Int = 8) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let joined = line.isEmpty ? String(word) : "\(line) \(word)"
      if self.width(of: joined) <= width {
        line = joined
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = String(word)
      while self.width(of: line) > width, line.count > 1, lines.count < maximumLines {
        let head = prefix(of: line, within: width)
        lines.append(head)
        line = String(line.dropFirst(head.count))
      }
      if lines.count >= maximumLines { break }
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > maximumLines else { return lines }
    let last = prefix(of: lines[maximumLines - 1], within: width - self.width(of: "..."))
    return lines.prefix(maximumLines - 1) + [last + "..."]
  }

  /// The longest beginning that fits; one character at least.
  private func prefix(of word: String, within width: Double) -> String {
    var head = ""
    for character in word {
      let longer = head + String(character)
      if !head.isEmpty, self.width(of: longer) > width { break }
      head = longer
    }
    return head
  }
}

/// Advance widths of the characters 32 to 126, thousandths of the font size.
private let regularWidths: [Int] = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556,
  556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722,
  778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,
  556,
  556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]

private let boldWidths: [Int] = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556,
  556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722,
  778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333,
  611,
  611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
]

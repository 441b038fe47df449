/// The size and weight of a text, and the room it needs.
///
/// The width of a character is the larger of two: the published Adobe Font Metrics of Helvetica, which Arial, Liberation
/// Sans and Nimbus Sans share, and that of DejaVu Sans, which a system without any of them falls back to. A figure is
/// laid out before it is known where it will be rendered: measured by the wider font, nothing overlaps in the other.
/// Kerning is left out: it only makes text narrower.
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
    case 0x2018, 0x2019: 380
    case 0xB1, 0xD7, 0x2212, 0x2264, 0x2265: 838  // plus-minus, times, minus, at most, at least
    case 0xA0: 349
    // Not in the tables: a wide guess, since a gap too large does less harm than an overlap.
    case 0xA1...0x24F: 722
    case 0x250...0x5FF: 800
    default: 1050
    }
  }

  /// The text in lines no wider than `width`, broken at spaces, inside a word only when the word alone is too wide, and there after
  /// a hyphen or slash where it has one.
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
        let head = TextStyle.cutAfterMark(prefix(of: line, within: width))
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

  /// A part of a word up to its last hyphen or slash, where it has one: "androgen-" of "androgen-recept".
  private static func cutAfterMark(_ part: String) -> String {
    guard let mark = part.lastIndex(where: { $0 == "-" || $0 == "/" }) else { return part }
    return String(part[...mark])
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
  318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337, 637, 637, 637, 637, 637, 637, 637,
  637, 637, 637, 337, 337, 838, 838, 838, 556, 1015, 685, 687, 722, 771, 667, 611, 778, 752, 295, 500, 667, 558, 863,
  749, 788, 667, 788, 722, 667, 611, 732, 685, 989, 686, 667, 686, 391, 337, 391, 838, 556, 500, 613, 635, 550, 635,
  616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637,
  337, 637, 838,
]

private let boldWidths: [Int] = [
  349, 457, 521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416, 380, 366, 696, 696, 696, 696, 696, 696, 696,
  696, 696, 696, 400, 400, 838, 838, 838, 611, 1000, 774, 763, 734, 831, 684, 684, 821, 837, 373, 556, 775, 638, 996,
  837, 851, 733, 851, 771, 721, 683, 813, 774, 1104, 771, 725, 726, 458, 366, 458, 838, 556, 500, 675, 716, 593, 716,
  679, 436, 716, 712, 343, 343, 666, 343, 1042, 712, 688, 716, 716, 494, 596, 479, 712, 652, 924, 646, 652, 583, 712,
  366, 712, 838,
]

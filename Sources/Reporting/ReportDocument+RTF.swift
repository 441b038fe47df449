extension ReportDocument {
  /// The document in Rich Text Format 1.9, for word processors: headings, lists and tables of the format's own; text beyond ASCII as
  /// the numbers of its UTF-16 units, so that the file is plain ASCII.
  ///
  /// - Parameter title: in the properties of the document.
  public func rtf(title: String) -> String {
    var out = """
      {\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1
      {\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fmodern\\fcharset0 Courier New;}}
      {\\info{\\title \(RTF.escaped(title))}}
      \\paperw11906\\paperh16838\\margl1134\\margr1134\\margt1134\\margb1134
      \\f0\\fs20

      """
    for block in blocks { out += RTF.block(block) }
    return out + "}\n"
  }
}

/// How the parts of a document are written in RTF. Lengths are in twips, 1440 to the inch.
private enum RTF {
  /// A4 without the margins.
  private static let lineWidth = 11906 - 2 * 1134

  static func block(_ block: ReportDocument.Block) -> String {
    switch block {
    case .lines(let lines): paragraph(lines.map(escaped).joined(separator: "\\line "))
    case .heading(let text, let lines):
      heading(text, level: 3) + (lines.isEmpty ? "" : paragraph(lines.map(escaped).joined(separator: "\\line ")))
    case .section(let level, let text): heading(text, level: min(max(level, 1), 3))
    case .paragraph(let text): paragraph(escaped(text))
    case .list(let lines):
      lines.map { "{\\pard\\fi-284\\li284\\sa60 \\bullet\\tab \(escaped($0))\\par}\n" }.joined()
    case .code(let lines):
      "{\\pard\\ql\\sa120\\f1\\fs18 \(lines.map(escaped).joined(separator: "\\line "))\\par}\n"
    case .picture(let file, let description): paragraph("Figure: \(escaped(file)). {\\i \(escaped(description))}")
    case .table(let rows): table(rows, isText: false)
    case .textTable(let rows): table(rows, isText: true)
    }
  }

  private static func paragraph(_ text: String) -> String { "{\\pard\\ql\\sa120 \(text)\\par}\n" }

  private static func heading(_ text: String, level: Int) -> String {
    let size = [32, 26, 22][level - 1]
    return
      "{\\pard\\ql\\keepn\\outlinelevel\(level - 1)\\sb\(level == 1 ? 0 : 240)\\sa100\\b\\fs\(size) \(escaped(text))\\par}\n"
  }

  /// Columns as wide as their longest text where that fits the line, else with a share of it.
  private static func table(_ rows: [[String]], isText: Bool) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let character = 115
    let widths = (0..<columns).map { c in (rows.map { c < $0.count ? $0[c].count : 0 }.max() ?? 0) * character + 240 }
    let shares = columnShares(rows, characters: lineWidth / character)
    var edge = 0
    let edges = (0..<columns).map { column -> Int in
      edge += shares[column].map { Int($0 * Double(lineWidth)) } ?? widths[column]
      return edge
    }
    var out = ""
    for (position, row) in rows.enumerated() {
      out += "\\trowd\\trgaph80\\trkeep" + (position == 0 ? "\\trhdr" : "")
      let border = position == 0 ? "\\clbrdrb\\brdrs\\brdrw15" : ""
      out += edges.map { "\(border)\\cellx\($0)" }.joined() + "\n"
      for column in 0..<columns {
        let text = column < row.count ? escaped(row[column]) : ""
        let side = column == 0 || isText ? "\\ql" : "\\qr"
        out += "\\pard\\intbl\(side)\(position == 0 ? "{\\b \(text)}" : " \(text)")\\cell\n"
      }
      out += "\\row\n"
    }
    return out + "{\\pard\\sa120\\par}\n"
  }

  /// A unit above 127 is \u with its signed 16-bit value and, for readers that know no Unicode, a question mark: by its code, since
  /// some readers take a plain one and the letter behind it for one character.
  static func escaped(_ text: String) -> String {
    var result = ""
    for unit in printable(text).utf16 {
      switch unit {
      case 0x5C, 0x7B, 0x7D: result += "\\" + String(Unicode.Scalar(UInt8(unit)))
      case 0x80...: result += "\\u\(Int16(bitPattern: unit))\\'3f"
      default: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      }
    }
    return result
  }
}

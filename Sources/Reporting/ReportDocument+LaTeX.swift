extension ReportDocument {
  /// A complete LaTeX article of the class's own commands alone: plain tables, no package but graphicx, which belongs to LaTeX, where
  /// there is a picture that pdfTeX can show.
  ///
  /// Texts are typeset as they stand. Latin letters with accents and the signs of reports are written by LaTeX's own names; a
  /// character beyond them, for which the standard fonts have no glyph, is written by its number, as in [U+4E2D].
  ///
  /// - Parameter title: the title of the PDF's first page where the document has no section of level 1 of its own.
  public func latex(title: String) -> String {
    let hasPictures = blocks.contains {
      if case .picture(let file, _) = $0 { LaTeX.isShown(file) } else { false }
    }
    let hasTitle = blocks.contains { if case .section(1, _) = $0 { true } else { false } }
    var out = """
      \\documentclass[a4paper]{article}
      \\renewcommand{\\labelitemi}{$\\bullet$}
      \\setlength{\\parindent}{0pt}
      \\setlength{\\parskip}{6pt plus 2pt}
      \\addtolength{\\textwidth}{3cm}
      \\addtolength{\\oddsidemargin}{-1.5cm}
      \\addtolength{\\textheight}{3cm}
      \\addtolength{\\topmargin}{-1.5cm}

      """
    if hasPictures { out += "\\usepackage{graphicx}\n" }
    out += "\\begin{document}\n\\sloppy\n"
    if !hasTitle { out += "\\section*{\(LaTeX.escaped(title))}\n" }
    for block in blocks { out += "\n" + LaTeX.block(block) }
    return out + "\n\\end{document}\n"
  }
}

/// How the parts of a document are written in LaTeX.
private enum LaTeX {
  static func block(_ block: ReportDocument.Block) -> String {
    switch block {
    case .lines(let lines): joined(lines)
    case .heading(let text, let lines):
      "\\subsubsection*{\(escaped(text))}\n" + (lines.isEmpty ? "" : joined(lines))
    case .section(let level, let text):
      "\\\(["section", "subsection", "subsubsection"][min(max(level, 1), 3) - 1])*{\(escaped(text))}\n"
    case .paragraph(let text): escaped(text) + "\n"
    case .list(let lines):
      "\\begin{itemize}\n" + lines.map { "\\item {}\(escaped($0))\n" }.joined() + "\\end{itemize}\n"
    case .code(let lines):
      "\\begin{flushleft}\\small\\ttfamily\n" + lines.map(code).joined(separator: "\\\\\n") + "\n\\end{flushleft}\n"
    case .picture(let file, let description):
      isShown(file)
        ? "\\includegraphics[width=\\linewidth]{\(file)}\n\n\\emph{\(escaped(description))}\n"
        : "Figure: \\texttt{\(escaped(file))}. \\emph{\(escaped(description))}\n"
    case .table(let rows): table(rows, isText: false)
    case .textTable(let rows): table(rows, isText: true)
    }
  }

  /// Formats that pdfTeX reads, by a name that \includegraphics takes as it stands.
  static func isShown(_ file: String) -> Bool {
    [".pdf", ".png"].contains { file.lowercased().hasSuffix($0) }
      && file.unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || "0123456789-./".unicodeScalars.contains($0))
      }
  }

  private static func joined(_ lines: [String]) -> String { lines.map(escaped).joined(separator: "\\\\\n") + "\n" }

  /// Columns as wide as their text; where they would not fit the line, paragraphs with a share of it.
  private static func table(_ rows: [[String]], isText: Bool) -> String {
    let shares = columnShares(rows, characters: 84)
    let columns = shares.indices.map { column -> String in
      guard let share = shares[column] else { return column == 0 || isText ? "l" : "r" }
      let width = "p{\(NumberText.fixed(share, 2))\\linewidth}"
      return column == 0 || isText ? ">" + width : width
    }
    // Without the array package a column has no declaration of its own: ragged text is asked for in the cell.
    let isParagraph = shares.map { $0 != nil }
    let specification = columns.map { $0.hasPrefix(">") ? String($0.dropFirst()) : $0 }.joined()
    var out = "{\\small\n\\begin{tabular}{@{}\(specification)@{}}\n"
    for (position, row) in rows.enumerated() {
      out += row.enumerated().map { column, cell in
        guard column < isParagraph.count, isParagraph[column] else { return "{}" + escaped(cell) }
        return (column == 0 || isText ? "\\raggedright " : "\\raggedleft ") + breakable(cell)
      }.joined(separator: " & ")
      out += " \\tabularnewline\n" + (position == 0 ? "\\hline\n" : "")
    }
    return out + "\\end{tabular}\n}\n"
  }

  /// Text that may go on in the next line behind a sign as well as behind a space: names of columns have no spaces.
  private static func breakable(_ text: String) -> String {
    var pieces = [""]
    for character in text {
      pieces[pieces.count - 1].append(character)
      if ">/)_=;:".contains(character) { pieces.append("") }
    }
    return pieces.map(escaped).joined(separator: "\\hspace{0pt}")
  }

  private static let signs: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
    "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "<": "\\textless{}", ">": "\\textgreater{}",
    "|": "\\textbar{}", "\"": "{\\ttfamily\\char34}", "`": "{\\ttfamily\\char96}",
    // Behind the end of a line these would belong to it.
    "[": "{[}", "]": "{]}", "*": "{*}",
    "\u{A0}": "~", "\u{2010}": "-", "\u{2011}": "-", "\u{2013}": "{\\rmfamily\\textendash}",
    "\u{2014}": "{\\rmfamily\\textemdash}",
    "\u{2018}": "{\\rmfamily\\textquoteleft}", "\u{2019}": "{\\rmfamily\\textquoteright}",
    "\u{201C}": "{\\rmfamily\\textquotedblleft}",
    "\u{201D}": "{\\rmfamily\\textquotedblright}", "\u{2026}": "\\dots{}", "\u{2022}": "\\textbullet{}",
    "\u{2212}": "$-$", "\u{B1}": "$\\pm$", "\u{D7}": "$\\times$", "\u{F7}": "$\\div$", "\u{B7}": "$\\cdot$",
    "\u{2264}": "$\\leq$", "\u{2265}": "$\\geq$", "\u{2260}": "$\\neq$", "\u{2248}": "$\\approx$",
    "\u{221E}": "$\\infty$", "\u{221A}": "$\\surd$", "\u{2211}": "$\\sum$", "\u{220F}": "$\\prod$",
    "\u{2192}": "$\\rightarrow$", "\u{2190}": "$\\leftarrow$", "\u{2213}": "$\\mp$", "\u{B0}": "$^\\circ$",
    "\u{B2}": "$^2$", "\u{B3}": "$^3$", "\u{B9}": "$^1$", "\u{B5}": "$\\mu$", "\u{A7}": "\\S{}", "\u{B6}": "\\P{}",
    "\u{A3}": "\\pounds{}", "\u{A9}": "\\copyright{}",
    "\u{3B1}": "$\\alpha$", "\u{3B2}": "$\\beta$", "\u{3B3}": "$\\gamma$", "\u{3B4}": "$\\delta$",
    "\u{3B5}": "$\\epsilon$", "\u{3B8}": "$\\theta$", "\u{3BA}": "$\\kappa$", "\u{3BB}": "$\\lambda$",
    "\u{3BC}": "$\\mu$", "\u{3C0}": "$\\pi$", "\u{3C1}": "$\\rho$", "\u{3C3}": "$\\sigma$", "\u{3C4}": "$\\tau$",
    "\u{3C6}": "$\\phi$", "\u{3C7}": "$\\chi$", "\u{3C9}": "$\\omega$", "\u{394}": "$\\Delta$",
    "\u{3A3}": "$\\Sigma$", "\u{3A9}": "$\\Omega$",
    "\u{DF}": "\\ss{}", "\u{C6}": "\\AE{}", "\u{E6}": "\\ae{}", "\u{D8}": "\\O{}", "\u{F8}": "\\o{}",
    "\u{C5}": "\\AA{}", "\u{E5}": "\\aa{}", "\u{152}": "\\OE{}", "\u{153}": "\\oe{}", "\u{141}": "\\L{}",
    "\u{142}": "\\l{}",
    "\u{C0}": "\\`A", "\u{C1}": "\\'A", "\u{C2}": "\\^A", "\u{C3}": "\\~A", "\u{C4}": "\\\"A", "\u{C7}": "\\c{C}",
    "\u{C8}": "\\`E", "\u{C9}": "\\'E", "\u{CA}": "\\^E", "\u{CB}": "\\\"E", "\u{CC}": "\\`I", "\u{CD}": "\\'I",
    "\u{CE}": "\\^I", "\u{CF}": "\\\"I", "\u{D1}": "\\~N", "\u{D2}": "\\`O", "\u{D3}": "\\'O", "\u{D4}": "\\^O",
    "\u{D5}": "\\~O", "\u{D6}": "\\\"O", "\u{D9}": "\\`U", "\u{DA}": "\\'U", "\u{DB}": "\\^U", "\u{DC}": "\\\"U",
    "\u{DD}": "\\'Y", "\u{E0}": "\\`a", "\u{E1}": "\\'a", "\u{E2}": "\\^a", "\u{E3}": "\\~a", "\u{E4}": "\\\"a",
    "\u{E7}": "\\c{c}", "\u{E8}": "\\`e", "\u{E9}": "\\'e", "\u{EA}": "\\^e", "\u{EB}": "\\\"e",
    "\u{EC}": "\\`{\\i}", "\u{ED}": "\\'{\\i}", "\u{EE}": "\\^{\\i}", "\u{EF}": "\\\"{\\i}", "\u{F1}": "\\~n",
    "\u{F2}": "\\`o", "\u{F3}": "\\'o", "\u{F4}": "\\^o", "\u{F5}": "\\~o", "\u{F6}": "\\\"o", "\u{F9}": "\\`u",
    "\u{FA}": "\\'u", "\u{FB}": "\\^u", "\u{FC}": "\\\"u", "\u{FD}": "\\'y", "\u{FF}": "\\\"y",
    "\u{106}": "\\'C", "\u{107}": "\\'c", "\u{10C}": "\\v{C}", "\u{10D}": "\\v{c}", "\u{10E}": "\\v{D}",
    "\u{118}": "\\c{E}", "\u{11A}": "\\v{E}", "\u{11B}": "\\v{e}", "\u{143}": "\\'N", "\u{144}": "\\'n",
    "\u{147}": "\\v{N}", "\u{148}": "\\v{n}", "\u{158}": "\\v{R}", "\u{159}": "\\v{r}", "\u{15A}": "\\'S",
    "\u{15B}": "\\'s", "\u{15E}": "\\c{S}", "\u{15F}": "\\c{s}", "\u{160}": "\\v{S}", "\u{161}": "\\v{s}",
    "\u{16E}": "\\r{U}", "\u{16F}": "\\r{u}", "\u{179}": "\\'Z", "\u{17A}": "\\'z", "\u{17B}": "\\.Z",
    "\u{17C}": "\\.z", "\u{17D}": "\\v{Z}", "\u{17E}": "\\v{z}",
  ]

  /// The same in the typewriter font, with the upright apostrophe of a shell.
  private static func code(_ text: String) -> String {
    text.split(separator: "'", omittingEmptySubsequences: false).map { escaped(String($0)) }
      .joined(separator: "{\\char13}")
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in printable(text).unicodeScalars {
      // Two of them would be one longer sign.
      if scalar == "-" || scalar == "'", result.unicodeScalars.last == scalar { result += "{}" }
      if let sign = signs[scalar] {
        result += sign
      } else if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else {
        result += "{[}U+\(String(scalar.value, radix: 16, uppercase: true).leftPadded(4)){]}"
      }
    }
    return result
  }
}

extension String {
  fileprivate func leftPadded(_ count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}

/// The share of the line that each column of a table gets; nil for columns that may be as wide as their text, which are all
/// where the table fits. Else narrow columns stay so and the others share what is left by their longest text.
func columnShares(_ rows: [[String]], characters: Int) -> [Double?] {
  let columns = rows.map(\.count).max() ?? 0
  // Two characters stand between columns.
  let widths = (0..<columns).map { c in rows.map { c < $0.count ? $0[c].count : 0 }.max() ?? 0 }
  let total = widths.reduce(0, +) + 2 * columns
  guard total > characters else { return [Double?](repeating: nil, count: columns) }
  let narrow = 12
  let fixed = widths.filter { $0 <= narrow }.reduce(0) { $0 + $1 + 2 }
  let wide = widths.filter { $0 > narrow }
  // No text is so long that the others get nothing.
  let weights = widths.map { Double(min($0, 2 * characters / max(1, wide.count))) }
  let sum = zip(widths, weights).reduce(0) { $0 + ($1.0 > narrow ? $1.1 : 0) }
  let room = max(0.3, 1 - Double(fixed + 2 * wide.count) / Double(characters))
  return zip(widths, weights).map { $0 > narrow ? room * $1 / sum : nil }
}

/// A report as blocks, written as plain text for a terminal, as Markdown or as parts of a page from the same content.
public struct ReportDocument: Sendable, Equatable {
  public enum Block: Sendable, Equatable {
    /// Lines that stay lines.
    case lines([String])
    /// A heading with lines under it, standing on what follows.
    case heading(String, lines: [String] = [])
    /// Rows of cells, the header first; the first column stands to the left, numbers to the right.
    case table([[String]])
    /// Rows of text, the header first; all columns stand to the left.
    case textTable([[String]])
    /// Lines to be typed or copied as they stand.
    case code([String])
    /// Statements, one to a line.
    case list([String])
    /// A title (level 1) or the heading of a section.
    case section(Int, String)
    /// Running text.
    case paragraph(String)
    /// A picture by its file name, with a text for who cannot see it.
    case picture(file: String, description: String)
  }

  public private(set) var blocks: [Block] = []

  public init() {}

  /// Adds a block; one without content is left out.
  public mutating func add(_ block: Block) {
    switch block {
    case .lines(let lines) where lines.isEmpty, .list(let lines) where lines.isEmpty: return
    case .code(let lines) where lines.isEmpty: return
    case .table(let rows) where rows.isEmpty, .textTable(let rows) where rows.isEmpty: return
    default: blocks.append(block)
    }
  }

  /// Adds the blocks of another document.
  public mutating func add(_ document: ReportDocument) { blocks += document.blocks }

  /// For a terminal: a heading stands on its table, blocks are set apart by an empty line.
  public var text: String {
    var out = ""
    for (position, block) in blocks.enumerated() {
      switch block {
      case .lines(let lines), .list(let lines): out += lines.map { printable($0) + "\n" }.joined()
      case .heading(let text, let lines):
        out += ([text] + lines).map { printable($0) + "\n" }.joined()
        continue
      case .table(let rows): out += NumberText.table(rows.map { $0.map(printable) })
      case .textTable(let rows): out += NumberText.table(rows.map { $0.map(printable) }, isText: true)
      case .code(let lines): out += lines.map { "    \(printable($0))\n" }.joined()
      case .section(_, let text), .paragraph(let text): out += printable(text) + "\n"
      case .picture(let file, _): out += "Figure: \(printable(file))\n"
      }
      if position + 1 < blocks.count { out += "\n" }
    }
    return out
  }

  public var markdown: String {
    var out = ""
    for (position, block) in blocks.enumerated() {
      switch block {
      case .lines(let lines): out += lines.map(escaped).joined(separator: "  \n") + "\n"
      case .heading(let text, let lines):
        out += "### " + escaped(text) + "\n"
        if !lines.isEmpty { out += "\n" + lines.map(escaped).joined(separator: "  \n") + "\n" }
      case .list(let lines): out += lines.map { "- \(escaped($0))\n" }.joined()
      case .section(let level, let text): out += String(repeating: "#", count: level) + " \(escaped(text))\n"
      case .paragraph(let text): out += escaped(text) + "\n"
      case .picture(let file, let description): out += "![\(escaped(description))](\(file))\n"
      case .table(let rows): out += markdownTable(rows, number: "---:")
      case .textTable(let rows): out += markdownTable(rows, number: "---")
      // Indented code ends at no mark that a line could hold.
      case .code(let lines): out += lines.map { "    \(printable($0))\n" }.joined()
      }
      if position + 1 < blocks.count { out += "\n" }
    }
    return out
  }

  /// - Parameter number: the mark of alignment of all columns but the first.
  private func markdownTable(_ rows: [[String]], number: String) -> String {
    var out = ""
    for (position, row) in rows.enumerated() {
      out += "| " + row.map(escaped).joined(separator: " | ") + " |\n"
      if position == 0 { out += "|" + row.indices.map { $0 == 0 ? " --- |" : " \(number) |" }.joined() + "\n" }
    }
    return out
  }

  private func escaped(_ text: String) -> String {
    var result = ""
    let scalars = Array(printable(text).unicodeScalars)
    for (i, scalar) in scalars.enumerated() {
      let next = i + 1 < scalars.count ? scalars[i + 1] : " "
      let isMarkup = scalar == "<" && (next.properties.isAlphabetic || next == "/" || next == "!")
      if "|*`\\[]".unicodeScalars.contains(scalar) || isMarkup { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}

/// Text as a terminal may show it: a label from a file must not move the cursor or begin a new line.
public func printable(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    result.append(isControl(scalar) ? " " : scalar)
  }
  return String(result)
}

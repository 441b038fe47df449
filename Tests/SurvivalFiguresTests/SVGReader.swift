/// Just enough reading of our own SVG to check what was drawn against what was computed.
struct SVGReader {
  let lines: [Substring]

  init(_ svg: String) { lines = svg.split(separator: "\n") }

  /// The line of the element with this id.
  func element(_ id: String) -> Substring? { lines.first { $0.contains(" id=\"\(id)\"") } }

  static func attribute(_ name: String, of line: Substring) -> String? {
    guard let start = line.range(of: " \(name)=\"") else { return nil }
    return String(line[start.upperBound...].prefix { $0 != "\"" })
  }

  /// The texts within the group `id`.
  func texts(in id: String) -> [(text: String, x: Double, y: Double, anchor: String)] {
    guard let start = lines.firstIndex(where: { $0.contains("<g id=\"\(id)\"") }) else { return [] }
    return lines[start...].prefix { $0 != "</g>" }.filter { $0.hasPrefix("<text") }.map { line in
      let text = line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
      return (
        String(text), Double(Self.attribute("x", of: line) ?? "") ?? .nan,
        Double(Self.attribute("y", of: line) ?? "") ?? .nan, Self.attribute("text-anchor", of: line) ?? "start"
      )
    }
  }

  /// The vertices of path data made of M, h, v and z.
  static func vertices(_ data: String) -> [(x: Double, y: Double)] {
    var result: [(x: Double, y: Double)] = []
    var rest = data[...]
    while let command = rest.popFirst() {
      let body = rest.prefix { !$0.isLetter }
      rest = rest[body.endIndex...]
      let numbers = body.split(separator: " ").map { text in
        Double(text.hasPrefix("-.") ? "-0\(text.dropFirst())" : text.hasPrefix(".") ? "0\(text)" : String(text)) ?? .nan
      }
      let last = result.last ?? (0, 0)
      switch command {
      case "M": result.append((numbers[0], numbers[1]))
      case "h": result.append((last.x + numbers[0], last.y))
      case "v": result.append((last.x, last.y + numbers[0]))
      default: break
      }
    }
    return result
  }
}

extension Substring {
  /// Where `needle` first occurs; the standard library alone has no such search for a range.
  fileprivate func range(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle) { return start..<index(start, offsetBy: needle.count) }
      start = index(after: start)
    }
    return nil
  }
}

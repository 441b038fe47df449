internal import Foundation
internal import FoundationXML

/// The tags of a page with their attributes, as a browser's tokeniser finds them (HTML Living Standard, section 13.2.5): what a
/// label must not change.
func tags(_ page: String) -> [String] {
  let text = Array(page.utf8)
  var found: [String] = []
  var at = 0
  func isBlank(_ byte: UInt8) -> Bool { [0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(byte) }
  func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  func word(until isEnd: (UInt8) -> Bool) -> String {
    let start = at
    while at < text.count, !isEnd(text[at]) { at += 1 }
    return String(decoding: text[start..<at], as: UTF8.self).lowercased()
  }
  while at < text.count {
    guard text[at] == 0x3C, at + 1 < text.count else {
      at += 1
      continue
    }
    at += 1
    if text[at] == 0x21 || text[at] == 0x3F {
      found.append("<" + word { $0 == 0x3E })
      continue
    }
    let isEnd = text[at] == 0x2F
    if isEnd { at += 1 }
    guard at < text.count, isLetter(text[at]) else { continue }
    let name = word { isBlank($0) || $0 == 0x2F || $0 == 0x3E }
    found.append((isEnd ? "/" : "") + name)
    while at < text.count, text[at] != 0x3E {
      if isBlank(text[at]) || text[at] == 0x2F {
        at += 1
        continue
      }
      let start = at
      at += 1
      let attribute =
        String(decoding: text[start...start], as: UTF8.self)
        + word { isBlank($0) || [0x2F, 0x3D, 0x3E].contains($0) }
      found.append("@" + attribute)
      while at < text.count, isBlank(text[at]) { at += 1 }
      guard at < text.count, text[at] == 0x3D else { continue }
      at += 1
      while at < text.count, isBlank(text[at]) { at += 1 }
      guard at < text.count else { break }
      let quote = text[at]
      if quote == 0x22 || quote == 0x27 {
        at += 1
        _ = word { $0 == quote }
        at += 1
      } else {
        _ = word { isBlank($0) || $0 == 0x3E }
      }
    }
    if !isEnd, ["script", "style", "title"].contains(name) {
      // Text until its own end tag.
      let end = Array("</\(name)".utf8)
      while at < text.count,
        !text[at...].prefix(end.count).map({ isLetter($0) ? $0 | 0x20 : $0 }).elementsEqual(end)
      { at += 1 }
    }
  }
  return found
}

/// A page of survkit's: its tags are those that survkit writes, and nothing in it turns the direction of text.
func checkPage(_ page: String) {
  let known: Set<String> = [
    "<!doctype html", "html", "head", "meta", "title", "style", "body", "main", "div", "table", "caption", "thead",
    "tbody",
    "tr", "th", "td", "p", "br", "ul", "li", "h1", "h2", "h3", "h4", "pre", "figure", "img", "script", "@lang",
    "@charset",
    "@http-equiv", "@content", "@name", "@class", "@tabindex", "@role", "@aria-label", "@scope", "@src", "@alt",
    "@type",
    "@id",
  ]
  for tag in tags(page) {
    expect(known.contains(tag.hasPrefix("/") ? String(tag.dropFirst()) : tag), "a page with \(tag)")
  }
  checkCharacters(page)
}

/// No control characters but line ends, none that XML forbids, none that turn the direction of text.
func checkCharacters(_ text: String) {
  for scalar in text.unicodeScalars where scalar.value < 0x20 || scalar.value >= 0x7F {
    switch scalar.value {
    case 0x0A: continue
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: fatalError("U+\(String(scalar.value, radix: 16))")
    default: continue
    }
  }
}

/// An SVG document by an XML parser: well formed, only elements and attributes that a figure of survkit's has, links to its own
/// parts alone, and no character that may not be shown.
func checkSVG(_ svg: String) {
  let reader = SVGCheck()
  let parser = XMLParser(data: Data(svg.utf8))
  parser.delegate = reader
  expect(parser.parse(), "no XML: \(parser.parserError.map { "\($0)" } ?? "")")
  expect(reader.elements > 5, "an empty figure")
  checkCharacters(svg)
}

private final class SVGCheck: NSObject, XMLParserDelegate {
  var elements = 0

  private static let names: Set<String> = [
    "svg", "title", "desc", "metadata", "defs", "clipPath", "rect", "g", "path", "line", "text", "circle", "polygon",
    "use",
    "style", "tspan",
  ]

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements += 1
    expect(Self.names.contains(name), "an element \(name)")
    for (key, value) in attributes {
      expect(!key.lowercased().hasPrefix("on"), "a handler \(key)")
      if key.hasSuffix("href") { expect(value.hasPrefix("#"), "a link \(value)") }
      if let place = value.range(of: "url(") { expect(value[place.upperBound...].hasPrefix("#"), "a link \(value)") }
      if key == "id" { expect(value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "an id \(value)") }
      checkCharacters(value)
    }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) { checkCharacters(text) }
}

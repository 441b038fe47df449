/// An element of an SVG document: a name, attributes in the order given, and either text or children.
package struct Element: Sendable {
  package let name: String
  package var attributes: [Attribute]
  package var text: String?
  package var children: [Element]

  package struct Attribute: Sendable {
    package let name: String
    package let value: String
  }

  package init(
    _ name: String, _ attributes: KeyValuePairs<String, String> = [:], text: String? = nil, children: [Element] = []
  ) {
    self.name = name
    self.attributes = attributes.map { Attribute(name: $0, value: $1) }
    self.text = text
    self.children = children
  }

  /// The attribute with this value, added; nothing when the value is nil.
  package func with(_ name: String, _ value: String?) -> Element {
    guard let value else { return self }
    var copy = self
    copy.attributes.append(Attribute(name: name, value: value))
    return copy
  }

  /// The element as a document of its own, one element a line. Names are the program's; texts and values are escaped.
  package func document() -> String {
    var output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    write(to: &output)
    return output
  }

  private func write(to output: inout String) {
    output += "<\(name)"
    for attribute in attributes { output += " \(attribute.name)=\"\(xmlEscaped(attribute.value))\"" }
    if let text {
      output += ">\(xmlEscaped(text))</\(name)>\n"
    } else if children.isEmpty {
      output += "/>\n"
    } else {
      output += ">\n"
      for child in children { child.write(to: &output) }
      output += "</\(name)>\n"
    }
  }
}

extension Element {
  /// Where a text stands on its x position.
  package enum Anchor: String, Sendable {
    case start
    case middle
    case end
  }

  /// A line of text with its baseline at `y`.
  package static func text(
    _ text: String, x: Double, y: Double, style: TextStyle, anchor: Anchor = .start, fill: String = Ink.text
  ) -> Element {
    Element("text", ["x": decimalText(x), "y": decimalText(y), "font-size": decimalText(style.size)], text: text)
      .with("font-weight", style.isBold ? "bold" : nil)
      .with("text-anchor", anchor == .start ? nil : anchor.rawValue)
      .with("fill", fill)
  }

  /// A straight line.
  package static func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, stroke: String, width: Double, dashes: [Double] = []
  ) -> Element {
    Element(
      "line",
      [
        "x1": decimalText(x1), "y1": decimalText(y1), "x2": decimalText(x2), "y2": decimalText(y2),
        "stroke": stroke, "stroke-width": decimalText(width),
      ]
    ).with("stroke-dasharray", dashArray(dashes, width: width))
  }

  /// Dashes given in line widths as the attribute in points; nil for a solid line.
  package static func dashArray(_ dashes: [Double], width: Double) -> String? {
    dashes.isEmpty ? nil : dashes.map { decimalText($0 * width) }.joined(separator: " ")
  }
}

internal import Charts

/// What every figure's document has: a size, a title and description for who cannot see it, its numbers, a white ground; and
/// ids that begin alike.
struct FigureFrame {
  private let identifier: String

  /// - Parameters:
  ///   - identifier: characters other than ASCII letters, digits, - and _ are left out.
  ///   - fallback: put before an identifier that does not begin with a letter, as an id does.
  init(identifier: String, fallback: String) {
    let allowed = identifier.unicodeScalars.filter {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_"
    }
    let name = String(String.UnicodeScalarView(allowed))
    self.identifier = name.first.map { $0.isLetter } == true ? name : fallback + name
  }

  func id(_ name: String) -> String { "\(identifier)-\(name)" }

  func group(_ name: String, _ children: [Element]) -> Element {
    Element("g", ["id": id(name)], children: children)
  }

  /// The document without its marks.
  ///
  /// - Parameters:
  ///   - title: as shown; `otherwise` stands for an empty one.
  ///   - height: in points, as `width`.
  func root(
    title: String, otherwise: String, description: String, metadata: String, width: Double, widthInMillimetres: Double,
    height: Double
  ) -> Element {
    var root = Element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "version": "1.1",
        "width": "\(decimalText(widthInMillimetres))mm", "height": "\(decimalText(height * 25.4 / 72))mm",
        "viewBox": "0 0 \(decimalText(width)) \(decimalText(height))", "role": "img",
        "aria-labelledby": "\(id("title")) \(id("description"))",
        "font-family": "Helvetica, Arial, 'Liberation Sans', 'Nimbus Sans', 'DejaVu Sans', sans-serif",
      ])
    root.children = [
      Element("title", ["id": id("title")], text: title.isEmpty ? otherwise : title),
      Element("desc", ["id": id("description")], text: description),
      Element("metadata", ["id": id("data")], text: metadata),
      Element("rect", ["width": "100%", "height": "100%", "fill": "#FFFFFF"]),
    ]
    return root
  }
}

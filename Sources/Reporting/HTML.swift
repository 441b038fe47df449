/// A piece of an HTML page. Texts and values are escaped where they are written; only `markup` stands as it is.
public indirect enum HTML: Sendable, Equatable {
  /// An attribute without a value is written as a name alone (`hidden`).
  public struct Attribute: Sendable, Equatable {
    public let name: String
    public let value: String
  }

  case text(String)
  case element(String, [Attribute], [HTML])
  /// Markup that this program made, such as an SVG document without its declaration.
  case markup(String)

  /// An element with attributes in the order given.
  public static func tag(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ children: [HTML] = []
  ) -> HTML {
    .element(name, attributes.map { Attribute(name: $0, value: $1) }, children)
  }

  /// An element with text alone.
  public static func tag(_ name: String, _ attributes: KeyValuePairs<String, String>, _ text: String) -> HTML {
    tag(name, attributes, [.text(text)])
  }

  /// An element without attributes.
  public static func tag(_ name: String, _ children: [HTML] = []) -> HTML { .element(name, [], children) }

  /// An element without attributes and with text alone.
  public static func tag(_ name: String, _ text: String) -> HTML { .element(name, [], [.text(text)]) }

  /// The element with one more attribute, a name alone where the value is empty; anything else as it is.
  public func with(_ name: String, _ value: String = "") -> HTML {
    guard case .element(let tag, let attributes, let children) = self else { return self }
    return .element(tag, attributes + [Attribute(name: name, value: value)], children)
  }

  /// An SVG document as part of a page.
  public static func figure(svg: String) -> HTML {
    guard svg.hasPrefix("<?xml"), let end = svg.firstIndex(of: "\n") else { return .markup(svg) }
    return .markup(String(svg[svg.index(after: end)...]))
  }

  /// Data for a page's own script: never run, whatever it holds. Characters that no label may show are spaces, as elsewhere on the
  /// page.
  ///
  /// - Parameters:
  ///   - id: of the element.
  ///   - json: a JSON document.
  public static func data(id: String, json: String) -> HTML {
    // Within a string of JSON, where alone "<" occurs, \u003c is the same character and ends no element.
    let safe = printable(json).utf8.flatMap { $0 == 0x3C ? Array("\\u003c".utf8) : [$0] }
    return .element(
      "script", [Attribute(name: "type", value: "application/json"), Attribute(name: "id", value: id)],
      [.markup(String(decoding: safe, as: UTF8.self))])
  }

  public var text: String {
    var output = ""
    write(to: &output)
    return output
  }

  private static let withoutContent: Set<String> = ["br", "col", "hr", "img", "input", "link", "meta"]
  private static let blocks: Set<String> = [
    "article", "aside", "body", "caption", "details", "dl", "div", "fieldset", "figcaption", "figure", "footer", "h1",
    "h2", "h3", "head", "header", "li", "main", "nav", "ol", "p", "script", "section", "style", "summary", "table",
    "tbody", "thead", "title", "tr", "ul", "meta",
  ]

  private func write(to output: inout String) {
    switch self {
    case .text(let text): output += HTML.escaped(text)
    case .markup(let markup): output += markup
    case .element(let name, let attributes, let children):
      output += "<\(name)"
      for attribute in attributes {
        output += " \(attribute.name)" + (attribute.value.isEmpty ? "" : "=\"\(HTML.escaped(attribute.value))\"")
      }
      output += ">"
      if !HTML.withoutContent.contains(name) {
        for child in children { child.write(to: &output) }
        output += "</\(name)>"
      }
      if HTML.blocks.contains(name) { output += "\n" }
    }
  }

  /// Text whose special characters are entities; control characters and those that turn the direction of text are spaces.
  public static func escaped(_ text: String) -> String {
    var result = ""
    // By scalars: with a combining mark behind it a quote is another Character, and to a browser still a quote.
    for scalar in printable(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// A page that needs nothing but itself: its style and script are inside, and its content security policy allows these two, by
/// their digests, and nothing else.
public struct HTMLPage: Sendable {
  public var title: String
  /// Added to the style that all pages share.
  public var style: String
  /// nil for a page without a script.
  public var script: String?
  public var body: [HTML]

  public init(title: String, style: String = "", script: String? = nil, body: [HTML]) {
    self.title = title
    self.style = style
    self.script = script
    self.body = body
  }

  public var text: String {
    let style = HTMLPage.commonStyle + self.style
    var policy = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src \(HTMLPage.source(style))"
    if let script { policy += "; script-src \(HTMLPage.source(script))" }
    let head: [HTML] = [
      .tag("meta", ["charset": "utf-8"]),
      .tag("meta", ["http-equiv": "Content-Security-Policy", "content": policy]),
      .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .tag("title", title),
      .tag("style", [.markup(style)]),
    ]
    // At the end of the body, when all that it works on is there.
    var body = self.body
    if let script { body.append(.tag("script", [.markup(script)])) }
    return "<!DOCTYPE html>\n" + HTML.tag("html", ["lang": "en"], [.tag("head", head), .tag("body", body)]).text
  }

  /// A source of a content security policy: the digest of what stands between the tags (CSP Level 3, section 6.7.2).
  private static func source(_ content: String) -> String { "'sha256-\(sha256Base64(Array(content.utf8)))'" }

  /// Type, tables and figures; black on white, in print without what only a screen has.
  private static let commonStyle = """
    :root{color-scheme:light}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:62rem;padding:1.5rem 1.25rem 4rem;background:#fff;color:#1a1a1a;
    font:1rem/1.5 Helvetica,Arial,'Liberation Sans',sans-serif}
    h1{font-size:1.7rem;line-height:1.2;margin:0 0 .4rem}
    h2{font-size:1.25rem;line-height:1.3;margin:2.2rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid #d0d0d0}
    h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
    p,ul,ol{margin:.5rem 0;max-width:46rem}
    .quiet{color:#595959}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;margin:.8rem 0;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:bold;padding-bottom:.3rem}
    th,td{padding:.25rem .8rem .25rem 0;text-align:right;vertical-align:top}
    th:first-child,td:first-child,.words th,.words td{text-align:left}
    thead th{border-bottom:1.5px solid #333}
    tbody th{font-weight:normal}
    tbody tr+tr>*{border-top:1px solid #e6e6e6}
    figure{margin:1rem 0}
    figure svg{max-width:100%;height:auto;display:block}
    figcaption{color:#595959;font-size:.9rem;max-width:46rem}
    code,pre{font-family:'DejaVu Sans Mono',Consolas,monospace;font-size:.9em}
    pre{overflow-x:auto;background:#f5f5f5;padding:.7rem .9rem}
    button,select,input{font:inherit;color:inherit}
    :focus-visible{outline:3px solid #0072b2;outline-offset:2px}
    @media print{body{max-width:none;padding:0;font-size:10pt}.screen{display:none!important}
    h2,h3{break-after:avoid}figure,table{break-inside:avoid}.scroll{overflow:visible}}

    """
}

extension ReportDocument {
  /// A page with the blocks and no script.
  public func page(title: String) -> HTMLPage {
    let hasSections = blocks.contains { if case .section = $0 { true } else { false } }
    let heading = hasSections ? [] : [HTML.tag("h1", title)]
    return HTMLPage(title: title, body: [.tag("main", heading + html(level: hasSections ? 1 : 0))])
  }

  /// The blocks as parts of a page.
  ///
  /// - Parameter level: of the heading that a section of level 1 becomes; a heading that stands on its table is one below the
  ///   sections' second level.
  public func html(level: Int = 1) -> [HTML] {
    blocks.flatMap { block -> [HTML] in
      switch block {
      case .lines(let lines): [HTML.linesParagraph(lines)]
      case .heading(let text, let lines):
        [.tag("h\(level + 2)", text)] + (lines.isEmpty ? [] : [HTML.linesParagraph(lines)])
      case .list(let lines): [.tag("ul", lines.map { .tag("li", $0) })]
      case .section(let depth, let text): [.tag("h\(level + depth - 1)", text)]
      case .paragraph(let text): [.tag("p", text)]
      case .picture(let file, let description): [.tag("figure", [.tag("img", ["src": file, "alt": description])])]
      case .table(let rows): [HTML.table(rows)]
      case .textTable(let rows): [HTML.table(rows, isText: true)]
      case .code(let lines): [.tag("pre", lines.joined(separator: "\n"))]
      }
    }
  }
}

extension HTML {
  /// A table whose first row is its header and whose first column names the rows. It scrolls by itself where it is wide.
  ///
  /// - Parameters:
  ///   - rows: cells of text, the header first.
  ///   - caption: above the table.
  ///   - isText: all columns stand to the left.
  public static func table(_ rows: [[String]], caption: String? = nil, isText: Bool = false) -> HTML {
    let head = (rows.first ?? []).map { HTML.tag("th", ["scope": "col"], $0) }
    let body = rows.dropFirst().map { row in
      HTML.tag(
        "tr",
        row.enumerated().map { column, cell in
          column == 0 ? .tag("th", ["scope": "row"], cell) : .tag("td", cell)
        })
    }
    let captions = caption.map { [HTML.tag("caption", $0)] } ?? []
    let parts = captions + [.tag("thead", [.tag("tr", head)]), .tag("tbody", body)]
    let table = isText ? HTML.tag("table", ["class": "words"], parts) : HTML.tag("table", parts)
    // With the keyboard one scrolls what has the focus.
    return .tag(
      "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption ?? "Table"], [table])
  }

  fileprivate static func linesParagraph(_ lines: [String]) -> HTML {
    .tag("p", Array(lines.map { [HTML.text($0)] }.joined(separator: [.tag("br")])))
  }
}

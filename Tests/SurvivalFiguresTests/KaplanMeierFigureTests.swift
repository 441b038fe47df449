import Foundation
import FoundationXML
import Survival
import SurvivalFigures
import Testing

/// The SVG read back: what is drawn is what was computed.
@Suite struct KaplanMeierFigureTests {
  private func curve(_ time: [Double], _ event: [Bool]) throws -> KaplanMeier {
    KaplanMeier(
      EventTable.tables(try TimeToEvent(time: time, isEvent: event))[0], confidence: try ConfidenceSetting())
  }

  /// Two arms of sixty with a fixed pattern of times, every third row censored.
  private func arms(_ labels: [String] = ["Treatment", "Control"]) throws -> [KaplanMeierFigure.Arm] {
    try labels.enumerated().map { a, label in
      let time = (1...60).map { Double(($0 * 37 + a * 11) % 61) * (a == 0 ? 0.6 : 0.4) + 0.1 }
      return .init(label: label, curve: try curve(time, (1...60).map { $0 % 3 != 0 }))
    }
  }

  private func figure(
    _ arms: [KaplanMeierFigure.Arm], title: String = "Survival", options: KaplanMeierFigure.Options = .init()
  ) throws -> Drawing {
    try Drawing(
      try KaplanMeierFigure(
        arms: arms, title: title, timeLabel: "Months", footer: ["Simulated"], options: options
      ).svg())
  }

  @Test("every vertex of a curve is its S(t) on the axes' scale")
  func vertices() throws {
    let arms = try arms()
    let drawing = try figure(arms)
    // The scale from the tick labels: positions of two labelled ticks on each axis.
    let ticks = drawing.texts(in: "km-axes")
    let numbers = ticks.compactMap { text in Double(text.value).map { ($0, text) } }
    let x = try #require(drawing.scale(numbers.filter { $0.1.anchor == "middle" }.map { ($0.0, $0.1.x) }))
    let y = try #require(drawing.scale(numbers.filter { $0.1.anchor == "end" }.map { ($0.0, $0.1.y) }))
    for (a, arm) in arms.enumerated() {
      let path = try #require(drawing.path("km-curve-\(a + 1)"))
      // A censoring moves nothing: only event times are vertices.
      let table = arm.curve.table
      let expected = table.time.indices.filter { table.events[$0] > 0 }.map {
        (x(table.time[$0]), arm.curve.survival[$0])
      }
      #expect(expected.count > 30)
      for (px, s) in expected {
        // Labels sit below their tick's line by a constant: compare differences to S = 1, the path's first point.
        let wanted = path[0].1 + (y(s) - y(1))
        // 0.05 pt: two decimals in the file, relative moves summed.
        #expect(path.contains { abs($0.0 - px) < 0.05 && abs($0.1 - wanted) < 0.05 })
      }
      #expect(path.last.map { abs($0.0 - x(arm.curve.time.last ?? 0)) < 0.05 } == true)
    }
  }

  @Test("the table's numbers are those at risk, centred under their ticks")
  func riskTable() throws {
    let arms = try arms()
    let drawing = try figure(arms)
    let ticks = drawing.texts(in: "km-axes").filter { $0.anchor == "middle" }
      .compactMap { text in Double(text.value).map { ($0, text.x) } }
    let cells = drawing.texts(in: "km-risk-table").filter { $0.anchor == "middle" }
    #expect(cells.count == 2 * ticks.count && ticks.count >= 4)
    for (t, x) in ticks {
      let column = cells.filter { abs($0.x - x) < 0.1 }.sorted { $0.y < $1.y }.map(\.value)
      #expect(column == arms.map { "\(Int($0.curve.table.numberAtRisk(at: t)))" })
    }
  }

  @Test("labels stay text, whatever they hold")
  func hostileLabels() throws {
    let label = "<script>&\"'x\u{202E}\u{0007}"
    let drawing = try figure(try arms([label, "b"]), title: label)
    #expect(drawing.elements.isSuperset(of: ["svg", "title", "desc", "metadata", "path", "text"]))
    #expect(drawing.elements.isDisjoint(with: ["script", "foreignObject", "image", "a"]))
    #expect(drawing.allText.contains("<script>&\"'x"))
    #expect(!drawing.source.unicodeScalars.contains { $0.value == 0x202E || $0.value == 7 })
  }

  @Test("the same input gives the same bytes")
  func deterministic() throws {
    let first = try figure(try arms()).source
    for _ in 0..<5 { #expect(try figure(try arms()).source == first) }
  }

  @Test("one subject, no events, all at one time, eight arms: drawn without a NaN")
  func edges() throws {
    let single = KaplanMeierFigure.Arm(label: "one", curve: try curve([3], [true]))
    let silent = KaplanMeierFigure.Arm(label: "none", curve: try curve([1, 2, 3], [false, false, false]))
    let together = KaplanMeierFigure.Arm(label: "same", curve: try curve([2, 2, 2], [true, true, true]))
    for arms in [[single], [silent], [together], try arms((1...8).map { "Arm \($0)" })] {
      let source = try figure(arms).source.lowercased()
      #expect(!source.contains("nan") && !source.contains("inf\""))
    }
    #expect(throws: SurvivalInputError.self) { try figure([]) }
    #expect(throws: SurvivalInputError.self) { try figure(try arms((1...9).map { "Arm \($0)" })) }
  }

  @Test("a hundred thousand subjects stay under 300 kB")
  func size() throws {
    let n = 100_000
    let time = (0..<n).map { Double(($0 * 7919) % 100_003) / 3000 }
    let large = KaplanMeierFigure.Arm(label: "large", curve: try curve(time, (0..<n).map { $0 % 2 == 0 }))
    #expect(try figure([large]).source.utf8.count < 300_000)
  }
}

/// What a reader of the SVG sees: texts with their place, paths as absolute points.
private final class Drawing: NSObject, XMLParserDelegate {
  struct Text {
    let group: String
    let x: Double
    let y: Double
    let anchor: String
    var value: String
  }

  let source: String
  private(set) var elements: Set<String> = []
  private(set) var allText = ""
  private var groups: [String] = []
  private var texts: [Text] = []
  private var paths: [String: String] = [:]
  private var isInText = false

  init(_ source: String) throws {
    self.source = source
    super.init()
    let parser = XMLParser(data: Data(source.utf8))
    parser.delegate = self
    if !parser.parse() { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func texts(in group: String) -> [Text] { texts.filter { $0.group == group } }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.insert(name)
    if name == "g" { groups.append(attributes["id"] ?? groups.last ?? "") }
    if name == "text" {
      isInText = true
      texts.append(
        Text(
          group: groups.first ?? "", x: Double(attributes["x"] ?? "") ?? .nan, y: Double(attributes["y"] ?? "") ?? .nan,
          anchor: attributes["text-anchor"] ?? "start", value: ""))
    }
    if name == "path", let id = attributes["id"] { paths[id] = attributes["d"] }
  }

  func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
    if name == "g" { groups.removeLast() }
    if name == "text" { isInText = false }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    allText += string
    if isInText { texts[texts.count - 1].value += string }
  }

  /// The linear map through the first and last of (value, position).
  func scale(_ points: [(Double, Double)]) -> ((Double) -> Double)? {
    guard let low = points.min(by: { $0.0 < $1.0 }), let high = points.max(by: { $0.0 < $1.0 }), low.0 < high.0 else {
      return nil
    }
    return { low.1 + ($0 - low.0) / (high.0 - low.0) * (high.1 - low.1) }
  }

  /// The points of a path made of M, h, v and their absolute forms.
  func path(_ id: String) -> [(Double, Double)]? {
    guard let d = paths[id] else { return nil }
    var tokens: [(Character, [Double])] = []
    var number = ""
    func flush() {
      if let value = Double(number) { tokens[tokens.count - 1].1.append(value) }
      number = ""
    }
    for c in d {
      if c.isLetter {
        flush()
        tokens.append((c, []))
      } else if c == " " || c == "," {
        flush()
      } else if c == "-" || (c == "." && number.contains(".")) {
        flush()
        number = String(c)
      } else {
        number.append(c)
      }
    }
    flush()
    var points: [(Double, Double)] = []
    var (x, y) = (0.0, 0.0)
    for (command, values) in tokens {
      switch command {
      case "M", "L": (x, y) = (values[0], values[1])
      case "h": x += values.reduce(0, +)
      case "v": y += values.reduce(0, +)
      case "H": x = values[0]
      case "V": y = values[0]
      default: return nil
      }
      points.append((x, y))
    }
    return points
  }
}

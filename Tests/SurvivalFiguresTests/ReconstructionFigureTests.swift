import Charts
import Survival
import Testing

@testable import SurvivalFigures

@Suite struct ReconstructionFigureTests {
  typealias Figure = ReconstructionFigure

  /// Ten subjects, an event at 1, 2, …, 8; two censored at 9.
  private func curve(_ events: Int = 8) throws -> KaplanMeier {
    try Samples.curve((1...10).map { $0 <= events ? Double($0) : 9 }, (1...10).map { $0 <= events })
  }

  private func arm(
    _ label: String = "Drug", readings: [Figure.Reading]? = nil, atRisk: [Figure.AtRisk]? = nil
  ) throws -> Figure.Arm {
    Figure.Arm(
      label: label, curve: try curve(),
      readings: readings ?? [
        .init(time: 0, survival: 1, gap: 0), .init(time: 2.5, survival: 0.79, gap: 0.01),
        .init(time: 5.5, survival: 0.52, gap: -0.02),
      ], readingError: 0.005,
      atRisk: atRisk ?? [
        .init(time: 0, printed: 10, rebuilt: 10), .init(time: 3, printed: 8, rebuilt: 8),
        .init(time: 6, printed: 6, rebuilt: 5, isExact: false),
      ], findings: ["N 10; events 8 (asked 8)."])
  }

  private func figure(_ arms: [Figure.Arm], width: Double = 178, timeLabel: String = "Time (months)") throws -> Figure {
    try Figure(
      arms: arms, title: "Invented", origin: "Rows reconstructed from published facts; no row is a patient. Level A.",
      timeLabel: timeLabel, footer: ["Source: invented."], options: .init(widthInMillimetres: width))
  }

  @Test("readings lie over the curve's own scale, gaps on theirs; both share the time axis")
  func marks() throws {
    let svg = try figure([arm()]).svg()
    let reader = SVGReader(svg)
    let layout = ReconstructionLayout(try figure([arm()]))
    let cell = layout.cells[0]
    // The largest gap is 0.02: the smallest reach of the ladder that holds it.
    #expect(cell.gapReach == 0.02 && layout.ticks.end == 9)
    let strip = try #require(cell.gapPanel)
    func path(_ id: String) throws -> [(x: Double, y: Double)] {
      let line = try #require(reader.element(id))
      return SVGReader.vertices(try #require(SVGReader.attribute("d", of: line)))
    }
    func middles(_ id: String) throws -> [(x: Double, y: Double)] {
      let vertices = try path(id)
      return stride(from: 0, to: vertices.count, by: 2).map {
        ((vertices[$0].x + vertices[$0 + 1].x) / 2, vertices[$0].y)
      }
    }
    let over = try middles("reconstruction-readings-1")
    let gaps = try middles("reconstruction-gaps-1")
    #expect(over.count == 3 && gaps.count == 3)
    for (k, expected) in [(0.0, 1.0, 0.0), (2.5, 0.79, 0.01), (5.5, 0.52, -0.02)].enumerated() {
      // By hand from the panels' edges; 0.02 pt for the rounding of ends to hundredths.
      let x = cell.panel.left + expected.0 / 9 * (cell.panel.right - cell.panel.left)
      #expect((over[k].x - x).magnitude < 0.02 && (gaps[k].x - x).magnitude < 0.02)
      let y = cell.panel.bottom + expected.1 * (cell.panel.top - cell.panel.bottom)
      #expect((over[k].y - y).magnitude < 0.02)
      let gap = (strip.top + strip.bottom) / 2 - expected.2 / 0.02 * (strip.bottom - strip.top) / 2
      #expect((gaps[k].y - gap).magnitude < 0.02)
    }
    let drawn = try path("reconstruction-curve-1")
    #expect((drawn.last?.x ?? 0) - cell.panel.right < 0.02 && drawn.count == 2 * 8 + 2)
    for text in ["no row is a patient", "Level A", "N 10; events 8 (asked 8).", "Source: invented."] {
      #expect(svg.contains(text))
    }
  }

  @Test("numbers that differ have an asterisk, those not confirmed brackets, and the foot says what each means")
  func atRisk() throws {
    let texts = SVGReader(try figure([arm()]).svg()).texts(in: "reconstruction-findings-1").map(\.text)
    #expect(texts.contains("5*") && texts.contains("(6)") && texts.contains("8"))
    let foot = SVGReader(try figure([arm()]).svg()).texts(in: "reconstruction-source").map(\.text)
    #expect(foot.contains { $0.hasPrefix("* The rebuilt") } && foot.contains { $0.hasPrefix("( ) The printed") })
    let met = SVGReader(try figure([arm(atRisk: [.init(time: 0, printed: 10, rebuilt: 10)])]).svg())
    #expect(met.texts(in: "reconstruction-source").map(\.text) == ["Source: invented."])
    let none = try figure([arm(atRisk: [])]).svg()
    #expect(!none.contains("Rebuilt") && !none.contains("At risk"))
  }

  @Test("nothing leaves the page or lies on a neighbour, from one arm to six, at every width")
  func layout() throws {
    let grid = (0...16).map {
      Figure.AtRisk(time: Double($0) * 0.55, printed: 1234 - $0, rebuilt: 1234 - 2 * $0, isExact: $0 > 3)
    }
    for count in 1...6 {
      for width in [120.0, 178, 400] {
        let arms = try (0..<count).map {
          try arm(
            $0 == 1 ? "A very long name of an arm that goes on for several lines and then on again" : "Arm \($0)",
            atRisk: $0 == 2 ? [] : $0 == 3 ? nil : grid)
        }
        let layout = ReconstructionLayout(try figure(arms, width: width, timeLabel: "Months since randomisation"))
        let lines = layout.headLines + layout.legendLines + layout.footerLines + layout.cells.flatMap(\.lines)
        var boxes: [(left: Double, right: Double, y: Double, text: String)] = []
        for line in lines {
          let length = line.style.width(of: line.text)
          let left = line.anchor == .middle ? line.x - length / 2 : line.x
          #expect(
            left >= 0 && left + length <= layout.width && line.y < layout.height, "\(count) \(width) \(line.text)")
          #expect(line.style.size >= 7)
          boxes.append((left, left + length, line.y, line.text))
        }
        for (k, a) in boxes.enumerated() {
          for b in boxes[..<k] where (a.y - b.y).magnitude < 5 && a.left < b.right && b.left < a.right {
            Issue.record("\(count) arms, \(width) mm: \"\(a.text)\" over \"\(b.text)\"")
          }
        }
        for cell in layout.cells {
          #expect(cell.panel.right <= layout.width && (cell.gapPanel?.bottom ?? 0) < layout.height)
          #expect(cell.panel.bottom < (cell.gapPanel?.top ?? .infinity))
        }
      }
    }
  }

  @Test("thousands of readings make a small file that keeps what stands out")
  func thinning() throws {
    var arms: [Figure.Arm] = []
    for k in 0..<6 {
      let readings = (0..<3000).map { i -> Figure.Reading in
        let t = Double(i) * 0.003
        return .init(time: t, survival: 1 - t / 10, gap: i == 1234 + k ? 0.07 : 0.001 * Double(i % 3 - 1))
      }
      arms.append(try arm("Arm \(k)", readings: readings))
    }
    let made = try figure(arms)
    #expect(made.svg().utf8.count < 200_000)
    for cell in ReconstructionLayout(made).cells {
      #expect(cell.marks.contains { $0.gap == 0.07 } && cell.gapMarks.contains { $0.gap == 0.07 })
      #expect(cell.marks.count <= 500)
    }
    #expect(made.svg().contains("&quot;count&quot;:3000"))
  }

  @Test("the same input, the same bytes; names are text; what cannot be drawn is refused")
  func hygiene() throws {
    let first = try figure([arm(), arm()]).svg()
    #expect(try first == figure([arm(), arm()]).svg())
    #expect(first.contains("aria-labelledby=\"reconstruction-title reconstruction-description\""))
    #expect(first.contains("<metadata id=\"reconstruction-data\">{&quot;figure&quot;:&quot;reconstruction&quot;"))
    let label = "</text><script>\u{0}\u{202E}\" & ]]>"
    let hostile = try figure([arm(label)], timeLabel: label).svg()
    #expect(!hostile.contains("<script") && !hostile.contains("]]>") && hostile.contains("&lt;script&gt;"))
    #expect(try !figure([arm(readings: [])]).svg().contains("gap-axes"))
    _ = try figure([arm(readings: [], atRisk: [])]).svg()
    #expect(throws: SurvivalInputError.self) { try figure([]) }
    #expect(throws: SurvivalInputError.self) { try figure(Array(repeating: arm(), count: 7)) }
    #expect(throws: SurvivalInputError.self) { try figure([arm()], width: 60) }
    #expect(throws: SurvivalInputError.self) {
      try figure([arm(readings: [.init(time: 1, survival: .nan, gap: 0)])])
    }
  }
}

import Charts
import Survival
import Testing

@testable import SurvivalFigures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The figures of curves beside the plain Kaplan–Meier figure, read back from their SVG.
@Suite struct CurveFigureTests {
  private func vertices(_ id: String, _ svg: String) throws -> [(x: Double, y: Double)] {
    let path = try #require(SVGReader(svg).element(id), "\(id)")
    return SVGReader.vertices(try #require(SVGReader.attribute("d", of: path)))
  }

  /// The frame of the axes in the group `id`, and the ends of its axes as labelled.
  private func axes(
    _ id: String, _ svg: String
  ) throws -> (left: Double, right: Double, top: Double, bottom: Double, first: Double, last: Double, end: Double) {
    let reader = SVGReader(svg)
    let group = try #require(reader.lines.firstIndex { $0.contains("<g id=\"\(id)\"") })
    let path = try #require(reader.lines[group...].first { $0.contains("stroke=\"\(Ink.axis)\"") })
    let frame = SVGReader.vertices(try #require(SVGReader.attribute("d", of: path)))
    let texts = reader.texts(in: id)
    let values = texts.filter { $0.anchor == "end" }.compactMap { Double($0.text) }
    let times = texts.filter { $0.anchor == "middle" }.compactMap { Double($0.text) }
    return (frame[0].x, frame[2].x, frame[0].y, frame[1].y, values.first ?? 0, values.last ?? 1, times.last ?? .nan)
  }

  private func isDrawn(
    _ vertices: [(x: Double, y: Double)], x: Double, y: Double, within distance: Double = 0.05
  ) -> Bool {
    vertices.contains { ($0.x - x).magnitude <= distance && ($0.y - y).magnitude <= distance }
  }

  // MARK: Cumulative incidence

  /// Two arms with two causes, small enough to follow by hand: cause 0 is a censoring.
  private func incidences() throws -> [CumulativeIncidenceFigure.Arm] {
    let rows: [[(Double, Int)]] = [
      [(1, 1), (2, 2), (2, 0), (4, 1), (5, 0), (7, 2)], [(1, 2), (3, 0), (3, 1), (6, 1), (8, 0)],
    ]
    return try rows.enumerated().map { arm, rows in
      let risks = try CompetingRisks(time: rows.map(\.0), cause: rows.map(\.1), labels: ["relapse", "death"])
      return .init(
        label: "Arm \(arm + 1)",
        estimate: try AalenJohansen.curves(risks, confidence: ConfidenceSetting(transform: .log))[0])
    }
  }

  @Test func incidencesAreDrawnAsWorkedOutByHand() throws {
    let arms = try incidences()
    let svg = try CumulativeIncidenceFigure(arms: arms, title: "Relapse and death", timeLabel: "Months").svg()
    let axes = try axes("km-axes", svg)
    #expect(axes.end == 8 && axes.last == 1)
    // F(t) after each event: S(t−) d / n, summed. First arm: at risk 6, 5, 5, 3, 2, 1 at 1, 2, 2, 4, 5, 7.
    let expected: [[(time: Double, value: Double)]] = [
      [(1, 1.0 / 6), (4, 1.0 / 6 + 4.0 / 6 / 3)],
      [(2, 5.0 / 6 / 5), (7, 1.0 / 6 + 4.0 / 6 * 2 / 3)],
      [(3, 4.0 / 5 / 4), (6, 1.0 / 5 + 3.0 / 5 / 2)],
      [(1, 1.0 / 5)],
    ]
    for (number, steps) in expected.enumerated() {
      let drawn = try vertices("km-curve-\(number + 1)", svg)
      for step in steps {
        let x = axes.left + step.time / 8 * (axes.right - axes.left)
        let y = axes.bottom + step.value * (axes.top - axes.bottom)
        #expect(isDrawn(drawn, x: x, y: y), "curve \(number + 1) at \(step.time)")
      }
      let last = try #require(drawn.last)
      #expect((last.x - axes.left - (number < 2 ? 7.0 : 8) / 8 * (axes.right - axes.left)).magnitude < 0.05)
    }
    // Arms by colour, every curve by its dashes, at risk whoever has had no event.
    let curves = SVGReader(svg).lines.filter { $0.contains("id=\"km-curve-") }
    #expect(curves.map { SVGReader.attribute("stroke", of: $0) } == ["#0072B2", "#0072B2", "#D55E00", "#D55E00"])
    #expect(Set(curves.map { SVGReader.attribute("stroke-dasharray", of: $0) }).count == 4)
    let cells = SVGReader(svg).texts(in: "km-risk-table").filter { $0.anchor == "middle" }.map(\.text)
    #expect(cells == ["6", "6", "5", "3", "3", "2", "1", "1", "0", "5", "5", "4", "4", "2", "2", "2", "1", "1"])
    #expect(svg.contains("Cumulative incidence (Aalen–Johansen) of Arm 1 (4 events, 6 subjects)"))
    #expect(svg.contains("&quot;figure&quot;:&quot;cumulative-incidence&quot;"))
  }

  @Test func incidencesThatCannotBeDrawnAreRefused() throws {
    let arms = try incidences()
    func figure(_ arms: [CumulativeIncidenceFigure.Arm], _ options: KaplanMeierFigure.Options = .clean) throws {
      _ = try CumulativeIncidenceFigure(arms: arms, title: "", timeLabel: "", options: options)
    }
    #expect(throws: SurvivalInputError.self) { try figure([]) }
    #expect(throws: SurvivalInputError.self) { try figure(arms + arms + arms) }
    for options in [
      KaplanMeierFigure.Options(medianLines: true), .init(showDifference: true), .init(restrictedMeanHorizon: 3),
    ] {
      #expect(throws: SurvivalInputError.self) { try figure(arms, options) }
    }
    try figure(arms + arms)
    // One arm: its causes have colours; one cause: its arms have.
    let one = try CumulativeIncidenceFigure(arms: [arms[0]], title: "", timeLabel: "").svg()
    #expect(one.contains("id=\"km-curve-2\"") && one.contains("#D55E00") && !one.contains("Arm 1: relapse"))
  }

  // MARK: Difference

  @Test func differenceStandsUnderThePanelOnTheSameTimes() throws {
    let arms = try Samples.twoArms()
    var options = KaplanMeierFigure.Options.clean
    options.showDifference = true
    let svg = try KaplanMeierFigure(arms: arms, title: "", timeLabel: "Months", options: options).svg()
    let (main, strip) = (try axes("km-axes", svg), try axes("km-difference", svg))
    #expect(main.left == strip.left && main.right == strip.right && strip.top > main.bottom)
    #expect(main.end.isNaN && strip.end == 42, "the lower axis alone has the labels of the times")
    let (curve, band) = (try vertices("km-difference-curve", svg), try vertices("km-difference-band", svg))
    func place(_ value: Double) -> Double {
      strip.bottom + (min(max(value, strip.first), strip.last) - strip.first) / (strip.last - strip.first)
        * (strip.top - strip.bottom)
    }
    let end = min(arms[0].curve.time.last ?? 0, arms[1].curve.time.last ?? 0)
    let times = arms.flatMap { arm in zip(arm.curve.time, arm.curve.table.events).filter { $0.1 > 0 }.map(\.0) }
    for time in times where time <= end {
      // Each curve and its Greenwood sum anew from the counts.
      let states = arms.map { arm in
        var (survival, variance) = (1.0, 0.0)
        for k in arm.curve.time.indices where arm.curve.time[k] <= time {
          let (n, d) = (arm.curve.table.atRisk[k], arm.curve.table.events[k])
          survival *= 1 - d / n
          variance += d / (n * (n - d))
        }
        return (survival, survival * variance.squareRoot())
      }
      let value = states[1].0 - states[0].0
      let half = 1.959963984540054 * (states[0].1 * states[0].1 + states[1].1 * states[1].1).squareRoot()
      let x = strip.left + time / 42 * (strip.right - strip.left)
      // A move below a tenth of a point in value and limits is not drawn.
      #expect(isDrawn(curve, x: x, y: place(value), within: 0.12), "at \(time)")
      #expect(isDrawn(band, x: x, y: place(value + half), within: 0.12), "upper limit at \(time)")
      #expect(isDrawn(band, x: x, y: place(value - half), within: 0.12), "lower limit at \(time)")
    }
    #expect(svg.contains("Difference, Placebo minus Treatment, with pointwise 95% limits"))
    #expect(svg.contains("&quot;difference&quot;:{"))
    #expect(throws: SurvivalInputError.self) {
      try KaplanMeierFigure(arms: [arms[0]], title: "", timeLabel: "", options: options)
    }
  }

  // MARK: Restricted means and landmarks

  /// The shaded area, from the vertices as drawn by the shoelace formula, is the restricted mean.
  @Test(arguments: [12.0, 30])
  func shadedAreasAreRestrictedMeans(horizon: Double) throws {
    let arms = try Samples.twoArms()
    var options = KaplanMeierFigure.Options.clean
    options.restrictedMeanHorizon = horizon
    let svg = try KaplanMeierFigure(arms: arms, title: "", timeLabel: "Months", options: options).svg()
    let axes = try axes("km-axes", svg)
    let perPoint = axes.end / (axes.right - axes.left) / (axes.bottom - axes.top)
    for (number, arm) in arms.enumerated() {
      let corners = try vertices("km-area-\(number + 1)", svg)
      var twice = 0.0
      for k in corners.indices {
        let (a, b) = (corners[k], corners[(k + 1) % corners.count])
        twice += a.x * b.y - b.x * a.y
      }
      let mean = try RestrictedMean(arm.curve, tau: horizon).estimate
      // A curve thinned to a twentieth of a point over at most 450 points of width.
      #expect((twice.magnitude / 2 * perPoint - mean).magnitude < 0.0005 * mean)
    }
    #expect(throws: SurvivalInputError.self) {
      try KaplanMeierFigure(
        arms: arms, title: "", timeLabel: "",
        options: .init(measure: .cumulativeIncidence, restrictedMeanHorizon: 3))
    }
  }

  @Test func landmarksStandAtTheirTimesUnderTheUppermostCurve() throws {
    let arms = try Samples.twoArms()
    var options = KaplanMeierFigure.Options.clean
    options.landmarks = [6, 18, 400]
    let svg = try KaplanMeierFigure(arms: arms, title: "", timeLabel: "Months", options: options).svg()
    let axes = try axes("km-axes", svg)
    let reader = SVGReader(svg)
    let group = try #require(reader.lines.firstIndex { $0.contains("id=\"km-landmarks\"") })
    let lines = reader.lines[(group + 1)...].prefix { $0 != "</g>" }
    #expect(lines.count == 2, "no curve reaches 400")
    for (line, time) in zip(lines, [6.0, 18]) {
      func number(_ name: String) -> Double { Double(SVGReader.attribute(name, of: line) ?? "") ?? .nan }
      let highest = arms.map { $0.curve.landmarks([time])[0].survival }.max() ?? .nan
      #expect((number("x1") - axes.left - time / axes.end * (axes.right - axes.left)).magnitude < 0.02)
      #expect(number("x1") == number("x2") && (number("y2") - axes.bottom).magnitude < 0.02)
      #expect((number("y1") - axes.bottom - highest * (axes.top - axes.bottom)).magnitude < 0.06)
    }
    #expect(throws: SurvivalInputError.self) {
      try KaplanMeierFigure(arms: arms, title: "", timeLabel: "", options: .init(landmarks: [.nan]))
    }
  }

  // MARK: Panels

  @Test func panelsStandInLineAndAnArmKeepsItsColour() throws {
    let arms = try Samples.twoArms()
    let long = try Samples.exponential(2000, median: 60, followUp: 80...119, seed: 9)
    let panels = [
      PanelledFigure.Panel(
        name: "Europe", figure: try KaplanMeierFigure(arms: arms, title: "", timeLabel: "Months")),
      .init(
        name: "Asia <b>",
        figure: try KaplanMeierFigure(
          arms: [.init(label: "Placebo", curve: long)], title: "", timeLabel: "Months",
          annotation: .init(lines: ["one", "two", "three", "four"]))),
      .init(name: "Africa", figure: try KaplanMeierFigure(arms: arms, title: "", timeLabel: "Months")),
    ]
    let svg = try PanelledFigure(
      panels: panels, arms: ["Treatment", "Placebo"], title: "Overall survival", footer: ["Source: made"]
    ).svg()
    let frames = try (1...3).map { try axes("km-panel-\($0)-axes", svg) }
    for frame in frames {
      #expect(frame.end == 120, "one time axis, that of the longest follow-up")
      #expect(frame.left == frames[0].left && frame.right == frames[0].right)
      #expect(frame.top == frames[0].top && frame.bottom == frames[0].bottom)
    }
    let places = SVGReader(svg).lines.compactMap { SVGReader.attribute("transform", of: $0) }
      .filter { $0.hasPrefix("translate") }
    // 178 mm are 504.57 pt, two panels in a row.
    let across = places.map { $0.dropFirst("translate(".count).prefix { $0 != " " } }
    #expect(across == ["0", "252.28", "0"] || across == ["0", "252.29", "0"])
    // Panels of a row begin at one height; the third stands below.
    let down = places.map { place in Double(place.split(separator: " ")[1].dropLast()) ?? .nan }
    #expect(down[0] == down[1] && down[2] > down[0] + 200)
    let curve = try #require(SVGReader(svg).element("km-panel-2-curve-1"))
    #expect(SVGReader.attribute("stroke", of: curve) == SeriesStyle.all[1].colour)
    #expect(svg.contains("Asia &lt;b&gt;") && svg.contains("&quot;name&quot;:&quot;Europe&quot;"))
    let sizes = SVGReader(svg).lines.compactMap { SVGReader.attribute("font-size", of: $0) }.compactMap(Double.init)
    #expect(sizes.allSatisfy { $0 >= 7 })
  }

  @Test func panelsThatCannotBeDrawnAreRefused() throws {
    let figure = try KaplanMeierFigure(arms: try Samples.twoArms(), title: "", timeLabel: "Months")
    let panel = PanelledFigure.Panel(name: "A", figure: figure)
    #expect(throws: SurvivalInputError.self) { try PanelledFigure(panels: [], title: "") }
    #expect(throws: SurvivalInputError.self) {
      try PanelledFigure(panels: Array(repeating: panel, count: 13), title: "")
    }
    #expect(throws: SurvivalInputError.self) { try PanelledFigure(panels: [panel], columns: 5, title: "") }
    #expect(throws: SurvivalInputError.self) { try PanelledFigure(panels: [panel], arms: ["Treatment"], title: "") }
  }
}

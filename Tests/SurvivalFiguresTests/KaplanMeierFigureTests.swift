import Charts
import Survival
import Testing

@testable import SurvivalFigures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct KaplanMeierFigureTests {
  func figure(
    _ arms: [KaplanMeierFigure.Arm], _ options: KaplanMeierFigure.Options = .clean,
    annotation: FigureAnnotation = Samples.annotation, title: String = "Overall survival", footer: [String] = []
  ) throws -> KaplanMeierFigure {
    try KaplanMeierFigure(
      arms: arms, title: title, timeLabel: "Months since randomisation", annotation: annotation, footer: footer,
      options: options)
  }

  func table(_ arms: [KaplanMeierFigure.Arm]) throws -> [CurvePlot.TableArm] { CurvePlot(try figure(arms)).tableArms }

  /// Panel edges as drawn: the frame is the first path of the axes, and its first strokes are the two axes.
  func panel(_ svg: String) throws -> (left: Double, right: Double, top: Double, bottom: Double) {
    let reader = SVGReader(svg)
    let axes = try #require(reader.lines.firstIndex { $0.contains("id=\"km-axes\"") })
    let frame = SVGReader.vertices(try #require(SVGReader.attribute("d", of: reader.lines[axes + 1])))
    return (frame[0].x, frame[2].x, frame[0].y, frame[1].y)
  }

  /// The vertices of the path with this id.
  func vertices(_ id: String, _ svg: String) throws -> [(x: Double, y: Double)] {
    let path = try #require(SVGReader(svg).element(id))
    return SVGReader.vertices(try #require(SVGReader.attribute("d", of: path)))
  }

  @Test(arguments: [false, true])
  func everyStepIsDrawnWhereTheCurveHasIt(cumulativeIncidence: Bool) throws {
    let arms = try Samples.twoArms()
    var options = KaplanMeierFigure.Options.clean
    options.measure = cumulativeIncidence ? .cumulativeIncidence : .survival
    let svg = try figure(arms, options).svg()
    let edges = try panel(svg)
    let axisEnd = 42.0
    for (number, arm) in arms.enumerated() {
      let drawn = try vertices("km-curve-\(number + 1)", svg)
      var expected: [(x: Double, y: Double)] = []
      func place(_ time: Double, _ survival: Double) -> (x: Double, y: Double) {
        let value = cumulativeIncidence ? 1 - survival : survival
        return (
          edges.left + time / axisEnd * (edges.right - edges.left),
          edges.bottom + value * (edges.top - edges.bottom)
        )
      }
      var last = 1.0
      expected.append(place(0, 1))
      let curve = arm.curve
      for k in curve.time.indices where curve.table.events[k] > 0 {
        expected.append(place(curve.time[k], last))
        expected.append(place(curve.time[k], curve.survival[k]))
        last = curve.survival[k]
      }
      if curve.table.censored[curve.time.count - 1] > 0 {
        expected.append(place(curve.time[curve.time.count - 1], last))
      }
      #expect(drawn.count > 300)
      // Strokes of no length are not written, so that neighbours may fall together: every expected vertex is drawn, and
      // every drawn one expected. 0.02 pt: both edges and the vertex are rounded to hundredths.
      func isNear(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Bool {
        (a.x - b.x).magnitude < 0.02 && (a.y - b.y).magnitude < 0.02
      }
      for vertex in expected { #expect(drawn.contains { isNear($0, vertex) }, "missing \(vertex)") }
      for vertex in drawn { #expect(expected.contains { isNear($0, vertex) }, "not of the curve: \(vertex)") }
    }
  }

  /// Every step of the cumulative hazard and its limits, worked out from the counts at risk.
  @Test func cumulativeHazardIsDrawnFromTheCounts() throws {
    let arms = try Samples.twoArms()
    var options = KaplanMeierFigure.Options.clean
    options.measure = .cumulativeHazard
    let svg = try figure(arms, options).svg()
    let edges = try panel(svg)
    let labels = SVGReader(svg).texts(in: "km-axes").filter { $0.anchor == "end" }.map { Double($0.text) ?? .nan }
    let top = try #require(labels.last)
    #expect(labels.count >= 3 && labels[0] == 0 && top < 5)
    for (number, arm) in arms.enumerated() {
      let (drawn, edge) = (try vertices("km-curve-\(number + 1)", svg), try vertices("km-band-\(number + 1)", svg))
      func isDrawn(_ vertices: [(x: Double, y: Double)], _ time: Double, _ value: Double, _ distance: Double) -> Bool {
        let x = edges.left + time / 42 * (edges.right - edges.left)
        let y = max(edges.top, edges.bottom + value / top * (edges.top - edges.bottom))
        return vertices.contains { ($0.x - x).magnitude < distance && ($0.y - y).magnitude < distance }
      }
      var (hazard, variance) = (0.0, 0.0)
      let table = arm.curve.table
      for k in table.time.indices where table.events[k] > 0 {
        #expect(isDrawn(drawn, table.time[k], hazard, 0.07), "before \(table.time[k])")
        hazard += table.events[k] / table.atRisk[k]
        variance += table.events[k] / (table.atRisk[k] * table.atRisk[k])
        // Steps below a twentieth of a point are not drawn; edges of the band below a tenth.
        #expect(isDrawn(drawn, table.time[k], hazard, 0.07), "at \(table.time[k])")
        let factor = exp(1.959963984540054 * variance.squareRoot() / hazard)
        #expect(isDrawn(edge, table.time[k], hazard * factor, 0.3), "upper limit at \(table.time[k])")
        #expect(isDrawn(edge, table.time[k], hazard / factor, 0.3), "lower limit at \(table.time[k])")
      }
    }
    #expect(svg.contains("cumulative-hazard") && svg.contains("Cumulative hazards (Nelson–Aalen)"))
    options.percent = true
    #expect(throws: SurvivalInputError.self) { try figure(arms, options) }
  }

  /// ln(−ln S) and its limits against ln t, from the counts at risk.
  @Test func logMinusLogIsDrawnOnALogarithmicAxis() throws {
    let arms = try Samples.twoArms()
    var options = KaplanMeierFigure.Options.clean
    options.measure = .logMinusLog
    options.showCensorMarks = false
    let svg = try figure(arms, options).svg()
    let edges = try panel(svg)
    let texts = SVGReader(svg).texts(in: "km-axes")
    let values = texts.filter { $0.anchor == "end" }.map { Double($0.text) ?? .nan }
    let times = texts.filter { $0.anchor == "middle" }.compactMap { Double($0.text) }
    let (bottom, top) = (try #require(values.first), try #require(values.last))
    let (first, last) = (try #require(times.first), try #require(times.last))
    #expect(first > 0 && last == 50 && bottom < -4 && top > 0)
    for (number, arm) in arms.enumerated() {
      let (drawn, edge) = (try vertices("km-curve-\(number + 1)", svg), try vertices("km-band-\(number + 1)", svg))
      func isDrawn(_ vertices: [(x: Double, y: Double)], _ time: Double, _ value: Double, _ distance: Double) -> Bool {
        let x = edges.left + log(time / first) / log(last / first) * (edges.right - edges.left)
        let y = edges.bottom + (value - bottom) / (top - bottom) * (edges.top - edges.bottom)
        let within = min(max(y, edges.top), edges.bottom)
        return vertices.contains { ($0.x - x).magnitude < distance && ($0.y - within).magnitude < distance }
      }
      var (survival, variance) = (1.0, 0.0)
      let table = arm.curve.table
      for k in table.time.indices where table.events[k] > 0 {
        let (n, d) = (table.atRisk[k], table.events[k])
        survival *= 1 - d / n
        variance += d / (n * (n - d))
        let value = log(-log(survival))
        let half = 1.959963984540054 * variance.squareRoot() / -log(survival)
        #expect(isDrawn(drawn, table.time[k], value, 0.07), "at \(table.time[k])")
        #expect(isDrawn(edge, table.time[k], value + half, 0.3), "upper limit at \(table.time[k])")
        #expect(isDrawn(edge, table.time[k], value - half, 0.3), "lower limit at \(table.time[k])")
      }
    }
    // An arm without events has no curve; without any there is no figure.
    let nobody = KaplanMeierFigure.Arm(label: "None", curve: try Samples.curve([1, 2, 3], [false, false, false]))
    #expect(try figure([arms[0], nobody], options).svg().contains("<svg"))
    #expect(throws: SurvivalInputError.self) { try figure([nobody], options) }
    // All events at one time, which ends the curve at S = 0.
    let sudden = KaplanMeierFigure.Arm(label: "Sudden", curve: try Samples.curve([2, 2, 2], [true, true, true]))
    #expect(throws: SurvivalInputError.self) { try figure([sudden], options) }
  }

  @Test func numbersAtRiskStandUnderTheirTicks() throws {
    let arms = try Samples.twoArms()
    let svg = try figure(arms).svg()
    let ticks = SVGReader(svg).texts(in: "km-axes").filter { $0.anchor == "middle" && Double($0.text) != nil }
    #expect(ticks.map(\.text) == ["0", "6", "12", "18", "24", "30", "36", "42"])
    let cells = SVGReader(svg).texts(in: "km-risk-table").filter { $0.anchor == "middle" }
    #expect(cells.count == 16)
    for (index, cell) in cells.enumerated() {
      let tick = ticks[index % 8]
      let time = try #require(Double(tick.text))
      let direct = zip(arms[index / 8].curve.time, arms[index / 8].curve.table.atRisk).first { $0.0 >= time }?.1 ?? 0
      #expect(cell.x == tick.x)
      #expect(Double(cell.text) == direct)
    }
  }

  @Test func kmunicateColumnsSumToTheArm() throws {
    let arms = try Samples.twoArms()
    let table = RiskTable(try table(arms), ticks: [0, 6, 18, 24, 36, 42], mode: .kmunicate)
    #expect(table.rows.count == 6)
    for arm in 0..<2 {
      let rows = table.rows.filter { $0.arm == arm }
      for column in 0..<6 { #expect(rows.reduce(0) { $0 + ($1.values[column] ?? .nan) } == 300) }
      #expect((rows[2].values[5] ?? 0) == arms[arm].curve.table.totalEvents)
    }
  }

  @Test func countsAtATickAreStrictlyBefore() throws {
    // By hand: event at 0, event at 6, censored at 6, event at 7.
    let arm = KaplanMeierFigure.Arm(label: "A", curve: try Samples.curve([0, 6, 6, 7], [true, true, false, true]))
    let rows = RiskTable(try table([arm]), ticks: [0, 6, 12], mode: .kmunicate).rows
    #expect(rows.map(\.cells) == [["4", "3", "0"], ["0", "0", "1"], ["0", "1", "3"]])
    let lancet = RiskTable(try table([arm]), ticks: [0, 6, 12], mode: .atRiskCensored).rows
    #expect(lancet[0].cells == ["4 (0)", "3 (0)", "0 (1)"])
  }

  @Test func hostileTextStaysText() throws {
    let curve = try Samples.curve([1, 2, 3], [true, false, true])
    let label = "</text><script>alert('x')</script>\u{0}\u{202E}\" & ]]>"
    let svg = try figure(
      [.init(label: label, curve: curve)], annotation: .init(header: [label], rows: [[label]], lines: [label]),
      title: label, footer: [label]
    ).svg()
    #expect(!svg.contains("<script") && !svg.contains("foreignObject") && !svg.contains("href"))
    #expect(!svg.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0 })
    #expect(!svg.contains("]]>"))
    #expect(svg.contains("&lt;script&gt;"))
    var options = KaplanMeierFigure.Options.clean
    options.identifier = "1\" onload=\"x"
    #expect(try figure([.init(label: "A", curve: curve)], options).svg().contains("<title id=\"km1onloadx-title\">"))
  }

  @Test func smallAndEmptyArmsAreDrawn() throws {
    let cases: [([Double], [Bool])] = [
      ([5], [true]), ([5], [false]), ([0], [true]), ([0], [false]), ([3, 4, 5], [false, false, false]),
      ([0, 0, 1e-9], [true, false, true]), ([1e300, 2e299], [true, false]),
    ]
    for (time, isEvent) in cases {
      for mode in KaplanMeierFigure.RiskTableMode.allCases {
        var options = KaplanMeierFigure.Options(riskTable: mode, medianLines: true)
        options.widthInMillimetres = 86
        let svg = try figure([.init(label: "A", curve: try Samples.curve(time, isEvent))], options).svg()
        #expect(!svg.contains("nan") && !svg.contains("inf\""), "\(time) \(mode)")
        #expect(SVGReader(svg).element("km-curve-1") != nil)
      }
    }
  }

  @Test func curveWithoutEventsIsOneFlatLineToTheLastTime() throws {
    let svg = try figure([.init(label: "A", curve: try Samples.curve([3, 6], [false, false]))]).svg()
    let line = try #require(SVGReader(svg).element("km-curve-1"))
    let drawn = SVGReader.vertices(try #require(SVGReader.attribute("d", of: line)))
    let edges = try panel(svg)
    #expect(drawn.count == 2 && drawn[0].y == drawn[1].y && drawn[0].y == edges.top)
    #expect((drawn[1].x - edges.right).magnitude < 0.02)
  }

  @Test func bandStopsWhereLimitsAreNotDefined() throws {
    let curve = try Samples.curve([1, 2, 3], [true, true, true])
    let runs = PlottedCurve(curve, options: .clean).bandRuns
    #expect(runs.count == 1)
    #expect(runs[0].end == 3 && runs[0].steps.map(\.time) == [0, 1, 2])
  }

  @Test func truncationStopsAndSaysSo() throws {
    let curve = try Samples.curve([1, 2, 3, 4], [true, false, true, true])
    var options = KaplanMeierFigure.Options.clean
    options.truncateAtRisk = 2
    let plotted = PlottedCurve(curve, options: options)
    #expect(plotted.end == 3 && plotted.isTruncated && plotted.steps.map(\.time) == [0, 1, 3])
    let arm = KaplanMeierFigure.Arm(label: "A", curve: curve)
    #expect(try figure([arm], options).svg().contains("Each curve ends where fewer than 2 remain at risk."))
    #expect(try !figure([arm]).svg().contains("remain at risk"))
  }

  @Test func medianIsTheMiddleOfAFlatHalf() throws {
    #expect(PlottedCurve(try Samples.curve([1, 2, 3, 4], [true, true, true, true]), options: .clean).median == 2.5)
    #expect(PlottedCurve(try Samples.curve([1, 2, 3], [true, true, true]), options: .clean).median == 2)
    #expect(PlottedCurve(try Samples.curve([1, 2, 3], [true, false, false]), options: .clean).median == nil)
  }

  @Test func resultsKeepClearOfTheCurves() throws {
    let flat = try Samples.exponential(200, median: 300, followUp: 18...42, seed: 3)
    let layout = FigureLayout(CurvePlot(try figure([.init(label: "A", curve: flat)])))
    // The upper right is taken, the lower left is free.
    #expect(layout.blockY > layout.y(0.5))
    let usual = FigureLayout(CurvePlot(try figure(Samples.twoArms())))
    #expect(usual.blockY + usual.block.height < usual.y(0.5) && usual.blockX > usual.x(18))
    var narrow = KaplanMeierFigure.Options.clean
    narrow.widthInMillimetres = 86
    let under = FigureLayout(CurvePlot(try figure(Samples.twoArms(), narrow)))
    #expect(under.blockY + under.block.height < under.panel.top)
  }

  @Test func textStaysInsideTheFigure() throws {
    let long = "Atezolizumab plus carboplatin plus nab-paclitaxel Supercalifragilisticexpialidociousmaintenance"
    let arms = try Samples.twoArms().map { KaplanMeierFigure.Arm(label: long, curve: $0.curve) }
    for mode in KaplanMeierFigure.RiskTableMode.allCases {
      for width in [60.0, 86, 120, 178] {
        let options = KaplanMeierFigure.Options(widthInMillimetres: width, riskTable: mode)
        let layout = FigureLayout(CurvePlot(try figure(arms, options, title: long + long, footer: [long + long])))
        for line in layout.titleLines + layout.tableLines + layout.axisTitleLines + layout.footerLines {
          let length = line.style.width(of: line.text)
          let left = line.anchor == .middle ? line.x - length / 2 : line.x
          #expect(left >= 0 && left + length <= layout.width && line.y < layout.height, "\(mode) \(width) \(line.text)")
          #expect(line.style.size >= 7)
        }
        // Labels end before the first column of numbers begins.
        let cells = layout.tableLines.filter { $0.anchor == .middle }
        let first = cells.map { $0.x - $0.style.width(of: $0.text) / 2 }.min() ?? .infinity
        for line in layout.tableLines where line.anchor == .start && cells.contains(where: { $0.y == line.y }) {
          #expect(line.x + line.style.width(of: line.text) < first)
        }
        #expect(layout.block.width <= layout.width - 2 * FigureLayout.margin + 0.01)
      }
    }
  }

  @Test func sameInputGivesTheSameBytes() throws {
    let first = try figure(Samples.twoArms()).svg()
    #expect(try first == figure(Samples.twoArms()).svg())
    #expect(first.contains("role=\"img\" aria-labelledby=\"km-title km-description\""))
    #expect(first.contains("<metadata id=\"km-data\">{&quot;figure&quot;:&quot;kaplan-meier&quot;"))
  }

  @Test func manySubjectsMakeASmallFile() throws {
    #expect(try figure(Samples.twoArms(100_000)).svg().utf8.count < 300_000)
  }

  @Test func unusableSettingsAreRefused() throws {
    let arm = KaplanMeierFigure.Arm(label: "A", curve: try Samples.curve([1], [true]))
    #expect(throws: SurvivalInputError.self) { try figure([]) }
    #expect(throws: SurvivalInputError.self) { try figure(Array(repeating: arm, count: 9)) }
    for options in [
      KaplanMeierFigure.Options(widthInMillimetres: .nan), .init(heightInMillimetres: 0), .init(timeStep: 0),
      .init(timeStep: .infinity), .init(truncateAtRisk: 0),
    ] {
      #expect(throws: SurvivalInputError.self) { try figure([arm], options) }
    }
    _ = try figure(Array(repeating: arm, count: 8)).svg()
  }
}

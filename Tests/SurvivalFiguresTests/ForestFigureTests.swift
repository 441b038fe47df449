import Charts
import Survival
import Testing

@testable import SurvivalFigures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct ForestFigureTests {
  private struct Trial {
    var overall: SubgroupEffects
    var factors: [SubgroupEffects]

    func figure(
      width: Double = 178, title: String = "Overall survival", footer: [String] = []
    ) throws -> ForestFigure {
      try ForestFigure(
        overall: overall, factors: factors, title: title, footer: footer, options: .init(widthInMillimetres: width))
    }
  }

  /// A trial of `n` rows with factors of the given levels, the same for the same arguments.
  private func trial(
    _ n: Int = 400, factors: [(name: String, levels: [String])], arms: [String] = ["Placebo", "Treatment"],
    isEvent: (_ row: Int, _ arm: Int) -> Bool = { row, _ in row % 3 != 0 }
  ) throws -> Trial {
    let time = (0..<n).map { row -> Double in
      let base = Double(row * 7919 % 997) / 30
      return base + (row % 2 == 1 ? 6.1 : 0.1)
    }
    let data = try TimeToEvent(time: time, isEvent: (0..<n).map { isEvent($0, $0 % 2) })
    let arm = Grouping(labels: arms, codes: (0..<n).map { Int32($0 % 2) })
    var effects: [SubgroupEffects] = []
    for (number, factor) in factors.enumerated() {
      let codes = (0..<n).map { row in Int32((row / (2 + number)) % factor.levels.count) }
      let levels = Grouping(labels: factor.levels, codes: codes)
      effects.append(try SubgroupEffects(data, arms: arm, factor: levels, name: factor.name))
    }
    return Trial(overall: try SubgroupEffects(overall: data, arms: arm), factors: effects)
  }

  private func number(_ name: String, _ line: Substring?) throws -> Double {
    let line = try #require(line)
    return try #require(SVGReader.attribute(name, of: line).flatMap(Double.init))
  }

  @Test(arguments: [86.0, 120, 178])
  func everyRatioStandsWhereItBelongs(width: Double) throws {
    let trial = try trial(factors: [("Sex", ["Female", "Male"]), ("Region", ["Asia", "Europe", "Other"])])
    let reader = SVGReader(try trial.figure(width: width).svg())
    // Two labelled ticks are the scale.
    let ticks = reader.texts(in: "forest-axes").compactMap { tick in Double(tick.text).map { (value: $0, x: tick.x) } }
    let (first, last) = (try #require(ticks.first), try #require(ticks.last))
    #expect(ticks.count >= 2 && ticks.contains { $0.value == 1 })
    func x(_ ratio: Double) -> Double {
      first.x + log(ratio / first.value) / log(last.value / first.value) * (last.x - first.x)
    }
    let effects = trial.overall.effects + trial.factors.flatMap(\.effects)
    let most = effects.map { $0.events.reduce(0, +) }.max() ?? 0
    let texts = reader.texts(in: "forest-rows").map(\.text)
    for (number, effect) in effects.enumerated() {
      let ratio = try #require(effect.hazardRatio)
      let square = reader.element("forest-estimate-\(number + 1)")
      let side = try self.number("width", square)
      // Ends of the axis, place and size are each rounded to hundredths of a point.
      #expect((try self.number("x", square) + side / 2 - x(ratio.estimate)).magnitude < 0.05)
      #expect((side - 8 * (effect.events.reduce(0, +) / most).squareRoot()).magnitude < 0.01, "area by events")
      let interval = reader.element("forest-interval-\(number + 1)")
      #expect((try self.number("x1", interval) - x(ratio.lower)).magnitude < 0.05)
      #expect((try self.number("x2", interval) - x(ratio.upper)).magnitude < 0.05)
      #expect((try self.number("y1", interval) - (try self.number("y", square)) - side / 2).magnitude < 0.02)
      func fixed(_ value: Double) -> String { fixedText(value, places: 2) }
      #expect(texts.contains("\(fixed(ratio.estimate)) (\(fixed(ratio.lower))–\(fixed(ratio.upper)))"))
      for (events, subjects) in zip(effect.events, effect.subjects) {
        #expect(texts.contains { $0.contains("\(decimalText(events))/\(subjects)") })
      }
    }
    for factor in trial.factors {
      let test = try #require(factor.interaction)
      let p = fixedText(test.p, places: 3)
      #expect(texts.contains(p) || texts.contains("p of interaction \(p)"))
    }
    let guides = try #require(reader.lines.firstIndex { $0.contains("id=\"forest-guides\"") })
    let (one, overall) = (reader.lines[guides + 1], reader.lines[guides + 2])
    #expect((try self.number("x1", one) - x(1)).magnitude < 0.05)
    #expect(
      (try self.number("x1", overall) - x(try #require(trial.overall.effects[0].hazardRatio).estimate)).magnitude < 0.05
    )
    #expect(SVGReader.attribute("stroke-dasharray", of: one) == nil)
    #expect(SVGReader.attribute("stroke-dasharray", of: overall) != nil)
  }

  /// No text over another one or outside the page, at every width, with names long, short and hostile.
  @Test(arguments: [80.0, 86, 120, 178, 400])
  func nothingOverlaps(width: Double) throws {
    let long =
      "Stratum of patients with a very long description that no column of any figure will ever hold in one line"
    let hostile = "</text><script>alert('x')</script>\u{0}\u{202E}\" & ]]>"
    let trial = try trial(
      2000,
      factors: [
        ("Sex", ["Female", "Male"]), (long, [long, "B", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"]),
        (hostile, [hostile, ""]), ("Many", (1...18).map { "Level \($0)" }),
      ], arms: ["Placebo plus best standard of care", "177Lu-PSMA-617 plus best standard of care"])
    let layout = ForestLayout(try trial.figure(width: width, title: long, footer: [long]))
    let lines = layout.headLines + layout.lines + layout.axisLines + layout.footLines
    let boxes = lines.map { line -> (left: Double, right: Double, top: Double, bottom: Double, text: String) in
      let length = line.style.width(of: line.text)
      let left = line.anchor == .start ? line.x : line.anchor == .end ? line.x - length : line.x - length / 2
      return (left, left + length, line.y - line.style.digitHeight, line.y, line.text)
    }
    for (i, a) in boxes.enumerated() {
      #expect(a.left >= 0 && a.right <= layout.width && a.bottom <= layout.height, "\(a)")
      #expect(lines[i].style.size >= 7)
      for b in boxes[..<i] where a.left < b.right - 0.01 && b.left < a.right - 0.01 {
        #expect(a.bottom <= b.top || b.bottom <= a.top, "\(a.text) over \(b.text)")
      }
    }
    for line in layout.lines {
      let length = line.style.width(of: line.text)
      let left = line.anchor == .end ? line.x - length : line.anchor == .middle ? line.x - length / 2 : line.x
      #expect(left + length <= layout.panel.left || left >= layout.panel.right, "\(line.text) on the panel")
    }
    #expect(layout.panel.width >= 40)
    let svg = ForestDrawing(layout).document()
    #expect(!svg.contains("<script") && !svg.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0 })
  }

  @Test func whatIsNotEstimableHasNoMark() throws {
    let trial = try trial(
      60, factors: [("f", ["x", "y"]), ("one", ["only"])], isEvent: { row, arm in !(arm == 1 && (row / 2) % 2 == 1) })
    let silent = trial.factors[0].effects[1]
    #expect(silent.reason == "no event in Treatment" && silent.hazardRatio == nil && silent.events[1] == 0)
    #expect(trial.factors[1].interaction == nil && trial.factors[1].interactionReason == "one level only")
    let reader = SVGReader(try trial.figure().svg())
    #expect(reader.element("forest-estimate-3") == nil && reader.element("forest-estimate-2") != nil)
    #expect(reader.texts(in: "forest-rows").contains { $0.text == "NE" })
    // Nothing at all to estimate is still a figure.
    let none = try self.trial(20, factors: [("f", ["x", "y"])], isEvent: { _, _ in false })
    #expect(try none.figure().svg().contains("<svg"))
  }

  @Test func limitsBeyondTheAxisEndInArrowHeads() throws {
    // Two events in one level, one in each arm: an interval over more than the axis.
    let data = try TimeToEvent(time: (1...24).map(Double.init), isEvent: (1...24).map { $0 < 3 || $0 > 4 })
    let arms = Grouping(labels: ["A", "B"], codes: (0..<24).map { Int32($0 % 2) })
    let factor = Grouping(labels: ["few", "many"], codes: (0..<24).map { Int32($0 < 4 ? 0 : 1) })
    let few = try SubgroupEffects(data, arms: arms, factor: factor, name: "f")
    let ratio = try #require(few.effects[0].hazardRatio)
    let svg = try Trial(overall: try SubgroupEffects(overall: data, arms: arms), factors: [few]).figure().svg()
    #expect(ratio.upper > 10 && svg.contains("<polygon") == (ratio.lower < 0.02 || ratio.upper > 50))
  }

  @Test func settingsThatCannotBeDrawnAreRefused() throws {
    let trial = try trial(factors: [("f", ["x", "y"])])
    #expect(throws: SurvivalInputError.self) { try trial.figure(width: 79) }
    #expect(throws: SurvivalInputError.self) { try self.trial(factors: [("f", ["x"])], arms: ["a", "b", "c"]) }
    #expect(try trial.figure().svg() == trial.figure().svg())
    let many = try self.trial(2000, factors: [("f", (1...120).map { "l\($0)" })])
    #expect(throws: SurvivalInputError.self) { try many.figure() }
  }
}

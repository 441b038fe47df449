import Foundation
import ReferenceSuite
import Testing

/// The figure of `plot` against the numbers of `km` and `fit` for the same rows: read back from the drawing by its labelled ticks alone.
@Suite struct FigureNumbersTests {
  private struct Drawing {
    let svg: String
    let lines: [Substring]

    init(_ svg: String) {
      self.svg = svg
      lines = svg.split(separator: "\n")
    }

    func attribute(_ name: String, _ line: Substring) -> String {
      String(line.components(separatedBy: " \(name)=\"").dropFirst().first?.prefix { $0 != "\"" } ?? "")
    }

    func texts(_ group: String) -> [(text: String, x: Double, y: Double, anchor: String)] {
      guard let start = lines.firstIndex(where: { $0.hasPrefix("<g id=\"\(group)\"") }) else { return [] }
      return lines[start...].prefix { $0 != "</g>" }.filter { $0.hasPrefix("<text") }.map { line in
        let text = line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
        return (
          String(text), Double(attribute("x", line)) ?? .nan, Double(attribute("y", line)) ?? .nan,
          attribute("text-anchor", line)
        )
      }
    }

    /// The corners of the path with this id, made of M, h, v and z.
    func vertices(_ id: String) -> [(x: Double, y: Double)] {
      guard let line = lines.first(where: { $0.contains(" id=\"\(id)\"") }) else { return [] }
      var result: [(x: Double, y: Double)] = []
      for step in attribute("d", line).matches(of: /([Mhvz])([-0-9. ]*)/) {
        let numbers = step.2.split(separator: " ").compactMap { text in
          Double(text.hasPrefix("-.") ? "-0\(text.dropFirst())" : text.hasPrefix(".") ? "0\(text)" : String(text))
        }
        let last = result.last ?? (0, 0)
        switch step.1 {
        case "M": result.append((numbers[0], numbers[1]))
        case "h": result.append((last.x + numbers[0], last.y))
        case "v": result.append((last.x, last.y + numbers[0]))
        default: break
        }
      }
      return result
    }
  }

  @Test(
    "every step, censoring, number at risk and result of the drawing is the JSON's, within 0.05 pt",
    arguments: [
      ["--preset", "clean"], ["--preset", "nejm"], ["--preset", "lancet"], ["--preset", "kmunicate"],
      ["--preset", "clean", "--width", "86"], ["--preset", "nejm", "--width", "86"],
      ["--preset", "lancet", "--width", "86"], ["--preset", "kmunicate", "--width", "86"],
      ["--width", "120", "--height", "140", "--step", "250"],
    ])
  func numbers(options: [String]) throws {
    let data = Reference.path("lung.csv")
    let run = try survkit(["plot", data, "--arm", "sex", "-o", "-"] + options)
    #expect(run.status == 0, "\(run.err)")
    let drawing = Drawing(run.out)
    let fit = try survkit(["fit", data, "--arm", "sex", "--format", "json"]).result()
    let curves = try #require(try survkit(["km", data, "--arm", "sex", "--format", "json"]).result()["curves"]?.array)
    // The scales, from the first and last labelled ticks of either axis.
    let axis = drawing.texts("km-axes")
    let times = axis.filter { $0.anchor == "middle" }.compactMap { text in Double(text.text).map { ($0, text.x) } }
    let values = axis.filter { $0.anchor == "end" }.compactMap { text in Double(text.text).map { ($0, text.y) } }
    let (t0, t1) = (try #require(times.first), try #require(times.last))
    let (v0, v1) = (try #require(values.first), try #require(values.last))
    let whole = v1.0
    let frame = try #require(drawing.lines.first { $0.contains("stroke=\"#333333\"") })
    let corner = try #require(drawing.attribute("d", frame).firstMatch(of: /M([0-9.]+) ([0-9.]+)v([0-9.]+)/))
    let (top, height) = (Double(corner.2) ?? 0, Double(corner.3) ?? 0)
    #expect(abs((v0.1 - v1.1) - height) < 0.05)
    func x(_ time: Double) -> Double { t0.1 + (time - t0.0) / (t1.0 - t0.0) * (t1.1 - t0.1) }
    func y(_ survival: Double) -> Double { top + (1 - survival) * height }
    #expect(whole == (options.contains("nejm") || options.contains("lancet") ? 100 : 1))
    for (number, curve) in curves.enumerated() {
      let time = try #require(curve["time"]?.doubles).compactMap { $0 }
      let survival = try #require(curve["surv"]?.doubles).compactMap { $0 }
      let events = try #require(curve["n_event"]?.doubles).compactMap { $0 }
      let censored = try #require(curve["n_censor"]?.doubles).compactMap { $0 }
      let atRisk = try #require(curve["n_risk"]?.doubles).compactMap { $0 }
      let steps = drawing.vertices("km-curve-\(number + 1)")
      let marks = drawing.vertices("km-censor-marks-\(number + 1)")
      var last = 1.0
      var expected = [(x(0), y(1))]
      for k in time.indices where events[k] > 0 {
        expected += [(x(time[k]), y(last)), (x(time[k]), y(survival[k]))]
        last = survival[k]
      }
      expected.append((x(time[time.count - 1]), y(last)))
      func isNear(_ a: (x: Double, y: Double), _ b: (Double, Double)) -> Bool {
        abs(a.x - b.0) <= 0.05 && abs(a.y - b.1) <= 0.05
      }
      for corner in expected { #expect(steps.contains { isNear($0, corner) }, "not drawn: \(corner)") }
      for corner in steps { #expect(expected.contains { isNear(corner, $0) }, "drawn: \(corner)") }
      // A mark stands for censorings nearer than half a point.
      if options.contains("kmunicate") {
        #expect(marks.isEmpty)
      } else {
        for k in time.indices where censored[k] > 0 {
          #expect(marks.contains { abs($0.x - x(time[k])) <= 0.55 }, "censored at \(time[k])")
        }
        for mark in marks {
          #expect(time.indices.contains { censored[$0] > 0 && abs(x(time[$0]) - mark.x) <= 0.05 })
        }
      }
      // The table: under each tick, within a tenth of a point, the number at risk there.
      let cells = drawing.texts("km-risk-table").filter { $0.anchor == "middle" }
      let rows = options.contains("kmunicate") ? 3 : 1
      for (column, tick) in times.enumerated() {
        let cell = cells[(number * rows) * times.count + column]
        let count = time.firstIndex { $0 >= tick.0 }.map { atRisk[$0] } ?? 0
        #expect(abs(cell.x - tick.1) <= 0.1 && cell.text.split(separator: " ").first == "\(Int(count))", "\(cell)")
        let gone = time.indices.filter { time[$0] < tick.0 }.map { censored[$0] }.reduce(0, +)
        if options.contains("lancet") { #expect(cell.text == "\(Int(count)) (\(Int(gone)))") }
        if rows == 3 {
          let below = (1...2).map { cells[(number * 3 + $0) * times.count + column].text }
          let had = time.indices.filter { time[$0] < tick.0 }.map { events[$0] }.reduce(0, +)
          #expect(below == ["\(Int(gone))", "\(Int(had))"])
        }
      }
    }
    // The block of results: events, sizes, medians, hazard ratio and tests as fit has them.
    let texts = drawing.texts("km-results").map(\.text).joined(separator: " ")
    let medians = try #require(fit["km"]?["curves"]?.array)
    for (curve, shown) in zip(medians, ["138", "90"]) {
      let events = try #require(curve["n_event"]?.doubles).compactMap { $0 }.reduce(0, +)
      #expect(texts.contains("\(Int(events))/\(shown)"))
    }
    let ratio = try #require(fit["cox"]?["hr"]?[0]?.number)
    let (lower, upper) = (fit["cox"]?["hr_lower"]?[0]?.number ?? 0, fit["cox"]?["hr_upper"]?[0]?.number ?? 0)
    func fixed(_ value: Double) -> String { String(format: "%.3f", value) }
    #expect(texts.contains("\(fixed(ratio)) (95% CI \(fixed(lower)) to \(fixed(upper)))"))
    #expect(texts.contains("Log-rank p = \(fixed(fit["log_rank"]?["p"]?.number ?? 0))"))
  }
}

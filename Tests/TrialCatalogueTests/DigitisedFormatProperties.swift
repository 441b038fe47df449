import Foundation
import Reconstruction
import Survival
import Testing
import TrialCatalogue
import TrialData

/// The same readings in every form give the same facts.
@Suite struct DigitisedFormatProperties {
  private struct Figure {
    let names: [String]
    /// Thousandths of the time unit and of S, so that every form writes them without rounding.
    let curves: [[(time: Int, survival: Int)]]
    let atRisk: [[(time: Int, n: Int)]]
    let marks: [[Int]]

    init(_ draws: inout SplitMix64) {
      let count = Int.random(in: 1...6, using: &draws)
      names = (1...count).map { ["Drug", "S", "N", "D 10 mg", "E", "T"][$0 - 1] }
      curves = names.map { _ in
        var (time, survival) = (0, 1000)
        return [(0, 1000)]
          + (0..<Int.random(in: 1...30, using: &draws)).map { _ in
            time += Int.random(in: 1...900, using: &draws)
            survival -= Int.random(in: 0...30, using: &draws)
            return (time, survival)
          }
      }
      atRisk = names.map { _ in
        (0..<4).filter { _ in Bool.random(using: &draws) }.map { ($0 * 2000, 100 - 20 * $0) } + [(9000, 3)]
      }
      marks = names.map { _ in (1...3).map { $0 * Int.random(in: 1...900, using: &draws) }.sorted() }
    }

    var facts: [ArmFacts] {
      names.indices.map { k in
        ArmFacts(
          arm: names[k], subjects: 100, events: nil,
          atRisk: atRisk[k].map { .init(time: Double($0.time) / 1000, count: $0.n) },
          readings: curves[k].map { .init(time: Double($0.time) / 1000, survival: Double($0.survival) / 1000) },
          censorMarks: marks[k].map { Double($0) / 1000 }, isReadToEnd: true)
      }
    }
  }

  /// Thousandths as decimal text.
  private static func text(_ thousandths: Int, _ point: String) -> String {
    let digits = String(1000 + thousandths % 1000).dropFirst()
    return "\(thousandths / 1000)" + (thousandths % 1000 == 0 ? "" : "\(point)\(digits)")
  }

  /// The cells of a table of pairs of columns, one pair a series, shorter ones filled with blanks.
  private static func pairs(_ series: [[(String, String)]]) -> [[String]] {
    (0..<(series.map(\.count).max() ?? 0)).map { row in
      series.flatMap { row < $0.count ? [$0[row].0, $0[row].1] : ["", ""] }
    }
  }

  private static func wide(_ series: [[(String, String)]], missing: String) -> [[String]] {
    var rows: [[String]] = []
    for (column, one) in series.enumerated() {
      for point in one {
        var row = [point.0] + [String](repeating: missing, count: series.count)
        row[column + 1] = point.1
        rows.append(row)
      }
    }
    return rows
  }

  private static func long(_ series: [[(String, String)]], _ names: [String]) -> [[String]] {
    zip(series, names).flatMap { points, name in points.map { [$0.0, $0.1, name] } }
  }

  @Test("forms, separators, line ends and decimal marks change nothing", arguments: 1...40)
  func forms(seed: UInt64) throws {
    var draws = SplitMix64(seed: seed)
    let figure = Figure(&draws)
    let names = figure.names
    let expected = figure.facts
    for (separator, point, end) in [
      (",", ".", "\n"), ("\t", ".", "\r\n"), ("\t", ",", "\n"), (";", ",", "\r"), ("; ", ".", "\n"),
    ] {
      let curves = figure.curves.map { $0.map { (Self.text($0.time, point), Self.text($0.survival, point)) } }
      let numbers = figure.atRisk.map { $0.map { (Self.text($0.time, point), "\($0.n)") } }
      let marks = zip(figure.marks, names).flatMap { times, name in times.map { [Self.text($0, point), name] } }
      func source(_ rows: [[String]], _ name: String, mark: Bool = false) -> ByteSource {
        let text = rows.map { $0.joined(separator: separator) + end }.joined() + end
        return ByteSource(name: name, bytes: (mark ? [0xEF, 0xBB, 0xBF] : []) + Array(text.utf8))
      }
      let overPairs = names.flatMap { [$0, ""] }
      let curveForms = [
        [overPairs, names.flatMap { _ in ["X", "Y"] }] + Self.pairs(curves),
        [names.flatMap { ["x", $0] }] + Self.pairs(curves), [["x"] + names] + Self.wide(curves, missing: ""),
        [["time", "survival", "arm"]] + Self.long(curves, names), Self.long(curves, names),
        zip(curves, names).flatMap { points, name in [["x", name]] + points.map { [$0.0, $0.1] } },
      ]
      let atRiskForms = [
        [["time"] + names] + Self.wide(numbers, missing: "NA"), [["time", "n", "arm"]] + Self.long(numbers, names),
        [overPairs, names.flatMap { _ in ["time", "n"] }] + Self.pairs(numbers),
      ]
      for (k, form) in curveForms.enumerated() {
        let found = try DigitisedFigure(
          curve: source(form, "curve.csv", mark: k % 2 == 0), atRisk: source(atRiskForms[k % 3], "n.csv"),
          censorMarks: source([["time", "arm"]] + marks, "marks.csv"),
          subjects: Dictionary(uniqueKeysWithValues: names.map { ($0, 100) }))
        #expect(found.arms == expected, "seed \(seed), form \(k), separator \(separator), point \(point)")
        #expect(found.notes.isEmpty, "seed \(seed), form \(k): \(found.notes)")
      }
    }
    #expect(try inline(figure).arms == expected, "seed \(seed), inline")
  }

  private func inline(_ figure: Figure) throws -> DigitisedFigure {
    func numbers(_ values: [Int]) -> String { "[\(values.map { Self.text($0, ".") }.joined(separator: ", "))]" }
    let arms = figure.names.indices.map { k in
      """
      {"arm": "\(figure.names[k])", "n": 100,
       "survival": {"times": \(numbers(figure.curves[k].map(\.time))), "values": \(numbers(figure.curves[k].map(\.survival)))},
       "at_risk": {"times": \(numbers(figure.atRisk[k].map(\.time))), "n": \(figure.atRisk[k].map(\.n))},
       "censor_marks": \(numbers(figure.marks[k]))}
      """
    }
    return try DigitisedFigure(
      ByteSource(name: "figure.json", bytes: Array("{\"arms\": [\(arms.joined(separator: ","))]}".utf8)), folder: "")
  }
}

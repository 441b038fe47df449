import Foundation
import Survival
import SurvivalFigures
import Testing

/// A figure taken apart and put together again.
@Suite struct FigurePartsTests {
  private func figure(
    _ mode: KaplanMeierFigure.RiskTableMode, _ transform: ConfidenceTransform = .log
  ) throws -> KaplanMeierFigure {
    let confidence = try ConfidenceSetting(transform: transform)
    return try KaplanMeierFigure(
      arms: try Samples.twoArms(30).map {
        .init(label: $0.label, curve: KaplanMeier($0.curve.table, confidence: confidence))
      },
      title: "", timeLabel: "Months", summary: "Two curves.", options: .init(riskTable: mode))
  }

  /// The vertices of a path after the transform of the group around it.
  private func vertices(_ id: String, band: String, _ svg: String) throws -> [(x: Double, y: Double)] {
    let reader = SVGReader(svg)
    let group = try #require(reader.element(id))
    let numbers =
      SVGReader.attribute("transform", of: group).map {
        $0.replacing("matrix(", with: "").replacing(")", with: "").split(separator: " ").compactMap { Double($0) }
      } ?? [1, 0, 0, 1, 0, 0]
    let line = try #require(reader.lines.first { $0.hasPrefix("<path") && $0.contains(" d=\"\(band)\"") })
    return SVGReader.vertices(try #require(SVGReader.attribute("d", of: line)))
      .map { (numbers[0] * $0.x + numbers[4], numbers[3] * $0.y + numbers[5]) }
  }

  @Test("a figure with its own bands is the figure without its metadata")
  func whole() throws {
    let figure = try figure(.atRisk)
    let parts = figure.parts()
    let again = SVGReader(parts.svg(bandsOf: parts)).lines.map(String.init)
    let lines = SVGReader(figure.svg()).lines.filter { !$0.hasPrefix("<metadata ") }.map { line -> String in
      // Bands keep their path and colour, and need no name of their own.
      guard line.contains("id=\"km-band-") else { return String(line) }
      return String(line).replacingOccurrences(of: " id=\"km-band-[0-9]+\"", with: "", options: .regularExpression)
    }
    #expect(again == lines)
    #expect(parts.bands.count == 2 && !parts.frame.contains(parts.bands[0]) && !parts.frame.contains("<metadata"))
  }

  @Test("bands of a figure with another table lie where that figure's own would be")
  func moved() throws {
    let (from, to) = (try figure(.atRisk, .plain).parts(), try figure(.kmunicate, .plain).parts())
    #expect(from.area != to.area)
    let svg = to.svg(bandsOf: from)
    for arm in 0..<2 {
      let moved = try vertices("km-bands", band: from.bands[arm], svg)
      let own = SVGReader.vertices(to.bands[arm])
      // Both are drawn to the hundredth of a point, and the axes differ by no more than a few per cent.
      #expect(moved.count == own.count)
      #expect(zip(moved, own).allSatisfy { abs($0.x - $1.x) < 0.012 && abs($0.y - $1.y) < 0.012 })
    }
  }

  @Test("frames of figures that differ in the scale of their intervals are equal, and their bands are not")
  func shared() throws {
    let (one, other) = (try figure(.atRisk, .log).parts(), try figure(.atRisk, .logit).parts())
    #expect(one.frame == other.frame && one.bands != other.bands)
  }
}

internal import Charts

/// A figure taken apart for a page that shows several of its kind: what all of them share stands there once.
public struct FigureParts: Sendable {
  /// The area between the axes, in the units of the document's view box, and the times at its edges.
  public struct Area: Sendable, Equatable {
    public let left: Double
    public let right: Double
    public let top: Double
    public let bottom: Double
    /// The time at the right edge; the left one is time 0.
    public let end: Double
  }

  /// The document without its numbers (`<metadata>`).
  public let svg: String
  /// The same without the paths of the bands. Figures whose frames are equal differ in their bands alone.
  public let frame: String
  /// The path data of each arm's band.
  public let bands: [String]
  public let area: Area
  /// The times of the axis.
  public let ticks: [Double]
  /// Colour of each arm's curve.
  public let colours: [String]
}

extension KaplanMeierFigure {
  /// The parts of the figure, for a linear time axis.
  public func parts() -> FigureParts {
    let layout = FigureLayout(self)
    var lines = FigureDrawing(layout).document().split(separator: "\n", omittingEmptySubsequences: false)
    // The writer puts every element on a line of its own, and no text of a figure has a line end.
    lines.removeAll { $0.hasPrefix("<metadata ") }
    let svg = lines.joined(separator: "\n")
    func isBand(_ line: Substring) -> Bool {
      guard line.hasPrefix("<path id=\""), let end = line.dropFirst(10).firstIndex(of: "\"") else { return false }
      let id = line[line.index(line.startIndex, offsetBy: 10)..<end]
      return id.split(separator: "-").dropLast().last == "band"
    }
    let bands = lines.filter(isBand).map { line -> String in
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      return parts.count > 3 ? String(parts[3]) : ""
    }
    lines.removeAll(where: isBand)
    return FigureParts(
      svg: svg, frame: lines.joined(separator: "\n"), bands: bands,
      area: .init(
        left: layout.panel.left, right: layout.panel.right, top: layout.panel.top, bottom: layout.panel.bottom,
        end: layout.ticks.end),
      ticks: layout.ticks.values, colours: arms.indices.map { SeriesStyle.all[$0].colour })
  }
}

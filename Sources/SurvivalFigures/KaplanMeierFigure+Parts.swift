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

    fileprivate var perTime: Double { (right - left) / end }
  }

  /// The document without its numbers (`<metadata>`) and without the paths of the bands. Figures whose frames are equal differ in
  /// their bands alone.
  public let frame: String
  /// The path data of each arm's band.
  public let bands: [String]
  public let area: Area
  /// The times of the axis.
  public let ticks: [Double]
  /// Colour of each arm's curve.
  public let colours: [String]

  /// The document with the bands of a figure of the same arms, moved onto its own area.
  public func svg(bandsOf other: FigureParts) -> String {
    let end = "-bands\">"
    let paths = zip(other.bands, other.colours).map { path, colour in
      "<path d=\"\(path)\" fill=\"\(colour)\" fill-opacity=\"0.2\"/>"
    }
    let lines = frame.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      guard line.hasSuffix(end) else { return [String(line)] }
      return ["\(line.dropLast())\(transform(from: other.area))>"] + paths
    }
    return lines.joined(separator: "\n")
  }

  /// The attribute that moves what was drawn on another area; none where the areas are one.
  private func transform(from other: Area) -> String {
    guard other != area else { return "" }
    let x = area.perTime / other.perTime
    let y = (area.bottom - area.top) / (other.bottom - other.top)
    let matrix = [x, 0, 0, y, area.left - x * other.left, area.top - y * other.top]
    return " transform=\"matrix(\(matrix.map { decimalText($0, places: 6) }.joined(separator: " ")))\""
  }
}

extension KaplanMeierFigure {
  /// The parts of the figure, for a linear time axis.
  public func parts() -> FigureParts {
    let layout = FigureLayout(CurvePlot(self))
    var lines = FigureDrawing(layout).document(identifierFallback: "km").split(
      separator: "\n", omittingEmptySubsequences: false)
    // The writer puts every element on a line of its own, and no text of a figure has a line end.
    lines.removeAll { $0.hasPrefix("<metadata ") }
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
      frame: lines.joined(separator: "\n"), bands: bands,
      area: .init(
        left: layout.panel.left, right: layout.panel.right, top: layout.panel.top, bottom: layout.panel.bottom,
        end: layout.ticks.end),
      ticks: layout.ticks.values, colours: arms.indices.map { options.style($0).colour })
  }
}

/// How one series is told apart: by colour, and without colour by its dashes.
package struct SeriesStyle: Sendable, Equatable {
  /// `#RRGGBB`.
  package let colour: String
  /// Lengths of dashes and gaps in line widths; empty for a solid line.
  package let dashes: [Double]

  /// The colour for text in a series' colour: the same hue, darker where its contrast with white is below the 4.5:1 that
  /// WCAG 2.1 asks of text (section 1.4.3).
  package var textColour: String {
    switch colour {
    case "#D55E00": "#B84F00"
    case "#009E73": "#007C5A"
    case "#CC79A7": "#A85583"
    default: colour
    }
  }

  package init(colour: String, dashes: [Double]) {
    self.colour = colour
    self.dashes = dashes
  }

  /// Styles of up to eight series: colours of Okabe & Ito (Color Universal Design, 2002) whose contrast with white is
  /// 3:1 or more, which leaves out their orange, sky blue and yellow. From the sixth on the colours come again with other
  /// dashes.
  package static let all: [SeriesStyle] = [
    SeriesStyle(colour: "#0072B2", dashes: []),
    SeriesStyle(colour: "#D55E00", dashes: [5, 1.5]),
    SeriesStyle(colour: "#009E73", dashes: [2, 1.2]),
    SeriesStyle(colour: "#CC79A7", dashes: [6, 1.5, 1.5, 1.5]),
    SeriesStyle(colour: "#000000", dashes: [1, 1]),
    SeriesStyle(colour: "#0072B2", dashes: [8, 1.5, 1, 1.5, 1, 1.5]),
    SeriesStyle(colour: "#D55E00", dashes: []),
    SeriesStyle(colour: "#009E73", dashes: [10, 3]),
  ]
}

/// Colours of what is not data.
package enum Ink {
  package static let text = "#1A1A1A"
  package static let axis = "#333333"
  /// Source lines: contrast 7:1 with white.
  package static let quiet = "#595959"
  package static let guide = "#8C8C8C"
  /// An area behind marks.
  package static let band = "#DDDDDD"
}

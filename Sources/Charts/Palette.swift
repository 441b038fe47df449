#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// How one series is told apart: by colour, and without colour by its dashes.
package struct SeriesStyle: Sendable, Equatable {
  /// `#RRGGBB`.
  package let colour: String
  /// Lengths of dashes and gaps in line widths; empty for a solid line.
  package let dashes: [Double]

  /// The colour for text in a series' colour: the same hue, darker where its contrast with white is below the 4.5:1 that
  /// WCAG 2.1 asks of text (section 1.4.3).
  package var textColour: String { Colour(colour)?.darkened(toContrast: 4.5).text ?? colour }

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

/// A colour of sRGB, as `#RRGGBB`.
package struct Colour: Sendable, Equatable {
  private let channels: [UInt8]

  /// nil for any other text.
  package init?(_ text: String) {
    let digits = text.dropFirst()
    guard text.first == "#", digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    channels = [16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private init(channels: [UInt8]) { self.channels = channels }

  package var text: String {
    "#"
      + channels.map { channel in
        let digits = String(channel, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// From 1 for white to 21 for black. Source: WCAG 2.1, definitions of contrast ratio and relative luminance.
  package var contrastWithWhite: Double {
    let linear = channels.map { channel -> Double in
      let value = Double(channel) / 255
      return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
  }

  /// The colour itself where it has the contrast with white, else its channels times the largest hundredth that has.
  package func darkened(toContrast contrast: Double) -> Colour {
    for hundredths in stride(from: 100, to: 0, by: -1) {
      let darker = Colour(channels: channels.map { UInt8(Int($0) * hundredths / 100) })
      if darker.contrastWithWhite >= contrast { return darker }
    }
    return Colour(channels: [0, 0, 0])
  }
}

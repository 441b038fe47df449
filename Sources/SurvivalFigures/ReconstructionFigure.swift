public import Survival

/// How far rebuilt rows are from the figure they were made from, as one SVG document.
///
/// For each arm: the readings as small marks over the curve of the rebuilt rows; under it the gap, rebuilt minus read, on its own
/// scale with the reading error as a band; the numbers at risk printed and rebuilt, differences marked by an asterisk; and
/// what was found in words. The same input gives the same bytes.
public struct ReconstructionFigure: Sendable {
  /// A point read off the printed curve.
  public struct Reading: Sendable, Equatable {
    public let time: Double
    public let survival: Double
    /// S of the rebuilt rows minus the reading.
    public let gap: Double

    public init(time: Double, survival: Double, gap: Double) {
      self.time = time
      self.survival = survival
      self.gap = gap
    }
  }

  /// A number printed under the time axis, and that of the rebuilt rows.
  public struct AtRisk: Sendable, Equatable {
    public let time: Double
    public let printed: Int
    public let rebuilt: Int
    /// Whether the printed number had to be met.
    public let isExact: Bool

    public init(time: Double, printed: Int, rebuilt: Int, isExact: Bool = true) {
      self.time = time
      self.printed = printed
      self.rebuilt = rebuilt
      self.isExact = isExact
    }
  }

  public struct Arm: Sendable {
    public let label: String
    /// Of the rebuilt rows.
    public let curve: KaplanMeier
    public let readings: [Reading]
    /// Usual error of one reading, the half width of the band.
    public let readingError: Double
    public let atRisk: [AtRisk]
    /// Sentences under the arm's table.
    public let findings: [String]

    public init(
      label: String, curve: KaplanMeier, readings: [Reading], readingError: Double, atRisk: [AtRisk] = [],
      findings: [String] = []
    ) {
      self.label = label
      self.curve = curve
      self.readings = readings
      self.readingError = readingError
      self.atRisk = atRisk
      self.findings = findings
    }
  }

  public struct Options: Sendable, Equatable {
    /// Width of the figure, 120 to 400 mm.
    public var widthInMillimetres: Double
    /// Beginning of every id in the document; see `KaplanMeierFigure.Options.identifier`.
    public var identifier: String

    public init(widthInMillimetres: Double = 178, identifier: String = "reconstruction") {
      self.widthInMillimetres = widthInMillimetres
      self.identifier = identifier
    }
  }

  /// One after another in one column up to three, in two columns from four on.
  public let arms: [Arm]
  /// Stands above the arms and is the document's `<title>`.
  public let title: String
  /// What the rows are and how much was known of the curve, under the title.
  public let origin: String
  /// Title of the time axis.
  public let timeLabel: String
  /// Source lines at the foot.
  public let footer: [String]
  public let options: Options

  /// - Parameters:
  ///   - arms: 1 to 6.
  ///   - title: none where empty.
  ///   - origin: where the readings come from.
  ///   - timeLabel: title of the time axis, with the unit.
  ///   - footer: lines under the figure.
  ///   - options: how large the figure is.
  /// - Throws: `SurvivalInputError` (`badSetting`) for a number of arms or a width that cannot be drawn, and for a number that
  ///   is not finite.
  public init(
    arms: [Arm], title: String, origin: String, timeLabel: String, footer: [String] = [], options: Options = .init()
  ) throws(SurvivalInputError) {
    guard (1...6).contains(arms.count) else {
      throw SurvivalInputError(.badSetting, "a figure of a reconstruction shows 1 to 6 arms, not \(arms.count)")
    }
    guard options.widthInMillimetres >= 120, options.widthInMillimetres <= 400 else {
      throw SurvivalInputError(.badSetting, "the width of a figure of a reconstruction lies between 120 and 400 mm")
    }
    for arm in arms {
      let numbers =
        arm.readings.flatMap { [$0.time, $0.survival, $0.gap] } + arm.atRisk.map(\.time) + [arm.readingError]
      guard numbers.allSatisfy(\.isFinite), arm.atRisk.allSatisfy({ $0.time >= 0 }) else {
        throw SurvivalInputError(.badSetting, "\(arm.label): a figure shows finite numbers, and times from 0 on")
      }
    }
    self.arms = arms
    self.title = title
    self.origin = origin
    self.timeLabel = timeLabel
    self.footer = footer
    self.options = options
  }

  /// The figure as an SVG 1.1 document in UTF-8: real text, no script, no external reference.
  public func svg() -> String { ReconstructionDrawing(ReconstructionLayout(self)).document() }
}

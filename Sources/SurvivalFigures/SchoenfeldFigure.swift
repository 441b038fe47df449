internal import Charts
public import Survival

/// Scaled Schoenfeld residuals with their smooth, a panel for each coefficient, as one SVG document.
///
/// A point is an event; the line is the smooth with its pointwise band, the dashed line the Cox estimate, which is where the smooth lies
/// where hazards are proportional. Times stand at their places on the function of time of the test.
public struct SchoenfeldFigure: Sendable {
  public let smooth: SchoenfeldSmooth
  /// Cox estimates of the coefficients, NaN where there is none: no panel.
  public let coefficients: [Double]
  /// A line above each panel, such as the test of the term.
  public let notes: [String]
  public let title: String
  public let timeLabel: String
  public let footer: [String]
  public let options: Options

  public struct Options: Sendable, Equatable {
    /// 60 to 400 mm.
    public var widthInMillimetres: Double
    /// Beginning of every id in the document; see `KaplanMeierFigure.Options.identifier`.
    public var identifier: String

    public init(widthInMillimetres: Double = 178, identifier: String = "schoenfeld") {
      self.widthInMillimetres = widthInMillimetres
      self.identifier = identifier
    }
  }

  /// Columns with an estimate.
  var columns: [Int] {
    coefficients.indices.filter { coefficients[$0].isFinite && smooth.curves[$0].estimate[0].isFinite }
  }

  /// - Throws: `SurvivalInputError` (`badSetting`) for a width that cannot be drawn, no coefficient with a smooth, and more than 12.
  public init(
    _ smooth: SchoenfeldSmooth, coefficients: [Double], notes: [String], title: String, timeLabel: String,
    footer: [String] = [], options: Options = .init()
  ) throws(SurvivalInputError) {
    precondition(notes.count == coefficients.count && smooth.curves.count == coefficients.count)
    guard options.widthInMillimetres >= 60, options.widthInMillimetres <= 400 else {
      throw SurvivalInputError(.badSetting, "the width of a figure lies between 60 and 400 mm")
    }
    self.smooth = smooth
    self.coefficients = coefficients
    self.notes = notes
    self.title = title
    self.timeLabel = timeLabel
    self.footer = footer
    self.options = options
    guard (1...12).contains(columns.count) else {
      throw SurvivalInputError(
        .badSetting, "a figure of residuals shows 1 to 12 coefficients with an estimate, not \(columns.count)")
    }
  }

  /// The figure as an SVG 1.1 document in UTF-8: real text, no script, no external reference.
  public func svg() -> String { SchoenfeldDrawing(self).document() }
}

internal import Charts
public import Survival

/// A forest plot of subgroups: counts, a hazard ratio with its interval on a logarithmic axis, and the p of interaction of each factor,
/// as one SVG document.
///
/// The area of a square is in proportion to the number of events behind it. The solid line stands at 1, the dashed one at the ratio of all rows.
/// A limit beyond the axis ends in an arrow head.
public struct ForestFigure: Sendable {
  public let overall: SubgroupEffects
  public let factors: [SubgroupEffects]
  public let title: String
  public let footer: [String]
  public let options: Options

  public struct Options: Sendable, Equatable {
    /// 80 to 400 mm: less leaves no room for the axis.
    public var widthInMillimetres: Double
    /// Beginning of every id in the document; see `KaplanMeierFigure.Options.identifier`.
    public var identifier: String

    public init(widthInMillimetres: Double = 178, identifier: String = "forest") {
      self.widthInMillimetres = widthInMillimetres
      self.identifier = identifier
    }
  }

  /// - Throws: `SurvivalInputError` (`badSetting`) for a width that cannot be drawn, and for more than 100 rows.
  public init(
    overall: SubgroupEffects, factors: [SubgroupEffects], title: String, footer: [String] = [],
    options: Options = .init()
  ) throws(SurvivalInputError) {
    guard options.widthInMillimetres >= 80, options.widthInMillimetres <= 400 else {
      throw SurvivalInputError(.badSetting, "the width of a forest plot lies between 80 and 400 mm")
    }
    let rows = factors.reduce(1) { $0 + 1 + $1.effects.count }
    guard rows <= 100 else {
      throw SurvivalInputError(.badSetting, "a forest plot shows up to 100 rows, not \(rows)")
    }
    self.overall = overall
    self.factors = factors
    self.title = title
    self.footer = footer
    self.options = options
  }

  /// The figure as an SVG 1.1 document in UTF-8: real text, no script, no external reference.
  public func svg() -> String { ForestDrawing(ForestLayout(self)).document() }
}

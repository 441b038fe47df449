public import Survival

/// A Kaplan–Meier figure: curves with pointwise confidence bands, the numbers at risk under the time axis, and a block of
/// results, as one SVG document.
///
/// Curve and table come from the same `EventTable` and share one time scale, so that a number stands under its tick by
/// construction. The same input gives the same bytes. The curves are drawn as steps from the origin to the last
/// follow-up time of their arm and no further.
public struct KaplanMeierFigure: Sendable {
  /// One curve with its name.
  public struct Arm: Sendable {
    /// As the legend and the table name it; any length, wrapped where it is long.
    public let label: String
    public let curve: KaplanMeier

    public init(label: String, curve: KaplanMeier) {
      self.label = label
      self.curve = curve
    }
  }

  /// The curves, in the order of legend and table.
  public let arms: [Arm]
  /// Stands above the panel and is the document's `<title>`; empty for none above the panel.
  public let title: String
  /// Title of the time axis: unit and origin, such as "Months since randomisation".
  public let timeLabel: String
  /// Results printed beside the legend; empty for the legend alone.
  public let annotation: FigureAnnotation
  /// Source lines at the foot, such as where reconstructed data come from.
  public let footer: [String]
  /// The sentence for `<desc>`, which a screen reader reads; empty for one made from the arms.
  public let summary: String
  public let options: Options

  /// - Parameters:
  ///   - arms: 1 to 8.
  ///   - title: none where empty.
  ///   - timeLabel: title of the time axis, with the unit.
  ///   - annotation: rows in the order of `arms`.
  ///   - footer: lines under the figure.
  ///   - summary: what the figure shows, for who cannot see it; made from the labels where empty.
  ///   - options: what is drawn, and how large.
  /// - Throws: `SurvivalInputError` (`badSetting`) for a number of arms, a width, a height, a time step or a truncation
  ///   that cannot be drawn.
  public init(
    arms: [Arm], title: String, timeLabel: String, annotation: FigureAnnotation = .init(), footer: [String] = [],
    summary: String = "", options: Options = .init()
  ) throws(SurvivalInputError) {
    guard (1...8).contains(arms.count) else {
      throw SurvivalInputError(.badSetting, "a Kaplan-Meier figure shows 1 to 8 arms, not \(arms.count)")
    }
    try options.check(colours: arms.count)
    guard !options.showDifference || arms.count == 2 else {
      throw SurvivalInputError(.badSetting, "a difference is drawn of two arms, not of \(arms.count)")
    }
    guard
      options.measure != .logMinusLog
        || arms.contains(where: { !PlottedCurve($0.curve, options: options).steps.isEmpty })
    else {
      throw SurvivalInputError(.badSetting, "no curve lies between 0 and 1 at a time above 0: there is nothing to draw")
    }
    self.arms = arms
    self.title = title
    self.timeLabel = timeLabel
    self.annotation = annotation
    self.footer = footer
    self.summary = summary
    self.options = options
  }

  /// The figure as an SVG 1.1 document in UTF-8: real text, no script, no external reference.
  public func svg() -> String { FigureDrawing(FigureLayout(CurvePlot(self))).document(identifierFallback: "km") }
}

/// What stands beside the legend: a small table with one row per arm, and free lines under it.
public struct FigureAnnotation: Sendable, Equatable {
  /// Column headings, such as ["Events/N", "Median (95% CI)"]; may be empty.
  public let header: [String]
  /// Cells per arm, in the order of the arms. Missing rows and cells stay blank.
  public let rows: [[String]]
  /// Lines under the table, such as "HR 0.62 (95% CI 0.50–0.77)".
  public let lines: [String]

  public init(header: [String] = [], rows: [[String]] = [], lines: [String] = []) {
    self.header = header
    self.rows = rows
    self.lines = lines
  }
}

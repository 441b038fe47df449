public import Survival

/// Cumulative incidences of one or more causes (Aalen–Johansen) with pointwise bands and the numbers at risk, as one SVG document.
///
/// The curves of an arm have one colour, and every curve has dashes of its own; with one arm colours tell the causes apart. The
/// number at risk is that of subjects without an event of any cause.
public struct CumulativeIncidenceFigure: Sendable {
  public struct Arm: Sendable {
    public let label: String
    public let estimate: AalenJohansen

    public init(label: String, estimate: AalenJohansen) {
      self.label = label
      self.estimate = estimate
    }
  }

  public let arms: [Arm]
  /// Names of the causes, in the order of the estimates.
  public let causeLabels: [String]
  public let title: String
  public let timeLabel: String
  public let annotation: FigureAnnotation
  public let footer: [String]
  public let summary: String
  /// As of the Kaplan–Meier figure; the measure is the cumulative incidence.
  public let options: KaplanMeierFigure.Options

  /// - Parameters:
  ///   - arms: with the same causes in the same order.
  ///   - causeLabels: names of the causes; nil for those of the estimates.
  ///   - title: none where empty.
  ///   - timeLabel: title of the time axis, with the unit.
  ///   - annotation: rows in the order of the curves: for each arm its causes.
  ///   - footer: lines under the figure.
  ///   - summary: what the figure shows, for who cannot see it; made from the labels where empty.
  ///   - options: what is drawn, and how large.
  /// - Throws: `SurvivalInputError` (`badSetting`) for more than 8 curves or none, arms of different causes, and what the
  ///   Kaplan–Meier figure refuses.
  public init(
    arms: [Arm], causeLabels: [String]? = nil, title: String, timeLabel: String, annotation: FigureAnnotation = .init(),
    footer: [String] = [], summary: String = "", options: KaplanMeierFigure.Options = .init()
  ) throws(SurvivalInputError) {
    let causes = causeLabels ?? arms.first?.estimate.causes.map(\.label) ?? []
    guard arms.allSatisfy({ $0.estimate.causes.count == causes.count }) else {
      throw SurvivalInputError(.badSetting, "every arm of a figure has the same causes, and each cause one name")
    }
    guard (1...8).contains(arms.count * causes.count) else {
      throw SurvivalInputError(
        .badSetting,
        "a figure of cumulative incidences shows 1 to 8 curves, not \(arms.count * causes.count) (arms times causes)")
    }
    var options = options
    options.measure = .cumulativeIncidence
    guard !options.medianLines, !options.showDifference, options.restrictedMeanHorizon == nil else {
      throw SurvivalInputError(
        .badSetting, "lines at medians, differences and restricted means belong to the Kaplan-Meier figure")
    }
    try options.check(colours: arms.count == 1 ? causes.count : arms.count)
    self.arms = arms
    self.causeLabels = causes
    self.title = title
    self.timeLabel = timeLabel
    self.annotation = annotation
    var notes = footer
    if options.riskTable == .kmunicate, causes.count > 1 {
      notes.insert("Events of the table are of any cause.", at: 0)
    }
    self.footer = notes
    self.summary = summary
    self.options = options
  }

  /// The figure as an SVG 1.1 document in UTF-8: real text, no script, no external reference.
  public func svg() -> String { FigureDrawing(FigureLayout(CurvePlot(self))).document(identifierFallback: "cif") }
}

internal import Charts
internal import Survival

extension KaplanMeierFigure {
  /// What the table under the time axis shows.
  public enum RiskTableMode: String, Sendable, CaseIterable {
    /// Number with a time at or after the tick.
    case atRisk = "at-risk"
    /// The same with the number censored before the tick in brackets: 120 (14).
    case atRiskCensored = "at-risk-censored"
    /// Three rows per arm: at risk, censored and events before the tick. Without delayed entry each column sums to the
    /// size of the arm. Morris et al., BMJ Open 2019;9:e030215.
    case kmunicate
    case none
  }

  /// What is drawn against time.
  public enum Measure: String, Sendable, CaseIterable {
    /// S(t), from 1 down.
    case survival
    /// 1 − S(t), from 0 upward.
    case cumulativeIncidence = "cumulative-incidence"
    /// The cumulative hazard of Nelson and Aalen, with limits on the scale of its logarithm.
    case cumulativeHazard = "cumulative-hazard"
    /// ln(−ln S) against time on a logarithmic axis: parallel where hazards are proportional.
    case logMinusLog = "log-minus-log"

    var isProbability: Bool { self == .survival || self == .cumulativeIncidence }
  }

  /// How the figure looks. Values are checked by the figure's initialiser.
  public struct Options: Sendable, Equatable {
    /// Width of the figure, 60 to 400 mm. Journals print columns of 86, 120 and 178 mm.
    public var widthInMillimetres: Double
    /// Height of the figure in mm, or nil for a height that suits the width. The panel is never lower than 90 pt: the
    /// figure grows where the height leaves no room.
    public var heightInMillimetres: Double?
    public var riskTable: RiskTableMode
    /// A tick on the curve at each censoring time.
    public var showCensorMarks: Bool
    /// The band between the pointwise confidence limits.
    public var showRibbon: Bool
    public var measure: Measure
    /// Labels the y axis 0 to 100 instead of 0 to 1. For probabilities only.
    public var percent: Bool
    /// Title of the y axis; nil for "Survival probability", "Cumulative incidence" or their percentages, or "Cumulative hazard".
    public var valueLabel: String?
    /// Distance of the time ticks in the data's unit; nil for the smallest clinical step that fits. A step whose labels
    /// would touch is multiplied by a whole number.
    public var timeStep: Double?
    /// Stops each curve where fewer than this many remain at risk, and says so at the foot; nil for the whole curve.
    public var truncateAtRisk: Int?
    /// Dashed lines from S = 0.5 to the time axis. For probabilities only.
    public var medianLines: Bool
    /// Times at which a dashed line stands from the uppermost curve to the time axis. For probabilities only.
    public var landmarks: [Double]
    /// Shades the area under each curve up to this time, the restricted mean survival time, and marks the time. Survival only.
    public var restrictedMeanHorizon: Double?
    /// A strip under the panel with the difference of two curves, second minus first, and its pointwise limits
    /// (`SurvivalDifference`). Survival of two arms only.
    public var showDifference: Bool
    /// Colours of the arms as `#RRGGBB`, in their order; empty for those of Okabe & Ito. A contrast with white below 3:1 is
    /// refused; texts are darkened to 4.5:1.
    public var colours: [String]
    /// Beginning of every id in the document, so that several figures fit on one page. Characters other than ASCII
    /// letters, digits, - and _ are left out.
    public var identifier: String

    public init(
      widthInMillimetres: Double = 178, heightInMillimetres: Double? = nil, riskTable: RiskTableMode = .atRisk,
      showCensorMarks: Bool = true, showRibbon: Bool = true, measure: Measure = .survival, percent: Bool = false,
      valueLabel: String? = nil, timeStep: Double? = nil, truncateAtRisk: Int? = nil, medianLines: Bool = false,
      landmarks: [Double] = [], restrictedMeanHorizon: Double? = nil, showDifference: Bool = false,
      colours: [String] = [], identifier: String = "km"
    ) {
      self.widthInMillimetres = widthInMillimetres
      self.heightInMillimetres = heightInMillimetres
      self.riskTable = riskTable
      self.showCensorMarks = showCensorMarks
      self.showRibbon = showRibbon
      self.measure = measure
      self.percent = percent
      self.valueLabel = valueLabel
      self.timeStep = timeStep
      self.truncateAtRisk = truncateAtRisk
      self.medianLines = medianLines
      self.landmarks = landmarks
      self.restrictedMeanHorizon = restrictedMeanHorizon
      self.showDifference = showDifference
      self.colours = colours
      self.identifier = identifier
    }

    /// Bands, censor ticks and numbers at risk.
    public static let clean = Options()
    /// Percentages, no bands.
    public static let nejm = Options(showRibbon: false, percent: true)
    /// Percentages, numbers censored in brackets.
    public static let lancet = Options(riskTable: .atRiskCensored, showRibbon: false, percent: true)
    /// Bands and the extended table of the KMunicate recommendations.
    public static let kmunicate = Options(riskTable: .kmunicate, showCensorMarks: false)

    /// The style of the series with this number: its dashes tell it apart without colour.
    func style(_ number: Int) -> SeriesStyle {
      let usual = SeriesStyle.all[number]
      return number < colours.count ? SeriesStyle(colour: colours[number], dashes: usual.dashes) : usual
    }

    /// - Parameter needed: how many series have a colour of their own.
    func check(colours needed: Int) throws(SurvivalInputError) {
      guard colours.isEmpty || colours.count >= needed else {
        throw SurvivalInputError(.badSetting, "\(needed) colours are needed, not \(colours.count)")
      }
      for text in colours {
        guard let colour = Colour(text) else {
          throw SurvivalInputError(.badSetting, "a colour is #RRGGBB, such as #0072B2; \(text) is not")
        }
        guard colour.contrastWithWhite >= 3 else {
          throw SurvivalInputError(
            .badSetting,
            "the colour \(text) has a contrast of \(decimalText(colour.contrastWithWhite, places: 1)) with white; lines need 3"
          )
        }
      }

      guard widthInMillimetres >= 60, widthInMillimetres <= 400 else {
        throw SurvivalInputError(.badSetting, "the width of a figure lies between 60 and 400 mm")
      }
      guard heightInMillimetres.map({ $0 > 0 && $0 <= 1000 }) ?? true else {
        throw SurvivalInputError(.badSetting, "the height of a figure is above 0 and at most 1000 mm")
      }
      guard measure.isProbability || !(percent || medianLines || !landmarks.isEmpty) else {
        throw SurvivalInputError(.badSetting, "percentages and lines at medians or landmarks are for probabilities")
      }
      guard measure == .survival || !(showDifference || restrictedMeanHorizon != nil) else {
        throw SurvivalInputError(.badSetting, "differences and restricted means are drawn for survival")
      }
      guard landmarks.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        throw SurvivalInputError(.badSetting, "landmarks are finite times of 0 or more")
      }
      guard restrictedMeanHorizon.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw SurvivalInputError(.badSetting, "the horizon of a restricted mean is a finite time above 0")
      }
      guard measure != .logMinusLog || timeStep == nil else {
        throw SurvivalInputError(.badSetting, "a logarithmic axis has no step")
      }
      guard timeStep.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw SurvivalInputError(.badSetting, "the step of the time axis is a finite number above 0")
      }
      guard truncateAtRisk.map({ $0 >= 1 }) ?? true else {
        throw SurvivalInputError(.badSetting, "curves are truncated at a number at risk of 1 or more")
      }
    }
  }
}

internal import Distributions

/// A planned comparison of two arms, or of the levels of a covariate, with everything assumed and everything found.
///
/// Of the hazard ratio, the power and the size two are given and the third is found, in closed form or by bisection.
/// Arms are control and experimental; the hazard ratio is experimental to control.
public struct TrialDesign: Sendable, Equatable {
  /// What a design is asked for.
  public enum Question: Sendable, Equatable {
    case size(hazardRatio: Double, power: Double)
    case powerOfEvents(Double, hazardRatio: Double)
    case powerOfSubjects(Double, hazardRatio: Double)
    /// The hazard ratio that is detected with the power; below the margin where `isBenefit`, else above.
    case hazardRatioOfEvents(Double, power: Double, isBenefit: Bool)
    case hazardRatioOfSubjects(Double, power: Double, isBenefit: Bool)
  }

  /// The numbers of subjects of the two arms; whole after rounding.
  public struct Arms: Sendable, Equatable, Codable {
    public let control: Double
    public let experimental: Double
    public var total: Double { control + experimental }
  }

  /// What a design comes to with whole numbers.
  public struct Rounded: Sendable, Equatable {
    /// Events, rounded up.
    public let events: Double
    /// Power with that number of events.
    public let powerOfEvents: Double
    /// Subjects, every arm rounded up (the total where there are no arms); nil where only events are planned.
    public let subjects: Arms?
    /// Expected numbers of events with those subjects, and the power they give.
    public let expectedEvents: Arms?
    public let powerOfSubjects: Double?
  }

  // What was assumed
  public let method: DesignMethod
  public let test: DesignTest
  /// Experimental subjects to one control subject.
  public let allocationRatio: Double
  public let followUp: DesignFollowUp
  /// Variance of the covariate, and squared multiple correlation with the others in the model; nil for two arms.
  public let covariateVariance: Double?
  public let covariateR2: Double
  public let question: Question

  // What was found or given, not rounded
  public let hazardRatio: Double
  public let power: Double
  public let events: Double
  public let subjects: Arms?
  /// Probability of an event in each arm.
  public let eventProbabilities: (control: Double, experimental: Double)?
  public let rounded: Rounded
  /// The estimated hazard ratio nearest to the margin that is significant with the rounded events; nil where the method is not about
  /// ln HR.
  public let criticalHazardRatio: Double?

  /// Whether the design compares two arms.
  public var hasArms: Bool { covariateVariance == nil }

  /// Plans a trial.
  ///
  /// - Parameters:
  ///   - question: what is asked for, and what is given.
  ///   - method: the formula of the number of events.
  ///   - test: level and sides.
  ///   - allocationRatio: experimental subjects to one control subject.
  ///   - followUp: how subjects enter and leave.
  ///   - covariateVariance: of the covariate, for `hsiehLavori`.
  ///   - covariateR2: how much of the covariate the others explain, in [0, 1).
  /// - Throws: `SurvivalInputError` naming the setting that is out of range or missing for the method.
  public init(
    _ question: Question, method: DesignMethod = .schoenfeld, test: DesignTest, allocationRatio: Double = 1,
    followUp: DesignFollowUp = .eventsOnly, covariateVariance: Double? = nil, covariateR2: Double = 0
  ) throws(SurvivalInputError) {
    let model = try DesignModel(
      method: method, test: test, allocationRatio: allocationRatio, followUp: followUp,
      covariateVariance: covariateVariance, covariateR2: covariateR2)
    (self.method, self.test, self.allocationRatio, self.followUp) = (method, test, allocationRatio, followUp)
    (self.covariateVariance, self.covariateR2, self.question) = (covariateVariance, covariateR2, question)

    let solution = try model.solve(question)
    hazardRatio = solution.hazardRatio
    power = solution.power
    events = solution.events
    subjects = solution.subjects.map(model.arms)
    eventProbabilities = model.probabilities(solution.hazardRatio)
    rounded = model.rounded(solution)
    criticalHazardRatio = model.criticalHazardRatio(events: rounded.events, hazardRatio: solution.hazardRatio)
  }

  public static func == (a: TrialDesign, b: TrialDesign) -> Bool {
    a.method == b.method && a.test == b.test && a.question == b.question && a.followUp == b.followUp
      && a.hazardRatio == b.hazardRatio && a.power == b.power && a.events == b.events && a.subjects == b.subjects
      && a.rounded == b.rounded
  }
}

/// What is true in a simulated trial of two arms, and how it is run.
///
/// Subjects enter at random times of the accrual, independent of each other and of the arms, whose sizes are fixed. Time runs from
/// entry. The control arm's hazard and the hazard ratio, which may change with the time since entry, give the times of the
/// event; dropout is exponential; what is not observed by the time of the analysis is censored there.
public struct TrialScenario: Sendable, Equatable {
  /// The control arm's distribution of event times.
  public enum ControlHazard: Sendable, Equatable {
    /// A hazard constant between change points; of one piece: exponential.
    case piecewise(PiecewiseConstant)
    /// S(t) = exp(−(t/scale)^shape).
    case weibull(shape: Double, scale: Double)

    /// 0 where events cease.
    fileprivate var lastHazard: Double {
      if case .piecewise(let hazard) = self { return hazard.values.last ?? 0 }
      return 1
    }
  }

  /// When the data are analysed, in calendar time from the entry of the first possible subject.
  public enum AnalysisTime: Sendable, Equatable {
    /// So long after the end of the accrual.
    case followUp(Double)
    /// At this time, which may lie before the end of the accrual: who has not entered by then is not in the trial.
    case duration(Double)
    /// At the event that makes it so many, or at `latest` where there are fewer by then. Without `latest`, and with fewer
    /// events in all, when nobody is left under observation.
    case events(Int, latest: Double?)
  }

  public let controlCount: Int
  public let experimentalCount: Int
  public let control: ControlHazard
  /// Experimental to control, by the time since entry.
  public let hazardRatio: PiecewiseConstant
  /// Rates of entry; only their proportions matter, since the number of subjects is fixed.
  public let accrualRate: PiecewiseConstant
  /// How long subjects enter; 0 for all at once.
  public let accrual: Double
  public let analysis: AnalysisTime
  /// Hazards of dropout.
  public let controlDropout: Double
  public let experimentalDropout: Double

  /// - Throws: `SurvivalInputError` naming the setting out of range.
  public init(
    controlCount: Int, experimentalCount: Int, control: ControlHazard, hazardRatio: PiecewiseConstant,
    accrual: Double, accrualRate: PiecewiseConstant? = nil, analysis: AnalysisTime, controlDropout: Double = 0,
    experimentalDropout: Double = 0
  ) throws(SurvivalInputError) {
    func refuse(_ message: String) -> SurvivalInputError { SurvivalInputError(.badSetting, message) }
    let largest = 10_000_000
    guard (1...largest).contains(controlCount), (1...largest).contains(experimentalCount) else {
      throw refuse("every arm has 1 to \(largest) subjects, not \(controlCount) and \(experimentalCount)")
    }
    switch control {
    case .piecewise(let hazard):
      guard hazard.values.contains(where: { $0 > 0 }) else {
        throw refuse("the hazard of the control arm is 0 throughout")
      }
    case .weibull(let shape, let scale):
      guard shape > 0, shape.isFinite, scale > 0, scale.isFinite else {
        throw refuse("shape and scale of a Weibull distribution are numbers above 0, not \(shape) and \(scale)")
      }
    }
    guard accrual >= 0, accrual.isFinite else { throw refuse("the accrual is a duration of 0 or more, not \(accrual)") }
    let rate: PiecewiseConstant
    if let accrualRate { rate = accrualRate } else { rate = try PiecewiseConstant(1) }
    guard accrual == 0 || rate.integral(to: accrual) > 0 else { throw refuse("the rate of accrual is 0 throughout") }
    for dropout in [controlDropout, experimentalDropout] where !(dropout >= 0 && dropout.isFinite) {
      throw refuse("the hazard of dropout is a rate of 0 or more, not \(dropout)")
    }
    switch analysis {
    case .followUp(let time):
      guard time >= 0, accrual + time > 0, (accrual + time).isFinite else {
        throw refuse("accrual and follow-up are durations of 0 or more, not both 0: \(accrual) and \(time)")
      }
    case .duration(let time):
      guard time > 0, time.isFinite else { throw refuse("the duration of a trial is a time above 0, not \(time)") }
    case .events(let count, let latest):
      guard count >= 1, count <= controlCount + experimentalCount else {
        throw refuse(
          "the number of events at the analysis lies between 1 and the number of subjects, "
            + "\(controlCount + experimentalCount), not at \(count)")
      }
      if let latest, !(latest > 0 && latest.isFinite) { throw refuse("the latest time is above 0, not \(latest)") }
      let isEndless = [(controlDropout, 1), (experimentalDropout, hazardRatio.values.last ?? 1)].contains {
        dropout, ratio in
        dropout == 0 && ratio * control.lastHazard == 0
      }
      guard latest != nil || !isEndless else {
        throw refuse(
          "hazards that end at 0 without dropout may never bring the number of events; name the latest time of the analysis"
        )
      }
    }
    self.controlCount = controlCount
    self.experimentalCount = experimentalCount
    self.control = control
    self.hazardRatio = hazardRatio
    self.accrual = accrual
    self.accrualRate = rate
    self.analysis = analysis
    self.controlDropout = controlDropout
    self.experimentalDropout = experimentalDropout
  }

  public var count: Int { controlCount + experimentalCount }

  /// The same trial with equal hazards in both arms.
  public func underNull() throws(SurvivalInputError) -> TrialScenario {
    try TrialScenario(
      controlCount: controlCount, experimentalCount: experimentalCount, control: control,
      hazardRatio: PiecewiseConstant(1), accrual: accrual, accrualRate: accrualRate, analysis: analysis,
      controlDropout: controlDropout, experimentalDropout: experimentalDropout)
  }
}

/// How many of the subjects of a trial have the event: what turns events into subjects.
public enum DesignFollowUp: Sendable, Equatable {
  /// Nothing is assumed: only events are planned.
  case eventsOnly
  /// The probability of an event until the end of the trial, in the control and in the experimental arm.
  case probabilities(control: Double, experimental: Double)
  /// Exponential survival with the hazard of the control arm, uniform accrual over `accrual`, a further `followUp` for the
  /// last subject, and exponential dropout. All in one unit of time.
  case exponential(controlHazard: Double, accrual: Double, followUp: Double, dropoutHazard: Double)

  /// - Throws: `SurvivalInputError` for a probability or duration out of range.
  func check() throws(SurvivalInputError) {
    switch self {
    case .eventsOnly: break
    case .probabilities(let control, let experimental):
      for p in [control, experimental] where !(p > 0 && p <= 1) {
        throw SurvivalInputError(.badSetting, "the probability of an event lies above 0 and up to 1, not \(p)")
      }
    case .exponential(let hazard, let accrual, let followUp, let dropout):
      guard hazard > 0, hazard.isFinite else {
        throw SurvivalInputError(.badSetting, "the hazard of the control arm is a rate above 0, not \(hazard)")
      }
      guard accrual >= 0, followUp >= 0, accrual + followUp > 0, (accrual + followUp).isFinite else {
        throw SurvivalInputError(
          .badSetting, "accrual and follow-up are durations of 0 or more, not both 0: \(accrual) and \(followUp)")
      }
      guard dropout >= 0, dropout.isFinite else {
        throw SurvivalInputError(.badSetting, "the hazard of dropout is a rate of 0 or more, not \(dropout)")
      }
    }
  }

  /// The probability of an event in the control and the experimental arm; nil where nothing is assumed.
  public func eventProbabilities(hazardRatio: Double) -> (control: Double, experimental: Double)? {
    switch self {
    case .eventsOnly: return nil
    case .probabilities(let control, let experimental): return (control, experimental)
    case .exponential(let hazard, _, _, _):
      return (eventProbability(hazard: hazard), eventProbability(hazard: hazard * hazardRatio))
    }
  }

  /// λ/(λ + η) times the probability of leaving by event or dropout before the end, averaged over uniform entry:
  /// 1 − e^(−hF) (1 − e^(−hR))/(hR) with h = λ + η, follow-up F and accrual R. Lachin & Foulkes 1986, section 2.
  ///
  /// Written as a sum of two terms of one sign, so that a small probability keeps its digits.
  func eventProbability(hazard: Double) -> Double {
    guard case .exponential(_, let accrual, let followUp, let dropout) = self else { return .nan }
    let total = hazard + dropout
    let late = -exponentialMinusOne(-total * followUp)
    let early = (1 - late) * total * accrual * ExponentialRemainder.value(-total * accrual)
    return hazard / total * (late + early)
  }
}

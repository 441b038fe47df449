internal import Distributions

/// The formulas of a design, as functions of the hazard ratio: every question is an inversion of one of them.
///
/// Legend: θ = ln HR − ln margin, π the share of an arm, D events, N subjects, z_α and z_β the critical value and the
/// quantile of the power.
struct DesignModel {
  let method: DesignMethod
  let test: DesignTest
  let ratio: Double
  let followUp: DesignFollowUp
  let variance: Double?
  let r2: Double

  struct Solution {
    let hazardRatio: Double
    let power: Double
    let events: Double
    /// All subjects; nil where only events are planned.
    let subjects: Double?
  }

  init(
    method: DesignMethod, test: DesignTest, allocationRatio: Double, followUp: DesignFollowUp,
    covariateVariance: Double?, covariateR2: Double
  ) throws(SurvivalInputError) {
    guard allocationRatio > 0, allocationRatio.isFinite else {
      throw SurvivalInputError(
        .badSetting, "the allocation ratio, experimental to control, is a number above 0, not \(allocationRatio)")
    }
    try followUp.check()
    if test.margin != 1, method == .freedman || method == .lachinFoulkes {
      throw SurvivalInputError(
        .badSetting,
        "the formula \(method.rawValue) is for a null hypothesis of equal hazards; use schoenfeld with a margin")
    }
    if method == .lachinFoulkes {
      guard case .exponential = followUp else {
        throw SurvivalInputError(
          .badSetting, "lachin-foulkes needs the hazard or median of the control arm, accrual and follow-up")
      }
    }
    if let covariateVariance {
      guard covariateVariance > 0, covariateVariance.isFinite else {
        throw SurvivalInputError(.badSetting, "the variance of the covariate is above 0, not \(covariateVariance)")
      }
      guard covariateR2 >= 0, covariateR2 < 1 else {
        throw SurvivalInputError(.badSetting, "R² of the covariate lies from 0 to below 1, not \(covariateR2)")
      }
      if case .exponential = followUp {
        throw SurvivalInputError(
          .badSetting, "a covariate has no control arm; give the probability of an event over all subjects")
      }
    }
    guard (method == .hsiehLavori) == (covariateVariance != nil) else {
      throw SurvivalInputError(.badSetting, "hsieh-lavori and a variance of the covariate belong together")
    }
    (self.method, self.test, ratio, self.followUp) = (method, test, allocationRatio, followUp)
    (variance, r2) = (covariateVariance, covariateR2)
  }

  var shares: (control: Double, experimental: Double) { (1 / (1 + ratio), ratio / (1 + ratio)) }

  func arms(_ total: Double) -> TrialDesign.Arms {
    TrialDesign.Arms(control: total * shares.control, experimental: total * shares.experimental)
  }

  func probabilities(_ hazardRatio: Double) -> (control: Double, experimental: Double)? {
    followUp.eventProbabilities(hazardRatio: hazardRatio)
  }

  /// Expected events per subject.
  func eventShare(_ hazardRatio: Double) -> Double? {
    probabilities(hazardRatio).map { shares.control * $0.control + shares.experimental * $0.experimental }
  }

  /// The statistic's expected value per square root of an event; an event-driven method only.
  func effect(_ hazardRatio: Double, ratio: Double) -> Double {
    switch method {
    case .schoenfeld:
      return abs(logarithm(hazardRatio) - test.logMargin) * ratio.squareRoot() / (1 + ratio)
    case .freedman: return abs(1 - hazardRatio) * ratio.squareRoot() / (1 + ratio * hazardRatio)
    case .hsiehLavori:
      return abs(logarithm(hazardRatio) - test.logMargin) * ((variance ?? .nan) * (1 - r2)).squareRoot()
    case .lachinFoulkes: return .nan
    }
  }

  // MARK: Power

  func power(events: Double, hazardRatio: Double, ratio: Double) -> Double {
    StandardNormal.upperTail(test.criticalValue - events.squareRoot() * effect(hazardRatio, ratio: ratio))
  }

  /// - Parameter ratio: the allocation that is, which rounding may have changed.
  func power(subjects: Double, hazardRatio: Double, ratio: Double) -> Double {
    if method == .lachinFoulkes {
      let (null, alternative, difference) = rates(hazardRatio, ratio: ratio)
      return StandardNormal.upperTail(
        (test.criticalValue * null.squareRoot() - difference * subjects.squareRoot()) / alternative.squareRoot())
    }
    let p = probabilities(hazardRatio) ?? (.nan, .nan)
    return power(
      events: subjects * (p.control + ratio * p.experimental) / (1 + ratio), hazardRatio: hazardRatio, ratio: ratio)
  }

  /// Lachin & Foulkes: N times the variance of the difference of two exponential rates under both hypotheses, and the
  /// difference. A rate estimated from n subjects has the variance λ²/(n P), P the probability of an event.
  private func rates(_ hazardRatio: Double, ratio: Double) -> (null: Double, alternative: Double, difference: Double) {
    guard case .exponential(let control, _, _, _) = followUp else { return (.nan, .nan, .nan) }
    let experimental = control * hazardRatio
    let (p, q) = (1 / (1 + ratio), ratio / (1 + ratio))
    func variance(_ hazard: Double) -> Double { hazard * hazard / followUp.eventProbability(hazard: hazard) }
    let pooled = p * control + q * experimental
    return (
      variance(pooled) * (1 / p + 1 / q), variance(control) / p + variance(experimental) / q,
      abs(control - experimental)
    )
  }

  // MARK: Size

  func size(hazardRatio: Double, power: Double) -> (events: Double, subjects: Double?) {
    let zBeta = StandardNormal.quantile(power)
    if method == .lachinFoulkes {
      let (null, alternative, difference) = rates(hazardRatio, ratio: ratio)
      let root = (test.criticalValue * null.squareRoot() + zBeta * alternative.squareRoot()) / difference
      return (root * root * (eventShare(hazardRatio) ?? .nan), root * root)
    }
    let root = (test.criticalValue + zBeta) / effect(hazardRatio, ratio: ratio)
    return (root * root, eventShare(hazardRatio).map { root * root / $0 })
  }

  /// Whole numbers, and what they come to.
  func rounded(_ solution: Solution) -> TrialDesign.Rounded {
    // A size that is whole but for round-off is not rounded up by one.
    func up(_ value: Double) -> Double { (value * (1 - 1e-12)).rounded(.up) }
    let events = up(solution.events)
    let hr = solution.hazardRatio
    var powerOfEvents = power(events: events, hazardRatio: hr, ratio: ratio)
    guard let subjects = solution.subjects, let p = probabilities(hr) else {
      return TrialDesign.Rounded(
        events: events, powerOfEvents: powerOfEvents, subjects: nil, expectedEvents: nil, powerOfSubjects: nil)
    }
    guard variance == nil else {
      // No arms: one number of subjects.
      let whole = up(subjects)
      return TrialDesign.Rounded(
        events: events, powerOfEvents: powerOfEvents, subjects: TrialDesign.Arms(control: whole, experimental: 0),
        expectedEvents: TrialDesign.Arms(control: whole * p.control, experimental: 0),
        powerOfSubjects: power(subjects: whole, hazardRatio: hr, ratio: 1))
    }
    let planned = arms(subjects)
    let whole = TrialDesign.Arms(control: up(planned.control), experimental: up(planned.experimental))
    let actual = whole.experimental / whole.control
    if method == .lachinFoulkes {
      powerOfEvents = power(subjects: events / (eventShare(hr) ?? .nan), hazardRatio: hr, ratio: ratio)
    }
    return TrialDesign.Rounded(
      events: events, powerOfEvents: powerOfEvents, subjects: whole,
      expectedEvents: TrialDesign.Arms(
        control: whole.control * p.control, experimental: whole.experimental * p.experimental),
      powerOfSubjects: power(subjects: whole.total, hazardRatio: hr, ratio: actual))
  }

  func criticalHazardRatio(events: Double, hazardRatio: Double) -> Double? {
    let scale: Double
    switch method {
    case .schoenfeld: scale = ratio.squareRoot() / (1 + ratio)
    case .hsiehLavori: scale = ((variance ?? .nan) * (1 - r2)).squareRoot()
    case .freedman, .lachinFoulkes: return nil
    }
    let side = hazardRatio < test.margin ? -1.0 : 1.0
    return exponential(test.logMargin + side * test.criticalValue / (scale * events.squareRoot()))
  }
}

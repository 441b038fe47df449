internal import Distributions

extension DesignModel {
  /// - Throws: `SurvivalInputError` for a value out of range, or a question without an answer.
  func solve(_ question: TrialDesign.Question) throws(SurvivalInputError) -> Solution {
    switch question {
    case .size(let hazardRatio, let power):
      try check(hazardRatio: hazardRatio)
      try check(power: power)
      let size = size(hazardRatio: hazardRatio, power: power)
      return Solution(hazardRatio: hazardRatio, power: power, events: size.events, subjects: size.subjects)
    case .powerOfEvents(let events, let hazardRatio):
      try check(hazardRatio: hazardRatio)
      try check(size: events, "events")
      let subjects = eventShare(hazardRatio).map { events / $0 }
      return Solution(
        hazardRatio: hazardRatio, power: power(events: events, hazardRatio), events: events, subjects: subjects)
    case .powerOfSubjects(let subjects, let hazardRatio):
      try check(hazardRatio: hazardRatio)
      try check(size: subjects, "subjects")
      let share = try requireEventShare(hazardRatio)
      return Solution(
        hazardRatio: hazardRatio, power: power(subjects: subjects, hazardRatio: hazardRatio, ratio: ratio),
        events: subjects * share, subjects: subjects)
    case .hazardRatioOfEvents(let events, let power, let isBenefit):
      try check(power: power)
      try check(size: events, "events")
      let hazardRatio = try hazardRatio(power, isBenefit: isBenefit) { self.power(events: events, $0) }
      return Solution(
        hazardRatio: hazardRatio, power: power, events: events, subjects: eventShare(hazardRatio).map { events / $0 })
    case .hazardRatioOfSubjects(let subjects, let power, let isBenefit):
      try check(power: power)
      try check(size: subjects, "subjects")
      _ = try requireEventShare(test.margin)
      let hazardRatio = try hazardRatio(power, isBenefit: isBenefit) {
        self.power(subjects: subjects, hazardRatio: $0, ratio: ratio)
      }
      return Solution(
        hazardRatio: hazardRatio, power: power, events: subjects * (try requireEventShare(hazardRatio)),
        subjects: subjects)
    }
  }

  /// The power of a number of events; for Lachin and Foulkes that of the subjects who have them.
  private func power(events: Double, _ hazardRatio: Double) -> Double {
    method == .lachinFoulkes
      ? power(subjects: events / (eventShare(hazardRatio) ?? .nan), hazardRatio: hazardRatio, ratio: ratio)
      : power(events: events, hazardRatio: hazardRatio, ratio: ratio)
  }

  /// The hazard ratio nearest to the margin that has the power, by doubling the distance on the log scale and bisection to
  /// the last digit.
  ///
  /// Towards 0 the power need not reach 1: the number of events shrinks with the hazard, and Freedman's effect is bounded.
  /// Beyond a factor of 1,000 from the margin an answer would be one of the formula, not of a trial.
  private func hazardRatio(
    _ wanted: Double, isBenefit: Bool, power: (Double) -> Double
  ) throws(SurvivalInputError) -> Double {
    let side = isBenefit ? -1.0 : 1.0
    func at(_ distance: Double) -> Double { exponential(test.logMargin + side * distance) }
    var (low, high) = (0.0, 0.01)
    while power(at(high)) < wanted {
      low = high
      high *= 1.25
      guard high < 7 else {
        throw SurvivalInputError(
          .badSetting,
          "no hazard ratio \(isBenefit ? "below" : "above") \(test.margin) is detected with power \(wanted) at "
            + "this size; make the trial larger")
      }
    }
    for _ in 0..<200 where high - low > 1e-16 * high {
      let middle = (low + high) / 2
      if power(at(middle)) < wanted { low = middle } else { high = middle }
    }
    return at(high)
  }

  private func requireEventShare(_ hazardRatio: Double) throws(SurvivalInputError) -> Double {
    guard let share = eventShare(hazardRatio) else {
      throw SurvivalInputError(
        .badSetting,
        "a number of subjects needs the probability of an event: give the control median or hazard with accrual "
          + "and follow-up, or the probabilities themselves")
    }
    return share
  }

  private func check(hazardRatio: Double) throws(SurvivalInputError) {
    guard hazardRatio > 0, hazardRatio.isFinite else {
      throw SurvivalInputError(.badSetting, "a hazard ratio is a number above 0, not \(hazardRatio)")
    }
    guard hazardRatio != test.margin else {
      throw SurvivalInputError(
        .badSetting, "the true hazard ratio \(hazardRatio) is that of the null hypothesis: no size has any power")
    }
    if test.margin != 1, hazardRatio > test.margin {
      throw SurvivalInputError(
        .badSetting,
        "the true hazard ratio \(hazardRatio) lies above the margin \(test.margin): the null hypothesis holds")
    }
  }

  private func check(power: Double) throws(SurvivalInputError) {
    guard power > test.levelPerSide, power < 1 else {
      throw SurvivalInputError(
        .badSetting, "the power lies between the level of the test and 1, not \(power)")
    }
  }

  private func check(size: Double, _ what: String) throws(SurvivalInputError) {
    guard size > 0, size.isFinite else {
      throw SurvivalInputError(.badSetting, "the number of \(what) is above 0, not \(size)")
    }
  }
}

public import LinearAlgebra

/// Gray's test of equal cumulative incidence of one cause in two or more groups, stratified where asked.
///
/// A log-rank test in which who had another event stays, in part, at risk: with R_g = n_g (1 − F_g(t−))/S_g(t−), F_g the
/// Aalen–Johansen incidence and S_g the event-free curve of the group, the score of group g is
/// Σ W(t) (d_g − d R_g / Σ R), W = (1 − F⁰(t−))^ρ. The pooled incidence rises by d / Σ h, h_g = n_g / S_g(t−), and stands
/// for every group's F in the variance (Gray's σ̂), to which events of the other causes contribute as well. Tied events have
/// the factor 1 − (d − 1)/(m − 1), m the number at risk: n_g for other causes, S_g(t−) Σ h for the cause tested.
/// (That factor may be negative when many events tie in few rows; a negative variance gives no statistic: NaN.)
/// Where one group alone is at risk nothing is compared. Without competing events the scores are those of the log-rank test,
/// the variance is another estimate of the same. O(n + times · groups³).
/// Source: Gray, Ann Stat 1988;16:1141–1154, sections 2 and 3.
public struct GrayTest: Sendable, Equatable {
  /// The cause tested, counted from 1, and its name.
  public let cause: Int
  public let causeLabel: String
  public let rho: Double
  public let labels: [String]
  /// Weighted events less those expected, per group.
  public let scores: [Double]
  /// Covariance of the scores.
  public let variance: Matrix
  public let result: ChiSquaredTest
  public let isStratified: Bool
  public let strataCount: Int

  /// - Throws: `SurvivalInputError` with fewer than two groups, no event of the cause, delayed entry or case weights.
  public init(
    _ risks: CompetingRisks, cause: Int, groups: Grouping, strata: Grouping? = nil, rho: Double = 0
  ) throws(SurvivalInputError) {
    guard groups.count >= 2 else {
      throw SurvivalInputError(.tooFewGroups, "a comparison needs at least two groups; there is \(groups.count)")
    }
    guard rho.isFinite else { throw SurvivalInputError(.badSetting, "rho is a finite number, not \(rho)") }
    try risks.requireUnweighted("Gray's test")
    try risks.require(cause: cause)
    let size = groups.count
    let order = StratifiedOrder(risks.data, strata: strata)
    var score = [CompensatedSum](repeating: CompensatedSum(), count: size)
    var covariance = [CompensatedSum](repeating: CompensatedSum(), count: size * size)
    var isCompared = [Bool](repeating: false, count: size)
    for s in 0..<order.strataCount {
      let walk = GrayWalk(
        risks, cause: Int32(cause), groups: groups, order: order, range: order.starts[s]..<order.starts[s + 1],
        rho: rho)
      walk.addScores(to: &score, isCompared: &isCompared)
      walk.addVariance(to: &covariance)
    }
    self.cause = cause
    causeLabel = risks.labels[cause - 1]
    self.rho = rho
    labels = groups.labels
    scores = score.map(\.value)
    variance = Matrix(rows: size, columns: size, values: covariance.map(\.value))
    isStratified = strata != nil
    strataCount = strata?.count ?? 1
    // A negative variance, which many ties in few rows can give, is none.
    result =
      variance.diagonal.contains { $0 < 0 }
      ? ChiSquaredTest(statistic: .nan, degreesOfFreedom: max(1, isCompared.count { $0 } - 1))
      : ChiSquaredTest(difference: scores, variance: variance, everAtRisk: isCompared)
  }
}

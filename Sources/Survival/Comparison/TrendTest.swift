internal import LinearAlgebra

/// Tarone's test for a trend over ordered groups: do events rise or fall with a score?
///
/// With O − E and V of a (weighted, stratified) log-rank test and a score s_g per group, z = Σ s_g (O_g − E_g) / √(sᵀVs),
/// and z² has one degree of freedom. Positive z: more events than expected at higher scores. Adding a constant to the scores
/// changes nothing, so they are centred first; with two groups it is the log-rank test.
/// Source: Tarone, Biometrika 1975;62:679–682; Klein & Moeschberger 2003, section 7.4.
public struct TrendTest: Sendable, Equatable, Codable {
  public let labels: [String]
  public let scores: [Double]
  /// Σ s (O − E).
  public let statistic: Double
  /// sᵀVs.
  public let variance: Double
  /// NaN where the variance is 0: nothing was compared.
  public let z: Double
  public let result: ChiSquaredTest

  /// - Throws: `SurvivalInputError` when there is not one finite score per group, or all are equal.
  public init(_ test: LogRankTest, scores: [Double]) throws(SurvivalInputError) {
    guard scores.count == test.labels.count else {
      throw SurvivalInputError(
        .badSetting, "a trend over \(test.labels.count) groups takes as many scores, not \(scores.count)")
    }
    guard scores.allSatisfy(\.isFinite) else {
      throw SurvivalInputError(.badSetting, "a score of a trend is a finite number")
    }
    guard scores.contains(where: { $0 != scores[0] }) else {
      throw SurvivalInputError(.badSetting, "the scores of a trend are not all the same")
    }
    labels = test.labels
    self.scores = scores
    let centre = scores.reduce(0) { $0 + $1 / Double(scores.count) }
    let s = scores.map { $0 - centre }
    var statistic = CompensatedSum()
    var variance = CompensatedSum()
    for g in s.indices {
      statistic.add(s[g] * (test.weightedObserved[g] - test.weightedExpected[g]))
      for h in s.indices { variance.add(s[g] * s[h] * test.variance[g, h]) }
    }
    self.statistic = statistic.value
    self.variance = max(0, variance.value)
    let isCompared = self.variance > 0
    z = isCompared ? statistic.value / self.variance.squareRoot() : .nan
    result = ChiSquaredTest(statistic: isCompared ? z * z : 0, degreesOfFreedom: isCompared ? 1 : 0)
  }
}

internal import Distributions

/// A chi-squared statistic with its p-value.
public struct ChiSquaredTest: Sendable, Equatable, Codable {
  public let statistic: Double
  public let degreesOfFreedom: Int
  public let p: Double
  /// ln p: finite where p itself underflows.
  public let logP: Double

  public init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    p = ChiSquared.upperTail(statistic, df: Double(degreesOfFreedom))
    logP = ChiSquared.logUpperTail(statistic, df: Double(degreesOfFreedom))
  }
}

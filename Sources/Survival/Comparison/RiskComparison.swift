internal import Distributions

/// The proportion of subjects with an event, with Wilson's score interval.
///
/// The interval stays inside [0, 1] and is not empty at 0 or n events. Source: Wilson, JASA 1927;22:209–212.
public struct Proportion: Sendable, Equatable, Codable {
  public let events: Int
  public let count: Int
  public let level: Double
  public let lower: Double
  public let upper: Double
  public var estimate: Double { Double(events) / Double(count) }

  /// - Throws: `SurvivalInputError` for no subjects, more events than subjects, or a level outside (0, 1).
  public init(events: Int, count: Int, level: Double = 0.95) throws(SurvivalInputError) {
    guard count > 0 else { throw SurvivalInputError(.empty, "a proportion needs at least one subject") }
    guard events >= 0, events <= count else {
      throw SurvivalInputError(.badSetting, "\(events) events among \(count) subjects is not a proportion")
    }
    guard level > 0, level < 1 else {
      throw SurvivalInputError(.badSetting, "a confidence level lies between 0 and 1, not \(level)")
    }
    self.events = events
    self.count = count
    self.level = level
    let z = StandardNormal.criticalValue(level: level)
    let (n, p) = (Double(count), Double(events) / Double(count))
    let centre = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    lower = events == 0 ? 0 : (centre - half) / scale
    upper = events == count ? 1 : (centre + half) / scale
  }
}

/// Two proportions: the risk difference and the risk ratio of the experimental group against the control.
///
/// Difference: Newcombe's hybrid of the two Wilson intervals (Stat Med 1998;17:873–890, method 10). Ratio: normal on the
/// log scale, variance 1/a − 1/n + 1/b − 1/m (Katz et al., Biometrics 1978;34:469–474); NaN limits without events in a
/// group.
public struct RiskComparison: Sendable, Equatable, Codable {
  public struct Contrast: Sendable, Equatable, Codable {
    public let estimate: Double
    public let lower: Double
    public let upper: Double
  }
  public let experimental: Proportion
  public let control: Proportion
  public let difference: Contrast
  public let ratio: Contrast

  public init(experimental: Proportion, control: Proportion) {
    precondition(experimental.level == control.level, "two proportions are compared at one level")
    self.experimental = experimental
    self.control = control
    let (p, q) = (experimental.estimate, control.estimate)
    func norm(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    difference = Contrast(
      estimate: p - q, lower: p - q - norm(p - experimental.lower, control.upper - q),
      upper: p - q + norm(experimental.upper - p, q - control.lower))
    let (a, b) = (Double(experimental.events), Double(control.events))
    let error = (1 / a - 1 / Double(experimental.count) + 1 / b - 1 / Double(control.count)).squareRoot()
    let half = StandardNormal.criticalValue(level: experimental.level) * error
    let isEstimable = a > 0 && b > 0
    ratio = Contrast(
      estimate: p / q, lower: isEstimable ? p / q * exponential(-half) : .nan,
      upper: isEstimable ? p / q * exponential(half) : .nan)
  }
}

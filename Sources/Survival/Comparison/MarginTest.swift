internal import Distributions

/// A test of the hazard ratio of two groups against a margin other than 1: non-inferiority, or superiority by more.
///
/// H0: the ratio of the second group to the first is at least the margin (alternative `less`), or at most (`greater`). The
/// score test is that of the Cox model with the offset ln(margin) for the rows of the second group, at coefficient 0: z = U/√I,
/// the log-rank test where the margin is 1 (with Cox ties in place of the hypergeometric variance). Wald:
/// z = (b − ln margin)/SE from the Cox estimate, which agrees with the confidence interval. Both are one-sided.
/// Sources: Com-Nougue, Rodary & Patte, Stat Med 1993;12:1353–1364; Cox, JRSS B 1972;34:187–220.
public struct MarginTest: Sendable, Equatable {
  public let margin: Double
  public let alternative: HazardAlternative
  public let ties: TieMethod
  public let isStratified: Bool
  /// NaN when the groups are never at risk together at an event.
  public let scoreZ: Double
  public let scoreP: Double
  /// NaN when the hazard ratio has no estimate, too.
  public let waldZ: Double
  public let waldP: Double
  public let hazardRatio: CoxFit.HazardRatio

  /// - Parameters:
  ///   - data: the rows.
  ///   - groups: the groups, a code for each row; the first is the reference.
  ///   - strata: rows that are compared among themselves only; nil for one stratum.
  ///   - margin: a finite ratio above 0.
  ///   - alternative: `less` or `greater`; `twoSided` is no direction.
  ///   - ties: how tied events are counted.
  ///   - level: of the confidence interval, in (0, 1).
  /// - Throws: `SurvivalInputError` for other than two groups, a margin or alternative that is none; `CoxFitError` as the
  ///   Cox model (no event).
  public init(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping? = nil, margin: Double,
    alternative: HazardAlternative = .less,
    ties: TieMethod = .efron, level: Double = 0.95
  ) throws {
    guard groups.count == 2 else {
      throw SurvivalInputError(.notSupported, "a margin compares two groups; there are \(groups.count)")
    }
    guard margin.isFinite, margin > 0 else {
      throw SurvivalInputError(.badSetting, "a margin is a hazard ratio above 0, not \(margin)")
    }
    guard alternative != .twoSided else {
      throw SurvivalInputError(.badSetting, "a margin is tested in one direction: less or greater")
    }
    self.margin = margin
    self.alternative = alternative
    self.ties = ties
    isStratified = strata != nil
    let design = try DesignMatrix([.factor(name: "group", levels: groups, reference: nil)], rows: data.count)
    let model = CoxModel(ties: ties)
    let fit = try model.fit(data, design, strata: strata)
    let shift = logarithm(margin)
    let shifted = try model.fit(data, design, strata: strata, offset: groups.codes.map { $0 == 1 ? shift : 0 })
    // The likelihood is concave: the score at 0 has the sign of the estimate, also where that runs off to infinity.
    let coefficient = shifted.coefficients[0]
    let size = shifted.scoreTest.statistic.squareRoot()
    scoreZ = coefficient.isNaN ? .nan : coefficient < 0 ? -size : size
    let ratio = fit.hazardRatios(level: level)[0]
    hazardRatio = ratio
    waldZ = ratio.estimate.isNaN ? .nan : (fit.coefficients[0] - shift) / fit.standardErrors[0]
    func p(_ z: Double) -> Double { z.isNaN ? .nan : StandardNormal.upperTail(alternative.extremeness(of: z)) }
    (scoreP, waldP) = (p(scoreZ), p(waldZ))
  }
}

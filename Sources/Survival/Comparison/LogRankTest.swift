internal import Distributions
public import LinearAlgebra

/// The (weighted, stratified) log-rank test of equal survival in two or more groups.
///
/// Per event time with d events among n at risk, group g expects e = d n_g / n, and the covariance of the groups' events
/// is hypergeometric, d (n − d)/(n − 1) · n_g/n · (δ − n_h/n). Observed minus expected and the covariance are weighted,
/// summed over times and strata, and give a chi-squared statistic with one degree of freedom less than the number of
/// groups that were ever at risk at an event. Left truncation is respected; case weights are refused (no standard
/// definition).
/// Sources: Mantel 1966; Klein & Moeschberger 2003, section 7.3.
public struct LogRankTest: Sendable, Equatable {
  public let weighting: LogRankWeighting
  public let labels: [String]
  /// Rows per group.
  public let counts: [Int]
  public let observed: [Double]
  public let expected: [Double]
  public let weightedObserved: [Double]
  public let weightedExpected: [Double]
  /// Covariance of the weighted observed minus expected.
  public let variance: Matrix
  public let result: ChiSquaredTest
  public let isStratified: Bool
  public let strataCount: Int

  /// - Throws: `SurvivalInputError` with fewer than two groups, no event, case weights, or a weight that is not finite.
  public init(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping? = nil, weighting: LogRankWeighting = .logRank
  ) throws(SurvivalInputError) {
    try LogRankTest.check(data, groups: groups)
    guard data.eventCount > 0 else {
      throw SurvivalInputError(.tooFewGroups, "there is no event, so there is nothing to compare")
    }
    let sums = LogRankSums(data, groups: groups, strata: strata, weighting: weighting)
    try LogRankTest.requireFinite(sums.areFinite, weighting)
    let size = groups.count
    let values = sums.values
    self.weighting = weighting
    labels = groups.labels
    counts = data.groupedCounts(JointCodes(groups: groups))?.totals ?? groups.rowCounts
    observed = values.observed
    expected = values.expected
    weightedObserved = values.weightedObserved
    weightedExpected = values.weightedExpected
    variance = Matrix(rows: size, columns: size, values: values.covariance)
    isStratified = strata != nil
    strataCount = strata?.count ?? 1
    result = ChiSquaredTest(
      difference: zip(weightedObserved, weightedExpected).map { $0 - $1 }, variance: variance,
      everAtRisk: expected.map { $0 > 0 })
  }

  /// What every comparison of groups by log-rank scores asks of its input.
  static func check(_ data: TimeToEvent, groups: Grouping) throws(SurvivalInputError) {
    guard groups.count >= 2 else {
      throw SurvivalInputError(.tooFewGroups, "a comparison needs at least two groups; there is \(groups.count)")
    }
    guard data.weights == nil else {
      throw SurvivalInputError(.notSupported, "the log-rank test with case weights is not defined here")
    }
  }

  /// A weight 1 / S(t−) has no value once everybody at risk has had the event and others enter later.
  static func requireFinite(_ areFinite: Bool, _ weighting: LogRankWeighting) throws(SurvivalInputError) {
    guard areFinite else {
      throw SurvivalInputError(
        .notSupported,
        "\(weighting.name) has no weights here: by delayed entry there are events after the pooled curve reached 0; take an "
          + "earlier time or another test")
    }
  }

  /// For two groups: (O − E)/√V of the second, negative when it has fewer events than expected. Nil otherwise.
  public var z: Double? {
    guard labels.count == 2, variance[1, 1] > 0 else { return nil }
    return (weightedObserved[1] - weightedExpected[1]) / variance[1, 1].squareRoot()
  }

  /// The one-sided p-value for fewer events than expected in the second of two groups. Nil otherwise.
  public var oneSidedLowerP: Double? { p(.less) }

  /// The p-value against an alternative; one-sided ones exist for two groups that are compared, else nil.
  public func p(_ alternative: HazardAlternative) -> Double? {
    switch alternative {
    case .twoSided: result.degreesOfFreedom > 0 ? result.p : nil
    case .less: z.map(StandardNormal.cdf)
    case .greater: z.map(StandardNormal.upperTail)
    }
  }

  /// Peto's one-step hazard ratio exp((O − E)/V) of the second group against the first, with its interval; nil for
  /// weighted tests or more than two groups. Yusuf et al., Prog Cardiovasc Dis 1985;27:335–371.
  public func petoHazardRatio(level: Double) -> (estimate: Double, lower: Double, upper: Double)? {
    guard labels.count == 2, variance[1, 1] > 0, weighting.isUnweighted else { return nil }
    let difference = weightedObserved[1] - weightedExpected[1]
    let v = variance[1, 1]
    let half = StandardNormal.criticalValue(level: level) / v.squareRoot()
    return (exponential(difference / v), exponential(difference / v - half), exponential(difference / v + half))
  }
}

extension LogRankWeighting {
  var isUnweighted: Bool {
    switch self {
    case .logRank: true
    case .flemingHarrington(let rho, let gamma): rho == 0 && gamma == 0
    default: false
    }
  }
}

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

  /// - Throws: `SurvivalInputError` with fewer than two groups, no event, or case weights.
  public init(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping? = nil, weighting: LogRankWeighting = .logRank
  ) throws(SurvivalInputError) {
    try LogRankTest.check(data, groups: groups)
    guard data.eventCount > 0 else {
      throw SurvivalInputError(.tooFewGroups, "there is no event, so there is nothing to compare")
    }
    let size = groups.count
    var observed = [Double](repeating: 0, count: size)
    var expected = [CompensatedSum](repeating: CompensatedSum(), count: size)
    var weightedObserved = [CompensatedSum](repeating: CompensatedSum(), count: size)
    var weightedExpected = [CompensatedSum](repeating: CompensatedSum(), count: size)
    var covariance = [CompensatedSum](repeating: CompensatedSum(), count: size * size)
    var currentStratum = -1
    var survival = 1.0
    var petoSurvival = 1.0

    forEachEventTime(data, groups: groups, strata: strata) { stratum, counts in
      if stratum != currentStratum {
        (currentStratum, survival, petoSurvival) = (stratum, 1, 1)
      }
      let n = counts.totalAtRisk
      let d = counts.totalEvents
      petoSurvival *= 1 - d / (n + 1)
      let weight = weighting.weight(atRisk: n, pooledSurvivalBefore: survival, petoSurvival: petoSurvival)
      survival *= (n - d) / n
      let spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) : 0
      for g in 0..<size where counts.atRisk[g] > 0 {
        let share = counts.atRisk[g] / n
        observed[g] += counts.events[g]
        expected[g].add(d * share)
        weightedObserved[g].add(weight * counts.events[g])
        weightedExpected[g].add(weight * d * share)
        guard spread > 0 else { continue }
        for h in 0..<size where counts.atRisk[h] > 0 {
          // n_g/n (1 - n_g/n) as a product of counts: the difference of two shares would lose digits.
          let term = g == h ? share * (n - counts.atRisk[g]) / n : -share * counts.atRisk[h] / n
          covariance[g * size + h].add(spread * term)
        }
      }
    }

    self.weighting = weighting
    labels = groups.labels
    counts = groups.codes.reduce(into: [Int](repeating: 0, count: size)) { $0[Int($1)] += 1 }
    self.observed = observed
    self.expected = expected.map(\.value)
    self.weightedObserved = weightedObserved.map(\.value)
    self.weightedExpected = weightedExpected.map(\.value)
    variance = Matrix(rows: size, columns: size, values: covariance.map(\.value))
    isStratified = strata != nil
    strataCount = strata?.count ?? 1
    result = ChiSquaredTest(
      difference: zip(self.weightedObserved, self.weightedExpected).map { $0 - $1 }, variance: variance,
      everAtRisk: self.expected.map { $0 > 0 })
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

  /// For two groups: (O − E)/√V of the second, negative when it has fewer events than expected. Nil otherwise.
  public var z: Double? {
    guard labels.count == 2, variance[1, 1] > 0 else { return nil }
    return (weightedObserved[1] - weightedExpected[1]) / variance[1, 1].squareRoot()
  }

  /// The one-sided p-value for fewer events than expected in the second of two groups. Nil otherwise.
  public var oneSidedLowerP: Double? { z.map { StandardNormal.cdf($0) } }

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

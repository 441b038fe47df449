internal import Distributions
public import LinearAlgebra

/// The largest of several weighted log-rank statistics of two groups, with the p-value of a maximum.
///
/// Each component is z = (O − E)/√V of a weighted (stratified) log-rank test, negative for fewer events in the second group
/// than expected. Their covariances come from the same risk sets, Σ w_a w_b d (n − d)/(n − 1) n_0 n_1/n². The statistic is
/// max |z|, max −z or max z by the alternative, and p the tail of the maximum of normal variables with these correlations,
/// integrated deterministically (`pError` is the estimated error); dependent components (weights with w_a + w_b = w_c) are
/// no difficulty. A component without variance compares nothing: it is left out, its z is NaN.
/// Sources: Karrison, Stata J 2016;16:678–690; Lin et al., Stat Biopharm Res 2020;12:187–198.
public struct MaxComboTest: Sendable, Equatable {
  /// Fleming–Harrington (0,0), (0,1), (1,1), (1,0).
  public static let defaultWeightings: [LogRankWeighting] = [
    .flemingHarrington(rho: 0, gamma: 0), .flemingHarrington(rho: 0, gamma: 1),
    .flemingHarrington(rho: 1, gamma: 1), .flemingHarrington(rho: 1, gamma: 0),
  ]
  /// As many independent components as integration takes in acceptable time.
  public static let largestRank = 4

  public let weightings: [LogRankWeighting]
  public let alternative: HazardAlternative
  public let labels: [String]
  public let isStratified: Bool
  /// O − E of the second group, per component.
  public let differences: [Double]
  /// Covariance of the differences.
  public let variance: Matrix
  /// Per component; NaN without variance.
  public let z: [Double]
  /// Correlations; NaN in the rows and columns of components without variance.
  public let correlation: Matrix
  /// The largest of the components in the direction of the alternative; nil when nothing was compared.
  public let statistic: Double?
  /// The component that is largest.
  public let largest: Int?
  /// NaN when nothing was compared.
  public let p: Double
  public let pError: Double

  /// O(rows) and the integration: milliseconds for three independent components, a second for four.
  ///
  /// - Throws: `SurvivalInputError` as `LogRankTest`, for more or fewer than two groups, no weightings, and more than
  ///   `largestRank` independent components.
  public init(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping? = nil,
    weightings: [LogRankWeighting] = MaxComboTest.defaultWeightings, alternative: HazardAlternative = .twoSided
  ) throws(SurvivalInputError) {
    try LogRankTest.check(data, groups: groups)
    guard groups.count == 2 else {
      throw SurvivalInputError(
        .notSupported, "the largest of several tests is defined for two groups, not \(groups.count)")
    }
    guard !weightings.isEmpty else {
      throw SurvivalInputError(.badSetting, "the largest of several tests needs a test")
    }
    let size = weightings.count
    var walks = weightings.map { WeightWalk($0) }
    var differences = [CompensatedSum](repeating: CompensatedSum(), count: size)
    var covariance = [CompensatedSum](repeating: CompensatedSum(), count: size * size)
    var notFinite: Int?
    forEachEventTime(data, groups: groups, strata: strata) { stratum, counts in
      let (n, d) = (counts.totalAtRisk, counts.totalEvents)
      let expected = d * counts.atRisk[1] / n
      let spread = n > 1 ? d * (n - d) / (n - 1) * (counts.atRisk[0] / n) * (counts.atRisk[1] / n) : 0
      let weights = walks.indices.map { walks[$0].next(stratum: stratum, counts) }
      notFinite = notFinite ?? weights.firstIndex { !$0.isFinite }
      for a in 0..<size {
        differences[a].add(weights[a] * (counts.events[1] - expected))
        for b in 0..<size { covariance[a * size + b].add(weights[a] * weights[b] * spread) }
      }
    }
    if let notFinite { try LogRankTest.requireFinite(false, weightings[notFinite]) }
    let variance = Matrix(rows: size, columns: size, values: covariance.map(\.value))
    let roots = variance.diagonal.map { $0.squareRoot() }
    let z = (0..<size).map { roots[$0] > 0 ? differences[$0].value / roots[$0] : .nan }
    var correlation = Matrix(rows: size, columns: size)
    for a in 0..<size {
      for b in 0..<size { correlation[a, b] = a == b && roots[a] > 0 ? 1 : variance[a, b] / (roots[a] * roots[b]) }
    }
    self.weightings = weightings
    self.alternative = alternative
    labels = groups.labels
    isStratified = strata != nil
    self.differences = differences.map(\.value)
    self.variance = variance
    self.z = z
    self.correlation = correlation
    let used = z.indices.filter { !z[$0].isNaN }
    largest = used.max { alternative.extremeness(of: z[$0]) < alternative.extremeness(of: z[$1]) }
    statistic = largest.map { alternative.extremeness(of: z[$0]) }
    guard let statistic else {
      (p, pError) = (.nan, .nan)
      return
    }
    let part = correlation.submatrix(used)
    let rank = used.count - Cholesky.dependentColumns(of: part, tolerance: NormalMaximum.dependence).count
    guard rank <= MaxComboTest.largestRank else {
      throw SurvivalInputError(
        .notSupported,
        "the largest of \(rank) independent tests is beyond what is integrated (\(MaxComboTest.largestRank)); name fewer"
      )
    }
    (p, pError) = NormalMaximum.upperTail(
      statistic, correlation: part.rowArrays, isTwoSided: alternative == .twoSided)
  }
}

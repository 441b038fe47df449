internal import LinearAlgebra

/// The p-value of weighted log-rank tests by permutation of the groups within strata: no large-sample theory.
///
/// Under no effect at all, and with censoring alike in the groups, every assignment of a stratum's rows to its groups is as
/// likely as the one seen. The statistic is made of the sums U of `LogRankScores` and of their covariance over all
/// assignments, which depends on no assignment: of one test of two groups |U|/σ, −U/σ or U/σ by the alternative, of several
/// tests the largest of these, of more groups the quadratic form of U. p = (1 + b)/(N + 1) with b of N random permutations at
/// least as extreme as the data, so that p is never 0 and the test keeps its level whatever N.
/// Sources: Phipson & Smyth, Stat Appl Genet Mol Biol 2010;9:39; Strasser & Weber, Math Methods Stat 1999;8:220–250 (the
/// covariance).
public struct PermutationTest: Sendable, Equatable, Codable {
  public let alternative: HazardAlternative
  public let permutations: Int
  public let seed: UInt64
  /// Of the data; nil when no assignment differs from another in its sums.
  public let statistic: Double?
  /// Permutations at least as extreme.
  public let extreme: Int
  /// NaN without a statistic.
  public let p: Double
  /// Standard error of p from the number of permutations.
  public var standardErrorOfP: Double { (p * (1 - p) / Double(permutations + 1)).squareRoot() }

  /// O(permutations · rows · weightings).
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - groups: the groups, a code for each row; the first is the reference.
  ///   - strata: rows that are compared among themselves only; nil for one stratum.
  ///   - weightings: one, or several for their maximum (two groups only).
  ///   - alternative: the direction of the one-sided p, or two-sided.
  ///   - permutations: how many assignments are drawn.
  ///   - seed: of the random numbers: the same seed gives the same result.
  /// - Throws: `SurvivalInputError` as `LogRankTest`; with delayed entry, where the risk sets depend on the assignment; for
  ///   a one-sided alternative or several weightings with more than two groups; for fewer than one permutation.
  public init(
    _ data: TimeToEvent, groups: Grouping, strata: Grouping? = nil, weightings: [LogRankWeighting] = [.logRank],
    alternative: HazardAlternative = .twoSided, permutations: Int, seed: UInt64
  ) throws(SurvivalInputError) {
    try LogRankTest.check(data, groups: groups)
    guard permutations >= 1 else {
      throw SurvivalInputError(.badSetting, "a permutation test takes 1 permutation or more, not \(permutations)")
    }
    guard data.entry == nil else {
      throw SurvivalInputError(
        .notSupported, "with delayed entry a subject cannot be exchanged for another: no permutation test")
    }
    guard groups.count == 2 || alternative == .twoSided && weightings.count == 1 else {
      throw SurvivalInputError(
        .notSupported, "one-sided alternatives and the largest of several tests are defined for two groups")
    }
    self.alternative = alternative
    self.permutations = permutations
    self.seed = seed
    var scores: [[Double]] = []
    for weighting in weightings {
      scores.append(try LogRankScores(data, groups: groups, strata: strata, weighting: weighting).values)
    }
    var rows = strata?.rowsByGroup ?? [Array(0..<data.count)]
    rows.removeAll { $0.count < 2 }
    let statistic = PermutationStatistic(scores, groups: groups, strata: rows, alternative: alternative)
    var codes = groups.codes
    let observed = statistic.value(codes)
    self.statistic = observed
    guard let observed else {
      (extreme, p) = (0, .nan)
      return
    }
    // Sums in another order differ by round-off; equal ones must count as equal.
    let limit = observed - 1e-9 * max(1, abs(observed))
    var random = SplitMix64(seed: seed)
    var extreme = 0
    for _ in 0..<permutations {
      for stratum in rows {
        for last in (1..<stratum.count).reversed() {
          codes.swapAt(stratum[last], stratum[random.next(below: last + 1)])
        }
      }
      if statistic.value(codes) ?? 0 >= limit { extreme += 1 }
    }
    self.extreme = extreme
    p = Double(1 + extreme) / Double(permutations + 1)
  }
}

/// The statistic of an assignment of rows to groups.
private struct PermutationStatistic {
  let scores: [[Double]]
  let groups: Int
  let alternative: HazardAlternative
  /// Per test: the covariance of the sums of the groups kept, factored; nil where all sums are the same.
  let factors: [Cholesky?]
  let kept: [[Int]]

  init(_ scores: [[Double]], groups: Grouping, strata: [[Int]], alternative: HazardAlternative) {
    self.scores = scores
    self.alternative = alternative
    let size = groups.count
    self.groups = size
    var factors: [Cholesky?] = []
    var kept: [[Int]] = []
    for values in scores {
      var covariance = Matrix(rows: size, columns: size)
      for rows in strata {
        let n = Double(rows.count)
        let mean = rows.reduce(0) { $0 + values[$1] } / n
        let spread = rows.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) } / (n - 1)
        var counts = [Double](repeating: 0, count: size)
        for row in rows { counts[Int(groups.codes[row])] += 1 }
        for g in 0..<size {
          for h in 0..<size { covariance[g, h] += spread * counts[g] * ((g == h ? 1 : 0) - counts[h] / n) }
        }
      }
      // The sums of all groups add up to 0: the first says nothing beside the others.
      let others = Array(1..<size)
      let dependent = Set(Cholesky.dependentColumns(of: covariance.submatrix(others)))
      let free = others.enumerated().filter { !dependent.contains($0.offset) }.map(\.element)
      kept.append(free)
      factors.append(free.isEmpty ? nil : Cholesky(covariance.submatrix(free)))
    }
    self.factors = factors
    self.kept = kept
  }

  func value(_ codes: [Int32]) -> Double? {
    var largest: Double?
    for (test, values) in scores.enumerated() {
      guard let factor = factors[test] else { continue }
      var sums = [Double](repeating: 0, count: groups)
      for (row, code) in codes.enumerated() { sums[Int(code)] += values[row] }
      var found = factor.quadraticForm(kept[test].map { sums[$0] })
      if groups == 2 {
        found = alternative.extremeness(of: sums[1] < 0 ? -found.squareRoot() : found.squareRoot())
      }
      largest = max(largest ?? found, found)
    }
    return largest
  }
}

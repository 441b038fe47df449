import CKernels
import Testing

@testable import Survival

/// The table of subsets of nested risk sets against every subset written out, and against each risk set anew, at every instruction set.
@Suite(.serialized) struct NestedTiesTests {
  /// Moments of Σ x over subsets of k rows drawn by the product of their risks; covariance as an upper triangle by rows.
  private func enumerated(_ risk: [Double], _ x: [[Double]], _ k: Int) -> (
    sum: Double, mean: [Double], covariance: [Double]
  ) {
    let p = x[0].count
    let subsets = SlowExactTies.subsets(of: k, below: risk.count)
    let weights = subsets.map { $0.reduce(1) { $0 * risk[$1] } }
    let sums = subsets.map { rows in (0..<p).map { j in rows.reduce(0) { $0 + x[$1][j] } } }
    let total = weights.reduce(0, +)
    let mean = (0..<p).map { j in zip(weights, sums).reduce(0) { $0 + $1.0 * $1.1[j] } / total }
    var covariance: [Double] = []
    for i in 0..<p {
      for j in i..<p {
        covariance.append(
          zip(weights, sums).reduce(0) { $0 + $1.0 * ($1.1[i] - mean[i]) * ($1.1[j] - mean[j]) } / total)
      }
    }
    return (total, mean, covariance)
  }

  private func rows(_ n: Int, p: Int, spread: Double, seed: UInt64) -> (risk: [Double], x: [[Double]]) {
    var random = SplitMix64(seed: seed)
    let risk = (0..<n).map { _ in exponential(Double.random(in: -spread...0, using: &random)) }
    return (risk, (0..<n).map { _ in (0..<p).map { _ in Double.random(in: -2...2, using: &random) } })
  }

  private func subsets(_ risk: [Double], _ x: [[Double]], most: Int, steps: Int) -> NestedSubsets {
    var subsets = NestedSubsets(covariates: x[0].count, most: most)
    let flat = x.flatMap { $0 }
    let p = x[0].count
    // From the last row back, as risk sets grow.
    var end = risk.count
    while end > 0 {
      let start = max(0, end - steps)
      subsets.add(risk[start..<end], x: flat[(start * p)..<(end * p)], most: most)
      end = start
    }
    return subsets
  }

  @Test("every subset written out", arguments: 0...2 as ClosedRange<Int32>, [1, 2, 3])
  func enumeration(level: Int32, p: Int) {
    guard let widest = kernelLevel(replacedBy: level) else { return }
    defer { _ = survkit_set_kernel_level(widest) }
    // A vector has 8 numbers of ties: on both sides of it.
    for n in [1, 2, 5, 8, 9, 11] {
      let (risk, x) = rows(n, p: p, spread: 3, seed: UInt64(n * 10 + p))
      let found = subsets(risk, x, most: n, steps: n % 3 + 1)
      for k in 1...n {
        let expected = enumerated(risk, x, k)
        // Sums of at most 462 positive products of 11 factors; moments of numbers up to 22 in size, squares up to 484.
        #expect(isClose(found.logSum(k), logarithm(expected.sum), 1e-13))
        #expect(firstDifference(found.mean(k), expected.mean, 2e-14, scale: 22) == nil)
        #expect(firstDifference(found.covariance(k), expected.covariance, 2e-14, scale: 484) == nil)
      }
    }
  }

  /// Levels differ by contracting products and sums alone. Every row adds a few roundings, of positive terms in the ratios.
  @Test("levels agree with the portable one to a few units a row", arguments: [7, 8, 9, 15, 16, 17, 40])
  func levels(most: Int) {
    let widest = survkit_set_kernel_level(2)
    defer { _ = survkit_set_kernel_level(widest) }
    let (n, p) = (120, 3)
    let (risk, x) = rows(n, p: p, spread: 5, seed: UInt64(most))
    _ = survkit_set_kernel_level(0)
    let portable = subsets(risk, x, most: most, steps: 7)
    // 4 units a row at most, were none to cancel another.
    let bound = 4 * Double(n) * 0x1p-53
    for level in 1...2 as ClosedRange<Int32> where survkit_set_kernel_level(level) == level {
      let wide = subsets(risk, x, most: most, steps: 7)
      for k in 1...most {
        #expect(isClose(wide.logSum(k), portable.logSum(k), bound))
        // Sums of k covariates up to 2 in size.
        #expect(firstDifference(wide.mean(k), portable.mean(k), bound, scale: 2 * Double(k)) == nil)
        #expect(firstDifference(wide.covariance(k), portable.covariance(k), bound, scale: 4 * Double(k)) == nil)
      }
    }
  }

  private func problem(_ n: Int, times: Int, strata: Int, p: Int, seed: UInt64) throws -> CoxProblem {
    var random = SplitMix64(seed: seed)
    let data = try TimeToEvent(
      time: (0..<n).map { _ in Double(random.next() % UInt64(times)) },
      isEvent: (0..<n).map { _ in random.next() % 4 > 0 })
    let design = try DesignMatrix(
      (0..<p).map { j in .numeric(name: "x\(j)", values: (0..<n).map { _ in Double.random(in: -1...1, using: &random) })
      },
      rows: n)
    let grouping = Grouping(
      labels: (0..<strata).map { "\($0)" }, codes: (0..<n).map { _ in Int32(random.next() % UInt64(strata)) })
    return CoxProblem(data, design: design, strata: strata > 1 ? grouping : nil, offset: nil)
  }

  @Test(
    "one table for all risk sets, and a table for each",
    arguments: [
      (90, 12, 1, 1), (90, 5, 1, 2), (120, 4, 3, 3), (60, 1, 1, 2), (200, 300, 1, 2), (300, 3, 120, 1), (80, 4, 1, 8),
    ])
  func nestedAndSeparate(n: Int, times: Int, strata: Int, p: Int) throws {
    let problem = try problem(n, times: times, strata: strata, p: p, seed: UInt64(n + times))
    var random = SplitMix64(seed: 6)
    for spread in [0.0, 2, 30] {
      let eta = (0..<problem.rows).map { _ in Double.random(in: 0...1, using: &random) * spread }
      let nested = try #require(CoxLikelihood.nestedPartialTies(problem, linearPredictor: eta))
      let separate = CoxLikelihood.separateTies(problem, ties: .exactPartial, linearPredictor: eta)
      // n rows a table, each with a few roundings; the likelihood's size is that of its terms, up to n ln n and n · spread.
      let size = Double(n)
      #expect(isClose(nested.logLikelihood, separate.logLikelihood, 1e-13, scale: size * (1 + spread)))
      #expect(firstDifference(nested.score, separate.score, 1e-13, scale: size) == nil)
      #expect(firstDifference(nested.information, separate.information, 1e-13, scale: size) == nil)
    }
  }

  /// Risks e³⁰⁰ apart are where one table ends: just below it still gives what a table for each risk set does.
  @Test func risksFarApart() throws {
    let problem = try problem(40, times: 6, strata: 1, p: 1, seed: 2)
    func eta(_ spread: Double) -> [Double] { (0..<problem.rows).map { Double($0 % 7) / 6 * spread } }
    #expect(CoxLikelihood.nestedPartialTies(problem, linearPredictor: eta(300)) == nil)
    let nested = try #require(CoxLikelihood.nestedPartialTies(problem, linearPredictor: eta(299)))
    let separate = CoxLikelihood.separateTies(problem, ties: .exactPartial, linearPredictor: eta(299))
    // Terms of some thousand, whose last places are 1e-13 of them.
    #expect(isClose(nested.logLikelihood, separate.logLikelihood, 1e-13, scale: 40 * 299))
    #expect(firstDifference(nested.score, separate.score, 1e-13, scale: 40) == nil)
    #expect(firstDifference(nested.information, separate.information, 1e-13, scale: 40) == nil)
  }
}

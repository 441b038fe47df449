import Testing

@testable import Survival

/// Tails of the largest of correlated normal variables, by closed forms and by mvtnorm; maxima of log-rank tests.
@Suite struct MaximumOfNormalsTests {
  private func p(_ m: Double, _ rows: [[Double]], twoSided: Bool = false) -> Double {
    NormalMaximum.upperTail(m, correlation: rows, isTwoSided: twoSided).p
  }

  private func equicorrelated(_ d: Int, _ rho: Double) -> [[Double]] {
    (0..<d).map { i in (0..<d).map { $0 == i ? 1 : rho } }
  }

  @Test("independent variables: 1 − (1 − q)^d")
  func independent() {
    // Φ(−2) and Φ(−6) from Abramowitz & Stegun 26.2; differences of 1e-13 are the integration's.
    for (m, q) in [(2.0, 0.022750131948179195), (6.0, 9.865876450376946e-10)] {
      for d in 1...3 {
        // 1 − (1 − q)^d without cancellation.
        let one = -exponentialMinusOne(Double(d) * logarithmOfOnePlus(-q))
        let two = -exponentialMinusOne(Double(d) * logarithmOfOnePlus(-2 * q))
        #expect(isClose(p(m, equicorrelated(d, 0)), one, 1e-12, scale: 0), "\(m) \(d)")
        #expect(isClose(p(m, equicorrelated(d, 0), twoSided: true), two, 1e-12, scale: 0), "\(m) \(d)")
      }
    }
  }

  @Test("orthants: P(max > 0) = d/(d + 1) at correlation 1/2, and Sheppard's formula for three variables")
  func orthants() {
    for d in 1...4 {
      #expect(isClose(p(0, equicorrelated(d, 0.5)), Double(d) / Double(d + 1), 1e-10, scale: 0), "\(d)")
    }
    let (a, b, c) = (0.3, -0.5, 0.6)
    let sum = arcsine(a) + arcsine(b) + arcsine(c)
    #expect(isClose(p(0, [[1, a, b], [a, 1, c], [b, c, 1]]), 7.0 / 8 - sum / (4 * Double.pi), 1e-11, scale: 0))
  }

  @Test("mvtnorm 1.1-3: TVPACK for one side, Miwa with 4097 steps for two")
  func mvtnorm() {
    let rows = [[1, 0.3, -0.5], [0.3, 1, 0.6], [-0.5, 0.6, 1]]
    #expect(isClose(p(2, rows), 0.0607091524950648, 1e-12, scale: 0))
    #expect(isClose(p(-0.5, rows), 0.964256520201074, 1e-12, scale: 0))
    // There 1 − P has seven digits left.
    #expect(isClose(p(6, rows), 2.95765245628132e-09, 1e-6, scale: 0))
    #expect(isClose(p(2, rows, twoSided: true), 0.113312404934173, 1e-11, scale: 0))
  }

  @Test("singular matrices: copies, opposites and sums add nothing that they do not hold")
  func singular() {
    let pair = [[1, 0.4], [0.4, 1]]
    let copies = [[1, 1, 0.4], [1, 1, 0.4], [0.4, 0.4, 1]]
    for m in [0.3, 2, 5] {
      #expect(isClose(p(m, copies), p(m, pair), 1e-11, scale: 0))
      #expect(isClose(p(m, copies, twoSided: true), p(m, pair, twoSided: true), 1e-11, scale: 0))
      // One variable and its opposite: both sides.
      #expect(isClose(p(m, [[1, -1], [-1, 1]]), p(m, [[1]], twoSided: true), 1e-14, scale: 0))
    }
    // (X + Y)/√2 beside X and Y: beyond m in the corner between them. By the polygon's measure in polar form,
    // P = 1 − ∫ over angles of 1 − exp(−r(θ)²/2), summed in the test.
    let root = 0.5.squareRoot()
    let three = [[1, 0, root], [0, 1, root], [root, root, 1]]
    let m = 1.5
    let steps = 200_000
    var inside = 0.0
    for k in 0..<steps {
      let angle = (Double(k) + 0.5) / Double(steps) * Double.pi / 2
      // In the first quadrant all three bound; by symmetry the others are summed by the same midpoint rule.
      for quadrant in 0..<4 {
        let turned = angle + Double(quadrant) * Double.pi / 2
        let (x, y) = (sine(turned + Double.pi / 2), sine(turned))
        let reach = [abs(x), abs(y), abs(x + y) * root].max() ?? 1
        let r = m / reach
        inside += -exponentialMinusOne(-r * r / 2)
      }
    }
    inside /= Double(4 * steps)
    // The midpoint rule with kinks: error of order steps^-2.
    #expect(isClose(p(m, three, twoSided: true), 1 - inside, 1e-9, scale: 0))
  }

  @Test("one component is its own test; components in any order; a further one never lowers p", arguments: Seeds.all)
  func components(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: [.tied, .stratified, .truncated], rows: 12...40)
    trial.arm = trial.arm.map { min($0, 1) }
    let groups = Grouping(labels: ["a", "b"], codes: trial.arm.map(Int32.init))
    let data = try trial.data()
    func combo(_ weightings: [LogRankWeighting], _ alternative: HazardAlternative) throws -> MaxComboTest {
      try MaxComboTest(data, groups: groups, strata: trial.strata, weightings: weightings, alternative: alternative)
    }
    let (early, late) = (
      LogRankWeighting.flemingHarrington(rho: 1, gamma: 0), LogRankWeighting.flemingHarrington(rho: 0, gamma: 1)
    )
    for alternative in HazardAlternative.allCases {
      let single = try LogRankTest(data, groups: groups, strata: trial.strata, weighting: early)
      let alone = try combo([early], alternative)
      guard let p = single.p(alternative) else {
        #expect(alone.p.isNaN)
        continue
      }
      #expect(isClose(alone.p, p, 1e-12))
      let both = try combo([early, .logRank, late], alternative)
      let turned = try combo([late, early, .logRank], alternative)
      #expect(isClose(both.p, turned.p, 1e-9), "\(both.p) \(turned.p)")
      let least = both.weightings.compactMap {
        (try? LogRankTest(data, groups: groups, strata: trial.strata, weighting: $0))?.p(alternative)
      }.min()
      // Between the smallest p-value and Bonferroni's.
      if let least { #expect(both.p >= least - 1e-10 && both.p <= min(1, 3 * least) + 1e-10) }
    }
  }
}

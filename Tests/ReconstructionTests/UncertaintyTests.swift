import Survival
import Testing

@testable import Reconstruction

/// Reconstruction intervals: what they depend on, and what not.
@Suite struct UncertaintyTests {
  /// True rows of one arm with hazard `rate`, and what is printed of them.
  private func facts(
    _ arm: String, seed: Int, subjects: Int, rate: Double, step: Double, table: Double?, total: Bool = true
  ) -> ArmFacts {
    var random = TestGenerator(seed)
    let rows = (0..<subjects).map { _ -> (time: Double, isEvent: Bool) in
      let event = -logarithm(random.uniform()) / rate
      let censoring = 4 + 20 * random.uniform()
      return event < censoring ? (event, true) : (censoring, false)
    }
    let curve = TruePublication.curve(rows)
    let grid = table.map { Array(stride(from: 0, through: 18, by: $0)) } ?? []
    return ArmFacts(
      arm: arm, subjects: subjects, events: total ? rows.filter(\.isEvent).count : nil,
      atRisk: grid.map { t in .init(time: t, count: rows.filter { $0.time >= t }.count) },
      readings: stride(from: 0, through: 20, by: step).map {
        .init(time: $0, survival: TruePublication.survival(curve, $0))
      }, readingError: step < 0.5 ? 0.0005 : nil)
  }

  private func pair(subjects: Int = 50, step: Double = 2, table: Double? = 6, total: Bool = true) -> [ArmFacts] {
    [
      facts("control", seed: 3, subjects: subjects, rate: 0.10, step: step, table: table, total: total),
      facts("drug", seed: 4, subjects: subjects, rate: 0.07, step: step, table: table, total: total),
    ]
  }

  private func intervals(
    _ facts: [ArmFacts], reference: String = "control", repeats: Int = 20, seed: UInt64 = 1
  ) throws -> ReconstructionUncertainty {
    try ReconstructionUncertainty(
      facts, rows: facts.map { try CurveReconstruction.rows($0) }, reference: reference, repeats: repeats, seed: seed)
  }

  private func limits(_ spread: ReconstructionUncertainty.Spread) throws -> (Double, Double, Double) {
    let lower = try #require(spread.lower)
    let estimate = try #require(spread.estimate)
    return (lower, estimate, try #require(spread.upper))
  }

  @Test("the same seed gives the same numbers however the repeats are shared out, another seed others")
  func seeds() throws {
    let facts = pair()
    let first = try intervals(facts)
    // Repeats run side by side, in another order every time.
    #expect(try intervals(facts) == first)
    let other = try intervals(facts, seed: 2)
    #expect(other.comparisons[0].hazardRatio != first.comparisons[0].hazardRatio)
    #expect(other.comparisons[0].hazardRatio.estimate == first.comparisons[0].hazardRatio.estimate)
    #expect(first.seed == 1 && first.repeats == 20 && first.level == 0.95)
  }

  @Test("every estimate is inside its interval, and those are the numbers of the rows")
  func inside() throws {
    let facts = pair()
    let rows = try facts.map { try CurveReconstruction.rows($0) }
    let found = try intervals(facts)
    #expect(found.tau == rows.map { $0.rows.last?.time ?? 0 }.min())
    for (arm, made) in zip(found.arms, rows) {
      let median = try made.curve().median().estimate
      #expect(arm.arm == made.arm && arm.median.estimate == median)
      for spread in [arm.median, arm.restrictedMean] {
        let (lower, estimate, upper) = try limits(spread)
        #expect(lower <= estimate && estimate <= upper && lower >= 0)
      }
    }
    let ratio = found.comparisons[0]
    let (lower, estimate, upper) = try limits(ratio.hazardRatio)
    #expect(lower < estimate && estimate < upper)
    // Even on the logarithmic scale, to round-off.
    #expect(abs(lower * upper / (estimate * estimate) - 1) < 1e-12)
    #expect(ratio.samplingLower < estimate && estimate < ratio.samplingUpper)
  }

  @Test("with the reference exchanged every hazard ratio is the reciprocal, its limits exchanged")
  func reference() throws {
    let facts = pair()
    let (one, other) = (try intervals(facts).comparisons, try intervals(facts, reference: "drug").comparisons)
    #expect(one.count == 1 && one[0].arm == "drug" && one[0].reference == "control")
    #expect(other.count == 1 && other[0].arm == "control" && other[0].reference == "drug")
    // Newton's steps end at 1e-9 of the likelihood or closer, so at about 1e-5 of the logarithm at the most.
    for (a, b) in [
      (one[0].hazardRatio.estimate, other[0].hazardRatio.estimate),
      (one[0].hazardRatio.lower, other[0].hazardRatio.upper),
      (one[0].hazardRatio.upper, other[0].hazardRatio.lower),
    ] {
      let (x, y) = (try #require(a), try #require(b))
      #expect(abs(x * y - 1) < 1e-5)
    }
  }

  @Test("arms come out in the order in which they went in, estimates do not depend on it")
  func order() throws {
    let facts = pair() + [facts("third", seed: 5, subjects: 40, rate: 0.2, step: 2, table: 6)]
    let (forth, back) = (try intervals(facts, repeats: 3), try intervals(facts.reversed(), repeats: 3))
    #expect(forth.arms.map(\.arm) == ["control", "drug", "third"])
    #expect(back.arms.map(\.arm) == ["third", "drug", "control"])
    #expect(forth.comparisons.map(\.arm) == ["drug", "third"] && back.comparisons.map(\.arm) == ["third", "drug"])
    #expect(forth.comparisons.allSatisfy { $0.reference == "control" })
    #expect(forth.comparisons.map(\.hazardRatio.estimate) == back.comparisons.reversed().map(\.hazardRatio.estimate))
    #expect(forth.arms.map(\.median.estimate) == back.arms.reversed().map(\.median.estimate))
  }

  @Test("what is known closely has a narrower interval than what is not")
  func width() throws {
    func width(_ facts: [ArmFacts]) throws -> Double {
      let ratio = try intervals(facts, repeats: 15).comparisons[0].hazardRatio
      let (lower, _, upper) = try limits(ratio)
      return upper / lower
    }
    let dense = try width(pair(subjects: 150, step: 0.25, table: 1.5))
    let sparse = try width(pair(subjects: 150, step: 4, table: nil, total: false))
    #expect(dense < sparse)
    // 150 subjects read every quarter with a table each 1.5: between two numbers at risk about ten leave, and only which of them
    // moves. A hazard ratio then is within a few percent.
    #expect(dense < 1.1)
  }

  @Test("no repeats, no interval, but the estimates and the sampling limits")
  func none() throws {
    let found = try intervals(pair(), repeats: 0)
    #expect(found.repeats == 0 && found.comparisons.count == 1)
    let ratio = found.comparisons[0]
    #expect(ratio.hazardRatio.estimate != nil && ratio.hazardRatio.lower == nil && ratio.hazardRatio.upper == nil)
    #expect(ratio.samplingLower < ratio.samplingUpper)
    #expect(found.arms.allSatisfy { $0.restrictedMean.estimate != nil && $0.restrictedMean.lower == nil })
  }

  @Test("an endpoint without events: a restricted mean, no median, no hazard ratio")
  func noEvents() throws {
    let flat = ["control", "drug"].map { arm in
      ArmFacts(
        arm: arm, subjects: 20, events: 0, atRisk: [.init(time: 0, count: 20), .init(time: 6, count: 12)],
        readings: [.init(time: 0, survival: 1), .init(time: 12, survival: 1)], isReadToEnd: true)
    }
    let found = try intervals(flat, repeats: 5)
    #expect(found.comparisons.isEmpty)
    // Nobody dies: the mean to tau is tau, here the end of both curves.
    #expect(found.tau == 12)
    for arm in found.arms {
      #expect(arm.median.estimate == nil && arm.median.lower == nil)
      #expect(arm.restrictedMean.estimate == 12)
    }
  }
}

import Survival
import Testing

/// Proportions against published examples and closed forms.
@Suite struct RiskComparisonTests {
  @Test(
    "Newcombe 1998, table II, method 10: six of its examples, printed to four decimals",
    arguments: [
      (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (10, 10, 0, 20, 0.6791, 1.0000),
      (10, 10, 0, 10, 0.6075, 1.0000), (6, 7, 2, 7, 0.0582, 0.8062), (5, 56, 0, 29, -0.0381, 0.1926),
    ])
  func newcombe(a: Int, n: Int, b: Int, m: Int, lower: Double, upper: Double) throws {
    let comparison = RiskComparison(
      experimental: try Proportion(events: a, count: n), control: try Proportion(events: b, count: m))
    #expect(abs(comparison.difference.lower - lower) < 5.001e-5)
    #expect(abs(comparison.difference.upper - upper) < 5.001e-5)
  }

  @Test(
    "Wilson's limits solve |p - estimate| = z sqrt(p (1 - p) / n); none leaves [0, 1]",
    arguments: [(0, 10), (1, 10), (5, 10), (81, 263), (279, 529), (10, 10)])
  func wilson(events: Int, count: Int) throws {
    let proportion = try Proportion(events: events, count: count)
    let z = 1.959963984540054
    for limit in [proportion.lower, proportion.upper] {
      #expect(limit >= 0 && limit <= 1)
      let distance = abs(limit - proportion.estimate)
      // The defining equation, to round-off.
      #expect(abs(distance - z * (limit * (1 - limit) / Double(count)).squareRoot()) < 1e-12)
    }
    #expect(proportion.lower < proportion.upper)
  }

  @Test("the risk ratio's interval by the formula, and none without events")
  func ratio() throws {
    let comparison = RiskComparison(
      experimental: try Proportion(events: 279, count: 529), control: try Proportion(events: 78, count: 205))
    // ln ratio 0.326525; variance 1/279 - 1/529 + 1/78 - 1/205 = 0.00963633, s.e. 0.0981648: 1.1435 to 1.6802.
    #expect(abs(comparison.ratio.lower - 1.1435) < 5e-5)
    #expect(abs(comparison.ratio.upper - 1.6802) < 5e-5)
    let none = RiskComparison(
      experimental: try Proportion(events: 0, count: 10), control: try Proportion(events: 3, count: 10))
    #expect(none.ratio.estimate == 0 && none.ratio.lower.isNaN && none.ratio.upper.isNaN)
  }

  @Test("impossible proportions are refused")
  func refused() {
    #expect(throws: SurvivalInputError.self) { try Proportion(events: 1, count: 0) }
    #expect(throws: SurvivalInputError.self) { try Proportion(events: 11, count: 10) }
    #expect(throws: SurvivalInputError.self) { try Proportion(events: -1, count: 10) }
    #expect(throws: SurvivalInputError.self) { try Proportion(events: 1, count: 10, level: 1) }
  }
}

/// The rule of survRM2 for the horizon, by its four cases.
@Suite struct RestrictedMeanHorizonTests {
  @Test(
    "an arm that ends with an event lets tau run to the later end, one that ends with a censoring to the earlier",
    arguments: [(true, true, 9.0, 1), (true, false, 9, 2), (false, true, 7, 3), (false, false, 7, 4)])
  func cases(firstEndsWithEvent: Bool, lastEndsWithEvent: Bool, tau: Double, number: Int) throws {
    let data = try TimeToEvent(
      time: [2, 7, 3, 9], isEvent: [true, firstEndsWithEvent, true, lastEndsWithEvent])
    let tables = EventTable.tables(data, by: Grouping(["a", "a", "b", "b"]))
    for (one, other) in [(tables[0], tables[1]), (tables[1], tables[0])] {
      let horizon = try RestrictedMeanHorizon(one, other)
      #expect(horizon.tau == tau && horizon.ruleCase == number)
    }
  }
}

import Testing

@testable import Survival

/// Differences at one time and tests against a margin, by hand.
@Suite struct LandmarkAndMarginTests {
  @Test("four deaths in each arm: S(3) = 1/4 against 3/4, both with variance p (1 − p)/4")
  func difference() throws {
    let data = try TimeToEvent(time: [1, 2, 3, 4, 2, 4, 6, 8], isEvent: [Bool](repeating: true, count: 8))
    let curves = try KaplanMeier.curves(
      data, by: Grouping(["a", "a", "a", "a", "b", "b", "b", "b"]), confidence: ConfidenceSetting())
    let found = LandmarkComparison(first: curves[0], second: curves[1], time: 3)
    #expect(found.difference == 0.5)
    // √(3/32), z = 0.5/√(3/32) = √(8/3), and the normal tails of R's pnorm.
    #expect(isClose(found.standardError, 0.09375.squareRoot(), 1e-15))
    #expect(isClose(found.z, 1.6329931618554523, 1e-15) && isClose(found.p, 0.10247043485974935, 1e-14))
    #expect(isClose(found.p(.less), 0.051235217429874677, 1e-14))
    #expect(isClose(found.p(.less) + found.p(.greater), 1, 1e-15))
    // ln(−ln S), with the error of ln S over |ln S|.
    #expect(isClose(found.complementaryLogLogZ, -1.330377578388533, 1e-14))
    #expect(isClose(found.complementaryLogLogP, 0.18339389822240507, 1e-14))
  }

  @Test("a margin of 1.3: U/√I with p = 1.3 n1/(n0 + 1.3 n1) at each of eight deaths, and Wald from R's coxph")
  func margin() throws {
    let data = try TimeToEvent(time: [1, 3, 5, 7, 2, 4, 6, 8], isEvent: [Bool](repeating: true, count: 8))
    let arms = Grouping(["a", "a", "a", "a", "b", "b", "b", "b"])
    let found = try MarginTest(data, groups: arms, margin: 1.3)
    #expect(isClose(found.scoreZ, -0.99824619952411231, 1e-14) && isClose(found.scoreP, 0.15907999443180498, 1e-13))
    #expect(isClose(found.waldZ, -0.97615379859890528, 1e-13) && isClose(found.waldP, 0.16449412728687346, 1e-13))
    // The arms exchanged, the margin inverted and the direction turned round: the same question.
    let turned = try MarginTest(
      data, groups: Grouping(["b", "b", "b", "b", "a", "a", "a", "a"]), margin: 1 / 1.3, alternative: .greater)
    #expect(isClose(turned.scoreP, found.scoreP, 1e-13) && isClose(turned.waldP, found.waldP, 1e-13))
  }
}

import Survival
import Testing

@Suite struct SurvivalDifferenceTests {
  private func curve(_ time: [Double], _ isEvent: [Bool]) throws -> KaplanMeier {
    try KaplanMeier.curves(try TimeToEvent(time: time, isEvent: isEvent), confidence: ConfidenceSetting())[0]
  }

  /// By hand: S of the first 3/4 at 1 and 3/8 at 3; of the second 2/3 at 2 and 0 at 4, which lies beyond the first's last time 3.5.
  @Test func twoSmallGroupsByHand() throws {
    let first = try curve([1, 2, 3, 3.5], [true, false, true, false])
    let second = try curve([2, 3, 4], [true, false, true])
    let difference = SurvivalDifference(first: first, second: second)
    #expect(difference.time == [1, 2, 3] && difference.end == 3.5)
    for (value, expected) in zip(difference.estimate, [1 - 0.75, 2.0 / 3 - 0.75, 2.0 / 3 - 0.375]) {
      // The products of two fractions differ from the decimal by round-off alone.
      #expect((value - expected).magnitude < 1e-15)
    }
    // Greenwood: 0.75² (1/12) at 1; (2/3)² (1/6) at 2; 0.375² (1/12 + 1/2) at 3.
    let variances = [0.5625 / 12, 0.5625 / 12 + 4.0 / 54, 0.140625 * (1.0 / 12 + 0.5) + 4.0 / 54]
    for (k, variance) in variances.enumerated() {
      #expect((difference.standardError[k] - variance.squareRoot()).magnitude < 1e-15)
      let half = 1.959963984540054 * variance.squareRoot()
      #expect((difference.lower[k] - (difference.estimate[k] - half)).magnitude < 1e-14)
      #expect((difference.upper[k] - (difference.estimate[k] + half)).magnitude < 1e-14)
    }
  }

  /// At every time it is the comparison at that time, which is checked against R.
  @Test func atEveryTimeItIsTheLandmarkComparison() throws {
    let first = try curve((1...60).map { Double($0 * 7 % 61) }, (1...60).map { $0 % 3 != 0 })
    let second = try curve((1...50).map { Double($0 * 11 % 53) }, (1...50).map { $0 % 4 != 0 })
    let difference = SurvivalDifference(first: first, second: second)
    #expect(difference.time.count > 40)
    for (k, time) in difference.time.enumerated() {
      let landmark = LandmarkComparison(first: first, second: second, time: time)
      guard !landmark.standardError.isNaN else { continue }
      #expect(difference.estimate[k] == landmark.difference && difference.standardError[k] == landmark.standardError)
      #expect((difference.lower[k] - landmark.lower).magnitude < 1e-15)
    }
  }

  @Test func limitsAreMissingWhereACurveIsZeroAndNothingIsSaidBeyondTheEnd() throws {
    let first = try curve([1, 2], [true, true])
    let second = try curve([1.5, 5], [true, false])
    let difference = SurvivalDifference(first: first, second: second)
    #expect(difference.time == [1, 1.5, 2] && difference.end == 2)
    #expect(difference.estimate == [0.5, 0, 0.5] && difference.upper[2].isNaN && !difference.upper[1].isNaN)
    #expect(SurvivalDifference(first: try curve([1], [false]), second: second).time.isEmpty)
  }
}

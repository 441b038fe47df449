import SurvKit
import Testing

/// One import gives the whole toolkit.
@Suite struct SurvKitTests {
  @Test func analysisWithOneImport() throws {
    // Two arms, all events: a 1, 2, 3 and b 4, 5, 6. By hand E of a: 3/6 + 2/5 + 1/4 = 1.15 and 1.85 for b.
    let arms = Grouping(["a", "a", "a", "b", "b", "b"])
    let data = try TimeToEvent(time: [1, 2, 3, 4, 5, 6], isEvent: [Bool](repeating: true, count: 6))
    let test = try LogRankTest(data, groups: arms)
    #expect(abs(test.expected[0] - 1.15) < 1e-14 && abs(test.expected[1] - 4.85) < 1e-14)
    let curve = try KaplanMeier.curves(data, confidence: try ConfidenceSetting())[0]
    #expect(curve.median().estimate == 3.5)
    #expect(NumberText.percent(0.992) == "99.2%")
    #expect(ReconstructionLevel(rawValue: "B") == .grid)
  }
}

import Survival
import SurvivalFigures

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Data for the figures' tests: a seeded generator, since a test that changes from run to run cannot be repeated.
enum Samples {
  static func curve(_ time: [Double], _ isEvent: [Bool]) throws -> KaplanMeier {
    let data = try TimeToEvent(time: time, isEvent: isEvent)
    return try KaplanMeier.curves(data, confidence: ConfidenceSetting())[0]
  }

  /// Exponential times with the median given, censored uniformly over `followUp`.
  static func exponential(_ n: Int, median: Double, followUp: ClosedRange<Double>, seed: UInt64) throws -> KaplanMeier {
    var state = seed
    func uniform() -> Double {
      // Knuth's constants for a linear congruential generator; its upper 53 bits are good enough for a picture.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }
    var time: [Double] = []
    var isEvent: [Bool] = []
    for _ in 0..<n {
      let event = -log(uniform()) * median / log(2)
      let censoring = followUp.lowerBound + uniform() * (followUp.upperBound - followUp.lowerBound)
      time.append(min(event, censoring))
      isEvent.append(event <= censoring)
    }
    return try curve(time, isEvent)
  }

  static func twoArms(_ n: Int = 300) throws -> [KaplanMeierFigure.Arm] {
    [
      .init(label: "Treatment", curve: try exponential(n, median: 22, followUp: 18...42, seed: 1)),
      .init(label: "Placebo", curve: try exponential(n, median: 14, followUp: 18...42, seed: 2)),
    ]
  }

  static let annotation = FigureAnnotation(
    header: ["Events/N", "Median (95% CI)"],
    rows: [["188/300", "21.4 (18.2–24.9)"], ["229/300", "14.1 (12.3–16.0)"]],
    lines: ["Hazard ratio 0.62 (95% CI 0.51–0.75)", "Log-rank P < 0.001, stratified"])
}

import Survival
import Testing

@testable import Reconstruction

/// Two arms published as curves with numbers at risk, rebuilt, and analysed again.
@Suite struct RoundTripTests {
  private typealias Row = (time: Double, isEvent: Bool)

  private func arm(_ hazard: Double, _ random: inout TestGenerator) -> [Row] {
    (0..<250).map { _ in
      let death = -logarithm(random.uniform()) / hazard
      let end = 12 + 24 * random.uniform()
      return death <= end ? (death, true) : (end, false)
    }
  }

  /// What a paper prints: the curve with three decimals at 200 places, numbers at risk every 3, the total of events.
  private func published(_ name: String, _ rows: [Row]) -> ArmFacts {
    let curve = TruePublication.curve(rows)
    let last = rows.map(\.time).max() ?? 0
    return ArmFacts(
      arm: name, subjects: rows.count, events: rows.filter(\.isEvent).count,
      atRisk: stride(from: 0.0, through: last, by: 3).map { t in
        .init(time: t, count: rows.filter { $0.time >= t }.count)
      },
      readings: (0...200).map { k in
        let t = last * Double(k) / 200
        return .init(time: t, survival: (TruePublication.survival(curve, t) * 1000).rounded() / 1000)
      })
  }

  private func hazardRatio(_ arms: [[Row]]) throws -> Double {
    let rows = arms.joined()
    let data = try TimeToEvent(time: rows.map(\.time), isEvent: rows.map(\.isEvent))
    let x = arms.enumerated().flatMap { k, arm in arm.map { _ in Double(k) } }
    return try CoxModel().fit(data, try DesignMatrix([.numeric(name: "x", values: x)], rows: x.count))
      .hazardRatios()[0].estimate
  }

  @Test("the curve within 0.01 everywhere, numbers at risk within 1, the hazard ratio within 2 %", arguments: 1...6)
  func publishedAndRebuilt(seed: Int) throws {
    var random = TestGenerator(seed)
    let truth = [arm(0.08, &random), arm(0.05, &random)]
    let rebuilt = try zip(["a", "b"], truth).map { name, rows in
      try CurveReconstruction.rows(published(name, rows)).rows.map { Row($0.time, $0.isEvent) }
    }
    for (old, new) in zip(truth, rebuilt) {
      let (before, after) = (TruePublication.curve(old), TruePublication.curve(new))
      // Between readings a death may move by the width of a cell: both curves are compared where they were read.
      let last = old.map(\.time).max() ?? 0
      for k in 0...200 {
        let t = last * Double(k) / 200
        let gap = TruePublication.survival(before, t) - TruePublication.survival(after, t)
        #expect(abs(gap) <= 0.01, "at \(t)")
      }
      for t in stride(from: 0.0, through: last, by: 3) {
        let missed = old.filter { $0.time >= t }.count - new.filter { $0.time >= t }.count
        #expect(abs(missed) <= 1, "at \(t)")
      }
      #expect(new.filter(\.isEvent).count == old.filter(\.isEvent).count)
    }
    let ratio = try hazardRatio(rebuilt) / hazardRatio(truth)
    #expect(abs(ratio - 1) < 0.02, "\(ratio)")
  }
}

import LinearAlgebra
import Testing

@testable import Survival

/// Many rows of one factor and few days, which are taken together where they are alike, against the same rows one by one.
@Suite struct CountedRowsTests {
  private struct Trial {
    let data: TimeToEvent
    let arms: Grouping
  }

  /// `arms` arms with hazards a fifth apart, in whole days up to `days`.
  private func trial(rows: Int, arms: Int, days: Double, seed: UInt64) throws -> Trial {
    var random = SplitMix64(seed: seed)
    func uniform() -> Double { Double.random(in: 0..<1, using: &random) }
    var (time, isEvent, codes): ([Double], [Bool], [Int32]) = ([], [], [])
    for _ in 0..<rows {
      let arm = Int(uniform() * uniform() * Double(arms))
      let event = -logarithm(1 - uniform()) * days / (1 + 0.2 * Double(arm))
      let censored = uniform() * days
      time.append(min(event, censored).rounded(.down))
      isEvent.append(event <= censored)
      codes.append(Int32(arm))
    }
    return Trial(
      data: try TimeToEvent(time: time, isEvent: isEvent),
      arms: Grouping(labels: (0..<arms).map { "arm \($0)" }, codes: codes))
  }

  @Test(arguments: [2, 4], [TieMethod.efron, .breslow])
  func agreesWithRowsOneByOne(arms: Int, ties: TieMethod) throws {
    let trial = try trial(rows: 30_000, arms: arms, days: 700, seed: UInt64(arms))
    // A reference that is not the first label.
    let design = try DesignMatrix(
      [.factor(name: "arm", levels: trial.arms, reference: "arm 1")], rows: trial.data.count)
    let single = try DesignMatrix(columnNames: design.columnNames, values: design.values, rows: design.rows)
    #expect(CoxProblem(counting: trial.data, design) != nil)
    #expect(CoxProblem(counting: trial.data, single) == nil)
    let model = CoxModel(ties: ties)
    let (counted, plain) = (try model.fit(trial.data, design), try model.fit(trial.data, single))
    // Both stop at 1e-12 of a standard error per event; sums of 30,000 terms differ by their round-off.
    func agree(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-11 * max(abs(a), abs(b)) }
    for j in design.columnNames.indices {
      #expect(abs(counted.coefficients[j] - plain.coefficients[j]) <= 1e-10 * plain.standardErrors[j])
      #expect(agree(counted.standardErrors[j], plain.standardErrors[j]))
    }
    #expect(agree(counted.logLikelihood, plain.logLikelihood))
    #expect(agree(counted.logLikelihoodNull, plain.logLikelihoodNull))
    #expect(agree(counted.scoreTest.statistic, plain.scoreTest.statistic))
    let tests = try [counted, plain].map { try ProportionalHazardsTest($0, data: trial.data, perTerm: false) }
    #expect(tests[0].results.count == arms - 1)
    for (a, b) in zip(tests[0].results + [tests[0].global], tests[1].results + [tests[1].global]) {
      // A difference of sums that nearly cancel.
      #expect(abs(a.statistic - b.statistic) <= 1e-9 * b.statistic)
    }
    // What belongs to single rows is still there.
    #expect(
      counted.linearPredictors == plain.linearPredictors
        || zip(counted.linearPredictors, plain.linearPredictors)
          .allSatisfy { abs($0 - $1) < 1e-10 }
    )
    #expect(try counted.dfbeta().rows == 30_000)
  }

  /// A level without rows has no estimate, as one by one.
  @Test func aLevelWithoutRows() throws {
    let trial = try trial(rows: 25_000, arms: 2, days: 300, seed: 9)
    let arms = Grouping(labels: ["arm 0", "nobody", "arm 1"], codes: trial.arms.codes.map { 2 * $0 })
    let design = try DesignMatrix([.factor(name: "arm", levels: arms, reference: nil)], rows: trial.data.count)
    let fit = try CoxModel().fit(trial.data, design)
    #expect(fit.coefficients[0].isNaN && fit.coefficients[1].isFinite)
  }

  @Test func rowsThatAreNotAlike() throws {
    let trial = try trial(rows: 25_000, arms: 2, days: 300, seed: 3)
    let design = try DesignMatrix([.factor(name: "arm", levels: trial.arms, reference: nil)], rows: trial.data.count)
    let weighted = try TimeToEvent(
      time: trial.data.time, isEvent: trial.data.isEvent, weights: [Double](repeating: 2, count: trial.data.count))
    #expect(CoxProblem(counting: weighted, design) == nil)
    let fine = try TimeToEvent(time: trial.data.time.map { $0 + 0.25 }, isEvent: trial.data.isEvent)
    #expect(CoxProblem(counting: fine, design) == nil)
  }
}

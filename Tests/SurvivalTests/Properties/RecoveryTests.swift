import LinearAlgebra
import Testing

@testable import Survival

/// What a fit finds of what a trial was drawn from, and how far the last bits of its input reach.
@Suite(.timeLimit(.minutes(15))) struct RecoveryTests {
  /// 500 trials of 150 subjects, two covariates with coefficients 0.5 and -0.3, exponential times, a third censored.
  private static let truth = [0.5, -0.3]

  private func trial(_ random: inout SplitMix64) throws -> (TimeToEvent, DesignMatrix) {
    let n = 150
    let x0 = (0..<n).map { Double($0 % 2) }
    let x1 = (0..<n).map { _ in Double.random(in: -2...2, using: &random) }
    var (time, event) = ([Double](), [Bool]())
    for i in 0..<n {
      let rate = exponential(Self.truth[0] * x0[i] + Self.truth[1] * x1[i])
      let death = -logarithm(Double.random(in: Double.leastNormalMagnitude..<1, using: &random)) / rate
      let end = Double.random(in: 0.5...2.5, using: &random)
      time.append(min(death, end))
      event.append(death <= end)
    }
    return (
      try TimeToEvent(time: time, isEvent: event),
      try DesignMatrix([.numeric(name: "x0", values: x0), .numeric(name: "x1", values: x1)], rows: n)
    )
  }

  @Test("95 % limits hold the true coefficient in 93 to 97 of 100 trials, and estimates have no bias to speak of")
  func coverage() throws {
    var random = SplitMix64(seed: 20_260_101)
    var (covered, sums) = ([0, 0], [0.0, 0])
    let trials = 500
    for _ in 0..<trials {
      let (data, design) = try trial(&random)
      let fit = try CoxModel().fit(data, design)
      for j in 0...1 {
        // The normal quantile at 0.975.
        if abs(fit.coefficients[j] - Self.truth[j]) <= 1.959963984540054 * fit.standardErrors[j] { covered[j] += 1 }
        sums[j] += fit.coefficients[j] - Self.truth[j]
      }
    }
    for j in 0...1 {
      // Two standard errors of a share of 500 at 0.95 are 0.0195.
      #expect((0.93...0.97).contains(Double(covered[j]) / Double(trials)), "\(covered[j])")
      // The estimates of one trial scatter by about 0.2, their mean by 0.009; small samples move it by a few thousandths.
      #expect(abs(sums[j] / Double(trials)) < 0.03)
    }
  }

  @Test("covariates moved by half a unit in the last place move no coefficient by 1e-9", arguments: Seeds.all)
  func machineNoise(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    guard let plain = try trial.fit() else { return }
    var (noisy, random) = (trial, SplitMix64(seed: seed))
    noisy.x = trial.x.map { column in
      column.map { $0 * (1 + Double.random(in: -1...1, using: &random) * 2.220446049250313e-16) }
    }
    let moved = try #require(try noisy.fit())
    #expect(firstDifference(moved.coefficients, plain.coefficients, 1e-9) == nil)
    #expect(firstDifference(moved.standardErrors, plain.standardErrors, 1e-9) == nil)
  }
}

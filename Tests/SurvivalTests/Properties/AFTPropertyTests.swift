import Foundation
import LinearAlgebra
import Testing

@testable import Survival

/// Parametric models on random trials: derivatives, units, replication, nested distributions.
@Suite struct AFTPropertyTests {
  private static let allowed: TrialShape = [.tied, .weighted, .truncated]

  /// A random trial whose times have a tail: uniform times are the limit of generalised gamma times of infinite shape.
  private static func trial(_ seed: UInt64) -> RandomTrial {
    var trial = RandomTrial.regression(seed, allowing: allowed)
    let end = 1.1 * (trial.time.max() ?? 1)
    trial.time = trial.time.map { $0 / (end - $0) }
    trial.entry = trial.entry.map { $0.map { $0 / (end - $0) } }
    return trial
  }

  private func problem(_ seed: UInt64) throws -> AFTProblem {
    let trial = Self.trial(seed)
    return AFTProblem(try trial.data(), try trial.design(), offset: nil)
  }

  /// The fit where every parameter has an estimate, else nil.
  private func fit(
    _ trial: RandomTrial, _ distribution: SurvivalDistribution, offset: [Double]? = nil
  ) throws -> AFTFit? {
    let fit = try AFTModel(distribution).fit(try trial.data(), try trial.design(), offset: offset)
    return fit.warnings.isEmpty ? fit : nil
  }

  @Test("gradient and Hessian are the derivatives of the log-likelihood", arguments: Seeds.all)
  func derivatives(seed: UInt64) throws {
    let problem = try problem(seed)
    var random = SplitMix64(seed: seed &+ 5)
    let distribution = SurvivalDistribution.allCases[Int(seed % 6)]
    let likelihood = AFTLikelihood(distribution: distribution, problem: problem, free: [0, 1])
    let theta = (0..<likelihood.parameters).map { _ in Double.random(in: -0.4...0.6, using: &random) }
    let point = likelihood.evaluate(theta)
    // Error 1e-12 times a fifth derivative, and round-off 1e-16/h of the value, each times the number of rows.
    let size = 1e-9 * (abs(point.value) + Double(problem.rows))
    for b in theta.indices {
      let around = [5e-4, -5e-4, 1e-3, -1e-3].map { h in
        var moved = theta
        moved[b] += h
        return likelihood.evaluate(moved)
      }
      /// Central differences with one step of Richardson's extrapolation: error of order h⁴.
      func derivative(_ f: (NewtonMaximum.Point) -> Double) -> Double {
        let values = around.map(f)
        return (4 * (values[0] - values[1]) / 1e-3 - (values[2] - values[3]) / 2e-3) / 3
      }
      let slope = derivative { $0.value }
      #expect(abs(point.gradient[b] - slope) < size + 1e-8 * abs(slope), "\(distribution) \(b) seed \(seed)")
      for a in theta.indices {
        let curvature = derivative { $0.gradient[a] }
        #expect(
          abs(point.hessian[a, b] - curvature) < 10 * size + 1e-7 * abs(curvature), "\(distribution) seed \(seed)")
      }
    }
  }

  @Test("no result depends on the unit of time", arguments: Seeds.all)
  func unitOfTime(seed: UInt64) throws {
    let trial = Self.trial(seed)
    let distribution = SurvivalDistribution.allCases[Int(seed % 6)]
    guard let fit = try fit(trial, distribution) else { return }
    for unit in [1e-6, 1e9, 0.37] {
      var other = trial
      other.time = trial.time.map { $0 * unit }
      other.entry = trial.entry.map { $0.map { $0 * unit } }
      let scaled = try #require(try self.fit(other, distribution))
      var expected = fit.coefficients
      expected[0] += log(unit)
      // The maximum is found to round-off of the score: some 1e-13 standard errors.
      for (j, (a, b)) in zip(scaled.coefficients, expected).enumerated() {
        #expect(abs(a - b) < 1e-10 * fit.standardErrors[j] + 1e-13 * abs(b), "\(distribution) \(j) seed \(seed)")
      }
      #expect(firstDifference(scaled.standardErrors, fit.standardErrors, 1e-9, scale: 0) == nil, "seed \(seed)")
      let weight = trial.time.indices.reduce(0.0) { $0 + (trial.isEvent[$1] ? trial.weight($1) : 0) }
      #expect(isClose(scaled.logLikelihood, fit.logLikelihood - weight * log(unit), 1e-12, scale: 100), "seed \(seed)")
      let x = [0.3, 1.0]
      let (a, b) = (
        try fit.quantiles(x, probabilities: [0.1, 0.8]), try scaled.quantiles(x, probabilities: [0.1, 0.8])
      )
      for (p, q) in zip(a, b) {
        #expect(isClose(q.time / unit, p.time, 1e-10, scale: 0) && isClose(q.lower / unit, p.lower, 1e-9, scale: 0))
      }
    }
  }

  @Test("the origin and unit of a covariate change its coefficient alone", arguments: Seeds.all)
  func covariates(seed: UInt64) throws {
    let trial = Self.trial(seed)
    let distribution = SurvivalDistribution.allCases[Int(seed % 6)]
    guard let fit = try fit(trial, distribution) else { return }
    var other = trial
    // Powers of two, so that the covariate itself loses no digit.
    other.x[1] = trial.x[1].map { $0 * 1_048_576 + 1_073_741_824 }
    let moved = try #require(try self.fit(other, distribution))
    #expect(isClose(moved.logLikelihood, fit.logLikelihood, 1e-13))
    for j in [1, 2] {
      let factor = j == 2 ? 1_048_576.0 : 1
      #expect(abs(moved.coefficients[j] * factor - fit.coefficients[j]) < 1e-10 * fit.standardErrors[j], "seed \(seed)")
      #expect(isClose(moved.standardErrors[j] * factor, fit.standardErrors[j], 1e-10, scale: 0))
    }
    let (a, b) = (
      try fit.quantiles([0.5, 1], probabilities: [0.5])[0],
      try moved.quantiles([0.5, 1_048_576 + 1_073_741_824], probabilities: [0.5])[0]
    )
    #expect(
      isClose(a.time, b.time, 1e-11, scale: 0) && isClose(a.standardErrorOfLog, b.standardErrorOfLog, 1e-9, scale: 0))
  }

  @Test("a row of weight k is k rows, a row of weight 0 is none", arguments: Seeds.all)
  func replication(seed: UInt64) throws {
    var trial = Self.trial(seed)
    let distribution = SurvivalDistribution.allCases[Int(seed % 6)]
    trial.weights = trial.time.indices.map { Double(($0 + Int(seed)) % 4) }
    guard trial.time.indices.contains(where: { trial.isEvent[$0] && trial.weight($0) > 0 }),
      let weighted = try fit(trial, distribution)
    else { return }
    var copies = trial.taking(
      trial.time.indices.flatMap { [Int](repeating: $0, count: Int(trial.weight($0))) }.reversed())
    copies.weights = nil
    let copied = try #require(try fit(copies, distribution))
    for j in weighted.coefficients.indices {
      let error = weighted.standardErrors[j]
      #expect(
        abs(weighted.coefficients[j] - copied.coefficients[j]) < 1e-10 * error + 1e-13, "\(distribution) seed \(seed)")
      #expect(isClose(copied.standardErrors[j], error, 1e-9, scale: 0), "\(distribution) seed \(seed)")
    }
    #expect(isClose(weighted.logLikelihood, copied.logLikelihood, 1e-13))
  }

  @Test("a distribution is never less likely than one nested in it", arguments: Seeds.all)
  func nested(seed: UInt64) throws {
    let trial = Self.trial(seed)
    let (data, design) = (try trial.data(), try trial.design())
    func value(_ distribution: SurvivalDistribution) throws -> Double {
      try AFTModel(distribution).fit(data, design).logLikelihood
    }
    let slack = 1e-9
    // Three ascents each: every third trial has time for them.
    if seed % 3 == 0 {
      let general = try value(.generalizedGamma)
      for distribution in [SurvivalDistribution.weibull, .lognormal, .gamma] {
        #expect(general >= (try value(distribution)) - slack, "\(distribution) seed \(seed)")
      }
    }
    #expect(try value(.weibull) >= value(.exponential) - slack)
    #expect(try value(.gamma) >= value(.exponential) - slack)
    // The same likelihood, not only the same maximum.
    let problem = AFTProblem(data, design, offset: nil)
    func at(_ distribution: SurvivalDistribution, _ theta: [Double]) -> Double {
      AFTLikelihood(distribution: distribution, problem: problem, free: [0, 1]).evaluate(theta).value
    }
    let location = [0.3, -0.2, 0.1]
    for tau in [-0.4, 0, 0.5] {
      let size = 1e-12 * (1 + abs(at(.weibull, location + [tau])))
      #expect(abs(at(.generalizedGamma, location + [tau, 1]) - at(.weibull, location + [tau])) < size)
      #expect(abs(at(.generalizedGamma, location + [tau, 0]) - at(.lognormal, location + [tau])) < size)
      #expect(abs(at(.generalizedGamma, location + [tau, exp(tau)]) - at(.gamma, location + [tau])) < size)
    }
    #expect(
      abs(at(.weibull, location + [0]) - at(.exponential, location)) < 1e-12 * (1 + abs(at(.exponential, location))))
  }

  @Test("an offset is a covariate of coefficient 1; rows in any order", arguments: Seeds.all)
  func offset(seed: UInt64) throws {
    let trial = Self.trial(seed)
    let distribution = SurvivalDistribution.allCases[Int(seed % 6)]
    guard let fit = try fit(trial, distribution) else { return }
    let held = trial.x[0].map { 0.5 * $0 }
    let other = try #require(try self.fit(trial, distribution, offset: held))
    #expect(abs(other.coefficients[1] - (fit.coefficients[1] - 0.5)) < 1e-10 * fit.standardErrors[1], "seed \(seed)")
    let shuffled = try #require(try self.fit(trial.taking(trial.shuffledRows()), distribution))
    for j in fit.coefficients.indices {
      #expect(
        abs(shuffled.coefficients[j] - fit.coefficients[j]) < 1e-10 * fit.standardErrors[j] + 1e-13, "seed \(seed)")
    }
  }

  @Test("predictions agree with each other", arguments: Seeds.all)
  func predictions(seed: UInt64) throws {
    let trial = Self.trial(seed)
    let distribution = SurvivalDistribution.allCases[Int(seed % 6)]
    guard let fit = try fit(trial, distribution) else { return }
    let x = [0.2, 1]
    let confidence = try ConfidenceSetting()
    for quantile in try fit.quantiles(x, probabilities: [0.05, 0.5, 0.95]) where quantile.time.isFinite {
      let there = try fit.survival(at: [quantile.time], x, confidence: confidence)[0]
      #expect(abs(there.survival - (1 - quantile.probability)) < 1e-11, "\(distribution) seed \(seed)")
      #expect(there.isExtrapolated == (quantile.time > fit.lastTime))
      // The delta method on both sides of S(t_p) = 1 − p: se(S) = f(t) se(t); f by a difference of the curve.
      let h = 1e-5 * quantile.time
      let around = try fit.survival(at: [quantile.time - h, quantile.time + h], x, confidence: confidence)
      let density = (around[0].survival - around[1].survival) / (2 * h)
      #expect(isClose(there.standardError, density * quantile.standardError, 1e-5, scale: 1e-6), "seed \(seed)")
    }
    let tau = try fit.quantiles(x, probabilities: [0.7])[0].time
    let restricted = try fit.mean(x, tau: tau)
    // Simpson's rule on 2,000 intervals of √t, in which every curve here is smooth enough at 0.
    let n = 2000
    let nodes = (0...n).map { Double($0) / Double(n) }
    let curve = try fit.survival(at: nodes.map { $0 * $0 * tau }, x, confidence: confidence).map(\.survival)
    let sum = nodes.indices.reduce(0.0) { sum, i in
      sum + (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) * curve[i] * 2 * nodes[i] * tau
    }
    #expect(isClose(restricted.estimate, sum / Double(3 * n), 1e-6, scale: 0), "\(distribution) seed \(seed)")
  }
}

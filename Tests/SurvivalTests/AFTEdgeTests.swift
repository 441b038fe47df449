import Foundation
import Testing

@testable import Survival

/// Parametric models where the likelihood has no maximum, and answers that can be worked out by hand.
@Suite struct AFTEdgeTests {
  private func fit(
    _ distribution: SurvivalDistribution, _ time: [Double], _ isEvent: [Bool], x: [Double]? = nil,
    entry: [Double]? = nil
  ) throws -> AFTFit {
    let data = try TimeToEvent(time: time, isEvent: isEvent, entry: entry)
    let design = try DesignMatrix(x.map { [.numeric(name: "x", values: $0)] } ?? [], rows: time.count)
    return try AFTModel(distribution).fit(data, design)
  }

  @Test("exponential: events per time at risk, in one arm and in two, with delayed entry")
  func exponentialByHand() throws {
    let time = [2.0, 3, 5, 7, 11, 13]
    let isEvent = [true, true, false, true, true, false]
    let one = try fit(.exponential, time, isEvent)
    // Rate d/Σt = 4/41; ln L = d ln(d/Σt) − d; standard error of ln rate 1/√d.
    #expect(isClose(one.coefficients[0], log(41.0 / 4), 1e-14))
    #expect(isClose(one.logLikelihood, 4 * log(4.0 / 41) - 4, 1e-14))
    #expect(isClose(one.standardErrors[0], 0.5, 1e-14))
    let two = try fit(.exponential, time, isEvent, x: [0, 0, 0, 1, 1, 1])
    // 2 events in 10 and 2 in 31.
    #expect(isClose(two.coefficients[0], log(5.0), 1e-13) && isClose(two.coefficients[1], log(15.5 / 5), 1e-13))
    #expect(isClose(two.standardErrors[1], 1, 1e-13))
    let hazard = try #require(two.hazardRatios()?[0])
    #expect(isClose(hazard.estimate, 10.0 / 31, 1e-13) && isClose(two.timeRatios()[0].estimate, 3.1, 1e-13))
    let late = try fit(.exponential, time, isEvent, entry: [1, 1, 1, 1, 1, 1])
    #expect(isClose(late.coefficients[0], log(35.0 / 4), 1e-13))
  }

  @Test("log-normal without censoring: mean and standard deviation of ln T")
  func lognormalByHand() throws {
    let time = [1.5, 2, 4, 9, 11]
    let logs = time.map { log($0) }
    let mean = logs.reduce(0, +) / 5
    let deviation = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()
    let found = try fit(.lognormal, time, [Bool](repeating: true, count: 5))
    #expect(isClose(found.coefficients[0], mean, 1e-13) && isClose(found.scale, deviation, 1e-13))
    #expect(isClose(found.standardErrors[0], deviation / 5.0.squareRoot(), 1e-12))
    #expect(isClose(found.standardErrors[1], 1 / 10.0.squareRoot(), 1e-12))
    let t = try found.mean([])
    #expect(isClose(t.estimate, exp(mean + deviation * deviation / 2), 1e-13))
    #expect(t.isExtrapolated)
  }

  /// Times at equal distances: the density of the limit jumps at the last one. The errors with Q as known gave x a z of 4.3, while twice
  /// the gain of the log-likelihood is 1.1.
  @Test("a shape that runs away leaves no error to any coefficient")
  func runawayShape() throws {
    let time = (0..<10).map { Double($0) + 0.5 }
    let found = try fit(
      .generalizedGamma, time, [Bool](repeating: true, count: 10), x: (0..<10).map { Double($0 * 7 % 3) })
    #expect(found.warnings.map(\.code) == [.infiniteShape] && found.warnings[0].message.contains("no errors beside it"))
    #expect(found.standardErrors.allSatisfy { $0.isNaN })
    #expect(found.coefficients[1].isFinite && found.likelihoodRatioTest.p > 0.2)
  }

  @Test("means by their closed forms; none where the integral has none")
  func means() throws {
    let time = (1...20).map { pow(Double($0), 1.7) }
    let isEvent = (1...20).map { $0 % 4 != 0 }
    let weibull = try fit(.weibull, time, isEvent)
    // Lawless 2003, section 1.3: E T = e^μ Γ(1 + σ), e^μ πσ/sin πσ, and k e^η for the gamma distribution.
    #expect(
      isClose(try weibull.mean([]).estimate, exp(weibull.coefficients[0]) * tgamma(1 + weibull.scale), 1e-12, scale: 0))
    let logistic = try fit(.loglogistic, time, isEvent)
    let s = logistic.scale
    #expect(s < 1)
    #expect(
      isClose(try logistic.mean([]).estimate, exp(logistic.coefficients[0]) * .pi * s / sin(.pi * s), 1e-12, scale: 0))
    let gamma = try fit(.gamma, time, isEvent)
    #expect(
      isClose(try gamma.mean([]).estimate, exp(gamma.coefficients[0] + gamma.coefficients[1]), 1e-12, scale: 0))
    // Prentice's: E T = e^μ Q^(2σ/Q) Γ(1/Q² + σ/Q) / Γ(1/Q²).
    let general = try fit(.generalizedGamma, time, isEvent)
    let (sigma, q) = (exp(general.coefficients[1]), general.coefficients[2])
    #expect(general.warnings.isEmpty && q > 0)
    let closed = exp(
      general.coefficients[0] + 2 * sigma / q * log(q) + lgamma(1 / (q * q) + sigma / q) - lgamma(1 / (q * q)))
    #expect(isClose(try general.mean([]).estimate, closed, 1e-11, scale: 0))
    let spread = try fit(.loglogistic, [1, 10, 1e3, 1e5, 1e6], [true, true, true, true, true])
    let none = try spread.mean([])
    #expect(spread.scale >= 1 && none.estimate.isNaN && none.reason != nil)
    #expect(try spread.mean([], tau: 100).estimate.isFinite)
  }

  @Test("errors of means: the derivative of the mean by every parameter")
  func errorsOfMeans() throws {
    let time = (1...24).map { Double($0) / (26 - Double($0)) }
    let isEvent = (1...24).map { $0 % 4 != 0 }
    let x = (1...24).map { Double($0 % 3) }
    for distribution in SurvivalDistribution.allCases {
      let found = try fit(distribution, time, isEvent, x: x)
      try #require(found.warnings.isEmpty)
      for tau in [nil, 2.0] {
        let size = found.inner.theta.count
        func mean(_ theta: [Double]) throws -> Double {
          var moved = found
          moved.inner = AFTInner(
            problem: found.inner.problem, theta: theta, covariance: found.inner.covariance, runaway: [],
            isWithoutErrors: false)
          return try log(moved.mean([1], tau: tau).estimate)
        }
        let gradient = try (0..<size).map { a in
          var (up, down) = (found.inner.theta, found.inner.theta)
          up[a] += 1e-5
          down[a] -= 1e-5
          return (try mean(up) - mean(down)) / 2e-5
        }
        let error = try #require(found.inner.variance(gradient)).squareRoot()
        let stated = try found.mean([1], tau: tau)
        // h² = 1e-10, and round-off 1e-16/h.
        #expect(isClose(stated.standardError / stated.estimate, error, 1e-7, scale: 0), "\(distribution)")
      }
    }
  }

  @Test(
    "an arm without events: named, no standard error, the likelihood of the other arm",
    arguments: SurvivalDistribution.allCases)
  func armWithoutEvents(distribution: SurvivalDistribution) throws {
    // Enough events for a shape of the generalised gamma distribution.
    let time = (1...20).map { pow(Double($0), 1.7) } + [4, 6, 9, 12, 14]
    let isEvent = (1...20).map { $0 % 4 != 0 } + [Bool](repeating: false, count: 5)
    let x = [Double](repeating: 0, count: 20) + [1, 1, 1, 1, 1]
    let found = try fit(distribution, time, isEvent, x: x)
    #expect(found.warnings.map(\.code) == [.infiniteCoefficient] && found.warnings[0].coefficient == "x")
    #expect(found.standardErrors[1].isNaN && found.timeRatios()[0].estimate.isNaN)
    let alone = try fit(distribution, Array(time[..<20]), Array(isEvent[..<20]))
    // S of the other arm tends to 1; the iteration ends when it is 1 to 1e-9 of the likelihood.
    #expect(isClose(found.logLikelihood, alone.logLikelihood, 1e-8))
    #expect(isClose(found.coefficients[0], alone.coefficients[0], 1e-3))
    #expect(isClose(found.standardErrors[0], alone.standardErrors[0], 1e-3, scale: 0), "\(distribution)")
    let median = try found.quantiles([0], probabilities: [0.5])[0]
    #expect(isClose(median.time, try alone.quantiles([], probabilities: [0.5])[0].time, 1e-3, scale: 0))
    #expect(try found.quantiles([1], probabilities: [0.5])[0].time.isNaN)
  }

  @Test("a reference arm without events: intercept and coefficient both without an estimate")
  func referenceWithoutEvents() throws {
    let time = [2.0, 3, 5, 8, 13, 4, 6, 9, 12, 14]
    let isEvent = [false, false, false, false, false, true, true, true, true, false]
    let found = try fit(.weibull, time, isEvent, x: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1])
    #expect(found.standardErrors[0].isNaN && found.standardErrors[1].isNaN && found.standardErrors[2].isFinite)
    #expect(found.coefficients[0] > 0 && found.coefficients[1] < 0)
  }

  @Test("all events at one time: the scale goes to 0", arguments: SurvivalDistribution.allCases.dropFirst())
  func zeroScale(distribution: SurvivalDistribution) throws {
    for time in [[5.0, 5, 5, 5], [5e-6, 5e-6, 5e-6, 5e-6], [0.1 + 0.2, 0.3, 0.3, 0.3]] {
      let found = try fit(distribution, time, [true, true, true, true])
      #expect(found.warnings.map(\.code) == [.zeroScale], "\(distribution)")
      #expect(found.standardErrors.allSatisfy(\.isNaN) && found.logLikelihood.isNaN && found.aic.isNaN)
      #expect(try found.quantiles([], probabilities: [0.5])[0].time.isNaN)
    }
    // Two events and two parameters of location: a perfect fit.
    let perfect = try fit(distribution, [3, 7, 2, 6], [true, true, false, false], x: [0, 1, 0, 1])
    #expect(perfect.warnings.map(\.code) == [.zeroScale], "\(distribution)")
  }

  @Test("aliased columns are named and cost nothing; one event is enough for the exponential distribution")
  func aliasedAndSmall() throws {
    let time = [2.0, 3, 5, 8, 13, 4]
    let isEvent = [true, true, false, true, true, true]
    let data = try TimeToEvent(time: time, isEvent: isEvent)
    let x = [0.1, 0.5, 0.3, 0.2, 0.9, 0.4]
    let design = try DesignMatrix(
      [
        .numeric(name: "x", values: x), .numeric(name: "twice", values: x.map { 2 * $0 + 1 }),
        .numeric(name: "constant", values: [Double](repeating: 0.1, count: 6)),
      ], rows: 6)
    let found = try AFTModel(.weibull).fit(data, design)
    let alone = try fit(.weibull, time, isEvent, x: x)
    #expect(found.warnings.map(\.code) == [.aliased, .aliased])
    #expect(found.coefficients[2].isNaN && found.coefficients[3].isNaN && found.parameterCount == 3)
    #expect(
      isClose(found.coefficients[1], alone.coefficients[1], 1e-12) && found.likelihoodRatioTest.degreesOfFreedom == 1)
    #expect(isClose(found.standardErrors[0], alone.standardErrors[0], 1e-12))
    let single = try fit(.exponential, [4, 6], [true, false])
    #expect(isClose(single.coefficients[0], log(10), 1e-14))
  }

  @Test("no event, a time of 0, settings out of range")
  func refusals() throws {
    #expect(throws: AFTFitError.self) { try fit(.weibull, [1, 2], [false, false]) }
    do {
      _ = try fit(.weibull, [1, 0, 2], [true, true, true])
      Issue.record("a time of 0 was taken")
    } catch let error as AFTFitError {
      #expect(error.code == .zeroTime && error.row == 1)
    }
    let found = try fit(.weibull, [1, 2, 4], [true, true, true])
    #expect(throws: SurvivalInputError.self) { try found.quantiles([], probabilities: [0]) }
    #expect(throws: SurvivalInputError.self) { try found.quantiles([1], probabilities: [0.5]) }
    #expect(throws: SurvivalInputError.self) { try found.quantiles([], probabilities: [0.5], level: 1) }
    #expect(throws: SurvivalInputError.self) { try found.mean([], tau: 0) }
    #expect(throws: SurvivalInputError.self) { try found.survival(at: [-1], [], confidence: ConfidenceSetting()) }
    let start = try found.survival(at: [0], [], confidence: ConfidenceSetting())[0]
    #expect(start.survival == 1 && start.standardError == 0)
  }
}

import Testing

@testable import Survival

/// Simulated designs against closed forms, an independent simulation, and themselves.
@Suite(.serialized) struct TrialSimulationTests {
  private func run(_ scenario: TrialScenario, replicates: Int, seed: UInt64 = 1) throws -> OperatingCharacteristics {
    try TrialSimulation(
      scenario, tests: [.logRank(.logRank), .wald], test: DesignTest(alpha: 0.05, sides: 2), replicates: replicates,
      seed: seed
    ).run()
  }

  @Test("numbers of events: all enter at once and half of them have the event by the median")
  func eventsByTheMedian() throws {
    let rate = 0.6931471805599453 / 12
    let scenario = try TrialScenario(
      controlCount: 100, experimentalCount: 100, control: .piecewise(PiecewiseConstant(rate)),
      hazardRatio: PiecewiseConstant(1), accrual: 0, analysis: .followUp(12))
    let found = try run(scenario, replicates: 4000)
    // Binomial(200, 1/2): mean 100, standard deviation √50; four standard errors of 4,000 replicates.
    #expect(abs(found.events.estimate - 100) < 4 * (50.0 / 4000).squareRoot())
    #expect(abs(found.events.standardDeviation - 50.0.squareRoot()) < 4 * 50.0.squareRoot() / (2 * 4000.0).squareRoot())
    // 5 % within four standard errors (0.34 points each); the chi-squared approximation itself is off by a tenth of a point.
    #expect(abs(found.tests[0].rejected.estimate - 0.05) < 0.015)
    #expect(abs((found.hazardRatio.coverage?.estimate ?? 0) - 0.95) < 0.015)
    #expect(abs(found.hazardRatio.bias ?? 1) < 4 * found.hazardRatio.logRatio.standardError)
  }

  @Test("a delayed effect: power and events of an independent simulation")
  func delayedEffect() throws {
    let rate = 0.6931471805599453 / 12
    let scenario = try TrialScenario(
      controlCount: 300, experimentalCount: 300, control: .piecewise(PiecewiseConstant(rate)),
      hazardRatio: PiecewiseConstant(values: [1, 0.6], starts: [0, 3]), accrual: 18, analysis: .followUp(12))
    let found = try run(scenario, replicates: 4000)
    // numpy, 6,000 trials written independently: power 0.9465 (s.e. 0.0029), 369.44 events; four standard errors of both
    // simulations together are 0.018 and, at a standard deviation of 12 events, 1.
    #expect(abs(found.tests[0].rejected.estimate - 0.9465) < 0.018)
    #expect(abs(found.events.estimate - 369.44) < 1)
    #expect(found.hazardRatio.coverage == nil && found.hazardRatio.bias == nil)
  }

  @Test("no number depends on the threads, and a replicate not on how many there are")
  func threads() throws {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    let scenario = try TrialScenario(
      controlCount: 40, experimentalCount: 60, control: .weibull(shape: 1.3, scale: 10),
      hazardRatio: PiecewiseConstant(0.7), accrual: 6, analysis: .events(50, latest: 40), controlDropout: 0.01,
      experimentalDropout: 0.02)
    var found: [OperatingCharacteristics] = []
    for count in [1, 2, 4, 8] {
      Parallelism.threads = count
      found.append(try run(scenario, replicates: 300))
    }
    #expect(found.allSatisfy { $0 == found[0] })
    func simulation(_ replicates: Int) throws -> TrialSimulation {
      try TrialSimulation(
        scenario, tests: [.wald], test: DesignTest(alpha: 0.05, sides: 2), replicates: replicates, seed: 9)
    }
    let rows = try simulation(5).rows(ofReplicate: 4)
    #expect(try simulation(500).rows(ofReplicate: 4) == rows)
    #expect(try simulation(5).rows(ofReplicate: 3) != rows)
    #expect(rows.time.count == 100 && rows.isExperimental.count { $0 } == 60)
    // The analysis comes at the fiftieth event; nobody is followed beyond it.
    #expect(rows.isEvent.count { $0 } == 50)
    #expect(zip(rows.entryTime, rows.time).allSatisfy { $0 + $1 <= rows.analysisTime * (1 + 1e-12) })
  }

  /// The estimators are held against R elsewhere; here, what the simulation makes of them.
  @Test("tests of the rows: the shares are those of the estimators on every replicate's rows", arguments: [1, 2])
  func testsOfTheRows(sides: Int) throws {
    let scenario = try TrialScenario(
      controlCount: 12, experimentalCount: 12, control: .piecewise(PiecewiseConstant(0.15)),
      hazardRatio: PiecewiseConstant(0.4), accrual: 2, analysis: .followUp(8), controlDropout: 0.05)
    let test = try DesignTest(alpha: sides == 1 ? 0.05 : 0.1, sides: sides)
    let gehan = LogRankWeighting.gehanBreslow
    let combined = [LogRankWeighting.logRank, gehan]
    let tau = 8.5
    let simulation = try TrialSimulation(
      scenario, tests: [.logRank(gehan), .maxCombo(combined), .restrictedMean(tau: tau), .landmark(time: 5)],
      test: test, replicates: 200, seed: 5)
    let alternative: HazardAlternative = sides == 1 ? .less : .twoSided
    // Of each test: in favour of the experimental arm, of the control arm, without a value.
    var counts = [(Int, Int, Int)](repeating: (0, 0, 0), count: 4)
    func add(_ place: Int, _ favours: Double?, p: Double) {
      guard let favours, !p.isNaN else { return counts[place].2 += 1 }
      guard p <= test.alpha else { return }
      if favours > 0 { counts[place].0 += 1 } else { counts[place].1 += 1 }
    }
    for replicate in 0..<200 {
      let rows = simulation.rows(ofReplicate: replicate)
      let data = try TimeToEvent(time: rows.time, isEvent: rows.isEvent)
      let arms = Grouping(labels: ["control", "experimental"], codes: rows.isExperimental.map { $0 ? 1 : 0 })
      let weighted = try LogRankTest(data, groups: arms, weighting: gehan)
      add(0, weighted.z.map { -$0 }, p: weighted.p(alternative) ?? .nan)
      let largest = try MaxComboTest(data, groups: arms, weightings: combined, alternative: alternative)
      add(1, largest.largest.map { -largest.z[$0] }, p: largest.p)
      let curves = try KaplanMeier.curves(data, by: arms, confidence: ConfidenceSetting())
      let means = try curves.map { try RestrictedMean($0, tau: tau) }
      let difference = RestrictedMeanComparison(first: means[0], second: means[1]).difference
      let isKnown = !means.contains { $0.isBeyondLastObservation }
      let tail = sides == 2 ? difference.p : difference.z > 0 ? difference.p / 2 : 1 - difference.p / 2
      add(2, isKnown && difference.z.isFinite ? difference.z : nil, p: tail)
      let landmark = LandmarkComparison(first: curves[0], second: curves[1], time: 5)
      add(3, landmark.z.isNaN ? nil : landmark.z, p: sides == 1 ? landmark.p(.less) : landmark.p)
    }
    let found = try simulation.run().tests
    for (result, count) in zip(found, counts) {
      #expect(result.favoursExperimental.count == count.0 && result.favoursControl.count == count.1)
      #expect(result.withoutValue == count.2 && result.rejected.count == count.0 + count.1, "\(result.test.name)")
      #expect(count.0 > 20)
    }
    // A horizon that many arms do not reach.
    #expect(counts[2].2 > 10)
  }
}

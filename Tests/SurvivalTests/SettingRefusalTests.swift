import Testing

@testable import Survival

/// Settings that a program may hand over and that mean nothing: each is refused with a code and a sentence that names it.
@Suite struct SettingRefusalTests {
  struct Attempt: Sendable, CustomStringConvertible {
    let code: SurvivalInputError.Code
    /// What the message names.
    let naming: String
    let make: @Sendable () throws -> Void
    var description: String { naming }
  }

  private func check(_ attempt: Attempt) {
    #expect {
      try attempt.make()
    } throws: { error in
      let found = error as? SurvivalInputError
      return found?.code == attempt.code && "\(error)".contains(attempt.naming)
    }
  }

  private static func data() throws -> TimeToEvent {
    try TimeToEvent(time: [1, 2, 3, 4], isEvent: [true, true, true, false])
  }

  private static let two = Grouping(["a", "b", "a", "b"])
  private static let three = Grouping(["a", "b", "c", "a"])

  static let comparisons: [Attempt] = [
    Attempt(code: .notSupported, naming: "there are 3") { _ = try MarginTest(data(), groups: three, margin: 1.2) },
    Attempt(code: .badSetting, naming: "not 0.0") { _ = try MarginTest(data(), groups: two, margin: 0) },
    Attempt(code: .badSetting, naming: "not inf") { _ = try MarginTest(data(), groups: two, margin: .infinity) },
    Attempt(code: .badSetting, naming: "one direction") {
      _ = try MarginTest(data(), groups: two, margin: 1.2, alternative: .twoSided)
    },
    Attempt(code: .notSupported, naming: "not 3") { _ = try MaxComboTest(data(), groups: three) },
    Attempt(code: .badSetting, naming: "needs a test") { _ = try MaxComboTest(data(), groups: two, weightings: []) },
    Attempt(code: .notSupported, naming: "the largest of 5 independent tests") {
      let time = (1...40).map { Double($0) }
      let data = try TimeToEvent(time: time, isEvent: time.map { _ in true })
      // Five powers of S are five independent weights.
      _ = try MaxComboTest(
        data, groups: Grouping(time.map { Int($0) % 3 == 0 ? "a" : "b" }),
        weightings: [0, 1, 2, 3, 4].map { .flemingHarrington(rho: $0, gamma: 0) })
    },
    Attempt(code: .empty, naming: "in both arms") {
      let tables = EventTable.tables(
        try data(), by: Grouping(labels: ["a", "b"], codes: [Int32](repeating: 0, count: 4)))
      _ = try RestrictedMeanHorizon(tables[0], tables[1])
    },
    Attempt(code: .badSetting, naming: "not 1.0") { _ = try BootstrapInterval.leastReplicates(level: 1) },
  ]

  @Test("comparisons", arguments: comparisons) func comparison(attempt: Attempt) { check(attempt) }

  static let designs: [Attempt] = [
    Attempt(code: .lengthMismatch, naming: "2 covariates have 3 values for 2 rows") {
      _ = try DesignMatrix(columnNames: ["x", "y"], values: [1, 2, 3], rows: 2)
    },
    Attempt(code: .notFinite, naming: "row 2: covariate y") {
      _ = try DesignMatrix(columnNames: ["x", "y"], values: [1, 2, 3, .nan], rows: 2)
    },
    Attempt(code: .badSetting, naming: "not -0.1") {
      _ = try TrialDesign(
        .size(hazardRatio: 0.5, power: 0.8), test: DesignTest(),
        followUp: .exponential(controlHazard: 1, accrual: 1, followUp: 1, dropoutHazard: -0.1))
    },
    Attempt(code: .badSetting, naming: "the variance of the covariate is above 0, not 0.0") {
      _ = try TrialDesign(
        .size(hazardRatio: 0.5, power: 0.8), method: .hsiehLavori, test: DesignTest(), covariateVariance: 0)
    },
    Attempt(code: .lengthMismatch, naming: "the same length") {
      _ = try TwoArmAnalysis(ties: .efron).trial(time: [1, 2], isEvent: [true, false], isExperimental: [true])
    },
  ]

  @Test("designs and rows", arguments: designs) func design(attempt: Attempt) { check(attempt) }

  private static func scenario(
    control: Int = 10, experimental: Int = 10, hazard: TrialScenario.ControlHazard? = nil, accrual: Double = 1,
    analysis: TrialScenario.AnalysisTime = .followUp(1)
  ) throws -> TrialScenario {
    try TrialScenario(
      controlCount: control, experimentalCount: experimental,
      control: hazard ?? .piecewise(PiecewiseConstant(0.1)), hazardRatio: PiecewiseConstant(0.7), accrual: accrual,
      analysis: analysis)
  }

  private static func simulation(
    margin: Double = 1, level: Double = 0.95, replicates: Int = 10, tests: [TrialTest] = [.wald]
  ) throws -> TrialSimulation {
    try TrialSimulation(
      scenario(), tests: tests, test: DesignTest(margin: margin), level: level, replicates: replicates, seed: 1)
  }

  static let simulations: [Attempt] = [
    Attempt(code: .badSetting, naming: "one value for each start") {
      _ = try PiecewiseConstant(values: [], starts: [])
    },
    Attempt(code: .badSetting, naming: "one value for each start") {
      _ = try PiecewiseConstant(values: [1], starts: [0, 1])
    },
    Attempt(code: .badSetting, naming: "ascending times") { _ = try PiecewiseConstant(values: [1], starts: [1]) },
    Attempt(code: .badSetting, naming: "ascending times") {
      _ = try PiecewiseConstant(values: [1, 1, 1], starts: [0, 2, 2])
    },
    Attempt(code: .badSetting, naming: "not -1.0") { _ = try PiecewiseConstant(-1) },
    Attempt(code: .badSetting, naming: "not nan") { _ = try PiecewiseConstant(.nan) },
    Attempt(code: .badSetting, naming: "not 0 and 10") { _ = try scenario(control: 0) },
    Attempt(code: .badSetting, naming: "is 0 throughout") {
      _ = try scenario(hazard: .piecewise(PiecewiseConstant(0)))
    },
    Attempt(code: .badSetting, naming: "not 0.0 and 5.0") { _ = try scenario(hazard: .weibull(shape: 0, scale: 5)) },
    Attempt(code: .badSetting, naming: "not both 0") { _ = try scenario(accrual: 0, analysis: .followUp(0)) },
    Attempt(code: .badSetting, naming: "not at 21") { _ = try scenario(analysis: .events(21, latest: nil)) },
    Attempt(code: .badSetting, naming: "name the latest time") {
      _ = try scenario(
        hazard: .piecewise(PiecewiseConstant(values: [1, 0], starts: [0, 1])),
        analysis: .events(5, latest: nil))
    },
    Attempt(code: .badSetting, naming: "needs a test") { _ = try simulation(tests: []) },
    Attempt(code: .notSupported, naming: "HR = 1") { _ = try simulation(margin: 1.3) },
    Attempt(code: .badSetting, naming: "not 0.0") { _ = try simulation(level: 0) },
    Attempt(code: .badSetting, naming: "not at 0") { _ = try simulation(replicates: 0) },
    Attempt(code: .badSetting, naming: "not inf") { _ = try simulation(tests: [.restrictedMean(tau: .infinity)]) },
    Attempt(code: .badSetting, naming: "not at -1.0") { _ = try simulation(tests: [.landmark(time: -1)]) },
    // All times are beyond the largest number.
    Attempt(code: .notFinite, naming: "change the unit of time") {
      let slow = try scenario(
        hazard: .piecewise(PiecewiseConstant(.leastNonzeroMagnitude)), analysis: .events(20, latest: nil))
      _ = try TrialSimulation(slow, tests: [.wald], test: DesignTest(), replicates: 1, seed: 1).run()
    },
  ]

  @Test("simulations", arguments: simulations) func simulation(attempt: Attempt) { check(attempt) }
}

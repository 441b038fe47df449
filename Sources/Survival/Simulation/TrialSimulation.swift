internal import Distributions

/// The operating characteristics of a design by simulation: power or type-I error of tests, bias and coverage of the hazard ratio.
///
/// `replicates` trials are drawn from the scenario, each from a generator of its own (`TrialGenerator`), and analysed by every test
/// at the level; the hazard ratio is the Cox model's with its Wald interval. Results depend on seed and scenario only, not on the
/// number of threads, and replicate r is the same whatever the number of replicates.
/// Sources: Burton et al., Stat Med 2006;25:4279–4292; Morris, White & Crowther, Stat Med 2019;38:2074–2102 (measures and their
/// Monte Carlo errors, table 6).
public struct TrialSimulation: Sendable, Equatable {
  public let scenario: TrialScenario
  public let tests: [TrialTest]
  /// Level and sides; the margin is 1.
  public let test: DesignTest
  /// Whether a one-sided test looks for a lower hazard in the experimental arm.
  public let isBenefit: Bool
  /// Of the interval of the hazard ratio.
  public let level: Double
  public let ties: TieMethod
  public let replicates: Int
  public let seed: UInt64

  /// - Throws: `SurvivalInputError` for no tests, a test out of range, a margin other than 1, a level not in (0, 1), fewer than one replicate or more
  ///   than a hundred million, and exact ties.
  public init(
    _ scenario: TrialScenario, tests: [TrialTest], test: DesignTest, isBenefit: Bool = true, level: Double = 0.95,
    ties: TieMethod = .efron, replicates: Int = 10_000, seed: UInt64
  ) throws(SurvivalInputError) {
    guard !tests.isEmpty else { throw SurvivalInputError(.badSetting, "a simulation needs a test") }
    guard test.margin == 1 else {
      throw SurvivalInputError(.notSupported, "tests against a margin are not simulated; the null hypothesis is HR = 1")
    }
    guard level > 0, level < 1 else {
      throw SurvivalInputError(.badSetting, "a confidence level lies between 0 and 1, not \(level)")
    }
    guard (1...100_000_000).contains(replicates) else {
      throw SurvivalInputError(
        .badSetting, "the number of replicates lies between 1 and 100000000, not at \(replicates)")
    }
    for case .restrictedMean(let time) in tests where !(time > 0 && time.isFinite) {
      throw SurvivalInputError(.badSetting, "the horizon of a restricted mean is a time above 0, not \(time)")
    }
    for case .landmark(let time) in tests where !(time > 0 && time.isFinite) {
      throw SurvivalInputError(.badSetting, "the time of a landmark test lies above 0, not at \(time)")
    }
    _ = try TwoArmAnalysis(ties: ties)
    self.scenario = scenario
    self.tests = tests
    self.test = test
    self.isBenefit = isBenefit
    self.level = level
    self.ties = ties
    self.replicates = replicates
    self.seed = seed
  }

  /// The rows of one replicate, as they are analysed.
  public struct Rows: Sendable, Equatable {
    /// Calendar time of entry, and time from entry to event or censoring.
    public let entryTime: [Double]
    public let time: [Double]
    public let isEvent: [Bool]
    public let isExperimental: [Bool]
    /// Calendar time of the analysis.
    public let analysisTime: Double
  }

  /// The rows of replicate `index`, counted from 0. O(n).
  public func rows(ofReplicate index: Int) -> Rows {
    var generator = TrialGenerator(scenario)
    generator.draw(seed: seed, replicate: index)
    return Rows(
      entryTime: generator.entryTime, time: generator.time, isEvent: generator.isEvent,
      isExperimental: generator.isExperimental, analysisTime: generator.analysisTime)
  }

  /// Draws and analyses all replicates. Log-rank and Wald tests go through `TwoArmAnalysis`; every other test costs several times the
  /// rest.
  ///
  /// - Parameter progress: told now and then how many replicates have been added; from any thread.
  /// - Throws: `SurvivalInputError` of a test that refuses the data of a replicate.
  public func run(
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(SurvivalInputError) -> OperatingCharacteristics {
    // Small blocks share out slow tests; each has room of its own.
    let block = 32
    let tallies = concurrentMap((replicates + block - 1) / block) {
      index -> Result<SimulationTally, SurvivalInputError> in
      let range = (index * block)..<min(replicates, (index + 1) * block)
      let tally = Result { () throws(SurvivalInputError) in try self.tally(range) }
      progress?(range.count)
      return tally
    }
    var total = SimulationTally(tests: tests.count)
    for tally in tallies { total.add(try tally.get()) }
    return OperatingCharacteristics(self, total)
  }

  private func tally(_ range: Range<Int>) throws(SurvivalInputError) -> SimulationTally {
    var generator = TrialGenerator(scenario)
    var kernel = try TwoArmAnalysis(ties: ties).kernel(capacity: scenario.count)
    let tester = TrialTester(tests, test: test, isBenefit: isBenefit)
    let needsCurves = tests.contains { test in
      switch test {
      case .restrictedMean, .landmark: true
      default: false
      }
    }
    let trueLogRatio = scenario.hazardRatio.isConstant ? logarithm(scenario.hazardRatio.values[0]) : .nan
    let critical = StandardNormal.criticalValue(level: level)
    var tally = SimulationTally(tests: tests.count)
    for replicate in range {
      generator.draw(seed: seed, replicate: replicate)
      var refused = 0
      let analysed =
        generator.time.isEmpty
        ? TwoArmTrial(
          controlCount: 0, experimentalCount: 0, controlEvents: 0, experimentalEvents: 0, expected: 0, variance: 0)
        : kernel.analyse(
          generator.time[...], generator.isEvent[...], generator.isExperimental[...], refusedRow: &refused)
      guard let trial = analysed else {
        throw SurvivalInputError(
          .notFinite, "replicate \(replicate + 1) has a time beyond the largest number; change the unit of time")
      }
      let verdicts: [TrialVerdict]
      if generator.time.isEmpty {
        verdicts = tests.map { _ in .noValue }
      } else {
        do {
          verdicts = try tester.verdicts(
            trial,
            TrialRows(
              time: generator.time, isEvent: generator.isEvent, isExperimental: generator.isExperimental,
              needsCurves: needsCurves))
        } catch let error as SurvivalInputError {
          throw error
        } catch {
          throw SurvivalInputError(.notSupported, "replicate \(replicate + 1): \(error)")
        }
      }
      tally.add(
        trial, verdicts, analysisTime: generator.analysisTime, reachedEvents: generator.reachedEvents,
        trueLogRatio: trueLogRatio, critical: critical)
    }
    return tally
  }
}

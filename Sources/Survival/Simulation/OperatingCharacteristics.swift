internal import Distributions

/// What a simulated design comes to. Every estimate stands with its Monte Carlo standard error; intervals are 95% and say how well
/// the replicates determine the number, nothing about a trial.
public struct OperatingCharacteristics: Sendable, Equatable {
  /// Level of the Monte Carlo intervals.
  public static let monteCarloLevel = 0.95

  /// A share of the replicates, with Wilson's interval.
  public struct Share: Sendable, Equatable {
    public let count: Int
    public let replicates: Int
    public let lower: Double
    public let upper: Double
    public var estimate: Double { Double(count) / Double(replicates) }
    /// √(p (1 − p)/N).
    public var standardError: Double { (estimate * (1 - estimate) / Double(replicates)).squareRoot() }

    init(_ count: Int, of replicates: Int) {
      self.count = count
      self.replicates = replicates
      let interval = try? Proportion(events: count, count: replicates, level: OperatingCharacteristics.monteCarloLevel)
      (lower, upper) = (interval?.lower ?? .nan, interval?.upper ?? .nan)
    }
  }

  /// A mean over replicates, with its normal interval; NaN where no replicate has a value.
  public struct Mean: Sendable, Equatable {
    public let estimate: Double
    public let standardDeviation: Double
    public let standardError: Double
    public let lower: Double
    public let upper: Double

    init(_ moments: Moments) {
      estimate = moments.count > 0 ? moments.mean : .nan
      standardDeviation = moments.standardDeviation
      standardError = standardDeviation / Double(moments.count).squareRoot()
      let half = StandardNormal.criticalValue(level: OperatingCharacteristics.monteCarloLevel) * standardError
      (lower, upper) = (estimate - half, estimate + half)
    }
  }

  /// One test's part of the replicates; a replicate in which the test has no value counts as not significant.
  public struct TestResult: Sendable, Equatable {
    public let test: TrialTest
    /// Significant, whatever the direction (of a one-sided test: its own).
    public let rejected: Share
    /// Significant with a lower, and with a higher hazard in the experimental arm.
    public let favoursExperimental: Share
    public let favoursControl: Share
    /// Replicates without a value: no variance, no finite estimate, a time beyond an arm's last observation.
    public let withoutValue: Int
  }

  /// The estimated hazard ratio over the replicates with a finite estimate.
  public struct HazardRatioResult: Sendable, Equatable {
    /// ln of the true ratio; nil where it changes with time.
    public let trueLogRatio: Double?
    public let level: Double
    /// Replicates with a finite estimate, and those without.
    public let estimated: Int
    public let plusInfinity: Int
    public let minusInfinity: Int
    public let undetermined: Int
    public let logRatio: Mean
    /// Mean of ln HR minus the truth; nil where it changes with time.
    public let bias: Double?
    /// Mean of the standard errors, and root of the mean variance, to be set beside the standard deviation of ln HR.
    public let meanStandardError: Double
    public let rootMeanVariance: Double
    /// Standard error of the standard deviation of ln HR: SD/√(2(N − 1)).
    public let standardErrorOfDeviation: Double
    /// Wald intervals that contain the truth; nil where it changes with time.
    public let coverage: Share?
  }

  public let simulation: TrialSimulation
  public let tests: [TestResult]
  public let hazardRatio: HazardRatioResult
  public let controlEvents: Mean
  public let experimentalEvents: Mean
  public let events: Mean
  /// Subjects who have entered by the analysis.
  public let subjects: Mean
  public let analysisTime: Mean
  /// Replicates whose analysis came without the planned number of events; 0 where none is planned.
  public let missedEvents: Int

  init(_ simulation: TrialSimulation, _ tally: SimulationTally) {
    self.simulation = simulation
    let n = tally.replicates
    tests = zip(simulation.tests, tally.verdicts).map { test, counts in
      let experimental = counts[TrialVerdict.favoursExperimental.rawValue]
      let control = counts[TrialVerdict.favoursControl.rawValue]
      return TestResult(
        test: test, rejected: Share(experimental + control, of: n), favoursExperimental: Share(experimental, of: n),
        favoursControl: Share(control, of: n), withoutValue: counts[TrialVerdict.noValue.rawValue])
    }
    let ratio = simulation.scenario.hazardRatio
    let truth = ratio.isConstant && ratio.values[0] > 0 ? logarithm(ratio.values[0]) : nil
    let estimated = tally.logRatio.count
    let mean = Mean(tally.logRatio)
    hazardRatio = HazardRatioResult(
      trueLogRatio: truth, level: simulation.level, estimated: estimated, plusInfinity: tally.plusInfinity,
      minusInfinity: tally.minusInfinity, undetermined: tally.undetermined, logRatio: mean,
      bias: truth.map { mean.estimate - $0 }, meanStandardError: Mean(tally.standardError).estimate,
      rootMeanVariance: Mean(tally.variance).estimate.squareRoot(),
      standardErrorOfDeviation: mean.standardDeviation / (2 * Double(estimated - 1)).squareRoot(),
      coverage: truth == nil || estimated == 0 ? nil : Share(tally.covered, of: estimated))
    controlEvents = Mean(tally.controlEvents)
    experimentalEvents = Mean(tally.experimentalEvents)
    events = Mean(tally.events)
    subjects = Mean(tally.subjects)
    analysisTime = Mean(tally.analysisTime)
    missedEvents = tally.missedEvents
  }
}

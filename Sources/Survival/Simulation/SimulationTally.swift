/// Sums over replicates, in the order of the replicates.
struct SimulationTally: Sendable {
  private(set) var replicates = 0
  /// Per test: how often each verdict.
  private(set) var verdicts: [[Int]]
  private(set) var controlEvents = Moments()
  private(set) var experimentalEvents = Moments()
  private(set) var events = Moments()
  private(set) var subjects = Moments()
  private(set) var analysisTime = Moments()
  private(set) var missedEvents = 0
  private(set) var logRatio = Moments()
  private(set) var standardError = Moments()
  private(set) var variance = Moments()
  private(set) var covered = 0
  /// No finite estimate, by kind.
  private(set) var plusInfinity = 0
  private(set) var minusInfinity = 0
  private(set) var undetermined = 0

  init(tests: Int) { verdicts = [[Int]](repeating: [0, 0, 0, 0], count: tests) }

  mutating func add(
    _ trial: TwoArmTrial, _ found: [TrialVerdict], analysisTime time: Double, reachedEvents: Bool, trueLogRatio: Double,
    critical: Double
  ) {
    replicates += 1
    for (test, verdict) in found.enumerated() { verdicts[test][verdict.rawValue] += 1 }
    controlEvents.add(Double(trial.controlEvents))
    experimentalEvents.add(Double(trial.experimentalEvents))
    events.add(Double(trial.events))
    subjects.add(Double(trial.controlCount + trial.experimentalCount))
    analysisTime.add(time)
    if !reachedEvents { missedEvents += 1 }
    switch trial.estimate {
    case .plusInfinity: plusInfinity += 1
    case .minusInfinity: minusInfinity += 1
    case .undetermined: undetermined += 1
    case .finite:
      logRatio.add(trial.logHazardRatio)
      standardError.add(trial.standardError)
      variance.add(trial.standardError * trial.standardError)
      if abs(trial.logHazardRatio - trueLogRatio) <= critical * trial.standardError { covered += 1 }
    }
  }

  mutating func add(_ other: SimulationTally) {
    replicates += other.replicates
    for test in verdicts.indices {
      for kind in verdicts[test].indices { verdicts[test][kind] += other.verdicts[test][kind] }
    }
    controlEvents.add(other.controlEvents)
    experimentalEvents.add(other.experimentalEvents)
    events.add(other.events)
    subjects.add(other.subjects)
    analysisTime.add(other.analysisTime)
    missedEvents += other.missedEvents
    logRatio.add(other.logRatio)
    standardError.add(other.standardError)
    variance.add(other.variance)
    covered += other.covered
    plusInfinity += other.plusInfinity
    minusInfinity += other.minusInfinity
    undetermined += other.undetermined
  }
}

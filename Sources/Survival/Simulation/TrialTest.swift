internal import Distributions

/// A test that a simulated trial is analysed by.
public enum TrialTest: Sendable, Equatable {
  /// The log-rank test or one with weights.
  case logRank(LogRankWeighting)
  /// The largest of several weighted log-rank tests.
  case maxCombo([LogRankWeighting])
  /// Wald's test of the log hazard ratio of the Cox model.
  case wald
  /// Difference of restricted mean survival times up to a horizon.
  case restrictedMean(tau: Double)
  /// Difference of survival at one time.
  case landmark(time: Double)

  public var name: String {
    switch self {
    case .logRank(let weighting): weighting.name
    case .maxCombo(let weightings): "maxcombo(\(weightings.map(\.name).joined(separator: "; ")))"
    case .wald: "cox-wald"
    case .restrictedMean(let tau): "rmst-difference(\(LogRankWeighting.trim(tau)))"
    case .landmark(let time): "landmark-difference(\(LogRankWeighting.trim(time)))"
    }
  }

  /// Whether the counts at risk alone give the answer, as `TwoArmKernel` has them.
  var isQuick: Bool {
    switch self {
    case .wald: true
    case .logRank(let weighting): weighting.isUnweighted
    default: false
    }
  }
}

/// What a test says of one trial.
enum TrialVerdict: Int, Sendable {
  case notSignificant
  /// Significant, the experimental arm's hazard lower, or higher.
  case favoursExperimental
  case favoursControl
  /// The test has no value: no variance, no finite estimate, a time beyond an arm's last observation.
  case noValue
}

/// Applies tests at one level to the rows of one trial.
struct TrialTester: Sendable {
  let tests: [TrialTest]
  let alternative: HazardAlternative
  let alpha: Double
  private let critical: Double

  init(_ tests: [TrialTest], test: DesignTest, isBenefit: Bool) {
    self.tests = tests
    alternative = test.sides == 2 ? .twoSided : isBenefit ? .less : .greater
    alpha = test.alpha
    critical = test.criticalValue
  }

  var isQuick: Bool { tests.allSatisfy(\.isQuick) }

  /// - Parameter z: positive for a higher hazard in the experimental arm.
  func verdict(_ z: Double?) -> TrialVerdict {
    guard let z, !z.isNaN else { return .noValue }
    if alternative != .greater, z <= -critical { return .favoursExperimental }
    if alternative != .less, z >= critical { return .favoursControl }
    return .notSignificant
  }

  func verdicts(_ trial: TwoArmTrial, _ rows: @autoclosure () throws -> TrialRows) rethrows -> [TrialVerdict] {
    let rows = isQuick ? nil : try rows()
    return try tests.map { test in
      switch test {
      case .wald: return verdict(trial.logHazardRatio / trial.standardError)
      case .logRank(let weighting):
        if weighting.isUnweighted { return verdict(trial.z) }
        return verdict(try rows?.test(weighting))
      case .maxCombo(let weightings): return try rows.map { try maxCombo($0, weightings) } ?? .noValue
      case .restrictedMean(let tau): return verdict(try rows?.restrictedMeanZ(tau))
      case .landmark(let time): return verdict(rows?.landmarkZ(time))
      }
    }
  }

  private func maxCombo(_ rows: TrialRows, _ weightings: [LogRankWeighting]) throws -> TrialVerdict {
    guard rows.isComparable else { return .noValue }
    let test = try MaxComboTest(rows.data, groups: rows.arms, weightings: weightings, alternative: alternative)
    guard let largest = test.largest, !test.p.isNaN else { return .noValue }
    if test.p > alpha { return .notSignificant }
    return test.z[largest] < 0 ? .favoursExperimental : .favoursControl
  }
}

/// The rows of one trial as the general estimators take them.
struct TrialRows {
  let data: TimeToEvent
  let arms: Grouping
  private let curves: [KaplanMeier]
  /// Whether there is an event and somebody in both arms.
  let isComparable: Bool

  init(time: [Double], isEvent: [Bool], isExperimental: [Bool], needsCurves: Bool) throws(SurvivalInputError) {
    data = try TimeToEvent(time: time, isEvent: isEvent)
    arms = Grouping(labels: ["control", "experimental"], codes: isExperimental.map { $0 ? 1 : 0 })
    let both = isExperimental.contains(true) && isExperimental.contains(false)
    isComparable = both && data.eventCount > 0
    curves = needsCurves && both ? try KaplanMeier.curves(data, by: arms, confidence: ConfidenceSetting()) : []
  }

  func test(_ weighting: LogRankWeighting) throws(SurvivalInputError) -> Double? {
    isComparable ? try LogRankTest(data, groups: arms, weighting: weighting).z : nil
  }

  /// Turned round: a longer mean is a lower hazard.
  func restrictedMeanZ(_ tau: Double) throws(SurvivalInputError) -> Double? {
    guard curves.count == 2 else { return nil }
    let means = try curves.map { curve throws(SurvivalInputError) in try RestrictedMean(curve, tau: tau) }
    guard !means.contains(where: \.isBeyondLastObservation) else { return nil }
    let z = RestrictedMeanComparison(first: means[0], second: means[1]).difference.z
    return z.isFinite ? -z : nil
  }

  func landmarkZ(_ time: Double) -> Double? {
    guard curves.count == 2 else { return nil }
    let z = LandmarkComparison(first: curves[0], second: curves[1], time: time).z
    return z.isNaN ? nil : -z
  }
}

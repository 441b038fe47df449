/// What the comparison of two arms of one trial comes to: the log-rank test and the hazard ratio of the Cox model, experimental
/// to control.
public struct TwoArmTrial: Sendable, Equatable {
  /// Where the Cox estimate lies.
  public enum Estimate: String, Sendable, Codable {
    case finite
    /// Wherever both arms are at risk the events are of one arm only, here the experimental, and the likelihood rises for ever.
    case plusInfinity = "plus-infinity"
    case minusInfinity = "minus-infinity"
    /// No event happens while both arms are at risk.
    case undetermined
  }

  public let controlCount: Int
  public let experimentalCount: Int
  public let controlEvents: Int
  /// O, the observed events of the experimental arm.
  public let experimentalEvents: Int
  /// E and V of the log-rank test: events expected in the experimental arm, and the hypergeometric variance.
  public let expected: Double
  public let variance: Double
  public internal(set) var estimate: Estimate = .undetermined
  /// The logarithm of the hazard ratio and its standard error from the inverse information; NaN where `estimate` is not finite.
  public internal(set) var logHazardRatio: Double = .nan
  public internal(set) var standardError: Double = .nan

  init(
    controlCount: Int, experimentalCount: Int, controlEvents: Int, experimentalEvents: Int, expected: Double,
    variance: Double
  ) {
    self.controlCount = controlCount
    self.experimentalCount = experimentalCount
    self.controlEvents = controlEvents
    self.experimentalEvents = experimentalEvents
    self.expected = expected
    self.variance = variance
  }

  public var events: Int { controlEvents + experimentalEvents }

  /// The log-rank statistic (O − E)/√V, negative with fewer events than expected in the experimental arm; nil without
  /// variance.
  public var z: Double? {
    variance > 0 ? (Double(experimentalEvents) - expected) / variance.squareRoot() : nil
  }

  /// z², chi-squared on one degree of freedom; nil without variance.
  public var chiSquared: Double? { z.map { $0 * $0 } }

  public static func == (a: TwoArmTrial, b: TwoArmTrial) -> Bool {
    func same(_ x: Double, _ y: Double) -> Bool { x == y || x.isNaN && y.isNaN }
    return a.controlCount == b.controlCount && a.experimentalCount == b.experimentalCount
      && a.controlEvents == b.controlEvents && a.experimentalEvents == b.experimentalEvents
      && a.expected == b.expected && a.variance == b.variance && a.estimate == b.estimate
      && same(a.logHazardRatio, b.logHazardRatio) && same(a.standardError, b.standardError)
  }
}

/// The log-rank test and the Cox hazard ratio of many small trials of two arms, as simulations need them.
///
/// The numbers are those of `LogRankTest` and of `CoxModel` with the arm as its only covariate, within 1e-11: near-equal times are
/// merged by the same rule, and Efron's or Breslow's handling of ties is exact. Only right-censored rows of weight 1 without
/// strata are covered; everything else is the other types' work.
///
///     let analysis = try TwoArmAnalysis()
///     let trial = try analysis.trial(time: [5, 8, 12, 13], isEvent: [true, true, false, true],
///       isExperimental: [false, true, true, false])
///     let hazardRatio = exp(trial.logHazardRatio)
public struct TwoArmAnalysis: Sendable, Equatable {
  /// Efron's or Breslow's.
  public let ties: TieMethod
  /// As in `TimeToEvent`.
  public let tieTolerance: Double

  /// - Throws: `SurvivalInputError` for exact ties, which have no short way here, and a tolerance not in [0, 0.01).
  public init(
    ties: TieMethod = .efron, tieTolerance: Double = TimeToEvent.defaultTieTolerance
  ) throws(SurvivalInputError) {
    guard !ties.isExact else {
      throw SurvivalInputError(.notSupported, "\(ties.rawValue) ties are CoxModel's work; take efron or breslow")
    }
    guard tieTolerance >= 0, tieTolerance < 0.01 else {
      throw SurvivalInputError(.badSetting, "the tie tolerance must be in [0, 0.01), not \(tieTolerance)")
    }
    self.ties = ties
    self.tieTolerance = tieTolerance
  }

  /// One trial. O(n) for times of a smooth distribution, O(n log n) at worst.
  ///
  /// - Parameters:
  ///   - time: finite and not negative.
  ///   - isEvent: true where the time is an event, false where it is a censoring.
  ///   - isExperimental: true in the experimental arm.
  /// - Throws: `SurvivalInputError` naming the first offending row.
  public func trial(time: [Double], isEvent: [Bool], isExperimental: [Bool]) throws(SurvivalInputError) -> TwoArmTrial {
    try trials(ofSize: time.count, time: time, isEvent: isEvent, isExperimental: isExperimental)[0]
  }

  /// Trials of one size whose rows stand one trial after the other, on as many threads as the machine has; the results do not
  /// depend on their number.
  ///
  /// - Parameters:
  ///   - size: rows of each trial, at least 1; `time` holds a multiple of it.
  ///   - time: of event or censoring.
  ///   - isEvent: true where the time is an event, false where it is a censoring.
  ///   - isExperimental: true in the experimental arm.
  /// - Throws: `SurvivalInputError` naming the first offending row, counted over all trials.
  public func trials(
    ofSize size: Int, time: [Double], isEvent: [Bool], isExperimental: [Bool]
  ) throws(SurvivalInputError) -> [TwoArmTrial] {
    guard size > 0, !time.isEmpty else { throw SurvivalInputError(.empty, "there are no rows") }
    guard time.count.isMultiple(of: size) else {
      throw SurvivalInputError(.lengthMismatch, "\(time.count) rows are not a whole number of trials of \(size)")
    }
    guard isEvent.count == time.count, isExperimental.count == time.count else {
      throw SurvivalInputError(.lengthMismatch, "time, event and arm must have the same length")
    }
    let count = time.count / size
    // Blocks by the number of rows: enough of them to share out, each worth the room it allocates.
    let block = max(1, 65_536 / size)
    let blocks = (count + block - 1) / block
    let parts = concurrentMap(blocks) { index in
      analyse(
        (index * block)..<min(count, (index + 1) * block), size: size, time: time, isEvent: isEvent,
        isExperimental: isExperimental)
    }
    if let refused = parts.compactMap(\.refusedRow).first {
      throw SurvivalInputError(
        time[refused].isFinite ? .negativeTime : .notFinite, row: refused,
        time[refused].isFinite ? "the time is negative" : "the time is not a finite number")
    }
    return parts.flatMap(\.trials)
  }

  private func analyse(
    _ range: Range<Int>, size: Int, time: [Double], isEvent: [Bool], isExperimental: [Bool]
  ) -> (trials: [TwoArmTrial], refusedRow: Int?) {
    var kernel = kernel(capacity: size)
    var trials: [TwoArmTrial] = []
    trials.reserveCapacity(range.count)
    for index in range {
      let rows = (index * size)..<((index + 1) * size)
      var refused = 0
      guard let trial = kernel.analyse(time[rows], isEvent[rows], isExperimental[rows], refusedRow: &refused) else {
        return ([], rows.lowerBound + refused)
      }
      trials.append(trial)
    }
    return (trials, nil)
  }

  /// Room for trials of up to `capacity` rows, for one thread.
  func kernel(capacity: Int) -> TwoArmKernel {
    TwoArmKernel(capacity: capacity, isEfron: ties == .efron, tieTolerance: tieTolerance)
  }
}

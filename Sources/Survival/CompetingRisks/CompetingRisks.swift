/// Times of n subjects who leave by the first of several causes, or are censored.
///
/// `data` holds the times in their one order, with an event of any cause as event; its rules for ties, near-ties, delayed
/// entry and weights hold for every estimator here. Of one time events of all causes come before censorings.
///
/// Legend of the single letters in CompetingRisks/: c a cause, k a time, g and r groups, n a number at risk, d a number of
/// events, S the probability of no event of any cause, F the cumulative incidence of a cause, G the distribution of
/// censoring.
public struct CompetingRisks: Sendable, Equatable {
  /// The times, with an event of any cause as event.
  public let data: TimeToEvent
  /// The cause of each row: 1 … K, or 0 for a censoring.
  public let cause: [Int32]
  /// The names of causes 1 … K.
  public let labels: [String]

  public var count: Int { data.count }
  public var causeCount: Int { labels.count }

  /// - Parameters:
  ///   - time: of event or censoring.
  ///   - cause: 0 for a censoring, else a position in `labels` counted from 1.
  ///   - labels: one name per cause; a cause may have no events.
  ///   - entry: times of entry; nil where all are at risk from the origin.
  ///   - weights: case weights; nil where all are 1.
  ///   - tieTolerance: relative difference up to which times are one.
  /// - Throws: `SurvivalInputError` for a cause out of range and as `TimeToEvent`.
  public init(
    time: [Double], cause: [Int], labels: [String], entry: [Double]? = nil, weights: [Double]? = nil,
    tieTolerance: Double = TimeToEvent.defaultTieTolerance
  ) throws(SurvivalInputError) {
    guard cause.count == time.count else {
      throw SurvivalInputError(.lengthMismatch, "time and cause must have the same length")
    }
    guard !labels.isEmpty else { throw SurvivalInputError(.badSetting, "competing risks have at least one cause") }
    if let row = cause.firstIndex(where: { $0 < 0 || $0 > labels.count }) {
      throw SurvivalInputError(.badSetting, row: row, "a cause is a number from 0 (censored) to \(labels.count)")
    }
    data = try TimeToEvent(
      time: time, isEvent: cause.map { $0 > 0 }, entry: entry, weights: weights, tieTolerance: tieTolerance)
    self.cause = cause.map { Int32($0) }
    self.labels = labels
  }

  /// The same times with the events of one cause as events and all others as censorings: what a cause-specific hazard is
  /// estimated from.
  public func causeSpecific(_ cause: Int) throws(SurvivalInputError) -> TimeToEvent {
    try TimeToEvent(
      time: data.time, isEvent: self.cause.map { Int($0) == cause }, entry: data.entry, weights: data.weights,
      tieTolerance: data.tieTolerance)
  }

  /// Number of rows with an event of the cause that counts.
  public func eventCount(of cause: Int) -> Int {
    self.cause.indices.count { Int(self.cause[$0]) == cause && data.isWeightedEvent($0) }
  }

  /// Trouble with a cause that an analysis asks for.
  func require(cause: Int) throws(SurvivalInputError) {
    guard cause >= 1, cause <= causeCount else {
      throw SurvivalInputError(.badSetting, "there is no cause \(cause); causes are counted from 1 to \(causeCount)")
    }
    guard eventCount(of: cause) > 0 else {
      throw SurvivalInputError(.empty, "no row has an event of cause \(labels[cause - 1])")
    }
  }

  /// Refuses what an analysis has no definition for.
  func requireUnweighted(_ analysis: String) throws(SurvivalInputError) {
    guard data.entry == nil else {
      throw SurvivalInputError(.notSupported, "\(analysis) is not defined here with delayed entry")
    }
    guard data.weights == nil else {
      throw SurvivalInputError(.notSupported, "\(analysis) is not defined here with case weights")
    }
  }
}

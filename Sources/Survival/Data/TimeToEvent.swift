/// Right-censored (optionally left-truncated) times of n subjects, checked and put in order once.
///
/// Row i is at risk at time t when `entry[i] < t <= time[i]`: a subject who enters at t is not yet at risk at t, and an
/// event sorts before a censoring at the same time. Without `entry` every subject is at risk from the origin.
///
/// **Near-ties.** Days divided by 365.25 split true ties by round-off. Neighbours in sorted order whose relative
/// difference is at most `tieTolerance` are one time, chained, and take the smallest value of the chain; `mergedValues`
/// counts the values changed. The rule is relative, so no result depends on the unit of time. This is the only place
/// where times are compared for equality; every estimator works with `timeIndex`.
public struct TimeToEvent: Sendable, Equatable {
  /// Default relative difference below which two times are one.
  public static let defaultTieTolerance = 1e-11

  /// Time of event or censoring, near-ties merged.
  public let time: [Double]
  /// Whether the subject had the event at `time` (false: censored).
  public let isEvent: [Bool]
  /// Start of observation, near-ties merged, or nil when all are observed from the origin.
  public let entry: [Double]?
  /// Case weights, or nil when every weight is one. A row of weight 0 changes no estimate.
  public let weights: [Double]?
  /// The relative difference below which times were merged.
  public let tieTolerance: Double
  /// How many values of `time` and `entry` were changed by merging.
  public let mergedValues: Int

  /// The order of the rows, of which each part is made when it is asked for.
  let held: HeldOrder

  public var count: Int { time.count }

  /// Number of rows with an event.
  public let eventCount: Int

  /// Checks the rows, and orders them unless counting does. O(n).
  ///
  /// - Parameters:
  ///   - time: finite and not negative.
  ///   - isEvent: true for an event, false for a censoring; as long as `time`.
  ///   - entry: start of observation, finite and below `time`; nil for none.
  ///   - weights: case weights, finite and not negative; nil for ones.
  ///   - tieTolerance: see above; 0 merges equal values only.
  /// - Throws: `SurvivalInputError` naming the first offending row.
  public init(
    time: [Double], isEvent: [Bool], entry: [Double]? = nil, weights: [Double]? = nil,
    tieTolerance: Double = TimeToEvent.defaultTieTolerance
  ) throws(SurvivalInputError) {
    guard !time.isEmpty else { throw SurvivalInputError(.empty, "there are no rows") }
    guard isEvent.count == time.count, entry.map({ $0.count == time.count }) ?? true,
      weights.map({ $0.count == time.count }) ?? true
    else { throw SurvivalInputError(.lengthMismatch, "time, event, entry and weights must have the same length") }
    guard tieTolerance >= 0, tieTolerance < 0.01 else {
      throw SurvivalInputError(.badSetting, "the tie tolerance must be in [0, 0.01), not \(tieTolerance)")
    }
    let scan = NumberScan(time)
    if !scan.areFinite || scan.least < 0 { throw TimeToEvent.firstUnusable(time) }
    if let weights, let row = firstNumber(below: weights.count, where: { !(weights[$0].isFinite && weights[$0] >= 0) })
    {
      throw SurvivalInputError(.negativeWeight, row: row, "a case weight must be a finite number, 0 or above")
    }
    if let entry, let row = firstNumber(below: entry.count, where: { !(entry[$0].isFinite && entry[$0] < time[$0]) }) {
      throw entry[row].isFinite
        ? SurvivalInputError(.emptyInterval, row: row, "the start time must lie before the stop time")
        : SurvivalInputError(.notFinite, row: row, "the start time is not a finite number")
    }
    self.tieTolerance = tieTolerance
    self.isEvent = isEvent
    self.weights = weights
    eventCount = countTrue(isEvent)

    // −0 and 0 are one time.
    let exits = scan.haveSigns ? time.map { $0 + 0 } : time
    let entryScan = entry.map { NumberScan($0) }
    let entries = entryScan?.haveSigns == true ? entry.map { $0.map { $0 + 0 } } : entry
    let size = max(scan.largest, -(entryScan?.least ?? 0))
    if let days = WholeDays(scan, count: time.count), entryScan?.areWhole ?? true, 1 > tieTolerance * size {
      // Whole numbers that differ do so by more than the tolerance: nothing is merged.
      (self.time, self.entry, mergedValues) = (exits, entries, 0)
      held = HeldOrder(.counted(days))
      return
    }
    // Exit and entry times are merged together, so that an entry tied with an event stays tied with it.
    let merged = MergedTimes(entries.map { exits + $0 } ?? exits, tolerance: tieTolerance)
    mergedValues = merged.mergedValues
    guard let entry else {
      self.entry = nil
      self.time = merged.values
      held = HeldOrder(.sorted(merged))
      return
    }
    let n = time.count
    let mergedExits = Array(merged.values[..<n])
    let mergedEntries = Array(merged.values[n...])
    if let row = firstNumber(below: n, where: { mergedEntries[$0] >= mergedExits[$0] }) {
      throw SurvivalInputError(
        .emptyInterval, row: row,
        "start \(entry[row]) and stop \(time[row]) are one time within the tie tolerance; lower the tolerance")
    }
    self.entry = mergedEntries
    self.time = mergedExits
    held = HeldOrder(.sorted(MergedTimes(mergedExits, tolerance: 0)))
  }

  /// The first time that is not finite or below 0.
  private static func firstUnusable(_ time: [Double]) -> SurvivalInputError {
    let row = firstNumber(below: time.count) { !(time[$0].isFinite && time[$0] >= 0) } ?? 0
    return time[row].isFinite
      ? SurvivalInputError(.negativeTime, row: row, "the time is negative")
      : SurvivalInputError(.notFinite, row: row, "the time is not a finite number")
  }

  /// Equal data: what is held of their order follows from them.
  public static func == (a: TimeToEvent, b: TimeToEvent) -> Bool {
    a.time == b.time && a.isEvent == b.isEvent && a.entry == b.entry && a.weights == b.weights
      && a.tieTolerance == b.tieTolerance && a.mergedValues == b.mergedValues
  }

  /// Whether the row has an event that counts: one whose case weight is not 0.
  func isWeightedEvent(_ row: Int) -> Bool { isEvent[row] && weights?[row] != 0 }

  /// The rows numbered in `rows`, ordered anew.
  public func subset(_ rows: [Int]) throws(SurvivalInputError) -> TimeToEvent {
    try TimeToEvent(
      time: rows.map { time[$0] }, isEvent: rows.map { isEvent[$0] }, entry: entry.map { e in rows.map { e[$0] } },
      weights: weights.map { w in rows.map { w[$0] } }, tieTolerance: tieTolerance)
  }

  /// The same rows with event and censoring exchanged: the reverse Kaplan–Meier view, which estimates follow-up
  /// (Schemper & Smith, Control Clin Trials 1996;17:343–346).
  public func reversed() throws(SurvivalInputError) -> TimeToEvent {
    try TimeToEvent(
      time: time, isEvent: isEvent.map { !$0 }, entry: entry, weights: weights, tieTolerance: tieTolerance)
  }
}

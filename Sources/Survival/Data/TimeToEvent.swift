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

  /// Distinct values of `time`, ascending.
  public let distinctTimes: [Double]
  /// Position of each row's time in `distinctTimes`.
  public let timeIndex: [Int32]
  /// Rows by ascending time; of one time the events that count first, both in input order.
  let order: [Int32]
  /// Where the rows of each distinct time start in `order`, and one past the end.
  let runStarts: [Int32]
  /// How many of each run have an event that counts.
  let runEvents: [Int32]

  public var count: Int { time.count }

  /// Number of rows with an event.
  public let eventCount: Int

  /// Checks and orders the rows. O(n).
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
    for (row, value) in time.enumerated() {
      guard value.isFinite else { throw SurvivalInputError(.notFinite, row: row, "the time is not a finite number") }
      guard value >= 0 else { throw SurvivalInputError(.negativeTime, row: row, "the time is negative") }
    }
    if let weights {
      for (row, value) in weights.enumerated() where !(value.isFinite && value >= 0) {
        throw SurvivalInputError(.negativeWeight, row: row, "a case weight must be a finite number, 0 or above")
      }
    }
    if let entry {
      for (row, value) in entry.enumerated() {
        guard value.isFinite else {
          throw SurvivalInputError(.notFinite, row: row, "the start time is not a finite number")
        }
        guard value < time[row] else {
          throw SurvivalInputError(.emptyInterval, row: row, "the start time must lie before the stop time")
        }
      }
    }

    // Exit and entry times are merged together, so that an entry tied with an event stays tied with it.
    let sorted = MergedTimes(entry.map { time + $0 } ?? time, tolerance: tieTolerance)
    let n = time.count
    mergedValues = sorted.mergedValues
    self.tieTolerance = tieTolerance
    self.isEvent = isEvent
    self.weights = weights
    eventCount = isEvent.reduce(0) { $0 + ($1 ? 1 : 0) }
    if let entry {
      let exits = Array(sorted.values[..<n])
      let entries = Array(sorted.values[n...])
      for row in 0..<n where entries[row] >= exits[row] {
        throw SurvivalInputError(
          .emptyInterval, row: row,
          "start \(entry[row]) and stop \(time[row]) are one time within the tie tolerance; lower the tolerance")
      }
      self.entry = entries
      self.time = exits
      let byExit = MergedTimes(exits, tolerance: 0)
      (distinctTimes, timeIndex, runStarts) = (byExit.distinct, byExit.index, byExit.runStarts)
      (order, runEvents) = TimeToEvent.eventsFirst(byExit, isEvent, weights)
    } else {
      self.entry = nil
      self.time = sorted.values
      (distinctTimes, timeIndex, runStarts) = (sorted.distinct, sorted.index, sorted.runStarts)
      (order, runEvents) = TimeToEvent.eventsFirst(sorted, isEvent, weights)
    }
  }

  /// A stable partition of every run of equal times, and the number of events in each. An event of weight 0 is no event: it
  /// stands with the censorings, so that it cannot count as one of several tied events.
  private static func eventsFirst(
    _ sorted: MergedTimes, _ isEvent: [Bool], _ weights: [Double]?
  ) -> ([Int32], [Int32]) {
    var order = sorted.order
    var events = [Int32](repeating: 0, count: sorted.distinct.count)
    var censored: [Int32] = []
    for k in events.indices {
      let start = Int(sorted.runStarts[k])
      var next = start
      censored.removeAll(keepingCapacity: true)
      for position in start..<Int(sorted.runStarts[k + 1]) {
        let row = order[position]
        if isEvent[Int(row)], weights?[Int(row)] != 0 {
          order[next] = row
          next += 1
        } else {
          censored.append(row)
        }
      }
      events[k] = Int32(next - start)
      for row in censored {
        order[next] = row
        next += 1
      }
    }
    return (order, events)
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

/// Values sorted once, with neighbours inside the tolerance made equal.
struct MergedTimes {
  let values: [Double]
  let distinct: [Double]
  let index: [Int32]
  let order: [Int32]
  /// Where the rows of each distinct value start in `order`, and one past the end.
  let runStarts: [Int32]
  let mergedValues: Int

  init(_ raw: [Double], tolerance: Double) {
    let (order, sorted) = ascending(raw)
    var values = raw
    var distinct: [Double] = []
    var runStarts: [Int32] = []
    var index = [Int32](repeating: 0, count: raw.count)
    var merged = 0
    var previous = -Double.infinity
    var representative = previous
    for position in order.indices {
      let row = Int(order[position])
      let value = sorted[position] + 0
      // Chained: each value is compared with the one before it, not with the first of its chain.
      if distinct.isEmpty || value - previous > tolerance * max(abs(value), abs(previous)) {
        distinct.append(value)
        runStarts.append(Int32(position))
        representative = value
      }
      previous = value
      if representative != value {
        merged += 1
        values[row] = representative
      } else if value == 0 {
        values[row] = 0  // -0 and 0 are one time
      }
      index[row] = Int32(distinct.count - 1)
    }
    runStarts.append(Int32(raw.count))
    self.values = values
    self.distinct = distinct
    self.index = index
    self.order = order
    self.runStarts = runStarts
    mergedValues = merged
  }
}

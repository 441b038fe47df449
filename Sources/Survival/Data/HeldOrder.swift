internal import Synchronization

/// The order of one data set's rows: what it is made from, and the parts of it that somebody asked for.
///
/// Parts follow from the data alone, so that two threads which make one at a time make the same.
final class HeldOrder: Sendable {
  enum Source: Sendable {
    /// Whole numbers in a short range, which are counted.
    case counted(WholeDays)
    case sorted(MergedTimes)
  }

  struct Runs: Sendable {
    /// Distinct times, ascending.
    let distinct: [Double]
    /// Where the rows of each distinct time start in the order, and one past the end.
    let starts: [Int32]
    /// How many of each run have an event that counts.
    let events: [Int32]
  }

  struct Parts: Sendable {
    var runs: Runs?
    var order: [Int32]?
    var timeIndex: [Int32]?
    /// The counts asked for last, by what they were counted.
    var counts: (by: JointCodes, counts: GroupedCounts)?
  }

  let source: Source
  private let parts = Mutex(Parts())

  init(_ source: Source) { self.source = source }

  var held: Parts { parts.withLock { $0 } }

  func hold(_ change: (inout sending Parts) -> Void) { parts.withLock { change(&$0) } }
}

extension TimeToEvent {
  private var columns: RowColumns { RowColumns(time: time, isEvent: isEvent, weights: weights) }

  /// Distinct values of `time`, ascending. O(n) when first asked for.
  public var distinctTimes: [Double] {
    if case .sorted(let merged) = held.source { return merged.distinct }
    return runs.distinct
  }

  /// Position of each row's time in `distinctTimes`. O(n) when first asked for, later O(1).
  public var timeIndex: [Int32] {
    if let index = held.held.timeIndex { return index }
    let index = makeTimeIndex()
    held.hold { $0.timeIndex = index }
    return index
  }

  /// Rows by ascending time; of one time the events that count first, both in input order.
  package var order: [Int32] {
    if let order = held.held.order { return order }
    switch held.source {
    case .counted(let days):
      let order = days.order(columns)
      held.hold { $0.order = order }
      return order
    case .sorted(let merged):
      return partitioned(merged).order
    }
  }

  /// Where the rows of each distinct time start in `order`, and one past the end.
  var runStarts: [Int32] { runs.starts }
  /// How many of each run have an event that counts.
  var runEvents: [Int32] { runs.events }

  var runs: HeldOrder.Runs {
    if let runs = held.held.runs { return runs }
    switch held.source {
    case .counted(let days):
      let runs = TimeToEvent.runs(days, days.counts(columns, codes: JointCodes()), width: 1)
      held.hold { $0.runs = runs }
      return runs
    case .sorted(let merged):
      return partitioned(merged).runs
    }
  }

  private func partitioned(_ merged: MergedTimes) -> (order: [Int32], runs: HeldOrder.Runs) {
    let starts = merged.starts ?? ascendingNumbers(count + 1)
    let (order, events) = eventsFirst(merged.order, runs: starts, isEvent: isEvent, weights: weights)
    let runs = HeldOrder.Runs(distinct: merged.distinct, starts: starts, events: events)
    held.hold {
      $0.order = order
      $0.runs = runs
    }
    return (order, runs)
  }

  /// The runs of whole times from counts by day, `width` codes and kind.
  private static func runs(_ days: WholeDays, _ counts: [UInt32], width: Int) -> HeldOrder.Runs {
    var distinct: [Double] = []
    var starts: [Int32] = [0]
    var events: [Int32] = []
    for day in 0..<days.days {
      var kinds: (others: UInt32, events: UInt32) = (0, 0)
      for slot in (day * width)..<((day + 1) * width) {
        kinds.others += counts[2 * slot]
        kinds.events += counts[2 * slot + 1]
      }
      guard kinds.others + kinds.events > 0 else { continue }
      distinct.append(days.first + Double(day))
      starts.append(starts[starts.count - 1] + Int32(kinds.others + kinds.events))
      events.append(Int32(kinds.events))
    }
    return HeldOrder.Runs(distinct: distinct, starts: starts, events: events)
  }

  private func makeTimeIndex() -> [Int32] {
    switch held.source {
    case .sorted(let merged):
      return merged.index
    case .counted(let days):
      let (index, time) = (byDay((0..<Int32(distinctTimes.count)).map { $0 }, days), time)
      return filled(count) { slots in
        inPieces(of: time.count) { for i in $0 { slots[i] = index[days.day(time[i])] } }
      }
    }
  }

  /// Values of the distinct times where their days are, zeros elsewhere.
  private func byDay<Value: FixedWidthInteger>(_ values: [Value], _ days: WholeDays) -> [Value] {
    var table = [Value](repeating: 0, count: days.days)
    for (time, value) in zip(distinctTimes, values) { table[days.day(time)] = value }
    return table
  }

  /// Of each row the code of its time, and 1 more for an event.
  func codes(ofTimes codes: [UInt16]) -> [UInt16] {
    let isEvent = isEvent
    func rows(_ code: @Sendable (Int) -> UInt16) -> [UInt16] {
      filled(count) { slots in
        inPieces(of: slots.count) { for i in $0 { slots[i] = code(i) &+ (isEvent[i] ? 1 : 0) } }
      }
    }
    switch held.source {
    case .sorted:
      let index = timeIndex
      return rows { codes[Int(index[$0])] }
    case .counted(let days):
      let (table, time) = (byDay(codes, days), time)
      return rows { table[days.day(time[$0])] }
    }
  }

  /// Counts many rows by time and group, for whoever asks for either later; a reading of the rows saved. Nothing where counting
  /// does not pay.
  package func count(by groups: Grouping?) {
    _ = groupedCounts(JointCodes(groups: groups), ifFew: true)
  }

  /// Counts of rows and events by time and code, for rows that all count 1 and are observed from the origin; nil where there
  /// are weights or delayed entries, and with `ifFew` where the rows outnumber times and codes too little for a table. O(n)
  /// for other codes than last time.
  func groupedCounts(_ codes: JointCodes, ifFew: Bool = false) -> GroupedCounts? {
    guard weights == nil, entry == nil else { return nil }
    if let last = held.held.counts, last.by.isSame(as: codes) { return last.counts }
    let counts: GroupedCounts
    var runs: HeldOrder.Runs?
    switch held.source {
    case .counted(let days) where 4 * days.days * codes.width <= count:
      let byDay = days.counts(columns, codes: codes)
      let found = held.held.runs ?? TimeToEvent.runs(days, byDay, width: codes.width)
      runs = found
      counts = GroupedCounts(byDay: byDay, days, distinct: found.distinct, width: codes.width)
    case _ where ifFew:
      return nil
    case .counted:
      counts = GroupedCounts(order: order, distinct: distinctTimes, starts: runStarts, isEvent: isEvent, codes: codes)
    case .sorted(let merged):
      counts = GroupedCounts(
        order: merged.order, distinct: merged.distinct, starts: merged.starts, isEvent: isEvent, codes: codes)
    }
    held.hold {
      $0.counts = (codes, counts)
      if let runs { $0.runs = runs }
    }
    return counts
  }
}

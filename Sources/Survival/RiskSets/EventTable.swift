/// Counts per distinct time of one group: the object from which curves, tests and the figure's risk table are read.
///
/// With case weights the counts are sums of weights. `atRisk[k]` is the number under observation just before `time[k]`:
/// `entry < time[k] <= exit`.
public struct EventTable: Sendable, Equatable {
  /// Distinct times of the group's events and censorings, ascending.
  public let time: [Double]
  public let atRisk: [Double]
  public let events: [Double]
  public let censored: [Double]
  /// Number of event rows at each time that have a weight above 0; nil where it is `events`.
  private let weightedEventRows: [Int]?
  /// Number of rows of the group.
  public let count: Int
  /// Entry times of the group, ascending, when observation is left-truncated.
  let sortedEntries: [Double]?
  /// The weights of those who enter, in the same order.
  let entryWeights: [Double]
  let isWeighted: Bool

  /// Total number (or weight) of events.
  public let totalEvents: Double
  /// Total number (or weight) of those censored.
  public let totalCensored: Double
  /// Whether the times are some of the group's only, with the counts between them: the totals are of all subjects, and the number
  /// at risk at a time is known as that after the last of the table's times up to it.
  public let isReleased: Bool

  /// Number of event rows at each time that have a weight above 0. O(number of times).
  public var eventRows: [Int] { weightedEventRows ?? events.map { Int($0) } }

  /// A table of rows that all count 1 and are observed from the origin.
  init(time: [Double], atRisk: [Double], events: [Double], censored: [Double], count: Int) {
    self.init(
      time: time, atRisk: atRisk, events: events, censored: censored, eventRows: nil, count: count, sortedEntries: nil,
      entryWeights: [], isWeighted: false)
  }

  private init(
    time: [Double], atRisk: [Double], events: [Double], censored: [Double], eventRows: [Int]?, count: Int,
    sortedEntries: [Double]?, entryWeights: [Double], isWeighted: Bool
  ) {
    self.time = time
    self.atRisk = atRisk
    self.events = events
    self.censored = censored
    weightedEventRows = eventRows
    self.count = count
    self.sortedEntries = sortedEntries
    self.entryWeights = entryWeights
    self.isWeighted = isWeighted
    totalEvents = events.reduce(0, +)
    totalCensored = censored.reduce(0, +)
    isReleased = false
  }

  /// Counts between some times of a table whose rows all count 1 and are observed from the origin.
  init(releasing whole: EventTable, time: [Double], atRisk: [Double], events: [Double], censored: [Double]) {
    precondition(!whole.isWeighted && whole.sortedEntries == nil, "weights and delayed entries are not released")
    self.time = time
    self.atRisk = atRisk
    self.events = events
    self.censored = censored
    weightedEventRows = nil
    count = whole.count
    sortedEntries = nil
    entryWeights = []
    isWeighted = false
    totalEvents = whole.totalEvents
    totalCensored = whole.totalCensored
    isReleased = true
  }

  /// One table per group (one for all rows when `grouping` is nil). O(n) after the data's own sort.
  public static func tables(_ data: TimeToEvent, by grouping: Grouping? = nil) -> [EventTable] {
    precondition(grouping.map { $0.codes.count == data.count } ?? true, "a grouping covers every row")
    return data.groupedCounts(JointCodes(groups: grouping))?.tables() ?? walked(data, by: grouping)
  }

  /// The tables from a walk over the rows, which weights and delayed entries need.
  static func walked(_ data: TimeToEvent, by grouping: Grouping?) -> [EventTable] {
    let (distinctTimes, order, runStarts, runEvents) = (data.distinctTimes, data.order, data.runStarts, data.runEvents)
    let groups = grouping?.count ?? 1
    var builders = (0..<groups).map { _ in Builder() }
    var tallies = [Tally](repeating: Tally(), count: groups)
    var present: [Int] = []
    for (k, time) in distinctTimes.enumerated() {
      let start = Int(runStarts[k])
      let firstCensored = start + Int(runEvents[k])
      for position in start..<Int(runStarts[k + 1]) {
        let i = Int(order[position])
        let g = Int(grouping?.codes[i] ?? 0)
        if tallies[g].rows == 0 { present.append(g) }
        tallies[g].add(isEvent: position < firstCensored, weight: data.weights?[i] ?? 1)
      }
      for g in present {
        builders[g].add(time, tallies[g])
        tallies[g] = Tally()
      }
      present.removeAll(keepingCapacity: true)
    }
    if let entry = data.entry {
      for row in ascendingOrder(of: entry) {
        let i = Int(row)
        builders[Int(grouping?.codes[i] ?? 0)].addEntry(entry[i], weight: data.weights?[i] ?? 1)
      }
    }
    return builders.map { $0.finish(isWeighted: data.weights != nil, isTruncated: data.entry != nil) }
  }

  /// Number at risk just before `t`: entry < t <= exit (weights summed). O(log n), and with delayed
  /// entry the number of those who enter between t and the next time. In a released table the number after the last time up to
  /// `t`; NaN beyond its end, where somebody is left.
  public func numberAtRisk(at t: Double) -> Double {
    if isReleased {
      let k = upperBound(time, t)
      if k < time.count { return atRisk[k] }
      let left = Double(count) - events.reduce(0, +) - censored.reduce(0, +)
      return t == time.last || left == 0 ? left : .nan
    }
    // The first table row at or after t has the same risk set, but for those who enter between the two.
    let k = lowerBound(time, t)
    guard k < time.count else { return 0 }
    guard let sortedEntries, !sortedEntries.isEmpty else { return atRisk[k] }
    var left = CompensatedSum(atRisk[k])
    for late in lowerBound(sortedEntries, t)..<lowerBound(sortedEntries, time[k]) { left.add(-entryWeights[late]) }
    return left.value
  }

  /// Number of events at or before `t`.
  public func cumulativeEvents(at t: Double) -> Double {
    events[..<upperBound(time, t)].reduce(0, +)
  }

  /// Number censored at or before `t`.
  public func cumulativeCensored(at t: Double) -> Double {
    censored[..<upperBound(time, t)].reduce(0, +)
  }

  /// Counts of one group at one time.
  private struct Tally {
    var rows = 0
    var eventRows = 0
    var events = 0.0
    var censored = 0.0

    mutating func add(isEvent: Bool, weight: Double) {
      rows += 1
      if isEvent {
        events += weight
        eventRows += 1
      } else {
        censored += weight
      }
    }
  }

  private struct Builder {
    var time: [Double] = []
    var events: [Double] = []
    var censored: [Double] = []
    var eventRows: [Int] = []
    var entries: [Double] = []
    var entryWeights: [Double] = []
    var count = 0

    mutating func add(_ t: Double, _ tally: Tally) {
      count += tally.rows
      time.append(t)
      events.append(tally.events)
      censored.append(tally.censored)
      eventRows.append(tally.eventRows)
    }

    mutating func addEntry(_ t: Double, weight: Double) {
      entries.append(t)
      entryWeights.append(weight)
    }

    func finish(isWeighted: Bool, isTruncated: Bool) -> EventTable {
      var atRisk = [Double](repeating: 0, count: time.count)
      var running = CompensatedSum()
      // From the last time back: those who leave at k join, those who enter at or after it leave.
      var nextEntry = entries.count - 1
      for k in time.indices.reversed() {
        running.add(events[k] + censored[k])
        while nextEntry >= 0, entries[nextEntry] >= time[k] {
          running.add(-entryWeights[nextEntry])
          nextEntry -= 1
        }
        atRisk[k] = running.value
      }
      return EventTable(
        time: time, atRisk: atRisk, events: events, censored: censored, eventRows: isWeighted ? eventRows : nil,
        count: count, sortedEntries: isTruncated ? entries : nil, entryWeights: entryWeights, isWeighted: isWeighted)
    }
  }
}

/// Number of elements of an ascending array below `value`.
package func lowerBound(_ ascending: [Double], _ value: Double) -> Int {
  partitionPoint(ascending.count) { ascending[$0] < value }
}

/// Number of elements of an ascending array at or below `value`.
package func upperBound(_ ascending: [Double], _ value: Double) -> Int {
  partitionPoint(ascending.count) { ascending[$0] <= value }
}

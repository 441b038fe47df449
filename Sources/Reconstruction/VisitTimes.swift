/// Level C under an assessment schedule: events of a model move to the next visit.
///
/// Every tenth event (see `ScheduledTimes.shareAtVisits`) is a death and keeps its time. No event passes the median, so that as
/// many are before it as the model says: who would goes to the visit before, or stays where there is none.
struct VisitTimes {
  let schedule: AssessmentSchedule
  let median: Double

  /// The rows with their events at visits, and their censorings in the same order among the events.
  func moved(_ rows: [ReconstructedArm.Row]) -> [ReconstructedArm.Row] {
    let events = rows.filter(\.isEvent).map(\.time).sorted()
    let censored = rows.filter { !$0.isEvent }.map(\.time).sorted()
    let end = rows.map(\.time).max() ?? 0
    guard let visits = schedule.visits(from: 0, through: end), !visits.isEmpty else { return rows }
    let deaths = Int((Double(events.count) * (1 - ScheduledTimes.shareAtVisits)).rounded())
    let isDeath = Set((0..<deaths).map { Int((Double($0) + 0.5) * Double(events.count) / Double(deaths)) })
    var placed: [Double] = []
    // Windows are cut at the median and at the end of follow-up.
    var counts: [Int: (window: ClosedRange<Double>, count: Int)] = [:]
    var order: [Int] = []
    for (number, time) in events.enumerated() {
      let isBefore = time <= median
      guard !isDeath.contains(number), let (key, window) = target(time, isBefore: isBefore, visits: visits, end: end)
      else {
        placed.append(time)
        continue
      }
      if counts[key] == nil { order.append(key) }
      counts[key, default: (window, 0)].count += 1
    }
    for key in order {
      guard let (window, count) = counts[key] else { continue }
      placed += ScheduledTimes.spread(count, over: window)
    }
    placed.sort()
    let carried = ScheduledTimes.carry(censored, from: events, to: placed, start: 0, end: max(end, placed.last ?? end))
    return placed.map { .init(time: $0, isEvent: true) } + carried.map { .init(time: $0, isEvent: false) }
  }

  /// The window of the visit at which an event is found, cut at the median so that the event stays on its side; its key tells
  /// the two sides of one visit apart.
  private func target(
    _ time: Double, isBefore: Bool, visits: [Double], end: Double
  ) -> (Int, ClosedRange<Double>)? {
    let next = visits.firstIndex { $0 + schedule.jitter >= time } ?? visits.count
    for place in [next, next - 1] where visits.indices.contains(place) {
      var (low, high) = (visits[place] - schedule.jitter, min(visits[place] + schedule.jitter, end))
      if isBefore { high = min(high, median) } else { low = max(low, median) }
      // Beside the median there must be room for times of their own.
      let hasRoom = high > low || (schedule.jitter == 0 && high == low && high != median)
      if hasRoom { return (2 * place + (isBefore ? 0 : 1), low...high) }
    }
    return nil
  }
}

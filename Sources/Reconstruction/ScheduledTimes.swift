internal import Survival

/// Times of events that are found at visits: within a cell they gather in the windows of the visits it holds.
///
/// How many do is read off the curve. Where it falls between visits, deaths and unscheduled visits make it fall: their hazard
/// is λ = Σ −ln(S_end/S_start) over the cells without a window, divided by their length. A cell with windows has λ times the
/// length outside them for itself, and the rest of its fall is progression found at a visit:
///
///     share at visits = 1 − λ · (length outside windows) / −ln(S_end/S_start),   between 0 and 1
///
/// Where every cell holds a window, `shareAtVisits` is assumed. Those at visits go to the nearest window of their cell, evenly
/// over it; the others keep their times. Censorings are carried along so that their order among the events stays: the curve
/// at the ends of the cell does not change, nor does any number at risk. In trials of progression who is censored is so at
/// the last visit, so that this is no loss.
struct ScheduledTimes: Sendable {
  /// Assumed where the curve does not tell: nine of ten events are progressions found at a visit.
  static let shareAtVisits = 0.9

  let schedule: AssessmentSchedule
  /// Hazard between visits; nil where every cell holds a window.
  let hazardBetween: Double?

  /// - Parameter survival: S at the start of each cell, and at the end of the last.
  init(_ schedule: AssessmentSchedule, starts: [Double], ends: [Double], survival: [Double]) {
    self.schedule = schedule
    var (fall, length) = (0.0, 0.0)
    for i in starts.indices where ends[i] > starts[i] && survival[i + 1] > 0 {
      guard ScheduledTimes.windows(schedule, starts[i], ends[i])?.isEmpty ?? false else { continue }
      fall += ScheduledTimes.fall(survival[i], survival[i + 1])
      length += ends[i] - starts[i]
    }
    hazardBetween = length > 0 ? fall / length : nil
  }

  private static func fall(_ before: Double, _ after: Double) -> Double {
    before > 0 && after > 0 ? max(0, logarithm(before / after)) : 0
  }

  /// The times of a cell's events and censorings under the schedule.
  ///
  /// - Parameters:
  ///   - events: default times inside the cell, ascending.
  ///   - censored: likewise; an event comes first where both are equal.
  ///   - survival: S at the start and at the end of the cell.
  /// - Returns: as many times, ascending, strictly inside the cell where the default times are.
  func times(
    start: Double, end: Double, events: [Double], censored: [Double], survival: (Double, Double)
  ) -> (events: [Double], censored: [Double]) {
    guard let windows = ScheduledTimes.windows(schedule, start, end), !windows.isEmpty, !events.isEmpty else {
      return (events, censored)
    }
    let covered = windows.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    let fall = ScheduledTimes.fall(survival.0, survival.1)
    var share = ScheduledTimes.shareAtVisits
    if let hazardBetween, fall > 0 { share = min(1, max(0, 1 - hazardBetween * (end - start - covered) / fall)) }
    let moved = ScheduledTimes.gathered(events, windows: windows, share: share)
    return (moved, ScheduledTimes.carry(censored, from: events, to: moved, start: start, end: end))
  }

  /// Windows of visits inside a cell, a hundredth of its width away from its ends; nil where visits are too many to matter.
  static func windows(_ schedule: AssessmentSchedule, _ start: Double, _ end: Double) -> [ClosedRange<Double>]? {
    let margin = (end - start) / 100
    guard margin > 0 else { return [] }
    return schedule.visits(from: start - schedule.jitter, through: end + schedule.jitter)?.compactMap { visit in
      let (low, high) = (max(visit - schedule.jitter, start + margin), min(visit + schedule.jitter, end - margin))
      return low <= high ? low...high : nil
    }
  }

  /// `share` of ascending times moved to the nearest window each, the others, evenly among them, left where they are.
  static func gathered(_ times: [Double], windows: [ClosedRange<Double>], share: Double) -> [Double] {
    let between = Int((Double(times.count) * (1 - share)).rounded())
    let isLeft = Set((0..<between).map { Int((Double($0) + 0.5) * Double(times.count) / Double(between)) })
    var counts = [Int](repeating: 0, count: windows.count)
    var moved: [Double] = []
    for (number, time) in times.enumerated() {
      if isLeft.contains(number) {
        moved.append(time)
      } else if let nearest = windows.indices.min(by: { distance(time, windows[$0]) < distance(time, windows[$1]) }) {
        counts[nearest] += 1
      }
    }
    for (window, count) in zip(windows, counts) { moved += spread(count, over: window) }
    return moved.sorted()
  }

  /// As many times as asked, evenly over a window.
  static func spread(_ count: Int, over window: ClosedRange<Double>) -> [Double] {
    (0..<count).map {
      window.lowerBound + (window.upperBound - window.lowerBound) * (Double($0) + 0.5) / Double(count)
    }
  }

  private static func distance(_ time: Double, _ window: ClosedRange<Double>) -> Double {
    max(0, window.lowerBound - time, time - window.upperBound)
  }

  /// Ascending times carried along when the ascending `from` go to `to`: each keeps its place between its neighbours.
  static func carry(
    _ times: [Double], from old: [Double], to new: [Double], start: Double, end: Double
  ) -> [Double] {
    let (old, new) = ([start] + old + [end], [start] + new + [end])
    var below = 0
    return times.map { time in
      // Those at the time of an event come after it.
      while below + 2 < old.count, old[below + 1] <= time { below += 1 }
      let width = old[below + 1] - old[below]
      let share = width > 0 ? (time - old[below]) / width : 0.5
      return new[below] + (new[below + 1] - new[below]) * share
    }
  }
}

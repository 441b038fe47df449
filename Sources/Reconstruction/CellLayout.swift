/// Follow-up cut at every reading and every number at risk.
///
/// Between two neighbouring times lies a cell; where the curve drops at a time, a cell without width holds the events that
/// happen exactly then. Events happen where the readings fall and nowhere else: a flat stretch has none. A narrow cell
/// after and before each exact number at risk, a tenth of its neighbour, holds censorings only, of those who leave at a
/// visit: before the next event, or after the last one.
struct CellLayout: Sendable {
  struct Cell: Sendable {
    let start: Double
    let end: Double
    var holdsEvents: Bool
    var holdsCensorings: Bool
    /// S read at the end of the cell.
    var reading: Double?
  }

  private(set) var cells: [Cell] = []
  let finish: Double

  init(_ facts: ArmFacts, curve: MonotoneReadings) {
    let exact = facts.atRisk.filter(\.isExact)
    finish = CellLayout.endOfFollowUp(facts, exact: exact)
    let finish = finish
    let times = Set(facts.atRisk.map(\.time) + curve.times + [0, finish]).sorted().filter { $0 <= finish }
    let visits = Set(exact.map(\.time) + [0, finish])
    for (a, b) in zip(times, times.dropFirst()) {
      if a > 0 { appendDrop(at: a, curve) }
      let (after, before) = (curve.value(at: a) ?? 1, curve.valueBefore(b))
      let falls = before.map { $0 < after - 1e-9 } ?? false
      let width = (b - a) / 10
      let inner = (visits.contains(a) ? a + width : a, visits.contains(b) ? b - width : b)
      if inner.0 > a { append(a, inner.0, holdsEvents: false, reading: nil) }
      let isRead = curve.times.contains(b)
      append(inner.0, inner.1, holdsEvents: falls, reading: inner.1 == b && isRead ? before : nil)
      if inner.1 < b { append(inner.1, b, holdsEvents: false, reading: isRead ? before : nil) }
    }
    // A drop at the very end belongs to the last cell's end.
    appendDrop(at: finish, curve)
    if !cells.contains(where: { $0.holdsEvents }) {
      for i in cells.indices where cells[i].end > cells[i].start { cells[i].holdsEvents = true }
    }
  }

  private mutating func append(_ start: Double, _ end: Double, holdsEvents: Bool, reading: Double?) {
    cells.append(Cell(start: start, end: end, holdsEvents: holdsEvents, holdsCensorings: true, reading: reading))
  }

  private mutating func appendDrop(at time: Double, _ curve: MonotoneReadings) {
    guard let before = curve.valueBefore(time), let after = curve.value(at: time), after < before else { return }
    cells.append(Cell(start: time, end: time, holdsEvents: true, holdsCensorings: false, reading: after))
  }

  /// Follow-up ends where a curve read to its end does; else where nobody is left, at the first number at risk that is 0;
  /// else after the last reading and the last number at risk, by one step of their grid where the readings do not go on.
  private static func endOfFollowUp(_ facts: ArmFacts, exact: [ArmFacts.AtRisk]) -> Double {
    let last = exact.last { $0.count > 0 }?.time ?? 0
    let lastReading = facts.readings.map(\.time).max() ?? 0
    if facts.isReadToEnd, lastReading > last { return lastReading }
    if let empty = facts.atRisk.first(where: { $0.count == 0 && $0.time > last }) { return empty.time }
    if lastReading > last { return lastReading }
    let times = facts.atRisk.map(\.time)
    return last + (times.count > 1 ? times[times.count - 1] - times[times.count - 2] : 1)
  }
}

/// Follow-up cut into cells, and how well a choice of events and censorings per cell agrees with the soft facts.
///
/// Legend: cell i is the time from `start[i]` to `end[i]`; e_i events and c_i censorings happen inside it; n_i are at risk
/// at its start. A *segment* is the run of cells between two exact numbers at risk: how many leave in it is known. A choice
/// is admissible when every segment loses what it must and the events sum to the total.
struct CellProblem: Sendable {
  let start: [Double]
  let end: [Double]
  /// Whether events may happen in the cell; every segment has a cell where they may.
  let holdsEvents: [Bool]
  /// The segment of each cell.
  let segment: [Int]
  /// Cells of each segment.
  let cells: [Range<Int>]
  /// How many leave in each segment, by event or censoring.
  let leaving: [Int]
  let subjects: Int
  let events: Int
  /// The reading at the end of each cell.
  let reading: [Double?]
  /// The inexact number at risk at the end of each cell.
  let recalled: [Double?]
  let readingError: Double
  /// The cell that holds the published median.
  let medianCell: Int?
  /// Weight of even censoring within segments against the readings. Small: it decides only what the readings leave open.
  static let evenness = 0.03

  var count: Int { start.count }

  /// Events and censorings per cell.
  struct Choice: Sendable, Equatable {
    var events: [Int]
    var censored: [Int]
  }

  init(_ facts: ArmFacts) {
    let curve = MonotoneReadings(facts.readings)
    var exact = facts.atRisk.filter(\.isExact)
    if exact.first?.time != 0 { exact.insert(.init(time: 0, count: facts.subjects), at: 0) }
    let soft = facts.atRisk.filter { !$0.isExact }
    let finish = CellProblem.endOfFollowUp(facts, exact: exact, soft: soft)
    let times = Set(exact.map(\.time) + soft.map(\.time) + curve.times + [0, finish]).sorted().filter { $0 <= finish }
    let (bounds, narrow) = CellProblem.splitAtVisits(times, visits: Set(exact.map(\.time) + [finish]))
    let (start, end) = (Array(bounds.dropLast()), Array(bounds.dropFirst()))
    holdsEvents = start.map { !narrow.contains($0) }
    // The last number at risk and everybody still there leave in the last segment.
    let starts = exact.filter { $0.time < finish }
    var cells: [Range<Int>] = []
    var leaving: [Int] = []
    for (number, entry) in starts.enumerated() {
      let first = start.firstIndex(of: entry.time) ?? 0
      let next = number + 1 < starts.count ? starts[number + 1] : nil
      cells.append(first..<(next.flatMap { start.firstIndex(of: $0.time) } ?? start.count))
      leaving.append(entry.count - (next?.count ?? 0))
    }
    (self.start, self.end) = (start, end)
    self.cells = cells
    self.leaving = leaving
    segment = cells.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element.count) }
    subjects = facts.subjects
    events = facts.events
    // Where nobody is left the curve stays as it is: a reading after the end is one of the end.
    reading = end.map { time in
      let position = time == finish ? curve.times.firstIndex { $0 >= finish } : curve.times.firstIndex(of: time)
      return position.map { curve.values[$0] }
    }
    recalled = end.map { time in soft.first { $0.time == time }.map { Double($0.count) } }
    readingError = facts.readingError
    medianCell = facts.median.flatMap { m in start.indices.first { start[$0] < m && m <= end[$0] } }
  }

  /// Follow-up ends where nobody is left: at the first number at risk that is 0, else after the last reading and the last
  /// number at risk, by one step of their grid.
  private static func endOfFollowUp(_ facts: ArmFacts, exact: [ArmFacts.AtRisk], soft: [ArmFacts.AtRisk]) -> Double {
    let last = exact.last { $0.count > 0 }?.time ?? 0
    if let empty = facts.atRisk.first(where: { $0.count == 0 && $0.time > last }) { return empty.time }
    let times = facts.atRisk.map(\.time)
    let step = times.count > 1 ? times[times.count - 1] - times[times.count - 2] : 1
    let lastReading = facts.readings.map(\.time).max() ?? 0
    return max(last + step, lastReading)
  }

  /// The cells' bounds, and the starts of the narrow ones: one after and one before each exact number at risk, a tenth of
  /// its neighbour.
  ///
  /// Inside a cell events and censorings alternate. The narrow cells hold censorings only, of those who leave at a visit:
  /// before the next event, or after the last one.
  private static func splitAtVisits(_ times: [Double], visits: Set<Double>) -> ([Double], narrow: Set<Double>) {
    var bounds = times
    var narrow: Set<Double> = []
    for (a, b) in zip(times, times.dropFirst()) {
      if visits.contains(a) {
        bounds.append(a + (b - a) / 10)
        narrow.insert(a)
      }
      if visits.contains(b) {
        bounds.append(b - (b - a) / 10)
        narrow.insert(b - (b - a) / 10)
      }
    }
    return (bounds.sorted(), narrow)
  }

  /// The survival factor of a cell: events and censorings alternate as evenly as their numbers allow.
  ///
  /// Event a of e stands at (a + ½)/e of the cell and censoring b of c at (b + ½)/c, the event first where they meet.
  static func factor(atRisk n: Int, events e: Int, censored c: Int) -> Double {
    var factor = 1.0
    for a in 0..<e {
      let left = n - a - CellProblem.censoredBefore(event: a, of: e, censored: c)
      factor *= Double(left - 1) / Double(left)
    }
    return factor
  }

  /// How many of c censorings stand before event a of e: those b with (2b + 1)/(2c) < (2a + 1)/(2e).
  static func censoredBefore(event a: Int, of e: Int, censored c: Int) -> Int {
    let excess = (2 * a + 1) * c - e
    return excess > 0 ? (excess + 2 * e - 1) / (2 * e) : 0
  }

  /// S at the start of each cell and at the end of the last.
  func survival(_ choice: Choice) -> [Double] {
    var s = [1.0]
    var n = subjects
    for i in 0..<count {
      s.append(s[i] * CellProblem.factor(atRisk: n, events: choice.events[i], censored: choice.censored[i]))
      n -= choice.events[i] + choice.censored[i]
    }
    return s
  }

  /// What the cells before one add to the cost, and where they leave the curve.
  struct Prefix: Sendable {
    let cells: Int
    let cost: Double
    let survival: Double
    let atRisk: Int
  }

  /// The sums before each cell.
  func prefixes(_ choice: Choice) -> [Prefix] {
    var (cost, s, n) = (0.0, 1.0, subjects)
    return (0..<count).map { i in
      let prefix = Prefix(cells: i, cost: cost, survival: s, atRisk: n)
      cost += misses(choice, cell: i, survival: &s, atRisk: &n)
      return prefix
    }
  }

  /// The share of one cell in the cost, and the curve moved past it.
  private func misses(_ choice: Choice, cell i: Int, survival s: inout Double, atRisk n: inout Int) -> Double {
    var cost = 0.0
    let before = s
    s *= CellProblem.factor(atRisk: n, events: choice.events[i], censored: choice.censored[i])
    n -= choice.events[i] + choice.censored[i]
    if let reading = reading[i] { cost += square((s - reading) / readingError) }
    if let recalled = recalled[i] {
      let miss = abs(Double(n) - recalled) / max(1, 0.02 * recalled)
      cost += miss <= 2 ? miss * miss : 4 * miss - 4
    }
    if i == medianCell {
      // S must pass one half inside the cell, not only reach it: on a flat half the median is a midpoint.
      if before <= 0.5 || s > 0.5 - 1e-9 { cost += 25 }
      cost += square(max(0, 0.5 - before) / readingError) + square(max(0, s - 0.5) / readingError)
    }
    return cost
  }

  /// Disagreement with the soft facts: squared misses of the readings in units of their error, of the inexact numbers at
  /// risk (beyond two of their errors in proportion only, so that a wrong one cannot bend the curve), of the median's cell,
  /// and a little for censoring that is uneven within a segment.
  ///
  /// - Parameters:
  ///   - prefix: the sums before the first cell in which `choice` differs from the one they were made of.
  ///   - limit: where the terms summed so far, `penalty` added, reach it, infinity is returned: no term is negative.
  func cost(_ choice: Choice, after prefix: Prefix? = nil, penalty: Double = 0, limit: Double = .infinity) -> Double {
    var cost = prefix?.cost ?? 0
    var s = prefix?.survival ?? 1
    var n = prefix?.atRisk ?? subjects
    for i in (prefix?.cells ?? 0)..<count {
      cost += misses(choice, cell: i, survival: &s, atRisk: &n)
      if cost + penalty >= limit { return .infinity }
    }
    for (number, range) in cells.enumerated() {
      let total = Double(range.reduce(0) { $0 + choice.censored[$1] })
      let length = end[range.upperBound - 1] - start[range.lowerBound]
      guard leaving[number] > 0 else { continue }
      for i in range {
        let even = total * (end[i] - start[i]) / length
        cost += CellProblem.evenness * square(Double(choice.censored[i]) - even) / (even + 0.1 * total + 1)
      }
    }
    return cost
  }

  private func square(_ x: Double) -> Double { x * x }
}

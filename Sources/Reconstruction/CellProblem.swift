/// Follow-up cut into cells, and how well a choice of events and censorings per cell agrees with the soft facts.
///
/// Legend: cell i is the time from `start[i]` to `end[i]`; e_i events and c_i censorings happen inside it; n_i are at risk
/// at its start. A *segment* is the run of cells between two exact numbers at risk: how many leave in it is known. A choice
/// is admissible when every segment loses what it must and the events sum to the total.
struct CellProblem: Sendable {
  let start: [Double]
  let end: [Double]
  /// Whether events may happen in the cell.
  let holdsEvents: [Bool]
  /// Whether censorings may happen in the cell.
  let holdsCensorings: [Bool]
  /// The segment of each cell.
  let segment: [Int]
  /// Cells of each segment.
  let cells: [Range<Int>]
  /// How many leave in each segment, by event or censoring.
  let leaving: [Int]
  /// The cell's share of its segment's length.
  let evenShare: [Double]
  let subjects: Int
  /// The total of events; nil leaves it to the readings.
  let events: Int?
  /// The reading at the end of each cell.
  let reading: [Double?]
  /// The reading at the end of each cell, or the next one.
  let nextReading: [Double?]
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

  /// Distance of the times that rows may have: a thousandth, and less where follow-up is short in its unit.
  var resolution: Double {
    var resolution = 0.001
    while resolution > (end.last ?? 1) / 10_000, resolution > 1e-12 { resolution /= 10 }
    return resolution
  }

  /// More readings than this are thinned: they place the curve more finely than subjects do.
  static let readingLimit = 200

  init(_ facts: ArmFacts) {
    let curve = MonotoneReadings(facts.readings).thinned(to: CellProblem.readingLimit)
    let layout = CellLayout(facts, curve: curve)
    let (start, end) = (layout.cells.map(\.start), layout.cells.map(\.end))
    var exact = facts.atRisk.filter(\.isExact)
    if exact.first?.time != 0 { exact.insert(.init(time: 0, count: facts.subjects), at: 0) }
    // The last number at risk and everybody still there leave in the last segment.
    let starts = exact.filter { $0.time < layout.finish }
    var cells: [Range<Int>] = []
    var leaving: [Int] = []
    for (number, entry) in starts.enumerated() {
      let next = number + 1 < starts.count ? starts[number + 1] : nil
      let first = start.firstIndex { $0 >= entry.time } ?? 0
      let last = next.flatMap { next in start.firstIndex { $0 >= next.time } } ?? start.count
      cells.append(first..<last)
      leaving.append(entry.count - (next?.count ?? 0))
    }
    (self.start, self.end) = (start, end)
    self.cells = cells
    self.leaving = leaving
    segment = cells.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element.count) }
    evenShare = cells.flatMap { range -> [Double] in
      let length = end[range.upperBound - 1] - start[range.lowerBound]
      return range.map { length > 0 ? (end[$0] - start[$0]) / length : 0 }
    }
    holdsEvents = layout.cells.map(\.holdsEvents)
    holdsCensorings = layout.cells.map(\.holdsCensorings)
    subjects = facts.subjects
    events = facts.events
    let reading = layout.cells.map(\.reading)
    self.reading = reading
    nextReading = start.indices.map { i in reading[i...].first { $0 != nil } ?? nil }
    let soft = facts.atRisk.filter { !$0.isExact }
    // A cell without width ends where it begins: the number at risk at a time does not see those who leave at it.
    recalled = start.indices.map { i in
      start[i] < end[i] ? soft.first { $0.time == end[i] }.map { Double($0.count) } : nil
    }
    readingError = facts.readingError
    medianCell = facts.median.flatMap { m in
      start.indices.first { layout.cells[$0].holdsEvents && start[$0] < m && m <= end[$0] }
    }
  }

  /// The fraction of a segment's length that lies before `time`.
  func passed(of cells: Range<Int>, to time: Double) -> Double {
    let length = end[cells.upperBound - 1] - start[cells.lowerBound]
    return length > 0 ? (time - start[cells.lowerBound]) / length : 0
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

  /// Cost of `censored` of a segment's `total` censorings in a cell, against the share of its length.
  func unevenness(cell i: Int, censored: Int, of total: Int) -> Double {
    let even = Double(total) * evenShare[i]
    let excess = Double(censored) - even
    return CellProblem.evenness * excess * excess / (even + 0.1 * Double(total) + 1)
  }

  /// Cost of an inexact number at risk at the end of a cell: squared in units of its error, in proportion only beyond two of
  /// them, so that a wrong one cannot bend the curve.
  func recalledCost(cell i: Int, atRisk n: Int) -> Double {
    guard let recalled = recalled[i] else { return 0 }
    let miss = abs(Double(n) - recalled) / max(1, 0.02 * recalled)
    return miss <= 2 ? miss * miss : 4 * miss - 4
  }
}

/// A choice with everything that follows from it, so that the cost of moving one subject takes the cells between and no
/// more.
///
/// A move inside a segment changes the number at risk between its two cells and multiplies S by one ratio everywhere
/// after them. The squared misses of all later readings are a quadratic in that ratio, whose three sums are kept.
struct CellState {
  let problem: CellProblem
  private(set) var choice: CellProblem.Choice
  private(set) var totalEvents: Int
  private(set) var cost: Double
  /// Number at risk at the start of each cell, and S there; one more for the end.
  private var atRisk: [Int]
  private var survival: [Double]
  /// Per cell, over the readings at its end and later: Σ S², Σ S r, Σ r².
  private var squares: [Double]
  private var products: [Double]
  private var readings: [Double]
  /// Σ (S − r)² over the readings before each cell's end.
  private var missed: [Double]
  /// Cost of uneven censoring, and number of censorings, per segment.
  private var unevenness: [Double]
  private var censoredInSegment: [Int]
  /// Cost of the inexact numbers at risk, per cell.
  private var recalledCost: [Double]

  /// `count` subjects of a segment leave in another cell, or otherwise.
  struct Move: Sendable, Equatable {
    let from: Int
    let wasEvent: Bool
    let to: Int
    let isEvent: Bool
    var count = 1
  }

  init(_ problem: CellProblem, _ choice: CellProblem.Choice) {
    self.problem = problem
    self.choice = choice
    let cells = problem.count
    totalEvents = choice.events.reduce(0, +)
    cost = 0
    atRisk = [Int](repeating: problem.subjects, count: cells + 1)
    survival = [Double](repeating: 1, count: cells + 1)
    squares = [Double](repeating: 0, count: cells + 1)
    products = squares
    readings = squares
    missed = squares
    unevenness = [Double](repeating: 0, count: problem.cells.count)
    recalledCost = [Double](repeating: 0, count: cells)
    censoredInSegment = problem.cells.map { $0.reduce(0) { $0 + choice.censored[$1] } }
    for segment in problem.cells.indices { unevenness[segment] = unevenness(of: segment) { choice.censored[$0] } }
    refresh(from: 0)
  }

  /// Brings everything after the start of `cell` up to date.
  private mutating func refresh(from cell: Int) {
    for i in cell..<problem.count {
      let (e, c) = (choice.events[i], choice.censored[i])
      survival[i + 1] = survival[i] * CellProblem.factor(atRisk: atRisk[i], events: e, censored: c)
      atRisk[i + 1] = atRisk[i] - e - c
      missed[i + 1] = missed[i] + square(problem.reading[i].map { survival[i + 1] - $0 } ?? 0)
      recalledCost[i] = problem.recalledCost(cell: i, atRisk: atRisk[i + 1])
    }
    for i in (0..<problem.count).reversed() {
      squares[i] = squares[i + 1]
      products[i] = products[i + 1]
      readings[i] = readings[i + 1]
      if let r = problem.reading[i] {
        squares[i] += survival[i + 1] * survival[i + 1]
        products[i] += survival[i + 1] * r
        readings[i] += r * r
      }
    }
    cost =
      missed[problem.count] / square(problem.readingError) + recalledCost.reduce(0, +) + unevenness.reduce(0, +)
      + medianCost { survival[$0] }
  }

  /// The cost after a move, in a number of steps proportional to the cells between.
  func cost(after move: Move) -> Double {
    let (low, high) = (min(move.from, move.to), max(move.from, move.to))
    var s = survival[low]
    var n = atRisk[low]
    var miss = missed[low]
    var total = cost
    let median = problem.medianCell
    var medianBefore: Double?
    var medianAfter: Double?
    for i in low...high {
      if i == median { medianBefore = s }
      let (e, c) = (events(i, after: move), censored(i, after: move))
      s *= CellProblem.factor(atRisk: n, events: e, censored: c)
      n -= e + c
      if i == median { medianAfter = s }
      if let r = problem.reading[i] { miss += square(s - r) }
      if i < high { total += problem.recalledCost(cell: i, atRisk: n) - recalledCost[i] }
    }
    // Later readings see S in another proportion. Where S was 0 there is none left to see.
    let ratio = survival[high + 1] > 0 ? s / survival[high + 1] : 1
    miss += ratio * ratio * squares[high + 1] - 2 * ratio * products[high + 1] + readings[high + 1]
    total += (miss - missed[problem.count]) / square(problem.readingError)
    total += changeOfUnevenness(move)
    if let median {
      func moved(_ i: Int) -> Double { i > high ? survival[i] * ratio : survival[i] }
      total +=
        medianCost { $0 == median ? medianBefore ?? moved($0) : medianAfter ?? moved($0) } - medianCost { survival[$0] }
    }
    return total
  }

  mutating func apply(_ move: Move) {
    if move.wasEvent { choice.events[move.from] -= move.count } else { choice.censored[move.from] -= move.count }
    if move.isEvent { choice.events[move.to] += move.count } else { choice.censored[move.to] += move.count }
    totalEvents += (move.isEvent ? move.count : 0) - (move.wasEvent ? move.count : 0)
    let segment = problem.segment[move.from]
    censoredInSegment[segment] += (move.isEvent ? 0 : move.count) - (move.wasEvent ? 0 : move.count)
    unevenness[segment] = unevenness(of: segment) { choice.censored[$0] }
    refresh(from: min(move.from, move.to))
  }

  /// S at the start of each cell and at the end of the last.
  var curve: [Double] { survival }

  private func events(_ i: Int, after move: Move) -> Int {
    choice.events[i] - (move.wasEvent && i == move.from ? move.count : 0)
      + (move.isEvent && i == move.to ? move.count : 0)
  }

  private func censored(_ i: Int, after move: Move) -> Int {
    choice.censored[i] - (!move.wasEvent && i == move.from ? move.count : 0)
      + (!move.isEvent && i == move.to ? move.count : 0)
  }

  private func changeOfUnevenness(_ move: Move) -> Double {
    if move.wasEvent && move.isEvent { return 0 }
    let segment = problem.segment[move.from]
    if move.wasEvent == move.isEvent {
      // The segment's total stays: two cells change.
      let total = censoredInSegment[segment]
      func term(_ i: Int, _ count: Int) -> Double { problem.unevenness(cell: i, censored: count, of: total) }
      return term(move.from, choice.censored[move.from] - move.count) - term(move.from, choice.censored[move.from])
        + term(move.to, choice.censored[move.to] + move.count) - term(move.to, choice.censored[move.to])
    }
    return unevenness(of: segment) { censored($0, after: move) } - unevenness[segment]
  }

  /// Censoring uneven within a segment, weighed so that it decides only what the readings leave open.
  private func unevenness(of segment: Int, censored: (Int) -> Int) -> Double {
    let total = problem.cells[segment].reduce(0) { $0 + censored($1) }
    return problem.cells[segment].reduce(0) {
      $0 + problem.unevenness(cell: $1, censored: censored($1), of: total)
    }
  }

  /// S must pass one half inside the cell of the published median, not only reach it: on a flat half the median is a
  /// midpoint.
  private func medianCost(_ survival: (Int) -> Double) -> Double {
    guard let cell = problem.medianCell else { return 0 }
    let (before, after) = (survival(cell), survival(cell + 1))
    let misses = square(max(0, 0.5 - before)) + square(max(0, after - 0.5))
    return misses / square(problem.readingError) + (before <= 0.5 || after > 0.5 - 1e-9 ? 25 : 0)
  }

  private func square(_ x: Double) -> Double { x * x }
}

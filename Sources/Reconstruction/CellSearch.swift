/// Finds events and censorings per cell: hard facts exactly, soft facts as closely as a local search gets.
///
/// It starts from the curve (events by error diffusion, the rest censored evenly) with the total of events left free, and
/// moves single subjects inside their segment, from event to censoring or back and from cell to cell, whenever that lowers
/// the cost. The total enters as a penalty that grows from stage to stage, so that the censorings find their places while
/// the events approach the total; then it is made exact, and events are exchanged between segments at a constant total.
/// The order of trials is fixed: the same facts give the same rows.
struct CellSearch {
  let problem: CellProblem
  private(set) var choice: CellProblem.Choice
  /// Disagreement with the soft facts.
  private(set) var cost: Double

  /// Weights of the squared excess of events, stage by stage.
  private static let penalties = [0.01, 0.1, 1, 10]

  init(_ problem: CellProblem) {
    self.init(unsettled: problem)
    for penalty in CellSearch.penalties { settle(penalty: penalty) }
    meetTotal()
    var before = Double.infinity
    while cost < before - 1e-9 {
      before = cost
      // A penalty that no gain outweighs: moves inside segments that keep the total.
      settle(penalty: 1e9)
      exchange()
    }
  }

  /// The events that readings and numbers at risk suggest by themselves, with censoring as even as they allow.
  static func suggestedEvents(_ problem: CellProblem) -> Int {
    var search = CellSearch(unsettled: problem)
    search.settle(penalty: 0)
    return search.choice.events.reduce(0, +)
  }

  private init(unsettled problem: CellProblem) {
    self.problem = problem
    choice = CellSearch.start(problem)
    cost = problem.cost(choice)
  }

  private static func start(_ problem: CellProblem) -> CellProblem.Choice {
    var choice = CellProblem.Choice(
      events: [Int](repeating: 0, count: problem.count), censored: [Int](repeating: 0, count: problem.count))
    var n = problem.subjects
    var s = 1.0
    for (number, cells) in problem.cells.enumerated() {
      let leaving = problem.leaving[number]
      let length = problem.end[cells.upperBound - 1] - problem.start[cells.lowerBound]
      var left = leaving
      // At risk falls evenly through the segment: near enough for a start.
      for i in cells {
        let passed = problem.start[i] - problem.start[cells.lowerBound]
        let atRisk = max(1, Double(n) - Double(leaving) * passed / length)
        let target = problem.reading[i] ?? s
        let wanted = s > 0 && problem.holdsEvents[i] ? Int((atRisk * max(0, 1 - target / s)).rounded()) : 0
        choice.events[i] = min(wanted, left)
        left -= choice.events[i]
        s *= max(0, 1 - Double(choice.events[i]) / atRisk)
      }
      // What is left is censored, spread by length: the cumulative share rounded, so that the shares sum.
      var given = 0
      for i in cells {
        let share = (problem.end[i] - problem.start[cells.lowerBound]) / length
        let upTo = i == cells.upperBound - 1 ? left : Int((Double(left) * share).rounded())
        choice.censored[i] = upTo - given
        given = upTo
      }
      n -= leaving
    }
    return choice
  }

  /// One subject of a segment leaves in another cell, or otherwise.
  private struct Move {
    let from: Int
    let wasEvent: Bool
    let to: Int
    let isEvent: Bool
    var count = 1

    /// The move that takes this one back.
    var reversed: Move { Move(from: to, wasEvent: isEvent, to: from, isEvent: wasEvent, count: count) }

    func apply(to choice: inout CellProblem.Choice) {
      if wasEvent { choice.events[from] -= count } else { choice.censored[from] -= count }
      if isEvent { choice.events[to] += count } else { choice.censored[to] += count }
    }
  }

  /// The moves out of one cell into the cells of its segment that `choice` allows.
  private func moves(from i: Int, wasEvent: Bool, isEvent: Bool) -> [Move] {
    let here = wasEvent ? choice.events[i] : choice.censored[i]
    guard here > 0 else { return [] }
    return problem.cells[problem.segment[i]].flatMap { j -> [Move] in
      guard !(i == j && wasEvent == isEvent), !isEvent || problem.holdsEvents[j] else { return [] }
      var moves = [Move(from: i, wasEvent: wasEvent, to: j, isEvent: isEvent)]
      // Censorings also move together: a few more at a visit may help only when all are there.
      if !wasEvent, !isEvent, here > 1 {
        moves.append(Move(from: i, wasEvent: false, to: j, isEvent: false, count: here))
        if here > 3 { moves.append(Move(from: i, wasEvent: false, to: j, isEvent: false, count: here / 2)) }
      }
      return moves
    }
  }

  private func penalised(
    _ choice: CellProblem.Choice, _ penalty: Double, events: Int, after prefix: CellProblem.Prefix? = nil,
    limit: Double = .infinity
  ) -> Double {
    let excess = Double(events - problem.events)
    let share = penalty * excess * excess
    return problem.cost(choice, after: prefix, penalty: share, limit: limit) + share
  }

  /// Takes every move that lowers cost and penalty together, until none does.
  private mutating func settle(penalty: Double) {
    var events = choice.events.reduce(0, +)
    var current = penalised(choice, penalty, events: events)
    var prefixes = problem.prefixes(choice)
    for _ in 0..<100 {
      let before = current
      for i in 0..<problem.count {
        for (wasEvent, isEvent) in [(true, true), (true, false), (false, true), (false, false)] {
          for move in moves(from: i, wasEvent: wasEvent, isEvent: isEvent) {
            guard (wasEvent ? choice.events[i] : choice.censored[i]) >= move.count else { break }
            let trialEvents = events + (isEvent ? 1 : 0) * move.count - (wasEvent ? 1 : 0) * move.count
            move.apply(to: &choice)
            let value = penalised(
              choice, penalty, events: trialEvents, after: prefixes[min(i, move.to)], limit: current - 1e-9)
            if value < current - 1e-9 {
              (events, current) = (trialEvents, value)
              prefixes = problem.prefixes(choice)
            } else {
              move.reversed.apply(to: &choice)
            }
          }
        }
      }
      if current > before - 1e-9 { break }
    }
    cost = problem.cost(choice)
  }

  /// The change of one event of a segment into a censoring (or back) that costs least; nil when there is none.
  private func bestTurn(in segment: Int, ofEvent: Bool) -> CellProblem.Choice? {
    var best: (CellProblem.Choice, Double)?
    for i in problem.cells[segment] {
      for move in moves(from: i, wasEvent: ofEvent, isEvent: !ofEvent) {
        var trial = choice
        move.apply(to: &trial)
        let value = problem.cost(trial)
        if best.map({ value < $0.1 }) ?? true { best = (trial, value) }
      }
    }
    return best?.0
  }

  /// Turns one event into a censoring, or one censoring into an event, until the total is met.
  private mutating func meetTotal() {
    while true {
      let excess = choice.events.reduce(0, +) - problem.events
      guard excess != 0 else { break }
      let turns = problem.cells.indices.compactMap { bestTurn(in: $0, ofEvent: excess > 0) }
      // Everybody leaves by one or the other, and events <= subjects: there is always a turn.
      guard let best = turns.min(by: { problem.cost($0) < problem.cost($1) }) else { break }
      choice = best
    }
    cost = problem.cost(choice)
  }

  /// One event fewer in a segment and one more in another, wherever that lowers the cost.
  private mutating func exchange() {
    for fewer in problem.cells.indices {
      for more in problem.cells.indices where more != fewer {
        guard let without = bestTurn(in: fewer, ofEvent: true) else { break }
        let before = choice
        choice = without
        if let trial = bestTurn(in: more, ofEvent: false), problem.cost(trial) < cost - 1e-9 {
          choice = trial
          cost = problem.cost(trial)
        } else {
          choice = before
        }
      }
    }
  }
}

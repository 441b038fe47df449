/// Finds events and censorings per cell: hard facts exactly, soft facts as closely as a local search gets.
///
/// It starts from the curve (events by error diffusion, the rest censored evenly) with the total of events left free, and
/// moves single subjects inside their segment, from event to censoring or back and from cell to cell, whenever that lowers
/// the cost. The total enters as a penalty that grows from stage to stage, so that the censorings find their places while
/// the events approach the total; then it is made exact, and events are exchanged between segments at a constant total.
/// The order of trials is fixed: the same facts give the same rows.
struct CellSearch {
  let problem: CellProblem
  private(set) var state: CellState

  /// Events and censorings found, and S at the start of each cell and at the end of the last.
  var choice: CellProblem.Choice { state.choice }
  var survival: [Double] { state.curve }
  /// Disagreement with the soft facts.
  var cost: Double { state.cost }

  /// Weights of the squared excess of events, stage by stage.
  private static let penalties = [0.01, 0.1, 1, 10]

  init(_ problem: CellProblem) {
    self.init(unsettled: problem)
    for penalty in problem.events == nil ? [0] : CellSearch.penalties { settle(penalty: penalty) }
    meetTotal()
    var before = Double.infinity
    while cost < before - 1e-9 {
      before = cost
      // A penalty that no gain outweighs: moves inside segments that keep the total.
      settle(penalty: problem.events == nil ? 0 : 1e9)
      exchange()
    }
  }

  /// The events that readings and numbers at risk suggest by themselves, with censoring as even as they allow.
  static func suggestedEvents(_ problem: CellProblem) -> Int {
    var search = CellSearch(unsettled: problem)
    search.settle(penalty: 0)
    return search.state.totalEvents
  }

  private init(unsettled problem: CellProblem) {
    self.problem = problem
    state = CellState(problem, CellSearch.start(problem))
  }

  /// Events by error diffusion along the curve, the rest of each segment censored evenly over its length.
  private static func start(_ problem: CellProblem) -> CellProblem.Choice {
    var choice = CellProblem.Choice(
      events: [Int](repeating: 0, count: problem.count), censored: [Int](repeating: 0, count: problem.count))
    var n = problem.subjects
    var s = 1.0
    for (number, cells) in problem.cells.enumerated() {
      let leaving = problem.leaving[number]
      var censored = 0
      var last = s
      // How many are censored decides how many are at risk, which decides how many events the curve needs: three rounds.
      for _ in 0..<3 {
        var left = leaving
        var gone = 0.0
        last = s
        for i in cells {
          let atRisk = max(1, Double(n) - gone - Double(censored) * problem.passed(of: cells, to: problem.start[i]))
          if problem.holdsEvents[i], last > 0, let target = problem.nextReading[i] {
            choice.events[i] = min(left, Int((atRisk * max(0, 1 - target / last)).rounded()))
            left -= choice.events[i]
            gone += Double(choice.events[i])
            last *= max(0, 1 - Double(choice.events[i]) / atRisk)
          }
        }
        censored = left
      }
      s = last
      // The cumulative share rounded, so that the shares sum.
      let open = cells.filter { problem.holdsCensorings[$0] }
      var given = 0
      for i in open {
        let share = problem.passed(of: cells, to: problem.end[i])
        let upTo = i == open.last ? censored : Int((Double(censored) * share).rounded())
        choice.censored[i] = upTo - given
        given = upTo
      }
      n -= leaving
    }
    return choice
  }

  /// The moves out of one cell into the cells of its segment that the choice allows.
  private func moves(from i: Int, wasEvent: Bool, isEvent: Bool) -> [CellState.Move] {
    let here = wasEvent ? choice.events[i] : choice.censored[i]
    guard here > 0 else { return [] }
    return problem.cells[problem.segment[i]].flatMap { j -> [CellState.Move] in
      guard !(i == j && wasEvent == isEvent), isEvent ? problem.holdsEvents[j] : problem.holdsCensorings[j] else {
        return []
      }
      var moves = [CellState.Move(from: i, wasEvent: wasEvent, to: j, isEvent: isEvent)]
      // Censorings also move together: a few more at a visit may help only when all are there.
      if !wasEvent, !isEvent, here > 1 {
        moves.append(CellState.Move(from: i, wasEvent: false, to: j, isEvent: false, count: here))
        if here > 3 { moves.append(CellState.Move(from: i, wasEvent: false, to: j, isEvent: false, count: here / 2)) }
      }
      return moves
    }
  }

  private func penalised(_ cost: Double, _ events: Int, _ penalty: Double) -> Double {
    let excess = Double(events - (problem.events ?? events))
    return cost + penalty * excess * excess
  }

  /// Takes every move that lowers cost and penalty together, until none does.
  private mutating func settle(penalty: Double) {
    var current = penalised(cost, state.totalEvents, penalty)
    for _ in 0..<100 {
      let before = current
      for i in 0..<problem.count {
        for (wasEvent, isEvent) in [(true, true), (true, false), (false, true), (false, false)] {
          for move in moves(from: i, wasEvent: wasEvent, isEvent: isEvent) {
            guard (wasEvent ? choice.events[i] : choice.censored[i]) >= move.count else { break }
            let events = state.totalEvents + (isEvent ? 1 : 0) - (wasEvent ? 1 : 0)
            let value = penalised(state.cost(after: move), events, penalty)
            if value < current - 1e-9 {
              state.apply(move)
              current = penalised(cost, state.totalEvents, penalty)
            }
          }
        }
      }
      if current > before - 1e-9 { break }
    }
  }

  /// The change of one event of a segment into a censoring (or back) that costs least, with the cost after it.
  private func bestTurn(in segment: Int, ofEvent: Bool) -> (move: CellState.Move, cost: Double)? {
    var best: (move: CellState.Move, cost: Double)?
    for i in problem.cells[segment] {
      for move in moves(from: i, wasEvent: ofEvent, isEvent: !ofEvent) {
        let value = state.cost(after: move)
        if best.map({ value < $0.cost }) ?? true { best = (move, value) }
      }
    }
    return best
  }

  /// Turns one event into a censoring, or one censoring into an event, until the total is met.
  private mutating func meetTotal() {
    while let wanted = problem.events, state.totalEvents != wanted {
      let isExcess = state.totalEvents > wanted
      let turns = problem.cells.indices.compactMap { bestTurn(in: $0, ofEvent: isExcess) }
      // Everybody leaves by one or the other, and events <= subjects: there is a turn wherever cells hold both.
      guard let best = turns.min(by: { $0.cost < $1.cost }) else { break }
      state.apply(best.move)
    }
  }

  /// One event fewer in a segment and one more in another, wherever that lowers the cost.
  private mutating func exchange() {
    for fewer in problem.cells.indices {
      for more in problem.cells.indices where more != fewer {
        guard let without = bestTurn(in: fewer, ofEvent: true) else { break }
        let before = state
        state.apply(without.move)
        if let with = bestTurn(in: more, ofEvent: false), with.cost < before.cost - 1e-9 {
          state.apply(with.move)
        } else {
          state = before
        }
      }
    }
  }
}

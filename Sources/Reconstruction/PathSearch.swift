/// Finds how many have the event and how many are censored in each slot: hard facts exactly, soft facts as closely as a
/// dynamic programme over slots gets.
///
/// A path is a sequence of slots with e events and c censorings each. After a slot all that matters of it are the number
/// at risk n, the events so far E and the curve S, rounded to three errors of a reading: of paths that agree in these only the
/// cheapest is kept, and for each E near that of the cheapest path the cheapest `width`. Exact numbers at risk close each
/// segment: its last slot censors whoever must still leave. Paths whose events sum to another total than published do not
/// count; where the cheapest has another, events are made dearer or cheaper by a constant and the programme is run again.
struct PathSearch {
  let slots: FollowUpSlots
  let profile: CensoringProfile
  let subjects: Int
  let events: Int?
  var effort = Effort.whole
  /// Weight of the deviation from the expected censoring, against readings in units of their error. Small: it decides only
  /// what the readings leave open.
  var evenness = 1.0

  /// How much is tried.
  struct Effort: Sendable {
    /// How many states are kept after each slot, for each total of events.
    var width: Int
    /// Totals of events followed beside that of the cheapest path.
    var reach: Int32
    /// Passes with another price of an event, at most.
    let passes: Int
    /// Whether more is tried where nothing was found.
    let mayWiden: Bool

    /// For rows that are handed out.
    static let whole = Effort(width: 40, reach: 3, passes: 6, mayWiden: true)
    /// For repeats: a third of the states.
    static let repeated = Effort(width: 12, reach: 3, passes: 2, mayWiden: false)
  }

  /// Events and censorings by slot.
  struct Path: Sendable, Equatable {
    var events: [Int]
    var censored: [Int]
  }

  /// Up to this every number of censorings is tried where many may leave.
  private static let everyNumber = 8
  /// Beyond the cheapest state by more than this a state is not followed.
  private static let hopeless = 200.0
  /// A path is taken when no path with the total can be cheaper by more than this, for each event by which the cheapest of
  /// all misses the total.
  private static let tolerance = 8.0

  /// The cheapest path found with `events` events, or near the suggested number when they are nil; nil when there is none.
  func best() -> Path? {
    if let path = attempt() { return path }
    guard effort.mayWiden else { return nil }
    var wider = self
    wider.effort.width *= 2
    wider.effort.reach *= 4
    return wider.attempt()
  }

  private func attempt() -> Path? {
    var paths = run(price: 0, reach: effort.reach)
    func path(to state: StateTable.Entry?) -> Path? { state.map { paths.path(to: $0, over: slots.slots.count) } }
    // Without a total the suggested one decides between paths.
    guard let events else {
      return path(to: paths.cheapest(near: profile.suggestedEvents, segments: slots.segments.count))
    }
    var price = 0.0
    // Events at the price `low` are too many, at `high` too few.
    var (low, high): (Double?, Double?) = (nil, nil)
    var best: (path: Path, cost: Double)?
    var bound = -Double.infinity
    for pass in 1... {
      guard let current = paths.cheapest else { break }
      // No path with the total costs less, with its events at this price, than the cheapest of all.
      bound = max(bound, current.cost - price * Double(events))
      if let state = paths.cheapest(events: events) {
        let cost = state.cost - price * Double(events)
        if best.map({ cost < $0.cost }) ?? true { best = path(to: state).map { ($0, cost) } }
      }
      let tolerance = PathSearch.tolerance * Double(1 + abs(Int(current.events) - events))
      if let best, best.cost - bound < tolerance || pass >= effort.passes { break }
      if pass > 2 * effort.passes { break }
      if current.events > events { low = price } else { high = price }
      switch (low, high) {
      case (let low?, let high?): price = (low + high) / 2
      case (let low?, nil): price = max(1, 2 * low)
      case (nil, let high?): price = min(-1, 2 * high)
      case (nil, nil): break
      }
      // Between two prices the events may jump over the total: then more totals are followed.
      let isJump = best == nil && low != nil && high != nil
      paths = run(
        price: price,
        reach: isJump ? max(effort.reach, min(Int32(abs(Int(current.events) - events)) + 1, 12)) : effort.reach)
    }
    return best?.path
  }

  /// How sure the suggested number of events is: to one where numbers at risk follow each other, hardly where censoring is known
  /// at one or two times only.
  private static func errorOfSuggestion(_ suggested: Int, segments: Int) -> Double {
    segments > 2 ? 1 : 3 + 0.05 * Double(suggested)
  }

  private struct Step {
    let parent: Int32
    let events: Int32
    let censored: Int32
  }

  /// The states at the end, the cheapest for each total of events, and every step that led to them.
  private struct Paths {
    let states: [StateTable.Entry]
    let history: [Step]

    var cheapest: StateTable.Entry? { states.min { $0.cost < $1.cost } }
    /// The cheapest state when a total suggested by the numbers at risk counts as one more reading, sure to a few events.
    func cheapest(near suggested: Int, segments: Int) -> StateTable.Entry? {
      let error = PathSearch.errorOfSuggestion(suggested, segments: segments)
      func cost(_ state: StateTable.Entry) -> Double {
        let miss = (Double(state.events) - Double(suggested)) / error
        return state.cost + miss * miss
      }
      return states.min { cost($0) < cost($1) }
    }
    func cheapest(events: Int) -> StateTable.Entry? {
      states.filter { Int($0.events) == events }.min { $0.cost < $1.cost }
    }

    func path(to state: StateTable.Entry, over slots: Int) -> Path {
      var path = Path(events: [Int](repeating: 0, count: slots), censored: [Int](repeating: 0, count: slots))
      var step = state.step
      for i in (0..<slots).reversed() {
        let here = history[Int(step)]
        path.events[i] = Int(here.events)
        path.censored[i] = Int(here.censored)
        step = here.parent
      }
      return path
    }
  }

  private func run(price: Double, reach: Int32) -> Paths {
    var history: [Step] = []
    var states = [StateTable.Entry(atRisk: Int32(subjects))]
    var table = StateTable(grain: 3 * slots.error)
    var choices: [Int] = []
    let isMarked = slots.slots.contains { $0.marks > 0 }
    for (i, slot) in slots.slots.enumerated() {
      let segment = slots.segments[slot.segment]
      let isFirst = i == segment.slots.lowerBound
      let isLast = i == segment.slots.upperBound - 1
      let spread =
        evenness * (slot.end - slot.start)
        / ((slots.slots[segment.slots.upperBound - 1].end - slots.slots[segment.slots.lowerBound].start)
          * (profile.totals[slot.segment] + 1))
      table.removeAll()
      // Every slot may hold a few censorings, every fourth and every wide one the number that brings them where they should be.
      let isWide =
        i % 4 == 0 || slot.isBesideVisit || slot.marks > 0
        || profile.expected[i] - (isFirst ? 0 : profile.expected[i - 1]) > 0.5
      let reachOfChance = max(1, (profile.totals[slot.segment] + 1).squareRoot() / 2)
      for state in states {
        let n = Int(state.atRisk)
        let censoredBefore = isFirst ? 0 : Int(state.censored)
        let ahead = Double(censoredBefore) - profile.expected[i]
        let near = eventChoices(slot, state, atEnd: segment.atEnd)
        // Where events may as well be elsewhere, none is a choice too.
        let none = slot.eventCost + slot.useCost > 0 && near.lowerBound > 0 ? 0..<1 : 0..<0
        for e in [none, Range(near)].joined() {
          let left = n - e - segment.atEnd
          if left < 0 { break }
          let base = state.cost + (price + slot.eventCost) * Double(e) + (e > 0 ? slot.useCost : 0)
          if isLast {
            choices = [left]
          } else {
            fillChoices(&choices, slot, left: left, needed: -ahead, spread: reachOfChance, isWide: isWide)
          }
          for c in choices {
            let survival = state.survival * PathSearch.factor(atRisk: n, events: e, censored: c)
            let excess = ahead + Double(c)
            var cost = base + PathSearch.misfit(survival - slot.target, slot.weight) + spread * excess * excess
            if let recalled = slot.recalled { cost += PathSearch.recalledCost(n - e - c, recalled) }
            if isMarked { cost += PathSearch.markCost(c, slot.marks) }
            if slot.reachesHalf { cost += medianCost(before: state.survival, after: survival) }
            let rank = cost + leastToCome(segment, n - e - c, survival, isLast: isLast)
            // What is so much dearer than the cheapest will not catch up.
            if rank > table.cheapest + PathSearch.hopeless { continue }
            table.insert(
              .init(
                atRisk: Int32(n - e - c), events: state.events + Int32(e), censored: Int32(censoredBefore + c),
                step: state.step, stepEvents: Int32(e), stepCensored: Int32(c), survival: survival, cost: cost,
                rank: rank))
          }
        }
      }
      states = table.kept(effort.width, reach: reach)
      for k in states.indices {
        history.append(
          Step(parent: states[k].step, events: states[k].stepEvents, censored: states[k].stepCensored))
        states[k].step = Int32(history.count - 1)
      }
    }
    return Paths(states: states, history: history)
  }

  /// A lower bound of what the end of the segment still costs: S cannot fall below what is left when all who must leave have
  /// the event, however far the curve falls.
  private func leastToCome(_ segment: FollowUpSlots.Segment, _ n: Int, _ survival: Double, isLast: Bool) -> Double {
    guard !isLast, n > 0 else { return 0 }
    let lowest = survival * Double(segment.atEnd) / Double(n)
    guard lowest > segment.targetAtEnd else { return 0 }
    let cost = PathSearch.misfit(lowest - segment.targetAtEnd, 1 / (slots.error * slots.error))
    if segment.isNearDrop { return min(cost, FollowUpSlots.costOfTheOtherSide) }
    guard segment.fallsAtEnd else { return cost }
    return min(cost, FollowUpSlots.costAtVisit * Double(segment.atEnd) * (1 - segment.targetAtEnd / lowest))
  }

  /// Events that bring S close to the target: the whole numbers on either side of the wanted one, and one more either way
  /// where a single event is no more than the error of a reading.
  private func eventChoices(_ slot: FollowUpSlots.Slot, _ state: StateTable.Entry, atEnd: Int) -> ClosedRange<Int> {
    guard slot.holdsEvents, state.atRisk > 0, state.survival > 0 else { return 0...0 }
    let n = Double(state.atRisk)
    let most = max(0, Int(state.atRisk) - atEnd)
    let wanted = max(0, n * (1 - (slot.possibleTarget ?? slot.target) / state.survival))
    let step = state.survival / n
    let further = slot.reachesHalf || step * step * slot.weight < 16 ? 1 : 0
    let down = Int(wanted)
    let low = min(max(0, down - further), most)
    return low...max(low, min(most, down + 1 + further))
  }

  /// Censorings: few, or back to the expected number and around it as far as chance may put it, or, beside a number at
  /// risk, any of a rising row.
  private func fillChoices(
    _ choices: inout [Int], _ slot: FollowUpSlots.Slot, left: Int, needed: Double, spread: Double, isWide: Bool
  ) {
    choices.removeAll(keepingCapacity: true)
    choices.append(0)
    guard slot.holdsCensorings, left > 0 else { return }
    choices.append(1)
    if left > 1 { choices.append(2) }
    guard isWide else { return }
    // Every small number, then as far as chance may put it.
    var last = min(PathSearch.everyNumber, left)
    if last > 2 { for c in 3...last { choices.append(c) } }
    for k in -2...4 {
      let c = Int((needed + Double(k) * spread).rounded())
      if c > last, c <= left {
        choices.append(c)
        last = c
      }
    }
    guard slot.isBesideVisit || slot.marks > 0 else { return }
    var c = last * 5 / 4 + 1
    while c < left {
      choices.append(c)
      c = c * 5 / 4 + 1
    }
    if left > last { choices.append(left) }
  }

  /// A squared miss in units of the error, in proportion only beyond three of them, so that one wrong reading cannot bend
  /// the curve.
  private static func misfit(_ miss: Double, _ weight: Double) -> Double {
    let squared = miss * miss * weight
    return squared <= 9 ? squared : 6 * squared.squareRoot() - 9
  }

  /// Squared in units of its error, in proportion only beyond two of them.
  private static func recalledCost(_ n: Int, _ recalled: Double) -> Double {
    let miss = abs(Double(n) - recalled) / max(1, 0.02 * recalled)
    return miss <= 2 ? miss * miss : 4 * miss - 4
  }

  /// A mark stands for one censoring or for several at one time, and no censoring is without one.
  private static func markCost(_ censored: Int, _ marks: Int) -> Double {
    marks > 0 ? 10 * Double(max(0, marks - censored)) : 2 * Double(censored)
  }

  /// S must pass one half at the published median, not only reach it: on a flat half the median is a midpoint.
  private func medianCost(before: Double, after: Double) -> Double {
    before > 0.5 + 1e-9 && after < 0.5 - 1e-9 ? 0 : 100 + 1e4 * (max(0, 0.5 - before) + max(0, after - 0.5))
  }

  /// The survival factor of a slot: events and censorings alternate as evenly as their numbers allow.
  ///
  /// Event a of e stands at (a + ½)/e of the slot and censoring b of c at (b + ½)/c, the event first where they meet.
  static func factor(atRisk n: Int, events e: Int, censored c: Int) -> Double {
    if e == 0 { return 1 }
    if c == 0 { return Double(n - e) / Double(n) }
    var factor = 1.0
    for a in 0..<e {
      let left = n - a - censoredBefore(event: a, of: e, censored: c)
      factor *= Double(left - 1) / Double(left)
    }
    return factor
  }

  /// How many of c censorings stand before event a of e: those b with (2b + 1)/(2c) < (2a + 1)/(2e).
  static func censoredBefore(event a: Int, of e: Int, censored c: Int) -> Int {
    let excess = (2 * a + 1) * c - e
    return excess > 0 ? (excess + 2 * e - 1) / (2 * e) : 0
  }
}

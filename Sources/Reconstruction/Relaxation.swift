/// Rows for facts that contradict each other, and what was given up for them.
public struct Relaxation: Sendable, Equatable {
  public let rows: ReconstructedArm
  /// The facts that the rows meet: what was given up is soft or gone.
  public let facts: ArmFacts
  /// One sentence per fact given up, with its number and the reason; empty where nothing had to be.
  public let givenUp: [String]
}

extension ArmFacts {
  /// The facts without those that cannot all be true.
  ///
  /// In this order: numbers at risk that the number of subjects or the curve rules out alone; of numbers at risk that
  /// contradict each other in pairs the smallest set that leaves no pair, of several such sets one that the total of events
  /// agrees with, and of two numbers that stand against each other only the later; then the total of events; then the median. A number at risk becomes one to be met as closely as possible, the
  /// total is left to the readings, the median is not used. The number of subjects is never given up, and impossible
  /// facts are left as they are: `CurveReconstruction.rows` refuses them.
  public func relaxed() -> (facts: ArmFacts, givenUp: [String]) {
    var facts = joiningNearTimes()
    guard (try? facts.checkEach()) != nil else { return (self, []) }
    var givenUp: [String] = []
    let curve = CurveBounds(facts)
    func release(_ index: Int, _ reason: Contradiction) {
      let entry = facts.atRisk[index]
      givenUp.append(
        "the number at risk \(entry.count) at \(text(entry.time)) is met as closely as possible, no longer exactly: "
          + reason.statement)
      facts.releaseAtRisk(index)
    }
    if let first = facts.startContradiction() { release(0, first) }
    while let found = facts.emptyContradiction(curve), case .atRisk(let index)? = found.parties.first {
      release(index, found)
    }
    while true {
      let found = facts.atRiskContradictions(curve, all: true)
      guard let first = found.first else { break }
      // Against the number of subjects only one side can give way.
      if let alone = found.first(where: { $0.parties.count == 1 }), case .atRisk(let index) = alone.parties[0] {
        release(index, alone)
        continue
      }
      let pairs = found.map { $0.parties.compactMap { if case .atRisk(let index) = $0 { index } else { nil } } }
      // Of sets of one size the first that the total of events agrees with.
      let sets = Relaxation.smallestCovers(of: pairs)
      let chosen = sets.first { set in
        var without = facts
        for index in set { without.releaseAtRisk(index) }
        return without.eventsContradiction(curve) == nil
      }
      for index in chosen ?? sets[0] { release(index, found[pairs.firstIndex { $0.contains(index) } ?? 0]) }
      // A cover leaves no pair; the guard is against a loop without end.
      if facts.atRiskContradictions(curve, all: false).first == first { break }
    }
    if let found = facts.totalContradiction() ?? facts.eventsContradiction(curve) {
      facts.giveUpEvents(found.statement, &givenUp)
    }
    if let found = facts.medianContradiction(curve) { facts.giveUpMedian(found, &givenUp) }
    guard !givenUp.isEmpty else { return (self, []) }
    return (facts, givenUp)
  }

  mutating func releaseAtRisk(_ index: Int) {
    let entry = atRisk[index]
    atRisk[index] = .init(time: entry.time, count: entry.count, isExact: false)
  }

  mutating func giveUpEvents(_ reason: String, _ givenUp: inout [String]) {
    guard let total = events else { return }
    givenUp.append("the total of \(total) events is given up, the readings decide: \(reason)")
    events = nil
  }

  private mutating func giveUpMedian(_ reason: Contradiction, _ givenUp: inout [String]) {
    guard let value = median else { return }
    givenUp.append("the median \(text(value)) is not used: \(reason.statement)")
    median = nil
  }
}

extension Relaxation {
  /// The smallest sets of numbers with one of every pair, at most 64; first those with the firsts of the pairs. Beyond six
  /// numbers one set: the number with most pairs is taken, again and again.
  static func smallestCovers(of pairs: [[Int]]) -> [[Int]] {
    for size in 1...6 {
      var found: [[Int]] = []
      addCovers(of: pairs, size: size, chosen: [], to: &found)
      if !found.isEmpty { return found }
    }
    var left = pairs
    var cover: [Int] = []
    while !left.isEmpty {
      var counts: [Int: Int] = [:]
      for index in left.joined() { counts[index, default: 0] += 1 }
      let most = counts.keys.sorted().max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? 0
      cover.append(most)
      left.removeAll { $0.contains(most) }
    }
    return [cover.sorted()]
  }

  private static func addCovers(of pairs: [[Int]], size: Int, chosen: [Int], to found: inout [[Int]]) {
    guard found.count < 64 else { return }
    guard let pair = pairs.first else {
      found.append(chosen.sorted())
      return
    }
    guard size > 0 else { return }
    for index in pair {
      addCovers(of: pairs.filter { !$0.contains(index) }, size: size - 1, chosen: chosen + [index], to: &found)
    }
  }
}

extension CurveReconstruction {
  /// Numbers at risk that are released one by one before all of them are.
  private static let attempts = 6

  /// Rows also for facts that contradict each other: what `ArmFacts.relaxed` gives up, and where the search for rows finds a
  /// contradiction that no bound shows, first the total of events, then the numbers at risk, one at a time, those first that
  /// rows without them miss most, at last all.
  ///
  /// - Throws: `ReconstructionError` for facts that are impossible by themselves, or where the number of subjects and the
  ///   readings alone allow no rows.
  public static func relaxedRows(_ given: ArmFacts, level: ReconstructionLevel = .grid) throws(ReconstructionError)
    -> Relaxation
  {
    var (facts, givenUp) = given.relaxed()
    var reason = ReconstructionError(.contradiction, arm: given.arm, "")
    func made() throws(ReconstructionError) -> Relaxation? {
      do {
        return Relaxation(rows: try rows(facts, level: level), facts: facts, givenUp: givenUp)
      } catch {
        guard error.code == .contradiction else { throw error }
        reason = error
        return nil
      }
    }
    if let found = try made() { return found }
    if facts.events != nil {
      facts.giveUpEvents(reason.message, &givenUp)
      if let found = try made() { return found }
    }
    let order = try missedMost(facts, level: level)
    for (number, index) in order.enumerated() {
      let entry = facts.atRisk[index]
      givenUp.append(
        "the number at risk \(entry.count) at \(facts.text(entry.time)) is met as closely as possible, no longer exactly: "
          + reason.message)
      facts.releaseAtRisk(index)
      if number < attempts, let found = try made() { return found }
    }
    if let found = try made() { return found }
    throw reason
  }

  /// The exact numbers at risk by how far rows made without them are from them, in units of their error, farthest first.
  private static func missedMost(_ facts: ArmFacts, level: ReconstructionLevel) throws(ReconstructionError) -> [Int] {
    let exact = facts.atRisk.indices.filter { facts.atRisk[$0].isExact }
    guard !exact.isEmpty else { return [] }
    var soft = facts
    for index in exact { soft.releaseAtRisk(index) }
    let rows = try rows(soft, level: level)
    let misses = exact.map { index in
      let entry = facts.atRisk[index]
      return Double(abs(rows.numberAtRisk(at: entry.time) - entry.count)) / max(1, 0.02 * Double(entry.count))
    }
    return exact.indices.sorted { (-misses[$0], exact[$0]) < (-misses[$1], exact[$1]) }.map { exact[$0] }
  }
}

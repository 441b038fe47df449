import Testing

@testable import Reconstruction

/// Small arms against every placement that there is.
///
/// Readings are the two ends of every stroke, so that events stand at the strokes and censorings between them. A placement
/// is e₁, e₂, … at the strokes and c₀, c₁, … before, between and after them; the curve is ∏ (1 − eⱼ/nⱼ).
@Suite struct BruteForceTests {
  /// One arm to rebuild: strokes at 2, 4, 6, …; a number at risk one before the stroke or one after it splits the stretch.
  private struct Arm {
    let subjects: Int
    /// S just after each stroke, as read.
    let read: [Double]
    let end: Double
    let events: Int?
    /// At an odd time, between strokes.
    let visit: (time: Double, count: Int)?
    let error: Double

    var facts: ArmFacts {
      var readings = [ArmFacts.Reading(time: 0, survival: 1)]
      var before = 1.0
      for (j, s) in read.enumerated() {
        readings.append(.init(time: stroke(j), survival: before))
        readings.append(.init(time: stroke(j), survival: s))
        before = s
      }
      readings.append(.init(time: end, survival: before))
      return ArmFacts(
        arm: "a", subjects: subjects, events: events,
        atRisk: [.init(time: 0, count: subjects)] + (visit.map { [.init(time: $0.time, count: $0.count)] } ?? []),
        readings: readings, isReadToEnd: true, readingError: error)
    }
    func stroke(_ j: Int) -> Double { 2 * Double(j + 1) }

    /// Σ (S − read)² of a curve just after each stroke: each level is read at its beginning and at its end.
    func misses(_ survival: [Double]) -> Double {
      zip(survival, read).reduce(0) { $0 + 2 * ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    /// The least sum, and the number of events of the placement that has it, over all that meet the whole numbers.
    func least() -> (misses: Double, events: Int)? {
      var best: (misses: Double, events: Int)?
      func place(_ j: Int, _ n: Int, _ s: Double, _ path: [Double], _ made: Int) {
        guard j < read.count else {
          // Whoever is left is censored after the last stroke; a number at risk there needs as many to be left.
          if let visit, visit.time > stroke(read.count - 1), visit.count > n { return }
          if let events, events != made { return }
          let sum = misses(path)
          if best.map({ sum < $0.misses }) ?? true { best = (sum, made) }
          return
        }
        for c in 0...n {
          // The visit is met when the censorings before the stroke can be split so: n or fewer at its time, n − c or more.
          if let visit, visit.time < stroke(j), visit.time > stroke(j) - 2, !(n - c...n).contains(visit.count) {
            continue
          }
          for e in 0...(n - c) {
            let left = n - c
            let after = e == 0 ? s : s * Double(left - e) / Double(left)
            place(j + 1, left - e, after, path + [after], made + e)
          }
        }
      }
      place(0, subjects, 1, [], 0)
      return best
    }
  }

  /// By how much the sum of squared misses may exceed the least.
  ///
  /// Minimised is Σ miss²/σ² + w Σ over segments of the mean over time of (censored so far − expected)²/(expected total + 1),
  /// w the weight of evenness, and without a total (events − suggested)². No deviation exceeds the number that leaves, so the
  /// second term is at most w Σ leaving²; the third is known. With a total the search may stop early: eight for each event,
  /// of at most N. What is saved there may be lost at the readings, times σ².
  private func trade(_ arm: Arm, _ made: ReconstructedArm, events: Int) throws -> Double {
    let curve = MonotoneReadings(arm.facts.readings)
    let slots = FollowUpSlots(arm.facts, curve: curve)
    let weight = PathSearch(
      slots: slots, profile: CensoringProfile(slots, events: arm.events), subjects: arm.subjects, events: arm.events
    ).evenness
    let leaving = arm.visit.map { [arm.subjects - $0.count, $0.count] } ?? [arm.subjects]
    var sum = weight * leaving.reduce(0) { $0 + Double($1 * $1) }
    if arm.events == nil {
      let miss = Double(try #require(made.suggestedEvents) - events)
      sum += miss * miss
    } else {
      sum += 8 * Double(arm.subjects + 1)
    }
    return arm.error * arm.error * sum
  }

  @Test("five subjects by hand: where the one censored between the strokes was, the number at risk says")
  func byHand() throws {
    // 1 of 5 at 2: 0.8. At 4 the curve falls to two thirds of it, 0.533: 1 of 3, so that one of the four was censored
    // between the strokes and two after the second. (1 of 4 would give 0.6, 1 of 2 0.4.)
    for events in [2, nil] {
      for count in [nil, 4, 3] {
        let arm = Arm(
          subjects: 5, read: [0.8, 0.533], end: 7, events: events, visit: count.map { (3, $0) }, error: 0.002)
        let made = try CurveReconstruction.rows(arm.facts, level: .curve)
        #expect(made.rows.filter(\.isEvent).map(\.time) == [2, 4])
        let censored = made.rows.filter { !$0.isEvent }.map(\.time)
        #expect(censored.count == 3 && censored[0] > 2 && censored[0] < 4 && censored[1] > 4 && censored[2] == 7)
        // 4 at risk at 3: not yet censored; 3: already.
        if let count { #expect((censored[0] >= 3) == (count == 4)) }
        let best = try #require(arm.least())
        // 8/15 is read as 0.533 at both ends of the last level.
        #expect(best.events == 2 && abs(best.misses - 2 * (8.0 / 15 - 0.533) * (8.0 / 15 - 0.533)) < 1e-15)
      }
    }
  }

  @Test("true curves of four to seven subjects: no placement misses the readings less", arguments: 1...250)
  func everyPlacement(seed: Int) throws {
    var random = TestGenerator(seed)
    let subjects = random.pick([4, 5, 6, 7])
    var (n, s) = (subjects, 1.0)
    var (read, made): ([Double], Int) = ([], 0)
    var visit: (time: Double, count: Int)?
    let strokes = random.pick([2, 3])
    let at = random.pick([-1, 0, 1, 2])
    for j in 0..<strokes where n > 0 {
      let censored = j > 0 && n > 1 && random.chance(0.5) ? 1 + Int(Double(n - 1) * 0.6 * random.uniform()) : 0
      if at == j { visit = (2 * Double(j) + 1, n - (random.chance(0.5) ? censored : 0)) }
      n -= censored
      guard n > 0 else { break }
      let e = random.chance(0.7) ? 1 : min(n, 2)
      s *= Double(n - e) / Double(n)
      (n, made) = (n - e, made + e)
      // Three decimals: off by 0.0005 at most, less than the error stated.
      read.append((s * 1000).rounded() / 1000)
    }
    let arm = Arm(
      subjects: subjects, read: read, end: 2 * Double(read.count) + 1.5, events: random.chance(0.5) ? made : nil,
      visit: visit.flatMap { $0.time < 2 * Double(read.count) ? $0 : nil }, error: 0.001)
    let rows = try CurveReconstruction.rows(arm.facts, level: .curve)
    #expect(rows.rows.count == subjects && (arm.events ?? rows.events) == rows.events)
    if let visit = arm.visit { #expect(rows.numberAtRisk(at: visit.time) == visit.count) }
    let curve = TruePublication.curve(rows.rows.map { ($0.time, $0.isEvent) })
    let reached = arm.misses(read.indices.map { TruePublication.survival(curve, arm.stroke($0)) })
    let best = try #require(arm.least())
    #expect(reached <= best.misses + (try trade(arm, rows, events: best.events)), "seed \(seed): \(arm)")
  }
}

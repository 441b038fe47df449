import Survival
import Testing

@testable import Reconstruction

/// The relation between numbers at risk, curve and censorings: n₂ = n₁ S₂/S₁ − Σ S₂/S(t) over the censorings at t.
@Suite struct CensoringProfileTests {
  /// Rows with a number at risk each 6 and censorings evenly over each stretch between two of them, `counts[k]` in stretch k.
  private func evenlyCensored(seed: Int, subjects: Int, counts: [Int]) -> [(time: Double, isEvent: Bool)] {
    var random = TestGenerator(seed)
    var rows: [(time: Double, isEvent: Bool)] = []
    for (k, count) in counts.enumerated() {
      for j in 0..<count { rows.append((6 * (Double(k) + (Double(j) + 0.5) / Double(count)), false)) }
    }
    let end = 6 * Double(counts.count)
    // The others have an event, at a hazard of a twentieth, or stay to the end.
    while rows.count < subjects {
      let t = -20 * logarithm(random.uniform())
      rows.append(t < end ? (t, true) : (end, false))
    }
    return rows.sorted { ($0.time, $0.isEvent ? 0 : 1) < ($1.time, $1.isEvent ? 0 : 1) }
  }

  /// Both ends of every stroke, exactly; numbers at risk each 6.
  private func facts(_ rows: [(time: Double, isEvent: Bool)], grid: [Double], events: Int?) -> ArmFacts {
    var readings = [ArmFacts.Reading(time: 0, survival: 1)]
    for (time, survival) in TruePublication.curve(rows) {
      readings.append(.init(time: time, survival: readings[readings.count - 1].survival))
      readings.append(.init(time: time, survival: survival))
    }
    readings.append(.init(time: rows[rows.count - 1].time, survival: readings[readings.count - 1].survival))
    return ArmFacts(
      arm: "a", subjects: rows.count, events: events,
      atRisk: grid.map { t in .init(time: t, count: rows.filter { $0.time >= t }.count) }, readings: readings,
      isReadToEnd: true)
  }

  private func profile(_ facts: ArmFacts) -> (CensoringProfile, FollowUpSlots) {
    let slots = FollowUpSlots(facts, curve: MonotoneReadings(facts.readings))
    return (CensoringProfile(slots, events: facts.events), slots)
  }

  @Test("the relation holds to round-off on exact rows, whatever the censoring", arguments: 1...20)
  func relation(seed: Int) {
    var random = TestGenerator(seed)
    let rows = (0..<80).map { _ -> (time: Double, isEvent: Bool) in
      // Times on a lattice too, where events and censorings meet: an event comes before a censoring.
      let t = 20 * random.uniform()
      return (seed % 2 == 0 ? (2 * t).rounded(.up) / 2 : t, random.chance(0.5))
    }
    let curve = TruePublication.curve(rows)
    func survivalBefore(_ t: Double) -> Double { TruePublication.survival(curve, t.nextDown) }
    for (t1, t2) in [(0.0, 5.0), (3, 11), (10, 14.5)] {
      let n1 = Double(rows.filter { $0.time >= t1 }.count)
      let n2 = Double(rows.filter { $0.time >= t2 }.count)
      let s2 = survivalBefore(t2)
      let censored = rows.filter { !$0.isEvent && $0.time >= t1 && $0.time < t2 }
      let stayed = censored.reduce(0) { $0 + s2 / TruePublication.survival(curve, $1.time) }
      // Sums of at most 80 terms below 1 and products of as many factors.
      #expect(abs(n1 * s2 / survivalBefore(t1) - stayed - n2) < 1e-11, "seed \(seed), \(t1) to \(t2)")
    }
  }

  @Test("even censoring: their number comes back within (S₁/S₂ − 1)/2, without and with the total", arguments: 1...12)
  func number(seed: Int) {
    let counts = [12, 7, 1, 20]
    let rows = evenlyCensored(seed: seed, subjects: 160, counts: counts)
    let curve = TruePublication.curve(rows)
    for events in [nil, rows.filter(\.isEvent).count] {
      let (found, _) = profile(facts(rows, grid: [0, 6, 12, 18], events: events))
      // The last stretch also holds those left at the end, who are not censored evenly.
      for k in 0..<3 {
        let ratio = TruePublication.survival(curve, 6 * Double(k + 1)) / TruePublication.survival(curve, 6 * Double(k))
        // Σ S₂/S(t) over the censorings is C times the mean of a function that rises from S₂/S₁ to 1, at the middles of C equal
        // parts; the profile takes its mean over time. For a rising function those differ by at most (1 − S₂/S₁)/(2C), and the
        // mean is S₂/S₁ at least. The even shape is kept where the total agrees with it; else a little of all is moved.
        let bound = (1 / ratio - 1) / 2 + (events == nil ? 0 : 1)
        #expect(abs(found.totals[k] - Double(counts[k])) <= bound + 1e-9, "seed \(seed), \(k): \(found.totals)")
      }
    }
  }

  @Test("fewer events asked, earlier censoring; more, later", arguments: 1...8)
  func exponent(seed: Int) {
    let rows = evenlyCensored(seed: seed, subjects: 200, counts: [30, 24, 18, 12])
    let grid = [0.0, 6, 12, 18]
    let (even, _) = profile(facts(rows, grid: grid, events: nil))
    #expect(even.exponent == 1)
    var last: (exponent: Double, middle: Double)?
    for events in [-6, -3, 0, 3, 6].map({ even.suggestedEvents + $0 }) {
      let (found, slots) = profile(facts(rows, grid: grid, events: events))
      // Mean number censored by the end of a slot, in the first stretch as a share of all: earlier censoring makes it larger.
      let first = slots.segments[0].slots
      let middle = first.reduce(0) { $0 + found.expected[$1] } / found.totals[0] / Double(first.count)
      if let last {
        #expect(found.exponent >= last.exponent && middle <= last.middle + 1e-9, "seed \(seed), \(events)")
      }
      last = (found.exponent, middle)
      if events < even.suggestedEvents { #expect(found.exponent < 1, "seed \(seed), \(events)") }
      if events == even.suggestedEvents { #expect(found.exponent == 1, "seed \(seed)") }
      if events > even.suggestedEvents { #expect(found.exponent > 1, "seed \(seed), \(events)") }
      // Everybody who leaves has the event or is censored: the exponent is the one that gives the total, to half an event.
      let given = zip(slots.segments, found.totals).reduce(0) { $0 + Double($1.0.leaving) - $1.1 }
      if found.exponent > 0.06, found.exponent < 19 {
        #expect(abs(given - Double(events)) <= 0.51, "seed \(seed), \(events): \(given)")
      }
    }
  }
}

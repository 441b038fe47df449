internal import Distributions
internal import Survival

/// What a reconstruction cannot know, drawn at random: one repeat's readings, censoring and times.
struct Disturbance {
  private var generator: SplitMix64
  /// Spread of the logarithm of the exponent of a segment's censoring: from mostly early to mostly late.
  static let exponentSpread = 0.9
  /// Variance of the number censored by a time, in units of that of censoring at random.
  static let overdispersion = 5.0

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  private mutating func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) / 9_007_199_254_740_992 }
  private mutating func normal() -> Double { StandardNormal.quantile(uniform()) }

  /// The facts with every reading moved by `error` times a standard normal number.
  mutating func moved(_ facts: ArmFacts, by error: Double) -> ArmFacts {
    var moved = facts
    moved.readings = facts.readings.map { reading in
      ArmFacts.Reading(time: reading.time, survival: min(max(reading.survival + error * normal(), 0), 1))
    }
    return moved
  }

  /// Censoring bent within every segment and made uneven as chance makes it.
  mutating func bent(_ profile: CensoringProfile, _ slots: FollowUpSlots) -> CensoringProfile {
    var bent = profile
    for (number, segment) in slots.segments.enumerated() where profile.totals[number] > 0 {
      let total = profile.totals[number]
      let exponent = exponential(Disturbance.exponentSpread * normal())
      // A bridge: by the end of the segment the number is what it was.
      var walk = 0.0
      var steps: [Double] = []
      var share = 0.0
      for i in segment.slots {
        let next = profile.expected[i] / total
        walk += (max(0, next - share) * total * Disturbance.overdispersion).squareRoot() * normal()
        share = next
        steps.append(walk)
      }
      for (position, i) in segment.slots.enumerated() {
        let share = profile.expected[i] / total
        let even = total * power(share, exponent)
        bent.expected[i] = min(max(even + steps[position] - share * walk, 0), Double(segment.leaving))
      }
    }
    return bent
  }

  /// Rows that tell the same curve of their arm: every event within the error of its time, every censoring anywhere between
  /// the events around it, none across a number at risk.
  mutating func spread(_ arm: ReconstructedArm, reach: Double, atRisk: [Double]) -> ReconstructedArm {
    let events = arm.rows.filter(\.isEvent).map(\.time)
    let end = arm.rows.last?.time ?? 0
    var rows: [ReconstructedArm.Row] = []
    var (next, visit) = (0, 0)
    var shift: [Double: Double] = [:]
    for row in arm.rows {
      while visit < atRisk.count, atRisk[visit] <= row.time { visit += 1 }
      let (from, to) = (visit > 0 ? atRisk[visit - 1] : 0, visit < atRisk.count ? atRisk[visit] : end)
      while next < events.count, events[next] <= row.time { next += 1 }
      if row.isEvent {
        // Ties stay ties.
        let moved = shift[row.time] ?? row.time + reach * (2 * uniform() - 1)
        shift[row.time] = moved
        rows.append(.init(time: min(max(moved, from), max(from, to - 1e-6 * (to - from))), isEvent: true))
      } else {
        let low = max(from, next > 0 ? events[next - 1] : 0)
        let high = min(to, next < events.count ? events[next] : end)
        rows.append(
          .init(time: row.time == end ? end : low + (high - low) * (0.001 + 0.998 * uniform()), isEvent: false))
      }
    }
    return ReconstructedArm(arm: arm.arm, level: arm.level, rows: rows, suggestedEvents: arm.suggestedEvents)
  }
}

internal import Survival

/// How far made rows are from each published fact, measured on the rows themselves.
public struct ReconstructionDiagnostics: Sendable, Equatable {
  public let arm: String
  public let level: ReconstructionLevel
  public let subjectsAsked: Int
  public let subjectsGiven: Int
  /// nil when no total was given.
  public let eventsAsked: Int?
  public let eventsGiven: Int
  /// See `ReconstructedArm.suggestedEvents`.
  public let eventsSuggested: Int?
  public let medianAsked: Double?
  /// R's rule; nil when not reached.
  public let medianGiven: Double?
  /// S of the rows at each reading, minus the reading. Where the rows' curve drops at the reading's time, the distance to
  /// the vertical stroke: 0 for a reading between its ends.
  public let gaps: [Gap]
  /// Numbers at risk of the rows and printed.
  public let atRisk: [AtRisk]

  public struct Gap: Sendable, Equatable {
    public let time: Double
    public let gap: Double
  }

  public struct AtRisk: Sendable, Equatable {
    public let time: Double
    public let asked: Int
    public let given: Int
    public let isExact: Bool
  }

  /// Root mean square, mean absolute and largest absolute gap to the readings; nil without readings.
  public var rootMeanSquareGap: Double? {
    gaps.isEmpty ? nil : (gaps.reduce(0) { $0 + $1.gap * $1.gap } / Double(gaps.count)).squareRoot()
  }
  public var meanAbsoluteGap: Double? {
    gaps.isEmpty ? nil : gaps.reduce(0) { $0 + abs($1.gap) } / Double(gaps.count)
  }
  public var largestGap: Gap? { gaps.max { abs($0.gap) < abs($1.gap) } }

  /// The hard facts that the rows do not meet; empty for every reconstruction that is handed out.
  public var unmet: [String] {
    var unmet: [String] = []
    if subjectsAsked != subjectsGiven { unmet.append("\(subjectsGiven) subjects instead of \(subjectsAsked)") }
    if let eventsAsked, eventsAsked != eventsGiven { unmet.append("\(eventsGiven) events instead of \(eventsAsked)") }
    for entry in atRisk where entry.isExact && entry.asked != entry.given {
      unmet.append("\(entry.given) at risk at \(entry.time) instead of \(entry.asked)")
    }
    return unmet
  }

  /// - Throws: `ReconstructionError` when the rows do not hold a curve.
  public init(_ rows: ReconstructedArm, facts: ArmFacts) throws(ReconstructionError) {
    let curve: KaplanMeier
    do {
      curve = try rows.curve()
    } catch {
      throw ReconstructionError(.impossible, arm: facts.arm, "the rows hold no curve: \(error)")
    }
    arm = facts.arm
    level = rows.level
    (subjectsAsked, subjectsGiven) = (facts.subjects, rows.rows.count)
    (eventsAsked, eventsGiven) = (facts.events, rows.events)
    eventsSuggested = rows.suggestedEvents
    medianAsked = facts.median
    medianGiven = curve.median().estimate
    gaps = facts.readings.map { reading in
      let (before, after) = curve.stroke(at: reading.time)
      return Gap(time: reading.time, gap: min(max(reading.survival, after), before) - reading.survival)
    }
    atRisk = facts.atRisk.map {
      AtRisk(time: $0.time, asked: $0.count, given: rows.numberAtRisk(at: $0.time), isExact: $0.isExact)
    }
  }
}

extension KaplanMeier {
  /// S just before and just after a time: the ends of the vertical stroke where the curve drops, equal elsewhere.
  fileprivate func stroke(at t: Double) -> (before: Double, after: Double) {
    let passed = upperBound(time, t)
    let after = passed > 0 ? survival[passed - 1] : 1
    let dropsHere = passed > 0 && time[passed - 1] == t
    return (dropsHere ? (passed > 1 ? survival[passed - 2] : 1) : after, after)
  }
}

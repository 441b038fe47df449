internal import Survival
internal import TrialCatalogue

extension EndpointResult {
  /// The published numbers of one arm beside those of its rows.
  static func compare(_ arm: ArmResult, level: String?) -> [Comparison] {
    let published = arm.published
    var list = [count("N", arm, published.n, Double(arm.curve.count))]
    if let events = published.events { list.append(count("Events", arm, events, arm.curve.table.totalEvents)) }
    list += median(arm, level: level)
    list += atRisk(arm)
    if let readings = readings(arm) { list.append(readings) }
    return list
  }

  private static func count(_ name: String, _ arm: ArmResult, _ fact: Fact<Int>, _ found: Double) -> Comparison {
    let difference = found - Double(fact.value)
    return Comparison(
      name, arm: arm.published.id, published: Double(fact.value), reproduced: found, decimals: (0, 0),
      role: fact.role.comparison, confidence: fact.confidence, difference: difference, tolerance: 0,
      verdict: difference == 0 ? .pass : .fail,
      reason: difference == 0 ? "" : "the rows do not have the published number")
  }

  /// Half a unit of the printed decimal is what rounding hides: PASS. Readings on a grid place a curve to about 0.3
  /// months: WARN up to there.
  private static func median(_ arm: ArmResult, level: String?) -> [Comparison] {
    guard let fact = arm.published.median else { return [] }
    let difference = arm.median.estimate.map { $0 - fact.value }
    var list = [
      Comparison(
        "Median", arm: arm.published.id, published: fact.value, reproduced: arm.median.estimate, decimals: (1, 1),
        role: fact.role.comparison, confidence: fact.confidence, difference: difference, tolerance: 0.05,
        verdict: difference.map { graded($0, pass: 0.05, warn: 0.3) } ?? .fail)
    ]
    guard let ci = fact.ci else { return list }
    for (side, limit, found) in [("lower", ci[0], arm.median.lower), ("upper", ci[1], arm.median.upper)] {
      // Which of the usual interval rules a paper used is not printed, and they differ by this much in small arms.
      // Under a model of the curve's shape the limits say what the model is worth, not what the paper is.
      let verdict =
        found.map { graded($0 - limit, pass: 0.1 * limit, warn: level == "C" ? .infinity : 0.25 * limit) } ?? .warn
      let reason =
        "the rule of the published interval is not stated"
        + (level == "C" ? ", and the curve's shape is a model" : "; the readings carry their own error")
      list.append(
        Comparison(
          "Median, \(side) \(percent(arm.medianLevel)) limit", arm: arm.published.id, published: limit,
          reproduced: found, decimals: (1, 1), role: level == "C" ? .implied : .check,
          confidence: fact.ciConfidence ?? fact.confidence, difference: found.map { $0 - limit },
          tolerance: 0.1 * limit, verdict: verdict, reason: verdict == .pass ? "" : reason))
    }
    return list
  }

  private static func atRisk(_ arm: ArmResult) -> [Comparison] {
    guard let row = arm.published.atRisk else { return [] }
    let recalled = Set(row.recalledTimes)
    return zip(zip(row.times, row.n), arm.atRisk).compactMap { entry, found in
      guard let asked = entry.1 else { return nil }
      let isExact = !recalled.contains(entry.0)
      let difference = Double(found - asked)
      let reason =
        isExact ? "the rows do not have the printed number" : "from memory: met as far as the readings allow"
      return Comparison(
        "At risk at \(plain(entry.0))", arm: arm.published.id, published: Double(asked), reproduced: Double(found),
        decimals: (0, 0), role: row.role.comparison, confidence: isExact ? .confirmed : .recalled,
        difference: difference, tolerance: isExact ? 0 : nil,
        verdict: difference == 0 ? .pass : isExact ? .fail : .warn, reason: difference == 0 ? "" : reason)
    }
  }

  private static func readings(_ arm: ArmResult) -> Comparison? {
    guard let curve = arm.published.survival,
      let worst = arm.gaps.indices.max(by: { abs(arm.gaps[$0]) < abs(arm.gaps[$1]) })
    else { return nil }
    let verdict = graded(arm.gaps[worst], pass: curve.largestError, warn: 3 * curve.largestError)
    return Comparison(
      "Curve, largest gap of \(arm.gaps.count) readings (at \(plain(curve.times[worst])))", arm: arm.published.id,
      published: curve.values[worst], reproduced: curve.values[worst] + arm.gaps[worst], decimals: (3, 3),
      role: curve.role.comparison, difference: arm.gaps[worst], tolerance: curve.largestError, verdict: verdict,
      reason: verdict == .pass
        ? "" : "total events, numbers at risk and readings cannot all be met; the whole numbers are exact")
  }
}

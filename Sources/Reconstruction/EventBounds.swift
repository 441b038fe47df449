/// The fewest and the most events that the exact numbers at risk and the readings allow together.
///
/// Legend: Y(t) subjects have a time of t or more, S(t−) is the curve just before t; between t₁ and t₂ (the first counted, the
/// second not) e have the event, c are censored: Y(t₁) − Y(t₂) = e + c, and f = S(t₂−)/S(t₁−).
///
/// f is the product of (n − 1)/n over the e events, n at risk at each (d events at one time among n give the same
/// (n − d)/n). It is lowest when all censorings come first, so that the n are Y(t₂) + e … Y(t₂) + 1, and highest when
/// all come last, n = Y(t₁) … Y(t₁) − e + 1:
///
///     Y(t₂) / (Y(t₂) + e)  <=  f  <=  (Y(t₁) − e) / Y(t₁)
///
/// hence Y(t₂) (1/f − 1) <= e <= Y(t₁) (1 − f), and e <= Y(t₁) − Y(t₂). f lies between L(t₂)/U(t₁) and U(t₂)/L(t₁), the bounds
/// of the readings. After the last number at risk the curve goes on to the last reading: where S is above 0 there, somebody is
/// left, Y = 1. Stretches that follow one another may be bounded together or apart; of all ways to cut follow-up at the numbers at
/// risk the one with the best bound is taken, by dynamic programming. It may miss a contradiction and never names a false one.
/// O(K) for K numbers at risk.
struct EventBounds {
  /// A bound of the whole, and the stretch that contributes most to it.
  struct Bound {
    let events: Int
    let stretch: Stretch?
  }

  struct Stretch {
    let start: Knot
    /// nil stands for the last reading, or the end of follow-up.
    let end: Knot?
    let fallsFrom: CurveBounds.Bound
    let fallsTo: CurveBounds.Bound
    let events: Int
  }

  struct Knot {
    let time: Double
    let atRisk: Int
  }

  let fewest: Bound
  let most: Bound

  /// A stretch may span this many numbers at risk.
  private static let reach = 40

  init(subjects: Int, atRisk: [ArmFacts.AtRisk], curve: CurveBounds, isReadToEnd: Bool) {
    var knots = [Knot(time: 0, atRisk: subjects)]
    for entry in atRisk where entry.time > 0 && knots[knots.count - 1].atRisk > 0 {
      knots.append(Knot(time: entry.time, atRisk: entry.count))
    }
    fewest = EventBounds.best(knots, tail: EventBounds.fewestAfter(curve)) { a, b in
      let (from, to) = (curve.lower(before: a.time), curve.upper(before: b.time))
      guard b.atRisk > 0 else { return nil }
      let events = EventBounds.atLeast(Double(b.atRisk) * (from.value / to.value - 1))
      return Stretch(start: a, end: b, fallsFrom: from, fallsTo: to, events: events)
    } isBetter: {
      $0 > $1
    }
    most = EventBounds.best(knots, tail: EventBounds.mostAfter(curve, isReadToEnd: isReadToEnd)) { a, b in
      let (from, to) = (curve.upper(before: a.time), curve.lower(before: b.time))
      let events = min(a.atRisk - b.atRisk, EventBounds.atMost(Double(a.atRisk) * (1 - to.value / from.value)))
      return Stretch(start: a, end: b, fallsFrom: from, fallsTo: to, events: events)
    } isBetter: {
      $0 < $1
    }
  }

  /// The whole number of events that is at least `x`, and at most; round-off decides nothing.
  private static func atLeast(_ x: Double) -> Int { max(0, Int((x - 1e-6 * max(1, x)).rounded(.up))) }
  private static func atMost(_ x: Double) -> Int { max(0, Int((x + 1e-6 * max(1, x)).rounded(.down))) }

  /// At least so many events happen from a knot on, to the last reading.
  private static func fewestAfter(_ curve: CurveBounds) -> (Knot) -> Stretch? {
    { start in
      guard let end = curve.end, end.time >= start.time, start.atRisk > 0 else { return nil }
      let from = curve.lower(before: start.time)
      let to = CurveBounds.Bound(value: min(1, end.reading + curve.error), time: end.time, reading: end.reading)
      guard to.value < from.value else { return nil }
      // S is above 0 just before the last reading where that is: somebody is left then. At it one event may take all.
      let before = end.reading - curve.error > 0 ? curve.upper(before: end.time) : from
      return Stretch(
        start: start, end: nil, fallsFrom: from, fallsTo: to, events: max(1, atLeast(from.value / before.value - 1)))
    }
  }

  /// At most so many events happen from a knot on: all that are left, unless the curve was read to its end; a drop at the
  /// very end may have been overlooked, hence one more.
  private static func mostAfter(_ curve: CurveBounds, isReadToEnd: Bool) -> (Knot) -> Stretch? {
    { start in
      let from = curve.upper(before: start.time)
      guard isReadToEnd, let end = curve.end, end.time >= start.time else {
        return Stretch(
          start: start, end: nil, fallsFrom: from, fallsTo: .init(value: 0, time: start.time, reading: 0),
          events: start.atRisk)
      }
      let to = CurveBounds.Bound(value: max(0, end.reading - curve.error), time: end.time, reading: end.reading)
      let events = atMost(Double(start.atRisk) * (1 - to.value / from.value)) + 1
      return Stretch(start: start, end: nil, fallsFrom: from, fallsTo: to, events: min(start.atRisk, events))
    }
  }

  /// The best sum over all ways to cut follow-up into stretches.
  private static func best(
    _ knots: [Knot], tail: (Knot) -> Stretch?, stretch: (Knot, Knot) -> Stretch?, isBetter: (Int, Int) -> Bool
  ) -> Bound {
    var sums = [0]
    var cuts: [(from: Int, stretch: Stretch?)] = [(0, nil)]
    // One more than the knots: the end of follow-up.
    for b in 1...knots.count {
      var found: (sum: Int, from: Int, stretch: Stretch?)?
      for a in max(0, b - reach)..<b {
        let piece = b < knots.count ? stretch(knots[a], knots[b]) : tail(knots[a])
        let sum = sums[a] + (piece?.events ?? 0)
        if found.map({ isBetter(sum, $0.sum) }) ?? true { found = (sum, a, piece) }
      }
      sums.append(found?.sum ?? 0)
      cuts.append((found?.from ?? 0, found?.stretch))
    }
    var largest: Stretch?
    var at = knots.count
    while at > 0 {
      if let piece = cuts[at].stretch, piece.events > largest?.events ?? 0 { largest = piece }
      at = cuts[at].from
    }
    return Bound(events: sums[knots.count], stretch: largest)
  }
}

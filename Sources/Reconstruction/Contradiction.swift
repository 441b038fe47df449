/// Facts of one arm that cannot all be true, and which of them could be given up.
///
/// Legend: N subjects, Y(t) of them at risk at t (with a time of t or more), S(t−) the curve just before t. Events may fall
/// exactly at t: they are still counted in Y(t), and S(t) just after t has their drop. All bounds at t therefore use S(t−).
package struct Contradiction: Equatable {
  /// A fact that gives way when facts are relaxed. The number of subjects never does, and the readings are missed anyway.
  enum Party: Equatable {
    /// By its place in `ArmFacts.atRisk`.
    case atRisk(Int)
    case events
    case median
    case censorMarks
  }

  let parties: [Party]
  /// Names both facts, with their numbers and times.
  package let statement: String

  /// Numbers at risk that are party to it, by their places in `ArmFacts.atRisk`.
  package var atRisk: [Int] { parties.compactMap { if case .atRisk(let place) = $0 { place } else { nil } } }
  package var involvesEvents: Bool { parties.contains(.events) }
  package var involvesMedian: Bool { parties.contains(.median) }

  /// The statement, and what to do.
  var message: String {
    statement + (parties.isEmpty ? "; correct one" : "; correct one, or relax the facts so that one gives way")
  }
}

extension ArmFacts {
  /// One contradiction of each kind: what the facts say of each other before rows are made from them.
  package func contradictions() -> [Contradiction] {
    let curve = CurveBounds(self)
    return [
      atRiskContradictions(curve, all: false).first, emptyContradiction(curve), medianContradiction(curve),
      eventsContradiction(curve),
    ].compactMap { $0 }
  }

  /// The lowest and the highest that S may be between two times, by the readings.
  package func survivalBounds(from start: Double, to end: Double) -> (lower: Double, upper: Double) {
    let curve = CurveBounds(self)
    return (curve.lower(before: end).value, curve.upper(before: start).value)
  }

  /// The first contradiction; nil where the facts may all be true.
  func firstContradiction() -> Contradiction? {
    let curve = CurveBounds(self)
    return totalContradiction() ?? startContradiction() ?? atRiskContradictions(curve, all: false).first
      ?? emptyContradiction(curve)
      ?? medianContradiction(curve) ?? eventsContradiction(curve)
      ?? marksContradiction()
  }

  /// More events than subjects.
  func totalContradiction() -> Contradiction? {
    guard let events, events > subjects else { return nil }
    return Contradiction(
      parties: [.events],
      statement: "\(events) events among \(subjects) subjects: there cannot be more events than subjects")
  }

  /// The number at risk at 0 is the number of subjects.
  func startContradiction() -> Contradiction? {
    guard let first = atRisk.first, first.isExact, first.time == 0, first.count != subjects else { return nil }
    return Contradiction(
      parties: [.atRisk(0)], statement: "\(first.count) at risk at 0 and \(subjects) subjects cannot both be true")
  }

  /// Pairs of exact numbers at risk that contradict each other, alone or through the curve; the number of subjects is the
  /// number at risk at 0.
  ///
  /// Of Y(t₁) at risk at t₁ at most Y(t₁) S(t₂−)/S(t₁−) have a time of t₂ or more: with d of n at risk having the event at one
  /// time, n − d stay at most, which is n (1 − d/n), and the product of the factors is the ratio of the curve. S(t₂−) is at
  /// most U(t₂), S(t₁−) at least L(t₁). Because the ratios multiply, pairs suffice: numbers at risk without a bad pair, next to
  /// each other or not, are those of some curve between the bounds.
  ///
  /// - Parameter all: every pair; else, for each number, only the earlier one it contradicts most.
  func atRiskContradictions(_ curve: CurveBounds, all: Bool) -> [Contradiction] {
    var knots: [(index: Int?, time: Double, count: Double, lower: CurveBounds.Bound)] = [
      (nil, 0, Double(subjects), curve.lower(before: 0))
    ]
    var found: [Contradiction] = []
    // The earlier number that leaves least, for each bound of later times.
    var tightest = 0
    for (index, entry) in atRisk.enumerated() where entry.isExact && entry.time > 0 {
      let count = Double(entry.count)
      let upper = curve.upper(before: entry.time)
      for k in all ? Array(knots.indices) : [knots.count - 1, tightest] {
        let earlier = knots[k]
        // Nobody joins, whatever the curve does.
        let share = earlier.lower.value > 0 ? min(1, upper.value / earlier.lower.value) : 1
        guard count > earlier.count * share * (1 + 1e-9) else { continue }
        found.append(
          Contradiction(
            parties: [.atRisk(index)] + (earlier.index.map { [.atRisk($0)] } ?? []),
            statement: atRiskStatement(
              entry, earlier: (earlier.index, earlier.time, Int(earlier.count)), share: share, from: earlier.lower,
              to: upper)))
        if !all { return found }
      }
      knots.append((index, entry.time, count, curve.lower(before: entry.time)))
      if leaves(knots[knots.count - 1]) < leaves(knots[tightest]) { tightest = knots.count - 1 }
    }
    return found
  }

  /// What an earlier number at risk leaves of later ones, in proportion to S then.
  private func leaves(_ knot: (index: Int?, time: Double, count: Double, lower: CurveBounds.Bound)) -> Double {
    knot.lower.value > 0 ? knot.count / knot.lower.value : .infinity
  }

  private func atRiskStatement(
    _ entry: AtRisk, earlier: (index: Int?, time: Double, count: Int), share: Double, from: CurveBounds.Bound,
    to: CurveBounds.Bound
  ) -> String {
    let first = earlier.index == nil ? "\(subjects) subjects" : "\(earlier.count) at risk at \(text(earlier.time))"
    if entry.count > earlier.count {
      return earlier.index == nil
        ? "\(entry.count) at risk at \(text(entry.time)) and \(subjects) subjects cannot both be true: nobody joins"
        : "\(first) and \(entry.count) at \(text(entry.time)) cannot both be true: nobody joins"
    }
    let most = Int(Double(earlier.count) * share * (1 + 1e-9))
    let fall =
      to.reading <= 0
      ? "the curve has come to 0 at \(text(to.time))"
      : "S falls from \(text(from.reading)) at \(text(from.time)) to \(text(to.reading)) at \(text(to.time))"
    return
      "\(entry.count) at risk at \(text(entry.time)) contradicts the curve: of \(first) at most \(most) are left when \(fall) "
      + "(\(errorText))"
  }

  /// Nobody is at risk at t and the curve falls later. Without anybody at risk there is no event, so that S(u) = S(t−) for
  /// every u >= t; readings there differ by two errors at most.
  func emptyContradiction(_ curve: CurveBounds) -> Contradiction? {
    guard let index = atRisk.firstIndex(where: { $0.isExact && $0.count == 0 && $0.time > 0 }), let end = curve.end,
      end.time > atRisk[index].time
    else { return nil }
    let time = atRisk[index].time
    let first = curve.lower(before: time)
    guard first.reading - end.reading > 2 * curve.error else { return nil }
    return Contradiction(
      parties: [.atRisk(index)],
      statement: "0 at risk at \(text(time)) contradicts the curve: S goes on falling from \(text(first.reading)) at "
        + "\(text(first.time)) to \(text(end.reading)) at \(text(end.time)) (\(errorText)), and only who is at risk has an event"
    )
  }

  /// The median and the readings. Whatever the convention, S >= 1/2 before the median and S <= 1/2 after it; a printed median
  /// is off by half of its last decimal, and only readings beyond twice their error are clear.
  func medianContradiction(_ curve: CurveBounds) -> Contradiction? {
    guard let median else { return nil }
    let half = ArmFacts.halfUnit(median)
    let point =
      curve.points.first { $0.time < median - half && $0.reading < 0.5 - 2 * curve.error }
      ?? curve.points.last { $0.time > median + half && $0.reading > 0.5 + 2 * curve.error }
    guard let point else { return nil }
    return Contradiction(
      parties: [.median],
      statement: "a median of \(text(median)) contradicts the curve: S is read as \(text(point.reading)) at "
        + "\(text(point.time)), \(point.time < median ? "below one half before" : "above one half after") it (\(errorText)); "
        + "correct one")
  }

  /// Half a unit of the last decimal with which a number is written: 0.05 for 8.7, 0.5 for 8.
  static func halfUnit(_ x: Double) -> Double {
    let text = "\(x)"
    guard !text.contains("e"), let point = text.firstIndex(of: ".") else { return x / 2 }
    let decimals = text[text.index(after: point)...]
    var unit = 0.5
    if decimals != "0" { for _ in decimals { unit /= 10 } }
    return unit * (1 + 1e-9)
  }

  /// Every mark stands for at least one subject without an event who is still at risk there. Marks within a thousandth of
  /// follow-up of each other may be one that was clicked twice; a mark may be drawn that far off its time.
  func marksContradiction() -> Contradiction? {
    let marks = censorMarks.sorted()
    guard let last = marks.last else { return nil }
    let near = 1e-3 * max(last, atRisk.last?.time ?? 0)
    if let empty = atRisk.first(where: { $0.isExact && $0.count == 0 && last > $0.time + near }) {
      return Contradiction(
        parties: [.censorMarks],
        statement:
          "a censor mark at \(text(last)) and 0 at risk at \(text(empty.time)) cannot both be true: nobody is left to be "
          + "censored")
    }
    var apart = [marks[0]]
    for mark in marks where mark - apart[apart.count - 1] > near { apart.append(mark) }
    guard let events, apart.count > subjects - events else { return nil }
    return Contradiction(
      parties: [.censorMarks],
      statement:
        "\(apart.count) censor marks, the last at \(text(last)), and \(events) events among \(subjects) subjects cannot "
        + "all be true: \(subjects - events) are left without an event")
  }

  /// The total of events against `EventBounds`.
  func eventsContradiction(_ curve: CurveBounds) -> Contradiction? {
    guard let events else { return nil }
    let bounds = EventBounds(
      subjects: subjects, atRisk: atRisk.filter(\.isExact), curve: curve, isReadToEnd: isReadToEnd)
    let isFew = events < bounds.fewest.events
    guard isFew || events > bounds.most.events else { return nil }
    let bound = isFew ? bounds.fewest : bounds.most
    var message =
      "\(events) events contradict the curve\(atRisk.isEmpty ? "" : " and the numbers at risk"): "
      + (isFew ? "at least \(bound.events) are needed" : "at most \(bound.events) are possible")
    if let stretch = bound.stretch { message += ", \(stretch.events) of them \(place(stretch))" }
    return Contradiction(
      parties: [.events],
      statement: message + " (\(errorText))")
  }

  /// Where a bound comes from: "from 0 (385 at risk, S = 1) to 4 (36 at risk, S = 0.37)".
  private func place(_ stretch: EventBounds.Stretch) -> String {
    let start =
      "from \(text(stretch.start.time)) (\(stretch.start.atRisk) at risk, S \(text(stretch.fallsFrom.reading)))"
    guard let end = stretch.end else {
      return stretch.fallsTo.value > 0
        ? "\(start) to the last reading (\(text(stretch.fallsTo.time)), S \(text(stretch.fallsTo.reading)))"
        : "\(start) on"
    }
    return "\(start) to \(text(end.time)) (\(end.atRisk) at risk, S \(text(stretch.fallsTo.reading)))"
  }

  private var errorText: String { "readings within \(text(largestReadingError))" }

  /// A number in a message: whole numbers without a point, others to six decimals.
  func text(_ x: Double) -> String {
    if x == x.rounded() && abs(x) < 1e9 { return "\(Int(x))" }
    let rounded = (x * 1e6).rounded() / 1e6
    return abs(x) < 1e9 && rounded != 0 ? "\(rounded)" : "\(x)"
  }
}

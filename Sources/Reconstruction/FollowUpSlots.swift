/// Follow-up cut into slots so narrow that one or two subjects leave in each.
///
/// Cuts are the times of the readings, of the numbers at risk and of the median; what lies between two cuts is divided
/// further where many leave. Where the curve drops at a time, a slot without width holds the events that happen exactly
/// then. Events happen where the readings fall and nowhere else: a flat stretch has none. A narrow slot after and before
/// each exact number at risk holds censorings only, of those who leave at a visit.
struct FollowUpSlots: Sendable {
  struct Slot: Sendable {
    let start: Double
    let end: Double
    /// Position of the slot's segment: the stretch between two exact numbers at risk.
    var segment = 0
    var holdsEvents: Bool
    var holdsCensorings = true
    /// S at the end of the slot, as read or as interpolated between readings.
    var target: Double
    /// Where events of the slot would take the curve, when that is not its target: a drop read on the other side of a number
    /// at risk.
    var possibleTarget: Double?
    /// 1/σ² of the target.
    var weight: Double
    /// Whether the target was read, not interpolated.
    var isRead = false
    /// The slot beside an exact number at risk, where many may leave at once.
    var isBesideVisit = false
    /// The inexact number at risk at the end of the slot.
    var recalled: Double?
    /// Whether the published median is the end of the slot, the event that reaches one half in it.
    var reachesHalf = false
    /// Position of the interval between two cuts that the slot is part of; nil for a slot without width.
    var interval: Int?
    /// Cost of each event: 0, and a little where events exactly at a number at risk would do as well just before it.
    var eventCost = 0.0
    /// Cost of any events at all, where the drop was read on the other side of a number at risk.
    var useCost = 0.0
    /// Censor marks in the slot.
    var marks = 0
  }

  /// Between two exact numbers at risk it is known how many leave.
  struct Segment: Sendable {
    let slots: Range<Int>
    let atStart: Int
    let atEnd: Int
    /// S at the end of the segment.
    let targetAtEnd: Double
    /// Whether events exactly at the end, which the next segment holds, may bring S there.
    let fallsAtEnd: Bool
    /// Whether a drop read a pixel away may be at the end.
    let isNearDrop: Bool
    var leaving: Int { atStart - atEnd }
  }

  private(set) var slots: [Slot] = []
  private(set) var segments: [Segment] = []
  /// Numbers at risk at which segments begin, the first at 0, and the end of follow-up.
  let finish: Double
  /// Standard deviation of one reading's probability: as stated, or as measured.
  let error: Double

  /// About how many leave in a slot.
  private static let leavingPerSlot = 2.0
  /// Cost of an event exactly at a number at risk, where one just before would do as well.
  static let costAtVisit = 6.0
  /// Cost of a drop on the other side of a number at risk than it was read, a pixel away.
  static let costOfTheOtherSide = 3.0
  /// Most slots between two cuts.
  private static let mostParts = 40

  init(_ facts: ArmFacts, curve: MonotoneReadings) {
    var exact = facts.atRisk.filter(\.isExact)
    if exact.first?.time != 0 { exact.insert(.init(time: 0, count: facts.subjects), at: 0) }
    error = facts.readingError ?? curve.precision.survival
    finish = FollowUpSlots.endOfFollowUp(facts, exact: exact)
    let starts = exact.filter { $0.time < finish }
    var builder = SlotBuilder(facts, curve: curve, exact: starts, finish: finish, error: error)
    builder.build()
    slots = builder.slots
    // The last number at risk and everybody still there leave in the last segment.
    for (number, entry) in starts.enumerated() {
      let next = number + 1 < starts.count ? starts[number + 1] : nil
      let first = slots.firstIndex { $0.start >= entry.time } ?? 0
      let last = next.flatMap { next in slots.firstIndex { $0.start >= next.time } } ?? slots.count
      segments.append(
        Segment(
          slots: first..<last, atStart: entry.count, atEnd: next?.count ?? 0, targetAtEnd: slots[last - 1].target,
          fallsAtEnd: last < slots.count && slots[last].eventCost > 0,
          isNearDrop: last < slots.count && slots[last].useCost > 0))
      for i in first..<last { slots[i].segment = number }
    }
  }

  /// Follow-up ends where a curve read to its end does; else where nobody is left, at the first number at risk that is 0;
  /// else after the last reading and the last number at risk, by one step of their grid where the readings do not go on.
  private static func endOfFollowUp(_ facts: ArmFacts, exact: [ArmFacts.AtRisk]) -> Double {
    let last = exact.last { $0.count > 0 }?.time ?? 0
    let lastReading = (facts.readings.map(\.time) + facts.censorMarks).max() ?? 0
    if facts.isReadToEnd, lastReading > last { return lastReading }
    if let empty = facts.atRisk.first(where: { $0.count == 0 && $0.time > last }) { return empty.time }
    if lastReading > last { return lastReading }
    let times = facts.atRisk.map(\.time)
    return last + (times.count > 1 ? times[times.count - 1] - times[times.count - 2] : 1)
  }

  /// Lays the slots in order of time.
  private struct SlotBuilder {
    let facts: ArmFacts
    let curve: MonotoneReadings
    let exact: [ArmFacts.AtRisk]
    let finish: Double
    let error: Double
    let cubic: MonotoneCubic
    var slots: [Slot] = []

    init(_ facts: ArmFacts, curve: MonotoneReadings, exact: [ArmFacts.AtRisk], finish: Double, error: Double) {
      self.facts = facts
      self.curve = curve
      self.exact = exact
      self.finish = finish
      self.error = error
      let hasStart = curve.times.first == 0
      cubic = MonotoneCubic(
        knots: (hasStart ? [] : [0]) + curve.times, values: (hasStart ? [] : [1]) + curve.values)
      knotOffset = hasStart ? 0 : 1
      let informative = FollowUpSlots.informative(curve)
      var (low, high) = (0, 0)
      for i in informative {
        while high < informative.count, curve.values[informative[high]] >= curve.values[i] - error { high += 1 }
        while curve.values[informative[low]] > curve.values[i] + error { low += 1 }
        sameLevel[i] = high - low
      }
    }
    private let knotOffset: Int
    /// By index of a reading: how many lie within one error of its value.
    private var sameLevel: [Int: Int] = [:]

    mutating func build() {
      let read = FollowUpSlots.informative(curve).map { curve.times[$0] }
      var cuts = Set(facts.atRisk.map(\.time) + read + [0, finish])
      if let median = facts.median { cuts.insert(median) }
      var marks: [Double: Int] = [:]
      for mark in facts.censorMarks where mark > 0 && mark <= finish { marks[mark, default: 0] += 1 }
      cuts.formUnion(marks.keys)
      let times = cuts.sorted().filter { $0 <= finish }
      let visits = Set(exact.map(\.time) + [0, finish])
      for (interval, (a, b)) in zip(times, times.dropFirst()).enumerated() {
        if a > 0 { appendDrop(at: a) }
        if let count = marks[a] { appendMark(at: a, count) }
        let first = slots.count
        append(from: a, to: b, isVisit: (visits.contains(a), visits.contains(b)))
        for i in first..<slots.count where slots[i].start < slots[i].end { slots[i].interval = interval }
      }
      // Whoever is censored at the end leaves after the last event, unless that takes the curve to 0.
      let endsAtZero = (curve.values.last ?? 1) < error
      if endsAtZero, let count = marks[finish] { appendMark(at: finish, count) }
      appendDrop(at: finish)
      if !endsAtZero, let count = marks[finish] { appendMark(at: finish, count) }
      if !slots.contains(where: { $0.holdsEvents }) {
        for i in slots.indices where slots[i].end > slots[i].start { slots[i].holdsEvents = true }
      }
      for entry in facts.atRisk where !entry.isExact {
        // A slot without width ends where it begins: the number at risk at a time does not see those who leave at it.
        if let i = slots.firstIndex(where: { $0.end == entry.time && $0.start < $0.end }) {
          slots[i].recalled = Double(entry.count)
        }
      }
    }

    private mutating func append(from a: Double, to b: Double, isVisit: (start: Bool, end: Bool)) {
      let after = a == 0 ? 1 : curve.value(at: a) ?? curve.values.last ?? 1
      // Where nobody is left the curve stays as it is: a reading after the end is one of the end.
      let late = b == finish ? curve.times.firstIndex { $0 >= finish } : nil
      let before = late.map { curve.values[$0] } ?? curve.valueBefore(b)
      let isRead = late != nil || curve.isRead(at: b)
      let target = before ?? after
      let falls = target < after - 1e-9
      let side = (b - a) / 10
      let inner = (isVisit.start ? a + side : a, isVisit.end ? b - side : b)
      if inner.0 > a {
        slots.append(Slot(start: a, end: inner.0, holdsEvents: false, target: after, weight: 0, isBesideVisit: true))
      }
      // Events exactly at a number at risk are still counted in it: what was read there may have fallen at that very time.
      let mayFallAtEnd = isVisit.end && isRead && falls && b < finish && curve.value(at: b) == target
      let weight = isRead && !mayFallAtEnd ? 1 / variance(at: b) : 0
      let leaving = max(atRisk(at: a) - atRisk(at: b), after > 0 ? atRisk(at: a) * (1 - target / after) : 0)
      let parts = falls ? min(FollowUpSlots.mostParts, max(1, Int((leaving / leavingPerSlot).rounded(.up)))) : 1
      let piece = max(0, curve.piece(at: (a + b) / 2) + knotOffset)
      for part in 0..<parts {
        let (from, to) = (share(part, parts, inner), share(part + 1, parts, inner))
        let isLast = part == parts - 1
        var slot = Slot(
          start: from, end: to, holdsEvents: falls, target: target, weight: isLast ? weight : 0,
          isRead: isLast && isRead && !mayFallAtEnd)
        if !isLast {
          // Between readings the curve is a guess: off by up to a third of its fall, and no more than one reading in all.
          slot.target =
            late == nil && before != nil ? min(after, max(target, cubic.value(piece: piece, at: to))) : after
          let spread = error + 0.3 * (after - target)
          slot.weight = 1 / (spread * spread * Double(parts))
        }
        slots.append(slot)
      }
      // A drop read within a pixel of a number at risk may be on either side of it.
      let fallen = isVisit.end && b < finish && facts.readingError == nil ? valueSoon(after: b) : nil
      let isNearDrop = fallen.map { $0 < curve.valueBefore(max(0, b - curve.precision.eitherSide)) ?? 1 } ?? false
      if inner.1 < b {
        var slot = Slot(
          start: inner.1, end: b, holdsEvents: false, target: target, weight: 0, isBesideVisit: true)
        if let fallen, isNearDrop {
          (slot.holdsEvents, slot.useCost, slot.possibleTarget) = (true, FollowUpSlots.costOfTheOtherSide, fallen)
        }
        slots.append(slot)
      }
      if let fallen, isNearDrop, !mayFallAtEnd {
        var slot = Slot(dropAt: b, target: target, weight: 0)
        (slot.possibleTarget, slot.useCost) = (fallen, FollowUpSlots.costOfTheOtherSide)
        slots.append(slot)
      }
      if mayFallAtEnd {
        var slot = Slot(dropAt: b, target: target, weight: 1 / variance(at: b))
        (slot.isRead, slot.eventCost) = (true, FollowUpSlots.costAtVisit)
        slots.append(slot)
      }
      if b == facts.median, target < 0.5 + 3 * error, after > 0.5 - 3 * error { appendMedian(at: b, target: target) }
    }

    private func valueSoon(after time: Double) -> Double? {
      curve.value(at: time + curve.precision.eitherSide) ?? curve.values.last
    }

    private func share(_ part: Int, _ parts: Int, _ ends: (Double, Double)) -> Double {
      part == parts ? ends.1 : ends.0 + (ends.1 - ends.0) * Double(part) / Double(parts)
    }

    /// The event that brings S to one half happens at the published median.
    private mutating func appendMedian(at time: Double, target: Double) {
      var slot = Slot(dropAt: time, target: target, weight: 0)
      slot.reachesHalf = true
      slots.append(slot)
    }

    /// Censorings exactly at a mark.
    private mutating func appendMark(at time: Double, _ count: Int) {
      slots.append(
        Slot(
          start: time, end: time, holdsEvents: false, target: slots.last?.target ?? 1, weight: 0, marks: count))
    }

    private mutating func appendDrop(at time: Double) {
      guard let before = curve.valueBefore(time), let after = curve.value(at: time), after < before else { return }
      let weight = 1 / variance(at: time, isAfter: true)
      if let last = slots.last, last.start == time, last.end == time {
        slots[slots.count - 1].target = after
        slots[slots.count - 1].weight = weight
        return
      }
      var slot = Slot(dropAt: time, target: after, weight: weight)
      slot.isRead = true
      slots.append(slot)
    }

    /// σ² of the value just before or after a time. The mean of pooled readings is surer; one on a slope or a vertical stroke
    /// may stand anywhere on it, as far as the error of its time reaches; and the many readings of one level, which share
    /// their error, count as three.
    private func variance(at time: Double, isAfter: Bool = false) -> Double {
      guard let i = curve.index(at: time, isAfter: isAfter) else { return error * error }
      var own = error * error / Double(min(4, curve.counts[i]))
      guard facts.readingError == nil else { return own }
      let fall = curve.fall(around: curve.middles[i], within: curve.precision.reach)
      own += fall * fall / 12
      return own * max(1, Double(sameLevel[i] ?? 1) / 3)
    }

    /// Number at risk, straight between the exact numbers, and after the last in proportion to the time left.
    private func atRisk(at time: Double) -> Double {
      let next = exact.firstIndex { $0.time > time } ?? exact.count
      let last = exact[max(0, next - 1)]
      let (endTime, endCount) = next < exact.count ? (exact[next].time, exact[next].count) : (finish, 0)
      guard endTime > last.time else { return Double(last.count) }
      return Double(last.count) + Double(endCount - last.count) * (time - last.time) / (endTime - last.time)
    }
  }

  /// The readings that carry the shape: inside a flat stretch a reading says nothing that its ends do not.
  private static func informative(_ curve: MonotoneReadings) -> [Int] {
    let values = curve.values
    return values.indices.filter { i in
      i == 0 || i == values.count - 1 || values[i] != values[i - 1] || values[i] != values[i + 1]
    }
  }
}

extension FollowUpSlots.Slot {
  /// A slot without width: the events of just then.
  fileprivate init(dropAt time: Double, target: Double, weight: Double) {
    self.init(
      start: time, end: time, holdsEvents: true, holdsCensorings: false, target: target, weight: weight)
  }
}

internal import Survival

/// How many censorings are expected by the end of each slot, since the start of its segment.
///
/// Between two exact numbers at risk n₁ and n₂ with S falling from S₁ to S₂, censorings c(t) leave n₂ = n₁ S₂/S₁ − Σ c(t) S₂/S(t):
/// whoever is censored at t would have been there at the end with probability S₂/S(t). With the shape of censoring within
/// the segment given, that settles their number. The shape is u^a of the segment's length, even for a = 1, with one a for
/// all segments, chosen so that the events come to the published total; marks on the curve say more where there are any.
struct CensoringProfile: Sendable {
  /// By slot: expected number of censorings since the start of the slot's segment.
  var expected: [Double]
  /// By segment: expected number in all.
  private(set) var totals: [Double]
  /// The exponent found.
  let exponent: Double
  /// The number of events that the curve and the numbers at risk need when censoring is even between these.
  let suggestedEvents: Int

  /// Exponents tried: nearly all at the start of every segment, to nearly all at its end.
  private static let exponents = -3.0...3.0

  init(_ slots: FollowUpSlots, events: Int?) {
    func attempt(_ logExponent: Double) -> (expected: [Double], totals: [Double], events: Double) {
      CensoringProfile.counts(slots, exponent: exponential(logExponent), published: nil)
    }
    var found = attempt(0)
    suggestedEvents = Int(found.events.rounded())
    var chosen = 0.0
    if let events, abs(found.events - Double(events)) > 0.5 {
      // Later censoring keeps more at risk, and the same curve then needs more events.
      var (low, high) = (CensoringProfile.exponents.lowerBound, CensoringProfile.exponents.upperBound)
      for _ in 0..<20 {
        chosen = (low + high) / 2
        found = attempt(chosen)
        if found.events < Double(events) { low = chosen } else { high = chosen }
      }
    }
    exponent = exponential(chosen)
    // One segment alone: whoever has no event is censored in it.
    if slots.segments.count == 1, events != nil {
      found = CensoringProfile.counts(slots, exponent: exponential(chosen), published: events)
    }
    expected = found.expected
    totals = found.totals
  }

  private static func counts(
    _ slots: FollowUpSlots, exponent: Double, published: Int?
  ) -> (expected: [Double], totals: [Double], events: Double) {
    var expected = [Double](repeating: 0, count: slots.slots.count)
    var totals: [Double] = []
    var events = 0.0
    var before = 1.0
    for segment in slots.segments {
      let range = segment.slots
      let (start, end) = (slots.slots[range.lowerBound].start, slots.slots[range.upperBound - 1].end)
      let after = slots.slots[range.upperBound - 1].target
      let marks = range.reduce(0) { $0 + slots.slots[$1].marks }
      var shares: [Double] = []
      var kept = 0.0
      var survival = before
      for i in range {
        let slot = slots.slots[i]
        func passed(_ time: Double) -> Double {
          end > start ? power((time - start) / (end - start), exponent) : 0
        }
        let share = marks > 0 ? Double(slot.marks) / Double(marks) : passed(slot.end) - passed(slot.start)
        let middle = (survival + slot.target) / 2
        shares.append(share)
        kept += share * (middle > 0 ? after / middle : 1)
        survival = slot.target
      }
      let surplus = before > 0 ? Double(segment.atStart) * after / before - Double(segment.atEnd) : 0
      var total = kept > 0 ? min(max(surplus / kept, 0), Double(segment.leaving)) : 0
      if let published, slots.segments.count == 1 { total = Double(max(0, segment.leaving - published)) }
      var sum = 0.0
      for (i, share) in zip(range, shares) {
        sum += share * total
        expected[i] = sum
      }
      totals.append(total)
      events += Double(segment.leaving) - total
      before = after
    }
    return (expected, totals, events)
  }
}

internal import TrialCatalogue

extension EndpointChecks {
  /// Numbers of patients and events: sums, differences, percentages.
  mutating func checkCounts() {
    for arm in endpoint.arms { checkCounts(arm) }
    checkTotal("N", endpoint.total?.n, "total n", endpoint.arms.map(\.n), "n")
    checkTotal("events", endpoint.total?.events, "total events", endpoint.arms.map(\.events), "events")
  }

  private mutating func checkCounts(_ arm: ClaimedArm) {
    guard let n = arm.n else { return }
    if let events = arm.events {
      let isPossible = events.value <= n.value
      add(
        .counts, arm: arm.id, "\(events.printed) events of \(n.printed)", isPossible ? .pass : .fail,
        number: "at most \(n.printed)", tolerance: "exact",
        isPossible ? "no more events than patients" : "more events than patients", subjects: ["n", "events"],
        numbers: [events, n])
    }
    if let censored = arm.censored, let events = arm.events {
      let rest = n.value - events.value
      let isRight = censored.value == rest
      add(
        .counts, arm: arm.id, "\(censored.printed) censored", isRight ? .pass : .fail, number: plain(rest),
        tolerance: "exact",
        isRight
          ? "\(n.printed) patients less \(events.printed) events"
          : "\(n.printed) patients less \(events.printed) events are \(plain(rest))",
        subjects: ["n", "events", "censored"], numbers: [events, n, censored])
    }
    if let percentage = arm.eventsPercent { checkPercentage(percentage, arm, n) }
  }

  private mutating func checkPercentage(_ percentage: PrintedNumber, _ arm: ClaimedArm, _ n: PrintedNumber) {
    let claim = "\(percentage.printed)% of \(n.printed)"
    guard n.value > 0 else { return }
    // Percentages are rounded half up; what round-off of the division does to a tie is no error.
    let slack = 1e-9 * 100
    if let events = arm.events {
      let exact = 100 * events.value / n.value
      let isRight = Interval(percentage).widened(slack).contains(exact)
      add(
        .percentages, arm: arm.id, "\(events.printed)/\(n.printed) (\(percentage.printed)%)", isRight ? .pass : .fail,
        number: "\(short(exact, 5))%",
        isRight ? "the percentage is that of the counts" : "\(events.printed) of \(n.printed) are \(short(exact, 4))%",
        subjects: ["n", "events", "percent"], numbers: [percentage, n, events])
      return
    }
    let least = max(0, (n.value * (percentage.lower - slack) / 100).rounded(.up))
    let most = min(n.value, (n.value * (percentage.upper + slack) / 100).rounded(.down))
    let isPossible = least <= most
    add(
      .percentages, arm: arm.id, claim, isPossible ? .pass : .fail,
      number: isPossible ? (least == most ? plain(least) : "\(plain(least)) to \(plain(most))") : "none",
      isPossible
        ? "\(plain(least))\(least == most ? "" : " to \(plain(most))") of \(n.printed) round to it"
        : "no whole number of \(n.printed) patients rounds to it",
      subjects: ["n", "percent"], numbers: [percentage, n])
  }

  private mutating func checkTotal(
    _ what: String, _ total: PrintedNumber?, _ key: String, _ parts: [PrintedNumber?], _ part: String
  ) {
    guard let total else { return }
    let known = parts.compactMap { $0 }
    guard known.count == parts.count else { return }
    let sum = known.reduce(0) { $0 + $1.value }
    let isRight = sum == total.value
    add(
      .counts, "\(what) \(total.printed) in all", isRight ? .pass : .fail, number: plain(sum), tolerance: "exact",
      isRight
        ? "the sum of the arms" : "the arms have \(known.map(\.printed).joined(separator: " + ")) = \(plain(sum))",
      subjects: [key], also: endpoint.arms.map { .init(arm: $0.id, quantity: part) }, numbers: known + [total])
  }
}

internal import Reconstruction
internal import TrialCatalogue

extension EndpointChecks {
  /// Numbers at risk alone, and with events, rates and readings of the curve.
  mutating func checkAtRisk() {
    for arm in endpoint.arms {
      checkOrder(arm)
      if let curve = arm.curve {
        contradictions(
          arm, readings: zip(curve.times, curve.survival).map { ($0, $1) }, error: curve.largestError,
          usual: curve.error,
          code: .curve, subject: "curve", what: "the curve")
      }
      if !arm.rates.isEmpty {
        contradictions(
          arm, readings: arm.rates.map { ($0.time.value, $0.survival.value) },
          error: arm.rates.map(\.survival.halfUnit).max() ?? 0, usual: nil, code: .curveRates,
          subject: arm.rates.map { "rate \($0.time.text)" }.joined(separator: "\n"), what: "the rates")
      }
    }
  }

  /// Nobody joins: n(0) = N, and the row never rises.
  private mutating func checkOrder(_ arm: ClaimedArm) {
    guard !arm.atRisk.isEmpty else { return }
    var trouble: String?
    var involved: [PrintedNumber?] = []
    if let first = arm.atRisk.first, first.time == 0, let n = arm.n, first.n.value != n.value {
      trouble = "\(first.n.printed) at risk at 0 and \(n.printed) patients cannot both be true"
      involved = [first.n, n]
    }
    for (earlier, later) in zip(arm.atRisk, arm.atRisk.dropFirst()) where trouble == nil {
      if later.time <= earlier.time {
        trouble = "the times do not rise: \(plain(later.time)) follows \(plain(earlier.time))"
      } else if later.n.value > earlier.n.value {
        trouble =
          "\(earlier.n.printed) at risk at \(plain(earlier.time)) and \(later.n.printed) at \(plain(later.time)): nobody joins"
        involved = [earlier.n, later.n]
      }
    }
    if trouble == nil, let n = arm.n, let high = arm.atRisk.first(where: { $0.n.value > n.value }) {
      trouble = "\(high.n.printed) at risk at \(plain(high.time)) among \(n.printed) patients"
      involved = [high.n, n]
    }
    add(
      .atRiskOrder, arm: arm.id,
      "at risk \(arm.atRisk.prefix(4).map(\.n.printed).joined(separator: ", "))\(arm.atRisk.count > 4 ? ", …" : "")",
      trouble == nil ? .pass : .fail, tolerance: "exact",
      trouble ?? "from \(arm.n == nil ? "the first" : "N") on the row never rises",
      subjects: arm.n == nil ? ["at risk"] : ["at risk", "n"],
      numbers: involved)
  }

  /// What numbers at risk, total of events and readings say of each other: `ArmFacts.contradictions`.
  private mutating func contradictions(
    _ arm: ClaimedArm, readings: [(time: Double, survival: Double)], error: Double, usual: Double?, code: CheckCode,
    subject: String, what: String
  ) {
    guard let n = arm.n, n.value >= 1, n.value <= 100_000 else { return }
    let rows = arm.atRisk
    // A row that rises is told by itself; bounds would only repeat it.
    guard zip(rows, rows.dropFirst()).allSatisfy({ $0.time < $1.time && $0.n.value >= $1.n.value }) else { return }
    let facts = ArmFacts(
      arm: arm.id, subjects: Int(n.value), events: arm.events.map { Int($0.value) },
      median: code == .curve ? arm.median?.value.number?.value : nil,
      atRisk: rows.map { .init(time: $0.time, count: Int($0.n.value)) },
      readings: readings.map { .init(time: $0.time, survival: min(1, max(0, $0.survival))) },
      readingError: max(1e-6, usual ?? 0.005), largestReadingError: error)
    let found = facts.contradictions()
    let subjects =
      subject.split(separator: "\n").map(String.init) + ["n"]
      + (rows.isEmpty ? [] : ["at risk"]) + (arm.events == nil ? [] : ["events"])
      + (code == .curve && arm.median != nil ? ["median"] : [])
    let claim = "\(what)\(rows.isEmpty ? "" : ", numbers at risk")\(arm.events.map { ", \($0.printed) events" } ?? "")"
    let tolerance = code == .curve ? "readings within \(short(error))" : "rounding"
    guard !found.isEmpty else {
      add(
        code, arm: arm.id, claim, .pass, tolerance: tolerance, "numbers of some patients: no two contradict each other",
        subjects: subjects)
      return
    }
    for contradiction in found {
      let recalled = contradiction.atRisk.map { rows[$0].n } + (contradiction.involvesEvents ? [arm.events] : [])
      // Readings carry an error that nobody printed: beyond its largest the readings may still be at fault.
      add(
        code, arm: arm.id, claim, code == .curve && contradiction.involvesMedian ? .warn : .fail, tolerance: tolerance,
        contradiction.statement, subjects: subjects, numbers: recalled)
    }
  }
}

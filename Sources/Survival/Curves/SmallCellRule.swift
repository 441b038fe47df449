/// A rule of statistical disclosure control: what is released counts nobody, or at least `minimum` subjects.
///
/// A curve is released at some of its times only, so chosen that between two of them, and after the last, there are 0 or at least
/// `minimum` events (of each cause, where there are several) and 0 or at least `minimum` censorings. Every count that follows from
/// the released ones by adding and subtracting is then such a count too: the steps after the last time, which nobody sees, are what
/// a total would give away (complementary suppression). The last time of all is never released. The values of the curve at a released time are those of all
/// subjects, not rounded and not recomputed.
///
/// Sources: O'Keefe et al., J Priv Confid 2012;4(1):127–154 (survival output of remote analysis); Hundepool et al., Statistical
/// Disclosure Control, 2012, chapter 5 (minimum frequency, complementary suppression).
public struct SmallCellRule: Sendable, Equatable {
  /// The least count that is released, beside 0.
  public let minimum: Int

  /// - Throws: `SurvivalInputError` for a minimum below 2, which would release everything.
  public init(minimum: Int) throws(SurvivalInputError) {
    guard minimum >= 2 else { throw SurvivalInputError(.badSetting, "a smallest cell below 2 withholds nothing") }
    self.minimum = minimum
  }

  /// Whether a count may be released.
  public func releases(_ count: Double) -> Bool { count == 0 || count >= Double(minimum) }

  public func releases(_ count: Int) -> Bool { releases(Double(count)) }

  /// The cells of a list that are withheld: the small ones and, smallest first, as many others that are not 0 as it takes until two
  /// are withheld and their sum is no small cell, since the list's total would give it away.
  public func withheld(_ counts: [Double]) -> [Bool] { withheld(rows: counts.map { [$0] }, sizes: counts) }

  /// The same of rows of cells, each column of which has a known total.
  ///
  /// - Parameter sizes: of the rows; those of size 0 give nothing away.
  func withheld(rows: [[Double]], sizes: [Double]) -> [Bool] {
    var withheld = rows.map { !$0.allSatisfy(releases) }
    guard withheld.contains(true) else { return withheld }
    func isGivenAway() -> Bool {
      let together = rows.indices.filter { withheld[$0] }.map { rows[$0] }
      let sums = together.dropFirst().reduce(together[0]) { zip($0, $1).map(+) }
      return together.count == 1 || !sums.allSatisfy(releases)
    }
    for next in sizes.indices.sorted(by: { sizes[$0] < sizes[$1] })
    where !withheld[next] && sizes[next] > 0 && isGivenAway() { withheld[next] = true }
    return withheld
  }

  /// The times at which the curve of a table is released, ascending; none where its totals are small cells. O(number of times).
  ///
  /// - Parameters:
  ///   - table: the counts.
  ///   - preferred: times to release where the rule allows it, such as landmarks; the others are event and censoring
  ///     times.
  public func releasedTimes(_ table: EventTable, preferring preferred: [Double] = []) -> [Double] {
    releasedTimes(table.time, counts: [table.events, table.censored], preferring: preferred)
  }

  /// The same of any kinds of counts at distinct times, each kind by itself.
  ///
  /// - Parameters:
  ///   - distinct: the times, ascending.
  ///   - counts: of each kind, one for each time.
  ///   - preferred: times to release where the rule allows it.
  func releasedTimes(_ distinct: [Double], counts: [[Double]], preferring preferred: [Double]) -> [Double] {
    let count = distinct.count
    let sums = counts.map { kind in kind.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) } }
    /// Whether the times from position `first` up to and without `end` may stand together.
    func releases(_ first: Int, _ end: Int) -> Bool { sums.allSatisfy { self.releases($0[end] - $0[first]) } }
    var marks: [(time: Double, end: Int)] = []
    for time in Set(preferred).sorted() {
      let end = upperBound(distinct, time)
      guard end > 0, end < count, releases(marks.last?.end ?? 0, end), releases(end, count) else { continue }
      marks.append((time, end))
    }
    var times: [Double] = []
    var first = 0
    for mark in marks + [(time: .infinity, end: count)] {
      // The last position of a stretch is its mark, or nobody's to see.
      for end in first..<mark.end where end > first && releases(first, end) && releases(end, mark.end) {
        times.append(distinct[end - 1])
        first = end
      }
      if mark.end < count { times.append(mark.time) }
      first = mark.end
    }
    return times
  }
}

/// The released times among all distinct ones: what is known at them, and what happened from one to the next.
private struct ReleasedPlaces {
  /// Positions behind the released times.
  let ends: [Int]
  /// Positions behind the times before; 0 for the first.
  let starts: [Int]

  /// - Parameter times: released, none before the first of all; ascending as they are.
  init(_ times: [Double], among all: [Double]) {
    ends = times.map { upperBound(all, $0) }
    starts = [0] + ends.dropLast()
  }

  /// Values just after the released times.
  func taken(_ values: [Double]) -> [Double] { ends.map { values[$0 - 1] } }

  /// Counts since the released time before.
  func sums(_ counts: [Double]) -> [Double] { zip(starts, ends).map { counts[$0..<$1].reduce(0, +) } }
}

extension EventTable {
  /// The table with the given times only: counts are of the time since the one before. Totals stay those of all subjects.
  ///
  /// - Parameter times: ascending, such as those of `SmallCellRule`.
  func released(at times: [Double]) -> EventTable {
    let places = ReleasedPlaces(times, among: time)
    return EventTable(
      releasing: self, time: times, atRisk: places.starts.map { $0 < time.count ? atRisk[$0] : 0 },
      events: places.sums(events), censored: places.sums(censored))
  }
}

extension KaplanMeier {
  /// The curve at the times of `SmallCellRule.releasedTimes` only, with the values that it has there.
  ///
  /// Quantiles stay those of the whole curve, where at least `minimum` events lie at or before them and as many subjects after.
  /// Not for curves with weights or delayed entry.
  public func released(by rule: SmallCellRule, preferring preferred: [Double] = []) -> KaplanMeier {
    let times = rule.releasedTimes(table, preferring: preferred)
    let places = ReleasedPlaces(times, among: time)
    return KaplanMeier(
      copying: self, confidence: confidence, release: Release(whole: [self], rule: rule),
      table: table.released(at: times), survival: places.taken(survival),
      standardErrorOfSurvival: places.taken(standardErrorOfSurvival),
      standardErrorOfLogSurvival: places.taken(standardErrorOfLogSurvival), lower: places.taken(lower),
      upper: places.taken(upper))
  }

  /// Whether a quantile or limit that the whole curve has is withheld.
  public func withholds(_ time: Double?) -> Bool {
    guard let release, let time else { return false }
    let table = release.whole[0].table
    let after = upperBound(table.time, time)
    let left = after < table.time.count ? table.atRisk[after] : 0
    return min(table.cumulativeEvents(at: time), left) < Double(release.rule.minimum)
  }
}

extension AalenJohansen {
  /// The incidences at some times only, with the values that they have there: from one to the next there are 0 or at least
  /// `minimum` events of each cause and censorings. Not for curves with weights or delayed entry.
  public func released(by rule: SmallCellRule, preferring preferred: [Double] = []) -> AalenJohansen {
    let times = rule.releasedTimes(
      time, counts: causes.map(\.events) + [table.censored], preferring: preferred)
    let places = ReleasedPlaces(times, among: time)
    return AalenJohansen(
      copying: self, table: table.released(at: times), eventFree: places.taken(eventFree),
      causes: causes.map {
        Cause(
          label: $0.label, total: $0.total, events: places.sums($0.events), incidence: places.taken($0.incidence),
          aalenStandardError: $0.aalenStandardError.map(places.taken),
          jackknifeStandardError: $0.jackknifeStandardError.map(places.taken),
          lower: places.taken($0.lower), upper: places.taken($0.upper))
      })
  }
}

extension NelsonAalen {
  /// The cumulative hazard at the given times only, with the values that it has there.
  ///
  /// - Parameter times: ascending, none before the first time of the estimate.
  public func released(at times: [Double]) -> NelsonAalen {
    let places = ReleasedPlaces(times, among: time)
    return NelsonAalen(
      time: times, hazard: places.taken(hazard), standardError: places.taken(standardError),
      tieCorrectedHazard: places.taken(tieCorrectedHazard),
      tieCorrectedStandardError: places.taken(tieCorrectedStandardError))
  }
}

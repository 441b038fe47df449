/// The Aalen–Johansen estimate of the cumulative incidence of every cause in one group.
///
/// F_c(t) = Σ over times s <= t of S(s−) d_c(s) / n(s), with S the Kaplan–Meier curve of the event of any cause; the F_c and
/// S sum to one at every time. All arrays have one entry per distinct time of the group. A naive 1 − Kaplan–Meier of one
/// cause overstates its incidence; with one cause the two are the same.
///
/// Two standard errors are in use, and they differ by a factor of about √(n/(n − 1)): Aalen's, and the infinitesimal
/// jackknife. With delayed entry Aalen's is available, with case weights the jackknife.
///
/// The interval is made for F_c itself on the scale of `confidence` (log: exp(ln F ∓ z s/F); log-log on ln(−ln F)), cut to
/// [0, 1]; it is not defined at F = 0.
/// Sources: Aalen & Johansen, Scand J Stat 1978;5:141–150; Andersen, Borgan, Gill & Keiding, Statistical Models Based on
/// Counting Processes, 1993, section IV.4.
public struct AalenJohansen: Sendable, Equatable {
  /// How the variance of an incidence is estimated.
  public enum Variance: String, Sendable, Codable, CaseIterable {
    /// Sum of squared influences of the rows; that of R's survfit.
    case infinitesimalJackknife = "jackknife"
    /// Σ over event times of the variance of the counts; that of R's cmprsk, where it goes with Gray's test.
    case aalen
    /// None: with both delayed entry and case weights neither of the two is available, and incidences have no error.
    case none
  }

  /// What is estimated of one cause.
  public struct Cause: Sendable, Equatable {
    public let label: String
    /// Events of the cause in all.
    public let total: Double
    /// Events of the cause at each time; of a released curve, since the time before.
    public let events: [Double]
    /// F_c just after each time.
    public let incidence: [Double]
    /// Standard errors of F_c; nil where the method is not defined.
    public let aalenStandardError: [Double]?
    public let jackknifeStandardError: [Double]?
    /// Pointwise limits of F_c, NaN where F_c = 0.
    public let lower: [Double]
    public let upper: [Double]

    /// The standard error by one method.
    public func standardError(_ variance: Variance) -> [Double]? {
      variance == .aalen ? aalenStandardError : jackknifeStandardError
    }
  }

  /// Counts of the group; an event is one of any cause.
  public let table: EventTable
  public let confidence: ConfidenceSetting
  /// The variance that the intervals are made of.
  public let variance: Variance
  /// S just after each time.
  public let eventFree: [Double]
  public let causes: [Cause]

  public var time: [Double] { table.time }
  public var count: Int { table.count }

  /// Whether the estimate is known at a time: everywhere, but of a released curve (`SmallCellRule`) at its times only.
  public func isKnown(at t: Double) -> Bool { !table.isReleased || table.time.contains(t) }

  /// The position of the last time at or before `t`, or nil before the first: nothing has happened yet.
  public func position(at t: Double) -> Int? {
    let after = upperBound(table.time, t)
    return after > 0 ? after - 1 : nil
  }

  /// One estimate per group. O(n · causes).
  ///
  /// - Parameters:
  ///   - risks: the rows, each with its cause.
  ///   - grouping: the groups; nil for one estimate of all rows.
  ///   - confidence: level and scale of the intervals.
  ///   - variance: what intervals are made of; nil for the jackknife, Aalen's with delayed entry, none with weights too.
  /// - Throws: `SurvivalInputError` for a variance that is not defined for the data.
  public static func curves(
    _ risks: CompetingRisks, by grouping: Grouping? = nil, confidence: ConfidenceSetting, variance: Variance? = nil
  ) throws(SurvivalInputError) -> [AalenJohansen] {
    let data = risks.data
    let hasJackknife = data.entry == nil
    let hasAalen = data.weights == nil
    let chosen = variance ?? (hasJackknife ? .infinitesimalJackknife : hasAalen ? .aalen : .none)
    guard chosen == .none || (chosen == .aalen ? hasAalen : hasJackknife) else {
      let problem =
        chosen == .aalen
        ? "Aalen's variance of a cumulative incidence is one of counts: it is not defined with case weights"
        : "the jackknife variance of a cumulative incidence is not available with delayed entry"
      throw SurvivalInputError(
        .notSupported, problem + (hasAalen || hasJackknife ? "; the other variance is available" : ""))
    }
    let tables = EventTable.tables(data, by: grouping)
    let rowsByTime = EventTable.rowsByTime(data, by: grouping, tables: tables)
    return zip(tables, rowsByTime).map { table, rows in
      AalenJohansen(
        risks, table: table, rows: rows, confidence: confidence, variance: chosen, hasAalen: hasAalen,
        hasJackknife: hasJackknife)
    }
  }

  /// The same group and confidence, at other times.
  init(copying other: AalenJohansen, table: EventTable, eventFree: [Double], causes: [Cause]) {
    self.table = table
    confidence = other.confidence
    variance = other.variance
    self.eventFree = eventFree
    self.causes = causes
  }

  private init(
    _ risks: CompetingRisks, table: EventTable, rows: [[Int]], confidence: ConfidenceSetting, variance: Variance,
    hasAalen: Bool, hasJackknife: Bool
  ) {
    self.table = table
    self.confidence = confidence
    self.variance = variance
    let size = table.time.count
    var events = [[Double]](repeating: [Double](repeating: 0, count: size), count: risks.causeCount)
    for k in 0..<size {
      for row in rows[k] where risks.data.isWeightedEvent(row) {
        events[Int(risks.cause[row]) - 1][k] += risks.data.weights?[row] ?? 1
      }
    }
    var before = [Double](repeating: 1, count: size)
    var eventFree = before
    var s = 1.0
    for k in 0..<size {
      before[k] = s
      if table.events[k] > 0 {
        s = table.isLastAtRisk(k) ? 0 : s * (table.atRisk[k] - table.events[k]) / table.atRisk[k]
      }
      eventFree[k] = s
    }
    self.eventFree = eventFree
    let z = confidence.z
    causes = risks.labels.enumerated().map { position, label in
      var sum = CompensatedSum()
      let steps = events[position].enumerated().map { k, d in d > 0 ? before[k] * d / table.atRisk[k] : 0 }
      let incidence = steps.map { step in
        sum.add(step)
        return min(1, sum.value)
      }
      let errors = IncidenceErrors(
        table: table, before: before, after: eventFree, events: events[position], steps: steps)
      let aalen = hasAalen ? errors.aalen() : nil
      let jackknife = hasJackknife ? errors.jackknife(risks, cause: position + 1, rows: rows) : nil
      let used: [Double]? =
        switch variance {
        case .aalen: aalen
        case .infinitesimalJackknife: jackknife
        case .none: nil
        }
      let limits = incidence.indices.map { k in
        let f = incidence[k]
        guard let used else { return (Double.nan, Double.nan) }
        return f > 0 ? confidence.interval(survival: f, standardErrorOfLog: used[k] / f, z: z) : (.nan, .nan)
      }
      return Cause(
        label: label, total: events[position].reduce(0, +), events: events[position], incidence: incidence,
        aalenStandardError: aalen,
        jackknifeStandardError: jackknife, lower: limits.map(\.0), upper: limits.map(\.1))
    }
  }
}

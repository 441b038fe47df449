internal import Distributions

/// The Kaplan–Meier (product-limit) estimate of one group's survival function, with Greenwood's variance.
///
/// At each distinct time t with d events among n at risk, S(t) = ∏ (1 − d/n) over times up to t, and the variance of ln S
/// is Σ d / (n (n − d)). All arrays have one entry per distinct time of the group (events and censorings). Where the last
/// subject at risk has the event S is 0 and its standard error and interval are NaN (not defined).
///
/// With case weights, n and d are sums of weights. With left truncation, n counts entry < t <= exit.
/// Sources: Kaplan & Meier, JASA 1958;53:457–481; Greenwood 1926; Aalen, Ann Stat 1978;6:701–726.
public struct KaplanMeier: Sendable, Equatable {
  /// The counts the curve was made from.
  public let table: EventTable
  /// The level and scale of the intervals.
  public let confidence: ConfidenceSetting
  /// How the variance was estimated.
  public let variance: Variance
  /// S just after each time of `table`.
  public let survival: [Double]
  /// Standard error of S.
  public let standardErrorOfSurvival: [Double]
  /// Standard error of ln S.
  public let standardErrorOfLogSurvival: [Double]
  /// Pointwise confidence limits of S.
  public let lower: [Double]
  public let upper: [Double]
  /// Where the curve is one of some times only.
  let release: Release?

  /// What a released curve was made from.
  struct Release: Sendable, Equatable {
    /// One curve.
    let whole: [KaplanMeier]
    let rule: SmallCellRule
  }

  /// The variance of the curve.
  public enum Variance: String, Sendable, Codable {
    /// Greenwood's formula; with weights, the same formula on the weighted counts.
    case greenwood
    /// Infinitesimal jackknife: the sum over rows of the squared influence on S. The choice for sampling weights.
    case robust
  }

  /// ln(−ln S), the logarithm of the cumulative hazard −ln S, at each time of `table`, with pointwise limits: their standard error
  /// is that of ln S over |ln S|. Against ln t the curves of proportional hazards are parallel, and those of Weibull
  /// distributions straight. NaN where S is 1 or 0. Source: Klein & Moeschberger 2003, sections 4.3 and 11.4.
  public func logMinusLog() -> [(value: Double, lower: Double, upper: Double)] {
    let z = StandardNormal.criticalValue(level: confidence.level)
    return zip(survival, standardErrorOfLogSurvival).map { s, error in
      guard s > 0, s < 1 else { return (.nan, .nan, .nan) }
      let hazard = -logarithm(s)
      let value = logarithm(hazard)
      return (value, value - z * error / hazard, value + z * error / hazard)
    }
  }

  public var time: [Double] { table.time }
  /// S at the end of follow-up; of the whole curve where this one is released at some times only.
  public var lowestSurvival: Double { release?.whole[0].survival.last ?? survival.last ?? 1 }
  /// Number of rows.
  public var count: Int { table.count }

  /// The curve from a table of counts. O(number of times).
  public init(_ table: EventTable, confidence: ConfidenceSetting) {
    self.init(table, confidence: confidence, variance: .greenwood, robustVarianceOfLog: nil)
  }

  /// One curve per group of the data.
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - grouping: one curve for each of its groups; nil for one curve of all rows.
  ///   - confidence: level and scale of the intervals.
  ///   - variance: `robust` is available without left truncation.
  public static func curves(
    _ data: TimeToEvent, by grouping: Grouping? = nil, confidence: ConfidenceSetting,
    variance: Variance = .greenwood
  ) throws(SurvivalInputError) -> [KaplanMeier] {
    let tables = EventTable.tables(data, by: grouping)
    guard variance == .robust else {
      guard tables.count > 1, data.count > 1 << 16 else {
        return tables.map { KaplanMeier($0, confidence: confidence) }
      }
      return concurrentMap(tables.count) { KaplanMeier(tables[$0], confidence: confidence) }
    }
    guard data.entry == nil else {
      throw SurvivalInputError(.notSupported, "the robust variance of a curve with delayed entry is not available")
    }
    let influence = robustVariances(data, by: grouping, tables: tables)
    return zip(tables, influence).map {
      KaplanMeier($0, confidence: confidence, variance: .robust, robustVarianceOfLog: $1)
    }
  }

  init(
    _ table: EventTable, confidence: ConfidenceSetting, variance: Variance, robustVarianceOfLog: [Double]?
  ) {
    self.table = table
    self.confidence = confidence
    self.variance = variance
    let count = table.time.count
    // S and the variance of ln S in one walk; what follows from them time by time, at several places at once.
    let steps: [[Double]] = filled(counts: [count, count]) { (steps: [Slots<Double>]) in
      let (survival, varianceOfLog) = (steps[0], steps[1])
      var s = 1.0
      var sum = CompensatedSum()
      for k in 0..<count {
        let d = table.events[k]
        if d > 0 {
          // All products in floating point: n (n - d) overflows an integer at three million subjects.
          let n = table.atRisk[k]
          if table.isLastAtRisk(k) {
            s = 0
          } else {
            s *= (n - d) / n
            sum.add(d / (n * (n - d)))
          }
        }
        survival[k] = s
        varianceOfLog[k] = sum.value
      }
    }
    let survival = steps[0]
    let varianceOfLog = robustVarianceOfLog ?? steps[1]
    let z = confidence.z
    let columns: [[Double]] = filled(counts: [count, count, count, count]) { (columns: [Slots<Double>]) in
      inPieces(of: count, size: 1 << 15) { range in
        var known = (s: Double.nan, variance: Double.nan, errorOfLog: 0.0, lower: 0.0, upper: 0.0)
        for k in range {
          let (s, variance) = (survival[k], varianceOfLog[k])
          // Nothing moves between events.
          if s != known.s || variance != known.variance {
            let error = s > 0 ? variance.squareRoot() : .nan
            let limits = confidence.interval(survival: s, standardErrorOfLog: error, z: z)
            known = (s, variance, error, limits.lower, limits.upper)
          }
          columns[0][k] = known.errorOfLog
          columns[1][k] = s > 0 ? s * known.errorOfLog : .nan
          columns[2][k] = known.lower
          columns[3][k] = known.upper
        }
      }
    }
    self.survival = survival
    release = nil
    standardErrorOfLogSurvival = columns[0]
    standardErrorOfSurvival = columns[1]
    lower = columns[2]
    upper = columns[3]
  }

  /// The same curve with another interval. O(number of times).
  public func withConfidence(_ confidence: ConfidenceSetting) -> KaplanMeier {
    let z = confidence.z
    let limits = zip(survival, standardErrorOfLogSurvival).map {
      confidence.interval(survival: $0, standardErrorOfLog: $1, z: z)
    }
    let release = release.map { Release(whole: $0.whole.map { $0.withConfidence(confidence) }, rule: $0.rule) }
    return KaplanMeier(
      copying: self, confidence: confidence, release: release, table: table, survival: survival,
      standardErrorOfSurvival: standardErrorOfSurvival, standardErrorOfLogSurvival: standardErrorOfLogSurvival,
      lower: limits.map(\.lower), upper: limits.map(\.upper))
  }

  /// A curve with values of another.
  init(
    copying other: KaplanMeier, confidence: ConfidenceSetting, release: Release?, table: EventTable, survival: [Double],
    standardErrorOfSurvival: [Double], standardErrorOfLogSurvival: [Double], lower: [Double], upper: [Double]
  ) {
    self.table = table
    self.confidence = confidence
    self.release = release
    variance = other.variance
    self.survival = survival
    self.standardErrorOfSurvival = standardErrorOfSurvival
    self.standardErrorOfLogSurvival = standardErrorOfLogSurvival
    self.lower = lower
    self.upper = upper
  }

  /// Per group and time, Σ over rows of (weight × influence on ln S)².
  ///
  /// The influence of row i on ln S(t) is −Σ over times s <= t of (dN_i(s) − Y_i(s) d/n) / (n − d); with C the running sum
  /// of d / (n (n − d)) that is C(min(t, t_i)) − [event by t] / (n − d)(t_i). Two running sums give all times in O(n).
  private static func robustVariances(
    _ data: TimeToEvent, by grouping: Grouping?, tables: [EventTable]
  ) -> [[Double]] {
    var result: [[Double]] = []
    let rowsByTime = EventTable.rowsByTime(data, by: grouping, tables: tables)
    for (g, table) in tables.enumerated() {
      var cumulative = 0.0
      var gone = CompensatedSum()
      var squares = rowsByTime[g].map { rows in rows.reduce(0.0) { $0 + weightSquared(data, $1) } }
      for k in squares.indices.reversed().dropFirst() { squares[k] += squares[k + 1] }
      var variance = [Double](repeating: 0, count: table.time.count)
      for k in table.time.indices {
        let n = table.atRisk[k]
        let d = table.events[k]
        let left = n - d
        if d > 0, !table.isLastAtRisk(k) { cumulative += d / (n * left) }
        for row in rowsByTime[g][k] {
          let influence = cumulative - (data.isEvent[row] && left > 0 ? 1 / left : 0)
          gone.add(weightSquared(data, row) * influence * influence)
        }
        let staying = k + 1 < squares.count ? squares[k + 1] : 0
        variance[k] = gone.value + staying * cumulative * cumulative
      }
      result.append(variance)
    }
    return result
  }

  static func weightSquared(_ data: TimeToEvent, _ row: Int) -> Double {
    let weight = data.weights?[row] ?? 1
    return weight * weight
  }
}

extension EventTable {
  /// For each table of the data, the rows that leave at each of its times.
  static func rowsByTime(_ data: TimeToEvent, by grouping: Grouping?, tables: [EventTable]) -> [[[Int]]] {
    var rowsByTime = tables.map { [[Int]](repeating: [], count: $0.time.count) }
    var cursor = [Int](repeating: -1, count: tables.count)
    for row in data.order {
      let g = Int(grouping?.codes[Int(row)] ?? 0)
      if cursor[g] < 0 || tables[g].time[cursor[g]] != data.time[Int(row)] { cursor[g] += 1 }
      rowsByTime[g][cursor[g]].append(Int(row))
    }
    return rowsByTime
  }

  /// Whether everybody at risk at the k-th time has the event then: S becomes exactly 0. With weights the sums can differ
  /// by round-off, so "nobody is left" is asked of the table, not of a difference.
  func isLastAtRisk(_ k: Int) -> Bool {
    EventTable.isLast(atRisk: atRisk[k], events: events[k], isWeighted: isWeighted)
  }

  @inline(__always)
  static func isLast(atRisk: Double, events: Double, isWeighted: Bool) -> Bool {
    let left = atRisk - events
    return isWeighted ? left <= 1e-12 * atRisk : left <= 0
  }
}

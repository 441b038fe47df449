extension NelsonAalen {
  /// Cumulative hazards with infinitesimal jackknife errors: the choice for sampling weights.
  ///
  /// The variance of a hazard at t is Σ over rows of (weight × influence)². The influence of row i, the derivative in its
  /// weight, is Σ over times s <= t of (dN_i − Y_i d/n) / n for Nelson–Aalen; for the tie-corrected hazard, whose k tied
  /// events of mean weight m leave v_l = n − l m at risk, it is Σ_l (dN_i / k)(1/v_l + l m/v_l²) − Y_i Σ_l m/v_l². All rows
  /// still at risk have the same influence, and it no longer changes once a row has left: O(n) for all times.
  /// Source: Therneau & Grambsch, Modeling Survival Data, 2000, section 7.2; as `survfit(robust = TRUE)` of R survival.
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - grouping: one pair of hazards for each of its groups; nil for all rows.
  /// - Throws: `SurvivalInputError` with delayed entry.
  public static func robust(
    _ data: TimeToEvent, by grouping: Grouping? = nil
  ) throws(SurvivalInputError) -> [NelsonAalen] {
    guard data.entry == nil else {
      throw SurvivalInputError(
        .notSupported, "the robust variance of a cumulative hazard with delayed entry is not available")
    }
    let tables = EventTable.tables(data, by: grouping)
    let rowsByTime = EventTable.rowsByTime(data, by: grouping, tables: tables)
    return zip(tables, rowsByTime).map { table, rows in
      let estimate = NelsonAalen(table)
      var plain = JackknifeVariance(data, rows: rows)
      var corrected = plain
      var errors: [Double] = []
      var correctedErrors: [Double] = []
      let eventRows = table.eventRows
      for k in table.time.indices {
        let n = table.atRisk[k]
        let d = table.events[k]
        let steps = eventRows[k]
        var fall = 0.0
        var own = 0.0
        let mean = steps > 0 ? d / Double(steps) : 0
        for l in 0..<steps {
          let left = n - Double(l) * mean
          fall += mean / (left * left)
          own += (1 / left + Double(l) * mean / (left * left)) / Double(steps)
        }
        errors.append(plain.advance(to: k, fall: d > 0 ? d / (n * n) : 0, own: d > 0 ? 1 / n : 0).squareRoot())
        correctedErrors.append(corrected.advance(to: k, fall: fall, own: own).squareRoot())
      }
      return NelsonAalen(
        time: estimate.time, hazard: estimate.hazard, standardError: errors,
        tieCorrectedHazard: estimate.tieCorrectedHazard, tieCorrectedStandardError: correctedErrors)
    }
  }
}

/// Σ over rows of (weight × influence)², time after time.
private struct JackknifeVariance {
  private let data: TimeToEvent
  private let rows: [[Int]]
  /// Σ of squared weights of those who stay beyond each time.
  private let staying: [Double]
  /// The influence of a row still at risk.
  private var shared = 0.0
  private var gone = CompensatedSum()

  init(_ data: TimeToEvent, rows: [[Int]]) {
    self.data = data
    self.rows = rows
    var staying = [Double](repeating: 0, count: rows.count)
    for k in rows.indices.reversed().dropFirst() {
      staying[k] = staying[k + 1] + rows[k + 1].reduce(0.0) { $0 + KaplanMeier.weightSquared(data, $1) }
    }
    self.staying = staying
  }

  /// The variance after time k, at which the influence of all at risk falls by `fall` and that of an event rises by `own`.
  mutating func advance(to k: Int, fall: Double, own: Double) -> Double {
    shared -= fall
    for row in rows[k] {
      let influence = shared + (data.isWeightedEvent(row) ? own : 0)
      gone.add(KaplanMeier.weightSquared(data, row) * influence * influence)
    }
    return gone.value + staying[k] * shared * shared
  }
}

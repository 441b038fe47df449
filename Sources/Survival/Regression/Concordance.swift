/// Concordance between a risk score and survival (Harrell's C): of the pairs in which one subject has the event while the
/// other is known to live longer, the fraction in which the higher score belongs to the first.
///
/// A pair is (i with an event at t_i, j at risk then with t_j > t_i, or censored at t_i); tied scores count one half. With
/// strata only pairs within a stratum count. The pairs of an event may be weighted by its time (`timeWeight`). The standard
/// error is the infinitesimal jackknife (the sum of squared influences, over clusters where given), which takes the weights
/// of time as known. O(n log n); sums are of additions only, also with delayed entry.
/// Sources: Harrell et al., JAMA 1982;247:2543–2546; Uno et al., Stat Med 2011;30:1105–1117; Therneau & Atkinson, vignette
/// "Concordance" of R survival.
public struct Concordance: Sendable, Equatable, Codable {
  public let concordant: Double
  public let discordant: Double
  /// Pairs with equal scores.
  public let tiedScore: Double
  /// Pairs of events at one time, with different and with equal scores.
  public let tiedTime: Double
  public let tiedBoth: Double
  public let estimate: Double
  public let standardError: Double
  /// The weight given to the pairs of each event time.
  public let timeWeight: ConcordanceWeight

  /// - Parameters:
  ///   - data: the rows.
  ///   - score: higher means higher risk; one finite value per row.
  ///   - strata: rows that are compared among themselves only; nil for one stratum.
  ///   - cluster: rows that belong together, for a robust variance; nil where each stands alone.
  ///   - timeWeight: see `ConcordanceWeight`; `unit` is Harrell's C.
  /// - Throws: `SurvivalInputError` for delayed entry with a weight that needs the distribution of censoring.
  public init(
    _ data: TimeToEvent, score: [Double], strata: Grouping? = nil, cluster: Grouping? = nil,
    timeWeight: ConcordanceWeight
  ) throws(SurvivalInputError) {
    guard data.entry == nil || !timeWeight.needsCensoring else {
      throw SurvivalInputError(
        .notSupported,
        "the concordance weighted by \(timeWeight.rawValue) is not defined with delayed entry; n, S and I are")
    }
    self.init(
      data, score: score, order: StratifiedOrder(data, strata: strata), cluster: cluster, timeWeight: timeWeight,
      tables: timeWeight == .unit ? [] : EventTable.tables(data, by: strata))
  }

  /// Harrell's C.
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - score: higher means higher risk; one finite value per row.
  ///   - strata: rows that are compared among themselves only; nil for one stratum.
  ///   - cluster: rows that belong together, for a robust variance; nil where each stands alone.
  public init(_ data: TimeToEvent, score: [Double], strata: Grouping? = nil, cluster: Grouping? = nil) {
    self.init(data, score: score, order: StratifiedOrder(data, strata: strata), cluster: cluster)
  }

  /// - Parameter tables: the counts of each stratum, needed by every weight but `unit`.
  init(
    _ data: TimeToEvent, score: [Double], order: StratifiedOrder, cluster: Grouping?,
    timeWeight: ConcordanceWeight = .unit, tables: [EventTable] = []
  ) {
    self.timeWeight = timeWeight
    var counts = PairCounts(rows: data.count)
    for s in 0..<order.strataCount {
      counts.addStratum(
        data, score: score, order: order, range: order.starts[s]..<order.starts[s + 1],
        timeWeights: timeWeight == .unit ? nil : timeWeight.values(tables[s]))
    }
    concordant = counts.concordant
    discordant = counts.discordant
    tiedScore = counts.tied
    tiedTime = counts.tiedTime
    tiedBoth = counts.tiedBoth
    let pairs = counts.concordant + counts.discordant + counts.tied
    estimate = (counts.concordant + counts.tied / 2) / pairs
    let difference = (counts.concordant - counts.discordant) / pairs
    var influence = [Double](repeating: 0, count: cluster?.count ?? data.count)
    for (place, row) in order.rows.enumerated() {
      let i = Int(row)
      let own = counts.difference[place] - difference * counts.pairs[place]
      influence[cluster.map { Int($0.codes[i]) } ?? place] += (data.weights?[i] ?? 1) * own / (2 * pairs)
    }
    standardError = influence.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

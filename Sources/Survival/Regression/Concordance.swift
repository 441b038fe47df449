/// Concordance between a risk score and survival (Harrell's C): of the pairs in which one subject has the event while the
/// other is known to live longer, the fraction in which the higher score belongs to the first.
///
/// A pair is (i with an event at t_i, j at risk then with t_j > t_i, or censored at t_i); tied scores count one half. With
/// strata only pairs within a stratum count. The standard error is the infinitesimal jackknife (the sum of squared
/// influences, over clusters where given). O(n log n); sums are of additions only, also with delayed entry.
/// Sources: Harrell et al., JAMA 1982;247:2543–2546; Therneau & Atkinson, vignette "Concordance" of R survival.
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

  /// - Parameters:
  ///   - score: higher means higher risk; one finite value per row.
  public init(_ data: TimeToEvent, score: [Double], strata: Grouping? = nil, cluster: Grouping? = nil) {
    self.init(data, score: score, order: StratifiedOrder(data, strata: strata), cluster: cluster)
  }

  init(_ data: TimeToEvent, score: [Double], order: StratifiedOrder, cluster: Grouping?) {
    var counts = PairCounts(rows: data.count)
    for s in 0..<order.strataCount {
      counts.addStratum(data, score: score, order: order, range: order.starts[s]..<order.starts[s + 1])
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

/// Concordance between a risk score and survival (Harrell's C): of the pairs in which one subject has the event while the
/// other is known to live longer, the fraction in which the higher score belongs to the first.
///
/// A pair is (i with an event at t_i, j at risk then with t_j > t_i, or censored at t_i); tied scores count one half. With
/// strata only pairs within a stratum count. The standard error is the infinitesimal jackknife (the sum of squared
/// influences, over clusters where given). O(n log n).
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
      counts.addStratum(data, score: score, rows: Array(order.rows[order.starts[s]..<order.starts[s + 1]]))
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
    for i in 0..<data.count {
      let weight = data.weights?[i] ?? 1
      let own = counts.rowConcordant[i] - counts.rowDiscordant[i]
      let all = counts.rowConcordant[i] + counts.rowDiscordant[i] + counts.rowTied[i]
      influence[cluster.map { Int($0.codes[i]) } ?? i] += weight * (own - difference * all) / (2 * pairs)
    }
    standardError = influence.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

/// Weighted pair counts, in all and per row.
private struct PairCounts {
  var concordant = 0.0
  var discordant = 0.0
  var tied = 0.0
  var tiedTime = 0.0
  var tiedBoth = 0.0
  var rowConcordant: [Double]
  var rowDiscordant: [Double]
  var rowTied: [Double]

  init(rows: Int) {
    rowConcordant = [Double](repeating: 0, count: rows)
    rowDiscordant = rowConcordant
    rowTied = rowConcordant
  }

  /// `rows`: one stratum by ascending time, events first.
  mutating func addStratum(_ data: TimeToEvent, score: [Double], rows: [Int32]) {
    let byScore = ascendingOrder(of: rows.map { score[Int($0)] })
    var rank = [Int32](repeating: 0, count: rows.count)
    var ranks: Int32 = -1
    var previous = Double.nan
    for position in byScore {
      let value = score[Int(rows[Int(position)])]
      if value != previous { ranks += 1 }
      previous = value
      rank[Int(position)] = ranks
    }
    let size = Int(ranks) + 1
    func weight(_ a: Int) -> Double { data.weights?[Int(rows[a])] ?? 1 }
    func entry(_ a: Int) -> Double { data.entry?[Int(rows[a])] ?? -.infinity }
    let byEntry = data.entry == nil ? [] : ascendingOrder(of: rows.map { data.entry?[Int($0)] ?? 0 })

    // Backward in time: for each event, who is at risk beyond it. Lower score outlives: concordant.
    var atRisk = RankedWeights(size)
    var nextEntry = byEntry.count - 1
    var end = rows.count
    while end > 0 {
      let index = data.timeIndex[Int(rows[end - 1])]
      var start = end
      while start > 0, data.timeIndex[Int(rows[start - 1])] == index { start -= 1 }
      let t = data.distinctTimes[Int(index)]
      while nextEntry >= 0, entry(Int(byEntry[nextEntry])) >= t {
        let a = Int(byEntry[nextEntry])
        atRisk.add(Int(rank[a]), -weight(a))
        nextEntry -= 1
      }
      var firstCensored = start
      while firstCensored < end, data.isEvent[Int(rows[firstCensored])] { firstCensored += 1 }
      for a in firstCensored..<end { atRisk.add(Int(rank[a]), weight(a)) }
      var eventWeight = 0.0
      var sameScore: [Int32: Double] = [:]
      for a in start..<firstCensored {
        let (below, equal, above) = atRisk.split(Int(rank[a]))
        let row = Int(rows[a])
        let w = weight(a)
        rowConcordant[row] += below
        rowDiscordant[row] += above
        rowTied[row] += equal
        concordant += w * below
        discordant += w * above
        tied += w * equal
        let same = sameScore[rank[a], default: 0]
        tiedBoth += w * same
        tiedTime += w * (eventWeight - same)
        eventWeight += w
        sameScore[rank[a]] = same + w
      }
      for a in start..<firstCensored { atRisk.add(Int(rank[a]), weight(a)) }
      end = start
    }

    // Forward in time: for each row, the events before it while it was under observation. Higher score of the event:
    // concordant.
    var past = RankedWeights(size)
    var start = 0
    nextEntry = 0
    func enter(before t: Double, _ counts: inout PairCounts) {
      while nextEntry < byEntry.count, entry(Int(byEntry[nextEntry])) < t {
        let a = Int(byEntry[nextEntry])
        let (below, equal, above) = past.split(Int(rank[a]))
        let row = Int(rows[a])
        counts.rowConcordant[row] -= above
        counts.rowDiscordant[row] -= below
        counts.rowTied[row] -= equal
        nextEntry += 1
      }
    }
    while start < rows.count {
      let index = data.timeIndex[Int(rows[start])]
      let t = data.distinctTimes[Int(index)]
      // Those who entered before t, or at an earlier event time, have seen the events up to their entry and no more.
      enter(before: t, &self)
      var end = start
      while end < rows.count, data.timeIndex[Int(rows[end])] == index, data.isEvent[Int(rows[end])] { end += 1 }
      for a in start..<end { charge(past, rank[a], Int(rows[a])) }
      for a in start..<end { past.add(Int(rank[a]), weight(a)) }
      var censored = end
      while censored < rows.count, data.timeIndex[Int(rows[censored])] == index {
        charge(past, rank[censored], Int(rows[censored]))
        censored += 1
      }
      start = censored
    }
  }

  private mutating func charge(_ past: RankedWeights, _ rank: Int32, _ row: Int) {
    let (below, equal, above) = past.split(Int(rank))
    rowConcordant[row] += above
    rowDiscordant[row] += below
    rowTied[row] += equal
  }
}

/// Weights by rank with prefix sums in O(log n) (a Fenwick tree).
private struct RankedWeights {
  private var tree: [Double]
  private var own: [Double]
  private var total = 0.0

  init(_ size: Int) {
    tree = [Double](repeating: 0, count: size + 1)
    own = [Double](repeating: 0, count: size)
  }

  mutating func add(_ rank: Int, _ weight: Double) {
    own[rank] += weight
    total += weight
    var i = rank + 1
    while i < tree.count {
      tree[i] += weight
      i += i & -i
    }
  }

  /// The weight of lower, equal and higher ranks.
  func split(_ rank: Int) -> (below: Double, equal: Double, above: Double) {
    var below = 0.0
    var i = rank
    while i > 0 {
      below += tree[i]
      i -= i & -i
    }
    return (below, own[rank], total - below - own[rank])
  }
}

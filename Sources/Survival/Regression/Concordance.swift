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

/// Weighted pair counts, in all and per row.
private struct PairCounts {
  var concordant = 0.0
  var discordant = 0.0
  var tied = 0.0
  var tiedTime = 0.0
  var tiedBoth = 0.0
  /// Concordant less discordant pairs of each row, and all its pairs, by place in the order.
  var difference: [Double]
  var pairs: [Double]

  init(rows: Int) {
    difference = [Double](repeating: 0, count: rows)
    pairs = difference
  }

  /// One stratum: the rows in `range` of the order, by ascending time with events first.
  mutating func addStratum(_ data: TimeToEvent, score: [Double], order: StratifiedOrder, range: Range<Int>) {
    let rows = order.rows[range]
    let first = range.lowerBound
    let (byScore, scores) = ascending(rows.map { score[Int($0)] })
    var rank = [Int32](repeating: 0, count: rows.count)
    var ranks: Int32 = -1
    for (position, a) in byScore.enumerated() {
      if position == 0 || scores[position] != scores[position - 1] { ranks += 1 }
      rank[Int(a)] = ranks
    }
    let size = Int(ranks) + 1
    // a is a place within the stratum.
    func row(_ a: Int) -> Int { Int(rows[first + a]) }
    func weight(_ a: Int) -> Double { data.weights?[row(a)] ?? 1 }
    func entry(_ a: Int) -> Double { data.entry?[row(a)] ?? -.infinity }
    let byEntry = data.entry == nil ? [] : ascendingOrder(of: rows.map { data.entry?[Int($0)] ?? 0 })

    // Backward in time: for each event, who is at risk beyond it. Lower score outlives: concordant.
    var atRisk = RankedWeights(size)
    var nextEntry = byEntry.count - 1
    var end = rows.count
    while end > 0 {
      let index = order.timeIndex[first + end - 1]
      var start = end
      while start > 0, order.timeIndex[first + start - 1] == index { start -= 1 }
      let t = data.distinctTimes[Int(index)]
      while nextEntry >= 0, entry(Int(byEntry[nextEntry])) >= t {
        let a = Int(byEntry[nextEntry])
        atRisk.add(Int(rank[a]), -weight(a))
        nextEntry -= 1
      }
      var firstCensored = start
      while firstCensored < end, order.isEvent[first + firstCensored] { firstCensored += 1 }
      for a in firstCensored..<end { atRisk.add(Int(rank[a]), weight(a)) }
      for a in start..<firstCensored {
        let (below, equal, above) = atRisk.split(Int(rank[a]))
        difference[first + a] += below - above
        pairs[first + a] += below + above + equal
        concordant += weight(a) * below
        discordant += weight(a) * above
        tied += weight(a) * equal
      }
      addTiedEvents((start..<firstCensored).map { (rank[$0], weight($0)) })
      for a in start..<firstCensored { atRisk.add(Int(rank[a]), weight(a)) }
      end = start
    }

    // Forward in time: for each row, the events before it while it was under observation. Higher score of the event:
    // concordant.
    var past = RankedWeights(size)
    var start = 0
    nextEntry = 0
    func charge(_ a: Int, _ sign: Double, _ counts: inout PairCounts) {
      let (below, equal, above) = past.split(Int(rank[a]))
      counts.difference[first + a] += sign * (above - below)
      counts.pairs[first + a] += sign * (above + below + equal)
    }
    while start < rows.count {
      let index = order.timeIndex[first + start]
      let t = data.distinctTimes[Int(index)]
      // Those who entered before t, or at an earlier event time, have seen the events up to their entry and no more.
      while nextEntry < byEntry.count, entry(Int(byEntry[nextEntry])) < t {
        charge(Int(byEntry[nextEntry]), -1, &self)
        nextEntry += 1
      }
      var end = start
      while end < rows.count, order.timeIndex[first + end] == index, order.isEvent[first + end] { end += 1 }
      for a in start..<end { charge(a, 1, &self) }
      for a in start..<end { past.add(Int(rank[a]), weight(a)) }
      var censored = end
      while censored < rows.count, order.timeIndex[first + censored] == index {
        charge(censored, 1, &self)
        censored += 1
      }
      start = censored
    }
  }

  /// Pairs of events at one time, by the ranks of their scores.
  private mutating func addTiedEvents(_ events: [(rank: Int32, weight: Double)]) {
    guard events.count > 1 else { return }
    var before = 0.0
    var sameRank = 0.0
    var rank: Int32 = -1
    for event in events.sorted(by: { $0.rank < $1.rank }) {
      if event.rank != rank { sameRank = 0 }
      rank = event.rank
      tiedBoth += event.weight * sameRank
      tiedTime += event.weight * (before - sameRank)
      before += event.weight
      sameRank += event.weight
    }
  }
}

/// Weights by rank with prefix sums in O(log n): a Fenwick tree over blocks of ranks, small enough for the cache, and the
/// weights themselves within a block.
private struct RankedWeights {
  private static let blockBits = 4
  private var tree: [Double]
  private var own: [Double]
  private var total = 0.0

  init(_ size: Int) {
    tree = [Double](repeating: 0, count: (size >> RankedWeights.blockBits) + 2)
    own = [Double](repeating: 0, count: size)
  }

  mutating func add(_ rank: Int, _ weight: Double) {
    own[rank] += weight
    total += weight
    var i = (rank >> RankedWeights.blockBits) + 1
    while i < tree.count {
      tree[i] += weight
      i += i & -i
    }
  }

  /// The weight of lower, equal and higher ranks.
  func split(_ rank: Int) -> (below: Double, equal: Double, above: Double) {
    var below = 0.0
    var i = rank >> RankedWeights.blockBits
    for other in (i << RankedWeights.blockBits)..<rank { below += own[other] }
    while i > 0 {
      below += tree[i]
      i -= i & -i
    }
    return (below, own[rank], total - below - own[rank])
  }
}

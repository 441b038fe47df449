/// Weighted counts of comparable pairs, in all and per row.
struct PairCounts {
  private(set) var concordant = 0.0
  private(set) var discordant = 0.0
  private(set) var tied = 0.0
  private(set) var tiedTime = 0.0
  private(set) var tiedBoth = 0.0
  private(set) var rowConcordant: [Double]
  private(set) var rowDiscordant: [Double]
  private(set) var rowTied: [Double]

  init(rows: Int) {
    rowConcordant = [Double](repeating: 0, count: rows)
    rowDiscordant = rowConcordant
    rowTied = rowConcordant
  }

  /// Counts the pairs of one stratum; `rows` by ascending time, events first.
  mutating func addStratum(_ data: TimeToEvent, score: [Double], rows: [Int32]) {
    let stratum = Stratum(data, score: score, rows: rows)
    if data.entry == nil {
      countFollowers(stratum)
      countPredecessors(stratum)
    } else {
      countObserved(stratum)
    }
    countTiedEvents(stratum)
  }

  /// One stratum with the places of its rows in the order of scores.
  private struct Stratum {
    let data: TimeToEvent
    let rows: [Int32]
    /// Rows by ascending score, and each row's position among the distinct scores.
    let byScore: [Int32]
    let rank: [Int]
    let ranks: Int
    /// The runs of one time: first row, first row that is not an event, end.
    let runs: [(start: Int, firstCensored: Int, end: Int)]

    init(_ data: TimeToEvent, score: [Double], rows: [Int32]) {
      self.data = data
      self.rows = rows
      byScore = ascendingOrder(of: rows.map { score[Int($0)] })
      var rank = [Int](repeating: 0, count: rows.count)
      var last = -1
      var previous = Double.nan
      for position in byScore {
        let value = score[Int(rows[Int(position)])]
        if value != previous { last += 1 }
        previous = value
        rank[Int(position)] = last
      }
      self.rank = rank
      ranks = last + 1
      var runs: [(Int, Int, Int)] = []
      var start = 0
      while start < rows.count {
        let index = data.timeIndex[Int(rows[start])]
        var end = start
        while end < rows.count, data.timeIndex[Int(rows[end])] == index { end += 1 }
        let firstCensored = (start..<end).first { !data.isWeightedEvent(Int(rows[$0])) } ?? end
        runs.append((start, firstCensored, end))
        start = end
      }
      self.runs = runs
    }

    func weight(_ a: Int) -> Double { data.weights?[Int(rows[a])] ?? 1 }
  }

  /// The pairs of row a, which has the event, with those who outlive it.
  private mutating func add(_ stratum: Stratum, event a: Int, below: Double, equal: Double, above: Double) {
    let row = Int(stratum.rows[a])
    let w = stratum.weight(a)
    rowConcordant[row] += below
    rowDiscordant[row] += above
    rowTied[row] += equal
    concordant += w * below
    discordant += w * above
    tied += w * equal
  }

  /// Pairs of events at one time say nothing about order; they are counted on their own.
  private mutating func countTiedEvents(_ stratum: Stratum) {
    for run in stratum.runs {
      var eventWeight = 0.0
      var sameScore: [Int: Double] = [:]
      for a in run.start..<run.firstCensored {
        let w = stratum.weight(a)
        let same = sameScore[stratum.rank[a], default: 0]
        tiedBoth += w * same
        tiedTime += w * (eventWeight - same)
        eventWeight += w
        sameScore[stratum.rank[a]] = same + w
      }
    }
  }

  /// Without delayed entry, backward in time: for each event, those who outlive it. A lower score outlives: concordant.
  private mutating func countFollowers(_ stratum: Stratum) {
    var later = RankedWeights(stratum.ranks)
    for run in stratum.runs.reversed() {
      for a in run.firstCensored..<run.end { later.add(stratum.rank[a], stratum.weight(a)) }
      for a in run.start..<run.firstCensored {
        let (below, equal, above) = later.split(stratum.rank[a])
        add(stratum, event: a, below: below, equal: equal, above: above)
      }
      for a in run.start..<run.firstCensored { later.add(stratum.rank[a], stratum.weight(a)) }
    }
  }

  /// Without delayed entry, forward in time: for each row, the events before it. An event with a higher score: concordant.
  private mutating func countPredecessors(_ stratum: Stratum) {
    var past = RankedWeights(stratum.ranks)
    func charge(_ a: Int, _ counts: inout PairCounts) {
      let (below, equal, above) = past.split(stratum.rank[a])
      let row = Int(stratum.rows[a])
      counts.rowConcordant[row] += above
      counts.rowDiscordant[row] += below
      counts.rowTied[row] += equal
    }
    for run in stratum.runs {
      for a in run.start..<run.firstCensored { charge(a, &self) }
      for a in run.start..<run.firstCensored { past.add(stratum.rank[a], stratum.weight(a)) }
      for a in run.firstCensored..<run.end { charge(a, &self) }
    }
  }

  /// With delayed entry, forward in time with the rows under observation in a tree: every event meets those present, and
  /// leaves its weight with them.
  private mutating func countObserved(_ stratum: Stratum) {
    let data = stratum.data
    let entries = stratum.rows.map { data.entry?[Int($0)] ?? 0 }
    let byEntry = ascendingOrder(of: entries)
    var place = [Int](repeating: 0, count: stratum.rows.count)
    // Where the rows of each rank begin in the order of scores.
    var firstPlace = [Int](repeating: 0, count: stratum.ranks + 1)
    for (position, a) in stratum.byScore.enumerated() {
      place[Int(a)] = position
      firstPlace[stratum.rank[Int(a)] + 1] = position + 1
    }
    var observed = ObservedScores(stratum.rows.count)
    func leave(_ a: Int, _ counts: inout PairCounts) {
      let met = observed.remove(place[a])
      let row = Int(stratum.rows[a])
      counts.rowConcordant[row] += met.x
      counts.rowTied[row] += met.y
      counts.rowDiscordant[row] += met.z
    }
    var nextEntry = 0
    for run in stratum.runs {
      let t = data.distinctTimes[Int(data.timeIndex[Int(stratum.rows[run.start])])]
      while nextEntry < byEntry.count, entries[Int(byEntry[nextEntry])] < t {
        let a = Int(byEntry[nextEntry])
        observed.insert(place[a], weight: stratum.weight(a))
        nextEntry += 1
      }
      for a in run.start..<run.firstCensored { leave(a, &self) }
      for a in run.start..<run.firstCensored {
        let below = 0..<firstPlace[stratum.rank[a]]
        let equal = firstPlace[stratum.rank[a]]..<firstPlace[stratum.rank[a] + 1]
        let above = firstPlace[stratum.rank[a] + 1]..<stratum.rows.count
        add(
          stratum, event: a, below: observed.weight(in: below), equal: observed.weight(in: equal),
          above: observed.weight(in: above))
        let w = stratum.weight(a)
        observed.meet(below, SIMD3(w, 0, 0))
        observed.meet(equal, SIMD3(0, w, 0))
        observed.meet(above, SIMD3(0, 0, w))
      }
      for a in run.firstCensored..<run.end { leave(a, &self) }
    }
  }
}

/// Weights by rank with prefix sums in O(log n) (a Fenwick tree); rows only join.
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

/// The rows under observation, each at its place in the order of scores: the weight present in any range of places, and
/// for each row the weights of the events it has met. O(log n) each.
///
/// A row that leaves is set to nothing and the sums above it are made anew from their two halves: nothing is subtracted,
/// so a heavy row that comes and goes takes no digit of the others with it.
private struct ObservedScores {
  private let size: Int
  private var present: [Double]
  /// Per node, event weights met by every place below it: of higher, equal and lower score.
  private var met: [SIMD3<Double>]

  init(_ places: Int) {
    var size = 1
    while size < places { size *= 2 }
    self.size = size
    present = [Double](repeating: 0, count: 2 * size)
    met = [SIMD3<Double>](repeating: .zero, count: 2 * size)
  }

  mutating func insert(_ place: Int, weight: Double) {
    // What was met before does not concern this row: it is handed down to the others, and its own share dropped.
    var level = size.trailingZeroBitCount
    while level > 0 {
      let node = (place + size) >> level
      met[2 * node] += met[node]
      met[2 * node + 1] += met[node]
      met[node] = .zero
      level -= 1
    }
    met[place + size] = .zero
    set(place, weight)
  }

  /// Takes the row out; gives what it has met.
  mutating func remove(_ place: Int) -> SIMD3<Double> {
    set(place, 0)
    var sum = SIMD3<Double>.zero
    var node = place + size
    while node >= 1 {
      sum += met[node]
      node /= 2
    }
    return sum
  }

  func weight(in places: Range<Int>) -> Double {
    var sum = 0.0
    ObservedScores.forEachNode(places, size) { sum += present[$0] }
    return sum
  }

  mutating func meet(_ places: Range<Int>, _ weight: SIMD3<Double>) {
    ObservedScores.forEachNode(places, size) { met[$0] += weight }
  }

  private mutating func set(_ place: Int, _ weight: Double) {
    var node = place + size
    present[node] = weight
    while node > 1 {
      node /= 2
      present[node] = present[2 * node] + present[2 * node + 1]
    }
  }

  /// The nodes that together cover the places.
  private static func forEachNode(_ places: Range<Int>, _ size: Int, _ body: (Int) -> Void) {
    var left = places.lowerBound + size
    var right = places.upperBound + size
    while left < right {
      if left & 1 == 1 {
        body(left)
        left += 1
      }
      if right & 1 == 1 {
        right -= 1
        body(right)
      }
      left >>= 1
      right >>= 1
    }
  }
}

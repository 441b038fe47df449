/// Weighted counts of comparable pairs, in all and per row.
struct PairCounts {
  private(set) var concordant = 0.0
  private(set) var discordant = 0.0
  private(set) var tied = 0.0
  private(set) var tiedTime = 0.0
  private(set) var tiedBoth = 0.0
  /// Concordant less discordant pairs of each row, and all its pairs, by place in the order.
  private(set) var difference: [Double]
  private(set) var pairs: [Double]

  init(rows: Int) {
    difference = [Double](repeating: 0, count: rows)
    pairs = difference
  }

  /// Counts the pairs of one stratum: the places `range` of the order.
  ///
  /// - Parameter timeWeights: the weight of the pairs of each distinct time of the stratum; nil for one.
  mutating func addStratum(
    _ data: TimeToEvent, score: [Double], order: StratifiedOrder, range: Range<Int>, timeWeights: [Double]? = nil
  ) {
    let stratum = Stratum(data, score: score, order: order, range: range, timeWeights: timeWeights)
    if data.entry == nil {
      countFollowers(stratum)
      countPredecessors(stratum)
    } else {
      countObserved(stratum)
    }
    countTiedEvents(stratum)
  }

  /// One stratum with the places of its rows in the order of scores. Its rows are numbered from 0.
  private struct Stratum {
    let data: TimeToEvent
    let rows: ArraySlice<Int32>
    /// Rows by ascending score, and each row's position among the distinct scores.
    let byScore: [Int32]
    let rank: [Int32]
    let ranks: Int
    /// The runs of one time: first row, first row that is not an event, end, weight of the pairs of its events.
    let runs: [(start: Int, firstCensored: Int, end: Int, timeWeight: Double)]

    init(
      _ data: TimeToEvent, score: [Double], order: StratifiedOrder, range: Range<Int>, timeWeights: [Double]?
    ) {
      self.data = data
      rows = order.rows[range]
      let (byScore, scores) = ascending(rows.map { score[Int($0)] })
      var rank = [Int32](repeating: 0, count: rows.count)
      var last: Int32 = -1
      for (position, a) in byScore.enumerated() {
        if position == 0 || scores[position] != scores[position - 1] { last += 1 }
        rank[Int(a)] = last
      }
      self.byScore = byScore
      self.rank = rank
      ranks = Int(last) + 1
      var runs: [(Int, Int, Int, Double)] = []
      var start = range.lowerBound
      while start < range.upperBound {
        let index = order.timeIndex[start]
        var firstCensored = start
        var end = start
        while end < range.upperBound, order.timeIndex[end] == index {
          if order.isEvent[end] { firstCensored += 1 }
          end += 1
        }
        runs.append(
          (
            start - range.lowerBound, firstCensored - range.lowerBound, end - range.lowerBound,
            timeWeights?[runs.count] ?? 1
          ))
        start = end
      }
      self.runs = runs
    }

    /// Place in the whole order.
    func place(_ a: Int) -> Int { rows.startIndex + a }

    func weight(_ a: Int) -> Double { data.weights?[Int(rows[rows.startIndex + a])] ?? 1 }
  }

  /// The pairs of row a, which has the event, with those who outlive it.
  private mutating func add(
    _ stratum: Stratum, event a: Int, timeWeight: Double, below: Double, equal: Double, above: Double
  ) {
    let w = stratum.weight(a) * timeWeight
    difference[stratum.place(a)] += timeWeight * (below - above)
    pairs[stratum.place(a)] += timeWeight * (below + above + equal)
    concordant += w * below
    discordant += w * above
    tied += w * equal
  }

  /// Pairs of events at one time say nothing about order; they are counted on their own.
  private mutating func countTiedEvents(_ stratum: Stratum) {
    for run in stratum.runs where run.firstCensored - run.start > 1 {
      var before = 0.0
      var same = 0.0
      var previous: Int32 = -1
      for a in (run.start..<run.firstCensored).sorted(by: { stratum.rank[$0] < stratum.rank[$1] }) {
        if stratum.rank[a] != previous { same = 0 }
        previous = stratum.rank[a]
        let w = stratum.weight(a)
        tiedBoth += run.timeWeight * w * same
        tiedTime += run.timeWeight * w * (before - same)
        before += w
        same += w
      }
    }
  }

  /// Without delayed entry, backward in time: for each event, those who outlive it. A lower score outlives: concordant.
  private mutating func countFollowers(_ stratum: Stratum) {
    var later = RankedWeights(stratum.ranks)
    for run in stratum.runs.reversed() {
      for a in run.firstCensored..<run.end { later.add(Int(stratum.rank[a]), stratum.weight(a)) }
      for a in run.start..<run.firstCensored {
        let (below, equal, above) = later.split(Int(stratum.rank[a]))
        add(stratum, event: a, timeWeight: run.timeWeight, below: below, equal: equal, above: above)
      }
      for a in run.start..<run.firstCensored { later.add(Int(stratum.rank[a]), stratum.weight(a)) }
    }
  }

  /// Without delayed entry, forward in time: for each row, the events before it. An event with a higher score: concordant.
  private mutating func countPredecessors(_ stratum: Stratum) {
    var past = RankedWeights(stratum.ranks)
    func charge(_ a: Int, _ counts: inout PairCounts) {
      let (below, equal, above) = past.split(Int(stratum.rank[a]))
      counts.difference[stratum.place(a)] += above - below
      counts.pairs[stratum.place(a)] += above + below + equal
    }
    for run in stratum.runs {
      for a in run.start..<run.firstCensored { charge(a, &self) }
      for a in run.start..<run.firstCensored { past.add(Int(stratum.rank[a]), run.timeWeight * stratum.weight(a)) }
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
      firstPlace[Int(stratum.rank[Int(a)]) + 1] = position + 1
    }
    var observed = ObservedScores(stratum.rows.count)
    func leave(_ a: Int, _ counts: inout PairCounts) {
      let met = observed.remove(place[a])
      counts.difference[stratum.place(a)] += met.x - met.z
      counts.pairs[stratum.place(a)] += met.x + met.y + met.z
    }
    var nextEntry = 0
    for run in stratum.runs {
      let t = data.time[Int(stratum.rows[stratum.place(run.start)])]
      while nextEntry < byEntry.count, entries[Int(byEntry[nextEntry])] < t {
        let a = Int(byEntry[nextEntry])
        observed.insert(place[a], weight: stratum.weight(a))
        nextEntry += 1
      }
      for a in run.start..<run.firstCensored { leave(a, &self) }
      for a in run.start..<run.firstCensored {
        let rank = Int(stratum.rank[a])
        let below = 0..<firstPlace[rank]
        let equal = firstPlace[rank]..<firstPlace[rank + 1]
        let above = firstPlace[rank + 1]..<stratum.rows.count
        add(
          stratum, event: a, timeWeight: run.timeWeight, below: observed.weight(in: below),
          equal: observed.weight(in: equal), above: observed.weight(in: above))
        let w = run.timeWeight * stratum.weight(a)
        observed.meet(below, SIMD3(w, 0, 0))
        observed.meet(equal, SIMD3(0, w, 0))
        observed.meet(above, SIMD3(0, 0, w))
      }
      for a in run.firstCensored..<run.end { leave(a, &self) }
    }
  }
}

/// Weights by rank with prefix sums in O(log n): a Fenwick tree over blocks of ranks, small enough for the cache, and the
/// weights themselves within a block. Rows only join.
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
    forEachTreeNode(from: places.lowerBound, to: places.upperBound, of: size) { sum += present[$0] }
    return sum
  }

  mutating func meet(_ places: Range<Int>, _ weight: SIMD3<Double>) {
    forEachTreeNode(from: places.lowerBound, to: places.upperBound, of: size) { met[$0] += weight }
  }

  private mutating func set(_ place: Int, _ weight: Double) {
    var node = place + size
    present[node] = weight
    while node > 1 {
      node /= 2
      present[node] = present[2 * node] + present[2 * node + 1]
    }
  }
}

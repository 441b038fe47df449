/// Observed, expected and covariance of a log-rank test, summed over event times.
struct LogRankSums: Sendable {
  private let size: Int
  /// Whether every weight is 1, so that the weighted sums are the plain ones.
  private let isUnweighted: Bool
  private(set) var areFinite = true
  private var observed: [Double]
  private var expected: [CompensatedSum]
  private var weightedObserved: [CompensatedSum]
  private var weightedExpected: [CompensatedSum]
  /// The upper triangle by rows.
  private var covariance: [CompensatedSum]

  init(groups size: Int, isUnweighted: Bool) {
    self.size = size
    self.isUnweighted = isUnweighted
    observed = [Double](repeating: 0, count: size)
    expected = [CompensatedSum](repeating: CompensatedSum(), count: size)
    weightedObserved = isUnweighted ? [] : expected
    weightedExpected = weightedObserved
    covariance = [CompensatedSum](repeating: CompensatedSum(), count: size * (size + 1) / 2)
  }

  mutating func add(_ counts: RiskSetCounts, weight: Double) {
    areFinite = areFinite && weight.isFinite
    let n = counts.totalAtRisk
    let d = counts.totalEvents
    let spread = n > 1 ? weight * weight * d * (n - d) / (n - 1) : 0
    var place = 0
    for g in 0..<size {
      defer { place += size - g }
      guard counts.atRisk[g] > 0 else { continue }
      let share = counts.atRisk[g] / n
      observed[g] += counts.events[g]
      expected[g].add(d * share)
      if !isUnweighted {
        weightedObserved[g].add(weight * counts.events[g])
        weightedExpected[g].add(weight * d * share)
      }
      guard spread > 0 else { continue }
      for h in g..<size where counts.atRisk[h] > 0 {
        // n_g/n (1 - n_g/n) as a product of counts: the difference of two shares would lose digits.
        let term = g == h ? share * (n - counts.atRisk[g]) / n : -share * counts.atRisk[h] / n
        covariance[place + h - g].add(spread * term)
      }
    }
  }

  /// Adds the unweighted sums of later event times.
  private mutating func add(_ other: LogRankSums) {
    for g in observed.indices {
      observed[g] += other.observed[g]
      expected[g].add(other.expected[g])
    }
    for i in covariance.indices { covariance[i].add(other.covariance[i]) }
  }

  /// The sums of two unweighted groups over a range of times, without arrays in the loop.
  static func ofTwo(_ counts: GroupedCounts, _ walk: GroupedCounts.Walk, piece: Int) -> LogRankSums {
    var n0 = counts.totals[0] - walk.leftBefore[piece][0]
    var n1 = counts.totals[1] - walk.leftBefore[piece][1]
    var (observed0, observed1) = (0, 0)
    var (expected0, expected1, variance) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for k in walk.pieces[piece] {
      var (left0, left1, events0, events1) = (0, 0, 0, 0)
      for place in walk.places(k) {
        let code = Int(walk.codes[place])
        left0 += 1 - code >> 1
        left1 += code >> 1
        events0 += code & 1 & ~(code >> 1)
        events1 += code & (code >> 1)
      }
      if events0 + events1 > 0 {
        observed0 += events0
        observed1 += events1
        let (r0, r1, d) = (Double(n0), Double(n1), Double(events0 + events1))
        let n = r0 + r1
        expected0.add(d * (r0 / n))
        expected1.add(d * (r1 / n))
        // One group alone adds nothing.
        if n > 1 { variance.add(d * (n - d) / (n - 1) * ((r0 / n) * r1 / n)) }
      }
      n0 -= left0
      n1 -= left1
    }
    var sums = LogRankSums(groups: 2, isUnweighted: true)
    sums.observed = [Double(observed0), Double(observed1)]
    sums.expected = [expected0, expected1]
    sums.covariance = [variance, variance.negated, variance]
    return sums
  }

  /// Observed, expected, their weighted sums and the covariance by rows.
  var values:
    (
      observed: [Double], expected: [Double], weightedObserved: [Double], weightedExpected: [Double],
      covariance: [Double]
    )
  {
    let plain = expected.map(\.value)
    var full = [Double](repeating: 0, count: size * size)
    var place = 0
    for g in 0..<size {
      for h in g..<size {
        full[g * size + h] = covariance[place].value
        full[h * size + g] = full[g * size + h]
        place += 1
      }
    }
    return (
      observed, plain, isUnweighted ? observed : weightedObserved.map(\.value),
      isUnweighted ? plain : weightedExpected.map(\.value), full
    )
  }
}

extension LogRankSums {
  /// The sums over all event times of the data.
  init(_ data: TimeToEvent, groups: Grouping, strata: Grouping?, weighting: LogRankWeighting) {
    let size = groups.count
    let isUnweighted = weighting.isUnweighted
    if isUnweighted, size == 2, strata == nil, let counts = data.groupedCounts(JointCodes(groups: groups)),
      case .walk(let walk) = counts.form
    {
      let parts = concurrentMap(walk.pieces.count) { LogRankSums.ofTwo(counts, walk, piece: $0) }
      self = parts[0]
      for part in parts.dropFirst() { add(part) }
      return
    }
    var sums = LogRankSums(groups: size, isUnweighted: isUnweighted)
    var weights = WeightWalk(weighting)
    forEachEventTime(data, groups: groups, strata: strata) { stratum, counts in
      sums.add(counts, weight: weights.next(stratum: stratum, counts))
    }
    self = sums
  }
}

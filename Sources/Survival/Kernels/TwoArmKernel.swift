/// The log-rank statistic and the Cox estimate of one trial of two arms, for trials by the thousand: room for one trial, made
/// once and used again.
///
/// Of two arms the partial likelihood is a function of one number b through the counts at risk alone. Efron's correction of d
/// tied events takes l/d of them from the risk set, l = 0 … d − 1: the counts (n₀ − (l/d) d₀, n₁ − (l/d) d₁), so that every
/// event has one row of counts, and
///
///     U(b) = O₁ − Σ p,  I(b) = Σ p (1 − p),  p = n₁ eᵇ / (n₀ + n₁ eᵇ).
///
/// Without ties U(0) and I(0) are the log-rank test's O − E and V. Halley's steps (the derivative of I is one more sum) reach
/// the last digit in two or three passes from 0; a step that leaves the interval in which U changes sign is replaced by its middle.
struct TwoArmKernel: ~Copyable {
  private var order: TwoArmOrder
  /// Counts at risk, one row per event; filled up to whole vectors.
  private let n0: UnsafeMutablePointer<Double>
  private let n1: UnsafeMutablePointer<Double>
  private let isEfron: Bool
  private let tolerance: Double
  private let near: UInt64

  private typealias Lanes = SIMD8<Double>
  private static let lanes = 8

  init(capacity: Int, isEfron: Bool, tieTolerance: Double) {
    order = TwoArmOrder(capacity: capacity)
    n0 = .allocate(capacity: capacity + TwoArmKernel.lanes)
    n1 = .allocate(capacity: capacity + TwoArmKernel.lanes)
    self.isEfron = isEfron
    tolerance = tieTolerance
    // Two numbers within the relative tolerance have at most this many representable numbers from one to the other.
    near = UInt64(tieTolerance * 0x1p53 * 1.02) + 2
  }

  deinit {
    n0.deallocate()
    n1.deallocate()
  }

  /// - Returns: nil when a time is no finite number of 0 or more; `refusedRow` is the first such row.
  mutating func analyse(
    _ time: UnsafePointer<Double>, _ isEvent: UnsafePointer<Bool>, _ arm: UnsafePointer<Bool>, count n: Int,
    refusedRow: inout Int
  ) -> TwoArmTrial? {
    precondition(n <= order.capacity)
    let sorted = order.sort(time, isEvent, arm, count: n)
    if case .refused(let row) = sorted {
      refusedRow = row
      return nil
    }
    var experimental = 0
    for i in 0..<n { experimental &+= arm[i] ? 1 : 0 }
    var counts = Counts(control: n - experimental, experimental: experimental)
    let isTied: Bool
    if case .keyed = sorted { isTied = order.hasNeighbours(within: near, count: n) } else { isTied = true }
    if isTied {
      if case .keyed = sorted { order.spread(count: n) }
      walkTies(&counts, count: n)
    } else {
      walk(&counts, count: n)
    }
    for i in counts.rows..<(counts.rows + TwoArmKernel.lanes) { (n0[i], n1[i]) = (1, 0) }
    var sums = sums(at: 1, rows: counts.rows)
    if !isTied { (counts.expected, counts.variance) = (sums.p, sums.spread) }
    return estimate(counts, &sums)
  }

  private struct Counts {
    let control: Int
    let experimental: Int
    /// Events, all and of the experimental arm.
    var rows = 0
    var observed = 0.0
    var expected = 0.0
    var variance = 0.0
    /// Rows in which the experimental arm is at risk, and in which it alone is.
    var experimentalAtRisk = 0
    var experimentalAlone = 0

    init(control: Int, experimental: Int) {
      self.control = control
      self.experimental = experimental
    }
  }

  /// No two times are one: every event is a row.
  private func walk(_ counts: inout Counts, count n: Int) {
    var atRisk0 = Double(counts.control)
    var atRisk1 = Double(counts.experimental)
    var rows = 0
    var events1 = 0
    for i in 0..<n {
      let code = order.code(at: i)
      n0[rows] = atRisk0
      n1[rows] = atRisk1
      let arm = Int(code & TwoArmOrder.experimental)
      let event = Int(code >> 1)
      rows &+= event
      events1 &+= event & arm
      atRisk1 -= Double(arm)
      atRisk0 -= Double(1 &- arm)
    }
    counts.rows = rows
    counts.observed = Double(events1)
    // Counts at risk fall: the rows without one arm stand at the end.
    counts.experimentalAtRisk = rows - (0..<rows).reversed().prefix { n1[$0] == 0 }.count
    counts.experimentalAlone = (0..<rows).reversed().prefix { n0[$0] == 0 }.count
  }

  private func walkTies(_ counts: inout Counts, count n: Int) {
    var (atRisk0, atRisk1) = (Double(counts.control), Double(counts.experimental))
    var start = 0
    while start < n {
      var leaving = (0.0, 0.0, 0.0, 0.0)
      var end = start
      repeat {
        switch order.codes[end] {
        case 0: leaving.0 += 1
        case TwoArmOrder.experimental: leaving.1 += 1
        case TwoArmOrder.event: leaving.2 += 1
        default: leaving.3 += 1
        }
        end += 1
      } while end < n && isOneTime(order.bits[end - 1], order.bits[end])
      let (d0, d1) = (leaving.2, leaving.3)
      let d = d0 + d1
      if d > 0 {
        let total = atRisk0 + atRisk1
        let share = atRisk1 / total
        counts.observed += d1
        counts.expected += d * share
        if total > 1 { counts.variance += d * (total - d) / (total - 1) * share * (atRisk0 / total) }
        if atRisk1 > 0 { counts.experimentalAtRisk += Int(d) }
        if atRisk0 == 0 { counts.experimentalAlone += Int(d) }
        for l in 0..<Int(d) {
          let gone = isEfron ? Double(l) / d : 0
          n0[counts.rows] = atRisk0 - gone * d0
          n1[counts.rows] = atRisk1 - gone * d1
          counts.rows += 1
        }
      }
      atRisk0 -= leaving.0 + leaving.2
      atRisk1 -= leaving.1 + leaving.3
      start = end
    }
  }

  /// The rule of `TimeToEvent`.
  private func isOneTime(_ previous: UInt64, _ next: UInt64) -> Bool {
    guard next - previous <= near else { return false }
    let value = Double(bitPattern: next)
    return !(value - Double(bitPattern: previous) > tolerance * value)
  }

  private struct Sums {
    var p: Double
    /// Σ p (1 − p), and its derivative.
    var spread: Double
    var slope: Double
  }

  private func sums(at ratio: Double, rows: Int) -> Sums {
    var (p, spread, slope) = (Lanes.zero, Lanes.zero, Lanes.zero)
    let (counts0, counts1) = (UnsafeRawPointer(n0), UnsafeRawPointer(n1))
    for offset in stride(from: 0, to: rows * 8, by: TwoArmKernel.lanes * 8) {
      let a = counts0.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
      let b = counts1.loadUnaligned(fromByteOffset: offset, as: Lanes.self) * ratio
      let inverse = 1 / (a + b)
      let share = b * inverse
      let rest = a * inverse
      let product = share * rest
      p += share
      spread += product
      slope += product * (rest - share)
    }
    return Sums(p: p.sum(), spread: spread.sum(), slope: slope.sum())
  }

  private func estimate(_ counts: Counts, _ sums: inout Sums) -> TwoArmTrial {
    var trial = TwoArmTrial(
      controlCount: counts.control, experimentalCount: counts.experimental,
      controlEvents: counts.rows - Int(counts.observed), experimentalEvents: Int(counts.observed),
      expected: counts.expected, variance: counts.variance)
    // U falls from its limit at −∞ to its limit at +∞, both whole numbers; an estimate needs a change of sign.
    let isTop = Int(counts.observed) == counts.experimentalAtRisk
    let isBottom = Int(counts.observed) == counts.experimentalAlone
    switch (isBottom, isTop) {
    case (true, true): trial.estimate = .undetermined
    case (true, false): trial.estimate = .minusInfinity
    case (false, true): trial.estimate = .plusInfinity
    case (false, false):
      trial.estimate = .finite
      (trial.logHazardRatio, trial.standardError) = maximum(counts, &sums)
    }
    return trial
  }

  private func maximum(_ counts: Counts, _ sums: inout Sums) -> (Double, Double) {
    var b = 0.0
    var (low, high) = (-Double.infinity, Double.infinity)
    for _ in 0..<200 {
      let score = counts.observed - sums.p
      if score > 0 { low = b } else { high = b }
      let newton = score / sums.spread
      let bend = 1 + sums.slope * newton / (2 * sums.spread)
      // Derivatives of I are below I in size, so that within 1 the bend is above 1/2; longer steps are cut.
      var step = abs(newton) <= 1 ? newton / bend : (newton > 0 ? 1 : -1)
      // The error left is of the third power of the step; that of the information of the second.
      if abs(step) <= 1e-6 {
        return (b + step, 1 / (sums.spread + sums.slope * step).squareRoot())
      }
      if !(b + step > low && b + step < high) { step = (low + high) / 2 - b }
      b += step
      sums = self.sums(at: exponential(b), rows: counts.rows)
    }
    return (b, 1 / sums.spread.squareRoot())
  }
}

extension TwoArmKernel {
  /// - Returns: nil when a time is no finite number of 0 or more; `refusedRow` is then the first such row of the slice.
  mutating func analyse(
    _ time: ArraySlice<Double>, _ isEvent: ArraySlice<Bool>, _ isExperimental: ArraySlice<Bool>, refusedRow: inout Int
  ) -> TwoArmTrial? {
    precondition(isEvent.count == time.count && isExperimental.count == time.count)
    return time.withUnsafeBufferPointer { t in
      isEvent.withUnsafeBufferPointer { e in
        isExperimental.withUnsafeBufferPointer { a in
          guard let t0 = t.baseAddress, let e0 = e.baseAddress, let a0 = a.baseAddress else { return nil }
          return analyse(t0, e0, a0, count: t.count, refusedRow: &refusedRow)
        }
      }
    }
  }
}

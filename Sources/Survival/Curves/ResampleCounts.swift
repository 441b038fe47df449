/// Where each row of the data falls on the distinct times of its arm: what a resample's curves are counted on.
struct ResamplePlaces: Sendable {
  /// Distinct times of each arm, ascending.
  let times: [[Double]]
  /// The first slot of each arm; a slot is one distinct time of one arm.
  let firstSlots: [Int]
  /// Per row, twice the slot at which it leaves, plus 1 for an event.
  private let places: [Int32]
  /// Per row, the last slot of its arm at which it has not entered yet; −1 where it is at risk from the arm's first time on.
  private let lateSlots: [Int32]?
  private let weights: [Double]?

  /// O(n) after the data's own order.
  init(_ data: TimeToEvent, by grouping: Grouping?) {
    times = EventTable.tables(data, by: grouping).map(\.time)
    var firstSlots = [0]
    for arm in times { firstSlots.append(firstSlots[firstSlots.count - 1] + arm.count) }
    var places = [Int32](repeating: 0, count: data.count)
    var cursor = [Int](repeating: -1, count: times.count)
    for row in data.order {
      let i = Int(row)
      let arm = Int(grouping?.codes[i] ?? 0)
      if cursor[arm] < 0 || times[arm][cursor[arm]] != data.time[i] { cursor[arm] += 1 }
      places[i] = Int32(2 * (firstSlots[arm] + cursor[arm]) + (data.isEvent[i] ? 1 : 0))
    }
    self.places = places
    let (times, starts) = (times, firstSlots)
    lateSlots = data.entry.map { entry in
      entry.enumerated().map { row, start in
        let arm = Int(grouping?.codes[row] ?? 0)
        let late = upperBound(times[arm], start)
        return late == 0 ? -1 : Int32(starts[arm] + late - 1)
      }
    }
    self.firstSlots = starts
    weights = data.weights
  }

  /// Counts of one resample, and room for one curve of it. One value serves many resamples in turn.
  struct Counts {
    /// Weight of the censorings and of the events at each slot, in turn.
    fileprivate var leaving: [Double]
    /// Weight of those whose last slot before entry this is.
    fileprivate var late: [Double]
    fileprivate var atRisk: [Double]
    var curve = ResampledCurve()

    init(_ places: ResamplePlaces) {
      let slots = places.firstSlots[places.times.count]
      leaving = [Double](repeating: 0, count: 2 * slots)
      late = [Double](repeating: 0, count: places.lateSlots == nil ? 0 : slots)
      atRisk = [Double](repeating: 0, count: slots)
    }

    mutating func clear() {
      for k in leaving.indices { leaving[k] = 0 }
      for k in late.indices { late[k] = 0 }
    }
  }

  @inline(__always)
  func add(_ row: Int, to counts: inout Counts) {
    let weight = weights?[row] ?? 1
    counts.leaving[Int(places[row])] += weight
    if let lateSlots, lateSlots[row] >= 0 { counts.late[Int(lateSlots[row])] += weight }
  }

  /// The curve of one arm in `counts.curve`: as Kaplan–Meier's, at the times of its events only. O(distinct times).
  func readCurve(of arm: Int, from counts: inout Counts) {
    counts.curve.clear()
    let slots = firstSlots[arm]..<firstSlots[arm + 1]
    countAtRisk(slots, &counts)
    guard let last = slots.last(where: { counts.leaving[2 * $0] + counts.leaving[2 * $0 + 1] > 0 }) else { return }
    let time = times[arm]
    counts.curve.lastTime = time[last - slots.lowerBound]
    let isWeighted = weights != nil
    var s = 1.0
    for k in slots.lowerBound...last {
      let d = counts.leaving[2 * k + 1]
      guard d > 0 else { continue }
      let n = counts.atRisk[k]
      s = EventTable.isLast(atRisk: n, events: d, isWeighted: isWeighted) ? 0 : s * ((n - d) / n)
      counts.curve.append(time[k - slots.lowerBound], s)
    }
  }

  private func countAtRisk(_ slots: Range<Int>, _ counts: inout Counts) {
    func leaving(_ k: Int) -> Double { counts.leaving[2 * k] + counts.leaving[2 * k + 1] }
    guard weights == nil else {
      var running = CompensatedSum()
      for k in slots.reversed() {
        running.add(leaving(k))
        if lateSlots != nil { running.add(-counts.late[k]) }
        counts.atRisk[k] = running.value
      }
      return
    }
    // Whole numbers: nothing is lost.
    var running = 0.0
    for k in slots.reversed() {
      running += leaving(k)
      if lateSlots != nil { running -= counts.late[k] }
      counts.atRisk[k] = running
    }
  }
}

/// A curve at the times of its events, with the last time of anybody.
struct ResampledCurve {
  private var time: [Double] = []
  private var survival: [Double] = []
  /// NaN where the resample has nobody in the arm.
  fileprivate(set) var lastTime = Double.nan

  fileprivate mutating func clear() {
    time.removeAll(keepingCapacity: true)
    survival.removeAll(keepingCapacity: true)
    lastTime = .nan
  }

  fileprivate mutating func append(_ t: Double, _ s: Double) {
    time.append(t)
    survival.append(s)
  }

  /// NaN without anybody; exactly tau where nobody has the event by then.
  func restrictedMean(to tau: Double) -> Double {
    lastTime.isNaN ? .nan : RestrictedMean.area(time, survival, to: tau)
  }

  /// Whether the area up to tau carries a last value above 0 forward.
  func isCarriedForward(to tau: Double) -> Bool { tau > lastTime && (survival.last ?? 1) > 0 }

  /// Each quantile by the rule: infinite where the curve does not reach it, NaN without anybody.
  mutating func quantiles(_ probabilities: [Double], rule: QuantileRule) -> [Double] {
    guard !lastTime.isNaN else { return probabilities.map { _ in .nan } }
    // The rules read the last time of the group off the end of the curve.
    if time.last != lastTime { append(lastTime, survival.last ?? 1) }
    return probabilities.map { rule.crossing(time, survival, $0) ?? .infinity }
  }
}

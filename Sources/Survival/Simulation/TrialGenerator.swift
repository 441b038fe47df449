/// Draws the rows of simulated trials: room for one, made once and used again.
///
/// Every replicate has a generator of its own, SplitMix64 from the seed and the replicate's number, and every subject three
/// numbers u of it in (0, 1), whatever the scenario makes of them: entry, event, dropout; control subjects first. So a replicate is the same
/// whichever others are drawn, and scenarios that share a seed share their chances. u = (k + ½)/2⁵³ with k the leading 53 bits.
/// All times are by inversion: an event at the time at which the cumulative hazard is −ln u.
struct TrialGenerator {
  let scenario: TrialScenario
  private let events: [EventTimes]
  private let entries: InverseIntegral
  private let entryTotal: Double

  /// Calendar time of entry of all subjects, times since entry to event and dropout.
  private var entry: [Double]
  private var toEvent: [Double]
  private var toDropout: [Double]
  private var calendar: [Double] = []

  // The rows as they are analysed.
  private(set) var time: [Double]
  private(set) var isEvent: [Bool]
  private(set) var isExperimental: [Bool]
  private(set) var entryTime: [Double]
  private(set) var analysisTime = 0.0
  /// Whether the number of events of an event-driven analysis was reached.
  private(set) var reachedEvents = true

  init(_ scenario: TrialScenario) {
    self.scenario = scenario
    events = [
      EventTimes(scenario.control, hazardRatio: nil), EventTimes(scenario.control, hazardRatio: scenario.hazardRatio),
    ]
    entries = scenario.accrualRate.inverse()
    entryTotal = scenario.accrualRate.integral(to: scenario.accrual)
    let n = scenario.count
    entry = [Double](repeating: 0, count: n)
    toEvent = entry
    toDropout = entry
    time = []
    isEvent = []
    isExperimental = []
    entryTime = []
    time.reserveCapacity(n)
    isEvent.reserveCapacity(n)
    isExperimental.reserveCapacity(n)
    entryTime.reserveCapacity(n)
  }

  mutating func draw(seed: UInt64, replicate: Int) {
    var random = SplitMix64(seed: seed, replicate: replicate)
    for i in 0..<scenario.count {
      let isExperimental = i >= scenario.controlCount
      let (u, v, w) = (random.nextOpenUnit(), random.nextOpenUnit(), random.nextOpenUnit())
      entry[i] = entryTotal > 0 ? min(entries(u * entryTotal), scenario.accrual) : 0
      toEvent[i] = events[isExperimental ? 1 : 0](-logarithm(v))
      let dropout = isExperimental ? scenario.experimentalDropout : scenario.controlDropout
      toDropout[i] = dropout > 0 ? -logarithm(w) / dropout : .infinity
    }
    analysisTime = cutoff()
    observe()
  }

  /// The calendar time of the analysis.
  private mutating func cutoff() -> Double {
    switch scenario.analysis {
    case .followUp(let time): return scenario.accrual + time
    case .duration(let time): return time
    case .events(let wanted, let latest):
      calendar.removeAll(keepingCapacity: true)
      for i in entry.indices where toEvent[i] <= toDropout[i] && toEvent[i].isFinite {
        calendar.append(entry[i] + toEvent[i])
      }
      reachedEvents = calendar.count >= wanted
      let last: Double
      if reachedEvents {
        last = kthSmallest(&calendar, wanted - 1)
      } else {
        // Nobody is left once the last has had the event or dropped out; one without either is followed for ever.
        last = entry.indices.reduce(0) { max($0, entry[$1] + min(toEvent[$1], toDropout[$1])) }
      }
      guard let latest, last > latest else { return last }
      reachedEvents = false
      return latest
    }
  }

  private mutating func observe() {
    time.removeAll(keepingCapacity: true)
    isEvent.removeAll(keepingCapacity: true)
    isExperimental.removeAll(keepingCapacity: true)
    entryTime.removeAll(keepingCapacity: true)
    let isEventDriven = if case .events = scenario.analysis { true } else { false }
    for i in entry.indices {
      let left = analysisTime - entry[i]
      // Who enters at the very end has not been under observation.
      guard left > 0 else { continue }
      let own = min(toEvent[i], toDropout[i])
      // The event that ends the trial counts, whatever the rounding of the difference.
      let isSeen = isEventDriven ? entry[i] + own <= analysisTime : own <= left
      time.append(isSeen ? own : left)
      isEvent.append(isSeen && toEvent[i] <= toDropout[i])
      isExperimental.append(i >= scenario.controlCount)
      entryTime.append(entry[i])
    }
  }
}

/// Event times by inversion of the cumulative hazard.
private struct EventTimes: Sendable {
  /// From the cumulative hazard with the hazard ratio to that without, and on to time.
  private let ratio: InverseIntegral?
  private let piecewise: InverseIntegral?
  private let shape: Double
  private let scale: Double

  init(_ control: TrialScenario.ControlHazard, hazardRatio: PiecewiseConstant?) {
    switch control {
    case .piecewise(let hazard):
      piecewise = hazard.inverse()
      (shape, scale) = (1, 1)
      ratio = hazardRatio?.inverse { hazard.integral(to: $0) }
    case .weibull(let shape, let scale):
      piecewise = nil
      (self.shape, self.scale) = (shape, scale)
      ratio = hazardRatio?.inverse { power($0 / scale, shape) }
    }
  }

  func callAsFunction(_ cumulative: Double) -> Double {
    let own = ratio.map { $0(cumulative) } ?? cumulative
    guard own.isFinite else { return .infinity }
    if let piecewise { return piecewise(own) }
    return scale * (shape == 1 ? own : power(own, 1 / shape))
  }
}

extension SplitMix64 {
  /// A number in (0, 1), neither end included.
  mutating func nextOpenUnit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
}

/// The k-th smallest value, k from 0; rearranges the values. O(n) on average (Hoare, Comm ACM 1961;4:321–322).
func kthSmallest(_ values: inout [Double], _ k: Int) -> Double {
  var (low, high) = (0, values.count - 1)
  while low < high {
    let pivot = values[(low + high) / 2]
    var (i, j) = (low, high)
    while i <= j {
      while values[i] < pivot { i += 1 }
      while values[j] > pivot { j -= 1 }
      if i <= j {
        values.swapAt(i, j)
        i += 1
        j -= 1
      }
    }
    if k <= j { high = j } else if k >= i { low = i } else { break }
  }
  return values[k]
}

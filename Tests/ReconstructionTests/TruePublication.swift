import Survival

@testable import Reconstruction

/// Numbers for the tests, the same in every run.
struct TestGenerator {
  private var state: UInt64
  init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// Uniform in (0, 1).
  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The low bits of this generator repeat early: mix the high ones in.
    let mixed = (state ^ (state >> 29)) &* 0xBF58_476D_1CE4_E5B9
    return (Double(mixed >> 11) + 0.5) / 9_007_199_254_740_992
  }

  mutating func chance(_ p: Double) -> Bool { uniform() < p }
  mutating func pick<T>(_ choices: [T]) -> T { choices[min(choices.count - 1, Int(uniform() * Double(choices.count)))] }
}

/// Rows that somebody could have observed, and what a paper would print of them: every fact is true.
struct TruePublication {
  let facts: ArmFacts
  let rows: [(time: Double, isEvent: Bool)]

  /// Small and large arms, continuous times and times on a lattice (many at one time, also at those of the numbers at risk),
  /// no censoring, all censored, heavy early censoring; readings on a grid, at the corners or anywhere, off by up to their
  /// largest error.
  init(seed: Int) {
    var random = TestGenerator(seed)
    let subjects = random.pick([1, 2, 3, 5, 12, 40, 150, 400])
    let lattice = random.pick([0, 0, 0.25, 1, 4])
    let censoring = random.pick(["none", "all", "even", "early", "late"])
    func placed(_ t: Double) -> Double {
      lattice > 0 ? (t / lattice).rounded(.up) * lattice : (t * 1e4).rounded() / 1e4
    }
    rows = (0..<subjects).map { _ in
      let event = placed(-8 * logarithm(random.uniform()))
      let end =
        switch censoring {
        case "none": Double.infinity
        case "all": 0.0
        case "even": placed(2 + 20 * random.uniform())
        case "early": placed(random.chance(0.5) ? 3 * random.uniform() : 25 * random.uniform())
        default: 24.0
        }
      // Among those all censored the time of censoring is what would have been that of the event.
      if censoring == "all" { return (event, false) }
      return event <= end ? (event, true) : (end, false)
    }
    let rows = rows
    let last = rows.map(\.time).max() ?? 0
    let step = random.pick([1.0, 2, 3, 4, 6])
    let grid = stride(from: random.chance(0.8) ? 0 : step, through: last + step, by: step).map { $0 }
    let kept = grid.filter { _ in random.chance(0.9) }
    let atRisk =
      random.chance(0.15) ? [] : kept.map { t in ArmFacts.AtRisk(time: t, count: rows.filter { $0.time >= t }.count) }
    let error = random.pick([0, 0.001, 0.005, 0.015, 0.03])
    let curve = TruePublication.curve(rows)
    var times: [Double]
    switch random.pick(["grid", "fine", "corners", "anywhere"]) {
    case "grid": times = Array(stride(from: 0, through: last, by: step))
    case "fine": times = Array(stride(from: 0, through: last, by: max(0.25, last / 150)))
    case "corners": times = [0] + curve.map(\.time)
    default: times = (0..<random.pick([1, 5, 40])).map { _ in last * random.uniform() }
    }
    let isToEnd = random.chance(0.5)
    if isToEnd { times.append(last) }
    var readings: [ArmFacts.Reading] = []
    func read(_ time: Double, _ s: Double) {
      // Three decimals where that keeps the reading within its error.
      let off = s + (2 * random.uniform() - 1) * max(0, error - 0.0005)
      let rounded = error >= 0.0005 ? (off * 1000).rounded() / 1000 : off
      readings.append(.init(time: time, survival: min(1, max(0, rounded))))
    }
    for time in times {
      let after = TruePublication.survival(curve, time)
      // Sometimes the upper end of the stroke too, or a click in the middle of it.
      if random.chance(0.3), time > 0 {
        let before = TruePublication.survival(curve, time.nextDown)
        read(time, random.chance(0.5) ? before : after + (before - after) * random.uniform())
      }
      read(time, after)
    }
    let median = curve.first { $0.survival < 0.5 - 1e-9 }.flatMap { below -> Double? in
      let half = curve.first { $0.survival <= 0.5 + 1e-9 }?.time ?? below.time
      let printed = ((half + below.time) / 2 * 10).rounded() / 10
      return printed > 0 && random.chance(0.5) ? printed : nil
    }
    facts = ArmFacts(
      arm: "a", subjects: subjects, events: random.chance(0.8) ? rows.filter(\.isEvent).count : nil, median: median,
      atRisk: atRisk, readings: readings, isReadToEnd: isToEnd, readingError: max(error / 3, 1e-4),
      largestReadingError: error)
  }

  /// S just after each event time, by hand: n at risk there, an event before a censoring at the same time.
  static func curve(_ rows: [(time: Double, isEvent: Bool)]) -> [(time: Double, survival: Double)] {
    var s = 1.0
    return Set(rows.filter(\.isEvent).map(\.time)).sorted().map { t in
      let n = rows.filter { $0.time >= t }.count
      let d = rows.filter { $0.time == t && $0.isEvent }.count
      s *= Double(n - d) / Double(n)
      return (t, s)
    }
  }

  static func survival(_ curve: [(time: Double, survival: Double)], _ time: Double) -> Double {
    curve.last { $0.time <= time }?.survival ?? 1
  }
}

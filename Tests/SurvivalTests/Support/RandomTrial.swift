import Survival

/// What a random trial has.
struct TrialShape: OptionSet, Sendable {
  let rawValue: Int
  /// Whole times with many ties between events, censorings and entries.
  static let tied = TrialShape(rawValue: 1)
  static let weighted = TrialShape(rawValue: 2)
  static let stratified = TrialShape(rawValue: 4)
  /// Delayed entry.
  static let truncated = TrialShape(rawValue: 8)
  static let all: TrialShape = [.tied, .weighted, .stratified, .truncated]
}

/// A random trial, the same for the same seed. Consecutive seeds run through all shapes that are allowed.
struct RandomTrial: Sendable {
  let seed: UInt64
  let shape: TrialShape
  var time: [Double]
  var isEvent: [Bool]
  var entry: [Double]?
  var weights: [Double]?
  /// Codes of strata and arms.
  var stratum: [Int]
  var arm: [Int]
  /// Covariates by columns: some continuous, some of few values, one of the arm.
  var x: [[Double]]
  let arms: Int

  init(seed: UInt64, allowing allowed: TrialShape = .all, rows: ClosedRange<Int> = 6...40, covariates: Int = 2) {
    var random = SplitMix64(seed: seed &* 1_000_003 &+ 17)
    let shape = TrialShape(rawValue: Int(seed % 16)).intersection(allowed)
    let n = Int.random(in: rows, using: &random)
    let arms = Int.random(in: 2...4, using: &random)
    let largest = Double(Int.random(in: 3...max(4, n / 2), using: &random))
    let chanceOfEvent = Double.random(in: 0.3...1, using: &random)
    func drawTime() -> Double {
      shape.contains(.tied)
        ? Double(Int.random(in: 1...Int(largest), using: &random)) : Double.random(in: 0.1...10, using: &random)
    }
    time = (0..<n).map { _ in drawTime() }
    isEvent = (0..<n).map { _ in Double.random(in: 0...1, using: &random) < chanceOfEvent }
    isEvent[Int.random(in: 0..<n, using: &random)] = true
    if shape.contains(.truncated) {
      entry = time.map { t in
        if Int.random(in: 0..<3, using: &random) == 0 { return 0 }
        let share = Double.random(in: 0..<1, using: &random) * t
        return shape.contains(.tied) ? share.rounded(.down) : share
      }
    }
    if shape.contains(.weighted) {
      let choices = [0, 0.25, 0.7, 1, 1, 2, 3.5]
      weights = (0..<n).map { _ in choices[Int.random(in: 0..<choices.count, using: &random)] }
      // At least one event that counts.
      if let first = isEvent.firstIndex(of: true) { weights?[first] = 1 }
    }
    let strata = shape.contains(.stratified) ? Int.random(in: 2...4, using: &random) : 1
    stratum = (0..<n).map { _ in Int.random(in: 0..<strata, using: &random) }
    arm = (0..<n).map { _ in Int.random(in: 0..<arms, using: &random) }
    // The first two rows see to it that there are two arms.
    (arm[0], arm[1]) = (0, 1)
    let arm = arm
    x = (0..<covariates).map { j in
      (0..<n).map { i in
        switch j % 3 {
        case 0: Double.random(in: -1.5...1.5, using: &random)
        case 1: Double(Int.random(in: 0...2, using: &random))
        default: Double(arm[i] == 0 ? 0 : 1) + Double.random(in: 0...0.5, using: &random)
        }
      }
    }
    self.seed = seed
    self.shape = shape
    self.arms = arms
  }

  var count: Int { time.count }

  func weight(_ i: Int) -> Double { weights?[i] ?? 1 }

  /// Whether row i is under observation just before t.
  func isAtRisk(_ i: Int, _ t: Double) -> Bool { (entry?[i] ?? -.infinity) < t && t <= time[i] }

  func data() throws -> TimeToEvent {
    try TimeToEvent(time: time, isEvent: isEvent, entry: entry, weights: weights)
  }

  var groups: Grouping { Grouping(labels: (0..<arms).map { "arm \($0)" }, codes: arm.map(Int32.init)) }

  var strata: Grouping? {
    shape.contains(.stratified)
      ? Grouping(labels: (0...(stratum.max() ?? 0)).map { "stratum \($0)" }, codes: stratum.map(Int32.init)) : nil
  }

  func design() throws -> DesignMatrix {
    try DesignMatrix(x.enumerated().map { .numeric(name: "x\($0)", values: $1) }, rows: count)
  }

  /// The rows numbered in `order`, which may repeat or leave out rows.
  func taking(_ order: [Int]) -> RandomTrial {
    var other = self
    other.time = order.map { time[$0] }
    other.isEvent = order.map { isEvent[$0] }
    other.entry = entry.map { e in order.map { e[$0] } }
    other.weights = weights.map { w in order.map { w[$0] } }
    other.stratum = order.map { stratum[$0] }
    other.arm = order.map { arm[$0] }
    other.x = x.map { column in order.map { column[$0] } }
    return other
  }
}

extension RandomTrial {
  /// The Cox fit, or nil where the trial has no finite estimate of every coefficient.
  func fit(_ ties: TieMethod = .efron, offset: [Double]? = nil, cluster: Grouping? = nil) throws -> CoxFit? {
    let fit = try CoxModel(ties: ties).fit(
      try data(), try design(), strata: strata, offset: offset, cluster: cluster)
    return fit.warnings.isEmpty ? fit : nil
  }

  /// A random order of the rows.
  func shuffledRows() -> [Int] {
    var random = SplitMix64(seed: seed &+ 99)
    return Array(0..<count).shuffled(using: &random)
  }

  /// A trial with enough rows for a regression on two covariates.
  static func regression(_ seed: UInt64, allowing allowed: TrialShape = .all, covariates: Int = 2) -> RandomTrial {
    RandomTrial(seed: seed, allowing: allowed, rows: 25...50, covariates: covariates)
  }
}

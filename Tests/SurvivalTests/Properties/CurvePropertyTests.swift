import Testing

@testable import Survival

/// What must hold for any Kaplan-Meier curve and what is made from it. Unless a test says otherwise, 1e-12 is a thousand
/// roundings of numbers of order 1.
@Suite struct CurvePropertyTests {
  private func curve(
    _ trial: RandomTrial, _ transform: ConfidenceTransform = .log, level: Double = 0.95
  ) throws -> KaplanMeier {
    KaplanMeier(
      EventTable.tables(try trial.data())[0], confidence: try ConfidenceSetting(level: level, transform: transform))
  }

  @Test("row order changes no bit without weights, and round-off only with them", arguments: Seeds.all)
  func rowOrder(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed)
    let a = try curve(trial)
    let b = try curve(trial.taking(trial.shuffledRows()))
    if trial.weights == nil {
      #expect(a.table == b.table && a.survival == b.survival)
      #expect(a.standardErrorOfSurvival.map(\.bitPattern) == b.standardErrorOfSurvival.map(\.bitPattern))
      #expect(a.lower.map(\.bitPattern) == b.lower.map(\.bitPattern))
    }
    #expect(a.time == b.time && firstDifference(a.survival, b.survival, 1e-12) == nil)
    #expect(firstDifference(a.standardErrorOfSurvival, b.standardErrorOfSurvival, 1e-12) == nil)
  }

  @Test("the unit of time scales times only", arguments: Seeds.all)
  func timeUnit(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed)
    let a = try curve(trial)
    // A power of two moves no bit of the mantissa; days to years do, and near-ties stay one time.
    for unit in [1.0 / 1024, 365.25] {
      trial.time = RandomTrial(seed: seed).time.map { $0 * unit }
      trial.entry = RandomTrial(seed: seed).entry?.map { $0 * unit }
      let b = try curve(trial)
      #expect(a.survival == b.survival && a.table.atRisk == b.table.atRisk)
      #expect(firstDifference(b.time, a.time.map { $0 * unit }, 1e-15) == nil)
    }
  }

  @Test("S lies in [0, 1], never rises, and lies between its limits, which do not rise either", arguments: Seeds.all)
  func shape(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed)
    for transform in ConfidenceTransform.allCases {
      let wide = try curve(trial, transform, level: 0.99)
      let narrow = try curve(trial, transform, level: 0.8)
      #expect(wide.survival.allSatisfy { (0...1).contains($0) })
      #expect(zip(wide.survival, wide.survival.dropFirst()).allSatisfy { $0 >= $1 })
      for k in wide.time.indices {
        // Not defined together, at S = 0, and for three scales at S = 1.
        #expect(wide.lower[k].isNaN == wide.upper[k].isNaN)
        #expect(!wide.lower[k].isNaN || wide.survival[k] == 0 || wide.survival[k] == 1, "\(transform)")
        if wide.lower[k].isNaN { continue }
        // exp(ln S) and its kin are S to a rounding.
        let slack = 1e-14
        #expect(wide.lower[k] <= narrow.lower[k] + slack && narrow.lower[k] <= narrow.survival[k] + slack)
        #expect(narrow.survival[k] <= narrow.upper[k] + slack && narrow.upper[k] <= wide.upper[k] + slack)
        #expect(wide.lower[k] >= 0 && wide.upper[k] <= 1)
      }
    }
  }

  @Test("without censoring S is one minus the empirical distribution, Greenwood p (1 - p)/n", arguments: Seeds.all)
  func withoutCensoring(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: .tied)
    trial.isEvent = trial.isEvent.map { _ in true }
    let curve = try curve(trial)
    let n = Double(trial.count)
    for (k, t) in curve.time.enumerated() {
      let p = Double(trial.time.count { $0 > t }) / n
      #expect(isClose(curve.survival[k], p, 1e-12))
      if p > 0 { #expect(isClose(curve.standardErrorOfSurvival[k], (p * (1 - p) / n).squareRoot(), 1e-12)) }
    }
  }

  @Test("whole weights are copies", arguments: Seeds.all)
  func copies(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: [.tied, .truncated])
    let times = (0..<trial.count).map { 1 + ($0 * 7 + Int(seed)) % 3 }
    let copied = try curve(trial.taking((0..<trial.count).flatMap { [Int](repeating: $0, count: times[$0]) }))
    trial.weights = times.map(Double.init)
    let weighted = try curve(trial)
    // Sums of whole numbers are exact.
    #expect(weighted.table.atRisk == copied.table.atRisk && weighted.table.events == copied.table.events)
    #expect(weighted.survival == copied.survival)
    #expect(
      firstDifference(weighted.standardErrorOfSurvival, copied.standardErrorOfSurvival, 1e-12) == nil)
  }

  @Test("a common factor of the weights leaves S and the robust error alone", arguments: Seeds.all)
  func weightFactor(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: [.tied, .weighted])
    func robust() throws -> KaplanMeier {
      try KaplanMeier.curves(try trial.data(), confidence: try ConfidenceSetting(), variance: .robust)[0]
    }
    let a = try robust()
    trial.weights = (0..<trial.count).map { trial.weight($0) * 3.7 }
    let b = try robust()
    #expect(firstDifference(a.survival, b.survival, 1e-12) == nil)
    #expect(firstDifference(a.standardErrorOfLogSurvival, b.standardErrorOfLogSurvival, 1e-12) == nil)
  }

  @Test(
    "the robust error is the infinitesimal jackknife: derivatives in the weights, taken numerically",
    arguments: Seeds.all)
  func robust(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: [.tied, .weighted], rows: 6...20)
    if trial.weights == nil { trial.weights = [Double](repeating: 1, count: trial.count) }
    let weights = trial.weights ?? []
    let curve = try KaplanMeier.curves(try trial.data(), confidence: try ConfidenceSetting(), variance: .robust)[0]
    var sum = [Double](repeating: 0, count: curve.time.count)
    for i in weights.indices where weights[i] > 0 {
      func survival(_ step: Double) throws -> [Double] {
        trial.weights?[i] = weights[i] * (1 + step)
        defer { trial.weights?[i] = weights[i] }
        return try self.curve(trial).survival
      }
      // Central differences of step h: an error of h² and of round-off 1e-16/h, both near 1e-10.
      let h = 1e-5
      let (up, down) = (try survival(h), try survival(-h))
      for k in sum.indices where curve.survival[k] > 0 {
        let slope = (up[k] - down[k]) / (2 * h) / curve.survival[k]
        sum[k] += slope * slope
      }
    }
    for k in sum.indices where curve.survival[k] > 0 {
      #expect(isClose(curve.standardErrorOfLogSurvival[k], sum[k].squareRoot(), 1e-7))
    }
    // Another interval of the same curve keeps its error.
    let plain = curve.withConfidence(try ConfidenceSetting(transform: .plain))
    #expect(firstDifference(plain.standardErrorOfLogSurvival, curve.standardErrorOfLogSurvival, 1e-14) == nil)
  }

  @Test("quantiles by their definitions, under three conventions", arguments: Seeds.all)
  func quantiles(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .truncated])
    let curve = try curve(trial)
    for p in [0.1, 0.25, 1.0 / 3, 0.5, 0.75, 0.9] {
      // Within 1e-9 of 1 - p is on it: the curve's values are fractions of at most some thousand.
      let first = curve.time.indices.first { curve.survival[$0] <= 1 - p + 1e-9 }
      let below = curve.time.indices.first { curve.survival[$0] < 1 - p - 1e-9 }
      let found = QuantileRule.allCases.map { curve.quantile(p, rule: $0).estimate }
      guard let first else {
        #expect(found == [nil, nil, nil])
        continue
      }
      let isOnLevel = abs(curve.survival[first] - (1 - p)) <= 1e-9
      let end = below.map { curve.time[$0] }
      let middle = isOnLevel ? (curve.time[first] + (end ?? curve.time[curve.time.count - 1])) / 2 : curve.time[first]
      #expect(isClose(found[0] ?? .nan, middle, 1e-15))
      #expect(isOnLevel && end == nil ? found[1] == nil : isClose(found[1] ?? .nan, middle, 1e-15))
      #expect(found[2] == curve.time[first])
    }
  }

  @Test("the restricted mean is the integral of the curve, and its variance that of the integral", arguments: Seeds.all)
  func restrictedMean(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .weighted, .truncated])
    let curve = try curve(trial)
    let slow = SlowCurve(trial, rows: Array(0..<trial.count))
    let last = curve.time[curve.time.count - 1]
    for tau in [last / 3, last * 0.77, last, last * 1.5] {
      let mean = try RestrictedMean(curve, tau: tau)
      let cuts = ([0] + slow.time.filter { $0 < tau } + [tau])
      func area(from start: Double) -> Double {
        zip(cuts, cuts.dropFirst()).reduce(0.0) { sum, piece in
          piece.0 < start ? sum : sum + slow.value(at: piece.0) * (piece.1 - piece.0)
        }
      }
      var variance = 0.0
      for k in slow.time.indices where slow.time[k] <= tau && slow.events[k] > 0 {
        let (n, d) = (slow.atRisk[k], slow.events[k])
        let right = slow.time[k] < tau ? area(from: slow.time[k]) : 0
        if slow.survival[k] > 0 { variance += right * right * d / (n * (n - d)) }
      }
      #expect(isClose(mean.estimate, area(from: 0), 1e-12, scale: tau))
      #expect(isClose(mean.standardError, variance.squareRoot(), 1e-11, scale: tau))
      #expect(mean.lower <= mean.estimate && mean.estimate <= mean.upper)
      #expect(mean.isBeyondLastObservation == (tau > last && (curve.survival.last ?? 0) > 0))
      // Ten times the time, ten times the mean.
      var stretched = trial
      stretched.time = trial.time.map { $0 * 10 }
      stretched.entry = trial.entry?.map { $0 * 10 }
      let other = try RestrictedMean(try self.curve(stretched), tau: tau * 10)
      #expect(
        isClose(other.estimate, 10 * mean.estimate, 1e-12)
          && isClose(other.standardError, 10 * mean.standardError, 1e-11))
    }
  }

  @Test("two restricted means exchanged: the difference changes sign, ratios their place", arguments: Seeds.all)
  func exchangedMeans(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: .tied, rows: 16...40)
    trial.arm = trial.arm.map { $0 % 2 }
    let tables = EventTable.tables(try trial.data(), by: trial.groups)
    let means = try tables[..<2].map {
      try RestrictedMean(KaplanMeier($0, confidence: try ConfidenceSetting()), tau: 0.8 * (trial.time.max() ?? 1))
    }
    let there = RestrictedMeanComparison(first: means[0], second: means[1])
    let back = RestrictedMeanComparison(first: means[1], second: means[0])
    #expect(there.difference.estimate == -back.difference.estimate)
    #expect(there.difference.lower == -back.difference.upper)
    guard there.ratio.standardError > 0 else { return }
    #expect(isClose(there.ratio.estimate, 1 / back.ratio.estimate, 1e-13))
    #expect(isClose(there.ratio.lower, 1 / back.ratio.upper, 1e-13))
    #expect(isClose(there.timeLostRatio.estimate, 1 / back.timeLostRatio.estimate, 1e-13))
    #expect(isClose(there.ratio.p, back.ratio.p, 1e-13))
  }
}

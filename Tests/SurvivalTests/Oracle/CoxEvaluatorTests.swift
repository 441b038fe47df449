import CKernels
import LinearAlgebra
import Testing

@testable import Survival

/// The evaluations in two readings of the covariates against `CoxLikelihood`, which makes the same sums one by one; it is
/// compared with the definition in OracleTests. Several thousand rows, so that there are several pieces.
@Suite(.serialized) struct CoxEvaluatorTests {
  /// 1e-12: sums of some thousand terms in another order; an information that is a difference loses a digit more.
  private static let tolerance = 1e-12

  private func expectSame(
    _ found: CoxEvaluation, _ wanted: CoxLikelihood, scale: [Double], _ comment: Comment,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let information = wanted.information()
    // The information is a difference from sums of this size.
    let moments = secondMoments(wanted.expectedEvents(), x: wanted.problem.x, p: wanted.problem.p)
    let size = moments.max() ?? 1
    let ratio = zip(wanted.problem.scale, scale).map { $0 / $1 }
    let here = found.rescaled(by: ratio.map { 1 / $0 })
    #expect(isClose(here.logLikelihood, wanted.logLikelihood, Self.tolerance), comment, sourceLocation: location)
    #expect(
      firstDifference(here.scoreVector, wanted.score(), Self.tolerance, scale: size) == nil, comment,
      sourceLocation: location)
    #expect(
      firstDifference(here.informationMatrix.values, information.values, 10 * Self.tolerance, scale: size) == nil,
      comment, sourceLocation: location)
    #expect(
      firstDifference(here.moments, moments, Self.tolerance, scale: size) == nil, comment, sourceLocation: location)
  }

  private func problem(_ trial: RandomTrial, offset: Bool) throws -> CoxProblem {
    var random = SplitMix64(seed: trial.seed &+ 5)
    return CoxProblem(
      try trial.data(), design: try trial.design(), strata: trial.strata,
      offset: offset ? (0..<trial.count).map { _ in Double.random(in: -1...1, using: &random) } : nil)
  }

  @Test("rows by time, with every shape of the data, for every instruction set", arguments: 0..<16 as Range<UInt64>)
  func rowsByTime(seed: UInt64) throws {
    let widest = survkit_set_kernel_level(2)
    defer { _ = survkit_set_kernel_level(widest) }
    // The number of covariates runs over every remainder by eight, and beyond 32.
    let p = seed == 15 ? 41 : Int(seed) + 1
    let rows = p > 8 ? 300...600 : 9000...13_000
    let trial = RandomTrial(seed: seed, rows: rows, covariates: p)
    let problem = try problem(trial, offset: seed % 3 == 0)
    for ties in [TieMethod.efron, .breslow] {
      let evaluator = try #require(ties.evaluator(problem))
      for scale in [0.0, 0.3, 1] {
        let beta = (0..<p).map { scale * ($0 % 2 == 0 ? 1 : -0.7) / Double(p).squareRoot() }
        let wanted = CoxLikelihood(problem, ties: ties, beta: beta)
        for level in 0...widest {
          _ = survkit_set_kernel_level(level)
          expectSame(
            evaluator.evaluate(beta), wanted, scale: problem.scale, "seed \(seed), \(ties), β \(scale), level \(level)")
        }
      }
    }
  }

  @Test("rows where they lie: few covariates, whole days", arguments: 1...7)
  func rowsWhereTheyLie(p: Int) throws {
    let widest = survkit_set_kernel_level(2)
    defer { _ = survkit_set_kernel_level(widest) }
    var random = SplitMix64(seed: UInt64(p))
    let n = 100_003
    let time = (0..<n).map { _ in Double(Int.random(in: 1...400, using: &random)) }
    let data = try TimeToEvent(time: time, isEvent: (0..<n).map { _ in Int.random(in: 0...2, using: &random) == 0 })
    let values = (0..<(n * p)).map { $0 % 2 == 0 ? Double.random(in: 0...3, using: &random) : 1e5 + Double($0 % 7) }
    let design = try DesignMatrix(columnNames: (0..<p).map { "x\($0)" }, values: values, rows: n)
    let problem = CoxProblem(data, design: design, strata: nil, offset: nil)
    for ties in [TieMethod.efron, .breslow] {
      let evaluator = try #require(CoxColumnPass(data, design, strata: nil, offset: nil, ties: ties))
      // From 0 on, as the iteration goes; far out the exponentials leave their range.
      for size in [0.0, 0.2, 800] {
        let beta = (0..<p).map { size * Double($0 + 1) / Double(p) }
        let other = zip(beta, zip(evaluator.scale, problem.scale)).map { $0 / $1.0 * $1.1 }
        let wanted = CoxLikelihood(problem, ties: ties, beta: other)
        for level in 0...widest {
          _ = survkit_set_kernel_level(level)
          let found = evaluator.evaluate(beta)
          guard size < 800 || wanted.logLikelihood.isFinite else {
            #expect(!found.logLikelihood.isFinite)
            continue
          }
          expectSame(found, wanted, scale: evaluator.scale, "p \(p), \(ties), β \(size), level \(level)")
        }
      }
    }
  }

  /// The iteration of very many rows starts at the maximum of a sample; the maximum of all is where it is without one.
  @Test("a sample of the rows to start from", arguments: [0, 0.5])
  func sample(fraction: Double) throws {
    var random = SplitMix64(seed: 31)
    let n = 262_150
    let values = (0..<(2 * n)).map { _ in Double.random(in: -1...1, using: &random) }
    let truth = [0.8, -0.4]
    // Exponential times, rounded up to one of 200, some days at a half.
    let time = (0..<n).map { i in
      let rate = exponential(truth[0] * values[i] + truth[1] * values[n + i]) / 60
      return min(200, (-logarithm(Double.random(in: 0.000_001..<1, using: &random)) / rate).rounded(.up)) + fraction
    }
    let data = try TimeToEvent(time: time, isEvent: time.map { $0 < 150 })
    let design = try DesignMatrix(columnNames: ["a", "b"], values: values, rows: n)
    for ties in [TieMethod.efron, .breslow] {
      let pass = try #require(CoxColumnPass(data, design, strata: nil, offset: nil, ties: ties))
      let sample = try #require(pass.startingSample())
      #expect(sample.scale == pass.scale && sample.totalEventWeight < pass.totalEventWeight / 3.5)
      let found = try CoxModel(ties: ties).fit(data, design)
      // One stratum is no other model, and goes another way through the rows.
      let other = try CoxModel(ties: ties).fit(
        data, design, strata: Grouping(labels: ["all"], codes: [Int32](repeating: 0, count: n)))
      // Sums of 3e5 terms in another order, at a maximum that both reach to round-off.
      #expect(firstDifference(found.coefficients, other.coefficients, 1e-12) == nil)
      #expect(firstDifference(found.covariance.values, other.covariance.values, 1e-11, scale: 0) == nil)
      #expect(isClose(found.logLikelihood, other.logLikelihood, 1e-13))
      // Five standard errors; Breslow's estimate is drawn towards 0 by ties, by less than that here.
      #expect(zip(found.coefficients, truth).allSatisfy { abs($0 - $1) < 0.025 })
    }
  }

  @Test("event times of more rows than one piece holds, over strata", arguments: [1, 3, 200_000])
  func bins(times: Int) {
    var random = SplitMix64(seed: UInt64(times))
    let starts = [0, 5, 5, 140_000, 300_001]
    var timeIndex: [Int32] = []
    var isEvent: [Bool] = []
    for (first, end) in zip(starts, starts.dropFirst()) {
      let stratum = (first..<end).map { _ in (Int32(random.next() % UInt64(times)), random.next() % 3 > 0) }
        .sorted { ($0.0, $0.1 ? 0 : 1) < ($1.0, $1.1 ? 0 : 1) }
      timeIndex += stratum.map(\.0)
      isEvent += stratum.map(\.1)
    }
    // One after the other: a bin opens where an event has another time than the event before it, or another stratum.
    var (exit, first, rows, end, time, binStarts): ([Int32], [Int32], [Int32], [Int32], [Int32], [Int]) =
      ([], [], [], [], [], [0])
    for (begin, after) in zip(starts, starts.dropFirst()) {
      for i in begin..<after {
        if isEvent[i] {
          if time.count == binStarts[binStarts.count - 1] || time[time.count - 1] != timeIndex[i] {
            first.append(Int32(i))
            time.append(timeIndex[i])
            rows.append(0)
            end.append(0)
          }
          rows[rows.count - 1] += 1
        }
        exit.append(Int32(time.count))
        if time.count > binStarts[binStarts.count - 1] { end[end.count - 1] = Int32(i + 1) }
      }
      binStarts.append(time.count)
    }
    let found = EventBins(isEvent: isEvent, timeIndex: timeIndex, starts: starts)
    #expect(found.exitBin == exit && found.firstEvent == first && found.eventRows == rows)
    #expect(found.endRow == end && found.timeIndex == time && found.binStarts == binStarts)
  }

  @Test("any number of threads gives the same bits", arguments: [1, 2, 3] as [UInt64])
  func threads(seed: UInt64) throws {
    let before = Parallelism.threads
    defer { Parallelism.threads = before }
    var random = SplitMix64(seed: seed)
    let n = 60_000
    let time = (0..<n).map { _ in Double.random(in: 1...400, using: &random) }
    let entry = seed == 3 ? time.map { ($0 * 0.5).rounded(.down) } : nil
    let days = seed == 1 ? time : time.map { $0.rounded(.up) }
    let data = try TimeToEvent(
      time: days, isEvent: (0..<n).map { _ in Int.random(in: 0...2, using: &random) == 0 }, entry: entry)
    let values = (0..<(n * 3)).map { _ in Double.random(in: 0...3, using: &random) }
    let design = try DesignMatrix(columnNames: ["a", "b", "c"], values: values, rows: n)
    var fits: [CoxFit] = []
    for count in [1, 2, 4, 8] {
      Parallelism.threads = count
      fits.append(try CoxModel(ties: .efron).fit(data, design))
    }
    for fit in fits.dropFirst() {
      #expect(fit.coefficients == fits[0].coefficients && fit.covariance == fits[0].covariance)
      #expect(fit.logLikelihood == fits[0].logLikelihood && fit.scoreTest == fits[0].scoreTest)
    }
  }

  @Test("intervals of bins are sums of two parts", arguments: [1, 2, 3, 7, 8, 9, 100])
  func intervals(bins: Int) {
    let intervals = BinIntervals(bins: bins)
    let values = (0..<bins).map { Double($0 * $0 % 17) }
    let size = intervals.levels * bins
    let gathered = UnsafeMutablePointer<Double>.allocate(capacity: size)
    let spread = UnsafeMutablePointer<Double>.allocate(capacity: size)
    defer {
      gathered.deallocate()
      spread.deallocate()
    }
    for level in 0..<intervals.levels { intervals.gather(level, values, into: gathered) }
    for first in 0..<bins {
      for end in (first + 1)...bins {
        let (left, right) = intervals.places(from: first, to: end)
        // Whole numbers: every sum is exact.
        let sum = gathered[Int(left)] + (left == right ? 0 : gathered[Int(right)])
        #expect(sum == values[first..<end].reduce(0, +))
        spread.update(repeating: 0, count: size)
        spread[Int(left)] += 1
        if left != right { spread[Int(right)] += 1 }
        for level in 0..<intervals.levels { intervals.spread(level, spread, width: 1) }
        let held = (0..<bins).map { k in (0..<intervals.levels).reduce(0.0) { $0 + spread[$1 * bins + k] } }
        #expect(held == (0..<bins).map { first <= $0 && $0 < end ? 1 : 0 })
      }
    }
    #expect(intervals.places(from: 3, to: 3) == (-1, -1))
  }

  @Test("a guide finds what a search by halves finds")
  func guide() {
    var random = SplitMix64(seed: 4)
    for count in [0, 1, 2, 5, 60] {
      let times = Array(Set((0..<count).map { _ in Double(Int.random(in: 0...90, using: &random)) })).sorted() + [1e9]
      let guide = BinGuide(times[...])
      for value in times + [-1, 0.5, 44.5, 1e8, 2e9] { #expect(guide.upperBound(value) == upperBound(times, value)) }
    }
  }
}

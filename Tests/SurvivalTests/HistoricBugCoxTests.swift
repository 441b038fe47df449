import LinearAlgebra
import Testing

@testable import Survival

/// Failures that regressions of other packages once had; docs/validation/historic-bugs.md names each with its source.
@Suite(.timeLimit(.minutes(15))) struct HistoricBugCoxTests {
  /// A log-likelihood of one coefficient whose curvature is given by hand, so that steps can be made to miss.
  private struct Scripted: NewtonLikelihood {
    let beta: Double
    let value: (Double) -> Double
    let slope: (Double) -> Double
    let curvature: (Double) -> Double
    var logLikelihood: Double { value(beta) }
    func score() -> [Double] { [slope(beta)] }
    func information() -> Matrix { Matrix(rows: 1, columns: 1, values: [curvature(beta)]) }
    func at(_ beta: Double) -> Scripted {
      Scripted(beta: beta, value: value, slope: slope, curvature: curvature)
    }
  }

  private func run(_ start: Scripted) throws -> NewtonIteration.Outcome<Scripted> {
    let loop = NewtonIteration(maximumIterations: 30, tolerance: 1e-18, events: 1)
    return try loop.run(from: [start.beta], start: start, information: start.information(), free: [0]) {
      start.at($0[0])
    }
  }

  @Test("equal likelihoods on both sides of the maximum, reached by halving, are no convergence")
  func mirrorPoints() throws {
    // Steps four times too long: from 1 the halved step leads to -1, and back.
    let found = try run(
      Scripted(beta: 1, value: { -$0 * $0 / 2 }, slope: { -$0 }, curvature: { _ in 0.25 }))
    #expect(abs(found.beta[0]) == 1 && found.halvings > 0)
    #expect(!found.converged, "a slope of 1 was called the maximum")
  }

  @Test(
    "NaN and infinity beyond a bound are worse than any number: the step is halved",
    arguments: [Double.nan, .infinity, -Double.infinity])
  func notFinite(beyond: Double) throws {
    let found = try run(
      Scripted(
        beta: 0, value: { abs($0) < 1.5 ? -($0 - 1) * ($0 - 1) / 2 : beyond }, slope: { 1 - $0 },
        curvature: { _ in 0.25 }))
    #expect(found.converged && found.beta == [1] && found.halvings == 2)
    let information = try run(
      Scripted(
        beta: 0, value: { -($0 - 1) * ($0 - 1) / 2 - ($0 > 1.5 ? 0 : 1e-3) }, slope: { 1 - $0 },
        curvature: { $0 > 1.5 ? beyond : 0.25 }))
    #expect(information.beta[0] <= 1.5 && information.information[0, 0] == 0.25)
  }

  @Test("iterations that run out leave the last good iterate, not the last attempt")
  func lastGood() throws {
    let start = Scripted(beta: 0, value: { $0 == 0 ? 0 : -1 }, slope: { _ in 1 }, curvature: { _ in 1 })
    let found = try run(start)
    #expect(found.beta == [0] && !found.converged && found.likelihood.logLikelihood == 0)
  }

  private func fit(
    _ trial: RandomTrial, _ ties: TieMethod, offset: [Double]? = nil, cluster: Grouping? = nil
  ) throws -> CoxFit? { try trial.fit(ties, offset: offset, cluster: cluster) }

  @Test(
    "an offset of -100 or -800 on censored rows is their absence, also in robust errors",
    arguments: 0..<48 as Range<UInt64>)
  func farOffsets(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, allowing: [.tied, .weighted, .stratified])
    let far = (0..<trial.count).map { !trial.isEvent[$0] && $0 % 2 == 0 }
    let kept = (0..<trial.count).filter { !far[$0] }
    let rows = Grouping((0..<trial.count).map { "\(1000 + $0)" })
    for (ties, value) in [(TieMethod.efron, -100.0), (.breslow, -800), (.efron, -800), (.breslow, -100)] {
      let whole = try fit(trial, ties, offset: far.map { $0 ? value : 0 }, cluster: rows)
      let part = try fit(trial.taking(kept), ties, cluster: rows.subset(kept))
      #expect((whole == nil) == (part == nil))
      guard let whole, let part else { continue }
      // exp(-100) is 4e-44 of the others: round-off of sums with more terms, and of a few more steps, is all there is.
      #expect(firstDifference(whole.coefficients, part.coefficients, 1e-10) == nil)
      #expect(firstDifference(whole.standardErrors, part.standardErrors, 1e-10) == nil)
      #expect(firstDifference(whole.robustStandardErrors ?? [], part.robustStandardErrors ?? [], 1e-9) == nil)
      #expect(isClose(whole.logLikelihood, part.logLikelihood, 1e-11))
    }
  }

  @Test("case-cohort offsets: events with an offset of -100 against a likelihood summed by its definition")
  func caseCohort() throws {
    let time = (1...24).map(Double.init)
    let event = time.map { Int($0) % 3 != 0 }
    let x = time.map { Double(Int($0 * 7) % 5) / 2 }
    // Events outside the subcohort are at risk for themselves alone.
    let offset = time.map { Int($0) % 4 == 1 ? -100.0 : 0 }
    /// Score and information of Breslow's likelihood at one coefficient.
    func derivatives(_ beta: Double) -> (score: Double, information: Double) {
      var (score, information) = (0.0, 0.0)
      for i in time.indices where event[i] {
        let risk = time.indices.filter { time[$0] >= time[i] }
        let r = risk.map { exponential(x[$0] * beta + offset[$0]) }
        let sum = r.reduce(0, +)
        let mean = zip(risk, r).reduce(0.0) { $0 + $1.1 * x[$1.0] } / sum
        score += x[i] - mean
        information += zip(risk, r).reduce(0.0) { $0 + $1.1 * (x[$1.0] - mean) * (x[$1.0] - mean) } / sum
      }
      return (score, information)
    }
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if derivatives(middle).score > 0 { low = middle } else { high = middle }
    }
    let data = try TimeToEvent(time: time, isEvent: event)
    let found = try CoxModel(ties: .breslow).fit(
      data, try DesignMatrix([.numeric(name: "x", values: x)], rows: 24), offset: offset)
    #expect(isClose(found.coefficients[0], low, 1e-11))
    #expect(isClose(found.standardErrors[0], 1 / derivatives(low).information.squareRoot(), 1e-11))
  }

  @Test(
    "an aliased column poisons neither the test of proportional hazards, nor predictions, nor C",
    arguments: 0..<24 as Range<UInt64>)
  func aliasedColumns(seed: UInt64) throws {
    var trial = RandomTrial.regression(seed)
    guard let plain = try trial.fit() else { return }
    trial.x.insert([Double](repeating: 3, count: trial.count), at: 1)
    trial.x.append(trial.x[0].map { 2 * $0 - 1 })
    let found = try CoxModel().fit(try trial.data(), try trial.design(), strata: trial.strata)
    #expect(found.coefficients.map(\.isNaN) == [false, true, false, true])
    let data = try trial.data()
    let (with, without) = (
      try ProportionalHazardsTest(found, data: data), try ProportionalHazardsTest(plain, data: data)
    )
    let statistics = with.results.map(\.statistic).filter(\.isFinite)
    // One column more is one sum in another place.
    #expect(firstDifference(statistics, without.results.map(\.statistic), 1e-8) == nil)
    #expect(isClose(with.global.statistic, without.global.statistic, 1e-8))
    let confidence = try ConfidenceSetting()
    let (a, b) = (
      try found.curve([0.5, 3, 1, 0], confidence: confidence), try plain.curve([0.5, 1], confidence: confidence)
    )
    #expect(firstDifference(a.survival, b.survival, 1e-10) == nil)
    #expect(firstDifference(a.standardErrorOfSurvival, b.standardErrorOfSurvival, 1e-8) == nil)
  }

  @Test(
    "a covariate crossed with the strata: coefficients, errors and curves of each stratum fitted alone",
    arguments: 0..<48 as Range<UInt64>)
  func crossedWithStrata(seed: UInt64) throws {
    var trial = RandomTrial.regression(seed, allowing: [.tied, .weighted, .truncated])
    trial.stratum = (0..<trial.count).map { $0 % 2 }
    let x = trial.x[0]
    trial.x = [0, 1].map { s in x.indices.map { trial.stratum[$0] == s ? x[$0] : 0 } }
    let strata = Grouping(labels: ["0", "1"], codes: trial.stratum.map(Int32.init))
    let whole = try CoxModel().fit(try trial.data(), try trial.design(), strata: strata)
    let confidence = try ConfidenceSetting()
    for s in 0...1 {
      var part = trial.taking((0..<trial.count).filter { trial.stratum[$0] == s })
      part.x = [part.x[s]]
      guard whole.warnings.isEmpty, let alone = try? part.fit() else { continue }
      #expect(isClose(whole.coefficients[s], alone.coefficients[0], 1e-9))
      #expect(isClose(whole.standardErrors[s], alone.standardErrors[0], 1e-9))
      var subject = [0.0, 0]
      subject[s] = 0.7
      let (a, b) = (
        try whole.curve(subject, stratum: s, confidence: confidence), try alone.curve([0.7], confidence: confidence)
      )
      #expect(firstDifference(a.survival, b.survival, 1e-9) == nil)
      #expect(firstDifference(a.standardErrorOfSurvival, b.standardErrorOfSurvival, 1e-8) == nil)
    }
  }

  @Test("infinite covariates, weights and offsets are refused", arguments: [Double.infinity, -Double.infinity, .nan])
  func infiniteInput(value: Double) throws {
    let time: [Double] = [1, 2, 3, 4]
    let event = [true, true, false, true]
    #expect(throws: SurvivalInputError.self) {
      try DesignMatrix([.numeric(name: "x", values: [0, 1, value, 1])], rows: 4)
    }
    #expect(throws: SurvivalInputError.self) { try TimeToEvent(time: time, isEvent: event, weights: [1, value, 1, 1]) }
    let data = try TimeToEvent(time: time, isEvent: event)
    let design = try DesignMatrix([.numeric(name: "x", values: [0, 1, 0, 1])], rows: 4)
    #expect(throws: CoxFitError.self) { try CoxModel().fit(data, design, offset: [0, value, 0, 0]) }
  }

  @Test(
    "an offset moves a predicted curve within [0, 1], by its factor on the hazard", arguments: [-30.0, -2, 0, 2, 30])
  func offsetOfACurve(offset: Double) throws {
    let trial = RandomTrial.regression(3, allowing: .tied)
    let fit = try #require(try trial.fit())
    let confidence = try ConfidenceSetting()
    let plain = try fit.curve([0.2, 1], confidence: confidence)
    let moved = try fit.curve([0.2, 1], offset: offset, confidence: confidence)
    #expect(moved.survival.allSatisfy { (0...1).contains($0) } && moved.survival == moved.survival.sorted(by: >))
    let expected = plain.survival.map { power($0, exponential(offset)) }
    #expect(firstDifference(moved.survival, expected, 1e-12) == nil)
  }
}

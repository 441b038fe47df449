import LinearAlgebra
import Testing

@testable import Survival

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The test of proportional hazards against its definition, the score test of x·g(t) added to the fitted model, and what
/// does not matter to it.
@Suite struct ProportionalHazardsPropertyTests {
  private func test(
    _ trial: RandomTrial, _ transform: TimeTransform = .km, ties: TieMethod = .efron, perTerm: Bool = true
  ) throws -> ProportionalHazardsTest? {
    guard let fit = try trial.fit(ties) else { return nil }
    return try ProportionalHazardsTest(fit, data: try trial.data(), transform: transform, perTerm: perTerm)
  }

  /// g(t) of a trial, each from its definition, over the rows with a weight above 0.
  private func timeFunction(_ all: RandomTrial, _ transform: TimeTransform) -> (Double) -> Double {
    let trial = all.taking((0..<all.count).filter { all.weight($0) > 0 })
    return switch transform {
    case .identity: { $0 }
    case .log: { Glibc.log($0) }
    case .rank:
      { t in
        let below = trial.time.count { $0 < t }
        return Double(below) + Double(trial.time.count { $0 == t } + 1) / 2
      }
    case .km:
      {
        var whole = trial
        whole.weights = nil
        let curve = SlowCurve(whole, rows: Array(0..<trial.count))
        return { t in 1 - (curve.time.lastIndex { $0 < t }.map { curve.survival[$0] } ?? 1) }
      }()
    }
  }

  @Test("the statistic is the score test of x g(t), by loops over the risk sets", arguments: Seeds.all)
  func definition(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let transform = TimeTransform.allCases[Int(seed / 16) % 4]
    let ties: TieMethod = seed % 32 < 16 ? .efron : .breslow
    guard let fit = try trial.fit(ties) else { return }
    let test = try ProportionalHazardsTest(fit, data: try trial.data(), transform: transform)
    let g = timeFunction(trial, transform)
    // Any origin of g gives the same test; one near the middle keeps the digits.
    let middle = trial.time.map(g).reduce(0, +) / Double(trial.count)
    let slow = SlowCox(trial, ties: ties, beta: fit.coefficients + [0, 0]) { j, i, t in
      trial.x[j % 2][i] * (j < 2 ? 1 : g(t) - middle)
    }
    func statistic(_ added: [Int]) -> Double? {
      let columns = [0, 1] + added
      let whole = Matrix(
        rows: columns.count, columns: columns.count,
        values: columns.flatMap { a in columns.map { slow.information[a][$0] } })
      // The score of the fitted coefficients is 0, so the whole quadratic form is that of the added ones.
      return Cholesky(whole)?.quadraticForm(columns.map { $0 < 2 ? 0 : slow.score[$0] })
    }
    for (j, result) in test.results.enumerated() {
      guard let expected = statistic([2 + j]) else { continue }
      // A Schur complement against one factor of the whole: the condition number costs some digits.
      #expect(isClose(result.statistic, expected, 1e-7), "\(transform)")
      #expect(result.degreesOfFreedom == 1)
    }
    if let expected = statistic([2, 3]) { #expect(isClose(test.global.statistic, expected, 1e-7), "\(transform)") }
    #expect(test.global.degreesOfFreedom == 2)
  }

  @Test("units of time and covariates, and the order of rows, do not matter", arguments: Seeds.all)
  func invariance(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let transform = TimeTransform.allCases[Int(seed / 16) % 4]
    var other = trial.taking(trial.shuffledRows())
    other.time = other.time.map { $0 / 365.25 }
    other.entry = other.entry?.map { $0 / 365.25 }
    other.x[0] = other.x[0].map { -12 * $0 + 1990 }
    guard let a = try test(trial, transform), let b = try test(other, transform) else { return }
    for (x, y) in zip(a.results + [a.global], b.results + [b.global]) {
      #expect(isClose(x.statistic, y.statistic, 1e-8) && isClose(x.p, y.p, 1e-8))
    }
  }

  @Test("rows of weight 0 are not in the analysis: leaving them out changes nothing", arguments: Seeds.all)
  func weightZero(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    guard let weights = trial.weights, weights.contains(0) else { return }
    let rest = trial.taking(weights.indices.filter { weights[$0] != 0 })
    for transform in TimeTransform.allCases {
      guard let a = try test(trial, transform), let b = try test(rest, transform) else { continue }
      // The same numbers added in the same order, but for covariates centred on another first row.
      for (x, y) in zip(a.results + [a.global], b.results + [b.global]) {
        #expect(isClose(x.statistic, y.statistic, 1e-9), "\(transform)")
      }
    }
  }

  @Test("one covariate: the global test is its own; a factor: its columns together or one by one", arguments: Seeds.all)
  func terms(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, allowing: [.tied, .stratified, .truncated], covariates: 1)
    if let single = try test(trial) { #expect(isClose(single.results[0].statistic, single.global.statistic, 1e-12)) }
    var arms = trial
    arms.arm = arms.arm.indices.map { $0 % 3 }
    let groups = Grouping(arms.arm.map { "arm \($0)" })
    let data = try arms.data()
    let design = try DesignMatrix([.factor(name: "arm", levels: groups, reference: "arm 1")], rows: arms.count)
    let fit = try CoxModel().fit(data, design, strata: arms.strata)
    guard fit.warnings.isEmpty else { return }
    let together = try ProportionalHazardsTest(fit, data: data)
    #expect(together.names == ["arm"] && together.results == [together.global])
    let apart = try ProportionalHazardsTest(fit, data: data, perTerm: false)
    #expect(apart.names == ["arm=arm 0", "arm=arm 2"] && apart.global == together.global)
    #expect(apart.results.allSatisfy { $0.degreesOfFreedom == 1 && $0.statistic <= together.global.statistic + 1e-9 })
  }

  @Test("nothing estimable: an error")
  func nothing() throws {
    let data = try TimeToEvent(time: [1, 2, 3], isEvent: [true, true, false])
    let fit = try CoxModel().fit(data, try DesignMatrix([.numeric(name: "x", values: [1, 1, 1])], rows: 3))
    #expect(throws: CoxFitError.self) { try ProportionalHazardsTest(fit, data: data) }
  }
}

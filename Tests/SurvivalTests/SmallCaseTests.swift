import Survival
import Testing

/// Small cases worked by hand or published, each of which broke some package once; those that are plain numbers stand in
/// certified.json of the reference tests.
@Suite struct SmallCaseTests {
  private func curve(_ time: [Double], _ event: [Int], entry: [Double]? = nil, tolerance: Double? = nil) throws
    -> KaplanMeier
  {
    let data = try TimeToEvent(
      time: time, isEvent: event.map { $0 == 1 }, entry: entry,
      tieTolerance: tolerance ?? TimeToEvent.defaultTieTolerance)
    return KaplanMeier(EventTable.tables(data)[0], confidence: try ConfidenceSetting())
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-13) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
  }

  private static let time: [Double] = [4, 3, 1, 1, 2, 2, 3]
  private static let event = [1, 1, 1, 0, 1, 1, 0].map { $0 == 1 }
  private static let x: [Double] = [0, 2, 1, 1, 1, 0, 0]

  private func cox(
    _ time: [Double], _ event: [Bool], _ x: [Double], _ ties: TieMethod = .efron, weights: [Double]? = nil
  ) throws -> CoxFit {
    let data = try TimeToEvent(time: time, isEvent: event, weights: weights)
    return try CoxModel(ties: ties).fit(
      data, try DesignMatrix([.numeric(name: "x", values: x)], rows: time.count))
  }

  @Test("tiny case weights: a positive log-likelihood, convergence")
  func tinyWeights() throws {
    let fit = try cox(Self.time, Self.event, Self.x, weights: [Double](repeating: 1e-4, count: 7))
    #expect(fit.logLikelihood > 0.004 && fit.logLikelihood < 0.0041 && fit.converged)
  }

  @Test("separation: a named warning, no finite hazard ratio")
  func separation() throws {
    let fit = try cox((1...6).map(Double.init), [Bool](repeating: true, count: 6), [1, 1, 1, 0, 0, 0])
    #expect(fit.warnings.map(\.code) == [.infiniteCoefficient])
    #expect(fit.warnings.first?.coefficient == "x")
    #expect(fit.hazardRatios()[0].estimate.isNaN)
    // The likelihood tends to 1/(3·2·1)² = 1/36.
    #expect(abs(fit.logLikelihood - -3.58351893845611) < 1e-6)
    #expect(fit.likelihoodRatioTest.statistic > 0)
  }

  @Test("constant and collinear columns are aliased by name, the rest is fitted")
  func aliased() throws {
    let data = try TimeToEvent(time: Self.time, isEvent: Self.event)
    let fit = try CoxModel().fit(
      data,
      try DesignMatrix(
        [
          .numeric(name: "one", values: [Double](repeating: 1, count: 7)), .numeric(name: "x", values: Self.x),
          .numeric(name: "twice", values: Self.x.map { 2 * $0 + 5 }),
        ], rows: 7))
    #expect(fit.warnings.compactMap(\.coefficient) == ["one", "twice"])
    #expect(fit.coefficients[0].isNaN && fit.coefficients[2].isNaN)
    let alone = try cox(Self.time, Self.event, Self.x)
    // One and the same column in both; only the order of the sums can differ.
    #expect(isClose(fit.coefficients[1], alone.coefficients[0], 1e-14))
  }

  @Test("no event: an error, not a fit")
  func noEvents() throws {
    #expect(throws: CoxFitError.self) { try cox([1, 2, 3], [false, false, false], [0, 1, 0]) }
  }

  @Test("near-ties are one time, unless merging is off")
  func nearTies() throws {
    let almostTwo = 2.0.squareRoot() * 2.0.squareRoot()
    #expect(isClose(try curve([2, almostTwo, 3], [1, 1, 1]).survival[0], 1 / 3.0, 1e-15))
    #expect(try curve([2, almostTwo, 3], [1, 1, 1], tolerance: 0).survival.count == 3)
    // Relative: the same on another scale.
    #expect(try curve([2e-9, almostTwo * 1e-9, 3e-9], [1, 1, 1]).survival.count == 2)
  }

  @Test("the median of a flat half under three conventions")
  func flatMedian() throws {
    let curve = try curve([54, 75, 77, 84, 87, 92, 103, 105, 112, 118], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0])
    #expect(curve.median(rule: .r).estimate == 102.5)
    #expect(curve.median(rule: .sas).estimate == nil)
    #expect(curve.median(rule: .stata).estimate == 87)
  }

  @Test("six million subjects, one event: no overflow")
  func large() throws {
    let n = 6_000_000
    var time = [Double](repeating: 2, count: n)
    time[0] = 1
    var event = [Bool](repeating: false, count: n)
    event[0] = true
    let table = EventTable.tables(try TimeToEvent(time: time, isEvent: event))[0]
    let curve = KaplanMeier(table, confidence: try ConfidenceSetting())
    #expect(isClose(curve.survival[0], 0.999999833333333, 1e-15))
    // R's std.err of a curve is that of ln S.
    #expect(abs(curve.standardErrorOfLogSurvival[0] - 1.66666680555557e-07) < 1e-20)
  }

  @Test("rows in any order give the same bits")
  func permutation() throws {
    let order = [3, 6, 0, 2, 5, 1, 4]
    let a = try cox(Self.time, Self.event, Self.x)
    let b = try cox(order.map { Self.time[$0] }, order.map { Self.event[$0] }, order.map { Self.x[$0] })
    #expect(isClose(a.coefficients[0], b.coefficients[0], 1e-15))
    #expect(
      try curve(Self.time, [1, 1, 1, 0, 1, 1, 0]).survival
        == curve(order.map { Self.time[$0] }, order.map { Self.event[$0] ? 1 : 0 }).survival)
  }
}

@Suite struct DesignColumnTests {
  @Test("columns made elsewhere are one term, checked like any other")
  func columns() throws {
    typealias Column = DesignMatrix.Covariate.Column
    let design = try DesignMatrix(
      [
        .numeric(name: "x", values: [1, 2]),
        .columns(name: "x:g", columns: [Column(name: "a", values: [0, 3]), Column(name: "b", values: [4, 0])]),
      ], rows: 2)
    #expect(design.columnNames == ["x", "a", "b"] && design.values == [1, 2, 0, 3, 4, 0])
    #expect(design.terms.map(\.name) == ["x", "x:g"] && design.terms[1].columns == 1..<3)
    #expect(throws: SurvivalInputError.self) {
      try DesignMatrix([.columns(name: "t", columns: [Column(name: "a", values: [1])])], rows: 2)
    }
    #expect(throws: SurvivalInputError.self) {
      try DesignMatrix([.columns(name: "t", columns: [Column(name: "a", values: [1, .nan])])], rows: 2)
    }
  }
}

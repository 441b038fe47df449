import LinearAlgebra
import Testing

@testable import Survival

/// What is refused, with which code and which row, and what is made of unusual but lawful input.
@Suite struct InputTests {
  private static let nan = Double.nan

  @Test(
    "times that cannot be used",
    arguments: [
      ([1, .nan], nil, nil, "not-finite", 1), ([1, .infinity], nil, nil, "not-finite", 1),
      ([-1, 2], nil, nil, "negative-time", 0), ([1, 2], [1, -0.5], nil, "negative-weight", 1),
      ([1, 2], [.nan, 1], nil, "negative-weight", 0), ([1, 2], nil, [0, .nan], "not-finite", 1),
      ([1, 2], nil, [0, 2], "empty-interval", 1), ([1, 2], nil, [0, 2 - 1e-13], "empty-interval", 1),
      ([], nil, nil, "empty", -1), ([1, 2], [1], nil, "length-mismatch", -1),
      ([1, 2], nil, [0], "length-mismatch", -1),
    ] as [([Double], [Double]?, [Double]?, String, Int)])
  func times(time: [Double], weights: [Double]?, entry: [Double]?, code: String, row: Int) {
    #expect {
      try TimeToEvent(time: time, isEvent: time.map { _ in true }, entry: entry, weights: weights)
    } throws: { error in
      let found = error as? SurvivalInputError
      // Rows are counted from 1 for a reader.
      return found?.code.rawValue == code && found?.row == (row < 0 ? nil : row)
        && (row < 0 || "\(error)".hasPrefix("row \(row + 1): "))
    }
  }

  @Test("settings that cannot be used", arguments: [-1e-9, 0.01, .nan])
  func tolerances(tolerance: Double) {
    #expect(throws: SurvivalInputError.self) {
      try TimeToEvent(time: [1], isEvent: [true], tieTolerance: tolerance)
    }
  }

  @Test("confidence levels and horizons", arguments: [0, 1, -0.5, 1.5, .nan])
  func levels(level: Double) throws {
    #expect(throws: SurvivalInputError.self) { try ConfidenceSetting(level: level) }
    let curve = KaplanMeier(
      EventTable.tables(try TimeToEvent(time: [1, 2], isEvent: [true, false]))[0], confidence: try ConfidenceSetting())
    if level <= 0 || level.isNaN { #expect(throws: SurvivalInputError.self) { try RestrictedMean(curve, tau: level) } }
    #expect(throws: SurvivalInputError.self) { try RestrictedMean(curve, tau: .infinity) }
  }

  @Test("time 0, minus zero and an event at the very start")
  func originTimes() throws {
    let data = try TimeToEvent(time: [0, -0.0, 1, 2], isEvent: [true, true, false, true])
    #expect(data.distinctTimes == [0, 1, 2])
    let curve = KaplanMeier(EventTable.tables(data)[0], confidence: try ConfidenceSetting())
    #expect(curve.survival == [0.5, 0.5, 0])
    #expect(curve.landmarks([0])[0].survival == 0.5)
  }

  @Test("before the first time S is 1; after the last it is carried on and said to be")
  func landmarks() throws {
    let curve = KaplanMeier(
      EventTable.tables(try TimeToEvent(time: [2, 4], isEvent: [true, false]))[0], confidence: try ConfidenceSetting())
    let points = curve.landmarks([9, 1])
    #expect(points[1].survival == 1 && points[1].standardErrorOfSurvival == 0 && points[1].atRisk == 2)
    #expect(points[1].lower == 1 && points[1].upper == 1 && !points[1].isBeyondLastObservation)
    #expect(points[0].survival == 0.5 && points[0].atRisk == 0 && points[0].isBeyondLastObservation)
  }

  @Test("subsets and reversal keep settings")
  func subsets() throws {
    let data = try TimeToEvent(
      time: [3, 1, 2], isEvent: [true, false, true], entry: [0, 0.5, 1], weights: [1, 2, 3], tieTolerance: 0)
    let part = try data.subset([2, 0])
    #expect(part.time == [2, 3] && part.entry == [1, 0] && part.weights == [3, 1] && part.tieTolerance == 0)
    let reversed = try data.reversed()
    #expect(reversed.isEvent == [false, true, false] && reversed.time == data.time && reversed.eventCount == 1)
    #expect(throws: SurvivalInputError.self) { try data.subset([]) }
  }

  @Test("comparisons that cannot be made")
  func comparisons() throws {
    let data = try TimeToEvent(time: [1, 2, 3], isEvent: [true, true, false])
    func code(_ data: TimeToEvent, _ groups: [String]) -> SurvivalInputError.Code? {
      do throws(SurvivalInputError) {
        _ = try LogRankTest(data, groups: Grouping(groups))
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code(data, ["a", "a", "a"]) == .tooFewGroups)
    #expect(code(try TimeToEvent(time: [1, 2], isEvent: [false, false]), ["a", "b"]) == .tooFewGroups)
    #expect(
      code(try TimeToEvent(time: [1, 2], isEvent: [true, true], weights: [1, 2]), ["a", "b"]) == .notSupported)
    // One arm is never at risk at an event: nothing to compare, and no division by a variance of 0.
    let silent = try LogRankTest(
      try TimeToEvent(time: [1, 2, 3], isEvent: [false, true, true]), groups: Grouping(["a", "b", "b"]))
    #expect(silent.result.statistic == 0 && silent.result.degreesOfFreedom == 0 && silent.z == nil)
    #expect(silent.petoHazardRatio(level: 0.95) == nil && silent.oneSidedLowerP == nil)
  }

  @Test("names of weights")
  func weightNames() {
    #expect(
      [
        LogRankWeighting.logRank, .gehanBreslow, .taroneWare, .peto, .modifiedPeto,
        .flemingHarrington(rho: 0.5, gamma: 1),
      ].map(\.name) == [
        "log-rank", "gehan-breslow", "tarone-ware", "peto", "modified-peto", "fleming-harrington(0.5,1)",
      ])
  }

  @Test("designs that cannot be used")
  func designs() {
    func code(_ covariates: [DesignMatrix.Covariate]) -> SurvivalInputError.Code? {
      do throws(SurvivalInputError) {
        _ = try DesignMatrix(covariates, rows: 3)
        return nil
      } catch {
        return error.code
      }
    }
    let factor = Grouping(["a", "b", "a"])
    #expect(code([.numeric(name: "x", values: [1, 2])]) == .lengthMismatch)
    #expect(code([.numeric(name: "x", values: [1, 2, .infinity])]) == .notFinite)
    #expect(code([.factor(name: "f", levels: Grouping(["a", "b"]), reference: nil)]) == .lengthMismatch)
    #expect(code([.factor(name: "f", levels: Grouping(["a", "a", "a"]), reference: nil)]) == .tooFewGroups)
    #expect(code([.factor(name: "f", levels: factor, reference: "c")]) == .badSetting)
    #expect(code([.factor(name: "f", levels: factor, reference: nil), .interaction(["f", "x"])]) == .badSetting)
  }

  @Test("factors and interactions in R's order of columns")
  func columns() throws {
    let design = try DesignMatrix(
      [
        .factor(name: "f", levels: Grouping(["a", "b", "c", "b"]), reference: "b"),
        .numeric(name: "x", values: [1, 2, 3, 4]), .interaction(["f", "x"]),
      ], rows: 4)
    #expect(design.columnNames == ["f=a", "f=c", "x", "f=a:x", "f=c:x"])
    #expect(design.terms.map(\.columns) == [0..<2, 2..<3, 3..<5])
    #expect(Array(design.column(0)) == [1, 0, 0, 0] && Array(design.column(4)) == [0, 0, 3, 0])
  }

  @Test("groups: sorted by value or by bytes, in a given order, crossed, cut down")
  func groups() {
    #expect(Grouping(["10", "9", "10"]).labels == ["9", "10"])
    #expect(Grouping(["b", "B", "10"]).labels == ["10", "B", "b"])
    #expect(Grouping(["a", "b", "c"], order: ["c", "z", "a"]).labels == ["c", "a", "b"])
    // Two spellings of é are two labels: a file may mean them so, and no reader sees a merge.
    #expect(Grouping(["\u{E9}", "e\u{301}"]).count == 2)
    let crossed = Grouping.crossing([Grouping(["a", "b", "b"]), Grouping(["2", "1", "2"])])
    #expect(crossed?.labels == ["a, 2", "b, 1", "b, 2"] && crossed?.codes == [0, 1, 2])
    #expect(Grouping.crossing([]) == nil)
    let groups = Grouping(["a", "b", "c", "a"])
    #expect(groups.subset([2, 0]).labels == ["a", "c"] && groups.subset([2, 0]).codes == [1, 0])
    #expect(groups.subset([2, 0], dropEmpty: false) == Grouping(labels: ["a", "b", "c"], codes: [2, 0]))
  }

  @Test("the robust variance of a curve with delayed entry is refused")
  func robustWithEntry() throws {
    let data = try TimeToEvent(time: [1, 2], isEvent: [true, true], entry: [0, 0])
    #expect(throws: SurvivalInputError.self) {
      try KaplanMeier.curves(data, confidence: try ConfidenceSetting(), variance: .robust)
    }
  }

  private func fit(_ model: CoxModel, x: [Double], weights: [Double]? = nil, offset: [Double]? = nil) throws -> CoxFit {
    let data = try TimeToEvent(
      time: x.indices.map { Double($0 + 1) }, isEvent: x.map { _ in true }, weights: weights)
    return try model.fit(data, try DesignMatrix([.numeric(name: "x", values: x)], rows: x.count), offset: offset)
  }

  @Test("a likelihood that is not finite, or has no event with weight, is an error")
  func impossibleFits() throws {
    func code(_ body: () throws -> CoxFit) -> CoxFitError.Code? {
      do {
        _ = try body()
        return nil
      } catch {
        return (error as? CoxFitError)?.code
      }
    }
    #expect(code { try fit(CoxModel(), x: [0, 1, 0], offset: [0, .infinity, 0]) } == .notFinite)
    #expect(code { try fit(CoxModel(), x: [0, 1, 0], weights: [0, 0, 0]) } == .noEvents)
    #expect(code { try fit(CoxModel(), x: [0, 1, 0]) } == nil)
  }

  @Test("iterations that run out give the last good iterate and a warning")
  func noConvergence() throws {
    let x: [Double] = [1, 0, 1, 1, 0, 0, 1, 0]
    let stopped = try fit(CoxModel(maximumIterations: 1), x: x)
    #expect(stopped.warnings.map(\.code) == [.notConverged] && !stopped.converged && stopped.iterations == 1)
    #expect(stopped.warnings[0].coefficient == nil && stopped.warnings[0].message.contains("1 iterations"))
    let full = try fit(CoxModel(), x: x)
    #expect(full.converged && full.warnings.isEmpty && full != stopped)
    // The first step is already close, and the likelihood there lies between the two ends.
    #expect(stopped.logLikelihood > stopped.logLikelihoodNull && stopped.logLikelihood <= full.logLikelihood)
    #expect(try full == fit(CoxModel(), x: x))
  }

  @Test("separation in either direction, and beside a covariate that is estimable")
  func separation() throws {
    let down = try fit(CoxModel(), x: [0, 0, 0, 1, 1, 1])
    #expect(down.warnings.map(\.code) == [.infiniteCoefficient] && down.warnings[0].message.contains("−infinity"))
    #expect(down.coefficients[0] < 0 && down.standardErrors[0].isNaN && down.p[0].isNaN)
    let data = try TimeToEvent(time: (1...8).map(Double.init), isEvent: [Bool](repeating: true, count: 8))
    let both = try CoxModel(ties: .breslow).fit(
      data,
      try DesignMatrix(
        [
          .numeric(name: "apart", values: [1, 1, 1, 1, 0, 0, 0, 0]),
          .numeric(name: "fine", values: [0, 1, 0, 1, 1, 0, 0, 1]),
        ], rows: 8))
    #expect(both.warnings.compactMap(\.coefficient) == ["apart"])
    #expect(both.standardErrors[0].isNaN && both.standardErrors[1].isFinite)
    // With the first coefficient at infinity the likelihood is that of two groups, one after the other: two strata.
    let strata = try CoxModel(ties: .breslow).fit(
      data, try DesignMatrix([.numeric(name: "fine", values: [0, 1, 0, 1, 1, 0, 0, 1])], rows: 8),
      strata: Grouping(["1", "1", "1", "1", "0", "0", "0", "0"]))
    #expect(isClose(both.coefficients[1], strata.coefficients[0], 1e-4))
    #expect(isClose(both.logLikelihood, strata.logLikelihood, 1e-4))
  }

  @Test("criteria and intervals follow from the likelihood and the standard error")
  func summaries() throws {
    let fit = try fit(CoxModel(), x: [1, 0, 1, 1, 0, 0, 1, 0])
    #expect(isClose(fit.aic, -2 * fit.logLikelihood + 2, 1e-14))
    #expect(isClose(fit.bicEvents, -2 * fit.logLikelihood + logarithm(8), 1e-14))
    let ratio = fit.hazardRatios(level: 0.9)[0]
    // An interval on the log scale: its limits multiply to the square of the estimate.
    #expect(isClose(ratio.lower * ratio.upper, ratio.estimate * ratio.estimate, 1e-13) && ratio.name == "x")
    #expect(isClose(logarithm(ratio.upper / ratio.estimate), 1.6448536269514722 * fit.standardErrors[0], 1e-13))
    #expect(isClose(fit.waldTest.statistic, fit.z[0] * fit.z[0], 1e-13) && isClose(fit.waldTest.p, fit.p[0], 1e-13))
  }
}

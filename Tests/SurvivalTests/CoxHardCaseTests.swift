import Testing

@testable import Survival

/// Data on which a Cox fit has no full set of finite estimates, or nearly none: what is left stands with all its digits.
/// Numbers are of R survival 3.5-3 run to the end (eps = 1e-14); 1e-11 is what its own round-off leaves.
@Suite struct CoxHardCaseTests {
  private static let time: [Double] = [31, 5, 17, 44, 8, 23, 23, 12, 60, 38, 5, 51, 29, 17, 40, 9]
  private static let event = [1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1].map { $0 == 1 }
  private static let x = [0.5, 1.2, -0.3, 0, 0.9, -1.1, 0.4, 0.7, -0.6, 0.2, 1.5, -0.8, 0.1, 0.3, -0.2, -0.5]
  private static let z: [Double] = [0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 1]
  /// Nobody of the third group has an event.
  private static let group = [0, 1, 2, 0, 1, 0, 2, 1, 2, 1, 0, 1, 0, 1, 2, 0]
  private static let tolerance = 1e-11

  private func fit(
    _ covariates: [DesignMatrix.Covariate], rows: [Int] = Array(0..<16), time: (Double) -> Double = { $0 },
    strata: Grouping? = nil, weights: [Double]? = nil
  ) throws -> CoxFit {
    try CoxModel().fit(
      try TimeToEvent(
        time: rows.map { time(Self.time[$0]) }, isEvent: rows.map { Self.event[$0] }, weights: weights),
      try DesignMatrix(covariates, rows: rows.count), strata: strata)
  }

  private func number(_ name: String, _ values: [Double]) -> DesignMatrix.Covariate {
    .numeric(name: name, values: values)
  }

  private var plain: [DesignMatrix.Covariate] { [number("x", Self.x), number("z", Self.z)] }
  private func level(_ g: Int) -> [Double] { Self.group.map { $0 == g ? 1 : 0 } }
  private var factor: DesignMatrix.Covariate {
    .columns(name: "g", columns: [.init(name: "g=1", values: level(1)), .init(name: "g=2", values: level(2))])
  }

  @Test("a level of a factor without events: the others are the fit without its rows, and tests reach the supremum")
  func levelWithoutEvents() throws {
    let fit = try fit(plain + [factor])
    #expect(fit.warnings.map(\.code) == [.infiniteCoefficient] && fit.warnings[0].coefficient == "g=2")
    // R: coxph of the rows with g < 2. Iteration ends 1e-7 of a standard error from the supremum.
    let wanted = [1.818719575581264, 1.592183528734688, -0.400850308854403]
    #expect(firstDifference(Array(fit.coefficients[..<3]), wanted, 1e-6) == nil)
    #expect(
      firstDifference(
        Array(fit.standardErrors[..<3]), [0.9263734688592906, 0.8801133644744983, 0.7301151881773942], 1e-6) == nil)
    // Its log-likelihood less that of x + z: the test goes to the supremum, which the refit of all rows does not.
    let terms = try fit.termLikelihoodRatioTests().map(\.test)
    #expect(isClose(terms[2].statistic, 2 * (18.71055785606119 - 14.81012371120658), Self.tolerance))
    #expect(terms[2].degreesOfFreedom == 2 && fit.termWaldTests()[2].test.statistic.isNaN)
    let profile = try fit.profiles()[3]
    #expect(profile.lower.isNaN && profile.lowerAbsence == .unbounded && profile.upper.isFinite)
    // At the upper limit the model refitted with it as an offset has lost the quantile.
    let held = try CoxModel().fit(
      try TimeToEvent(time: Self.time, isEvent: Self.event),
      DesignMatrix(plain + [number("g=1", level(1))], rows: 16), offset: level(2).map { $0 * profile.upper })
    #expect(isClose(2 * (-14.81012371120658 - held.logLikelihood), 3.841458820694124, Self.tolerance))
  }

  @Test("two coefficients at infinity leave a third with its estimate, its profile and its test")
  func twoInfinite() throws {
    // Two groups without events, in a stratum each side of nothing: rows 3, 7 (−∞) and 9, 15 (−∞).
    let first = (0..<16).map { [2, 6].contains($0) ? 1.0 : 0 }
    let second = (0..<16).map { [8, 14].contains($0) ? 1.0 : 0 }
    let fit = try fit(plain + [number("a", first), number("b", second)])
    #expect(fit.warnings.compactMap(\.coefficient) == ["a", "b"])
    let rows = (0..<16).filter { ![2, 6, 8, 14].contains($0) }
    let rest = try self.fit(
      [number("x", rows.map { Self.x[$0] }), number("z", rows.map { Self.z[$0] })], rows: rows)
    #expect(firstDifference(Array(fit.coefficients[..<2]), rest.coefficients, 1e-6) == nil)
    let (found, wanted) = (try fit.profiles(), try rest.profiles())
    for j in 0..<2 {
      #expect(isClose(found[j].lower, wanted[j].lower, 1e-10) && isClose(found[j].upper, wanted[j].upper, 1e-10))
      #expect(isClose(found[j].test.statistic, wanted[j].test.statistic, 1e-10))
    }
    let firth = try CoxModel(penalty: .firth).fit(
      try TimeToEvent(time: Self.time, isEvent: Self.event),
      try DesignMatrix(plain + [number("a", first), number("b", second)], rows: 16))
    #expect(firth.warnings.isEmpty && firth.converged)
    let penalised = try firth.profiles()
    #expect(penalised.allSatisfy { $0.lower.isFinite && $0.upper.isFinite })
  }

  @Test("units of 1e-6 and 1e9, a far origin and a collinear column: the coefficients of R in their units")
  func scales() throws {
    let wanted = [2.038471639371198, 1.322866418738282]
    let fit = try fit([
      number("x", Self.x.map { $0 * 1e-6 }), number("z", Self.z.map { $0 * 1e9 }),
      number("both", zip(Self.x, Self.z).map { $0 * 3 - $1 * 7 + 1e6 }),
    ])
    #expect(fit.warnings.map(\.coefficient) == ["both"] && fit.warnings[0].code == .aliased)
    #expect(isClose(fit.coefficients[0] * 1e-6, wanted[0], Self.tolerance))
    #expect(isClose(fit.coefficients[1] * 1e9, wanted[1], Self.tolerance))
    #expect(isClose(fit.logLikelihood, -18.71055785606119, 1e-13))
    #expect(isClose(fit.scoreTest.statistic, 10.81991024929033, Self.tolerance))
  }

  @Test("days divided by 365.25 tie as the days do, to the bit")
  func tiedFloats() throws {
    let (days, years) = (try fit(plain), try fit(plain, time: { $0 / 365.25 }))
    #expect(days.coefficients == years.coefficients && days.covariance == years.covariance)
    #expect(isClose(days.standardErrors[0], 0.8997747819563545, Self.tolerance))
  }

  @Test("an arm of one row")
  func armOfOneRow() throws {
    let one = (0..<16).map { $0 == 3 ? 1.0 : 0 }
    let fit = try fit([number("x", Self.x), number("one", one)])
    #expect(firstDifference(fit.coefficients, [2.174143830183555, -0.7324665462801204], Self.tolerance) == nil)
    #expect(firstDifference(fit.standardErrors, [0.797047210582721, 1.206181504327756], Self.tolerance) == nil)
    #expect(isClose(fit.scoreTest.statistic, 9.266772062702744, Self.tolerance))
    let test = try ProportionalHazardsTest(
      fit, data: try TimeToEvent(time: Self.time, isEvent: Self.event), transform: .identity)
    #expect(isClose(test.global.statistic, 0.949334895719036, 1e-10))
  }

  /// Strata without events, and a covariate that varies in them alone: as if they were not there, and an information that is
  /// nothing but round-off is no information.
  @Test func strataWithoutEvents() throws {
    let sites = Grouping(labels: ["a", "b"], codes: Self.group.map { $0 == 2 ? 1 : 0 })
    let rows = (0..<16).filter { Self.group[$0] != 2 }
    let there = (0..<16).map { Self.group[$0] == 2 ? Double($0) : 0.1 }
    let fit = try fit(plain + [number("there", there)], strata: sites)
    let rest = try self.fit(
      [number("x", rows.map { Self.x[$0] }), number("z", rows.map { Self.z[$0] })], rows: rows)
    #expect(fit.warnings.map(\.code) == [.aliased] && fit.warnings[0].coefficient == "there")
    #expect(firstDifference(Array(fit.coefficients[..<2]), rest.coefficients, 1e-12) == nil)
    #expect(isClose(fit.logLikelihood, rest.logLikelihood, 1e-13))
  }

  /// One event with three rows at risk: a column constant among them is aliased though it varies in the data, and what the
  /// likelihood ceases to depend on has no number.
  @Test func oneEvent() throws {
    let data = try TimeToEvent(
      time: [9, 8, 7, 1, 2, 3], isEvent: [false, false, true, false, false, false])
    func fit(_ covariates: [DesignMatrix.Covariate]) throws -> CoxFit {
      try CoxModel().fit(data, try DesignMatrix(covariates, rows: 6))
    }
    let far = try fit([
      number("x", [0.9, 0.38, 1.38, 0.1, 0.7, -1]), number("z", [1, 0, 0, 1, 0, 1]), number("c", [1, 1, 1, 0, 0.3, 0]),
    ])
    #expect(far.warnings.first { $0.code == .aliased }?.coefficient == "c")
    // The event has the largest x: everything else is 1/(1 + …) on its way to 1.
    #expect(isClose(far.logLikelihood, 0, 1e-6))
    #expect(isClose(far.logLikelihoodNull, -1.0986122886681098, 1e-14))
    // z separates; once its row is gone, x is constant among those left.
    let beside = try fit([number("z", [1, 1, 0, 1, 0, 1]), number("x", [0.5, -0.5, 0, 0.4, 0.2, 0])])
    #expect(beside.warnings.map(\.code) == [.infiniteCoefficient, .undetermined])
    #expect(beside.standardErrors[0].isNaN && beside.standardErrors[1].isNaN)
    let profile = try beside.profiles()[1]
    #expect(profile.test.statistic >= 0)
  }
}

import Survival
import Testing

/// Cox fits at the edges: weights of zero, covariates and weights near the ends of the number range, nothing to estimate.
@Suite struct CoxEdgeTests {
  private static let time: [Double] = [4, 3, 1, 1, 2, 2, 3, 2, 1, 4, 5, 2]
  private static let event = [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1].map { $0 == 1 }
  private static let x: [Double] = [0, 2, 1, 1, 1, 0, 0, 2, 0, 1, 0, 1]

  private func fit(
    _ rows: [Int], weights: [Double]? = nil, ties: TieMethod = .efron, scale: Double = 1, isStratified: Bool = false,
    isClustered: Bool = false, isTruncated: Bool = false, hasOffset: Bool = false
  ) throws -> (CoxFit, TimeToEvent) {
    let data = try TimeToEvent(
      time: rows.map { Self.time[$0] }, isEvent: rows.map { Self.event[$0] },
      entry: isTruncated ? rows.map { Self.time[$0] > 2 ? 1 : 0 } : nil, weights: weights)
    let design = try DesignMatrix([.numeric(name: "x", values: rows.map { Self.x[$0] * scale })], rows: rows.count)
    let halves = Grouping(labels: ["a", "b"], codes: rows.map { Int32($0 % 2) })
    let thirds = Grouping(labels: ["a", "b", "c"], codes: rows.map { Int32($0 % 3) })
    let fit = try CoxModel(ties: ties).fit(
      data, design, strata: isStratified ? halves : nil, offset: hasOffset ? rows.map { Double($0 % 5) / 4 } : nil,
      cluster: isClustered ? thirds : nil)
    return (fit, data)
  }

  private func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-13 * max(1, abs(b)) }

  /// To have weight zero and not to be there are one thing; R survival refuses such weights.
  @Test(arguments: TieMethod.approximations, 0..<16)
  func weightZeroIsAbsence(ties: TieMethod, setting: Int) throws {
    let all = Array(0..<12)
    let absent = [2, 5, 7, 9]
    func run(_ rows: [Int], _ weights: [Double]?) throws -> (CoxFit, TimeToEvent) {
      try fit(
        rows, weights: weights, ties: ties, isStratified: setting & 1 != 0, isClustered: setting & 2 != 0,
        isTruncated: setting & 4 != 0, hasOffset: setting & 8 != 0)
    }
    let (weighted, weightedData) = try run(all, all.map { absent.contains($0) ? 0 : 1 })
    let (dropped, droppedData) = try run(all.filter { !absent.contains($0) }, nil)
    #expect(isClose(weighted.coefficients[0], dropped.coefficients[0]))
    #expect(isClose(weighted.standardErrors[0], dropped.standardErrors[0]))
    #expect(isClose(weighted.reportedStandardErrors[0], dropped.reportedStandardErrors[0]))
    #expect(isClose(weighted.logLikelihood, dropped.logLikelihood))
    #expect(isClose(weighted.concordance.estimate, dropped.concordance.estimate))
    #expect(isClose(weighted.concordance.standardError, dropped.concordance.standardError))
    // The other two transforms count all rows, whatever their weights.
    for transform in [TimeTransform.identity, .log] {
      let a = try ProportionalHazardsTest(weighted, data: weightedData, transform: transform)
      let b = try ProportionalHazardsTest(dropped, data: droppedData, transform: transform)
      // The statistic comes out of a difference of two informations: ten digits are left of it.
      #expect(abs(a.global.statistic - b.global.statistic) <= 1e-10 * max(1, b.global.statistic))
    }
  }

  @Test func noEventWithAWeight() throws {
    let weights = Self.event.map { $0 ? 0.0 : 1.0 }
    let error = #expect(throws: CoxFitError.self) { try fit(Array(0..<12), weights: weights) }
    #expect(error?.code == .noEvents)
  }

  /// A factor of the covariate divides the coefficient, even where the squares of its values leave the number range.
  @Test(arguments: [1e-280, 1e-170, 1e170, 1e280]) func unitOfACovariate(scale: Double) throws {
    let (plain, _) = try fit(Array(0..<12))
    let (scaled, _) = try fit(Array(0..<12), scale: scale)
    #expect(scaled.warnings.isEmpty)
    #expect(isClose(scaled.coefficients[0] * scale, plain.coefficients[0]))
    #expect(isClose(scaled.logLikelihood, plain.logLikelihood))
  }

  @Test func weightsOutOfRangeAreAnError() {
    let error = #expect(throws: CoxFitError.self) {
      try fit(Array(0..<12), weights: [Double](repeating: 1e308, count: 12))
    }
    #expect(error?.code == .notFinite)
  }

  /// A single event whose covariate lies inside the range has a finite estimate: with values 0, 1, 2 and risk scores
  /// 1, 1, e^b, e^2b in its risk set, b maximises b - log(2 + e^b + e^2b), so e^2b = 2.
  @Test func oneEvent() throws {
    let data = try TimeToEvent(time: [3, 1, 2, 4, 5], isEvent: [false, false, true, false, false])
    let fit = try CoxModel().fit(data, try DesignMatrix([.numeric(name: "x", values: [0, 1, 1, 0, 2])], rows: 5))
    #expect(isClose(fit.coefficients[0], 0.34657359027997264))
    #expect(isClose(fit.logLikelihood, 0.34657359027997264 - 1.6890276367335))
  }
}

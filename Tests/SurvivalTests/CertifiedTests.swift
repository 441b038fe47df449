import Foundation
import LinearAlgebra
import Survival
import Testing

/// The lung data without missing values, and 50-digit values for it (computed with multiple-precision arithmetic,
/// independent of this code and of R).
@Suite struct CertifiedTests {
  private static func columns() throws -> [String: [Double]] {
    let url = try #require(Bundle.module.url(forResource: "Resources/lung_certified", withExtension: "csv"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let header = lines[0].split(separator: ",").map { $0.replacingOccurrences(of: "\"", with: "") }
    var columns: [String: [Double]] = [:]
    for line in lines.dropFirst() {
      for (name, cell) in zip(header, line.split(separator: ",")) {
        columns[name, default: []].append(try #require(Double(cell)))
      }
    }
    return columns
  }

  /// Correct significant digits: −log10 of the relative error, 17 when exact.
  private func digits(_ value: Double, _ certified: Double) -> Double {
    value == certified ? 17 : -log10(abs(value - certified) / abs(certified))
  }

  private static let names = ["age", "sex", "ph.ecog", "ph.karno", "wt.loss"]

  private func fit(_ ties: TieMethod) throws -> CoxFit {
    let columns = try Self.columns()
    let data = try TimeToEvent(
      time: try #require(columns["time"]), isEvent: try #require(columns["status"]).map { $0 == 1 })
    let design = try DesignMatrix(
      try Self.names.map { .numeric(name: $0, values: try #require(columns[$0])) }, rows: data.count)
    return try CoxModel(ties: ties).fit(data, design)
  }

  // Twelve digits are the floor the project promises; the worst seen is printed by the assertion when it fails.
  private static let floor = 12.0

  @Test func efron() throws {
    let fit = try fit(.efron)
    let coefficients = [
      0.015157081126613486311, -0.6314220492639412831, 0.74020440996240903037, 0.015250689673454759828,
      -0.0092977396811320352041,
    ]
    let errors = [
      0.0097629001589612105953, 0.17713421740083130984, 0.19133231966564586558, 0.0097970931075585189572,
      0.0066991491105938055452,
    ]
    var worst = 17.0
    for j in 0..<5 {
      worst = min(worst, digits(fit.coefficients[j], coefficients[j]), digits(fit.standardErrors[j], errors[j]))
    }
    worst = min(worst, digits(fit.logLikelihoodNull, -675.0243733183322599))
    worst = min(worst, digits(fit.logLikelihood, -658.25863563955840076))
    print("certified, Efron: \(worst) digits at least")
    #expect(worst >= Self.floor)
    #expect(fit.converged && fit.warnings.isEmpty)
  }

  @Test func breslow() throws {
    let fit = try fit(.breslow)
    let coefficients = [
      0.015124058239149920658, -0.63054370338090989616, 0.73892265382215145233, 0.015238000294470780361,
      -0.0092639142421759354201,
    ]
    var worst = 17.0
    for j in 0..<5 { worst = min(worst, digits(fit.coefficients[j], coefficients[j])) }
    worst = min(worst, digits(fit.logLikelihoodNull, -675.21267946798374592))
    worst = min(worst, digits(fit.logLikelihood, -658.50231980743239014))
    print("certified, Breslow: \(worst) digits at least")
    #expect(worst >= Self.floor)
  }

  @Test func curveAndLogRank() throws {
    let columns = try Self.columns()
    let data = try TimeToEvent(
      time: try #require(columns["time"]), isEvent: try #require(columns["status"]).map { $0 == 1 })
    let curve = KaplanMeier(EventTable.tables(data)[0], confidence: try ConfidenceSetting())
    let certified = [
      (5.0, 0.99530516431924882629, 0.004683801974120913258), (100, 0.87785975109918771891, 0.022444060336819673358),
      (365, 0.43229068575164343738, 0.037368066884269925907), (500, 0.31488087597242102687, 0.037055956968555744563),
    ]
    var worst = 17.0
    for (point, expected) in zip(curve.landmarks(certified.map(\.0)), certified) {
      worst = min(worst, digits(point.survival, expected.1), digits(point.standardErrorOfSurvival, expected.2))
    }
    let sex = Grouping(try #require(columns["sex"]).map { String(Int($0)) })
    let test = try LogRankTest(data, groups: sex)
    #expect(test.observed[0] == 102)
    worst = min(worst, digits(test.expected[0], 83.152453790040357878))
    worst = min(worst, digits(test.variance[0, 0], 37.012528943026582145))
    worst = min(worst, digits(test.result.statistic, 9.5975608336131236512))
    worst = min(worst, digits(test.result.p, 0.0019483600885089776754))
    print("certified, curve and log-rank: \(worst) digits at least")
    #expect(worst >= Self.floor)
  }
}

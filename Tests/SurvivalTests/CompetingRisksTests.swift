import Foundation
import LinearAlgebra
import Testing

@testable import Survival

extension Double {
  var exponential: Double { exp(self) }
  var logarithm: Double { log(self) }
}

/// Cumulative incidence, Gray's test and the Fine–Gray model by their definitions and their identities.
@Suite struct CompetingRisksTests {
  private static func confidence() throws -> ConfidenceSetting { try ConfidenceSetting(transform: .log) }

  // MARK: Aalen–Johansen

  @Test("five subjects by hand")
  func byHand() throws {
    // n = 5, 4, 3, 2, 1: F1 = 1/5, then + 3/5 · 1/3; F2 = 4/5 · 1/4; S = 4/5, 3/5, 2/5, 2/5, 0.
    let risks = try CompetingRisks(
      time: [1, 2, 3, 4, 5], cause: [1, 2, 1, 0, 2], labels: ["a", "b"])
    let curve = try AalenJohansen.curves(risks, confidence: try Self.confidence())[0]
    #expect(firstDifference(curve.causes[0].incidence, [0.2, 0.2, 0.4, 0.4, 0.4], 1e-15) == nil)
    #expect(firstDifference(curve.causes[1].incidence, [0, 0.2, 0.2, 0.2, 0.6], 1e-15) == nil)
    #expect(firstDifference(curve.eventFree, [0.8, 0.6, 0.4, 0.4, 0], 1e-15) == nil)
    // Before any censoring F is a binomial proportion: jackknife √(p(1−p)/n).
    let jackknife = try #require(curve.causes[0].jackknifeStandardError)
    #expect(isClose(jackknife[0], (0.2 * 0.8 / 5).squareRoot(), 1e-14))
    #expect(isClose(jackknife[2], (0.4 * 0.6 / 5).squareRoot(), 1e-14))
    #expect(curve.position(at: 0.5) == nil && curve.position(at: 2.5) == 1 && curve.position(at: 99) == 4)
    #expect(curve.causes[1].lower[0].isNaN, "no interval where nothing has happened")
  }

  @Test("the incidences and S sum to one; names of causes and order of rows do not matter", arguments: Seeds.all)
  func sums(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed)
    // Weights and delayed entry together have no variance.
    if trial.weights != nil, trial.entry != nil { return }
    let cause = trial.causes(3)
    let curves = try AalenJohansen.curves(
      try trial.risks(cause, causes: 3), by: trial.groups, confidence: try Self.confidence())
    let order = trial.shuffledRows()
    let other = try AalenJohansen.curves(
      try trial.taking(order).risks(order.map { cause[$0] == 0 ? 0 : 4 - cause[$0] }, causes: 3),
      by: trial.taking(order).groups, confidence: try Self.confidence())
    for (a, b) in zip(curves, other) {
      for k in a.time.indices {
        let sum = a.causes.reduce(a.eventFree[k]) { $0 + $1.incidence[k] }
        #expect(isClose(sum, 1, 1e-13))
      }
      for c in 0..<3 {
        #expect(firstDifference(a.causes[c].incidence, b.causes[2 - c].incidence, 1e-13) == nil)
        let variance = a.variance
        let errors = try #require(a.causes[c].standardError(variance))
        #expect(firstDifference(errors, b.causes[2 - c].standardError(variance) ?? [], 1e-7) == nil)
        #expect(zip(a.causes[c].incidence, a.causes[c].incidence.dropFirst()).allSatisfy { $0 <= $1 })
        for k in a.time.indices where a.causes[c].incidence[k] > 0 {
          #expect(a.causes[c].lower[k] <= a.causes[c].incidence[k] && a.causes[c].upper[k] <= 1)
        }
      }
    }
  }

  @Test("with one cause the incidence is 1 − Kaplan–Meier, its jackknife the robust error of S", arguments: Seeds.all)
  func oneCause(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .weighted])
    let risks = try trial.risks(trial.causes(1), causes: 1)
    let curve = try AalenJohansen.curves(risks, confidence: try Self.confidence())[0]
    let survival = try KaplanMeier.curves(
      try trial.data(), confidence: try Self.confidence(), variance: .robust)[0]
    #expect(firstDifference(curve.causes[0].incidence, survival.survival.map { 1 - $0 }, 1e-13) == nil)
    let errors = try #require(curve.causes[0].jackknifeStandardError)
    for k in curve.time.indices where survival.survival[k] > 1e-9 {
      // A sum of squares that is moved from time to time keeps half the digits where it comes back to nothing.
      #expect(isClose(errors[k], survival.standardErrorOfSurvival[k], 1e-7))
    }
  }

  @Test("the jackknife is the derivative of the incidence in every weight", arguments: Seeds.all)
  func jackknife(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .weighted], rows: 6...20)
    let cause = trial.causes(2)
    let curve = try AalenJohansen.curves(try trial.risks(cause, causes: 2), confidence: try Self.confidence())[0]
    var variance = [[Double]](repeating: [Double](repeating: 0, count: curve.time.count), count: 2)
    for row in 0..<trial.count where trial.weight(row) > 0 {
      let h = 1e-4 * trial.weight(row)
      func shifted(_ step: Double) throws -> AalenJohansen {
        var other = trial
        other.weights = (0..<trial.count).map { trial.weight($0) + ($0 == row ? step : 0) }
        return try AalenJohansen.curves(try other.risks(cause, causes: 2), confidence: try Self.confidence())[0]
      }
      let (up, down) = (try shifted(h), try shifted(-h))
      for c in 0..<2 {
        for k in curve.time.indices {
          let influence = (up.causes[c].incidence[k] - down.causes[c].incidence[k]) / (2 * h) * trial.weight(row)
          variance[c][k] += influence * influence
        }
      }
    }
    for c in 0..<2 {
      // Differences of step h leave errors of h² and 1e-16/h.
      let errors = try #require(curve.causes[c].jackknifeStandardError)
      #expect(firstDifference(errors, variance[c].map { $0.squareRoot() }, 1e-5) == nil)
    }
  }

  @Test("Aalen's variance by its sum over the times before", arguments: Seeds.all)
  func aalen(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .truncated])
    let cause = trial.causes(2)
    let curve = try AalenJohansen.curves(
      try trial.risks(cause, causes: 2), confidence: try Self.confidence(), variance: .aalen)[0]
    for c in 0..<2 {
      let errors = try #require(curve.causes[c].aalenStandardError)
      let f = curve.causes[c].incidence
      for k in curve.time.indices {
        var sum = 0.0
        for u in 0...k where curve.table.events[u] > 0 {
          let n = curve.table.atRisk[u]
          let before = u > 0 ? curve.eventFree[u - 1] : 1
          let ratio = curve.eventFree[u] > 0 ? (f[k] - f[u]) / curve.eventFree[u] : 0
          let own = curve.causes[c].events[u]
          for (d, slope) in [(own, 1 - ratio), (curve.table.events[u] - own, -ratio)] where d > 0 {
            sum += before * before * d / (n * n) * (d > 1 ? (n - d) / (n - 1) : 1) * slope * slope
          }
        }
        #expect(isClose(errors[k], sum.squareRoot(), 1e-7))
      }
    }
  }

  // MARK: Gray

  @Test("without competing events Gray's scores are those of the log-rank test", arguments: Seeds.all)
  func grayIsLogRank(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified])
    let gray = try GrayTest(
      try trial.risks(trial.causes(1), causes: 1), cause: 1, groups: trial.groups, strata: trial.strata)
    let logRank = try LogRankTest(try trial.data(), groups: trial.groups, strata: trial.strata)
    let difference = zip(logRank.observed, logRank.expected).map { $0 - $1 }
    #expect(firstDifference(gray.scores, difference, 1e-11, scale: Double(trial.count)) == nil)
  }

  @Test(
    "scores by loops; they sum to zero, the variance to nothing; two groups may change places", arguments: Seeds.all)
  func gray(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .stratified], rows: 12...40)
    let cause = trial.causes(2)
    guard cause.contains(1) else { return }
    let rho = [0, 1, 0.5][Int(seed % 3)]
    let risks = try trial.risks(cause, causes: 2)
    let test = try GrayTest(risks, cause: 1, groups: trial.groups, strata: trial.strata, rho: rho)
    let scale = Double(trial.count)
    #expect(abs(test.scores.reduce(0, +)) < 1e-11 * scale)
    for g in 0..<trial.arms {
      let row = (0..<trial.arms).map { test.variance[g, $0] }
      #expect(abs(row.reduce(0, +)) < 1e-9 * (scale + row.map(abs).reduce(0, +)))
      #expect((0..<trial.arms).allSatisfy { isClose(test.variance[g, $0], test.variance[$0, g], 1e-10) })
    }
    if trial.strata == nil, rho == 0 {
      var slow = [Double](repeating: 0, count: trial.arms)
      for t in Set(trial.time).sorted() {
        let rows = (0..<trial.arms).map { g -> (r: Double, d: Double) in
          let own = (0..<trial.count).filter { trial.arm[$0] == g }
          var (s, f) = (1.0, 0.0)
          for u in Set(own.map { trial.time[$0] }).sorted() where u < t {
            let n = Double(own.count { trial.time[$0] >= u })
            f += s * Double(own.count { trial.time[$0] == u && cause[$0] == 1 }) / n
            s *= 1 - Double(own.count { trial.time[$0] == u && cause[$0] > 0 }) / n
          }
          let n = Double(own.count { trial.time[$0] >= t })
          return (n > 0 ? n * (1 - f) / s : 0, Double(own.count { trial.time[$0] == t && cause[$0] == 1 }))
        }
        let total = rows.reduce(0.0) { $0 + $1.r }
        let d = rows.reduce(0.0) { $0 + $1.d }
        for g in 0..<trial.arms where d > 0 { slow[g] += rows[g].d - d * rows[g].r / total }
      }
      #expect(firstDifference(test.scores, slow, 1e-10, scale: scale) == nil)
    }
    let shuffled = trial.shuffledRows()
    var other = trial.taking(shuffled)
    other.arm = other.arm.map { trial.arms - 1 - $0 }
    let mirrored = try GrayTest(
      try other.risks(shuffled.map { cause[$0] }, causes: 2), cause: 1, groups: other.groups, strata: other.strata,
      rho: rho)
    #expect(firstDifference(test.scores, mirrored.scores.reversed(), 1e-10, scale: scale) == nil)
    if test.result.degreesOfFreedom == mirrored.result.degreesOfFreedom, test.result.statistic < 1e3 {
      #expect(isClose(test.result.statistic, mirrored.result.statistic, 1e-6))
    }
  }

  // MARK: Fine–Gray

  @Test("without competing events it is Breslow's Cox model with robust errors", arguments: Seeds.all)
  func fineGrayIsCox(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, allowing: [.tied])
    guard let cox = try trial.fit(.breslow, cluster: Grouping((0..<trial.count).map(String.init))) else { return }
    let fit = try FineGrayModel().fit(try trial.risks(trial.causes(1), causes: 1), cause: 1, try trial.design())
    #expect(firstDifference(fit.coefficients, cox.coefficients, 1e-9) == nil)
    #expect(isClose(fit.logLikelihood, cox.logLikelihood, 1e-11))
    #expect(isClose(fit.logLikelihoodNull, cox.logLikelihoodNull, 1e-11))
    #expect(firstDifference(fit.standardErrors, cox.robustStandardErrors ?? [], 1e-8) == nil)
    #expect(firstDifference(fit.modelCovariance.values, cox.covariance.values, 1e-8) == nil)
  }

  @Test("likelihood, score and sandwich by loops over the risk sets", arguments: Seeds.all.prefix(120))
  func fineGray(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, allowing: [.tied])
    let cause = trial.causes(2)
    let fit = try FineGrayModel().fit(try trial.risks(cause, causes: 2), cause: 1, try trial.design())
    guard fit.warnings.isEmpty else { return }
    let slow = SlowFineGray(x: trial.x, time: trial.time, cause: cause, target: 1)
    #expect(isClose(fit.logLikelihood, slow.logLikelihood(fit.coefficients), 1e-11))
    #expect(isClose(fit.logLikelihoodNull, slow.logLikelihood([0, 0]), 1e-11))
    // At the maximum a step either way costs likelihood.
    for j in 0..<2 {
      for step in [-1e-3, 1e-3] {
        var beta = fit.coefficients
        beta[j] += step
        #expect(slow.logLikelihood(beta) < fit.logLikelihood)
      }
    }
    let influences = slow.influences(fit.coefficients)
    let model = fit.modelCovariance
    for a in 0..<2 {
      var variance = 0.0
      for row in influences {
        let own = model[a, 0] * row[0] + model[a, 1] * row[1]
        variance += own * own
      }
      #expect(isClose(fit.standardErrors[a], variance.squareRoot(), 1e-8))
    }
  }

  @Test("rows in any order, covariates shifted and scaled, the other causes renamed", arguments: Seeds.all)
  func fineGrayInvariance(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed, allowing: [.tied])
    let cause = trial.causes(3)
    guard cause.contains(2) else { return }
    let fit = try FineGrayModel().fit(try trial.risks(cause, causes: 3), cause: 2, try trial.design())
    guard fit.warnings.isEmpty else { return }
    let order = trial.shuffledRows()
    var other = trial.taking(order)
    other.x = [other.x[0].map { 1000 * $0 + 1e6 }, other.x[1]]
    other.time = other.time.map { $0 * 30.4375 }
    let again = try FineGrayModel().fit(
      try other.risks(order.map { [0, 3, 2, 1][cause[$0]] }, causes: 3), cause: 2, try other.design())
    #expect(isClose(again.coefficients[0] * 1000, fit.coefficients[0], 1e-7))
    #expect(isClose(again.coefficients[1], fit.coefficients[1], 1e-7))
    #expect(isClose(again.standardErrors[1], fit.standardErrors[1], 1e-7))
    #expect(isClose(again.logLikelihood, fit.logLikelihood, 1e-10))
  }

  // MARK: What is refused

  @Test("trouble has a code and a sentence")
  func trouble() throws {
    func code(_ body: () throws -> Void) -> SurvivalInputError.Code? {
      do {
        try body()
        return nil
      } catch { return (error as? SurvivalInputError)?.code }
    }
    let plain = try CompetingRisks(time: [1, 2, 3], cause: [1, 0, 1], labels: ["a", "b"])
    let late = try CompetingRisks(time: [1, 2, 3], cause: [1, 2, 1], labels: ["a", "b"], entry: [0, 1, 1])
    let weighted = try CompetingRisks(time: [1, 2, 3], cause: [1, 2, 1], labels: ["a", "b"], weights: [1, 2, 1])
    let groups = Grouping(["x", "y", "x"])
    let design = try DesignMatrix([.numeric(name: "x", values: [1, 2, 4])], rows: 3)
    let level = try Self.confidence()
    #expect(code { _ = try CompetingRisks(time: [1], cause: [3], labels: ["a"]) } == .badSetting)
    #expect(code { _ = try CompetingRisks(time: [1], cause: [-1], labels: ["a"]) } == .badSetting)
    #expect(code { _ = try CompetingRisks(time: [1], cause: [1, 1], labels: ["a"]) } == .lengthMismatch)
    #expect(code { _ = try CompetingRisks(time: [1], cause: [0], labels: []) } == .badSetting)
    for risks in [late, weighted] {
      #expect(code { _ = try GrayTest(risks, cause: 1, groups: groups) } == .notSupported)
      #expect(code { _ = try FineGrayModel().fit(risks, cause: 1, design) } == nil)
    }
    #expect(code { _ = try GrayTest(plain, cause: 2, groups: groups) } == .empty)
    #expect(code { _ = try GrayTest(plain, cause: 3, groups: groups) } == .badSetting)
    #expect(code { _ = try GrayTest(plain, cause: 1, groups: groups, rho: .nan) } == .badSetting)
    #expect(code { _ = try GrayTest(plain, cause: 1, groups: Grouping(["x", "x", "x"])) } == .tooFewGroups)
    #expect(
      code { _ = try AalenJohansen.curves(late, confidence: level, variance: .infinitesimalJackknife) } == .notSupported
    )
    #expect(code { _ = try AalenJohansen.curves(weighted, confidence: level, variance: .aalen) } == .notSupported)
    #expect(try AalenJohansen.curves(late, confidence: level)[0].variance == .aalen)
    #expect(try AalenJohansen.curves(weighted, confidence: level)[0].variance == .infinitesimalJackknife)
  }
}

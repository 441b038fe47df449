import Testing

@testable import Survival

/// Fine–Gray models with case weights, strata of the baseline and of censoring, and delayed entry: likelihoods and the
/// sandwich with known weights against loops over rows and times.
@Suite struct FineGrayWeightTests {
  /// The definition, row by row: nothing is kept from one time to the next but the factors and weights themselves.
  private final class Slow {
    let trial: RandomTrial
    let cause: [Int]
    let group: [Int]
    let ties: CensoringTies
    /// Times of exits and entries, ascending, and of each group their factors.
    private let times: [Double]
    private var factors: [[Double]] = []
    /// The rows with an event of cause 1, and of each the weights of all rows at its time.
    private var events: [(row: Int, weights: [Double])] = []

    init(trial: RandomTrial, cause: [Int], group: [Int], ties: CensoringTies) {
      (self.trial, self.cause, self.group, self.ties) = (trial, cause, group, ties)
      let rows = (0..<trial.count).filter { trial.weight($0) > 0 }
      times = Set(rows.map { trial.time[$0] } + rows.map { trial.entry?[$0] ?? -1 }).sorted()
      factors = (0...(group.max() ?? 0)).map { g in times.map { factor($0, g) } }
      events = rows.filter { cause[$0] == 1 && trial.isEvent[$0] }.map { i in
        (i, (0..<trial.count).map { weight($0, trial.time[i]) })
      }
    }

    private func stratum(_ i: Int) -> Int { trial.shape.contains(.stratified) ? trial.stratum[i] : 0 }
    private func counts(_ i: Int) -> Bool { trial.weight(i) > 0 }
    private var rows: [Int] { (0..<trial.count).filter(counts) }
    private func entry(_ i: Int) -> Double { trial.entry?[i] ?? -1 }

    /// The factor of one time between the exit of a row and t.
    private func factor(_ u: Double, _ g: Int) -> Double {
      let members = rows.filter { group[$0] == g }
      let atRisk = members.count {
        entry($0) < u && trial.time[$0] >= u && !(ties == .eventsFirst && trial.time[$0] == u && trial.isEvent[$0])
      }
      let censored = members.count { trial.time[$0] == u && !trial.isEvent[$0] }
      var factor = censored == 0 ? 1 : Double(atRisk - censored) / Double(atRisk)
      if trial.entry != nil {
        let entering = members.count { entry($0) == u }
        let present = members.count { entry($0) <= u && trial.time[$0] > u }
        if entering > 0 { factor /= Double(present - entering) / Double(present) }
      }
      return factor
    }

    private func weight(_ i: Int, _ t: Double) -> Double {
      if trial.time[i] >= t { return entry(i) < t ? 1 : 0 }
      guard trial.isEvent[i], cause[i] != 1 else { return 0 }
      let between = times.indices.filter { times[$0] >= trial.time[i] && times[$0] < t }
      return between.reduce(1) { $0 * factors[group[i]][$1] }
    }

    private func risk(_ i: Int, _ beta: [Double]) -> Double {
      trial.weight(i) * exponential(beta.indices.reduce(0.0) { $0 + beta[$1] * trial.x[$1][i] })
    }

    func logLikelihood(_ beta: [Double]) -> Double {
      events.reduce(0.0) { sum, event in
        let i = event.row
        let s0 = rows.filter { stratum($0) == stratum(i) }.reduce(0.0) { $0 + event.weights[$1] * risk($1, beta) }
        let eta = beta.indices.reduce(0.0) { $0 + beta[$1] * trial.x[$1][i] }
        return sum + trial.weight(i) * (eta - logarithm(s0))
      }
    }
  }

  @Test("likelihoods at 0 and at the maximum, which is one", arguments: Seeds.all)
  func likelihood(seed: UInt64) throws {
    let trial = RandomTrial.regression(seed)
    let cause = trial.causes(2)
    let risks = try trial.risks(cause, causes: 2)
    guard risks.eventCount(of: 1) > 0 else { return }
    for (ties, isSplit) in [(CensoringTies.allAtRisk, false), (.eventsFirst, true)] {
      let group = isSplit ? trial.arm.map { min($0, 1) } : [Int](repeating: 0, count: trial.count)
      let slow = Slow(trial: trial, cause: cause, group: group, ties: ties)
      let model = FineGrayModel(censoringTies: ties, takesWeightsAsKnown: true)
      let groups = Grouping(labels: ["a", "b"], codes: group.map(Int32.init))
      // Nobody under observation for a while: no weight is defined over that time.
      guard slow.logLikelihood([0, 0]).isFinite else {
        #expect(throws: CoxFitError.self) {
          try model.fit(risks, cause: 1, trial.design(), strata: trial.strata, censoringStrata: isSplit ? groups : nil)
        }
        continue
      }
      let fit = try model.fit(
        risks, cause: 1, trial.design(), strata: trial.strata, censoringStrata: isSplit ? groups : nil)
      guard fit.warnings.isEmpty else { continue }
      #expect(isClose(fit.logLikelihoodNull, slow.logLikelihood([0, 0]), 1e-11))
      #expect(isClose(fit.logLikelihood, slow.logLikelihood(fit.coefficients), 1e-11))
      for j in 0..<2 {
        for step in [-1e-3, 1e-3] {
          var beta = fit.coefficients
          beta[j] += step
          #expect(slow.logLikelihood(beta) < fit.logLikelihood)
        }
      }
    }
  }

  /// A row of weight 0 is not there; a cluster to each row is no cluster; a baseline stratum without an event changes nothing.
  @Test func absence() throws {
    let trial = RandomTrial.regression(6, allowing: .tied)
    let cause = trial.causes(2)
    let model = FineGrayModel(takesWeightsAsKnown: true)
    let plain = try model.fit(try trial.risks(cause, causes: 2), cause: 1, trial.design())
    let rows = Grouping((0..<trial.count).map(String.init))
    let clustered = try FineGrayModel().fit(try trial.risks(cause, causes: 2), cause: 1, trial.design(), cluster: rows)
    #expect(firstDifference(clustered.standardErrors, plain.standardErrors, 1e-12) == nil)
    // Ten more rows, of weight 0.
    var wider = trial.taking(Array(0..<trial.count) + Array(0..<10))
    wider.weights = [Double](repeating: 1, count: trial.count) + [Double](repeating: 0, count: 10)
    let weightless = try model.fit(try wider.risks(cause + cause[..<10], causes: 2), cause: 1, wider.design())
    #expect(firstDifference(weightless.coefficients, plain.coefficients, 1e-12) == nil)
    #expect(firstDifference(weightless.standardErrors, plain.standardErrors, 1e-12) == nil)
  }
}

import Testing

@testable import Survival

/// Concordance under every weight of time against the definition, pair by pair.
@Suite struct WeightedConcordanceTests {
  /// Sums of a few hundred products of a few factors, in another order.
  private static let tolerance = 1e-11

  @Test("every pair counted with the weight of its time", arguments: Seeds.all)
  func everyPair(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, rows: 8...40)
    let data = try trial.data()
    for weight in ConcordanceWeight.allCases where trial.entry == nil || !weight.needsCensoring {
      for score in trial.x {
        let slow = SlowConcordance(trial, score: score, timeWeight: weight)
        let c = try Concordance(data, score: score, strata: trial.strata, timeWeight: weight)
        #expect(c.timeWeight == weight)
        #expect(isClose(c.concordant, slow.concordant, Self.tolerance), "\(weight)")
        #expect(isClose(c.discordant, slow.discordant, Self.tolerance), "\(weight)")
        #expect(isClose(c.tiedScore, slow.tiedScore, Self.tolerance), "\(weight)")
        #expect(isClose(c.tiedTime, slow.tiedTime, Self.tolerance), "\(weight)")
        #expect(isClose(c.tiedBoth, slow.tiedBoth, Self.tolerance), "\(weight)")
        #expect(isClose(c.estimate, slow.estimate, Self.tolerance), "\(weight)")
        #expect(isClose(c.standardError, slow.standardError, Self.tolerance), "\(weight)")
      }
    }
  }

  @Test("without censoring G is 1: Uno's weight is Harrell's, S/G is S", arguments: Seeds.all)
  func noCensoring(seed: UInt64) throws {
    var trial = RandomTrial(seed: seed, allowing: [.tied, .weighted, .stratified])
    trial.isEvent = trial.isEvent.map { _ in true }
    let data = try trial.data()
    func c(_ weight: ConcordanceWeight) throws -> Concordance {
      try Concordance(data, score: trial.x[0], strata: trial.strata, timeWeight: weight)
    }
    #expect(try c(.inverseCensoringSquared).estimate.isEqual(to: c(.unit).estimate, or: trial.weights))
    #expect(try c(.survivalOverCensoring).estimate.isEqual(to: c(.survival).estimate, or: trial.weights))
  }

  @Test("a reversed score turns C into 1 - C, and delayed entry is refused where G would be needed")
  func reversed() throws {
    for seed in Seeds.all {
      let trial = RandomTrial(seed: seed, rows: 10...30)
      let data = try trial.data()
      for weight in ConcordanceWeight.allCases {
        if trial.entry != nil, weight.needsCensoring {
          let error = #expect(throws: SurvivalInputError.self) {
            try Concordance(data, score: trial.x[0], timeWeight: weight)
          }
          #expect(error?.code == .notSupported)
          continue
        }
        let up = try Concordance(data, score: trial.x[1], strata: trial.strata, timeWeight: weight)
        let down = try Concordance(
          data, score: trial.x[1].map { -$0 }, strata: trial.strata, timeWeight: weight)
        #expect(isClose(up.estimate, 1 - down.estimate, 1e-12), "seed \(seed)")
        #expect(isClose(up.standardError, down.standardError, 1e-10), "seed \(seed)")
      }
    }
  }
}

extension Double {
  /// Equal, or as close as sums of fractional weights allow; both NaN where there is no pair.
  fileprivate func isEqual(to other: Double, or weights: [Double]?) -> Bool {
    isClose(self, other, weights == nil ? 1e-15 : 1e-13)
  }
}

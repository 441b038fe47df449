import Testing

@testable import Survival

/// The infinitesimal jackknife of the cumulative hazards is what its name says: the derivative in every row's weight.
@Suite struct RobustHazardTests {
  @Test("errors by numerical derivatives of the estimates in the weights", arguments: Seeds.all)
  func derivative(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .weighted, .stratified], rows: 6...25)
    let data = try trial.data()
    let estimates = try NelsonAalen.robust(data, by: trial.groups)
    let plain = EventTable.tables(data, by: trial.groups).map(NelsonAalen.init)
    for (g, estimate) in estimates.enumerated() {
      #expect(estimate.hazard == plain[g].hazard && estimate.tieCorrectedHazard == plain[g].tieCorrectedHazard)
      var variance = [Double](repeating: 0, count: estimate.time.count)
      var corrected = variance
      for row in 0..<trial.count where trial.arm[row] == g && trial.weight(row) > 0 {
        func shifted(_ step: Double) throws -> NelsonAalen {
          var other = trial
          other.weights = (0..<trial.count).map { trial.weight($0) + ($0 == row ? step : 0) }
          return NelsonAalen(EventTable.tables(try other.data(), by: trial.groups)[g])
        }
        // Central differences: the error is of order h² of the third derivative, and of 1e-16 / h.
        let h = 1e-4 * trial.weight(row)
        let (up, down) = (try shifted(h), try shifted(-h))
        for k in variance.indices {
          let a = (up.hazard[k] - down.hazard[k]) / (2 * h) * trial.weight(row)
          let b = (up.tieCorrectedHazard[k] - down.tieCorrectedHazard[k]) / (2 * h) * trial.weight(row)
          variance[k] += a * a
          corrected[k] += b * b
        }
      }
      for k in variance.indices {
        #expect(isClose(estimate.standardError[k], variance[k].squareRoot(), 1e-5))
        // The last of several tied events divides by its own mean weight, which the change itself moves.
        #expect(isClose(estimate.tieCorrectedStandardError[k], corrected[k].squareRoot(), 1e-5))
      }
    }
  }

  @Test("weights times a constant change no error, and delayed entry is refused", arguments: Seeds.all)
  func scale(seed: UInt64) throws {
    let trial = RandomTrial(seed: seed, allowing: [.tied, .weighted])
    var other = trial
    other.weights = (0..<trial.count).map { 8 * trial.weight($0) }
    let (a, b) = (try NelsonAalen.robust(try trial.data())[0], try NelsonAalen.robust(try other.data())[0])
    #expect(firstDifference(a.standardError, b.standardError, 1e-14) == nil)
    #expect(firstDifference(a.tieCorrectedStandardError, b.tieCorrectedStandardError, 1e-14) == nil)
    var late = trial
    late.entry = trial.time.map { $0 / 2 }
    let error = #expect(throws: SurvivalInputError.self) { try NelsonAalen.robust(try late.data()) }
    #expect(error?.code == .notSupported)
  }
}

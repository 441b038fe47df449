import LinearAlgebra
import Testing

@testable import Survival

/// A refit of a resample against a fit of the copied rows: what the bootstrap does against what it stands for.
@Suite struct CoxBootstrapTests {
  struct Rows {
    var time: [Double] = []
    var isEvent: [Bool] = []
    var entry: [Double] = []
    var x: [[Double]] = [[], []]
    var weights: [Double] = []
  }

  /// Tied days, two covariates, unequal weights.
  private func rows(_ n: Int) -> Rows {
    var random = SplitMix64(seed: 20)
    var rows = Rows()
    for i in 0..<n {
      rows.entry.append(Double(random.next(below: 5)))
      rows.time.append(rows.entry[i] + 1 + Double(random.next(below: 12)))
      rows.isEvent.append(random.next(below: 3) > 0)
      rows.x[0].append(Double(i % 2))
      rows.x[1].append(Double(random.next(below: 100)) / 10)
      rows.weights.append(1 + Double(random.next(below: 3)) / 2)
    }
    return rows
  }

  private func fit(_ rows: Rows, _ chosen: [Int], _ ties: TieMethod, isTruncated: Bool, isWeighted: Bool) throws
    -> CoxFit
  {
    let data = try TimeToEvent(
      time: chosen.map { rows.time[$0] }, isEvent: chosen.map { rows.isEvent[$0] },
      entry: isTruncated ? chosen.map { rows.entry[$0] } : nil,
      weights: isWeighted ? chosen.map { rows.weights[$0] } : nil)
    let x = rows.x.flatMap { column in chosen.map { column[$0] } }
    return try CoxModel(ties: ties).fit(
      data, DesignMatrix(columnNames: ["arm", "marker"], values: x, rows: chosen.count))
  }

  @Test(arguments: [TieMethod.efron, .breslow], [(false, false), (true, false), (false, true), (true, true)])
  func resampledFitIsTheFitOfTheCopiedRows(_ ties: TieMethod, _ kind: (isTruncated: Bool, isWeighted: Bool)) throws {
    let n = 120
    let rows = rows(n)
    let whole = try fit(rows, Array(0..<n), ties, isTruncated: kind.isTruncated, isWeighted: kind.isWeighted)
    var random = SplitMix64(seed: 7)
    let draws = (0..<(5 * n)).map { _ in Int32(random.next(below: n)) }
    let found = try CoxBootstrap(whole, resamples: draws)
    for replicate in 0..<5 {
      let chosen = draws[(replicate * n)..<((replicate + 1) * n)].map { Int($0) }
      let copied = try fit(rows, chosen, ties, isTruncated: kind.isTruncated, isWeighted: kind.isWeighted)
      for j in 0..<2 {
        // The refit ends within 1e-8 of a standard error.
        #expect(
          abs(found.coefficients[replicate, j] - copied.coefficients[j]) < 1e-8 * copied.standardErrors[j],
          "replicate \(replicate), coefficient \(j)")
      }
    }
  }

  @Test func rowsOfAClusterAreDrawnTogether() throws {
    let n = 60
    let rows = rows(n)
    let whole = try fit(rows, Array(0..<n), .efron, isTruncated: false, isWeighted: false)
    let pairs = Grouping(labels: (0..<30).map { "\($0)" }, codes: (0..<n).map { Int32($0 / 2) })
    let found = try CoxBootstrap(whole, clusters: pairs, replicates: 20, seed: 3)
    #expect(found.subjects == 30)
    // Each row its own cluster, in the order of the sorted rows, is a bootstrap of rows.
    var codes = [Int32](repeating: 0, count: n)
    for (sorted, row) in whole.basis.problem.source.enumerated() { codes[Int(row)] = Int32(sorted) }
    let single = Grouping(labels: (0..<n).map { "\($0)" }, codes: codes)
    let byRow = try CoxBootstrap(whole, replicates: 20, seed: 3)
    let byCluster = try CoxBootstrap(whole, clusters: single, replicates: 20, seed: 3)
    #expect(byRow == byCluster)
    #expect(byRow != found)
  }

  @Test func sameSeedSameReplicatesForAnyNumberOfThem() throws {
    let rows = rows(80)
    let whole = try fit(rows, Array(0..<80), .efron, isTruncated: false, isWeighted: false)
    let few = try CoxBootstrap(whole, replicates: 17, seed: 5).coefficients
    let many = try CoxBootstrap(whole, replicates: 40, seed: 5).coefficients
    #expect(few.values == Array(many.values.prefix(few.values.count)))
    let other = try CoxBootstrap(whole, replicates: 17, seed: 6).coefficients
    #expect(few.values != other.values)
  }

  /// The bootstrap's standard error estimates the model's own where the model holds (Efron 1981).
  @Test func standardErrorIsThatOfTheModel() throws {
    let n = 600
    let rows = rows(n)
    let whole = try fit(rows, Array(0..<n), .efron, isTruncated: false, isWeighted: false)
    let found = try CoxBootstrap(whole, replicates: 2000, seed: 1)
    for j in 0..<2 {
      let interval = try BootstrapInterval(found.values(j), level: 0.95)
      // Monte Carlo error of a standard deviation of 2,000 is 1.6 %; the rest is that the two errors differ in one sample.
      #expect(abs(interval.standardError / whole.standardErrors[j] - 1) < 0.15)
      #expect(interval.lower < whole.coefficients[j] && whole.coefficients[j] < interval.upper)
    }
  }

  /// By hand: of 1 … 39 the limits at 95 % are the first and the last, at 90 % the second and the last but one.
  @Test func percentileLimits() throws {
    let values = (1...39).map(Double.init)
    let interval = try BootstrapInterval(values.reversed() + [.nan], level: 0.95)
    #expect(abs(interval.lower - 1) < 1e-9 && abs(interval.upper - 39) < 1e-9)
    let narrow = try BootstrapInterval(values, level: 0.9)
    #expect(abs(narrow.lower - 2) < 1e-9 && abs(narrow.upper - 38) < 1e-9)
    #expect(interval.replicates == 39 && interval.mean == 20)
    // Variance of 1 … n with n − 1: n (n + 1)/12.
    #expect(abs(interval.standardError - (39.0 * 40 / 12).squareRoot()) < 1e-12)
    #expect(throws: SurvivalInputError.self) { try BootstrapInterval(Array(values.prefix(38)), level: 0.95) }
    let infinite = try BootstrapInterval(values.dropLast() + [.infinity], level: 0.95)
    #expect(infinite.upper == .infinity && infinite.infinite == 1 && infinite.mean == 19.5)
  }

  @Test func refusesWhatItHasNoMeaningFor() throws {
    let rows = rows(40)
    let exact = try fit(rows, Array(0..<40), .exactPartial, isTruncated: false, isWeighted: false)
    #expect(throws: CoxFitError.self) { try CoxBootstrap(exact, replicates: 10, seed: 1) }
  }
}

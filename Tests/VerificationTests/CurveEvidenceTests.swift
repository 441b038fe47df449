import Reconstruction
import Survival
import Testing
import TrialCatalogue
import Verification

/// Claims held against rows made from readings of a curve. The truth is an exponential curve, whose numbers have closed forms:
/// S(t) = exp(−λt), median ln 2/λ, restricted mean (1 − exp(−λτ))/λ, and the ratio of two hazards.
@Suite("Claims beside readings of a curve")
struct CurveEvidenceTests {
  /// 400 patients with the hazard given, read every half month to month 20; nobody is censored before.
  private func facts(_ id: String, _ hazard: Double) -> ArmFacts {
    let times = (0...40).map { Double($0) / 2 }
    let left = times.map { exponential(-hazard * $0) }
    return ArmFacts(
      arm: id, subjects: 400, events: nil,
      atRisk: stride(from: 0, through: 40, by: 8).map {
        .init(time: times[$0], count: Int((400 * left[$0]).rounded()), isExact: true)
      },
      readings: zip(times, left).map { .init(time: $0, survival: $1) })
  }

  private func evidence(repeats: Int = 0) throws -> CurveEvidence {
    try CurveEvidence(
      [facts("b", 0.1), facts("a", 0.06)], level: .grid, repeats: RepeatSettings(repeats: repeats, seed: 4))
  }

  /// The findings of one check on claims of arm a, and of the endpoint.
  private func findings(
    _ code: CheckCode, a: String = "n: 400", _ members: String = "", repeats: Int = 0
  ) throws -> [ClaimFinding] {
    let endpoint = try firstEndpoint(
      "arms: [{id: a, \(a)}, {id: b, n: 400}]\nexperimental: a\ncontrol: b\n\(members)\n")
    return try evidence(repeats: repeats).findings(endpoint, name: "OS").filter { $0.code == code }
  }

  /// S(6) = 0.698 and S(12) = 0.487; a reading may be off by 0.015.
  @Test(
    "rates",
    arguments: [
      ("time: 6, percent: 69.8", Verdict.pass), ("time: 12, survival: 0.487", .pass),
      ("time: 12, percent: 50.0", .pass),
      ("time: 12, percent: 52.0", .warn), ("time: 6, percent: 60.8", .warn),
      // S(20) = 0.301: beyond the readings the curve may be anywhere below it.
      ("time: 30, percent: 16.5", .cannot), ("time: 30, percent: 45.0", .warn),
    ])
  func rates(rate: String, verdict: Verdict) throws {
    let found = try findings(.rowsRate, a: "n: 400, rates: [{\(rate)}]")
    #expect(found.map(\.verdict) == [verdict], "\(found.map(\.reason))")
    #expect(verdict != .cannot || found[0].reason == "the readings do not reach 30")
  }

  /// To 18 months (1 − e^(−1.08))/0.06 = 11.01; to 30, 13.91 of an exponential curve, between 11.65 and 14.66 of any.
  @Test(
    "restricted means",
    arguments: [
      ("tau: 18, value: 11.0", Verdict.pass), ("tau: 18, value: 12.0", .warn), ("tau: 30, value: 13.9", .cannot),
      ("tau: 30, value: 15.5", .warn), ("tau: 30, value: 10.5", .warn),
    ])
  func restrictedMeans(mean: String, verdict: Verdict) throws {
    let found = try findings(.rowsRestrictedMean, a: "n: 400, rmst: {\(mean)}")
    #expect(found.map(\.verdict) == [verdict], "\(found.map(\.reason))")
  }

  /// ln 2/0.06 = 11.55.
  @Test("medians, by rounding or by the reconstruction interval")
  func medians() throws {
    #expect(try findings(.rowsMedian, a: "n: 400, median: 11.5", repeats: 20).map(\.verdict) == [.pass])
    #expect(try findings(.rowsMedian, a: "n: 400, median: 14.0", repeats: 20).map(\.verdict) == [.warn])
    let plain = try findings(.rowsMedian, a: "n: 400, median: 14.0")
    #expect(plain.map(\.verdict) == [.warn] && plain[0].tolerance == "rounding")
    #expect(try findings(.rowsMedian, a: "n: 400, median: NR").isEmpty)
  }

  /// 0.6; 400 patients each with 279 and 346 events: z about −6.3, p about 3e-10.
  @Test("the ratio and its test")
  func ratio() throws {
    let near = "hazard_ratio: {value: 0.60, ci: [0.51, 0.70]}"
    #expect(try findings(.rowsRatio, near, repeats: 20).map(\.verdict) == [.pass])
    #expect(try findings(.rowsRatio, "hazard_ratio: {value: 0.66, ci: [0.57, 0.77]}").map(\.verdict) == [.warn])
    #expect(try findings(.rowsRatio, "hazard_ratio: {value: 0.90, ci: [0.80, 1.01]}").map(\.verdict) == [.fail])
    // A stratified ratio is held against its interval only.
    let stratified = "stratified: true"
    #expect(
      try findings(.rowsRatio, "hazard_ratio: {value: 0.66, ci: [0.57, 0.77], \(stratified)}").map(\.verdict) == [.pass]
    )
    #expect(
      try findings(.rowsRatio, "hazard_ratio: {value: 0.90, ci: [0.80, 1.01], \(stratified)}").map(\.verdict) == [.warn]
    )
    #expect(try findings(.rowsP, "test: {name: log-rank, p: \"<0.001\"}").map(\.verdict) == [.pass])
    let far = try findings(.rowsP, "test: {name: log-rank, p: \"0.04\"}")
    #expect(far.map(\.verdict) == [.warn] && far[0].tolerance == "1 in z")
    // One side of 3e-10.
    #expect(try findings(.rowsP, "test: {name: log-rank, p: \"1.5e-10\", sides: 1}").map(\.verdict) == [.pass])
  }
}

import Foundation
import ReferenceSuite
import Testing

/// Members of designs and simulations that follow from others by the formulas of docs/methods/design.md and simulation.md.
@Suite struct PlanMemberTests {
  private func result(_ arguments: [String]) throws -> JSONTree {
    let run = try survkit(arguments + ["--format", "json", "--no-timestamp", "--quiet"])
    #expect(run.status == 0, "\(arguments): \(run.err)")
    return try run.result()
  }

  private func normal(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
  /// The 97.5th percentile of the normal distribution (Abramowitz & Stegun, table 26.5; further digits from R's qnorm).
  private let z = 1.959963984540054

  @Test("power at whole events and subjects, and the least effect that is significant, by Schoenfeld's formula")
  func design() throws {
    let found = try result([
      "design", "--hr", "0.7", "--power", "0.9", "--control-median", "12", "--accrual", "18", "--follow-up", "12",
      "--ratio", "2",
    ])
    // Two experimental subjects to one of control: p(1 - p) = 2/9.
    let events = try #require(found["events"]?["rounded"]?.number)
    let size = (events * 2 / 9).squareRoot()
    #expect(isNear(found["critical_hr"]?.number, exp(-z / size)))
    #expect(isNear(found["events"]?["power_at_rounded"]?.number, normal(-log(0.7) * size - z)))
    let arms = ["control", "experimental"]
    let expected = try arms.map { arm in
      try #require(found["n"]?["rounded"]?[arm]?.number) * #require(found["event_probability"]?[arm]?.number)
    }
    for (arm, value) in zip(arms + ["total"], expected + [expected[0] + expected[1]]) {
      #expect(isNear(found["expected_events_at_rounded"]?[arm]?.number, value))
    }
    let expectedSize = ((expected[0] + expected[1]) * 2 / 9).squareRoot()
    #expect(isNear(found["n"]?["power_at_rounded"]?.number, normal(-log(0.7) * expectedSize - z)))
  }

  private static let trials = [
    "simulate", "--hr", "0.7", "--n", "100", "--control-median", "12", "--accrual", "18", "--seed", "1", "--null",
    "--replicates", "1000",
  ]

  @Test("summaries of the hazard ratio follow from its logarithm")
  func summaries() throws {
    let found = try result(Self.trials + ["--follow-up", "12"])
    for (part, ratio) in [(found, 0.7), (try #require(found["null"]), 1)] {
      let hr = try #require(part["hr"])
      let mean = try #require(hr["log_hr"]?["estimate"]?.number)
      let deviation = try #require(hr["log_hr"]?["std_dev"]?.number)
      #expect(hr["true_hr"]?.number == ratio && isNear(hr["geometric_mean_hr"]?.number, exp(mean)))
      // A difference of two numbers of size 0.4: round-off in the last place of them.
      let bias = try #require(hr["bias_log_hr"]?.number)
      #expect(abs(bias - (mean - log(ratio))) < 1e-15)
      #expect(hr["empirical_se"]?.number == deviation)
      // Of a standard deviation of n values: itself over the root of 2(n - 1).
      #expect(isNear(hr["empirical_se_std_err"]?.number, deviation / 1998.0.squareRoot()))
      // A mean is no larger than the root of the mean of squares; both estimate what the empirical one does.
      let meanError = try #require(hr["mean_se"]?.number)
      let rootMean = try #require(hr["root_mean_variance"]?.number)
      #expect(meanError <= rootMean && rootMean < 1.02 * meanError)
      // The relative standard error of a standard deviation of 1000 values is 2.2 %; three of them.
      #expect(abs(deviation / meanError - 1) < 0.067)
      let counts = ["estimated", "plus_infinity", "minus_infinity", "undetermined"].map { hr[$0]?.number }
      #expect(counts == [1000, 0, 0, 0] && part["tests"]?[0]?["without_value"]?.number == 0)
      #expect(part["events_not_reached"]?.number == 0 && part["analysis_time"]?["estimate"]?.number == 30)
    }
  }

  @Test("the first trial's estimate is that of survkit cox on its rows")
  func oneTrial() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("trial.csv").path
      let hr = try #require(
        try result([
          "simulate", "--hr", "0.5", "--n", "40", "--control-median", "10", "--accrual", "5", "--follow-up", "30",
          "--replicates", "1", "--emit-trial", file,
        ])["hr"])
      let cox = try result(["cox", file])
      // Two routes to the same maximum: both to the last digits.
      #expect(isNear(hr["log_hr"]?["estimate"]?.number, try #require(cox["coef"]?[0]?.number)))
      for key in ["mean_se", "root_mean_variance"] {
        #expect(isNear(hr[key]?.number, try #require(cox["se"]?[0]?.number)))
      }
    }
  }

  @Test("trials without enough events end at --duration and are counted")
  func eventsNotReached() throws {
    let found = try result(Self.trials + ["--events", "99", "--duration", "20"])
    for part in [found, try #require(found["null"])] {
      #expect(part["events_not_reached"]?.number == 1000 && part["analysis_time"]?["estimate"]?.number == 20)
    }
    let reached = try result(Self.trials + ["--events", "20", "--duration", "30"])
    for part in [reached, try #require(reached["null"])] {
      #expect(part["events_not_reached"]?.number == 0 && part["events"]?["estimate"]?.number == 20)
      #expect(try #require(part["analysis_time"]?["estimate"]?.number) < 30)
    }
  }

  @Test("estimates that are no number are counted by kind, and tests without a value")
  func noEstimate() throws {
    let common = ["simulate", "--accrual", "0", "--replicates", "100"]
    let small = try result(common + ["--hr", "0.5", "--n", "4", "--control-median", "10", "--follow-up", "100"])
    let kinds = try ["estimated", "plus_infinity", "minus_infinity", "undetermined"].map {
      try #require(small["hr"]?[$0]?.number)
    }
    #expect(kinds.reduce(0, +) == 100 && kinds[3] == 0)
    // Two subjects an arm, nearly all with events. The estimate is -∞ where both of control go first, which has the
    // probability 2/3 · 1/2 at a hazard ratio of 0.5 (2/(2 + 1), then 1/(1 + 1)): 33 of 100, with a standard deviation of 4.7;
    // +∞ with 1/3 · 1/5 = 0.067, 2.5.
    #expect(abs(kinds[2] - 33) < 15 && abs(kinds[1] - 6.7) < 7.5)
    let none = try result(common + ["--hr", "1", "--n", "2", "--control-median", "100000", "--follow-up", "0.001"])
    #expect(none["hr"]?["undetermined"]?.number == 100 && none["tests"]?[0]?["without_value"]?.number == 100)
    #expect(none["hr"]?["geometric_mean_hr"] == .null)
    let text = try survkit(
      common + ["--hr", "1", "--n", "2", "--control-median", "100000", "--follow-up", "0.001", "--quiet"])
    #expect(text.out.contains("no finite estimate") && !text.out.contains("HR changes"))
  }
}

import Foundation
import ReferenceSuite
import Testing

/// `survkit simulate` from options to table and JSON.
@Suite struct SimulateCommandTests {
  private static let trial = [
    "simulate", "--hr", "0.7", "--n", "410", "--control-median", "12", "--accrual", "18", "--follow-up", "12",
    "--dropout", "0.05", "--dropout-time", "12", "--replicates", "2000",
  ]

  @Test("power and type-I error of a design, with their settings")
  func power() throws {
    let run = try survkit(Self.trial + ["--null", "--format", "json", "--no-timestamp"])
    #expect(run.status == 0, "\(run.err)")
    let settings = try #require(try run.json()["settings"] as? [String: Any])
    for key in [
      "tests", "alpha", "sides", "replicates", "seed", "ties", "hr", "control_hazard", "accrual", "follow_up",
    ] {
      #expect(settings[key] != nil, "\(key)")
    }
    let text = try survkit(Self.trial + ["--null"]).out
    #expect(text.contains("log-rank") && text.contains("2000"))
    // The same call, other threads: the same numbers.
    let one = try survkit(Self.trial + ["--null", "--threads", "1"]).out
    #expect(one == text)
  }

  @Test("what cannot be simulated is refused with the option's name")
  func refusals() throws {
    let cases: [([String], String)] = [
      (["--hr", "-1"], "--hr"), (["--n", "1"], "--n"), (["--replicates", "0"], "--replicates"),
      (["--ties", "exact-partial"], "--ties"), (["--test", "nonsense"], "nonsense"), (["--threads", "0"], "--threads"),
      (["--test", "rmst:x"], "rmst"),
    ]
    for (arguments, name) in cases {
      var call = Self.trial
      if let place = call.firstIndex(of: arguments[0]) { call.removeSubrange(place...(place + 1)) }
      let run = try survkit(call + arguments)
      #expect(run.status == 64 && run.err.contains(name) && run.out.isEmpty, "\(arguments): \(run.err)")
    }
  }
}

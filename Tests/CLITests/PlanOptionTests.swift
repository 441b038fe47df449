import Foundation
import ReferenceSuite
import Testing

/// Options of `survkit design` and `survkit simulate` that say the same in two ways, or change what they name.
@Suite struct PlanOptionTests {
  private static let design = [
    "design", "--hr", "0.7", "--power", "0.8", "--control-median", "12", "--accrual", "18", "--follow-up", "12",
  ]
  private static let trial = ["simulate", "--hr", "0.6", "--n", "200", "--replicates", "50", "--accrual", "12"]
  private static let median = ["--control-median", "12"]
  private static let followUp = ["--follow-up", "24"]

  private func result(_ arguments: [String]) throws -> JSONTree {
    let run = try survkit(arguments + ["--format", "json", "--no-timestamp"])
    #expect(run.status == 0, "\(arguments): \(run.err)")
    return try run.result()
  }

  /// Round-off of the two ways to state a rate moves times by an ulp or so; 1e-9 is far above that and far below any event.
  private func expectSame(_ one: JSONTree, _ other: JSONTree) {
    let agreement = Agreement(expected: one, actual: other, relative: 1e-9, absolute: 1e-12, comparesText: true)
    #expect(agreement.compared > 0 && agreement.isPass, "\(agreement.faults.prefix(3))")
  }

  private var simulated: JSONTree { get throws { try result(Self.trial + Self.median + Self.followUp) } }

  @Test("a hazard of dropout is a proportion by a time: -ln(1 - p) / t", arguments: ["design", "simulate"])
  func dropout(command: String) throws {
    let call = command == "design" ? Self.design : Self.trial + Self.median + Self.followUp
    let proportion = try result(call + ["--dropout", "0.1", "--dropout-time", "12"])
    expectSame(proportion, try result(call + ["--dropout-hazard", "\(-log(0.9) / 12)"]))
    #expect(try proportion != result(call))
  }

  @Test(
    "other words for the same trial give the same results",
    arguments: [
      ["--control-hazard", "\(log(2.0) / 12)", "--follow-up", "24"],
      ["--control-median", "12", "--control-shape", "1", "--follow-up", "24"],
      ["--control-median", "12", "--accrual-rate", "5", "--follow-up", "24"],
      ["--control-median", "12", "--duration", "36"], ["--control-median", "12", "--follow-up", "24", "--seed", "1"],
    ])
  func sameTrial(options: [String]) throws { expectSame(try simulated, try result(Self.trial + options)) }

  @Test(
    "another trial gives other results",
    arguments: [["--control-shape", "2"], ["--accrual-rate", "1,9@6"], ["--seed", "2"], ["--ratio", "3"]])
  func otherTrial(options: [String]) throws {
    #expect(try result(Self.trial + Self.median + Self.followUp + options) != simulated)
  }

  @Test("--events analyses every trial at that number of events")
  func events() throws {
    let found = try result(Self.trial + Self.median + ["--events", "100"])
    #expect(found["events"]?["estimate"]?.number == 100 && found["events"]?["std_dev"]?.number == 0)
  }

  @Test("a one-sided test at half the level rejects in its direction as the two-sided one does")
  func sides() throws {
    let both = try #require(try simulated["tests"]?[0])
    let call = Self.trial + Self.median + Self.followUp + ["--alpha", "0.025", "--sides", "1"]
    let one = try #require(try result(call)["tests"]?[0])
    #expect(one["rejected"]?["count"]?.number == both["favours_experimental"]?["count"]?.number)
    let harm = try #require(try result(call + ["--harm"])["tests"]?[0])
    #expect(harm["rejected"]?["count"]?.number == both["favours_control"]?["count"]?.number)
  }

  @Test("an interval of lower level covers less often")
  func level() throws {
    let narrow = try result(Self.trial + Self.median + Self.followUp + ["--level", "0.5"])["hr"]?["coverage"]?["count"]?
      .number
    let wide = try simulated["hr"]?["coverage"]?["count"]?.number
    // 50 trials: 25 and 47.5 expected, with standard deviations of 3.5 and 1.5.
    #expect(try #require(narrow) <= 39 && #require(wide) >= 41)
  }

  @Test("--emit-trial writes a row per subject, marked as simulated")
  func emittedTrial() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("trial.csv").path
      _ = try result(Self.trial + Self.median + Self.followUp + ["--emit-trial", file])
      let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == 201 && lines[0] == "id,arm,entry_calendar,time,event,simulated")
      #expect(lines.dropFirst().allSatisfy { $0.hasSuffix(",seed 1 replicate 1") })
    }
  }

  @Test("-o writes what standard output has, and --force alone replaces it", arguments: ["design", "simulate"])
  func output(command: String) throws {
    let call = command == "design" ? Self.design : Self.trial + Self.median + Self.followUp
    try withFolder { folder in
      let file = folder.appendingPathComponent("out.txt").path
      let run = try survkit(call + ["--quiet", "-o", file])
      #expect(run.status == 0 && run.out.isEmpty && run.err.isEmpty)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == survkit(call).out)
      #expect(try survkit(call + ["-o", file]).status == 73)
      #expect(try survkit(call + ["--force", "-o", file]).status == 0)
    }
  }
}

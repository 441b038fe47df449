import Foundation
import ReferenceSuite
import Testing

/// Members of `survkit teach`, of reconstructions, verdicts and the self-test that explain others.
@Suite struct StepMemberTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func result(_ arguments: [String], input: String = "") throws -> JSONTree {
    let run = try survkit(arguments + ["--format", "json", "--no-timestamp"], input: input)
    #expect(run.status == 0, "\(arguments): \(run.err)")
    return try run.result()
  }

  private static let rows = "time,event,arm,start\n2,1,a,0\n3,0,a,0\n4,1,a,1\n6,1,a,0\n5,1,b,2\n7,0,b,0\n8,1,b,0\n"

  /// Arm a: entries 0, 0, 1, 0; events at 2 (4 at risk), 4 (2) and 6 (1), censored at 3.
  @Test("Greenwood's terms, their sums and the rows behind them, by hand")
  func greenwood() throws {
    let found = try result(["teach", "-", "--start", "start"], input: Self.rows)
    let curve = try #require(found["curves"]?[0])
    #expect(curve["row_entry"]?.doubles == [0, 0, 1, 0] && curve["row_time"]?.doubles == [2, 3, 4, 6])
    #expect(curve["row_event"]?.array == [.bool(true), .bool(false), .bool(true), .bool(true)])
    #expect(curve["n_risk"]?.doubles == [4, 2, 1] && curve["n_censor_before_next"]?.doubles == [1, 0, 0])
    // 1/(4 · 3), 1/(2 · 1); where all at risk die the term is infinite, and there is none.
    #expect(
      isNear(curve["greenwood_term"]?[0]?.number, 1.0 / 12) && isNear(curve["greenwood_sum"]?[0]?.number, 1.0 / 12))
    #expect(curve["greenwood_term"]?[1]?.number == 0.5 && isNear(curve["greenwood_sum"]?[1]?.number, 7.0 / 12))
    #expect(curve["greenwood_term"]?[2]?.number == nil && curve["greenwood_sum"]?[2]?.number == nil)
  }

  /// Without ties the score at 0 is observed minus expected of the log-rank test, and the information its variance.
  @Test("Newton's steps are score over information; Breslow's at 0 is the log-rank test")
  func newton() throws {
    let found = try result(["teach", "-"], input: Self.rows)
    let steps = try #require(found["cox_iterations"]?.array)
    for (i, step) in steps.enumerated() {
      #expect(step["iteration"]?.number == Double(i) && step["halvings"]?.number == 0)
      let moved = try #require(step["score"]?[0]?.number) / #require(step["information"]?[0]?[0]?.number)
      #expect(isNear(step["step"]?[0]?.number, moved))
      if i > 0 {
        let before = try #require(steps[i - 1]["coef"]?[0]?.number) + #require(steps[i - 1]["step"]?[0]?.number)
        #expect(isNear(step["coef"]?[0]?.number, before))
      }
    }
    let breslow = try #require(found["breslow_at_zero"])
    let test = try #require(found["fit"]?["log_rank"])
    let difference = try #require(test["observed"]?[1]?.number) - #require(test["expected"]?[1]?.number)
    #expect(isNear(breslow["score"]?[0]?.number, difference))
    #expect(isNear(breslow["information"]?[0]?[0]?.number, try #require(test["variance"]?[1]?[1]?.number)))
    #expect(isNear(breslow["step"]?[0]?.number, difference / (try #require(test["variance"]?[1]?[1]?.number))))
    #expect(breslow["iteration"]?.number == 0 && breslow["halvings"]?.number == 0)
  }

  @Test("a reconstruction cites the paper whose facts it used, and says what its level means")
  func reconstruction() throws {
    let facts = Self.root.appendingPathComponent("data/card/published.json")
    let published = try JSONTree.parse(Data(contentsOf: facts))
    try withFolder { folder in
      let found = try result([
        "reconstruct", facts.path, "--endpoint", "os", "--repeats", "0", "-o",
        folder.appendingPathComponent("os.csv").path,
      ])
      #expect(found["citation"] != nil && found["citation"] == published["citation"])
      let level = try #require(found["level"]?.string)
      #expect(found["level_meaning"]?.string?.hasPrefix("level \(level): rows ") == true)
    }
  }

  @Test("verdicts: every claim with its checks, counted by verdict; the sentence is that of the text")
  func verdicts() throws {
    let call = ["verify", Self.root.appendingPathComponent("data/card/claims.yaml").path, "--repeats", "0"]
    let run = try survkit(call + ["--format", "json", "--no-timestamp", "--quiet"])
    let found = try run.result()
    let claims = try #require(found["claims"]?.array)
    let checks = try #require(found["checks"]?.array)
    for verdict in ["PASS", "WARN", "FAIL", "CANNOT"] {
      let count = claims.count { $0["verdict"]?.string == verdict }
      #expect(found["counts"]?[verdict]?.number == Double(count), "\(verdict)")
    }
    let codes = Set(checks.compactMap { $0["code"]?.string })
    #expect(
      claims.allSatisfy { $0["claim"]?.string?.isEmpty == false && codes.isSuperset(of: $0["checks"]?.names ?? []) })
    #expect(checks.allSatisfy { $0["claim"]?.string?.isEmpty == false })
    let answer = try #require(found["answer"]?.string)
    #expect(try survkit(call + ["--quiet"]).out.contains(answer))
  }

  @Test("the self-test's sums are over its checks, and each instruction set was tried")
  func selftest() throws {
    let found = try result(["selftest"])
    let checks = try #require(found["checks"]?.array)
    for kind in try #require(found["kinds"]?.array) {
      let name = try #require(kind["kind"]?.string)
      let own = checks.filter { name == "all" || $0["kind"]?.string == name }
      #expect(kind["numbers"]?.number == own.compactMap { $0["numbers"]?.number }.reduce(0, +), "\(name)")
      let worst = own.compactMap { $0["worst_relative_error"]?.number }.max()
      #expect(kind["worst_relative_error"]?.number == worst, "\(name)")
    }
    let sets = try #require(try result(["selftest", "--oq"])["operation"]?["instruction_sets"]?.array)
    #expect(sets.allSatisfy { $0["passed"]?.isTrue == true && $0["name"]?.string?.isEmpty == false })
    // The bound of the exponential is one unit in the last place.
    #expect(sets.allSatisfy { ($0["exponential_ulp"]?.number ?? 9) <= 1 })
  }

  // MARK: Options of figures and of reproduce

  @Test("fit --plot titles its axis as asked; a figure of --kind km is the one drawn when nothing is said")
  func figures() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("km.svg")
      let call = [Reference.path("aml.csv"), "--arm", "x"]
      let title = "Weeks since remission"
      let run = try survkit(["fit"] + call + ["--plot", file.path, "--time-label", title])
      #expect(try run.status == 0 && String(contentsOf: file, encoding: .utf8).contains(">\(title)<"))
    }
    let plot = ["plot", Reference.path("aml.csv"), "--arm", "x", "-o", "-"]
    let plain = try survkit(plot).out
    #expect(try survkit(plot + ["--kind", "km"]).out == plain)
    let table = try survkit(plot + ["--risk-table", "kmunicate"]).out
    for row in [">At risk<", ">Censored<", ">Events<"] { #expect(table.contains(row) && !plain.contains(row)) }
  }

  @Test("plot --censored names the codes that are no cause")
  func censoredCodes() throws {
    let rows = try String(contentsOfFile: Reference.path("tiny_cr.csv"), encoding: .utf8)
    let coded = rows.split(separator: "\n").enumerated().map { i, line in
      var cells = line.split(separator: ",")
      if i > 0 && cells[1] == "0" { cells[1] = i % 2 == 0 ? "8" : "9" }
      return cells.joined(separator: ",") + "\n"
    }.joined()
    let call = ["plot", "-", "--event", "cause", "--arm", "arm", "--kind", "cif", "--causes", "1,2", "-o", "-"]
    let run = try survkit(call + ["--censored", "8,9"], input: coded)
    #expect(try run.status == 0 && run.out == survkit(call, input: rows).out)
    let missing = try survkit(call + ["--censored", "8"], input: coded)
    #expect(missing.status == 65 && missing.out.isEmpty)
  }

  @Test("reproduce --quiet prints nothing, and --force replaces what is there with the same")
  func reproduce() throws {
    try withFolder { folder in
      let out = folder.appendingPathComponent("out")
      let call = [
        "reproduce", "card", "--data", Self.root.appendingPathComponent("data").path, "--out", out.path, "--repeats",
        "0",
        "--quiet",
      ]
      let first = try survkit(call)
      #expect(first.status == 0 && first.out.isEmpty && first.err.isEmpty)
      let report = out.appendingPathComponent("report.md")
      let written = try String(contentsOf: report, encoding: .utf8)
      try Data("changed".utf8).write(to: report)
      #expect(try survkit(call).status == 73 && String(contentsOf: report, encoding: .utf8) == "changed")
      #expect(try survkit(call + ["--force"]).status == 0)
      #expect(try String(contentsOf: report, encoding: .utf8) == written)
    }
  }
}

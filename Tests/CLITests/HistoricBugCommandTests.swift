import Foundation
import ReferenceSuite
import Testing

/// Failures that other programs once had at the level of a command; docs/validation/historic-bugs.md names each with its source.
@Suite(.timeLimit(.minutes(15))) struct HistoricBugCommandTests {
  private func result(_ call: [String], _ input: String) throws -> String {
    let run = try survkit(call + ["--format", "json", "--quiet"], input: input)
    #expect(run.status == 0, "\(call): \(run.err)")
    return try #require(run.out.components(separatedBy: "\"result\":").last)
  }

  private func tree(_ call: [String], _ input: String) throws -> JSONTree {
    try JSONTree.parse(Data(result(call, input).dropLast(2).utf8))
  }

  private static let commands: [[String]] = [
    ["fit", "-", "--tau", "7"], ["km", "-", "--times", "3,5"], ["km", "-", "--reverse"], ["rmst", "-", "--tau", "7"],
    ["test", "-", "--test", "log-rank", "--test", "fh:0,1"], ["cox", "-", "--model", "arm + x", "--zph", "identity"],
    ["cox", "-", "--model", "arm", "--ties", "exact-partial"],
    ["cox", "-", "--model", "x", "--residuals", "martingale"],
    ["cif", "-", "--event", "cause", "--causes", "1,2"],
  ]

  /// Forty rows with many ties; `time` writes a time of a row.
  private static func trial(_ time: (Int, Int) -> String) -> String {
    "time,event,cause,arm,x\n"
      + (0..<40).map { i in
        let cause = i * 7 % 3
        return "\(time(1 + i * 13 % 9, i)),\(cause == 0 ? 0 : 1),\(cause),\(i % 2 == 0 ? "a" : "b"),\(i * 11 % 6)\n"
      }.joined()
  }

  @Test(
    "times apart by round-off tie in every command and in the figure: the same numbers",
    arguments: commands + [["plot", "-", "-o", "-"]])
  func nearTies(call: [String]) throws {
    let tied = Self.trial { time, _ in "\(time)" }
    // Two units in the last place above for every fourth row: at every time some rows stay.
    let near = Self.trial { time, row in "\(row % 4 == 0 ? Double(time).nextUp.nextUp : Double(time))" }
    if call[0] == "plot" {
      let figures = try [tied, near].map { try survkit(call + ["--quiet"], input: $0).out }
      // The metadata holds the provenance of the rows; what is drawn comes before it or after it.
      func drawn(_ svg: String) -> [String] {
        svg.components(separatedBy: "<path").dropFirst().map { String($0.prefix(400)) }
      }
      #expect(!drawn(figures[0]).isEmpty && drawn(figures[0]) == drawn(figures[1]))
    } else {
      let (expected, found) = (try tree(call, tied), try tree(call, near))
      // Rows of one time may be summed in another order.
      let agreement = Agreement(expected: expected, actual: found, relative: 1e-10, absolute: 1e-12)
      #expect(agreement.isPass && agreement.compared > 3, "\(agreement.faults.prefix(3))")
    }
  }

  @Test(
    "rows in any order, a start column of zeros, whole times written as decimals: the same numbers", arguments: commands
  )
  func orderAndForm(call: [String]) throws {
    let plain = Self.trial { time, _ in "\(time)" }
    let lines = plain.split(separator: "\n").map(String.init)
    let reversed = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
    let decimals = Self.trial { time, row in row % 2 == 0 ? "\(time).000" : "\(time)e0" }
    #expect(try result(call, decimals) == result(call, plain))
    guard !call.contains("martingale") else { return }
    // Sums over rows in another order.
    let agreement = Agreement(
      expected: try tree(call, plain), actual: try tree(call, reversed), relative: 1e-10, absolute: 1e-12)
    #expect(agreement.isPass && agreement.compared > 3, "\(agreement.faults.prefix(3))")
  }

  @Test("--times in any order: each point is that of its time")
  func unsortedTimes() throws {
    let input = Self.trial { time, _ in "\(time)" }
    func points(_ times: String) throws -> [Double: [Double]] {
      let run = try survkit(["km", "-", "--times", times, "--format", "json"], input: input)
      let found = try #require(try run.result()["curves"]?[0]?["landmarks"])
      let columns = ["time", "n_risk", "surv", "std_err"].map { (found[$0]?.doubles ?? []).compactMap { $0 } }
      return Dictionary(uniqueKeysWithValues: columns[0].indices.map { k in (columns[0][k], columns.map { $0[k] }) })
    }
    #expect(try points("7,0,3.5,1") == points("0,1,3.5,7"))
  }

  @Test(
    "--level reaches every interval: the half width is the normal quantile times the error",
    arguments: [
      ["cox", "-", "--model", "x"], ["rmst", "-", "--tau", "7"], ["aft", "-", "--model", "x"],
      ["fit", "-", "--tau", "7"],
    ])
  func level(call: [String]) throws {
    let input = Self.trial { time, row in "\(Double(time) + 0.01 * Double(row))" }
    // Standard normal quantiles at 0.975 and 0.9.
    let ratio = 1.959963984540054 / 1.2815515655446004
    var widths: [[Double]] = []
    for level in ["0.95", "0.8"] {
      let run = try survkit(call + ["--level", level, "--format", "json"], input: input)
      var found: [Double] = []
      func walk(_ tree: JSONTree?) {
        for (low, high, isLog) in [("hr_lower", "hr_upper", true), ("coef_lower", "coef_upper", false)] {
          for (a, b) in zip(tree?[low]?.doubles ?? [], tree?[high]?.doubles ?? []) {
            if let a, let b { found.append(isLog ? log(b / a) : b - a) }
          }
        }
        if let a = tree?["lower"]?.number, let b = tree?["upper"]?.number, tree?["rmtl_lower"] != nil {
          found.append(b - a)
        }
        if case .object(let members) = tree { for key in members.keys.sorted() { walk(members[key]) } }
        for element in tree?.array ?? [] { walk(element) }
      }
      walk(try run.result())
      widths.append(found)
    }
    #expect(!widths[0].isEmpty && widths[0].count == widths[1].count)
    for (wide, narrow) in zip(widths[0], widths[1]) { #expect(abs(wide / narrow - ratio) < 1e-9) }
  }

  @Test(
    "the order of the terms permutes coefficients, errors and variances with their names", arguments: ["cox", "aft"])
  func orderOfTerms(command: String) throws {
    let input = Self.trial { time, row in "\(Double(time) + 0.01 * Double(row))" }
    func named(_ model: String) throws -> [String: [Double]] {
      let run = try survkit([command, "-", "--model", model, "--format", "json"], input: input)
      let whole = try run.result()
      let fit = command == "aft" ? try #require(whole["fits"]?[0]) : whole
      let names = fit["terms"]?.names ?? fit["names"]?.names ?? []
      let (coefficients, errors) = (fit["coef"]?.doubles ?? [], fit["se"]?.doubles ?? [])
      try #require(names.count >= 3 && names.count <= coefficients.count)
      return Dictionary(
        uniqueKeysWithValues: names.indices.map { k in
          (names[k], [coefficients[k] ?? .nan, errors[k] ?? .nan, fit["vcov"]?[k]?[k]?.number ?? .nan])
        })
    }
    let (one, other) = (try named("arm + x + cause"), try named("cause + x + arm"))
    #expect(Set(one.keys) == Set(other.keys))
    for (name, values) in one {
      for (a, b) in zip(values, other[name] ?? []) { #expect(abs(a - b) <= 1e-9 * abs(a), "\(name)") }
      // A label on another parameter's variance would be this far off.
      #expect(abs(values[1] * values[1] - values[2]) <= 1e-9 * values[2], "\(name)")
    }
  }

  @Test("identities of clusters in billions, or as text, are identities only")
  func largeIdentities() throws {
    func errors(_ name: (Int) -> String) throws -> [Double?] {
      let rows = (0..<30).map { "\(1 + $0 * 7 % 11),\($0 % 4 == 0 ? 0 : 1),\($0 % 5),\(name($0 / 2))\n" }.joined()
      let run = try survkit(
        ["cox", "-", "--model", "x", "--cluster", "id", "--format", "json"], input: "time,event,x,id\n" + rows)
      return try run.result()["robust_se"]?.doubles ?? []
    }
    let plain = try errors { "c\(10 + $0)" }
    #expect(try plain.count == 1 && plain == errors { "\(3_000_000_000 + $0)" })
    #expect(try plain == errors { "\(9_223_372_036_854_775_900 + UInt64($0))" })
  }

  @Test(
    "a missing, an impossible and good rows in every order: the impossible one stops with its own row, the missing one is dropped"
  )
  func missingAndImpossible() throws {
    let (missing, impossible, good) = (",,1,a", "5,3,1,b", "0,4,1,a")
    for rows in [
      [missing, impossible, good], [missing, good, impossible], [impossible, missing, good],
      [impossible, good, missing],
      [good, missing, impossible], [good, impossible, missing],
    ] {
      let call = ["km", "-", "--start", "s"]
      let run = try survkit(call, input: "s,time,event,arm\n" + (rows + ["0,6,0,b"]).joined(separator: "\n") + "\n")
      let row = (rows.firstIndex(of: impossible) ?? 0) + 1
      #expect(run.status == 65 && run.out.isEmpty && run.err.contains("row \(row),"), "\(rows): \(run.err)")
      let kept = rows.map { $0 == impossible ? "0,2,1,b" : $0 } + ["0,6,0,b"]
      let clean = try survkit(
        call + ["--format", "json"], input: "s,time,event,arm\n" + kept.joined(separator: "\n") + "\n")
      let account = try #require(try clean.json()["data"] as? [String: Any])
      #expect(account["rows_read"] as? Int == 4 && account["rows_used"] as? Int == 3)
      // The deaths at 2 (b) and 4 (a) are both there.
      #expect(account["events"] as? Int == 2)
    }
  }

  @Test("no event, one row, no covariate: an answer or one line that says why, never a crash", arguments: commands)
  func thinData(call: [String]) throws {
    for rows in [
      "1,0,0,a,1\n2,0,0,b,2\n", "1,1,1,a,1\n", "0,1,1,a,1\n0,0,0,b,0\n", "1,1,1,a,1\n1,1,1,b,1\n1,1,2,a,1\n",
    ] {
      let run = try survkit(call, input: "time,event,cause,arm,x\n" + rows)
      #expect([0, 64, 65].contains(run.status), "\(call) \(rows): \(run.status) \(run.err)")
      #expect(run.status == 0 ? !run.out.isEmpty : run.out.isEmpty && run.err.filter { $0 == "\n" }.count == 1)
    }
    let bare = try survkit(["cox", "-", "--model", ""], input: "time,event\n1,1\n2,0\n")
    #expect(bare.status == 64 && bare.out.isEmpty)
    #expect(try survkit(["cox", "-"], input: "time,event\n1,1\n2,0\n").status == 64)
  }

  @Test(
    "what a formula does not know is refused, not read as something else",
    arguments: [
      "survival::strata(arm)", "log(x)", "x^2", "x - 1", "strata(arm", "poly(x, 2)", "arm + + x", "ns(x)", "x %in% arm",
      "I(x)", "tt(x)", "frailty(arm)", "cluster(arm)", "0 + x", "x | arm", "Strata(arm)",
    ])
  func unknownWords(model: String) throws {
    let run = try survkit(["cox", "-", "--model", model], input: Self.trial { time, _ in "\(time)" })
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains("--model"), "\(run.err)")
  }

  @Test("a p that no double holds keeps its logarithm and its statistic, and is printed as less than 0.001")
  func tail() throws {
    // Two arms of 1500 that never overlap: chi-squared is far above 1400.
    let rows = (0..<3000).map { "\($0 + 1),1,\($0 < 1500 ? "a" : "b")\n" }.joined()
    let call = ["test", "-"]
    let found = try survkit(call + ["--format", "json"], input: "time,event,arm\n" + rows).result()
    let test = try #require(found["tests"]?[0] ?? found["test"] ?? found)
    let logP = try #require(test["log_p"]?.number)
    // The upper tail of chi-squared on 1 degree is 2 (1 - Φ(√c)): -c/2 - ln √(πc/2) to 1/c.
    let chi = try #require(test["chisq"]?.number)
    #expect(chi > 1400 && abs(logP - (-chi / 2 - 0.5 * log(.pi * chi / 2))) < 2 / chi)
    #expect(try survkit(call, input: "time,event,arm\n" + rows).out.contains("<0.001"))
  }

  @Test("devices that never end are refused after little, folders and what is not there by name; a pipe is read")
  func oddFiles() throws {
    for (path, said) in [
      ("/dev/zero", "is a device"), ("/dev/full", "is a device"), ("/dev/urandom", "is a device"),
      ("/dev/null", "is empty"), ("/tmp", "is a folder"), ("/none", "cannot be opened"),
    ] {
      let run = try survkit(["km", path])
      #expect([65, 66].contains(run.status) && run.err.contains(said), "\(path): \(run)")
    }
    try withFolder { folder in
      let pipe = folder.appendingPathComponent("pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let run = try Started(["km", pipe])
      let writer = try #require(FileHandle(forWritingAtPath: pipe))
      try writer.write(contentsOf: Data("time,event\n1,1\n2,0\n".utf8))
      try writer.close()
      #expect(run.end() == .exit(0))
    }
  }
}

import Foundation
import ReferenceSuite
import Testing

/// Options of single commands that other suites leave out.
@Suite struct FurtherOptionTests {
  /// What R 4.2, survival 3.5-3 gives for the rows of aml, with two decimals.
  private static let claims = """
    schema: survkit-claims/1
    trial: AML
    endpoints:
      - id: relapse
        name: Time to relapse
        unit: weeks
        experimental: Nonmaintained
        control: Maintained
        arms:
          - {id: Nonmaintained, n: 12, events: 11, median: 23}
          - {id: Maintained, n: 11, events: 7, median: 31}
        hazard_ratio: {value: "2.50", ci: ["0.92", "6.81"]}
    """

  private static let aml = Result {
    try String(contentsOfFile: Reference.path("aml.csv"), encoding: .utf8).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
  }

  /// The checks of the claims against a file of rows.
  private func checks(_ rows: String, _ options: [String]) throws -> [JSONTree] {
    var found: [JSONTree] = []
    try withFolder { folder in
      let file = folder.appendingPathComponent("rows.csv")
      try Data(rows.utf8).write(to: file)
      let run = try survkit(
        ["verify", "-", "--data", file.path, "--arm", "x", "--format", "json", "--no-timestamp", "--quiet"] + options,
        input: Self.claims)
      #expect(run.status <= 1, "\(run.err)")
      found = try #require(try run.result()["checks"]?.array)
    }
    return found
  }

  @Test("verify finds rows by column, code, parameter and condition as the analyses do")
  func rows() throws {
    let aml = try Self.aml.get()
    let plain = "time,event,x\n" + aml.map { "\($0[0]),\($0[1]),\($0[2])\n" }.joined()
    let coded =
      "PARAMCD,day,status,x\n" + aml.map { "OS,\($0[0]),\($0[1] == "1" ? "dead" : "alive"),\($0[2])\n" }.joined()
      + "PFS,1,dead,Maintained\n"
    let wanted = try checks(plain, [])
    #expect(wanted.contains { $0["code"]?.string == "rows-hr" && $0["verdict"]?.string == "PASS" })
    let columns = ["--time", "day", "--event", "status", "--event-values", "dead"]
    #expect(try checks(coded, columns + ["--select", "OS"]) == wanted)
    #expect(try checks(coded, columns + ["--where", "PARAMCD=OS"]) == wanted)
    #expect(try checks(plain, ["--seed", "2"]) == wanted, "no repeats are drawn for rows")
  }

  @Test("verify stratifies the hazard ratio of rows, and converts their times")
  func strataAndUnits() throws {
    let aml = try Self.aml.get()
    let halves = "time,event,x,half\n" + aml.enumerated().map { "\($1[0]),\($1[1]),\($1[2]),\($0 % 2)\n" }.joined()
    // R: exp(coef) of coxph(Surv(time, event) ~ x + strata(half)) 2.27361527, 0.83444963 to 6.19489326.
    let ratio = try checks(halves, ["--strata", "half"]).first { $0["code"]?.string == "rows-hr" }
    #expect(ratio?["number"]?.string?.contains("2.274 (0.8344 to 6.195)") == true)
    // 23 months of 30.4375 days are 100.01 weeks.
    let median = try checks(halves, ["--time-unit", "months:weeks"]).first { $0["code"]?.string == "rows-median" }
    #expect(median?["number"]?.string?.contains(" 100 (") == true)
  }

  @Test("verify -o writes what standard output has, and --force alone replaces it")
  func verifyOutput() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("out.txt").path
      let run = try survkit(["verify", "-", "--quiet", "-o", file], input: Self.claims)
      #expect(run.status == 0 && run.out.isEmpty && run.err.isEmpty)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == survkit(["verify", "-"], input: Self.claims).out)
      #expect(try survkit(["verify", "-", "-o", file], input: Self.claims).status == 73)
      #expect(try survkit(["verify", "-", "--force", "--output", file], input: Self.claims).status == 0)
    }
  }

  @Test("reconstruct --survival says what is recognised, and a .png has the dots that --dpi asks for")
  func reconstruct() throws {
    try withFolder { folder in
      let curve = folder.appendingPathComponent("steps.csv")
      try Data(ReconstructCommandTests.steps.utf8).write(to: curve)
      let call = ["reconstruct", "--curve", curve.path, "--n", "A=4,B=4", "--repeats", "0"]
      let json = ["--format", "json", "--no-timestamp"]
      #expect(try survkit(call + json + ["--survival"]).result() == survkit(call + json).result())
      let figure = folder.appendingPathComponent("figure.png")
      #expect(try survkit(call + ["--plot", figure.path, "--dpi", "100"]).status == 0)
      #expect(try Self.dotsPerMetre(figure) == 3937)
    }
  }

  @Test("report --figure FILE.png has the dots that --dpi asks for")
  func reportFigure() throws {
    try withFolder { folder in
      let figure = folder.appendingPathComponent("figure.png")
      let call = ["report", Reference.path("aml.csv"), "--arm", "x", "--format", "md", "--figure", figure.path]
      let run = try survkit(call + ["--dpi", "100"])
      let dots = try Self.dotsPerMetre(figure)
      #expect(run.status == 0 && dots == 3937)
    }
  }

  /// The chunk pHYs behind the header: 100 dots per inch are 100 / 0.0254 = 3937 per metre.
  private static func dotsPerMetre(_ file: URL) throws -> Int {
    let bytes = [UInt8](try Data(contentsOf: file))
    #expect(String(decoding: bytes[37..<41], as: UTF8.self) == "pHYs")
    return bytes[41..<45].reduce(0) { $0 << 8 | Int($1) }
  }

  @Test("plot values: each function of time and each table is its own figure")
  func plotValues() throws {
    let call = ["plot", Reference.path("aml.csv"), "--arm", "x", "-o", "-"]
    let times = try ["km", "identity", "rank", "log"].map {
      try survkit(call + ["--kind", "schoenfeld", "--zph", $0]).out
    }
    #expect(Set(times).count == 4)
    let table = try survkit(call + ["--risk-table", "at-risk-censored"]).out
    let plain = try survkit(call).out
    #expect(table.contains("ensored") && table != plain)
  }

  @Test("five scales are five intervals; Bonferroni's p-values are the raw ones times the pairs")
  func values() throws {
    let km = ["km", Reference.path("aml.csv"), "--format", "json", "--no-timestamp"]
    for scale in ["plain", "log", "log-log", "logit", "arcsin"] {
      let curve = try survkit(km + ["--conf-type", scale]).result()["curves"]?[0]
      #expect(curve?["ci"]?[scale]?["lower"] != nil, "\(scale)")
    }
    let pairs = try survkit([
      "test", Reference.path("kidney.csv"), "--arm", "disease", "--pairwise", "--adjust", "bonferroni", "--format",
      "md",
    ])
    #expect(pairs.status == 0 && pairs.out.lowercased().contains("bonferroni"))
  }
}

import Foundation
import ReferenceSuite
import Testing

/// `survkit fit`: exit status, what goes to which stream, no file left behind, the numbers of R.
@Suite struct FitCommandTests {
  private static let trial = "time,event,arm\n1,1,a\n2,1,b\n3,0,b\n4,1,a\n5,1,b\n6,0,a\n"

  @Test("the table goes to standard output, nothing to standard error, and names its conventions")
  func table() throws {
    let run = try survkit(["fit", "-"], input: Self.trial)
    #expect(run.status == 0 && run.err.isEmpty)
    #expect(run.out.contains("event = 1: 4 events, 2 censored"))
    #expect(run.out.contains("Hazard ratio, b against a"))
    #expect(run.out.contains("Conventions (r): CI of S(t) log, median by the rule of r, ties efron"))
    let sas = try survkit(["fit", "-", "--like", "sas"], input: Self.trial)
    #expect(sas.out.contains("CI of S(t) log-log") && sas.out.contains("ties breslow"))
  }

  @Test("without --reference, SAS compares with the last arm, R and Stata with the first")
  func reference() throws {
    func ratio(_ options: [String]) throws -> (name: String?, value: Double) {
      let cox = try survkit(["fit", "-", "--format", "json"] + options, input: Self.trial).result()["cox"]
      return (cox?["terms"]?[0]?.string, try #require(cox?["hr"]?[0]?.number))
    }
    let sas = try ratio(["--like", "sas"])
    let stata = try ratio(["--like", "stata"])
    #expect(sas.name == "arm=a" && stata.name == "arm=b")
    #expect(abs(sas.value * stata.value - 1) < 1e-12, "one ratio is the other way round; both take Breslow ties")
    #expect(try ratio(["--like", "sas", "--reference", "a"]).name == "arm=b")
  }

  @Test("the table of the lung data: R's medians, log-rank and Cox model, in the form of a report")
  func lung() throws {
    let run = try survkit(["fit", Reference.path("lung.csv"), "--arm", "sex", "--times", "365"])
    // R: survfit, survdiff and coxph of open.lung.sex.*; whole days are printed without decimals.
    #expect(run.out.contains("Median (95% CI)                 270 (212, 310)     426 (348, 550)"))
    #expect(run.out.contains("Survival at 365, % (95% CI)  33.6 (26.1, 43.3)  52.6 (42.1, 65.8)"))
    #expect(run.out.contains("Log-rank test: chi-squared 10.33 on 1 df, p = 0.001"))
    #expect(run.out.contains("Hazard ratio, sex = 2 against sex = 1: 0.588 (95% CI 0.424 to 0.816)"))
    let markdown = try survkit(["fit", Reference.path("lung.csv"), "--arm", "sex", "--format", "md"]).out
    #expect(markdown.contains("| sex | 1 | 2 |\n| --- | ---: | ---: |\n| N | 138 | 90 |"))
  }

  @Test("the parts of the JSON result agree with R: log-rank, restricted means")
  func json() throws {
    let lung = try survkit(["fit", Reference.path("lung.csv"), "--arm", "sex", "--tau", "900", "--format", "json"])
    let result = try lung.result()
    #expect(try Reference.faults("open.lung.sex.logrank", try #require(result["log_rank"])).isEmpty)
    #expect(try Reference.faults("open.lung.sex.rmst900", try #require(result["rmst"])).isEmpty)
    #expect(["km", "cox", "zph"].allSatisfy { result[$0] != nil })
    let aml = try survkit(["fit", Reference.path("aml.csv"), "--arm", "x", "--tau", "24", "--format", "json"])
    #expect(try Reference.faults("open.aml.rmst24", try #require(try aml.result()["rmst"])).isEmpty)
  }

  @Test("case weights: the log-rank test is left out and the report says so; counts are sums")
  func weights() throws {
    let run = try survkit(
      ["fit", "-", "--weight", "w"], input: "time,event,arm,w\n1,1,a,2\n2,1,b,0.5\n3,0,b,1\n4,1,a,1\n")
    #expect(run.status == 0)
    #expect(run.out.contains("the log-rank test is left out") && !run.out.contains("chi-squared 0"))
    #expect(run.out.contains("Events, n (%)    3 (100.0)  0.5 (33.3)"))
  }

  @Test(
    "trouble has a message, the documented status, and no output",
    arguments: [
      (["--arm", "x"], trial, 64, "no column \"x\""), (["--level", "2"], trial, 64, "confidence level"),
      (["--like", "spss"], trial, 64, "spss"), ([], "", 65, "is empty"), ([], "time,event\n1\n", 65, "row 1"),
      ([], "time,event\n1,1\nabc,1\n", 65, "row 2, column \"time\""),
      ([], "time,event\n-1,1\n", 65, "negative"), ([], "time,event\nnan,1\n", 65, "decimal number"),
      ([], "time,event\n1,1\n2,2\n", 65, "--event-values"), ([], "t,event\n1,1\n", 65, "--time"),
      (["--tau", "0"], trial, 64, "tau"), (["--times", "1,x"], trial, 64, "\"x\" is not one"),
    ])
  func trouble(options: [String], input: String, status: Int32, message: String) throws {
    let run = try survkit(["fit", "-"] + options, input: input)
    #expect(run.status == status && run.out.isEmpty)
    #expect(run.err.contains(message))
  }

  @Test("one arm, an arm without events, no events at all: a table that says so")
  func thinData() throws {
    let one = try survkit(["fit", "-"], input: "time,event\n1,1\n2,0\n")
    #expect(one.status == 0 && one.out.contains("one arm only"))
    let silent = try survkit(["fit", "-"], input: "time,event,arm\n1,0,a\n2,1,b\n3,1,b\n4,0,a\n")
    #expect(silent.status == 0 && silent.out.contains("a: no events"))
    #expect(silent.out.contains("Hazard ratio, b against a: not estimable (tends to +infinity)"))
    let none = try survkit(["fit", "-"], input: "time,event,arm\n1,0,a\n2,0,b\n")
    #expect(none.status == 0 && none.out.contains("no events: nothing to compare"))
  }

  @Test("--plot draws the figure with its title; a table that cannot be written leaves no figure")
  func plot() throws {
    try withFolder { folder in
      let figure = folder.appendingPathComponent("km.svg").path
      let taken = folder.appendingPathComponent("taken.txt")
      try Data("kept".utf8).write(to: taken)
      #expect(try survkit(["fit", "-", "--plot", figure, "-o", taken.path], input: Self.trial).status == 73)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken.txt"])
      let run = try survkit(["fit", "-", "--plot", figure, "--title", "Two & three"], input: Self.trial)
      #expect(run.status == 0 && run.out.contains("Hazard ratio"))
      #expect(try String(contentsOfFile: figure, encoding: .utf8).contains(">Two &amp; three</title>"))
    }
  }
}

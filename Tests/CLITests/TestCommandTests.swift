import Foundation
import ReferenceSuite
import Testing

/// `survkit test`: weighted log-rank tests against R.
@Suite struct TestCommandTests {
  @Test(
    "every weighting is that of the reference suite",
    arguments: [
      ("log-rank", "open.gehan.logrank"), ("gehan-breslow", "open.gehan.gehan"),
      ("tarone-ware", "open.gehan.tarone-ware"), ("peto", "open.gehan.peto"),
      ("modified-peto", "open.gehan.modified-peto"), ("fh:0,1", "open.gehan.fh0_1"), ("fh:1,0", "open.gehan.grho1"),
      ("fh:0.5,0.5", "open.gehan.fh0.5_0.5"),
    ])
  func againstR(test: String, id: String) throws {
    let run = try survkit(["test", Reference.path("gehan.csv"), "--arm", "treat", "--test", test, "--format", "json"])
    #expect(try Reference.faults(id, try #require(try run.result()["tests"]?[0])).isEmpty)
  }

  @Test("strata, and several tests in one call in their order")
  func strata() throws {
    let run = try survkit([
      "test", Reference.path("gehan.csv"), "--arm", "treat", "--strata", "pair", "--test", "log-rank", "--test", "peto",
      "--format", "json",
    ])
    let tests = try #require(try run.result()["tests"])
    #expect(try Reference.faults("open.gehan.paired.logrank", try #require(tests[0])).isEmpty)
    #expect(try Reference.faults("open.gehan.paired.peto", try #require(tests[1])).isEmpty)
    #expect(tests[1]?["test"]?.string == "peto")
  }

  @Test("the text: observed and expected per arm, Peto's ratio and a one-sided p for two arms only")
  func text() throws {
    let lung = try survkit(["test", Reference.path("lung.csv"), "--arm", "sex"])
    // R's survdiff and the suite's Peto ratio on the lung data.
    #expect(lung.out.contains("1    138       112     91.58"))
    #expect(lung.out.contains("log-rank       10.327   1  0.001  -3.214       <0.001"))
    #expect(lung.out.contains("Hazard ratio (Peto, one step), sex = 2 against sex = 1: 0.603 (95% CI 0.443 to 0.821)"))
    #expect(lung.out.contains("Conventions (r)"))
    let veteran = try survkit(["test", Reference.path("veteran.csv"), "--arm", "celltype"])
    #expect(veteran.status == 0 && !veteran.out.contains("Peto") && !veteran.out.contains("One-sided"))
    let other = try survkit(["test", Reference.path("lung.csv"), "--arm", "sex", "--test", "gehan-breslow"])
    #expect(!other.out.contains("(Peto"), "Peto's ratio belongs to the log-rank test")
  }

  @Test("the reference arm comes first, so that z changes its sign with it")
  func reference() throws {
    func z(_ options: [String]) throws -> Double {
      let run = try survkit(["test", Reference.path("lung.csv"), "--arm", "sex", "--format", "json"] + options)
      return try #require(try run.result()["tests"]?[0]?["z"]?["value"]?.number)
    }
    #expect(try z([]) < 0 && abs(try z([]) + z(["--reference", "2"])) < 1e-12)
  }

  @Test("every pair of arms and the trend are those of the reference suite")
  func pairsAndTrend() throws {
    let pairs = try survkit([
      "test", Reference.path("veteran.csv"), "--arm", "celltype", "--pairwise", "--adjust", "bh", "--format", "json",
    ])
    #expect(
      try Reference.faults("open.veteran.cell.pairwise", try #require(try pairs.result()["pairwise"]?[0])).isEmpty)
    let trend = try survkit([
      "test", Reference.path("lung.csv"), "--arm", "ph.ecog", "--trend", "0,1,2,3", "--format", "json",
    ])
    #expect(try Reference.faults("open.lung.ecog.trend", try #require(try trend.result()["trend"]?[0])).isEmpty)
    let text = try survkit(["test", Reference.path("veteran.csv"), "--arm", "celltype", "--pairwise"])
    // R: p of large against squamous and its Holm value, the largest of the six.
    #expect(text.out.contains("p (Holm)") && text.out.contains("pairs adjusted by Holm"))
    let markdown = try survkit([
      "test", Reference.path("lung.csv"), "--arm", "ph.ecog", "--trend", "0,1,2,3", "--format", "md",
    ])
    #expect(markdown.out.contains("| log-rank | 17.875 | 1 | <0.001 | 4.228 |"))
  }

  @Test("a pair that cannot be tested is null with a reason")
  func untestedPair() throws {
    let run = try survkit(
      ["test", "-", "--pairwise", "--format", "json"], input: "time,event,arm\n1,1,a\n2,0,b\n3,0,c\n4,1,a\n")
    let pair = try #require(try run.result()["pairwise"]?[0]?["pairs"]?[2])
    #expect(pair["p"] == .null && pair["null_reasons"]?["p"]?.string?.contains("no event") == true)
  }

  private static let two = "time,event,arm,w\n1,1,a,1\n2,1,b,1\n3,0,b,1\n"

  @Test(
    "trouble: one message, the documented status, nothing else",
    arguments: [
      (["--test", "mwlrt:6"], two, 64, "not available in this version"),
      (["--test", "maxcombo"], two, 64, "not available in this version"),
      (["--trend", "1"], two, 64, "one score per arm"), (["--trend", "1,1"], two, 64, "not all the same"),
      (["--trend", "1,x"], two, 64, "finite numbers"), (["--trend", ""], two, 64, "finite numbers"),
      (["--adjust", "holm"], two, 64, "belongs to --pairwise"),
      (["--pairwise", "--adjust", "tukey"], two, 64, "tukey"),
      (["--test", "wilcoxon"], two, 64, "is not known"), (["--test", "fh:1"], two, 64, "two numbers"),
      (["--test", "fh:1,2,3"], two, 64, "two numbers"), (["--test", "fh:1,-1"], two, 64, "0 or more"),
      (["--test", "peto:1"], two, 64, "is not known"), (["--test", ""], two, 64, "is not known"),
      (["--weight", "w"], two, 64, "case weights"), (["--cluster", "w"], two, 64, "Cox model"),
      (["--where", "arm=a"], two, 65, "two arms"), ([], "time,event\n1,1\n", 64, "--arm"),
      ([], "time,event,arm\n1,0,a\n2,0,b\n", 65, "no event"),
    ])
  func trouble(options: [String], input: String, status: Int32, message: String) throws {
    let run = try survkit(["test", "-"] + options, input: input)
    #expect(run.status == status && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }
}

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

  // MARK: Maximum, margin, permutations, chosen times

  private func lung(_ options: [String]) throws -> JSONTree {
    try survkit(["test", Reference.path("lung.csv"), "--arm", "sex", "--format", "json", "--quiet"] + options).result()
  }

  private func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-11) -> Bool {
    abs((value ?? .nan) - expected) <= tolerance * abs(expected)
  }

  @Test("modestly weighted: the sums of Magirr and Burman written out in R, also stratified")
  func modestlyWeighted() throws {
    let tests = try lung(["--test", "mwlrt:300", "--test", "mwlrt:365"])["tests"]
    #expect(isClose(tests?[0]?["z"]?["value"]?.number, -2.86044678911072))
    #expect(isClose(tests?[1]?["z"]?["value"]?.number, -2.63817792956761))
    let stratified = try lung(["--test", "mwlrt:300", "--strata", "ph.ecog"])["tests"]
    #expect(isClose(stratified?[0]?["z"]?["value"]?.number, -2.52571414321721))
    let pairs = try survkit([
      "test", Reference.path("gehan.csv"), "--arm", "treat", "--strata", "pair", "--test", "mwlrt:10", "--format",
      "json",
    ]).result()
    #expect(isClose(pairs["tests"]?[0]?["chisq"]?.number, 10.71428571428571))
  }

  @Test("maxcombo against mvtnorm's TVPACK (one-sided) and Miwa (two-sided), z and correlations from sums in R")
  func maxCombo() throws {
    func p(_ name: String, _ alternative: String) throws -> Double? {
      try lung(["--test", name, "--alternative", alternative])["maxcombo"]?[0]?["p"]?.number
    }
    let three = "maxcombo:0,1;1,1;1,0"
    // Printed with 15 digits; 1 − P leaves 12 of them where p is near 0.0005. Miwa's grid is good for 1e-12 absolute.
    #expect(isClose(try p(three, "two-sided"), 0.000904090073174935, 1e-8))
    #expect(isClose(try p(three, "less"), 0.000452045036832383))
    #expect(isClose(try p(three, "greater"), 0.99302167654542))
    #expect(isClose(try p("maxcombo:0,1;1,0", "two-sided"), 0.000709739348690341, 1e-8))
    #expect(isClose(try p("maxcombo:0,1;1,0", "less"), 0.000354869674345726))
    let strata = try lung(["--test", three, "--strata", "ph.ecog", "--alternative", "less"])["maxcombo"]?[0]
    #expect(isClose(strata?["z"]?[2]?.number, -3.722602954033) && isClose(strata?["p"]?.number, 0.000247445945938174))
    let all = try lung(["--test", "maxcombo", "--test", "log-rank"])
    let test = all["maxcombo"]?[0]
    // 10^7 draws from the singular correlation matrix gave 0.0009888, standard error 1e-5.
    #expect(abs((test?["p"]?.number ?? 1) - 0.0009888) < 3e-5)
    #expect((test?["p_error"]?.number ?? 1) < 1e-12 && test?["largest"]?.string == "fleming-harrington(1,0)")
    let logRank = all["tests"]?[0]?["z"]?["value"]?.number ?? .nan
    #expect(isClose(test?["z"]?[0]?.number, logRank))
    let text = try survkit(["test", Reference.path("lung.csv"), "--arm", "sex", "--test", "maxcombo"]).out
    #expect(text.contains("Maximum of 4 tests") && text.contains("fleming-harrington(1,0) (the largest)  -3.566"))
    #expect(!text.contains("Chi-squared"))
  }

  @Test("margin: coxph with offset(log(margin) x), its score test with a sign and Wald's, in R")
  func margin() throws {
    let first = try lung(["--margin", "1.2"])["margin"]
    #expect(
      isClose(first?["score_z"]?.number, -4.35656203651355) && isClose(first?["wald_z"]?.number, -4.26696459985352))
    #expect(isClose(first?["score_p"]?.number, 6.60606293823452e-06, 1e-9) && first?["alternative"]?.string == "less")
    let breslow = try lung(["--margin", "0.8", "--like", "stata"])["margin"]
    #expect(
      isClose(breslow?["score_z"]?.number, -1.84498605390397)
        && isClose(breslow?["score_p"]?.number, 0.0325197836696199))
    let stratified = try lung(["--margin", "1.3", "--strata", "ph.ecog"])["margin"]
    #expect(isClose(stratified?["score_z"]?.number, -4.91039957547831))
    // An arm without events by hand: U = −(3/5 + 3/5), I = 2 · 3/5 · 2/5, z = −√3.
    let none = try survkit(
      ["test", "-", "--margin", "1.5", "--format", "json"], input: "time,event,arm\n1,1,a\n2,0,b\n3,1,a\n4,0,b\n")
    let bare = try none.result()["margin"]
    #expect(isClose(bare?["score_z"]?.number, -3.0.squareRoot()) && bare?["wald_p"] == .null)
    let greater = try lung(["--margin", "1.2", "--alternative", "greater"])["margin"]
    #expect(isClose(greater?["score_p"]?.number, 1 - 6.60606293823452e-06))
  }

  @Test("survival at chosen times: differences and log-log tests from R's survfit; NE beyond follow-up")
  func atTimes() throws {
    let points = try lung(["--at", "180,365,1000", "--alternative", "less"])["landmarks"]
    let first = points?[0]
    #expect(
      isClose(first?["difference"]?.number, 0.197936704046001) && isClose(first?["se"]?.number, 0.0562116451910808))
    #expect(isClose(first?["lower"]?.number, 0.0877639039597381) && isClose(first?["upper"]?.number, 0.308109504132263))
    #expect(isClose(first?["p"]?.number, 0.000429475725504781))
    #expect(isClose(first?["one_sided_p"]?.number, 0.000429475725504781 / 2))
    #expect(isClose(points?[1]?["cloglog_z"]?.number, -2.49129965032618))
    #expect(isClose(points?[1]?["cloglog_p"]?.number, 0.0127276726675739))
    #expect(points?[2]?["difference"] == .null && points?[2]?["null_reasons"]?["p"] != nil)
  }

  @Test("permutations: exact p-values of coin on ten rows within four standard errors; a seed repeats itself")
  func permutations() throws {
    let rows = "time,event,arm\n1,1,0\n2,1,0\n3,0,1\n4,1,0\n5,1,1\n6,1,0\n7,0,1\n8,1,1\n9,1,0\n10,0,1\n"
    func run(_ options: [String]) throws -> JSONTree? {
      try survkit(["test", "-", "--permutations", "20000", "--format", "json", "--quiet"] + options, input: rows)
        .result()["tests"]?[0]?["permutation"]
    }
    // coin 1.4-2, logrank_test(distribution = "exact"); its statistic is standardised by the same covariance.
    for (alternative, p) in [("two-sided", 0.1111111), ("less", 0.05555556), ("greater", 0.9484127)] {
      let found = try run(["--alternative", alternative])
      let error = found?["p_se"]?.number ?? .nan
      #expect(abs((found?["p"]?.number ?? .nan) - p) < 4 * error, "\(alternative)")
      #expect(abs(abs(found?["statistic"]?.number ?? .nan) - 1.675118) < 1e-6)
    }
    #expect(try run(["--seed", "5"]) == run(["--seed", "5"]) && run(["--seed", "5"]) != run(["--seed", "6"]))
  }

  @Test("an arm without events, one event in all, arms never at risk together: numbers or reasons, never a crash")
  func degenerate() throws {
    let options = [
      "--test", "log-rank", "--test", "mwlrt:2", "--test", "maxcombo", "--margin", "1.5", "--at", "1,2",
      "--permutations", "99",
      "--alternative", "less",
    ]
    for rows in [
      "1,1,a\n2,0,b\n3,1,a\n4,0,b\n", "1,0,a\n2,1,b\n3,0,a\n4,0,b\n", "1,1,a\n2,1,a\n3,1,b\n4,1,b\n",
      "1,1,a\n1,1,b\n", "5,1,a\n5,0,b\n",
    ] {
      for format in ["text", "json", "md"] {
        let run = try survkit(["test", "-", "--format", format] + options, input: "time,event,arm\n" + rows)
        #expect(run.status == 0, "\(rows) \(run.err)")
        #expect(!run.out.contains(/\b(nan|inf)\b/), "\(rows)")
      }
    }
    // Delayed entry: the second arm enters after the first has left.
    let apart = try survkit(
      [
        "test", "-", "--start", "s", "--test", "log-rank", "--test", "maxcombo", "--margin", "1.5", "--at", "1",
        "--format", "json",
      ],
      input: "s,time,event,arm\n0,1,1,a\n0,2,1,a\n3,4,1,b\n3,5,1,b\n")
    let result = try apart.result()
    #expect(result["tests"]?[0]?["p"] == .null && result["maxcombo"]?[0]?["p"] == .null)
    #expect(result["margin"]?["score_p"] == .null)
    let weights = try survkit(
      ["test", "-", "--start", "s", "--test", "mwlrt:9"],
      input: "s,time,event,arm\n0,1,1,a\n0,2,1,b\n3,4,1,b\n3,5,1,a\n")
    #expect(weights.status == 64 && weights.err.contains("reached 0"))
  }

  private static let three = "time,event,arm\n1,1,a\n2,1,b\n3,0,c\n"
  private static let two = "time,event,arm,w\n1,1,a,1\n2,1,b,1\n3,0,b,1\n"

  @Test(
    "trouble: one message, the documented status, nothing else",
    arguments: [
      (["--test", "mwlrt"], two, 64, "mwlrt:12"), (["--test", "mwlrt:x"], two, 64, "one time"),
      (["--test", "mwlrt:1,2"], two, 64, "one time"), (["--test", "maxcombo:"], two, 64, "two numbers"),
      (["--test", "maxcombo:0,0;1"], two, 64, "are two numbers"),
      (["--test", "maxcombo", "--pairwise"], two, 64, "maxcombo"),
      (["--alternative", "lower"], two, 64, "lower"), (["--margin", "0"], two, 64, "above 0"),
      (["--margin", "x"], two, 64, "margin"), (["--at", "1", "--strata", "w"], two, 64, "no stratified form"),
      (["--at", ""], two, 64, "0 or more"), (["--seed", "3"], two, 64, "belongs to --permutations"),
      (["--permutations", "0"], two, 64, "1 to 10000000"),
      (["--permutations", "9", "--start", "w"], two, 64, "delayed entry"),
      (["--margin", "1.2"], three, 64, "compares two arms"), (["--test", "maxcombo"], three, 64, "compares two arms"),
      (["--alternative", "less"], three, 64, "compares two arms"),
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

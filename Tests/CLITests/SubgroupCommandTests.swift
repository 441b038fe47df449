import Foundation
import ReferenceSuite
import Testing

/// `survkit fit --subgroups` and `survkit plot --kind forest`.
@Suite struct SubgroupCommandTests {
  static let made =
    "time,event,arm,f\n5,1,a,x\n8,1,b,x\n12,0,a,y\n3,0,b,y\n9,1,a,y\n14,0,b,x\n7,1,a,x\n2,0,b,y\n11,1,a,y\n6,0,b,y\n"
    + "4,1,a,x\n10,1,b,x\n13,0,a,y\n15,0,b,y\n1,1,a,y\n16,0,b,x\n17,0,a,x\n18,0,b,y\n19,0,a,y\n20,0,b,y\n"

  private func analysis(_ options: [String], input: String = "") throws -> JSONTree {
    let run = try survkit(["fit"] + options + ["--format", "json"], input: input)
    #expect(run.status == 0, "\(run.err)")
    return try #require(try run.result()["subgroups"])
  }

  /// 1e-9 relative: R, iterated to the end, has fourteen digits; the statistic of a test is a difference of log-likelihoods of some hundreds, which
  /// takes three of them.
  private func expectNear(_ actual: JSONTree?, _ expected: Double, _ what: String) {
    let value = actual?.number ?? .nan
    #expect((value - expected).magnitude <= 1e-9 * expected.magnitude, "\(what): \(value), R \(expected)")
  }

  /// R 4.2, survival 3.5-3: coxph(Surv(time, event) ~ sex, subset), anova(coxph(~ sex + factor(ph.ecog)), coxph(~ sex * factor(ph.ecog))).
  @Test("lung by performance status: R's hazard ratios and test of interaction, one row without a value")
  func lung() throws {
    let found = try analysis([Reference.path("lung.csv"), "--arm", "sex", "--subgroups", "ph.ecog"])
    expectNear(found["overall"]?["coef"], -0.5310235400057668, "all")
    let factor = try #require(found["factors"]?[0])
    #expect(factor["missing"]?.number == 1)
    let levels = try #require(factor["levels"]?.array)
    #expect(levels.map { $0["level"]?.string } == ["0", "1", "2", "3"])
    let expected: [(n: [Double], events: [Double], values: [Double])] = [
      (
        [36, 27], [28, 9],
        [-0.6150562748616334, 0.3872208622364992, 0.2530937719242866, 1.154748612979652, 0.1121990355315455]
      ),
      (
        [71, 42], [54, 28],
        [-0.6332185102785867, 0.2372218401568206, 0.3334825384952547, 0.8451237207744646, 0.007600737699984318]
      ),
      (
        [29, 21], [28, 16],
        [-0.3637716301199239, 0.3188841902430515, 0.3720328365772927, 1.298526159682204, 0.2539681118485807]
      ),
    ]
    for (level, row) in zip(levels, expected) {
      #expect(level["n"]?.doubles == row.n && level["events"]?.doubles == row.events)
      for (key, value) in zip(["coef", "se", "hr_lower", "hr_upper", "p"], row.values) {
        expectNear(level[key], value, key)
      }
    }
    // One man of status 3, no woman.
    #expect(levels[3]["hr"]?.number == nil && levels[3]["n"]?.doubles == [1, 0])
    #expect(levels[3]["null_reasons"]?["hr"]?.string == "not estimable: no subject of 2")
    expectNear(factor["interaction"]?["chisq"], 0.5614074494128545, "test")
    #expect(factor["interaction"]?["df"]?.number == 2)
    expectNear(factor["interaction"]?["p"], 0.7552520648630658, "p")
  }

  /// R: coxph(Surv(time, event) ~ trt + strata(prior), ties = "breslow") by celltype, and the test of interaction.
  @Test("veteran by cell type, stratified, Breslow ties: R's numbers")
  func stratified() throws {
    let found = try analysis([
      Reference.path("veteran.csv"), "--arm", "trt", "--subgroups", "celltype", "--strata", "prior", "--like", "stata",
    ])
    expectNear(found["overall"]?["coef"], 0.05068051804882462, "all")
    let factor = try #require(found["factors"]?[0])
    let expected = [
      ("adeno", 0.04937345344820734, 0.4479136540478778), ("large", 0.4682496845378463, 0.433406301671597),
      ("smallcell", 0.5243864110449502, 0.332233981089315), ("squamous", -0.6900901770751722, 0.41269930136893),
    ]
    for (level, row) in zip(factor["levels"]?.array ?? [], expected) {
      #expect(level["level"]?.string == row.0)
      expectNear(level["coef"], row.1, row.0)
      expectNear(level["se"], row.2, row.0)
    }
    expectNear(factor["interaction"]?["chisq"], 7.902530513171996, "test")
    expectNear(factor["interaction"]?["p"], 0.04806964726557844, "p")
  }

  /// R: coxph of level x; anova of the two models, whose second ends at a log-likelihood that rises to its limit with an infinite coefficient.
  @Test("an arm without events in a level: no ratio, R's test of interaction")
  func silentArm() throws {
    let found = try analysis(["-", "--subgroups", "f"], input: Self.made)
    let levels = try #require(found["factors"]?[0]?["levels"]?.array)
    expectNear(levels[0]["coef"], -1.12431601944725, "x")
    expectNear(levels[0]["se"], 0.9405440700376334, "x")
    #expect(levels[1]["hr"]?.number == nil && levels[1]["events"]?.doubles == [3, 0])
    #expect(levels[1]["null_reasons"]?["hr"]?.string == "not estimable: no event in b")
    // 1e-8: R stops 25 steps on the way to the limit, e^-25 of a unit of likelihood short.
    let statistic = found["factors"]?[0]?["interaction"]?["chisq"]?.number ?? .nan
    #expect((statistic - 1.128496377441834).magnitude < 1e-8, "\(statistic)")
  }

  @Test("text and Markdown: the table with its reasons; every setting in the JSON")
  func table() throws {
    let text = try survkit(["fit", "-", "--subgroups", "f"], input: Self.made + "21,1,a,\n")
    #expect(text.status == 0)
    #expect(text.out.contains("Subgroup  a, events/N  b, events/N"))
    #expect(text.out.firstMatch(of: #/f: y +3/6 +0/6/#) != nil)
    #expect(text.out.contains("Note: f, y: no hazard ratio: no event in b"))
    #expect(text.out.contains("f: 1 row has no value and is in none of its subgroups"))
    let markdown = try survkit(["fit", "-", "--subgroups", "f", "--format", "md"], input: Self.made)
    #expect(markdown.out.contains("| Subgroup | a, events/N | b, events/N |"))
    let json = try survkit(["fit", "-", "--subgroups", "f", "--format", "json"], input: Self.made).json()
    #expect((json["settings"] as? [String: Any])?["subgroups"] as? [String] == ["f"])
  }

  @Test("with clusters: robust errors of R's coxph(cluster =), no test of the likelihood")
  func clusters() throws {
    let found = try analysis(["-", "--subgroups", "f", "--cluster", "f"], input: Self.made)
    #expect(found["factors"]?[0]?["interaction"]?["p"]?.number == nil)
    #expect(found["factors"]?[0]?["levels"]?[0]?["null_reasons"]?["hr"]?.string?.contains("one cluster") == true)
  }

  @Test(
    "trouble: one message that names option and column, the documented status, no file",
    arguments: [
      (["--subgroups", "f"], "time,event,f\n1,1,x\n2,0,y\n", 64, "name their column with --arm"),
      (["--subgroups", "f"], "time,event,arm,f\n1,1,a,x\n2,0,b,y\n3,1,c,x\n", 64, "two arms"),
      (
        ["--subgroups", "time"], "time,event,arm\n" + (1...21).map { "\($0),1,\($0 % 2)\n" }.joined(), 64,
        "code a number in a few groups first"
      ),
      (["--subgroups", "arm"], made, 64, "that is the column of the arms"),
      (["--subgroups", "g"], made, 64, "no column \"g\""),
      (["--subgroups", "f,f"], made, 64, "twice"), (["--subgroups", "f,"], made, 64, "empty name"),
      ([], made, 64, "--subgroups"),
      (["--subgroups", "f", "--risk-table", "none"], made, 64, "--risk-table belongs to"),
      (["--subgroups", "f", "--height", "90"], made, 64, "--height belongs to"),
      (["--subgroups", "f", "--preset", "nejm"], made, 64, "--preset belongs to"),
      (["--subgroups", "f", "--width", "20"], made, 64, "80 and 400"),
    ])
  func trouble(options: [String], input: String, status: Int32, message: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("forest.svg").path
      let run = try survkit(["plot", "-", "--kind", "forest", "-o", file] + options, input: input)
      #expect(run.status == status && run.out.isEmpty && run.err.contains(message), "\(run.err)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("the figure: written once, the same bytes again, rows without a value noted")
  func figure() throws {
    let input = Self.made + "21,1,a,\n"
    let run = try survkit(["plot", "-", "--kind", "forest", "--subgroups", "f", "-o", "-"], input: input)
    #expect(run.status == 0 && run.out.contains("\"figure\":\"forest\"".replacingOccurrences(of: "\"", with: "&quot;")))
    #expect(run.err.contains("f: 1 row has no value"))
    #expect(try survkit(["plot", "-", "--kind", "forest", "--subgroups", "f", "-o", "-"], input: input).out == run.out)
    #expect(
      try survkit(["plot", "-", "--subgroups", "f", "-o", "-"], input: input).err.contains("belongs to --kind forest"))
  }
}

import Foundation
import ReferenceSuite
import Testing

/// `survkit cox`: models written as formulas against R, against values worked out by hand, and what a formula refuses.
@Suite struct CoxCommandTests {
  private func cox(_ arguments: [String], input: String = "") throws -> JSONTree {
    let run = try survkit(["cox"] + arguments + ["--format", "json"], input: input)
    #expect(run.status == 0, "\(run.err)")
    return try run.result()
  }

  @Test("numbers, delayed entry, weights with clusters, ties and interactions as R fits them")
  func againstR() throws {
    let lung = try cox([Reference.path("lung.csv"), "--model", "age + sex + ph.ecog", "--zph", "km"])
    #expect(try Reference.faults("open.lung.m1.efron.fit", lung).isEmpty)
    #expect(try Reference.faults("open.lung.m1.efron.zph.km", try #require(lung["zph"])).isEmpty)
    let heart = [Reference.path("heart.csv"), "--start", "start", "--time", "stop"]
    #expect(
      try Reference.faults("open.heart.efron.fit", cox(heart + ["--model", "age+year+surgery+transplant"])).isEmpty)
    let crossed = try cox(
      heart + ["--model", "age*transplant + surgery*transplant", "--cluster", "id", "--like", "stata"])
    // R's order is main effects as written, (age + surgery) * transplant: compared by name below.
    #expect(crossed["ties"]?.string == "breslow" && crossed["clusters"]?.number == 103)
    try compareByName("open.heart.inter.breslow.fit", crossed)
    let weighted = try cox([
      Reference.path("lung_weighted.csv"), "--model", "age + sex", "--weight", "w", "--cluster", "id",
    ])
    #expect(try Reference.faults("open.lung_weighted.rob.efron.fit", weighted).isEmpty)
  }

  @Test("every scale of time for the test of proportional hazards", arguments: ["km", "identity", "rank", "log"])
  func proportionalHazards(scale: String) throws {
    let fit = try cox([Reference.path("lung.csv"), "--model", "age + sex + ph.ecog", "--zph", scale])
    #expect(try Reference.faults("open.lung.m1.efron.zph.\(scale)", try #require(fit["zph"])).isEmpty)
  }

  @Test("strata in the model and strata as an option are the same strata, with R's numbers")
  func strata() throws {
    let lung = [Reference.path("lung.csv"), "--model"]
    let inModel = try cox(lung + ["age + ph.ecog + strata(sex)"])
    let asOption = try cox(lung + ["age + ph.ecog", "--strata", "sex"])
    #expect(inModel == asOption && inModel["strata"]?.number == 2)
    // docs/decisions/0003: R orders two tied pairs by round-off.
    let faults = try Reference.faults("open.lung.strat.efron.fit", inModel)
    #expect(faults.allSatisfy { $0.hasPrefix(".concordance.") }, "\(faults)")
  }

  @Test("factors: text is one by itself, its levels against the one named, alone and crossed")
  func factors() throws {
    let arguments = [Reference.path("veteran.csv"), "--reference-level", "celltype=squamous", "--model"]
    try compareByName(
      "open.veteran.full.efron.fit", cox(arguments + ["trt + celltype + karno + diagtime + age + prior"]))
    try compareByName("open.veteran.inter.efron.fit", cox(arguments + ["~ trt*celltype"]))
    let numbers = try cox([Reference.path("lung.csv"), "--model", "factor(ph.ecog) + strata(sex)"])
    #expect(numbers["terms"]?.names == ["ph.ecog=1", "ph.ecog=2", "ph.ecog=3"])
    #expect(numbers["strata"]?.number == 2)
  }

  /// Compares what belongs to a coefficient by its name: R has other orders of levels.
  private func compareByName(_ id: String, _ actual: JSONTree) throws {
    let expected = try #require(try Reference.check(id)["expected"])
    let names = try #require(expected["terms"]?.names)
    let ours = try #require(actual["terms"]?.names)
    #expect(Set(names) == Set(ours))
    let check = try Reference.check(id)
    let relative = try #require(check["tolerance"]?["rel"]?.number)
    let absolute = try #require(check["tolerance"]?["abs"]?.number)
    for key in ["coef", "se", "robust_se", "hr", "hr_lower", "hr_upper", "z", "p"] {
      guard let wanted = expected[key] else { continue }
      for (position, name) in names.enumerated() {
        let e = try #require(wanted[position]?.number)
        let place = try #require(ours.firstIndex(of: name))
        let x = try #require(actual[key]?[place]?.number)
        #expect(abs(x - e) <= max(absolute, relative * abs(e)), "\(id) \(key) \(name)")
      }
    }
    for key in ["loglik", "lr_test", "score_test", "wald_test"] {
      let agreement = Agreement(
        expected: try #require(expected[key]), actual: try #require(actual[key]), relative: relative,
        absolute: absolute)
      #expect(agreement.isPass, "\(id) \(key) \(agreement.faults)")
    }
  }

  @Test("seven subjects with ties: Efron and Breslow coefficients known to 15 digits")
  func sevenSubjects() throws {
    // Therneau's first test data, worked out in his book's appendix.
    let input = "time,event,x\n4,1,0\n3,1,2\n1,1,1\n1,0,1\n2,1,1\n2,1,0\n3,0,0\n"
    let efron = try cox(["-", "--model", "x"], input: input)
    #expect(abs((efron["coef"]?[0]?.number ?? 0) - 0.460777654358129) < 1e-12)
    #expect(abs((efron["se"]?[0]?.number ?? 0) - 0.562799593101398) < 1e-12)
    #expect(abs((efron["loglik"]?.number ?? 0) + 5.711785578306) < 1e-12)
    let breslow = try cox(["-", "--model", "x", "--ties", "breslow"], input: input)
    #expect(abs((breslow["coef"]?[0]?.number ?? 0) - 0.483893272136668) < 1e-12)
  }

  @Test("exact ties by name: the partial likelihood as R has it, the marginal by its orders")
  func exactTies() throws {
    let input = "time,event,x\n4,1,0\n3,1,2\n1,1,1\n1,0,1\n2,1,1\n2,1,0\n3,0,0\n"
    let partial = try cox(["-", "--model", "x", "--ties", "exact-partial"], input: input)
    #expect(partial["ties"]?.string == "exact-partial")
    #expect(abs((partial["coef"]?[0]?.number ?? 0) - 0.577453774439073) < 1e-12)
    let lung = [Reference.path("lung.csv"), "--model", "age + sex + ph.ecog", "--ties", "exact-partial"]
    #expect(try Reference.faults("open.lung.m1.exact.fit", cox(lung)).isEmpty)
    let marginal = try cox(["-", "--model", "x", "--ties", "exact-marginal"], input: input)
    // Without covariates: 1/7 at 1, two orders of 1/5 · 1/4 at 2, 1/3 at 3.
    #expect(abs((marginal["loglik_null"]?.number ?? 0) + log(210)) < 1e-12)
  }

  @Test("an interaction without one of its margins gives that margin an effect at every level of the other")
  func interactionWithoutMargin() throws {
    let lung = [Reference.path("lung.csv"), "--model"]
    let nested = try cox(lung + ["factor(sex) + age:factor(sex)"])
    let crossed = try cox(lung + ["factor(sex)*age"])
    #expect(nested["terms"]?.names == ["sex=2", "age:sex=1", "age:sex=2"])
    let a = (nested["coef"]?.doubles ?? []).compactMap { $0 }
    let b = (crossed["coef"]?.doubles ?? []).compactMap { $0 }
    try #require(a.count == 3 && b.count == 3)
    // Both span the same space: age's slope is b[1] in the first arm, b[1] + b[2] in the second.
    #expect(abs(a[1] - b[1]) < 1e-10 && abs(a[2] - (b[1] + b[2])) < 1e-10)
    #expect(abs((nested["loglik"]?.number ?? 0) - (crossed["loglik"]?.number ?? 1)) < 1e-9)
  }

  @Test("the arm: a factor whatever it holds, named arm in the model, alone when no model is given")
  func arm() throws {
    let lung = [Reference.path("lung.csv"), "--arm", "sex"]
    let alone = try cox(lung)
    #expect(alone["terms"]?[0]?.string == "sex=2")
    #expect(try cox(lung + ["--model", "arm"]) == alone && cox(lung + ["--model", "sex"]) == alone)
    let turned = try cox(lung + ["--reference", "2"])
    #expect(turned["terms"]?[0]?.string == "sex=1")
    #expect(abs((turned["coef"]?[0]?.number ?? 0) + (alone["coef"]?[0]?.number ?? 0)) < 1e-10)
    let adam = "TRT01P,AVAL,CNSR\nA,1,0\nB,2,0\nB,3,1\nA,4,0\nB,5,0\nA,6,1\n"
    let found = try cox(["-"], input: adam)
    #expect(found["terms"]?.names == ["TRT01P=B"] && found["events"]?.number == 4)
    #expect(try cox(["-", "--model", "arm"], input: adam) == found)
    let sas = try cox([Reference.path("veteran.csv"), "--model", "celltype", "--like", "sas"])
    #expect(sas["terms"]?[0]?.string == "celltype=adeno" && sas["terms"]?.array?.count == 3)
    #expect(sas["ties"]?.string == "breslow", "squamous, the last level, is the reference")
  }

  @Test("robust by row equals clusters of one row each")
  func robust() throws {
    let heart = [Reference.path("lung_weighted.csv"), "--weight", "w", "--model", "age + sex"]
    // Every row of these data has an id of its own.
    let byRow = try cox(heart + ["--robust"])
    let byCluster = try cox(heart + ["--cluster", "id"])
    #expect(byRow["robust_se"] != nil && byRow == byCluster)
  }

  @Test("a coefficient that runs away is named, has no number, and keeps its likelihood-ratio test")
  func monotone() throws {
    // Six events, those with x = 1 first: the log-likelihood tends to ln(1/36), from ln(1/720) without covariates.
    let input = "time,event,x,c\n1,1,1,5\n2,1,1,5\n3,1,1,5\n4,1,0,5\n5,1,0,5\n6,1,0,5\n"
    let run = try survkit(["cox", "-", "--model", "x + c", "--zph", "km"], input: input)
    #expect(run.status == 0)
    #expect(run.out.contains("x     not estimable") && run.out.contains("tends to +infinity"))
    #expect(run.out.contains("c is constant or a combination"))
    #expect(run.out.contains("no test of proportional hazards"))
    let result = try cox(["-", "--model", "x + c"], input: input)
    #expect(result["coef"] == .array([.null, .null]) && result["hr_upper"] == .array([.null, .null]))
    #expect(result["null_reasons"]?["coef"]?[0]?.string == "not estimable (tends to +infinity)")
    let statistic = try #require(result["lr_test"]?["chisq"]?.number)
    #expect(abs(statistic - 2 * log(20.0)) < 1e-4, "the supremum is not reached in finitely many steps")
    #expect(result["wald_test"]?["p"] == .null)
  }

  private static let rows = "time,event,arm,age,site\n0,1,a,50,x\n2,1,b,60,y\n3,0,b,55,x\n4,1,a,61,y\n"

  @Test(
    "a formula that cannot be read is refused with the position and what stands there",
    arguments: [
      ("age + ^", "position 7: \"^\""), ("age +", "position 6: the end"), ("", "position 1: the end"),
      ("age arm", "position 5: \"arm\""), ("log(age)", "position 1: \"log(\""), ("age - 1", "position 5: \"-\""),
      ("(age + arm)", "position 1: \"(\""), ("strata(site)", "the end stands where a covariate"),
      ("age:strata(site)", "position 5: \"strata\""), ("strata(site", "position 12: the end"),
      ("strata()", "position 8: \")\""), ("age + `site", "position 7: a name in backticks"),
      ("age + factor(age)", "both as it is and as factor(age)"), ("age::arm", "position 5: \":\""),
      ("agge", "has no column \"agge\""), ("`log(age)`", "has no column \"log(age)\""), ("3", "position 1: \"3\""),
      ("a*b*c*d*e*f*g", "position 14: the end"), ("age + sex:arm + strata(site)", "no column \"sex\""),
    ])
  func formulas(model: String, message: String) throws {
    let run = try survkit(["cox", "-", "--model", model], input: Self.rows)
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }

  @Test(
    "trouble: one message, the documented status, nothing else",
    arguments: [
      (["--model", "age", "--ties", "exact"], 64, "exact-partial or exact-marginal"),
      (["--model", "age", "--ties", "exact-partial", "--zph", "km"], 64, "--zph is not defined with exact-partial"),
      (["--model", "age", "--ties", "exact-marginal", "--robust"], 64, "robust variance is not defined with exact"),
      (["--model", "age", "--ties", "exact-partial", "--cluster", "site"], 64, "--cluster is not defined"),
      (["--model", "age", "--ties", "exact-partial", "--baseline"], 64, "--baseline is not defined"),
      (["--model", "age", "--ties", "exact-partial", "--residuals", "score"], 64, "--residuals is not defined"),
      (["--model", "age", "--ties", "exact-marginal", "--predict", "x.csv"], 64, "--predict is not defined"),
      (["--model", "age", "--times", "1"], 64, "--times belongs to"),
      (["--model", "age", "--baseline", "--times", "1,x"], 64, "\"x\" is not one"),
      (["--model", "age", "--predict", "-"], 64, "standard input is the data already"),
      (["--model", "age", "--predict", "not-there.csv"], 66, "not-there.csv"),
      (["--model", "age", "--residuals", "pearson"], 64, "pearson"),
      (["--model", "age", "--ties", "exact-marginal", "--weight", "age"], 64, "--weight is not defined"),
      (["--model", "site", "--reference-level", "site=z"], 64, "no row has the reference level z"),
      (["--model", "age", "--reference-level", "age=50"], 64, "factor(age) makes it one"),
      (["--model", "age", "--reference-level", "site=x"], 64, "no factor of the model"),
      (["--model", "site", "--reference-level", "site"], 64, "COLUMN=LEVEL"),
      (["--model", "age", "--arm", "arm"], 64, "is not in the model"),
      (["--model", "age", "--zph", "cubic"], 64, "cubic"), (["--model", "age", "--zph", "log"], 64, "time 0"),
      (["--model", "site", "--where", "site=x"], 65, "two levels"),
      (["--model", "age", "--where", "arm=b", "--where", "site=x"], 65, "no event"),
      (["--model", "age", "--cluster", "hospital"], 64, "no column \"hospital\""),
    ])
  func trouble(options: [String], status: Int32, message: String) throws {
    let run = try survkit(["cox", "-"] + options, input: Self.rows)
    #expect(run.status == status && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }
}

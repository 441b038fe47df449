import Foundation
import ReferenceSuite
import Testing

/// Members of results beside the estimates: counts, what an iteration did, and numbers that follow from others of the same document or of
/// another command.
@Suite struct FitMemberTests {
  private static let json = ["--format", "json", "--no-timestamp"]
  private static let aml = [Reference.path("aml.csv"), "--arm", "x"]
  private static let lung = [Reference.path("lung.csv"), "--model", "sex + age"]

  private func result(_ arguments: [String], input: String = "") throws -> JSONTree {
    let run = try survkit(arguments + Self.json, input: input)
    #expect(run.status == 0, "\(arguments): \(run.err)")
    return try run.result()
  }

  // MARK: Iterations

  @Test("an iteration that ends says so; and how often it halved a step")
  func convergence() throws {
    for fit in [
      try result(["cox"] + Self.lung), try #require(try result(["fit"] + Self.aml)["cox"]),
      try #require(try result(["aft"] + Self.aml)["fits"]?[0]),
    ] {
      let iterations = try #require(fit["iterations"]?.number)
      #expect(fit["converged"]?.isTrue == true && (2...10).contains(iterations))
      #expect((0...1).contains(fit["halvings"]?.number ?? -1), "no more than the parametric model's first step")
      // The bound is that of the settings: the decrement is twice the likelihood that a further step would gain.
      #expect(try #require(fit["final_decrement"]?.number) <= 1e-24)
    }
    let incidence = try result([
      "cif", Reference.path("tiny_cr.csv"), "--event", "cause", "--causes", "1,2", "--model", "B",
    ])
    for fit in try #require(incidence["finegray"]?.array) {
      #expect(fit["converged"]?.isTrue == true && fit["halvings"]?.number == 0)
      #expect((2...10).contains(try #require(fit["iterations"]?.number)))
    }
  }

  // MARK: Cox model

  @Test("means of the covariates, and hazard ratios against them, are R's coxph()$means and predict(type = \"risk\")")
  func cox() throws {
    let found = try result(
      ["cox"] + Self.lung + ["--baseline", "--predict", Reference.path("lung.csv"), "--times", "100"])
    // R 4.2, survival 3.5-3; seven digits of the means are printed there.
    #expect(isNear(found["baseline"]?["means"]?[0]?.number, 1.394737, 5e-7))
    #expect(isNear(found["baseline"]?["means"]?[1]?.number, 62.447368, 5e-8))
    for (i, ratio) in [1.49108597342176, 1.34612851334354, 1.09712017327138].enumerated() {
      // R iterates until the likelihood changes by 1e-9 relative, so that its coefficients have some eight digits.
      #expect(isNear(found["predict"]?["hr_to_reference"]?[i]?.number, ratio, 1e-8))
    }
  }

  @Test("a bootstrap says what it resampled, and its mean stands between the ends of its values")
  func bootstrap() throws {
    // Lung: 228 subjects; six sites are made up.
    let wanted = [
      ([], "rows", 228.0), (["--id", "id"], "clusters of id", 228), (["--cluster", "site"], "clusters of site", 6),
    ]
    let lines = try String(contentsOfFile: Reference.path("lung.csv"), encoding: .utf8).split(separator: "\n")
    let input =
      "\(lines[0]),id,site\n"
      + lines.dropFirst().enumerated().map { "\($1),\($0 + 1),\($0 % 6)\n" }.joined()
    for (options, what, units) in wanted {
      let words = ["-", "--arm", "sex", "--bootstrap", "60", "--seed", "4"] + options
      let found = try result(["cox"] + words, input: input)
      let coxWithinFit = try #require(try result(["fit"] + words, input: input)["bootstrap_cox"])
      let bootstrap = try #require(found["bootstrap"])
      #expect(bootstrap["resampled"]?.string == what && bootstrap["subjects"]?.number == units)
      for key in ["resampled", "coef_mean", "se", "hr_lower"] { #expect(coxWithinFit[key] == bootstrap[key], "\(key)") }
      let mean = try #require(bootstrap["coef_mean"]?[0]?.number)
      let limits = try ["hr_lower", "hr_upper"].map { log(try #require(bootstrap[$0]?[0]?.number)) }
      #expect(limits[0] < mean && mean < limits[1])
      for command in ["km", "rmst"] {
        let curves = try result([command] + words + (command == "rmst" ? ["--tau", "300"] : []), input: input)
        #expect(curves["bootstrap"]?["resampled"]?.string == what)
      }
      #expect(try result(["fit"] + words, input: input)["bootstrap"]?["resampled"]?.string == what)
    }
  }

  @Test("Wald's interval is what --ci says when nothing is said")
  func wald() throws {
    #expect(try result(["cox"] + Self.lung + ["--ci", "wald"]) == result(["cox"] + Self.lung))
    #expect(try result(["cox"] + Self.lung + ["--ci", "profile"]) != result(["cox"] + Self.lung))
  }

  // MARK: Parametric models

  @Test("BIC, parameters, scale and the limits of the time ratio are those of R's survreg")
  func aft() throws {
    let found = try result(
      ["aft"] + Self.aml + [
        "--distribution", "weibull", "--distribution", "exponential", "--distribution", "lognormal",
      ])
    // R 4.2, survival 3.5-3: AIC(survreg(), k = log(23)), which iterates to 1e-9 relative.
    let wanted: [(name: String, parameters: Double, bic: Double)] = [
      ("weibull", 3, 170.449773054593), ("exponential", 2, 168.845558843653), ("lognormal", 3, 167.261707548433),
    ]
    for (name, parameters, bic) in wanted {
      let fit = try #require(found["fits"]?.array?.first { $0["distribution"]?.string == name })
      let row = try #require(found["comparison"]?.array?.first { $0["distribution"]?.string == name })
      for one in [fit, row] {
        #expect(isNear(one["bic"]?.number, bic, 1e-9) && one["parameters"]?.number == parameters)
      }
      #expect(fit["ratio_terms"]?.names == ["x=Nonmaintained"])
      #expect(fit["loglik_scale"]?.string?.hasPrefix("of T, with the Jacobian of ln T") == true)
      #expect(fit["parameterisation"]?.string?.hasPrefix("ln T = intercept + x b + ") == true)
      #expect(fit["terms"]?.array?.count == Int(parameters))
    }
    let weibull = try #require(found["fits"]?.array?.first { $0["distribution"]?.string == "weibull" })
    #expect(isNear(weibull["time_ratio_lower"]?[0]?.number, 0.186554571175053, 1e-8))
    #expect(isNear(weibull["time_ratio_upper"]?[0]?.number, 0.835561147534816, 1e-8))
  }

  @Test(
    "shape and sigma are the exponentials of their logarithms among the coefficients; without a scale there is neither")
  func ancillary() throws {
    for (name, member, term) in [
      ("gamma", "shape", "Log(shape)"), ("generalized-gamma", "sigma", "Log(sigma)"),
      ("weibull", "scale", "Log(scale)"),
    ] {
      let fit = try #require(try result(["aft"] + Self.aml + ["--distribution", name])["fits"]?[0])
      let place = try #require(fit["terms"]?.names.firstIndex(of: term), "\(fit["terms"]?.names ?? [])")
      #expect(isNear(fit[member]?.number, exp(try #require(fit["coef"]?[place]?.number))))
    }
    let exponential = try #require(try result(["aft"] + Self.aml + ["--distribution", "exponential"])["fits"]?[0])
    #expect(exponential["shape"] == nil && exponential["sigma"] == nil && exponential["scale"]?.number == 1)
  }

  // MARK: Tests and restricted means

  @Test("landmarks show the curves of R's survfit; the tests of maxcombo are those made one by one")
  func test() throws {
    let found = try result(["test"] + Self.aml + ["--at", "20", "--test", "maxcombo:0,0;1,0", "--test", "log-rank"])
    // summary(survfit(Surv(time, event) ~ x, aml), times = 20)$surv; a product of fractions.
    #expect(isNear(found["landmarks"]?[0]?["surv_a"]?.number, 0.715909090909091, 1e-14))
    #expect(isNear(found["landmarks"]?[0]?["surv_b"]?.number, 0.583333333333333, 1e-14))
    let largest = try #require(found["maxcombo"]?[0])
    #expect(largest["components"]?.names == ["fleming-harrington(0,0)", "fleming-harrington(1,0)"])
    // R: (obs - exp) / sqrt(var) of survdiff with rho = 0 and 1.
    #expect(isNear(largest["z"]?[0]?.number, 1.84292937981291) && isNear(largest["z"]?[1]?.number, 1.66711713588211))
    let correlation = try #require(largest["correlation"])
    let between = try #require(correlation[0]?[1]?.number)
    #expect(correlation[0]?[0]?.number == 1 && correlation[1]?[1]?.number == 1 && correlation[1]?[0]?.number == between)
    #expect(0 < between && between < 1)
  }

  @Test("Holm is how pairs are adjusted when nothing is said")
  func holm() throws {
    let call = ["test", Reference.path("veteran.csv"), "--arm", "celltype", "--pairwise"]
    let holm = try survkit(call + ["--adjust", "holm"])
    #expect(holm.status == 0 && holm.out.contains("pairs adjusted by Holm"))
    #expect(try holm.out == survkit(call).out && holm.out != survkit(call + ["--adjust", "bh"]).out)
  }

  @Test("limits of the time lost are those of the mean, taken from tau")
  func rmst() throws {
    for group in try #require(try result(["rmst"] + Self.aml + ["--tau", "30"])["groups"]?.array) {
      #expect(isNear(group["rmtl_upper"]?.number, 30 - (try #require(group["lower"]?.number))))
      #expect(isNear(group["rmtl_lower"]?.number, 30 - (try #require(group["upper"]?.number))))
    }
  }

  // MARK: Competing risks

  @Test("a Fine-Gray model counts the events of its cause, of the others, and the censored")
  func fineGray() throws {
    let call = ["cif", Reference.path("tiny_cr.csv"), "--event", "cause", "--causes", "1,2", "--model", "B"]
    let fits = try #require(try result(call)["finegray"]?.array)
    // Counted in the file: 7 of cause 1, 4 of cause 2, 5 censored.
    let wanted: [[Double]] = [[7, 4, 5], [4, 7, 5]]
    #expect(fits.map { fit in ["events", "competing", "censored"].map { fit[$0]?.number ?? -1 } } == wanted)
    #expect(try result(call + ["--variance", "jackknife"]) == result(call))
    #expect(try result(call + ["--variance", "aalen"]) != result(call))
  }

  // MARK: Rows of statistics, subgroups and endings

  @Test("rows of statistics name their group, their label, and why a number is missing", arguments: ["fit", "report"])
  func rows(command: String) throws {
    let run = try survkit([command] + Self.aml + ["--format", "ard-json", "--no-timestamp"])
    let rows = try #require(try run.result()["rows"]?.array)
    #expect(rows.allSatisfy { ($0["group1"]?.string ?? "x") == "x" && $0["stat_label"]?.string?.isEmpty == false })
    let groups = Set(rows.compactMap { $0["group1_level"]?.string })
    #expect(groups.isSuperset(of: ["Maintained", "Nonmaintained"]))
    #expect(rows.allSatisfy { ($0["stat"]?.number == nil) == ($0["stat_reason"]?.string != nil) })
    // R: the upper limit of the median of the maintained is NA.
    let upper = rows.first { $0["stat_name"]?.string == "conf.high" && $0["group1_level"]?.string == "Maintained" }
    #expect(
      upper?["stat_reason"]?.string == "not reached" && upper?["stat_label"]?.string == "Upper limit of the median")
  }

  @Test("rows of statistics at a time beyond follow-up have no survival")
  func beyondFollowUp() throws {
    let run = try survkit(["fit"] + Self.aml + ["--times", "200", "--format", "ard-json", "--no-timestamp"])
    // The maintained are followed to 161 weeks, some alive; the nonmaintained to 45, where the last dies: S stays 0.
    let rows = try #require(try run.result()["rows"]?.array).filter { $0["variable_level"]?.string == "200" }
    for name in ["estimate", "std.error", "conf.low", "conf.high"] {
      let row = try #require(
        rows.first { $0["group1_level"]?.string == "Maintained" && $0["stat_name"]?.string == name })
      #expect(row["stat"] == .null && row["stat_reason"]?.string == "beyond the last observation", "\(name)")
    }
    let other = rows.first { $0["group1_level"]?.string == "Nonmaintained" && $0["stat_name"]?.string == "estimate" }
    #expect(other?["stat"]?.number == 0)
  }

  @Test("subgroups say which test of interaction was made")
  func interaction() throws {
    let found = try result(["fit", Reference.path("lung.csv"), "--arm", "sex", "--subgroups", "ph.ecog"])
    #expect(
      found["subgroups"]?["interaction_test"]?.string == "likelihood ratio of arm * subgroup against arm + subgroup")
  }

  @Test("an ending without a text is told from one whose text is empty")
  func endings() throws {
    let input = "PARAMCD,AVAL,CNSR,EVNTDESC,TRT01P\nOS,1,0,Death,a\nOS,2,1,,a\nOS,3,0,Death,b\nOS,4,1,Alive,b\n"
    let endings = try #require(try result(["fit", "-"], input: input)["endings"]?.array)
    #expect(endings.allSatisfy { ($0["has_text"]?.isTrue == true) == ($0["text"] != nil) })
    #expect(
      endings.filter { $0["has_text"]?.isTrue == true }.compactMap { $0["text"]?.string }.sorted() == [
        "Alive", "Death",
      ])
    #expect(endings.filter { $0["has_text"] == .bool(false) }.map { $0["n"]?.doubles } == [[1, 0]])
  }
}

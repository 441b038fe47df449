import Foundation
import ReferenceSuite
import Testing

/// `survkit aft` against R's survreg and an independent likelihood, its marks of extrapolation, and what it refuses.
@Suite struct AFTCommandTests {
  private func aft(_ arguments: [String], input: String = "") throws -> JSONTree {
    let run = try survkit(["aft"] + arguments + ["--format", "json", "--quiet"], input: input)
    #expect(run.status == 0, "\(run.err)")
    return try run.result()
  }

  private func numbers(_ tree: JSONTree?) -> [Double] { (tree?.doubles ?? []).map { $0 ?? .nan } }

  private func worst(_ actual: [Double], _ expected: [Double]) -> Double {
    guard actual.count == expected.count else { return .infinity }
    return zip(actual, expected).map { abs($0 - $1) / max(abs($1), 1e-3) }.max() ?? 0
  }

  @Test("four distributions as survreg has them", arguments: AFTReference.survreg)
  func survreg(reference: AFTReference) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("subject.csv")
      try reference.subject.write(to: file, atomically: true, encoding: .utf8)
      let result = try aft(
        [Reference.path(reference.data)] + reference.arguments
          + ["--distribution", reference.distribution, "--predict", file.path, "--quantiles", "0.1,0.5,0.9"])
      let fit = try #require(result["fits"]?[0])
      // survreg stops when the log-likelihood stands still, some 1e-9 standard errors from its maximum.
      let coefficients = numbers(fit["coef"])
      #expect(coefficients.count == reference.coef.count)
      for (j, error) in reference.se.enumerated() {
        #expect(abs(coefficients[j] - reference.coef[j]) < 1e-9 * error)
      }
      #expect(worst(numbers(fit["se"]), reference.se) < 1e-9)
      #expect(worst([fit["vcov"]?[0]?[1]?.number ?? .nan], [reference.vcov01]) < 1e-9)
      // The log-likelihood is flat at its maximum: R's has all the digits that it prints.
      let loglik = [fit["loglik_null"], fit["loglik"]].map { $0?.number ?? .nan }
      #expect(worst(loglik, reference.loglik) < 1e-14)
      let predicted = try #require(fit["predictions"]?.array?.last)
      #expect(predicted["pattern"]?.string == "subject")
      #expect(worst(numbers(predicted["quantile"]), reference.quantile) < 1e-9)
      #expect(worst(numbers(predicted["quantile_se"]), reference.quantileSE) < 1e-9)
    }
  }

  /// The veteran data with entry at 0.4 of the time for two rows of three, and weights 1, 1.5, 2 by turns.
  private static func lateVeteran() throws -> String {
    let lines = try String(contentsOfFile: Reference.path("veteran.csv"), encoding: .utf8).split(separator: "\n")
    // trt, celltype, time, event, karno, …
    let rows = lines.dropFirst().enumerated().map { i, line in
      let cells = line.split(separator: ",").map(String.init)
      let start = i % 3 == 0 ? 0 : 0.4 * (Double(cells[2]) ?? 0)
      return "\(cells[0]),\(cells[2]),\(cells[3]),\(cells[4]),\(start),\(1 + 0.5 * Double(i % 3))\n"
    }
    return "trt,time,event,karno,start,w\n" + rows.joined()
  }

  /// Maxima of an independent likelihood, written with mpmath 1.3's incomplete gamma function and found at 30 digits by
  /// Newton's method on differences with h = 1e-8.
  struct Independent: Sendable {
    let distribution: String
    let isLate: Bool
    let coef: [Double]
    let se: [Double]
    let loglik: [Double]
  }

  static let independent = [
    Independent(
      distribution: "exponential", isLate: true,
      coef: [2.334419236366089, 0.03666479155342406, -0.09974561080912752],
      se: [0.29936830196885, 0.0038621916973539, 0.14499422994135],
      loglik: [-1059.8386701428182, -1019.0374199502012]),
    Independent(
      distribution: "weibull", isLate: true,
      coef: [1.732992474128853, 0.03871072090941102, -0.08581474505115259, 0.3320465128678867],
      se: [0.44452304995551, 0.0051538765424141, 0.20109817211564, 0.070846120758141],
      loglik: [-1029.1125336549947, -1005.5538357698964]),
    Independent(
      distribution: "lognormal", isLate: true,
      coef: [0.9085537150227988, 0.04478227320594755, -0.03445640633784152, 0.1577310725287391],
      se: [0.47646132889866, 0.0054514124324388, 0.21807104363897, 0.060235093741518],
      loglik: [-1025.2966416057692, -997.68614980481999]),
    Independent(
      distribution: "loglogistic", isLate: true,
      coef: [0.6260575724088444, 0.04686022586128786, 0.1171848561687509, -0.4515688895993164],
      se: [0.47515622328608, 0.0054540229136268, 0.20786085863466, 0.069272880057063],
      loglik: [-1029.7999084589513, -998.00393377745931]),
    Independent(
      distribution: "gamma", isLate: false,
      coef: [2.778248102101227, 0.03517810893528262, -0.1260753471784648, 0.0501866388343002],
      se: [0.37718142625499, 0.004578600854871, 0.17325626402738, 0.10883626838992],
      loglik: [-749.12158624955828, -725.73738626298423]),
    Independent(
      distribution: "gamma", isLate: true,
      coef: [2.648865737460263, 0.03703277775943544, -0.1014221081719593, -0.5111191080040992],
      se: [0.37074224572172, 0.0046966678215403, 0.17675571178275, 0.14403509556649],
      loglik: [-1036.3471140344234, -1011.2802817825845]),
    Independent(
      distribution: "generalized-gamma", isLate: false,
      coef: [2.22102322410627, 0.03859561445001197, -0.11221762339277, 0.08466937209814838, 0.2832149767818101],
      se: [0.44963176738965, 0.0049357903692101, 0.18951233049245, 0.065958819750621, 0.2092745291145],
      loglik: [-746.47077936262112, -720.43944653795052]),
    Independent(
      distribution: "generalized-gamma", isLate: true,
      coef: [0.9490029421062034, 0.04440468626089746, -0.0335220027496062, 0.1649906931252423, 0.0403559313443364],
      se: [0.51785885124836, 0.0057482625410622, 0.2172602585321, 0.071213216747965, 0.20749729565992],
      loglik: [-1024.8181855210164, -997.6670002817194]),
  ]

  @Test(
    "all distributions, with delayed entry and weights, as an independent likelihood has them",
    arguments: independent)
  func independentLikelihood(reference: Independent) throws {
    let arguments = ["-", "--model", "karno + trt", "--distribution", reference.distribution]
    let late = reference.isLate ? ["--start", "start", "--weight", "w"] : []
    let fit = try #require(try aft(arguments + late, input: Self.lateVeteran())["fits"]?[0])
    // Round-off of the score: 1e-12 standard errors; the differences of the reference have 12 digits in standard errors.
    for (j, (actual, expected)) in zip(numbers(fit["coef"]), reference.coef).enumerated() {
      #expect(abs(actual - expected) < 1e-11 * reference.se[j])
    }
    #expect(numbers(fit["coef"]).count == reference.coef.count)
    #expect(worst(numbers(fit["se"]), reference.se) < 1e-11)
    #expect(worst([fit["loglik_null"], fit["loglik"]].map { $0?.number ?? .nan }, reference.loglik) < 1e-14)
  }

  @Test("all distributions are compared by AIC, and what lies beyond the data is marked, in text and JSON")
  func comparison() throws {
    let call = [
      Reference.path("lung.csv"), "--arm", "sex", "--model", "arm + age", "--distribution", "all", "--times",
      "365,2000",
      "--quantiles", "0.5,0.999", "--tau", "500",
    ]
    let result = try aft(call)
    let criteria = numbers(.array((result["comparison"]?.array ?? []).compactMap { $0["aic"] }))
    #expect(criteria.count == 6 && criteria == criteria.sorted())
    #expect(result["fits"]?.array?.count == 6)
    for fit in result["fits"]?.array ?? [] {
      let arms = fit["predictions"]?.array ?? []
      #expect(arms.count == 2 && arms.allSatisfy { $0["pattern"]?.string == "arm" })
      #expect(fit["last_time"]?.number == 1022)
      for arm in arms {
        #expect(arm["extrapolated"] == .array([.bool(false), .bool(true)]))
        #expect(arm["quantile_extrapolated"]?[0] == .bool(false))
        #expect(arm["rmst"]?["extrapolated"] == .bool(false) && arm["mean"]?["extrapolated"] == .bool(true))
      }
    }
    let run = try survkit(["aft"] + call)
    #expect(run.out.contains("\"extrapolated\": beyond the last observation at 1022"))
    #expect(run.out.contains("Difference") && run.out.contains("reference sex = 1"))
  }

  @Test("a log-logistic time of scale 1 or more has no mean, and the reason is said")
  func noMean() throws {
    let rows = [1, 10, 1e3, 1e5, 1e6].enumerated().map { "\($1),1,\($0 % 2)\n" }.joined()
    let run = try survkit(
      ["aft", "-", "--model", "x", "--distribution", "loglogistic"], input: "time,event,x\n" + rows)
    #expect(run.status == 0 && run.out.contains("No mean: the mean of a log-logistic time is infinite"))
  }

  @Test("an arm without events keeps its likelihood-ratio test and has no number")
  func armWithoutEvents() throws {
    let rows = "2,1,a\n3,1,a\n5,1,a\n8,0,a\n4,0,b\n6,0,b\n9,0,b\n"
    let run = try survkit(["aft", "-", "--format", "json", "--quiet"], input: "time,event,arm\n" + rows)
    #expect(run.status == 0)
    let fit = try #require(try run.result()["fits"]?[0])
    #expect(fit["coef"]?[1] == .null && fit["time_ratio"] == .array([.null]) && fit["hr_upper"] == .array([.null]))
    #expect(fit["null_reasons"]?["coef"]?.string == "not estimable (tends to +infinity)")
    #expect((fit["lr_test"]?["chisq"]?.number ?? 0) > 1)
    #expect(fit["predictions"]?[1]?["quantile"] == .array([.null]))
    #expect(run.out.contains("\"code\": \"infinite-coefficient\""))
  }

  @Test(
    "trouble: one message, the documented status, nothing else",
    arguments: [
      (["--model", "age", "--distribution", "gompertz"], 64, "--distribution takes exponential"),
      (["--model", "age + strata(site)"], 64, "strata() is not available for parametric models"),
      (["--model", "age", "--strata", "site"], 64, "--strata is not available for parametric models"),
      (["--model", "age", "--cluster", "site"], 64, "--cluster belongs to the Cox model"),
      (["--model", "age", "--quantiles", "1"], 64, "--quantiles takes numbers between 0 and 1"),
      (["--model", "age", "--times=-1"], 64, "--times takes numbers of 0 or more"),
      (["--model", "age", "--tau", "0"], 64, "--tau takes a time above 0"),
      (["--model", "age", "--predict", "-"], 64, "standard input is the data already"),
      (["--model", "age", "--reference-level", "site"], 64, "COLUMN=LEVEL"),
      (["--model", "age"], 65, "row 1, column \"time\": the time is 0"),
      (["--model", "age", "--where", "site=z"], 65, "no event"),
    ])
  func trouble(options: [String], status: Int32, message: String) throws {
    let rows = "time,event,arm,age,site\n0,1,a,50,x\n2,1,b,60,y\n3,0,b,55,z\n4,0,a,61,z\n"
    let run = try survkit(["aft", "-"] + options, input: rows)
    #expect(run.status == status && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }

  @Test("a time of 0 in a row that the call leaves out, or of weight 0, is no trouble")
  func zeroTimeLeftOut() throws {
    let rows = "time,event,w,site\n0,1,0,x\n2,1,1,y\n3,0,1,y\n4,1,1,y\n"
    #expect(try survkit(["aft", "-", "--model", "w", "--where", "site=y"], input: rows).status == 0)
    #expect(try survkit(["aft", "-", "--model", "site", "--weight", "w"], input: rows).status == 0)
  }
}

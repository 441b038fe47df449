import Testing
import TrialCatalogue
import Verification

@Suite("Printed numbers against each other")
struct ClaimCheckTests {
  // MARK: Counts

  @Test("events, censored patients and totals")
  func counts() throws {
    let right = try endpoint(
      a: "n: 551, events: 343, censored: 208", b: "n: 280, events: 187", "total: {n: 831, events: 530}")
    #expect(right.verdict(.counts) == .pass)
    #expect(try endpoint(a: "n: 100, events: 101").verdict(.counts) == .fail)
    #expect(try endpoint(a: "n: 551, events: 343, censored: 218").verdict(.counts) == .fail)
    #expect(try endpoint(a: "n: 551", b: "n: 280", "total: {n: 830}").verdict(.counts) == .fail)
  }

  /// 38.0 % of 205: 78/205 = 38.05 %. Of 50 patients no number makes 37 %: 18/50 = 36, 19/50 = 38.
  @Test("percentages of whole numbers of patients")
  func percentages() throws {
    #expect(try endpoint(a: "n: 205, percent: 38.0").verdict(.percentages) == .pass)
    #expect(try endpoint(a: "n: 50, percent: \"37\"").verdict(.percentages) == .fail)
    #expect(try endpoint(a: "n: 551, events: 343, events_percent: 62.3").verdict(.percentages) == .pass)
    #expect(try endpoint(a: "n: 551, events: 343, events_percent: 63.2").verdict(.percentages) == .fail)
    // 1/8 = 12.5 %: rounded either way.
    #expect(try endpoint(a: "n: 8, events: 1, percent: \"12\"").verdict(.percentages) == .pass)
    #expect(try endpoint(a: "n: 8, events: 1, percent: \"13\"").verdict(.percentages) == .pass)
  }

  // MARK: Hazard ratio

  /// sqrt(0.52 × 0.74) = 0.6203; of 0.76 for 0.67, sqrt(0.56 × 0.80) = 0.669.
  @Test("the ratio in the middle of its interval")
  func symmetry() throws {
    #expect(try endpoint("hazard_ratio: {value: 0.62, ci: [0.52, 0.74]}").verdict(.ratioSymmetry) == .pass)
    #expect(try endpoint("hazard_ratio: {value: 0.67, ci: [0.56, 0.80]}").verdict(.ratioSymmetry) == .pass)
    #expect(try endpoint("hazard_ratio: {value: 0.76, ci: [0.56, 0.80]}").verdict(.ratioSymmetry) == .fail)
    #expect(try endpoint("hazard_ratio: {value: 0.46, ci: [0.56, 0.80]}").verdict(.ratioLimits) == .fail)
    #expect(try endpoint("hazard_ratio: {value: 0.67, ci: [0.80, 0.56]}").verdict(.ratioLimits) == .fail)
    // One decimal: HR in [0.65, 0.75], limits' middle from sqrt(0.45 × 0.85) = 0.618 to sqrt(0.55 × 0.95) = 0.723.
    #expect(try endpoint("hazard_ratio: {value: \"0.7\", ci: [\"0.5\", \"0.9\"]}").verdict(.ratioSymmetry) == .pass)
  }

  /// s = ln(0.74/0.52)/3.92 = 0.0900.
  @Test("a ratio that is none, and a standard error beside the interval")
  func ratioItself() throws {
    #expect(try endpoint("hazard_ratio: {value: -0.5, ci: [-0.6, -0.4]}").verdict(.ratioLimits) == .fail)
    let interval = "value: 0.62, ci: [0.52, 0.74]"
    #expect(try endpoint("hazard_ratio: {\(interval), se: 0.090}").verdict(.ratioStandardError) == .pass)
    #expect(try endpoint("hazard_ratio: {\(interval), se: 0.110}").verdict(.ratioStandardError) == .fail)
  }

  /// A profile-likelihood interval may be uneven by z²s²/6 to first order: here 1.96² × 0.25²/6 = 0.04 in ln HR.
  @Test("an interval by profile likelihood is no failure")
  func profile() throws {
    #expect(try endpoint("hazard_ratio: {value: 0.620, ci: [0.370, 0.990]}").verdict(.ratioSymmetry) == .warn)
  }

  @Test("a ratio with an interval beside an arm without events")
  func noEvents() throws {
    let ratio = "value: 0.2, ci: [0.05, 0.8]"
    for arms in [("n: 50, events: 0", "n: 50, events: 9"), ("n: 50, events: 9", "n: 50, events: 0")] {
      let found = try endpoint(a: arms.0, b: arms.1, "hazard_ratio: {\(ratio)}")
      #expect(found.verdict(.ratioEvents) == .fail)
      #expect(found.findings(.ratioEvents)[0].reason.contains("no maximum"))
      #expect(
        try endpoint(a: arms.0, b: arms.1, "hazard_ratio: {\(ratio), method: peto}").verdict(.ratioEvents) == .warn)
    }
  }

  /// 1/343 + 1/187 = 0.0908²: s of the interval is ln(0.74/0.52)/3.92 = 0.0900, with rounding up to 0.0942. A 90 % interval of
  /// the same data is [0.53, 0.72], s = 0.078 if read at 95 %.
  @Test("an interval cannot be narrower than its events")
  func events() throws {
    let (a, b) = ("n: 551, events: 343", "n: 280, events: 187")
    #expect(try endpoint(a: a, b: b, "hazard_ratio: {value: 0.62, ci: [0.52, 0.74]}").verdict(.ratioEvents) == .pass)
    let narrow = try endpoint(a: a, b: b, "hazard_ratio: {value: 0.62, ci: [0.53, 0.72]}")
    #expect(narrow.verdict(.ratioEvents) == .fail)
    #expect(narrow.findings(.ratioEvents)[0].reason.contains("as a 90% interval it would fit"))
    #expect(
      try endpoint(a: a, b: b, "hazard_ratio: {value: 0.62, ci: [0.53, 0.72], level: 0.9}").verdict(.ratioEvents)
        == .pass)
    #expect(
      try endpoint(a: a, b: b, "hazard_ratio: {value: 0.62, ci: [0.53, 0.72], robust: true}").verdict(.ratioEvents)
        == .warn)
    // 99 %: exp(ln 0.62 ± 2.576 × 0.0908) = [0.49, 0.78].
    #expect(try endpoint(a: a, b: b, "hazard_ratio: {value: 0.62, ci: [0.49, 0.78]}").verdict(.ratioEvents) != .pass)
    // With the total alone: 2/sqrt(530) = 0.0869, and 0.0780 with rounding at most 0.0829 is below.
    let total = "total: {events: 530}\nhazard_ratio: {value: 0.62, ci: [0.53, 0.72]}"
    #expect(try endpoint(total).verdict(.ratioEvents) == .fail)
  }

  /// ln 0.64/s with s = ln(0.89/0.46)/3.92 = 0.1684: z = −2.650, p = 0.0080. One-sided 0.0040.
  @Test("p-values of one and two sides")
  func pValues() throws {
    func p(_ test: String, _ ratio: String = "value: \"0.640\", ci: [\"0.460\", \"0.890\"]", events: Bool = true) throws
      -> ClaimFinding
    {
      let (a, b) = events ? ("events: 70", "events: 83") : ("id2: 1", "id2: 1")
      return try #require(
        try endpoint(a: a, b: b, "hazard_ratio: {\(ratio)}\ntest: {\(test)}").findings(.ratioP).first)
    }
    #expect(try p("name: log-rank, p: \"0.008\"").verdict == .pass)
    let one = try p("name: log-rank, p: \"0.0040\"")
    #expect(one.verdict == .fail && one.reason.contains("the one-sided p"))
    // Without the events of the arms the statistic is less sure.
    #expect(try p("name: log-rank, p: \"0.0040\"", events: false).verdict == .warn)
    #expect(try p("name: log-rank, p: \"0.0040\", sides: 1").verdict == .pass)
    let two = try p("name: log-rank, p: \"0.0080\", sides: 1")
    #expect(two.verdict == .fail && two.reason.contains("the two-sided p"))
    #expect(try p("name: log-rank, p: \"0.08\"").verdict == .fail)
    #expect(try p("name: log-rank, p: \"<0.001\"").verdict == .fail)
    #expect(try p("name: log-rank, p: \"<0.05\"").verdict == .pass)
    #expect(try p("name: log-rank, p: \">0.05\"").verdict == .fail)
    // A Wald test has no slack: with two decimals z from 2.62 to 2.73 leaves p 0.0064 to 0.0087.
    let rounded = "value: 0.64, ci: [0.46, 0.89]"
    #expect(try p("name: Wald, p: \"0.007\"", rounded).verdict == .pass)
    #expect(try p("name: Wald, p: \"0.010\"", rounded).verdict == .fail)
  }

  /// z is 2.65: 0.03 is 2.17, 0.20 is 1.28, 1e-12 is 7.1.
  @Test(
    "a test with other strata than the ratio may differ more",
    arguments: [("\"0.03\"", Verdict.pass), ("\"0.20\"", .warn), ("\"1e-12\"", .fail)])
  func otherTest(_ p: String, _ verdict: Verdict) throws {
    for name in ["unstratified log-rank", "log-rank"] {
      let ratio = "hazard_ratio: {value: 0.64, ci: [0.46, 0.89], stratified: true}"
      #expect(try endpoint("\(ratio)\ntest: {name: \(name), p: \(p)}").verdict(.ratioP) == verdict)
    }
  }

  /// HR 1.53 (1.08 to 2.16): z = 2.41, p = 0.016; one-sided against benefit 0.992, in the direction seen 0.008.
  @Test("a one-sided p of a ratio above 1 lies on either side of one half")
  func oneSidedHarm() throws {
    func verdict(_ p: String) throws -> Verdict? {
      try endpoint("hazard_ratio: {value: 1.53, ci: [1.08, 2.16]}\ntest: {name: log-rank, p: \"\(p)\", sides: 1}")
        .verdict(.ratioP)
    }
    #expect(try verdict("0.992") == .pass)
    #expect(try verdict("0.008") == .pass)
    #expect(try verdict("0.0992") == .fail)
    #expect(try endpoint("test: {z: 0.89, p: \"0.813\", sides: 1}").verdict(.pStatistic) == .pass)
    #expect(try endpoint("test: {z: 0.89, p: \"0.713\", sides: 1}").verdict(.pStatistic) == .fail)
  }

  /// Errors of 0.5 and 0.5 make 0.71: a difference of 2 the wrong way.
  @Test("restricted means against the direction of the ratio")
  func meansAgainstRatio() throws {
    let (a, b) = ("rmst: {tau: 20, value: 12.0, ci: [11.0, 13.0]}", "rmst: {tau: 20, value: 10.0, ci: [9.0, 11.0]}")
    #expect(try endpoint(a: a, b: b, "hazard_ratio: {value: 0.64, ci: [0.46, 0.89]}").verdict(.ratioMeans) == .pass)
    #expect(try endpoint(a: a, b: b, "hazard_ratio: {value: 1.56, ci: [1.12, 2.17]}").verdict(.ratioMeans) == .warn)
  }

  @Test("impossible p-values", arguments: ["0", "0.000", "1.2", "-0.01", "<0"])
  func impossible(_ text: String) throws {
    #expect(try endpoint("test: {p: \"\(text)\"}").verdict(.pForm) == .fail)
  }

  /// R: pchisq(10.3, 1, lower = FALSE) = 0.00133; half of it is 0.00066.
  @Test("chi-square, z and p")
  func statistics() throws {
    func test(_ text: String) throws -> Verdict? { try endpoint("test: {\(text)}").verdict(.pStatistic) }
    #expect(try test("chi_square: 10.3, p: \"0.001\"") == .pass)
    #expect(try test("chi_square: 10.3, p: \"0.0013\"") == .pass)
    #expect(try test("chi_square: 10.3, p: \"0.0007\"") == .fail)
    #expect(try test("chi_square: 10.3, p: \"0.0007\", sides: 1") == .pass)
    #expect(try test("z: 3.21, chi_square: 10.3") == .pass)
    #expect(try test("z: 3.21, chi_square: 11.3") == .fail)
    #expect(try test("z: -2.576, p: \"0.010\"") == .pass)
    // qchisq(0.95, 2) = 5.99.
    #expect(try test("chi_square: 5.99, df: 2, p: \"0.050\"") == .pass)
  }

  /// Under proportional hazards of any Weibull shape from 0.5 to 2.5 and HR 0.62 the ratio of medians lies in 1.21 to 2.60.
  @Test("medians against the hazard ratio: a warning at most")
  func medians() throws {
    let ratio = "hazard_ratio: {value: 0.62, ci: [0.52, 0.74]}"
    let right = try endpoint(
      a: "median: 15.3, median_ci: [14.2, 16.9]", b: "median: 11.3, median_ci: [9.8, 13.5]", ratio)
    #expect(right.verdict(.ratioMedians) == .pass)
    let swapped = try endpoint(
      a: "median: 11.3, median_ci: [9.8, 13.5]", b: "median: 15.3, median_ci: [14.2, 16.9]", ratio)
    #expect(swapped.verdict(.ratioMedians) == .warn)
  }

  // MARK: Medians and curves

  @Test("the median and its limits")
  func medianLimits() throws {
    #expect(try endpoint(a: "median: 15.3, median_ci: [14.2, 16.9]").verdict(.medianLimits) == .pass)
    #expect(try endpoint(a: "median: 13.5, median_ci: [14.2, 16.9]").verdict(.medianLimits) == .fail)
    #expect(try endpoint(a: "median: 15.3, median_ci: [16.9, 14.2]").verdict(.medianLimits) == .fail)
    #expect(try endpoint(a: "median: 15.3, median_ci: [14.2, NR]").verdict(.medianLimits) == .pass)
    #expect(try endpoint(a: "median: NR, median_ci: [14.2, 16.9]").verdict(.medianLimits) == .fail)
    #expect(try endpoint(a: "median: 17.3, median_ci: [14.2, 16.9]").verdict(.medianLimits) == .fail)
    #expect(try endpoint(a: "median: 15.3, median_ci: [NR, 16.9]").verdict(.medianLimits) == .fail)
    #expect(try endpoint(a: "median: -1, median_ci: [-2, NR]").verdict(.medianLimits) == .fail)
  }

  /// Of 100 patients 55 are at risk at 12: the curve is above one half there, and the median is not 10.
  @Test("numbers at risk and the median")
  func medianAtRisk() throws {
    let row = "at_risk: {times: [0, 6, 12, 18], n: [100, 80, 55, 20]}"
    #expect(try endpoint(a: "n: 100, median: 13.0, \(row)").verdict(.medianAtRisk) == .pass)
    #expect(try endpoint(a: "n: 100, median: 10.0, \(row)").verdict(.medianAtRisk) == .fail)
    // D events with 20 still at risk leave 20/(20 + D) of the curve or more: half of it is not gone with fewer than 20.
    let late = "at_risk: {times: [0, 12, 18], n: [100, 55, 20]}"
    #expect(try endpoint(a: "n: 100, events: 19, median: 13.0, \(late)").verdict(.medianAtRisk) == .fail)
    // Before 17.0 at most 50 had the event, and 20 are at risk at 18... 55 at 12: at most 50 + 55.
    #expect(try endpoint(a: "n: 100, events: 90, median: 20.0, \(row)").verdict(.medianAtRisk) == .fail)
  }

  @Test("numbers at risk never rise and start at N")
  func atRisk() throws {
    #expect(try endpoint(a: "n: 100, at_risk: {times: [0, 6], n: [100, 80]}").verdict(.atRiskOrder) == .pass)
    #expect(try endpoint(a: "n: 100, at_risk: {times: [0, 6, 12], n: [100, 80, 81]}").verdict(.atRiskOrder) == .fail)
    #expect(try endpoint(a: "n: 100, at_risk: {times: [0, 6], n: [98, 80]}").verdict(.atRiskOrder) == .fail)
    #expect(try endpoint(a: "n: 100, at_risk: {times: [0, 6, 6], n: [100, 80, 70]}").verdict(.atRiskOrder) == .fail)
    #expect(try endpoint(a: "n: 100, at_risk: {times: [3, 6], n: [101, 80]}").verdict(.atRiskOrder) == .fail)
    let recalled = "n: 100, at_risk: {times: [0, 6, 12], n: [100, 80, 81], recalled_times: [12]}"
    #expect(try endpoint(a: recalled).verdict(.atRiskOrder) == .warn)
  }

  @Test("rates and the median on one curve")
  func rates() throws {
    let rates = "rates: [{time: 12, percent: 60.7}, {time: 24, percent: 27.0}]"
    #expect(try endpoint(a: "median: 15.3, \(rates)").verdict(.medianRates) == .pass)
    #expect(try endpoint(a: "median: 10.3, \(rates)").verdict(.medianRates) == .fail)
    #expect(try endpoint(a: "median: 25.3, \(rates)").verdict(.medianRates) == .fail)
    #expect(
      try endpoint(a: "rates: [{time: 12, percent: 27.0}, {time: 24, percent: 60.7}]").verdict(.rateOrder) == .fail)
  }

  /// R: n = 100 uncensored, 40 events by 12: S = 0.6, Greenwood s = 0.04899. survfit's limits: plain 0.504–0.696; log
  /// 0.5113–0.7041; log-log 0.4972–0.6881.
  @Test(
    "which scale gives a rate's interval",
    arguments: [
      ("[50.4, 69.6]", "plain", true), ("[51.1, 70.4]", "log", true), ("[49.7, 68.8]", "log-log", true),
      ("[45.0, 75.0]", "", false),
      ("[55.0, 65.0]", "", false),
    ])
  func rateInterval(_ limits: String, _ scale: String, _ isRight: Bool) throws {
    let row = "at_risk: {times: [0, 12], n: [100, 60]}"
    let found = try endpoint(a: "n: 100, \(row), rates: [{time: 12, percent: 60.0, ci: \(limits)}]").findings(
      .rateInterval)
    #expect(found.first?.verdict == (isRight ? .pass : .fail))
    if isRight {
      #expect(found.first?.number.split(separator: ",").map { $0.drop { $0 == " " } }.contains { $0 == scale } == true)
    }
  }

  /// Events and numbers at risk of 100 patients: with 60 at risk at 12 and S(12) = 0.6 nobody was censored before, so that 40 had
  /// the event; a total of 30 cannot be.
  @Test("rates, numbers at risk and events")
  func ratesAndEvents() throws {
    let row = "at_risk: {times: [0, 12.5], n: [100, 60]}, rates: [{time: 12, percent: 60.0}]"
    #expect(try endpoint(a: "n: 100, events: 45, \(row)").verdict(.curveRates) == .pass)
    #expect(try endpoint(a: "n: 100, events: 30, \(row)").verdict(.curveRates) == .fail)
  }

  @Test("a rate below the share at risk")
  func rateAtRisk() throws {
    let row = "at_risk: {times: [0, 12], n: [100, 60]}"
    #expect(try endpoint(a: "n: 100, \(row), rates: [{time: 12, percent: 61.0}]").verdict(.rateAtRisk) == .pass)
    #expect(try endpoint(a: "n: 100, \(row), rates: [{time: 12, percent: 55.0}]").verdict(.rateAtRisk) == .warn)
    #expect(try endpoint(a: "n: 100, \(row), rates: [{time: 12, percent: 16.0}]").verdict(.rateAtRisk) == .warn)
    let later = "at_risk: {times: [0, 12, 13], n: [100, 60, 55]}"
    #expect(try endpoint(a: "n: 100, \(later), rates: [{time: 12, percent: 16.0}]").verdict(.curveRates) == .fail)
  }

  /// With a median of 10 the curve is 1/2 or more before it and 1/2 or less after it: the mean to 20 lies between 5 and 15.
  @Test("restricted means between the bounds of the curve")
  func restrictedMean() throws {
    #expect(try endpoint(a: "median: 10, rmst: {tau: 20, value: 12.0}").verdict(.restrictedMean) == .pass)
    #expect(try endpoint(a: "median: 10, rmst: {tau: 20, value: 16.0}").verdict(.restrictedMean) == .fail)
    #expect(try endpoint(a: "rmst: {tau: 20, value: 21.0}").verdict(.restrictedMean) == .fail)
  }

  /// 1.2 ± 1.96 s = [0.1, 2.3]: s = 0.561, z = 2.138, p = 0.033.
  @Test("differences, their intervals and p")
  func differences() throws {
    func verdict(_ text: String, a: String = "n: 100", b: String = "n: 100") throws -> Verdict? {
      try endpoint(a: a, b: b, "differences: [{\(text)}]").verdict(.differences)
    }
    #expect(try verdict("of: rmst, value: 1.2, ci: [0.1, 2.3], p: \"0.033\"") == .pass)
    #expect(try verdict("of: rmst, value: 1.2, ci: [0.1, 2.3], p: \"0.016\"") == .fail)
    #expect(try verdict("of: rmst, value: 1.2, ci: [1.5, 2.3]") == .fail)
    let (a, b) = ("rates: [{time: 12, percent: 60.7}]", "rates: [{time: 12, percent: 49.1}]")
    #expect(try verdict("of: rate, time: 12, value: 11.6", a: a, b: b) == .pass)
    #expect(try verdict("of: rate, time: 12, value: 12.6", a: a, b: b) == .fail)
    #expect(try verdict("of: rate, time: 12, value: -11.6", a: a, b: b) == .warn)
  }

  @Test("a number that nothing bears on is said so")
  func unchecked() throws {
    let found = try endpoint(a: "n: 129, median: 4.4", b: "n: 126, median: 2.7")
    #expect(found.claims.allSatisfy { $0.verdict == .cannot })
    #expect(found.count(.cannot) == 4)
  }

  @Test("a failure that rests on a number from memory is a warning")
  func recalled() throws {
    let found = try endpoint(a: "n: 100, events: 101, events_confidence: recalled")
    #expect(found.verdict(.counts) == .warn)
  }

  @Test("every check has an explanation", arguments: CheckCode.allCases)
  func explanations(_ code: CheckCode) {
    let text = code.explanation
    #expect(text.title.hasSuffix(".") && !text.formula.isEmpty && !text.falseAlarms.isEmpty)
  }
}

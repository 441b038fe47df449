import Foundation
import ReferenceSuite
import Testing

/// `survkit explain`: three programs, one data set.
@Suite struct ExplainCommandTests {
  private static let ten =
    "time,event\n" + [54, 75, 77, 84, 87].map { "\($0),1\n" }.joined()
    + [92, 103, 105, 112, 118].map { "\($0),0\n" }.joined()

  private func item(_ kind: String, _ name: String, _ run: Run) throws -> JSONTree {
    try #require(
      try run.result()["items"]?.array?.first {
        $0["item"]?.string == kind && $0["name"]?.string == name
      }, "\(kind) \(name)")
  }

  @Test("a curve that stays at one half to the end of follow-up has three medians")
  func threeMedians() throws {
    let run = try survkit(["explain", "-", "--format", "json"], input: ExplainCommandTests.ten)
    let median = try item("quantile", "Median, All", run)
    // R's quantile; SAS's definition min{t: S < 0.5}; Stata's min{t: S <= 0.5}.
    #expect(median["r"]?["estimate"]?.number == 102.5)
    #expect(median["sas"]?["estimate"] == .null && median["stata"]?["estimate"]?.number == 87)
    #expect(median["sas"]?["null_reasons"]?["estimate"]?.string?.contains("stays at 0.5") == true)
    #expect(median["same"] == .bool(false))
    let why = try #require(median["why"]?.string)
    #expect(why.contains("from 87 to the end of follow-up at 118") && why.contains("R's print"))
    let quarter = try item("quantile", "25% quantile, All", run)
    #expect(quarter["same"] == .bool(true) && quarter["why"] == nil)
    let text = try survkit(["explain", "-"], input: ExplainCommandTests.ten).out
    #expect(text.contains("102.5 (77, NR)") && text.contains("NE (54, NR)") && text.contains("87 (54, NR)"))
    #expect(text.contains("Same under all three"))
  }

  @Test("two arms: medians, S(t), hazard ratios and restricted means of R with each program's settings")
  func lung() throws {
    let run = try survkit(["explain", Reference.path("lung.csv"), "--arm", "sex", "--times", "226", "--format", "json"])
    // survfit, coxph and survmean of R survival 3.5-3 with conf.type, ties, eps = 1e-14 and rmean set; 15 digits printed.
    func close(_ value: Double?, _ expected: Double) -> Bool { abs((value ?? .nan) - expected) <= 1e-10 * expected }
    let median = try item("quantile", "Median, sex = 1", run)
    #expect(median["r"]?["lower"]?.number == 212 && median["r"]?["upper"]?.number == 310)
    #expect(median["stata"]?["lower"]?.number == 210 && median["stata"]?["upper"]?.number == 306)
    let ratio = try item("hazard_ratio", "Hazard ratio", run)
    #expect(close(ratio["r"]?["hr"]?["estimate"]?.number, 0.588002817160461))
    #expect(close(ratio["stata"]?["hr"]?["estimate"]?.number, 0.588371588834128))
    #expect(close(ratio["sas"]?["hr"]?["estimate"]?.number, 1 / 0.588371588834128))
    #expect(ratio["sas"]?["reference"]?.string == "2" && ratio["r"]?["reference"]?.string == "1")
    let survival = try item("survival", "S(226), sex = 1", run)
    #expect(
      close(survival["sas"]?["lower"]?.number, 0.464762991913266)
        && close(survival["sas"]?["upper"]?.number, 0.631618773407658))
    let mean = try item("restricted_mean", "Restricted mean, sex = 1", run)
    #expect(mean["sas"]?["tau"]?.number == 883 && close(mean["sas"]?["rmst"]?.number, 321.1198816980789))
    #expect(mean["stata"]?["tau"]?.number == 1022 && close(mean["stata"]?["rmst"]?.number, 326.0841096688747))
    #expect(mean["r"]?["rmst"] == .null)
  }

  @Test("near-equal times: one time in r, two in the others; --reference is one for all")
  func nearTies() throws {
    let run = try survkit(["explain", Reference.path("small_nearties.csv"), "--format", "json"])
    let merged = try item("merged_times", "Near-equal times merged", run)
    #expect(merged["r"]?.number == 1 && merged["sas"]?.number == 0 && merged["same"] == .bool(false))
    let lung = try survkit([
      "explain", Reference.path("lung.csv"), "--arm", "sex", "--reference", "2", "--format", "json",
    ])
    let ratio = try item("hazard_ratio", "Hazard ratio", lung)
    #expect(["r", "sas", "stata"].allSatisfy { ratio[$0]?["reference"]?.string == "2" })
  }

  @Test("no events, one arm without events, a time beyond follow-up: answers with reasons")
  func edges() throws {
    let none = try survkit(["explain", "-"], input: "time,event,arm\n1,0,a\n2,0,b\n")
    #expect(none.status == 0 && none.out.contains("no events") && none.out.contains("NE"), "\(none.err)")
    let one = try survkit(["explain", "-", "--format", "json"], input: "time,event,arm\n1,1,a\n2,0,b\n3,1,a\n4,0,b\n")
    let ratio = try item("hazard_ratio", "Hazard ratio", one)
    #expect(ratio["r"]?["hr"]?["estimate"] == .null && ratio["r"]?["hr"]?["null_reasons"]?["estimate"] != nil)
    let beyond = try survkit(["explain", "-", "--times", "500", "--format", "json"], input: ExplainCommandTests.ten)
    let survival = try item("survival", "S(500), All", beyond)
    #expect(survival["r"]?["surv"] == .null && survival["same"] == .bool(true))
  }

  @Test(
    "what explain sets by itself is refused",
    arguments: [
      (["--like", "sas"], "--like"), (["--conf-type", "log"], "--conf-type"),
      (["--tie-tolerance", "0"], "--tie-tolerance"),
      (["--cluster", "time"], "Cox model"), (["--quantiles", "1.2"], "between 0 and 1"),
    ])
  func trouble(options: [String], message: String) throws {
    let run = try survkit(["explain", "-"] + options, input: ExplainCommandTests.ten)
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }
}

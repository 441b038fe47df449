import Foundation
import ReferenceSuite
import Testing

/// `survkit cif` against cmprsk and R survival, and on input that has no answer.
@Suite struct CompetingRisksCommandTests {
  private func cif(_ options: [String]) throws -> Run {
    try survkit(["cif", Reference.path("tiny_cr.csv"), "--event", "cause", "--causes", "1,2"] + options)
  }

  @Test("incidences, Gray's test and the Fine-Gray model are those of the reference suite")
  func againstR() throws {
    let grouped = try cif(["--arm", "arm", "--model", "B", "--format", "json"]).result()
    #expect(try Reference.faults("open.tiny_cr.cif", grouped).isEmpty)
    #expect(try Reference.faults("open.tiny_cr.gray", try #require(grouped["gray"])).isEmpty)
    #expect(try Reference.faults("open.tiny_cr.finegray1", try #require(grouped["finegray"]?[0])).isEmpty)
    #expect(try Reference.faults("open.tiny_cr.finegray2", try #require(grouped["finegray"]?[1])).isEmpty)
    let early = try cif(["--arm", "arm", "--rho", "1", "--format", "json"]).result()
    #expect(try Reference.faults("open.tiny_cr.gray_rho1", try #require(early["gray"])).isEmpty)
  }

  @Test("text and Markdown name the scale, the errors and the convention; times between events are read off")
  func text() throws {
    let run = try cif(["--arm", "arm", "--model", "B", "--times", "0.5,4.5"])
    #expect(run.status == 0 && run.err.isEmpty)
    for part in [
      "Causes: 1 (7 events), 2 (4 events); censored: 0", "95% CI of the incidence on the log scale",
      "infinitesimal jackknife standard errors", "Gray's test, cause", "2.444", "Fine-Gray model of cause 1",
      "Fine-Gray: Breslow ties",
    ] {
      #expect(run.out.contains(part), "\(part)")
    }
    // Arm A at 4.5 by hand: 1/8 + 7/8 · 1/6.
    #expect(run.out.contains("4.5         5      0.7292  0.2708"))
    #expect(try cif(["--arm", "arm", "--format", "md"]).out.contains("| Gray's test, cause | Chi-squared | df | p |"))
    #expect(try cif(["--variance", "aalen"]).out.contains("Aalen's standard errors"))
  }

  private static let rows =
    "time,event,arm,start,w,x\n1,1,a,0,1,1\n2,2,b,0,2,2\n3,0,a,1,1,3\n4,1,b,1,1,1\n5,2,a,2,1,5\n"

  @Test("delayed entry and case weights: the incidence stands, what is not defined is refused or left out by name")
  func truncatedAndWeighted() throws {
    let late = try survkit(["cif", "-", "--causes", "1,2", "--start", "start"], input: Self.rows)
    #expect(
      late.status == 0 && late.out.contains("Aalen's standard errors") && late.out.contains("not defined for delayed"))
    let weighted = try survkit(["cif", "-", "--causes", "1,2", "--weight", "w", "--format", "json"], input: Self.rows)
    #expect(weighted.status == 0 && !weighted.out.contains("std_err_aalen") && !weighted.out.contains("gray\""))
  }

  @Test(
    "trouble: one message, the documented status, nothing else",
    arguments: [
      ([], rows, 64, "--causes 1,2"), (["--causes", "1"], rows, 65, "neither a cause"),
      (["--causes", "1,2,7"], rows, 65, "7 does not occur"), (["--causes", "1,1"], rows, 64, "twice"),
      (["--causes", "1,2", "--censored", "9"], rows, 65, "neither a cause"),
      (["--causes", "1,2", "--event-values", "1"], rows, 64, "--causes"),
      (["--causes", "1,2", "--rho", "nan"], rows, 64, "finite"),
      (["--causes", "1,2", "--start", "start", "--variance", "jackknife"], rows, 64, "delayed entry"),
      (["--causes", "1,2", "--weight", "w", "--variance", "aalen"], rows, 64, "case weights"),
      (["--causes", "1,2", "--weight", "w", "--start", "start", "--variance", "aalen"], rows, 64, "case weights"),
      (["--causes", "1,2", "--predict", "x.csv"], rows, 64, "--predict belongs to a --model"),
      (["--causes", "1,2", "--censoring-strata", "x"], rows, 64, "--censoring-strata belongs to a --model"),
      (["--causes", "1,2", "--model", "x", "--censoring-ties", "r"], rows, 64, "all-at-risk or events-first"),
      (["--causes", "1,2", "--model", "x +"], rows, 64, "position"),
      (["--causes", "1,2", "--model", "nothing"], rows, 64, "nothing"),
      (["--causes", "1,2", "--cluster", "x"], rows, 64, "--cluster belongs to a --model"),
      (["--causes", "1,2", "--reference-level", "x=1"], rows, 64, "--model"),
      (["--causes", "1,2", "--times", "a"], rows, 64, "0 or more"),
      (["--causes", "1,2"], "", 65, "is empty"), (["--causes", "1,2"], "time,event\n", 65, "no rows"),
      (["--causes", "1,2"], "time,event\n-1,1\n2,2\n", 65, "negative"),
      (["--causes", "1,2"], "time,event\n1e400,1\n2,2\n", 65, "finite"),
      (["--causes", "1,2"], "time,status2\n1,1\n", 65, "no event column"),
    ])
  func trouble(options: [String], input: String, status: Int32, message: String) throws {
    let run = try survkit(["cif", "-"] + options, input: input)
    #expect(run.status == status && run.out.isEmpty && run.err.contains(message), "\(run.status) \(run.err)")
  }

  // MARK: Restricted means

  @Test("restricted means are those of the reference suite")
  func restrictedMeans() throws {
    let check = try Reference.check("open.ovarian.rx.rmst730")
    let tau = try #require(check["analysis"]?["tau"]?.number)
    let run = try survkit([
      "rmst", Reference.path("ovarian.csv"), "--arm", "rx", "--tau", "\(tau)", "--format", "json",
    ])
    #expect(try Reference.faults("open.ovarian.rx.rmst730", try run.result()).isEmpty)
  }

  @Test(
    "without tau the four cases of survRM2",
    arguments: [
      // Ends of the arm that ends first (at 3) and of the other (at 5).
      (1, 1, 5.0, "case 1"), (1, 0, 5, "case 2"), (0, 1, 3, "case 3"), (0, 0, 3, "case 4"),
    ])
  func horizon(first: Int, last: Int, tau: Double, rule: String) throws {
    let rows = "time,event,arm\n1,1,a\n3,\(first),a\n2,1,b\n5,\(last),b\n"
    let json = try survkit(["rmst", "-", "--format", "json"], input: rows)
    #expect(try json.result()["tau"]?.number == tau)
    let text = try survkit(["rmst", "-"], input: rows)
    #expect(text.out.contains(rule) && text.out.contains("tau = \(Int(tau))"))
  }

  @Test("three arms are compared with the reference; horizons that are none are refused")
  func rmstOptions() throws {
    let rows = "time,event,arm\n1,1,a\n3,1,a\n2,1,b\n5,1,b\n4,1,c\n6,0,c\n"
    let run = try survkit(["rmst", "-", "--tau", "4", "--format", "json"], input: rows).result()
    #expect(run["comparisons"]?.array?.count == 2 && run["groups"]?.array?.count == 3)
    // Areas by hand: a 1 + 2/2; c 4.
    #expect(run["groups"]?[0]?["rmst"]?.number == 2 && run["groups"]?[2]?["rmst"]?.number == 4)
    for (options, message) in [
      ([], "--tau"), (["--tau", "0"], "above 0"), (["--tau", "nan"], "above 0"),
      (["--tau", "4", "--cluster", "arm"], "Cox"),
      (["--tau", "4", "--strata", "arm"], "--strata"),
    ] {
      let run = try survkit(["rmst", "-"] + options, input: rows)
      #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
    }
  }

  private static let trial =
    "id,start,time,ev,x,site,w,fam\n1,0,3,1,0.5,1,1,1\n2,0,5,2,-1,2,2,2\n3,2,6,1,0.3,1,0.5,3\n4,0,2,2,1.2,2,1.5,4\n"
    + "5,1,7,0,0,1,1,5\n6,0,4,1,0.8,2,2,6\n7,0,9,1,-0.4,1,0.5,7\n8,3,8,2,0.1,2,1.5,8\n9,0,3,0,-0.9,1,1,1\n"
    + "10,0,6,1,0.6,2,2,2\n11,0,1,2,1.5,1,0.5,3\n12,2,5,1,-0.2,2,1.5,4\n13,0,7,2,0.4,1,1,5\n14,0,2,1,1,2,2,6\n"
    + "15,0,8,0,-0.7,1,0.5,7\n16,1,4,2,0.2,2,1.5,8\n17,0,9,1,-0.3,1,1,1\n18,0,5,0,0.9,2,2,2\n19,4,10,1,0,1,0.5,3\n"
    + "20,0,6,2,-0.5,2,1.5,4\n21,0,3,1,0.7,1,1,5\n22,2,7,0,-0.1,2,2,6\n23,0,4,2,0.35,1,0.5,7\n24,0,10,0,-1.2,2,1.5,8\n"

  /// R survival 3.5-3: `coxph(…, weights = fgwt, cluster, ties = "breslow")` on the rows of `finegray`, and its `survfit`.
  /// Fifteen digits of R; round-off of a fit to the end leaves 1e-11.
  @Test("Fine-Gray with delayed entry, case weights, clusters and both kinds of strata; predicted incidences")
  func fineGrayAgainstR() throws {
    func isNear(_ found: JSONTree?, _ wanted: [Double]) -> Bool {
      let values = found?.doubles ?? []
      return values.count == wanted.count
        && zip(values, wanted).allSatisfy { abs(($0 ?? .nan) - $1) <= 1e-11 * max(1, abs($1)) }
    }
    let shared = [
      "cif", "-", "--event", "ev", "--causes", "1,2", "--start", "start", "--weight", "w", "--censoring-ties",
      "events-first", "--times", "4,7", "--conf-type", "log", "--quiet",
    ]
    try withFolder { folder in
      let file = folder.appendingPathComponent("subjects.csv")
      try "x,site\n0,1\n1,2\n".write(to: file, atomically: true, encoding: .utf8)
      let predict = ["--predict", file.path, "--format", "json"]
      let clustered = try survkit(shared + predict + ["--model", "x", "--cluster", "fam"], input: Self.trial)
      #expect(clustered.status == 0, "\(clustered.err)")
      let found = try clustered.result()
      let fit = try #require(found["finegray"]?[0])
      #expect(isNear(fit["coef"], [0.730687899962901]) && isNear(fit["se"], [0.495363808846614]))
      let likelihoods = JSONTree.array([fit["loglik_null"] ?? .null, fit["loglik"] ?? .null])
      #expect(isNear(likelihoods, [-36.0683326235142, -34.4254307949417]))
      let curves = try #require(found["predict"]?[0])
      #expect(isNear(curves["cif"]?[0], [0.170195835899814, 0.294974238082837]))
      #expect(isNear(curves["cif"]?[1], [0.321183857590183, 0.516054609890843]))
      #expect(isNear(curves["std_err"]?[1], [0.125012072749672, 0.147260037463627]))
      #expect(isNear(curves["lower"]?[0], [0.0110178198406705, 0.0783322903924313]))
      #expect(isNear(curves["upper"]?[1], [0.526856078417945, 0.733446910049782]))
      #expect(clustered.out.contains("sandwich, with the censoring weights as known"))
      // With strata `finegray` takes the case weights of wrong rows: here its calls were made stratum by stratum.
      let strata = try survkit(
        shared + predict + ["--model", "x + strata(site)", "--censoring-strata", "site", "--robust"], input: Self.trial
      ).result()
      let second = try #require(strata["finegray"]?[0])
      #expect(second["strata"]?.number == 2 && second["censoring_strata"]?.number == 2)
      #expect(isNear(second["coef"], [0.651447604374282]) && isNear(second["se"], [0.419126950780562]))
      let other = try #require(strata["predict"]?[0])
      #expect(other["stratum"]?.names == ["1", "2"])
      #expect(isNear(other["cif"]?[0], [0.177452310148006, 0.231488988510246]))
      #expect(isNear(other["cif"]?[1], [0.287111849493709, 0.525260829246218]))
      #expect(isNear(other["std_err"]?[1], [0.129276343048948, 0.156370279403164]))
      #expect(isNear(other["lower"]?[1], [0, 0.0946321452554385]))
      #expect(isNear(other["upper"]?[1], [0.500353248242046, 0.751065515451092]))
      let text = try survkit(
        shared + ["--predict", file.path, "--model", "x + strata(site)", "--cluster", "fam"], input: Self.trial
      ).out
      #expect(text.contains("Subject 2 (x = 1, site = 2), stratum 2") && text.contains("by cluster of fam"))
      #expect(text.contains("no standard errors (none is available for delayed entry with case weights)"))
    }
  }
}

import ReferenceSuite
import Testing

/// `survkit cox --bootstrap`: what it prints, what repeats, what it refuses.
@Suite struct BootstrapCommandTests {
  private static let lung = Reference.path("lung.csv")

  @Test func sameBytesForAnyNumberOfThreads() throws {
    let call = [
      "cox", Self.lung, "--model", "sex + ph.ecog", "--bootstrap", "100", "--format", "json", "--no-timestamp",
      "--quiet",
    ]
    let runs = try ["1", "2", "8"].map { try survkit(call + ["--threads", $0]) }
    #expect(runs.allSatisfy { $0.status == 0 })
    let results = try runs.map { try $0.result() }
    #expect(results[0]["bootstrap"] != nil)
    #expect(results[0] == results[1] && results[0] == results[2])
    let other = try survkit(call + ["--seed", "2"]).result()
    #expect(other["bootstrap"] != results[0]["bootstrap"] && other["coef"] == results[0]["coef"])
  }

  @Test func tableNamesWhatWasDrawn() throws {
    let run = try survkit(["cox", Self.lung, "--model", "sex", "--bootstrap", "50", "--cluster", "inst", "--seed", "4"])
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.contains("Bootstrap: 50 resamples of 18 clusters of inst, seed 4; percentile intervals"))
  }

  @Test(arguments: [
    (["--bootstrap", "38"], "39 to 10000000"), (["--seed", "2"], "--seed belongs to --bootstrap"),
    (["--bootstrap", "100", "--ci", "firth"], "--ci firth"),
    (["--bootstrap", "100", "--ties", "exact-partial"], "--bootstrap is not defined"),
  ])
  func refused(_ options: [String], _ message: String) throws {
    let run = try survkit(["cox", Self.lung, "--model", "sex"] + options)
    #expect(run.status == 64)
    #expect(run.err.contains(message), "\(run.err)")
  }

  @Test func rowsOfOneSubjectNeedTheirName() throws {
    let rows = "start,time,event,x\n0,2,1,1\n0,3,0,2\n1,4,1,3\n"
    let run = try survkit(["cox", "-", "--start", "start", "--model", "x", "--bootstrap", "100"], input: rows)
    #expect(run.status == 64)
    #expect(run.err.contains("--id"))
  }
}

import ReferenceSuite
import Testing

/// `survkit km --bootstrap` and `survkit rmst --bootstrap`: what they print, what repeats, what they refuse.
@Suite struct CurveBootstrapCommandTests {
  private static let lung = Reference.path("lung.csv")

  private func bootstrap(_ call: [String], input: String = "") throws -> JSONTree {
    let run = try survkit(call + ["--format", "json", "--no-timestamp", "--quiet"], input: input)
    #expect(run.status == 0, "\(run.err)")
    return try #require(try run.result()["bootstrap"])
  }

  @Test(arguments: [["km"], ["rmst", "--tau", "600"]])
  func sameBytesForAnyNumberOfThreads(_ call: [String]) throws {
    let call = [call[0], Self.lung, "--arm", "sex", "--bootstrap", "100"] + call.dropFirst()
    let runs = try ["1", "2", "8"].map { try bootstrap(call + ["--threads", $0]) }
    #expect(runs[0] == runs[1] && runs[0] == runs[2])
    #expect(try bootstrap(call + ["--seed", "2"]) != runs[0])
  }

  /// By hand: where all rows of an arm are alike, so are all its resamples.
  private static let alike =
    "time,event,arm\n" + String(repeating: "3,1,a\n", count: 6) + String(repeating: "6,1,b\n", count: 4)

  @Test func limitsOfArmsWithoutSpread() throws {
    let found = try bootstrap(["rmst", "-", "--tau", "10", "--bootstrap", "50"], input: Self.alike)
    #expect(found["within_arms"] == .bool(true) && found["subjects"]?.number == 10)
    let groups = try #require(found["groups"]?.array)
    for (group, mean) in zip(groups, [3.0, 6.0]) {
      #expect(group["rmst"]?["lower"]?.number == mean && group["rmst"]?["upper"]?.number == mean)
      #expect(group["rmst"]?["se"]?.number == 0 && group["rmst"]?["estimates"]?.number == 50)
    }
    let comparison = try #require(found["comparisons"]?.array?[0])
    for (key, value) in [("difference", 3.0), ("ratio", 2), ("rmtl_ratio", 4.0 / 7)] {
      #expect(comparison[key]?["lower"]?.number == value && comparison[key]?["upper"]?.number == value)
    }
    let medians = try bootstrap(["km", "-", "--quantiles", "0.5", "--bootstrap", "50"], input: Self.alike)
    let limits = try #require(medians["groups"]?.array).map {
      $0["quantiles"]?.array?[0]["upper"]?.number
    }
    #expect(limits == [3, 6])
  }

  /// By hand: of four rows only the first has an event, and the curve falls to a half only where it is drawn twice or more,
  /// in 67 of 256 resamples.
  @Test func limitsThatAreNotReached() throws {
    let rows = "time,event\n1,1\n5,0\n6,0\n7,0\n"
    let call = ["km", "-", "--quantiles", "0.5", "--bootstrap", "400"]
    let found = try bootstrap(call, input: rows)
    let median = try #require(found["groups"]?.array?[0]["quantiles"]?.array?[0])
    #expect(median["upper"] == .null && median["se"] == .null)
    #expect(median["null_reasons"]?["upper"]?.string == "some resamples do not reach it")
    #expect(median["lower"]?.number == 1)
    // 400 × 189/256 = 295, with a standard error of 8.8.
    #expect(abs((median["infinite"]?.number ?? 0) - 295) < 4 * 8.8)
    let text = try survkit(call, input: rows)
    #expect(text.out.contains("1 to NR"))
  }

  @Test func headingsNameWhatWasDrawn() throws {
    let curves = try survkit(["km", Self.lung, "--arm", "sex", "--times", "100", "--bootstrap", "50", "--seed", "4"])
    #expect(curves.out.contains("Bootstrap: 50 resamples of 228 rows, within arms, seed 4; percentile intervals"))
    let clusters = try survkit(
      ["rmst", Self.lung, "--arm", "sex", "--tau", "500", "--bootstrap", "50", "--cluster", "inst"])
    #expect(clusters.out.contains("50 resamples of 18 clusters of inst, over all arms"))
    #expect(clusters.out.contains("only the bootstrap of the curves draws clusters"))
    let reversed = try bootstrap(["km", Self.lung, "--reverse", "--bootstrap", "50"])
    let straight = try bootstrap(["km", Self.lung, "--bootstrap", "50"])
    #expect(reversed != straight)
  }

  /// The trial table has the numbers of the commands that draw alike.
  @Test func tableAgreesWithItsParts() throws {
    let options = [Self.lung, "--arm", "sex", "--bootstrap", "60", "--seed", "3"]
    let run = try survkit(["fit", "--tau", "600", "--format", "json", "--no-timestamp", "--quiet"] + options)
    #expect(run.status == 0, "\(run.err)")
    let table = try run.result()
    let means = try bootstrap(["rmst", "--tau", "600"] + options)
    #expect(table["bootstrap"]?["comparisons"] != nil && table["bootstrap"]?["comparisons"] == means["comparisons"])
    let medians = try bootstrap(["km", "--quantiles", "0.5"] + options)
    for arm in 0..<2 {
      let group = try #require(table["bootstrap"]?["groups"]?.array?[arm])
      #expect(group["quantiles"] == medians["groups"]?.array?[arm]["quantiles"])
      #expect(group["rmst"] == means["groups"]?.array?[arm]["rmst"])
    }
    let cox = try bootstrap(["cox"] + options)
    #expect(table["bootstrap_cox"]?["hr_upper"] == cox["hr_upper"])
  }

  @Test(arguments: [
    (["km", "--bootstrap", "38"], "39 to 10000000"), (["rmst", "--seed", "2"], "--seed belongs to --bootstrap"),
    (["km", "--cluster", "inst"], "--bootstrap draws"), (["km", "--bootstrap", "99", "--start", "age"], "--id"),
    (["km", "--bootstrap", "99", "--quantiles", ""], "--quantiles"),
    (["km", "--bootstrap", "99", "--robust", "--cluster", "inst"], "--robust"),
  ])
  func refused(_ call: [String], _ message: String) throws {
    let run = try survkit([call[0], Self.lung] + call.dropFirst())
    #expect(run.status == 64)
    #expect(run.err.contains(message), "\(run.err)")
  }

  /// What a bootstrap adds to the estimate of memory, by the sizes it keeps.
  @Test(arguments: [
    // 3 quantiles of 2 arms, 16 bytes each; 32 a row; 48 a row for one thread.
    (["km"], 500 * 6 * 16 + 10 * 32 + 10 * 48), (["rmst", "--tau", "10"], 500 * 2 * 16 + 10 * 32 + 10 * 48),
    // One coefficient; its influence of each row; a copy of the rows.
    (["cox"], 500 * 16 + 10 * 16 + 10 * 104),
  ])
  func memory(_ call: [String], _ more: Int) throws {
    let rows = "time,event,arm\n" + (1...10).map { "\($0),1,\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    func run(_ limit: Int) throws -> Run {
      try survkit(
        [call[0], "-", "--bootstrap", "500", "--threads", "1", "--max-memory", "\(limit)"] + call.dropFirst(),
        input: rows)
    }
    let words = try run(1_000_000).err.split(separator: " ")
    let place = try #require(words.firstIndex(of: "bytes"))
    let plain = try #require(Int(words[place - 1]))
    let refused = try run(plain + more - 1)
    #expect(refused.status == 75 && refused.err.contains("may need \(plain + more) bytes"), "\(refused.err)")
    #expect(try run(plain + more).status == 0)
  }
}

import Foundation
import ReferenceSuite
import Testing

/// `survkit verify`. The rows are R's lung data by sex; expected numbers from R 4.2, survival 3.5-3 (survfit, coxph, survdiff).
@Suite struct VerifyCommandTests {
  /// R: medians 270 (212 to 310) and 426 (348 to 550), S(365) 0.33609 (0.26090 to 0.43294) and 0.52646 (0.42149 to 0.65759), HR
  /// 0.588 (0.424 to 0.816), chi-square 10.3, RMST to 365 of 241 and 297.
  static let lung = """
    schema: survkit-claims/1
    trial: Lung
    endpoints:
      - id: os
        name: Overall survival
        unit: days
        experimental: female
        control: male
        arms:
          - {id: female, n: 90, events: 53, median: 426, median_ci: [348, 550], rates: [{time: 365, percent: 52.6, ci: [42.1, 65.8]}],
             rmst: {tau: 365, value: 297}}
          - {id: male, n: 138, events: 112, median: 270, median_ci: [212, 310], rates: [{time: 365, percent: 33.6, ci: [26.1, 43.3]}],
             rmst: {tau: 365, value: 241}}
        total: {n: 228, events: 165}
        hazard_ratio: {value: "0.588", ci: ["0.424", "0.816"]}
        test: {name: log-rank, chi_square: 10.3, p: "0.001"}
    """

  private static let rows = [
    "--data", Reference.path("lung.csv"), "--arm", "sex", "--arms",
    "female=2,male=1",
  ]

  private func verify(_ claims: String, _ options: [String] = []) throws -> Run {
    try survkit(["verify", "-"] + options, input: claims)
  }

  private func checks(_ run: Run) throws -> [JSONTree] { try #require(try run.result()["checks"]?.array) }

  @Test("true results pass alone and against their rows")
  func lungPasses() throws {
    let alone = try verify(VerifyCommandTests.lung)
    #expect(alone.status == 0, "\(alone.err)")
    #expect(alone.out.contains("No printed number contradicts another."))
    let run = try verify(VerifyCommandTests.lung, VerifyCommandTests.rows + ["--format", "json"])
    #expect(run.status == 0, "\(run.err)\(run.out)")
    let found = try checks(run)
    let byRows = found.filter { $0["code"]?.string?.hasPrefix("rows-") == true }
    #expect(byRows.count == 12)
    #expect(byRows.allSatisfy { $0["verdict"]?.string == "PASS" }, "\(byRows.map { $0["reason"]?.string ?? "" })")
    #expect(try run.json()["schema"] as? String == "survkit/1")
  }

  /// survfit with conf.type = "log-log", as SAS computes it: 270 (210 to 306), 426 (345 to 524).
  @Test("which convention reproduces a printed interval")
  func conventions() throws {
    let sas = VerifyCommandTests.lung.replacingOccurrences(of: "[348, 550]", with: "[345, 524]")
      .replacingOccurrences(of: "[212, 310]", with: "[212, 306]")
    let found = try checks(try verify(sas, VerifyCommandTests.rows + ["--format", "json"]))
    let medians = found.filter { $0["code"]?.string == "rows-median" }
    #expect(medians.map { $0["verdict"]?.string } == ["PASS", "PASS"])
    // R's "plain" limits are 345 to 524 and 212 to 306 too; log-log ones 345 to 524 and 210 to 306.
    #expect(medians[0]["reason"]?.string?.contains("sas") == true)
    #expect(medians[1]["reason"]?.string == "reproduced by scale plain")
  }

  @Test(
    "a number that the rows do not have fails, with what they have",
    arguments: [
      ("events: 53", "events: 63", "rows-counts", "the rows have 53"),
      ("median: 426", "median: 462", "rows-median", "426"),
      ("percent: 52.6", "percent: 56.2", "rows-rate", "0.5265"), ("value: 297", "value: 279", "rows-rmst", "297.5"),
      ("\"0.588\"", "\"0.598\"", "rows-hr", "0.588"), ("chi_square: 10.3", "chi_square: 13.0", "rows-p", "10.33"),
    ])
  func rowsDisagree(_ right: String, _ wrong: String, _ code: String, _ found: String) throws {
    let run = try verify(
      VerifyCommandTests.lung.replacingOccurrences(of: right, with: wrong),
      VerifyCommandTests.rows + ["--format", "json"])
    #expect(run.status == 1)
    let failing = try checks(run).filter { $0["code"]?.string == code && $0["verdict"]?.string == "FAIL" }
    #expect(
      failing.contains { $0["reason"]?.string?.contains(found) == true },
      "\(failing.map { $0["reason"]?.string ?? "" })")
  }

  @Test("a stratified ratio is compatible with unstratified rows, or not")
  func stratified() throws {
    func verdict(_ ratio: String) throws -> (String?, String?) {
      let claims = VerifyCommandTests.lung.replacingOccurrences(
        of: "hazard_ratio: {value: \"0.588\", ci: [\"0.424\", \"0.816\"]}",
        with: "hazard_ratio: {\(ratio), stratified: true}")
      let found = try checks(try verify(claims, VerifyCommandTests.rows + ["--format", "json"])).first {
        $0["code"]?.string == "rows-hr"
      }
      return (found?["verdict"]?.string, found?["reason"]?.string)
    }
    let near = try verdict("value: 0.57, ci: [0.41, 0.80]")
    #expect(near.0 == "PASS" && near.1?.hasPrefix("compatible") == true)
    let far = try verdict("value: 0.40, ci: [0.29, 0.56]")
    #expect(far.0 == "WARN" && far.1?.hasPrefix("not compatible") == true)
  }

  @Test("rows that were made from published numbers only warn, and say so")
  func madeRows() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("made.csv").path
      let made = (1...40).map { "reconstructed-\($0),\($0 % 2 == 0 ? "a" : "b"),\($0),1" }
      try ("id,arm,time,event\n" + made.joined(separator: "\n") + "\n").write(
        toFile: path, atomically: true, encoding: .utf8)
      let run = try survkit(
        ["verify", "-", "--data", path, "--checks"],
        input: "arms: [{id: a, n: 20, events: 20, median: 12}, {id: b, n: 20}]\n")
      #expect(run.status == 0, "\(run.out)")
      #expect(run.out.contains("no row is a patient"))
      #expect(run.out.contains("WARN"))
    }
  }

  @Test("readings of a curve make rows: the ratio is compatible, a far one not")
  func curve() throws {
    // S = exp(−0.05 t) and exp(−0.1 t) read every two months; 100 patients each, nobody censored before 20.
    func arm(_ id: String, _ rate: Double) -> String {
      let times = stride(from: 0.0, through: 20, by: 2).map { $0 }
      let values = times.map { String(format: "%.3f", exp(-rate * $0)) }
      let counts = times.map { "\(Int((100 * exp(-rate * $0)).rounded()))" }
      return "{id: \(id), n: 100, at_risk: {times: \(times), n: [\(counts.joined(separator: ", "))]}, "
        + "curve: {times: \(times), values: [\(values.joined(separator: ", "))]}}"
    }
    func claims(_ ratio: String) -> String { "arms: [\(arm("a", 0.05)), \(arm("b", 0.1))]\nhazard_ratio: {\(ratio)}\n" }
    let near = try verify(claims("value: 0.50, ci: [0.36, 0.69]"), ["--repeats", "20", "--format", "json"])
    let ratio = try checks(near).first { $0["code"]?.string == "rows-hr" }
    #expect(ratio?["verdict"]?.string == "PASS", "\(ratio?["reason"]?.string ?? near.err)")
    let far = try verify(claims("value: 0.90, ci: [0.65, 1.25]"), ["--repeats", "20", "--format", "json"])
    #expect(far.status == 1)
    let none = try verify(claims("value: 0.90, ci: [0.65, 1.25]"), ["--no-reconstruction", "--format", "json"])
    #expect(try checks(none).allSatisfy { $0["code"]?.string != "rows-hr" })
  }

  @Test("the template is a file of claims without a contradiction, and so are the files of VISION and CARD")
  func shipped() throws {
    let template = try survkit(["verify", "--template"])
    let run = try verify(template.out)
    #expect(run.status == 0 && run.out.contains("0 FAIL, 0 CANNOT"), "\(run.out)")
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../data")
      .standardizedFileURL
    for name in ["vision", "card"] {
      let run = try survkit([
        "verify", folder.appendingPathComponent("\(name)/claims.yaml").path, "--no-reconstruction",
      ])
      #expect(run.status == 0, "\(run.out)\(run.err)")
      #expect(run.out.contains(" 0 WARN, 0 FAIL"), "\(run.out)")
    }
  }

  /// What docs/validation/published-trials.md says of the further publications.
  @Test("publications in data/claims: nothing fails, and one warns")
  func publications() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../data/claims")
      .standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
      .sorted()
    #expect(files.count == 10)
    for file in files {
      let run = try survkit(["verify", folder.appendingPathComponent(file).path])
      #expect(run.status == 0, "\(file): \(run.out)")
      #expect(run.out.contains("\nWARN ") == (file == "profound.yaml"), "\(file): \(run.out)")
    }
  }

  @Test("Markdown, a page and a file hold the same verdicts")
  func formats() throws {
    let wrong = VerifyCommandTests.lung.replacingOccurrences(of: "events: 53", with: "events: 93")
    let markdown = try verify(wrong, ["--format", "md"])
    #expect(markdown.status == 1)
    #expect(markdown.out.contains("| FAIL | female | N 90 | more events than patients |"))
    let page = try verify(wrong, ["--format", "html"])
    #expect(try htmlFaults(page.out) == [])
    #expect(page.out.contains("more events than patients"))
    try withFolder { folder in
      let path = folder.appendingPathComponent("verdict.json").path
      let run = try verify(wrong, ["--format", "json", "-o", path, "--no-timestamp", "--force"])
      #expect(run.status == 1 && run.out.isEmpty)
      let first = try String(contentsOfFile: path, encoding: .utf8)
      _ = try verify(wrong, ["--format", "json", "-o", path, "--no-timestamp", "--force"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == first)
    }
  }

  @Test("what a check does, by its code")
  func explain() throws {
    let one = try survkit(["verify", "--explain", "hr-events"])
    #expect(one.status == 0)
    #expect(one.out.contains("s^2 >= 1/d1 + 1/d2") && one.out.contains("False alarms:"))
    let all = try survkit(["verify", "--explain", "all"])
    #expect(all.out.split(separator: "\n").count > 25)
    #expect(try survkit(["verify", "--explain", "nonsense"]).status == 64)
  }

  @Test(
    "calls and files that cannot be used",
    arguments: [
      (["verify"], 64, "name a file of claims"), (["verify", "missing.yaml"], 66, "cannot be opened"),
      (["verify", "-", "--template"], 64, "stand alone"),
      (["verify", "-", "--data", "rows.csv", "--curve", "curve.csv"], 64, "has rows and a curve; name one"),
      (["verify", "-", "--data", "missing.csv"], 66, "cannot be opened"),
    ] as [([String], Int32, String)])
  func unusable(_ arguments: [String], _ status: Int32, _ message: String) throws {
    let run = try survkit(arguments, input: "arms: [{id: a, n: 10}, {id: b, n: 10}]\n")
    #expect(run.status == status, "\(run.err)")
    #expect(run.err.contains(message), "\(run.err)")
  }

  @Test("arms that the rows do not have are told")
  func unknownArms() throws {
    let run = try verify(VerifyCommandTests.lung, Array(VerifyCommandTests.rows.dropLast(2)))
    #expect(run.status == 64)
    #expect(run.err.contains("its arms are 1, 2") && run.err.contains("--arms"))
  }
}

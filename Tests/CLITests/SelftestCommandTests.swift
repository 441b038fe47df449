import Foundation
import Testing

/// `survkit selftest` as a user meets it: tables, files and statuses.
@Suite struct SelftestCommandTests {
  private func selftest(_ arguments: [String]) throws -> Run { try survkit(["selftest"] + arguments) }

  private func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("selftest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url)
  }

  /// S(1) = 3/4 on four rows; the check expects `surv`.
  private func suite(_ folder: URL, surv: String, more: String = "") throws -> String {
    try "time,event\n1,1\n2,0\n3,1\n4,0\n".write(
      to: folder.appendingPathComponent("four.csv"), atomically: true, encoding: .utf8)
    let file = folder.appendingPathComponent("suite.json")
    try """
    {"schema":"survkit-reference/1","checks":[{"id":"four","kind":"km_landmark","data":"four.csv",
    "analysis":{"time":"time","event":"event","times":[1]},"expected":{"curves":[{"surv":[\(surv)]}]},
    "tolerance":{"rel":1e-9,"abs":0}}\(more)]}
    """.write(to: file, atomically: true, encoding: .utf8)
    return file.path
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("without a suite: a line for each of a hundred checks and more, a summary, status 0")
  func builtIn() throws {
    let run = try selftest([])
    #expect(run.status == 0 && run.err.isEmpty)
    let lines = run.out.split(separator: "\n")
    #expect(lines[0].split(separator: " ") == ["check", "worst", "relative", "error", "digits", "result"])
    #expect(lines.filter { $0.hasSuffix(" pass") }.count >= 100)
    #expect(!run.out.contains("fail\n") && run.out.contains("\nall "))
  }

  @Test("JSON holds the verdict, the summary by kind and every check")
  func json() throws {
    let run = try selftest(["--format", "json", "--no-timestamp"])
    let document = try object(run.out)
    #expect(run.status == 0 && document["command"] as? String == "selftest")
    let result = try #require(document["result"] as? [String: Any])
    #expect(result["passed"] as? Bool == true)
    let kinds = try #require(result["kinds"] as? [[String: Any]])
    let checks = try #require(result["checks"] as? [[String: Any]])
    #expect(kinds.last?["kind"] as? String == "all" && kinds.last?["pass"] as? Int == checks.count)
    #expect(try selftest(["--format", "json", "--no-timestamp"]).out == run.out)
  }

  @Test("a wrong number: status 1, and what was expected")
  func failure() throws {
    try withFolder { folder in
      let run = try selftest(["--suite", try suite(folder, surv: "0.76")])
      #expect(run.status == 1)
      #expect(run.out.contains("four: fail: .curves[0].surv[0]: 0.75, expected 0.76"))
      let json = try selftest(["--suite", folder.appendingPathComponent("suite.json").path, "--format", "json"])
      #expect(json.status == 1)
      #expect((try object(json.out)["result"] as? [String: Any])?["passed"] as? Bool == false)
    }
  }

  @Test("a suite of which nothing can be run is no success")
  func nothingRun() throws {
    try withFolder { folder in
      let run = try selftest(["--suite", try suite(folder, surv: "null")])
      #expect(run.status == 1 && run.err.isEmpty)
      #expect(run.out.split(separator: "\n").last?.split(separator: " ").prefix(4) == ["all", "0", "0", "1"])
    }
  }

  @Test("a suite's checks are listed when asked for")
  func verbose() throws {
    try withFolder { folder in
      let path = try suite(folder, surv: "0.75")
      let short = try selftest(["--suite", path])
      #expect(short.status == 0 && !short.out.contains("four"))
      let long = try selftest(["--suite", path, "--verbose"])
      #expect(long.status == 0 && long.out.contains("four") && long.out.contains("17.0"))
    }
  }

  @Test("--emit writes what was computed, null for what cannot be run, and no file is replaced unasked")
  func emit() throws {
    try withFolder { folder in
      let cif = #",{"id":"later","kind":"cif","data":"four.csv","analysis":{},"expected":{"x":1}}"#
      let path = try suite(folder, surv: "0.75", more: cif)
      let file = folder.appendingPathComponent("actual.json").path
      #expect(try selftest(["--suite", path, "--emit", file]).status == 0)
      let document = try object(try String(contentsOfFile: file, encoding: .utf8))
      #expect(document["schema"] as? String == "survkit-selftest/1")
      let checks = try #require(document["checks"] as? [[String: Any]])
      #expect(checks.map { $0["status"] as? String } == ["pass", "unsupported"])
      let curves = try #require((checks[0]["actual"] as? [String: Any])?["curves"] as? [[String: Any]])
      #expect(curves[0]["surv"] as? [Double] == [0.75])
      #expect(checks[1]["actual"] is NSNull)
      #expect(try selftest(["--suite", path, "--emit", file]).status == 73)
      #expect(try selftest(["--suite", path, "--emit", file, "--force"]).status == 0)
      #expect(try selftest(["--suite", path, "--emit", "/dev/full"]).status == 74)
      let report = folder.appendingPathComponent("report.txt").path
      #expect(try selftest(["--suite", path, "-o", report]).status == 0)
      #expect(try String(contentsOfFile: report, encoding: .utf8).contains("km_landmark"))
    }
  }

  @Test("emitted numbers read back to the bit, and none is NaN or infinite")
  func emittedNumbers() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("actual.json").path
      #expect(try selftest(["--emit", file]).status == 0)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      // JSONDecoder reads a decimal to the nearest double (JSONSerialization does not).
      struct Document: Decodable {
        struct Check: Decodable {
          struct Actual: Decodable { let coef: [Double]? }
          let id: String
          let actual: Actual?
        }
        let checks: [Check]
      }
      let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
      let efron = try #require(document.checks.first { $0.id == "certified.lung.efron" }?.actual?.coef)
      #expect(efron.count == 5)
      for b in efron { #expect(text.contains("\(b)")) }
      #expect(!text.contains("nan") && !text.contains(": inf") && !text.contains("-inf"))
    }
  }

  @Test(
    "a suite that cannot be used has a message, the documented status, and no output",
    arguments: [
      ("nonsense", 65, "suite.json: is not JSON"), (#"{"schema":"other/1","checks":[]}"#, 65, "other/1"),
      (#"{"schema":"survkit-reference/1","checks":[]}"#, 65, "no checks"),
      (
        #"{"schema":"survkit-reference/1","checks":[{"id":"a","kind":"km","data":"none.csv","expected":{}}]}"#, 66,
        "none.csv: cannot be opened"
      ),
      (
        #"{"schema":"survkit-reference/1","checks":[{"id":"a","kind":"km","data":"bad.csv","expected":{}}]}"#, 65,
        "bad.csv: row 1"
      ),
    ])
  func trouble(text: String, status: Int32, message: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("suite.json")
      try text.write(to: file, atomically: true, encoding: .utf8)
      try "time,event\n1\n".write(to: folder.appendingPathComponent("bad.csv"), atomically: true, encoding: .utf8)
      let run = try selftest(["--suite", file.path])
      #expect(run.status == status && run.out.isEmpty)
      #expect(run.err.contains(message))
      #expect(try selftest(["--suite", folder.appendingPathComponent("none.json").path]).status == 66)
    }
  }
}

import Foundation
import ReferenceSuite
import Testing

/// `survkit selftest --bench`: a site's own cases.
@Suite struct SiteCaseTests {
  /// Two suites in one folder: S(1) = 3/4 on four rows, by the library and by the command.
  static func write(surv: String, in folder: URL) throws -> String {
    let site = folder.appendingPathComponent("site")
    let below = site.appendingPathComponent("command")
    try FileManager.default.createDirectory(at: below, withIntermediateDirectories: true)
    for place in [site, below] {
      try Data("time,event\n1,1\n2,0\n3,1\n4,0\n".utf8).write(to: place.appendingPathComponent("four.csv"))
    }
    try Data(
      """
      {"schema":"survkit-reference/1","checks":[{"id":"four","kind":"km_landmark","data":"four.csv",
      "analysis":{"time":"time","event":"event","times":[1]},"expected":{"curves":[{"surv":[\(surv)]}]},
      "tolerance":{"rel":1e-9},"source":"by hand"}]}
      """.utf8
    ).write(to: site.appendingPathComponent("expected.json"))
    try Data(
      """
      {"schema":"survkit-reference/1","checks":[
      {"id":"s1","kind":"command","data":"four.csv","arguments":["km","four.csv","--times","1","--format","json"],
       "expected":{"result":{"curves":[{"landmarks":{"surv":[\(surv)]}}]}},"tolerance":{"abs":0.005},"source":"by hand"},
      {"id":"refused","kind":"command","data":"four.csv","arguments":["km","four.csv","--time","day"],
       "expected":{"status":64,"message":"no column"},"source":"by hand"}]}
      """.utf8
    ).write(to: below.appendingPathComponent("expected.json"))
    return site.path
  }

  @Test("suites of the folder and of folders in it; statuses, messages and numbers; a wrong number is status 1")
  func cases() throws {
    try withFolder { folder in
      let site = try Self.write(surv: "0.75", in: folder)
      let run = try survkit(["selftest", "--bench", site, "--format", "json"])
      #expect(run.status == 0, "\(run.err)\(run.out)")
      let cases = try #require(try run.result()["site"]?["cases"]?.array)
      #expect(cases.compactMap { $0["id"]?.string } == ["four", "command/s1", "command/refused"])
      #expect(cases.allSatisfy { $0["status"]?.string == "pass" })
      #expect(cases[1]["expected"]?.string == "0" || cases[1]["path"]?.string?.contains("surv") == true)
    }
    try withFolder { folder in
      let site = try Self.write(surv: "0.77", in: folder)
      let run = try survkit(["selftest", "--bench", site])
      #expect(run.status == 1)
      #expect(run.out.contains("command/s1: fail: .result.curves[0].landmarks.surv[0]: 0.75, expected 0.77"))
    }
  }

  @Test("the worked example of docs/validation/site-cases.md passes")
  func example() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/examples/site-cases").standardizedFileURL.path
    let run = try survkit(["selftest", "--bench", folder])
    #expect(run.status == 0, "\(run.err)\(run.out)")
    #expect(run.out.contains("Result: PASS."))
  }

  @Test("folders without cases, and cases that lead out of their folder, are refused")
  func trouble() throws {
    try withFolder { folder in
      let none = try survkit(["selftest", "--bench", folder.path])
      #expect(none.status == 66 && none.err.contains("has no expected.json"))
      #expect(try survkit(["selftest", "--bench", "\(folder.path)/none"]).status == 66)
      for words in [#"["km","/etc/passwd"]"#, #"["km","-o","../x"]"#, "[]"] {
        try Data(
          #"{"schema":"survkit-reference/1","checks":[{"id":"a","kind":"command","arguments":\#(words),"expected":{}}]}"#
            .utf8
        ).write(to: folder.appendingPathComponent("expected.json"))
        let run = try survkit(["selftest", "--bench", folder.path])
        #expect(run.status == 65 && run.out.isEmpty && run.err.contains("check a"), "\(words)")
      }
    }
  }
}

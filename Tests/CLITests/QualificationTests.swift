import Foundation
import ReferenceSuite
import Testing

/// `survkit selftest --iq` and `--oq`.
@Suite struct QualificationTests {
  private func result(_ arguments: [String]) throws -> JSONTree {
    let run = try survkit(["selftest"] + arguments + ["--format", "json", "--no-timestamp"])
    #expect(run.status == 0, "\(run.err)\(run.out.suffix(2000))")
    return try run.result()
  }

  /// The standard output of a program of the system.
  private func output(_ words: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }

  private var program: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("survkit").path
  }

  @Test("--iq: the digest is sha256sum's, kernel and C library are what the system's own programs say")
  func installation() throws {
    let found = try #require(try result(["--iq"])["installation"])
    #expect(found["passed"]?.isTrue == true)
    let digest = try output(["sha256sum", program]).prefix(64)
    #expect(found["program"]?["sha256"]?.string == String(digest))
    let size = try FileManager.default.attributesOfItem(atPath: program)[.size] as? Int
    #expect(found["program"]?["bytes"]?.string == size.map { "\($0)" })
    #expect(found["program"]?["file"]?.string == "survkit")
    let kernel = try output(["uname", "-srm"]).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(found["computer"]?["kernel"]?.string == kernel)
    let library = try output(["getconf", "GNU_LIBC_VERSION"]).trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(found["computer"]?["c_library"]?.string == library)
    #expect(found["libraries"]?["openblas"]?.string?.contains("OpenBLAS") == true)
  }

  @Test("--iq names the version of Yams that Package.resolved pins")
  func pinnedVersion() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Package.resolved")
    let pins = try #require(try JSONTree.parse(Data(contentsOf: file))["pins"]?.array)
    let yams = pins.first { $0["identity"]?.string == "yams" }?["state"]?["version"]?.string
    #expect(try result(["--iq"])["installation"]?["libraries"]?["yams"]?.string == yams)
  }

  @Test("a missing outside program is a note, not a failure")
  func missingPrograms() throws {
    let run = try survkit(["selftest", "--iq", "--format", "json"], environment: ["PATH": "/nowhere"])
    #expect(run.status == 0)
    let found = try #require(try run.result()["installation"])
    #expect(found["programs"]?["renderer"]?.string == "not found")
    let figures = found["checks"]?.array?.first { $0["check"]?.string?.contains("PDF") == true }
    #expect(figures?["status"]?.string == "note")
  }

  @Test("--oq: every case passes, has a requirement that exists and a source; instruction sets agree")
  func operation() throws {
    let found = try #require(try result(["--oq"])["operation"])
    #expect(found["passed"]?.isTrue == true)
    let cases = try #require(found["cases"]?.array)
    #expect(cases.count >= 300)
    let ids = Set(Requirement.all.map(\.id))
    for item in cases {
      let id = item["id"]?.string ?? "?"
      let own = item["requirements"]?.array?.compactMap(\.string) ?? []
      #expect(!own.isEmpty && ids.isSuperset(of: own), "\(id): \(own)")
      #expect(item["status"]?.string == "pass", "\(id): \(item["details"]?.array?.compactMap(\.string) ?? [])")
      #expect(item["source"]?.string?.isEmpty == false, "\(id)")
    }
    let commands = Set(cases.compactMap { $0["arguments"]?.array?.first?.string })
    #expect(
      commands.isSuperset(of: [
        "fit", "km", "test", "cox", "aft", "cif", "rmst", "design", "simulate", "reconstruct", "verify", "plot",
        "explain",
        "teach", "report",
      ]))
  }

  @Test("one report of all parts, in every format, with lines to sign and no folder of this computer")
  func report() throws {
    try withFolder { folder in
      let site = try SiteCaseTests.write(surv: "0.75", in: folder)
      for (format, mark) in [
        ("md", "| Executed by |"), ("html", "<h2>Signatures</h2>"), ("latex", "Executed by"), ("rtf", "Executed by"),
        ("text", "Executed by"),
      ] {
        let run = try survkit([
          "selftest", "--iq", "--oq", "--bench", site, "--format", format, "--no-timestamp", "-o",
          "\(folder.path)/report.\(format)",
        ])
        #expect(run.status == 0 && run.out.isEmpty, "\(run.err)")
        let text = try String(contentsOfFile: "\(folder.path)/report.\(format)", encoding: .utf8)
        #expect(text.contains(mark) && text.contains("Installation qualification"), "\(format)")
        #expect(text.contains("REQ-KM-01") && text.contains("certified.lung.km"), "\(format)")
        #expect(!text.contains(folder.path), "\(format)")
      }
    }
  }

  @Test(
    "options of the table of checks do not go with a report",
    arguments: ["--suite=a.json", "--emit=a.json", "--verbose"])
  func conflicts(option: String) throws {
    let run = try survkit(["selftest", "--iq", option])
    #expect(run.status == 64 && run.err.contains("without --iq, --oq and --bench"))
  }
}

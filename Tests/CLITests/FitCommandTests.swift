import Foundation
import Testing

/// The whole binary, as a user meets it: exit status, what goes to which stream, no file left behind.
@Suite struct FitCommandTests {
  struct Run {
    let status: Int32
    let out: String
    let err: String
  }

  private func survkit(_ arguments: [String], input: String = "") throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("survkit")
    process.arguments = arguments
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (stdin, stdout, stderr)
    try process.run()
    stdin.fileHandleForWriting.write(Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let out = stdout.fileHandleForReading.readDataToEndOfFile()
    let err = stderr.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, out: String(decoding: out, as: UTF8.self),
      err: String(decoding: err, as: UTF8.self))
  }

  private static let trial = "time,event,arm\n1,1,a\n2,1,b\n3,0,b\n4,1,a\n5,1,b\n6,0,a\n"

  private func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("survkit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  @Test("the table goes to standard output, nothing to standard error, and names its conventions")
  func table() throws {
    let run = try survkit(["fit", "-"], input: Self.trial)
    #expect(run.status == 0 && run.err.isEmpty)
    #expect(run.out.contains("event = 1: 4 events, 2 censored"))
    #expect(run.out.contains("Hazard ratio, b against a"))
    #expect(run.out.contains("Conventions (r): CI of S(t) log, median by the rule of r, ties efron"))
    let sas = try survkit(["fit", "-", "--like", "sas"], input: Self.trial)
    #expect(sas.out.contains("CI of S(t) log-log") && sas.out.contains("ties breslow"))
  }

  @Test("JSON parses, repeats to the byte and holds the numbers of the table")
  func json() throws {
    let first = try survkit(["fit", "-", "--format", "json"], input: Self.trial)
    #expect(try survkit(["fit", "-", "--format", "json"], input: Self.trial).out == first.out)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(first.out.utf8)) as? [String: Any])
    #expect(document["schema"] as? String == "survkit/1")
    let result = try #require(document["result"] as? [String: Any])
    let curves = try #require((result["km"] as? [String: Any])?["curves"] as? [[String: Any]])
    // Arm a: at risk 3, 2, 1 with events at 1 and 4: S = 2/3, 1/3.
    let survival = try #require(curves[0]["surv"] as? [Double])
    #expect(zip(survival, [2.0 / 3, 1.0 / 3, 1.0 / 3]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test(
    "trouble has a message, the documented status, and no output",
    arguments: [
      (["--arm", "x"], trial, 64, "no column \"x\""), (["--level", "2"], trial, 64, "confidence level"),
      (["--like", "spss"], trial, 64, "spss"), ([], "", 65, "is empty"), ([], "time,event\n1\n", 65, "row 1"),
      ([], "time,event\n1,1\nabc,1\n", 65, "row 2, column \"time\""),
      ([], "time,event\n-1,1\n", 65, "negative"), ([], "time,event\nnan,1\n", 65, "decimal number"),
      ([], "time,event\n1,1\n2,2\n", 65, "--event-values"), ([], "t,event\n1,1\n", 65, "--time"),
    ])
  func trouble(options: [String], input: String, status: Int32, message: String) throws {
    let run = try survkit(["fit", "-"] + options, input: input)
    #expect(run.status == status && run.out.isEmpty)
    #expect(run.err.contains(message))
  }

  @Test("one arm, an arm without events, no events at all: a table that says so")
  func thinData() throws {
    let one = try survkit(["fit", "-"], input: "time,event\n1,1\n2,0\n")
    #expect(one.status == 0 && one.out.contains("one arm only"))
    let silent = try survkit(["fit", "-"], input: "time,event,arm\n1,0,a\n2,1,b\n3,1,b\n4,0,a\n")
    #expect(silent.status == 0 && silent.out.contains("a: no events") && silent.out.contains("not estimable"))
    let none = try survkit(["fit", "-"], input: "time,event,arm\n1,0,a\n2,0,b\n")
    #expect(none.status == 0 && none.out.contains("no events: nothing to compare"))
  }

  @Test("files appear whole, are not overwritten unasked, and a write that fails is an error")
  func output() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("out.txt").path
    #expect(try survkit(["fit", "-", "-o", file], input: Self.trial).status == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("Hazard ratio"))
    #expect(try survkit(["fit", "-", "-o", file, "--like", "sas"], input: Self.trial).status == 73)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
    #expect(try survkit(["fit", "-", "-o", file, "--like", "sas", "--force"], input: Self.trial).status == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8) != text)
    #expect(try survkit(["fit", "-", "-o", "/dev/full"], input: Self.trial).status == 74)
    #expect(try survkit(["fit", "-", "-o", "\(file)/below"], input: Self.trial).status == 73)
    #expect(try survkit(["fit", folder.appendingPathComponent("none.csv").path]).status == 66)
    #expect(try survkit(["fit", folder.path]).status == 66)
    let figure = folder.appendingPathComponent("km.svg").path
    #expect(try survkit(["fit", "-", "--plot", figure], input: Self.trial).status == 0)
    #expect(try String(contentsOfFile: figure, encoding: .utf8).contains("<title"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["km.svg", "out.txt"])
  }
}

import Foundation
import Testing

/// What a file or a stream that cannot take the output does to a call, and what a call does to files: no form of output loses
/// results with status 0, and nothing half-written stands under a name that was asked for.
@Suite struct OutputSafetyTests {
  private static let trial = "time,event,arm\n1,1,a\n2,1,b\n3,0,b\n4,1,a\n5,1,b\n6,0,a\n"
  private static let curve = "time,survival\n0,1\n2,0.8\n4,0.6\n6,0.5\n"
  private static let catalogue = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../data").standardized.path

  private static let streams: [[String]] =
    ["text", "json", "md", "html", "latex", "rtf", "ard-csv", "ard-json"].map { ["fit", "-", "--format", $0] }
    + [["report", "-"], ["plot", "-", "-o", "-"], ["teach", "-"], ["explain", "-"], ["selftest"]]
    + [["verify", "--template"], ["--version"], ["km", "--help"]]

  @Test("a full disk behind standard output is status 74, in every form", arguments: streams)
  func fullStream(call: [String]) throws {
    #expect(try survkit(call + ["--quiet"].filter { _ in call.contains("fit") }, input: Self.trial).status == 0)
    #expect(try survkit(call, input: Self.trial, output: "/dev/full").status == 74)
  }

  @Test("a pipe that nobody reads is status 74, not a signal", arguments: streams)
  func closedPipe(call: [String]) throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let run = try Started(call, input: Self.trial, output: pipe.fileHandleForWriting)
    #expect(run.end() == .exit(74))
  }

  @Test("a full disk behind a file is status 74: -o, figures, rows, emitted checks, the report of reproduce")
  func fullFile() throws {
    try withFolder { folder in
      func full(_ name: String) throws -> String {
        let path = folder.appendingPathComponent(name).path
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/dev/full")
        return path
      }
      let curve = folder.appendingPathComponent("curve.csv").path
      try Self.curve.write(toFile: curve, atomically: true, encoding: .utf8)
      let rebuild = ["reconstruct", "--curve", curve, "--n", "20", "--repeats", "0"]
      let calls: [[String]] = [
        ["fit", "-", "-o", "/dev/full"], ["fit", "-", "--format", "json", "-o", "/dev/full"],
        ["report", "-", "-o", try full("r.html")], ["report", "-", "-o", try full("r.csv")],
        ["plot", "-", "-o", try full("f.svg")], ["plot", "-", "-o", try full("f.pdf")],
        ["plot", "-", "-o", try full("f.png")], ["fit", "-", "--plot", try full("g.svg")],
        rebuild + ["-o", try full("rows.csv")], rebuild + ["--plot", try full("rows.svg")],
        ["selftest", "--emit", "/dev/full"], ["selftest", "-o", "/dev/full"],
      ]
      for call in calls {
        let run = try survkit(call, input: Self.trial)
        #expect(run.status == 74 && run.err.contains("writing failed"), "\(call): \(run.status) \(run.err)")
      }
      let out = folder.appendingPathComponent("out")
      try FileManager.default.createDirectory(at: out, withIntermediateDirectories: false)
      try FileManager.default.createSymbolicLink(
        atPath: out.appendingPathComponent("index.html").path, withDestinationPath: "/dev/full")
      let whole = ["reproduce", "card", "--data", Self.catalogue, "--out", out.path, "--repeats", "0"]
      #expect(try survkit(whole).status == 74)
    }
  }

  @Test("where no file can be made: a missing folder, a folder of that name, a folder that takes no files")
  func noPlace() throws {
    try withFolder { folder in
      let sealed = folder.appendingPathComponent("sealed")
      try FileManager.default.createDirectory(
        at: sealed, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o555])
      defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sealed.path) }
      // Nobody makes files in /proc; the superuser makes them in any other folder.
      let closed = getuid() == 0 ? "/proc" : sealed.path
      for place in [folder.path, folder.path + "/", "\(folder.path)/none/x.svg", "\(closed)/x.svg", ""] {
        for call in [["fit", "-", "-o", place], ["plot", "-", "-o", place], ["fit", "-", "--plot", place]] {
          let run = try survkit(call, input: Self.trial)
          // A name that ends in no format of a figure is a fault of the call.
          #expect(run.status == 73 || (run.status == 64 && call != ["fit", "-", "-o", place]), "\(call) \(run)")
          #expect(run.out.isEmpty && run.err.filter { $0 == "\n" }.count == 1, "\(call) \(run)")
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["sealed"])
      #expect(try FileManager.default.contentsOfDirectory(atPath: sealed.path).isEmpty)
    }
  }

  @Test("what is read is not replaced by way of a hard link or of another spelling; two outputs are not one file")
  func otherNames() throws {
    try withFolder { folder in
      let data = folder.appendingPathComponent("trial.csv").path
      let hard = folder.appendingPathComponent("hard.svg").path
      try Self.trial.write(toFile: data, atomically: false, encoding: .utf8)
      try FileManager.default.linkItem(atPath: data, toPath: hard)
      let here = folder.path
      for other in [hard, "\(here)/./trial.csv", "\(here)/../\(folder.lastPathComponent)/trial.csv"] {
        let run = try survkit(["fit", data, "-o", other, "--force"])
        #expect(run.status == 73 && run.err.contains("is read by this call"), "\(other): \(run)")
      }
      #expect(try survkit(["plot", data, "-o", hard, "--force"]).status == 73)
      #expect(try String(contentsOfFile: hard, encoding: .utf8) == Self.trial)
      let twice = try survkit(["fit", data, "-o", "\(here)/km.svg", "--plot", "\(here)/./km.svg", "--force"])
      #expect(twice.status == 73 && twice.err.contains("two outputs"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: here).sorted() == ["hard.svg", "trial.csv"])
    }
  }

  @Test("--force keeps the mode and breaks no link; a name of 255 bytes can be written; a pipe stays one")
  func kinds() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("out.txt").path
      for mode in [0o600, 0o640, 0o664] {
        #expect(FileManager.default.createFile(atPath: file, contents: Data("old".utf8)))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        #expect(try survkit(["km", "-", "-o", file], input: Self.trial).status == 73)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "old")
        #expect(try survkit(["km", "-", "-o", file, "--force"], input: Self.trial).status == 0)
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == mode)
        #expect(try String(contentsOfFile: file, encoding: .utf8).contains("Conventions"))
        try FileManager.default.removeItem(atPath: file)
      }
      let long = folder.appendingPathComponent(String(repeating: "n", count: 255)).path
      #expect(try survkit(["km", "-", "-o", long], input: Self.trial).status == 0)
      try FileManager.default.removeItem(atPath: long)

      let pipe = folder.appendingPathComponent("pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let run = try Started(["km", "-", "-o", pipe], input: Self.trial)
      let reader = try #require(FileHandle(forReadingAtPath: pipe))
      let read = String(decoding: reader.readDataToEndOfFile(), as: UTF8.self)
      #expect(run.end() == .exit(0))
      #expect(try read == survkit(["km", "-"], input: Self.trial).out)
      #expect(try FileManager.default.attributesOfItem(atPath: pipe)[.type] as? FileAttributeType != .typeRegular)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["pipe"])
    }
  }

  @Test("killed in the middle of a write: the old file or the whole new one; asked to end: no temporary file either")
  func killed() throws {
    try withFolder { folder in
      let rows = "time,event\n" + (1...20_000).map { "\($0).5,\($0 % 3)\n" }.joined()
      let data = folder.appendingPathComponent("large.csv").path
      try rows.replacingOccurrences(of: ",2\n", with: ",1\n").write(toFile: data, atomically: true, encoding: .utf8)
      let out = folder.appendingPathComponent("out").path
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: false)
      let file = "\(out)/km.json"
      let call = ["km", data, "--format", "json", "--no-timestamp", "-o", file, "--force", "--quiet"]
      #expect(try survkit(call).status == 0)
      let whole = try Data(contentsOf: URL(fileURLWithPath: file))
      try #require(whole.count > 1_000_000)
      var halves = 0
      for round in 0..<12 {
        for name in try FileManager.default.contentsOfDirectory(atPath: out) {
          try FileManager.default.removeItem(atPath: "\(out)/\(name)")
        }
        let isReplacing = round % 2 == 0
        if isReplacing { try Data("old".utf8).write(to: URL(fileURLWithPath: file)) }
        let run = try Started(call)
        // Until the temporary file is there, then a little more, each time another while.
        while run.isRunning, try !FileManager.default.contentsOfDirectory(atPath: out).contains(where: isTemporary) {
          usleep(100)
        }
        usleep(UInt32(round * 300))
        let signal = round % 3 == 2 ? SIGTERM : SIGKILL
        run.send(signal)
        let end = run.end()
        let left = try FileManager.default.contentsOfDirectory(atPath: out)
        let found = try? Data(contentsOf: URL(fileURLWithPath: file))
        #expect(found == whole || (isReplacing ? found == Data("old".utf8) : found == nil), "half a file: \(end)")
        if signal == SIGTERM { #expect(!left.contains(where: isTemporary) && found == whole, "\(left) \(end)") }
        halves += left.contains(where: isTemporary) ? 1 : 0
      }
      // Else the kills came before or after the writes, and nothing was tried.
      #expect(halves > 0)
    }
  }

  private func isTemporary(_ name: String) -> Bool { name.hasPrefix(".survkit-") }
}

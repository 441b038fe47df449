import Foundation
import Testing

/// Files of every format through the whole program; the files are those of TrialDataTests.
@Suite struct FileFormatCommandTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("TrialDataTests/Resources")
  private static let columns = ["--time", "AVAL", "--event", "CNSR", "--arm", "TRTA"]

  private static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func json(_ name: String, _ more: [String] = []) throws -> (whole: [String: Any], result: NSObject) {
    let run = try survkit(
      ["fit", Self.path(name)] + Self.columns + [
        "--times", "5,10", "--tau", "20", "--format", "json", "--no-timestamp",
      ] + more)
    #expect(run.status == 0, "\(name): \(run.err)")
    let whole = try run.json()
    return (whole, try #require(whole["result"] as? NSObject))
  }

  /// The result of an analysis has the same bits as that of the CSV file.
  @Test(arguments: [
    "trial.csv.gz", "members.csv.gz", "trial.tsv", "trial.json", "trial.ndjson", "trial-v5.xpt", "trial-v8.xpt",
    "trial.sas7bdat", "trial-rle.sas7bdat", "trial-8.dta", "trial-10.dta", "trial-12.dta", "trial-13.dta",
    "trial-14.dta", "trial-15.dta", "pandas-114.dta", "pandas-117.dta", "pandas-118.dta", "trial-none.sav",
    "trial-byte.sav", "trial-zsav.sav",
  ])
  func resultsAreThoseOfTheCSVFile(_ name: String) throws {
    #expect(try json(name).result == json("trial.csv").result)
  }

  @Test func theAccountSaysWhatWasRead() throws {
    let whole = try json("trial-v5.xpt").whole
    let data = try #require(whole["data"] as? [String: Any])
    #expect(data["format"] as? String == "xport-v5")
    #expect(data["encoding"] as? String == "UTF-8")
    let special = try #require(data["special_missing"] as? [[String: Any]])
    #expect(special.count == 27)
    #expect(special.first?["column"] as? String == "AGE")
    // The checksum is that of the file as it lies there.
    let input = try #require((whole["provenance"] as? [String: Any])?["input"] as? [String: Any])
    #expect(input["bytes"] as? Int == (try Data(contentsOf: URL(fileURLWithPath: Self.path("trial-v5.xpt"))).count))
    let text = try survkit(["fit", Self.path("trial-v5.xpt")] + Self.columns)
    #expect(text.out.hasPrefix("trial-v5.xpt (SAS transport v5): 64 rows read, 62 used"))
    let cox = try survkit(
      ["cox", Self.path("trial-v5.xpt"), "--time", "AVAL", "--event", "CNSR", "--model", "AGE"])
    #expect(cox.out.contains("Special missing values of the file are missing values here: AGE ._ (1), AGE .A (1)"))
  }

  @Test func valueLabelsNameTheArms() throws {
    for name in ["trial-14.dta", "trial-byte.sav"] {
      let file = Self.path(name)
      let byCode = try survkit(["fit", file] + Self.columns + ["--reference", "2"])
      let byLabel = try survkit(["fit", file] + Self.columns + ["--reference", "Verum é"])
      #expect(byCode.out == byLabel.out)
      #expect(byLabel.out.contains("Hazard ratio, Placebo against Verum é"))
      let unknown = try survkit(["fit", file] + Self.columns + ["--reference", "Verum"])
      #expect(unknown.status == 64)
      let one = try survkit(["km", file] + Self.columns + ["--where", "TRTA=Placebo"])
      #expect(one.out.contains("33 excluded") || one.out.contains("32 excluded"))
      #expect(one.out.contains("Placebo: 31 subjects"))
      let coding = try survkit(["km", file, "--time", "AVAL", "--event", "TRTA"])
      #expect(coding.status == 65)
      #expect(coding.err.contains("1 = Placebo (31), 2 = Verum é (31)"))
    }
  }

  /// New subjects of a prediction come in any format as well.
  @Test func predictionsOfNewSubjects() throws {
    func predicted(_ name: String) throws -> NSObject? {
      let run = try survkit([
        "cox", Self.path("trial.csv"), "--time", "AVAL", "--event", "CNSR", "--model", "TRTA + WT", "--predict",
        Self.path(name), "--times", "5", "--format", "json", "--no-timestamp",
      ])
      #expect(run.status == 0, "\(run.err)")
      return try run.json()["result"] as? NSObject
    }
    #expect(try predicted("trial.sas7bdat") == predicted("trial.csv"))
  }

  @Test func aFileThatIsNotWhatItsNameSays() throws {
    try withFolder { folder in
      let copy = folder.appendingPathComponent("trial.csv")
      try FileManager.default.copyItem(atPath: Self.path("trial-v8.xpt"), toPath: copy.path)
      let run = try survkit(["fit", copy.path] + Self.columns)
      #expect(run.status == 0)
      #expect(run.out.contains("The content of trial.csv is not what its name says: it was read as SAS transport v8"))
    }
  }

  /// The program that reads SAS, Stata and SPSS files is missing, crashes, takes too long, stops early, or talks nonsense.
  @Test func aSecondProgramInTrouble() throws {
    try withFolder { folder in
      let own = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("survkit")
      let copy = folder.appendingPathComponent("survkit")
      try FileManager.default.copyItem(at: own, to: copy)
      func run(_ file: String) throws -> (status: Int32, said: String) {
        let process = Process()
        process.executableURL = copy
        process.arguments = ["km", Self.path(file)] + Self.columns
        process.environment = ["PATH": folder.path]
        let pipe = Pipe()
        (process.standardError, process.standardOutput) = (pipe, FileHandle.nullDevice)
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
      }
      #expect(try run("trial.json").status == 0)
      let missing = try run("trial-v5.xpt")
      #expect(missing.status == 69)
      #expect(missing.said.contains("--product survkit-readstat"))
      let other = folder.appendingPathComponent("survkit-readstat")
      let troubles = [
        ("kill -SEGV $$", "crashed (signal 11)"), ("kill -XCPU $$", "stopped after 4 seconds"),
        ("exit 0", "stopped before the end"), ("echo 0123456789", "went astray"),
        ("/usr/bin/printf 'Z\\004\\0\\0\\0''1\\0''9\\0'", "went astray"),
        ("/usr/bin/printf 'C\\004\\0\\0\\0''a,b'", "stopped before the end"),
      ]
      for (script, message) in troubles {
        try Data("#!/bin/sh\n/bin/cat > /dev/null\n\(script)\n".utf8).write(to: other)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: other.path)
        let found = try run("trial-14.dta")
        #expect(found.status == 65, "\(script)")
        #expect(found.said.contains(message), "\(script): \(found.said)")
      }
    }
  }

  /// The second program says what it lacks, and is ended where it works too long: 1 s for a file of 40 MB of Stata.
  @Test func limitsOfTheSecondProgram() throws {
    func run(_ words: [String], _ input: Data) throws -> (end: Int32, said: String) {
      var (end, said) = (Int32(-1), Data())
      try withFolder { folder in
        let file = folder.appendingPathComponent("input")
        try input.write(to: file)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
          .deletingLastPathComponent().appendingPathComponent("survkit-readstat")
        process.arguments = words
        process.standardInput = try FileHandle(forReadingFrom: file)
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        said = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        end = process.terminationStatus
      }
      return (end, String(decoding: said.prefix(200), as: UTF8.self))
    }
    // Under a sanitizer (scripts/sanitize) the program has terabytes of shadow memory, and no limit.
    if ProcessInfo.processInfo.environment["ASAN_OPTIONS"] == nil {
      let large = try run(["dta", "1000000000", "100000000", "4"], Data())
      #expect(large.said.contains("memory\0there is no memory for the file"))
    }
    #expect(try run(["dta", "100", "100000000", "4"], Data(count: 50)).said.contains("did not come through whole"))
    #expect(try run(["dta"], Data()).end == 64)
    // Stata version 114: one column of one byte, 7 in every row.
    let rows = 40_000_000
    var bytes = [UInt8](repeating: 0, count: 109)
    bytes.replaceSubrange(
      0..<10, with: [114, 2, 1, 0, 1, 0] + (0..<4).map { UInt8(truncatingIfNeeded: rows >> (8 * $0)) })
    bytes += [251, 0x78] + [UInt8](repeating: 0, count: 32) + [0, 0, 0, 0] + Array("%8.0g".utf8)
    bytes += [UInt8](repeating: 0, count: 44 + 33 + 81 + 5)
    let whole = Data(bytes) + Data(repeating: 7, count: rows)
    let end = try run(["dta", String(whole.count), "1000000000", "1"], whole)
    #expect(end.end == SIGXCPU, "\(end)")
  }

  /// The path of `data`, packed by gzip, in a folder.
  private func packed(_ data: Data, _ folder: URL) throws -> String {
    let plain = folder.appendingPathComponent("t.csv")
    try data.write(to: plain)
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", "-9f", plain.path]
    try gzip.run()
    gzip.waitUntilExit()
    return plain.path + ".gz"
  }

  /// Zeros pack to a 1030th, which no table does.
  @Test func filesThatUnpackBeyondMeasure() throws {
    try withFolder { folder in
      let run = try survkit(["km", packed(Data(count: 32 << 20), folder)])
      #expect(run.status == 65)
      #expect(run.err.contains("unpacks to more than 1000 times its size"))
    }
  }

  @Test func memoryThatUnpackingTakesCounts() throws {
    try withFolder { folder in
      // A megabyte of one row, repeated: it packs to a few thousand bytes.
      let text = "time,event\n" + String(repeating: "1.25,1\n", count: 150_000)
      let packed = try packed(Data(text.utf8), folder)
      let refused = try survkit(["test", packed, "--max-memory", "500K"])
      #expect(refused.status == 75)
      #expect(refused.err.contains("--max-memory"))
      #expect(try survkit(["km", packed, "--max-memory", "1G"]).status == 0)
    }
  }
}

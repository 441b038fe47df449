import Foundation
import ReferenceSuite
import Testing

/// What every command shares: the options on rows and columns, the JSON envelope, output that is whole or not there.
@Suite struct SharedOptionTests {
  private static let trial = "time,event,arm\n1,1,a\n2,1,b\n3,0,b\n4,1,a\n5,1,b\n6,0,a\n"
  private static let commands = ["fit", "km", "test", "cox"]

  @Test("the envelope: provenance, settings, account, warnings, result", arguments: commands)
  func envelope(command: String) throws {
    let run = try survkit([command, "-", "--format", "json"], input: Self.trial)
    let document = try run.json()
    #expect(run.status == 0 && run.err.isEmpty)
    #expect(document["schema"] as? String == "survkit/1" && document["command"] as? String == command)
    let provenance = try #require(document["provenance"] as? [String: Any])
    #expect(provenance["argv"] as? [String] == ["survkit", command, "-", "--format", "json"])
    let input = try #require(provenance["input"] as? [String: Any])
    // As sha256sum of coreutils gives it for these 51 bytes.
    #expect(input["sha256"] as? String == "74ea4308afb8bd410c2dfcad5d38adc7fb8fd804faf788c6f190c1ecc131dfe1")
    #expect(input["bytes"] as? Int == 51)
    let algebra = try #require(provenance["linear_algebra"] as? [String: Any])
    #expect((algebra["library"] as? String)?.contains("OpenBLAS") == true && algebra["threads"] as? Int == 1)
    #expect((provenance["started_utc"] as? String)?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
    let settings = try #require(document["settings"] as? [String: Any])
    for key in ["like", "level", "conf_type", "quantile_rule", "tie_tolerance", "missing", "where", "columns"] {
      #expect(settings[key] != nil, "\(key)")
    }
    #expect((document["data"] as? [String: Any])?["rows_used"] as? Int == 6)
    #expect(document["warnings"] is [Any] && document["result"] is [String: Any])
  }

  @Test("without the time of the run, the same call gives the same bytes", arguments: commands)
  func repeats(command: String) throws {
    let call = [command, "-", "--format", "json", "--no-timestamp"]
    let first = try survkit(call, input: Self.trial).out
    #expect(try !first.isEmpty && survkit(call, input: Self.trial).out == first && !first.contains("started_utc"))
  }

  @Test("no folder reaches the document, in whatever form the paths were given")
  func noFolders() throws {
    try withFolder { folder in
      let data = folder.appendingPathComponent("trial.csv")
      try Data(Self.trial.utf8).write(to: data)
      let figure = folder.appendingPathComponent("km.svg").path
      let out = folder.appendingPathComponent("out.json").path
      #expect(
        try survkit(["fit", data.path, "--format", "json", "--plot=\(figure)", "-o", out, "--quiet"]).status == 0)
      let text = try String(contentsOfFile: out, encoding: .utf8)
      #expect(!text.contains(folder.lastPathComponent))
      for word in ["\"trial.csv\"", "\"--plot=km.svg\"", "\"out.json\""] { #expect(text.contains(word), "\(word)") }
    }
  }

  @Test(
    "every null has its reason beside it",
    arguments: [
      ["km", "-", "--times", "1,99"], ["km", "-", "--like", "sas"], ["fit", "-", "--tau", "99", "--times", "99"],
      ["cox", "-"], ["cox", "-", "--robust"], ["test", "-", "--test", "log-rank", "--test", "fh:0,1"],
    ])
  func nulls(call: [String]) throws {
    // S reaches 0 in arm b and one half never in arm a, and the only events are in b: the coefficient runs away.
    let input = "time,event,arm\n1,1,b\n2,1,b\n3,0,a\n4,0,a\n5,1,b\n6,0,a\n"
    let run = try survkit(call + ["--format", "json", "--quiet"], input: input)
    #expect(run.status == 0)
    var nulls = 0
    func hasNull(_ value: Any) -> Bool {
      if value is NSNull { return true }
      return (value as? [Any])?.contains(where: hasNull) ?? false
    }
    func walk(_ value: Any, _ path: String) {
      for (position, element) in ((value as? [Any]) ?? []).enumerated() { walk(element, "\(path)[\(position)]") }
      guard let object = value as? [String: Any] else { return }
      let reasons = object["null_reasons"] as? [String: Any] ?? [:]
      for (key, member) in object where key != "null_reasons" {
        #expect(hasNull(member) == (reasons[key] != nil), "\(path).\(key)")
        nulls += hasNull(member) ? 1 : 0
        walk(member, "\(path).\(key)")
      }
    }
    // Foundation's reader refuses NaN and Infinity.
    walk(try run.json(), "")
    #expect(nulls > 0 || call[0] == "test")
  }

  @Test("--where keeps rows by the text of a column and counts the others apart")
  func conditions() throws {
    // ADaM: several parameters in one file; CNSR = 0 is an event. The negative AVAL belongs to another parameter.
    let input =
      "PARAMCD,AVAL,CNSR,TRT01P,SEX\nOS,1,0,A,F\nOS,2,1,B,M\nOS,3,0,B,F\nOS,4,0,A,F\nQT,-7,0,A,F\nPFS,1,0,B,\"M, F\"\n"
    let run = try survkit(["km", "-", "--where", "PARAMCD=OS", "--format", "json"], input: input)
    let data = try #require(try run.json()["data"] as? [String: Any])
    #expect(data["rows_read"] as? Int == 6 && data["rows_excluded"] as? Int == 2 && data["rows_used"] as? Int == 4)
    #expect(data["events"] as? Int == 3)
    func used(_ conditions: [String]) throws -> String {
      try survkit(["km", "-"] + conditions.flatMap { ["--where", $0] }, input: input).out
    }
    #expect(try used(["PARAMCD=OS"]).contains("6 rows read, 2 excluded by --where PARAMCD=OS, 4 used"))
    #expect(try used(["PARAMCD=OS", "SEX=F"]) == used(["PARAMCD=OS,SEX=F"]))
    #expect(try used(["PARAMCD=OS,SEX=F"]).contains("3 excluded by --where PARAMCD=OS and SEX=F, 3 used"))
    #expect(try used(["SEX=M, F"]).contains("5 excluded by --where SEX=M, F, 1 used"), "a value may hold a comma")
  }

  @Test(
    "conditions, weights and intervals that cannot be used", arguments: commands,
    [
      ("time,event,arm\n1,1,a\n2,1,b\n", ["--where", "site=1"], 64, "no column \"site\""),
      ("time,event,arm\n1,1,a\n2,1,b\n", ["--where", "arm=c"], 64, "no row has arm=c"),
      ("time,event,arm\n1,1,a\n2,1,b\n", ["--where", "arm"], 64, "COLUMN=VALUE"),
      ("time,event,arm\n1,1,a\n2,1,b\n", ["--where", "=a"], 64, "COLUMN=VALUE"),
      ("time,event,arm\n1,1,a\n2,1,b\n", ["--tie-tolerance", "0.5"], 64, "tie tolerance"),
      ("time,event,arm\n1,1,a\n2,1,b\n", ["--reference", "c"], 64, "the arms are a, b"),
      ("s,time,event,arm\n0,1,1,a\n2,2,1,b\n", ["--start", "s"], 65, "row 2, column \"s\""),
      ("s,time,event,arm\n0,1,1,a\n3,2,1,b\n", ["--start", "s"], 65, "row 2, column \"s\""),
      ("time,event,arm\n1,1,a\n2,,b\n", ["--missing", "fail"], 65, "row 2, column \"event\""),
    ])
  func trouble(command: String, call: (input: String, options: [String], status: Int32, message: String)) throws {
    let run = try survkit([command, "-"] + call.options, input: call.input)
    #expect(run.status == call.status && run.out.isEmpty && run.err.contains(call.message), "\(run.err)")
    #expect(run.err.hasPrefix("survkit: ") && run.err.filter { $0 == "\n" }.count == 1, "one message on one line")
  }

  @Test("a negative weight stops with its row", arguments: ["fit", "km", "cox"])
  func negativeWeight(command: String) throws {
    let run = try survkit([command, "-", "--weight", "w"], input: "time,event,arm,w\n1,1,a,1\n2,1,b,-1\n")
    #expect(run.status == 65 && run.out.isEmpty && run.err.contains("row 2, column \"w\": the weight is negative"))
  }

  @Test("output appears whole or not at all; a write that fails is an error", arguments: commands)
  func output(command: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("out.txt").path
      #expect(try survkit([command, "-", "-o", file], input: Self.trial).status == 0)
      let text = try String(contentsOfFile: file, encoding: .utf8)
      #expect(text.contains("Conventions (r)"))
      let second = [command, "-", "-o", file, "--like", "sas"]
      #expect(try survkit(second, input: Self.trial).status == 73)
      #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
      #expect(try survkit(second + ["--force"], input: Self.trial).status == 0)
      #expect(try String(contentsOfFile: file, encoding: .utf8).contains("Conventions (sas)"))
      let full = try survkit([command, "-", "-o", "/dev/full"], input: Self.trial)
      #expect(full.status == 74 && full.err.contains("/dev/full"))
      #expect(try survkit([command, "-"], input: Self.trial, output: "/dev/full").status == 74)
      #expect(try survkit([command, "-", "-o", "\(file)/below"], input: Self.trial).status == 73)
      #expect(try survkit([command, "-", "-o", folder.path], input: Self.trial).status == 73)
      let link = folder.appendingPathComponent("link").path
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
      #expect(try survkit([command, "-", "-o", link, "--force"], input: Self.trial).status == 0)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file, "the link is not replaced")
      #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
      try FileManager.default.removeItem(atPath: link)
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "\(file).none")
      #expect(try survkit([command, "-", "-o", link, "--force"], input: Self.trial).status == 73)
      try FileManager.default.removeItem(atPath: link)
      #expect(try survkit([command, folder.appendingPathComponent("none.csv").path]).status == 66)
      #expect(try survkit([command, folder.path]).status == 66)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["out.txt"])
    }
  }

  @Test("notes go to standard error where standard output does not show them, unless --quiet")
  func notes() throws {
    let input = Self.trial + "7,1,\n"
    let json = try survkit(["fit", "-", "--format", "json"], input: input)
    #expect(json.err == "survkit: note: left out for a missing value: 1 row in arm\n")
    #expect(try survkit(["fit", "-", "--format", "json", "--quiet"], input: input).err.isEmpty)
    let text = try survkit(["fit", "-"], input: input)
    #expect(text.err.isEmpty && text.out.contains("Left out for a missing value: 1 row in arm"))
  }

  @Test("labels from a file cannot steer a terminal or break a table", arguments: commands)
  func hostileLabels(command: String) throws {
    let input =
      "time,event,arm\n1,1,\"\u{1B}[2Jred\"\n2,1,\"two\nlines|pipe\"\n3,1,\"two\nlines|pipe\"\n4,1,\"\u{1B}[2Jred\"\n"
    for format in ["text", "md"] {
      let run = try survkit([command, "-", "--format", format], input: input)
      #expect(run.status == 0 && !run.out.contains("\u{1B}") && run.out.contains("lines"))
      if format == "md" {
        #expect(run.out.contains("lines\\|pipe"))
      } else {
        #expect(run.out.contains("two lines|pipe"))
      }
    }
    let document = try survkit([command, "-", "--format", "json"], input: input)
    #expect(document.status == 0 && !document.out.contains("\u{1B}") && document.out.contains("\\u001b[2Jred"))
  }

  @Test("--version and the help of every command, with an example")
  func help() throws {
    #expect(try survkit(["--version"]).out.wholeMatch(of: /survkit \d+\.\d+\.\d+\S*\n/) != nil)
    for command in Self.commands + ["explain", "teach", "plot", "report", "selftest"] {
      let run = try survkit([command, "--help"])
      #expect(run.status == 0 && run.out.contains("Example: survkit \(command) "), "\(command)")
    }
  }

  @Test("a file that is read is never replaced, not even with --force, and two outputs have two names")
  func inputIsNotOutput() throws {
    try withFolder { folder in
      let data = folder.appendingPathComponent("trial.csv")
      let link = folder.appendingPathComponent("link.csv")
      let figure = folder.appendingPathComponent("km.svg").path
      try Data(Self.trial.utf8).write(to: data)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: data)
      var calls = Self.commands.map { [$0, data.path, "-o", data.path, "--force"] }
      calls += [["fit", data.path, "-o", link.path, "--force"], ["fit", data.path, "--plot", data.path, "--force"]]
      calls += [["plot", link.path, "-o", data.path, "--force"], ["fit", data.path, "-o", figure, "--plot", figure]]
      for call in calls {
        let run = try survkit(call)
        #expect(run.status == 73 && run.out.isEmpty && run.err.contains("give another"), "\(call)")
      }
      #expect(try Data(contentsOf: data) == Data(Self.trial.utf8))
      #expect(!FileManager.default.fileExists(atPath: figure))
      let facts = folder.appendingPathComponent("facts.json")
      try Data("{}".utf8).write(to: facts)
      // The rows' origin would go to facts.json.
      let made = folder.appendingPathComponent("facts.csv").path
      let run = try survkit(["selftest", "--suite", facts.path, "-o", facts.path, "--force"])
      #expect(run.status == 73 && !FileManager.default.fileExists(atPath: made))
      #expect(try Data(contentsOf: facts) == Data("{}".utf8))
    }
  }

  @Test("no figure is left by a call whose table cannot be written")
  func nothingLeft() throws {
    try withFolder { folder in
      let figure = folder.appendingPathComponent("km.svg").path
      let table = folder.appendingPathComponent("none/table.txt").path
      let run = try survkit(["fit", "-", "--plot", figure, "-o", table], input: Self.trial)
      #expect(run.status == 73 && !FileManager.default.fileExists(atPath: figure))
    }
  }

  @Test("- is standard output; help that cannot be written is an error")
  func standardOutput() throws {
    let plain = try survkit(["km", "-"], input: Self.trial)
    #expect(try survkit(["km", "-", "-o", "-"], input: Self.trial).out == plain.out && !plain.out.isEmpty)
    #expect(try survkit(["plot", "-", "-o", "-"], input: Self.trial).out.hasPrefix("<?xml"))
    #expect(try survkit(["fit", "-", "--plot", "-"], input: Self.trial).status == 64)
    #expect(try survkit(["--help"]).out.contains("SUBCOMMANDS"))
    #expect(try survkit(["--help"], output: "/dev/full").status == 74)
  }

  @Test("near-equal times are merged by the conventions of r and not by those of sas and stata")
  func nearTies() throws {
    // One ulp apart: S is 1/3 after two tied events of three, 2/3 after the first of two times.
    let text = "time,event\n2,1\n2.0000000000000004,1\n3,1\n"
    for (convention, expected) in [("r", 1.0 / 3), ("sas", 2.0 / 3), ("stata", 2.0 / 3)] {
      let call = ["km", "-", "--like", convention, "--format", "json"]
      let result = try survkit(call, input: text).result()
      #expect(abs((result["curves"]?[0]?["surv"]?.doubles[0] ?? 0) - expected) < 1e-15, "\(convention)")
      let merged = try survkit(call + ["--tie-tolerance", "1e-11"], input: text).result()
      #expect(abs((merged["curves"]?[0]?["surv"]?.doubles[0] ?? 0) - 1.0 / 3) < 1e-15, "\(convention)")
    }
  }

  @Test("a median on a flat half to the end: r, sas and stata, and the text tells NE from NR")
  func flatMedian() throws {
    // The ten subjects of CAMIS: events 54 75 77 84 87, censored 92 103 105 112 118.
    let text =
      "time,event\n" + [54, 75, 77, 84, 87].map { "\($0),1\n" }.joined()
      + [92, 103, 105, 112, 118].map { "\($0),0\n" }.joined()
    for (convention, median) in [("r", "102.5 ("), ("sas", "NE ("), ("stata", "87 (")] {
      #expect(try survkit(["km", "-", "--like", convention], input: text).out.contains("median \(median)"))
    }
    #expect(try survkit(["km", "-", "--like", "sas"], input: text).out.contains("75% NR"))
  }
}

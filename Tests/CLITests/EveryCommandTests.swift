import Foundation
import ReferenceSuite
import Testing

/// The options on rows and columns in every command that reads data: what must not change an answer does not, what must does, and what a
/// command cannot use it refuses by name. The answer is the member `result`, or the figure.
@Suite struct EveryCommandTests {
  /// A call on 24 rows without missing values; `report` as rows, so that its answer is JSON too.
  private static let calls: [String: [String]] = [
    "fit": [], "km": [], "test": [], "cox": [], "aft": [], "cif": ["--causes", "1", "--censored", "0"],
    "rmst": ["--tau", "10"], "explain": [], "teach": [], "plot": ["-o", "-"], "report": ["--format", "ard-json"],
  ]
  static let commands = calls.keys.sorted()
  private static let header = "time,event,arm,one,zero,id,site\n"
  private struct Row {
    let time: Double
    let event: Int
    let arm: String
    let id: Int
    let site: Int

    init(_ i: Int) {
      time = Double(i + 1) + Double(i % 3) * 0.5
      event = i % 4 == 0 ? 0 : 1
      arm = i * 7 / 3 % 2 == 0 ? "a" : "b"
      (id, site) = (i + 1, i % 2)
    }
  }
  private static let rows = (0..<24).map(Row.init)
  private static func text(_ rows: [Row]) -> String {
    header + rows.map { "\($0.time),\($0.event),\($0.arm),1,0,\($0.id),\($0.site)\n" }.joined()
  }
  private static let trial = text(rows)

  private func run(_ command: String, _ options: [String] = [], input: String = trial) throws -> Run {
    let base = Self.calls[command] ?? []
    let isFigure = command == "plot"
    let format = isFigure || base.contains("--format") ? [] : ["--format", "json"]
    return try survkit(
      [command, "-"] + base + format + (isFigure ? [] : ["--no-timestamp"]) + options, input: input)
  }

  /// What the call found, without its settings and provenance.
  private func answer(_ command: String, _ options: [String] = [], input: String = trial) throws -> JSONTree {
    let run = try run(command, options, input: input)
    #expect(run.status == 0, "\(command) \(options): \(run.err)")
    return command == "plot" ? .string(run.out) : try run.result()
  }

  private func setting(_ command: String, _ options: [String]) throws -> JSONTree {
    try #require(try JSONTree.parse(Data(run(command, options).out.utf8))["settings"])
  }

  @Test(
    "options that say what holds anyway leave every number", arguments: commands,
    [
      ["--time", "time", "--event", "event", "--arm", "arm"], ["--missing", "drop"], ["--missing", "fail"],
      ["--freq", "one"], ["--id", "id"], ["--where", "one=1"], ["--threads", "1"], ["--max-memory", "2G"],
      ["--level", "0.95"], ["--quiet"], ["--limit", "rows=24"], ["--show-values"],
    ])
  func same(command: String, options: [String]) throws {
    #expect(try answer(command, options) == answer(command))
  }

  @Test("labels as they are, in what is no CSV", arguments: commands.filter { $0 != "plot" })
  func rawLabels(command: String) throws {
    #expect(try answer(command, ["--raw-labels"]) == answer(command))
  }

  @Test("other names of columns, and columns named in place of others", arguments: commands)
  func columns(command: String) throws {
    let renamed = Self.trial.replacingOccurrences(of: "time,event,", with: "day,status,")
    #expect(try run(command, input: renamed).status == 65, "no column is guessed")
    let named = try answer(command, ["--time", "day", "--event", "status"], input: renamed)
    // Rows of statistics name the column of times.
    if command == "report" {
      #expect(named["rows"]?.array?.count == (try answer(command)["rows"]?.array?.count))
      #expect(named["rows"]?.array?.map { $0["stat"] } == (try answer(command)["rows"]?.array?.map { $0["stat"] }))
    } else {
      #expect(try named == answer(command))
    }
    let bySite = try run(command, ["--arm", "site"])
    #expect(bySite.status == 0)
    #expect(try bySite.out != run(command).out)
  }

  @Test("--where and --select keep the rows of a file made without the others", arguments: commands)
  func rowsKept(command: String) throws {
    let half = Self.text(Self.rows.filter { $0.site == 1 })
    #expect(try answer(command, ["--where", "site=1"]) == answer(command, input: half))
    let parameters =
      "PARAMCD," + Self.header
      + Self.trial.split(separator: "\n").dropFirst().enumerated().map { i, line in
        "\(i % 2 == 1 ? "OS" : "PFS"),\(line)\n"
      }.joined()
    #expect(try answer(command, ["--select", "OS"], input: parameters) == answer(command, input: half))
  }

  @Test("--event-values of words is 0 and 1", arguments: commands.filter { $0 != "cif" })
  func eventValues(command: String) throws {
    let words =
      Self.header
      + Self.rows.map {
        "\($0.time),\($0.event == 1 ? "dead" : "alive"),\($0.arm),1,0,\($0.id),\($0.site)\n"
      }.joined()
    #expect(try answer(command, ["--event-values", "dead"], input: words) == answer(command))
  }

  @Test("--missing fail stops at the row that drop leaves out", arguments: commands)
  func missing(command: String) throws {
    let input = Self.trial + ",1,a,1,0,25,0\n"
    #expect(try answer(command, ["--missing", "drop"], input: input) == answer(command))
    let refused = try run(command, ["--missing", "fail"], input: input)
    #expect(refused.status == 65 && refused.out.isEmpty && refused.err.contains("row 25, column \"time\""))
  }

  @Test("--level, --reference and --like change what depends on them", arguments: commands)
  func changes(command: String) throws {
    let base = try answer(command)
    if command != "test" { #expect(try answer(command, ["--level", "0.8"]) != base) }
    #expect(try answer(command, ["--reference", "b"]) != base)
    if command != "explain" {
      #expect(try answer(command, ["--like", "sas"]) != base)
      #expect(try answer(command, ["--like", "r"]) == base)
    }
    guard command != "plot" else { return }
    #expect(try setting(command, ["--level", "0.8"])["level"]?.number == 0.8)
    guard command != "explain" else { return }
    #expect(try setting(command, ["--like", "stata"])["like"]?.string == "stata")
    #expect(try setting(command, ["--conf-type", "plain"])["conf_type"]?.string == "plain")
    #expect(try setting(command, ["--tie-tolerance", "0.001"])["tie_tolerance"]?.number == 0.001)
  }

  @Test("--tie-tolerance makes one time of two that it calls near", arguments: commands.filter { $0 != "explain" })
  func nearTimes(command: String) throws {
    func input(_ times: [String]) -> String {
      "time,event,arm\n" + times.enumerated().map { "\($1),1,\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
    }
    // The later of two near times is moved to the earlier: the files are the same then.
    let near = input(["1", "2", "2.0001", "3", "4", "5", "6", "7"])
    let tied = input(["1", "2", "2", "3", "4", "5", "6", "7"])
    let options = command == "rmst" ? ["--tau", "6"] : []
    let merged = try answer(command, options + ["--tie-tolerance", "0.001"], input: near)
    if command != "plot" { #expect(try merged == answer(command, options, input: tied)) }
    #expect(try merged != answer(command, options + ["--tie-tolerance", "0"], input: near))
  }

  @Test("--conf-type moves the band of a figure", arguments: ["plot"])
  func scale(command: String) throws {
    #expect(try answer(command, ["--conf-type", "plain"]) != answer(command, ["--conf-type", "log-log"]))
  }

  @Test("--time-unit states months and divides days by 30.4375", arguments: commands)
  func unit(command: String) throws {
    let found = try run(command, ["--time-unit", "days:months"])
    #expect(found.status == 0 && found.out.contains("onths"))
    guard command != "plot" else { return }
    let stated = try setting(command, ["--time-unit", "days:months"])["time_unit"]
    #expect(stated?["unit"]?.string == "months" && stated?["stated"]?.string == "days")
    #expect(abs((stated?["factor"]?.number ?? 0) * 30.4375 - 1) < 1e-15)
  }

  @Test("--start: a row is not at risk before it", arguments: commands)
  func start(command: String) throws {
    // Everyone enters at 0 but one, who enters at 20 and is not at risk at the events before.
    let late: String = Self.trial.replacingOccurrences(of: ",1,0,24,", with: ",1,20,24,")
    let found = try run(command, ["--start", "zero"], input: late)
    #expect(found.status == 0, "\(found.err)")
    #expect(found.out != (try run(command, ["--start", "zero"]).out))
    if command != "plot" { #expect(try setting(command, ["--start", "zero"])["columns"]?["start"]?.string == "zero") }
  }

  @Test("--strata, --weight and --cluster stand in the settings where a command uses them", arguments: commands)
  func further(command: String) throws {
    let unused: [String: [String]] = [
      "--strata": ["km", "aft", "rmst"], "--weight": ["test", "teach"],
      "--cluster": ["km", "test", "aft", "cif", "rmst", "explain", "teach"],
    ]
    for (option, column, key) in [
      ("--strata", "one", "strata"), ("--weight", "one", "weight"), ("--cluster", "id", "cluster"),
    ] {
      let found = try run(command, [option, column])
      if unused[option]?.contains(command) == true {
        #expect(found.status == 64 && found.out.isEmpty && found.err.contains(option), "\(command) \(option)")
        continue
      }
      #expect(found.status == 0, "\(command) \(option): \(found.err)")
      guard command != "plot" else { continue }
      let columns = try setting(command, [option, column])["columns"]
      #expect(columns?[key]?.string == column || columns?[key]?.array?.compactMap(\.string) == [column])
    }
  }

  @Test(
    "what the conventions side by side leave no room for is refused",
    arguments: ["--like", "--conf-type", "--tie-tolerance"])
  func conventions(option: String) throws {
    let value = ["--like": "sas", "--conf-type": "plain", "--tie-tolerance": "0"][option] ?? ""
    let run = try run("explain", [option, value])
    #expect(run.status == 64 && run.err.contains(option))
    #expect(try self.run("cif", ["--event-values", "1"]).err.contains("--event-values"))
  }

  @Test(
    "-o writes what standard output has; --force alone replaces it; too little memory is status 75", arguments: commands
  )
  func output(command: String) throws {
    try withFolder { try checkOutput(of: command, into: $0.path) }
    let refused = try run(command, ["--max-memory", "1M"])
    #expect(refused.status == 75 && refused.out.isEmpty && refused.err.contains("--max-memory"))
  }

  private func checkOutput(of command: String, into folder: String) throws {
    let isPlot = command == "plot"
    let file = "\(folder)/out.\(isPlot ? "svg" : "json")"
    var call = [command, "-"]
    for word in Self.calls[command] ?? [] where !isPlot || (word != "-o" && word != "-") { call.append(word) }
    if !isPlot, !call.contains("--format") { call += ["--format", "json", "--no-timestamp"] }
    call += ["--quiet", "-o", file]
    let first = try survkit(call, input: Self.trial)
    #expect(first.status == 0 && first.out.isEmpty && first.err.isEmpty)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let shown = try run(command)
    if isPlot {
      #expect(text == shown.out)
    } else {
      let result = try shown.result()
      #expect(try JSONTree.parse(Data(text.utf8))["result"] == result)
    }
    let refused = try survkit(call + ["--level", "0.9"], input: Self.trial)
    #expect(refused.status == 73)
    let kept = try String(contentsOfFile: file, encoding: .utf8)
    #expect(kept == text)
    let forced = try survkit(call + ["--level", "0.9", "--force"], input: Self.trial)
    let replaced = try String(contentsOfFile: file, encoding: .utf8)
    #expect(forced.status == 0 && replaced != text)
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  @Test(
    "every command writes every form",
    arguments: [
      ["aft", "-"], ["cif", "-", "--causes", "1", "--censored", "0"], ["rmst", "-", "--tau", "10"],
      ["design", "--hr", "0.7", "--power", "0.9", "--raw-labels"],
      [
        "simulate", "--hr", "0.7", "--n", "100", "--control-median", "12", "--accrual", "9", "--follow-up", "6",
        "--replicates", "20", "--raw-labels",
      ],
      ["reconstruct", root + "/data/card/published.json", "--endpoint", "os"],
      ["verify", root + "/data/card/claims.yaml", "--raw-labels"],
    ], ["md", "html", "latex", "rtf"])
  func forms(call: [String], format: String) throws {
    let run = try survkit(call + ["--format", format], input: Self.trial)
    #expect(run.status == 0, "\(run.err)")
    switch format {
    case "md": #expect(run.out.contains("| --- |") || run.out.contains(" ---: |"))
    case "html":
      #expect(run.out.lowercased().hasPrefix("<!doctype html>"))
      #expect(try htmlFaults(run.out).isEmpty)
    case "latex": #expect(run.out.contains("\\begin{document}") && run.out.contains("\\end{document}"))
    default: #expect(run.out.hasPrefix("{\\rtf1"))
    }
  }
}

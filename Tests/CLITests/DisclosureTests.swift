import Foundation
import ReferenceSuite
import Testing

/// `--sdc`, `--show-values` and `--limit`: what leaves the program, and what is let in.
@Suite struct DisclosureTests {
  private static let vision = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../data/vision/os.csv").standardized.path
  private static let adam = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../docs/examples/adtte.csv").standardized.path

  private func numbers(_ curve: JSONTree, _ key: String) -> [Double] {
    curve[key]?.array?.compactMap(\.number) ?? []
  }

  @Test("the curves of km and fit: every count, and every rest, is 0 or at least N", arguments: [5, 10, 20])
  func curves(minimum: Int) throws {
    let whole = try survkit(["km", Self.vision, "--format", "json"]).result()["curves"]?.array ?? []
    for call in [["km"], ["fit"], ["km", "--reverse"]] {
      let run = try survkit(call + [Self.vision, "--sdc", "\(minimum)", "--format", "json"])
      #expect(run.status == 0 && run.err.contains("disclosure control (--sdc \(minimum))"))
      let found = try run.result()
      let curves = (found["curves"] ?? found["km"]?["curves"])?.array ?? []
      #expect(curves.count == 2)
      for (position, curve) in curves.enumerated() {
        let (n, events, censored) = (
          numbers(curve, "n_risk"), numbers(curve, "n_event"), numbers(curve, "n_censor")
        )
        let time = numbers(curve, "time")
        #expect(time.count > 2 && n.count == time.count && events.count == n.count)
        var cells = events + censored
        let all = try #require(curve["n"]?.number)
        let total = try #require(curve["events"]?.number)
        cells += [total - events.reduce(0, +), all - total - censored.reduce(0, +)]
        // Numbers at risk are what the steps before left.
        for k in n.indices { cells.append((k == 0 ? all : n[k - 1] - events[k - 1] - censored[k - 1]) - n[k]) }
        #expect(cells.allSatisfy { $0 == 0 || $0 >= Double(minimum) })
        guard call == ["km"] else { continue }
        let (times, values) = (numbers(whole[position], "time"), numbers(whole[position], "surv"))
        for (t, s) in zip(time, numbers(curve, "surv")) {
          #expect(times.lastIndex { $0 <= t }.map { values[$0] } == s)
        }
      }
    }
  }

  @Test("figures: numbers under the axis, no censoring marks, the note, the page without single times")
  func figures() throws {
    let drawn = try survkit(["plot", Self.vision, "-o", "-", "--sdc", "10", "--preset", "kmunicate"])
    #expect(drawn.status == 0 && drawn.out.contains("(--sdc)") && drawn.out.contains("&quot;joined&quot;:true"))
    #expect(!drawn.out.contains("id=\"censored-1\""))
    let start = try #require(drawn.out.range(of: "-data\">"))
    let end = try #require(drawn.out.range(of: "</metadata>"))
    let text = drawn.out[start.upperBound..<end.lowerBound].replacingOccurrences(of: "&quot;", with: "\"")
    let rows = try #require(try JSONTree.parse(Data(text.utf8))["riskTable"]?.array)
    let values = rows.flatMap { numbers($0, "values") }
    #expect(values.count > 20 && values.allSatisfy { $0 == 0 || $0 >= 10 })
    // The first censoring is one subject's.
    let page = try survkit(["report", Self.vision, "--sdc", "10"]).out
    let whole = try survkit(["report", Self.vision]).out
    #expect(whole.contains("\"0.03\"") && !page.contains("\"0.03\"") && page.contains("straight lines join"))
    #expect(whole.contains("censor-marks") && !page.contains("censor-marks") && !page.contains("Ticks on a curve"))
  }

  /// 400 subjects in two arms with two causes, the codes in an order without pattern.
  private static let causes =
    "time,event,arm\n"
    + (0..<400).map { "\($0 + 1),\([1, 0, 2, 1, 2, 0, 0, 1][$0 * 7 / 3 % 8]),\($0 % 2)\n" }.joined()

  @Test("cif: events of each cause, censored, and what is left of both, are 0 or at least N", arguments: [4, 8])
  func incidences(minimum: Int) throws {
    let call = ["cif", "-", "--causes", "1,2", "--format", "json", "--no-timestamp"]
    let whole = try survkit(call, input: Self.causes).result()
    let run = try survkit(call + ["--sdc", "\(minimum)"], input: Self.causes)
    #expect(run.status == 0 && run.err.contains("disclosure control (--sdc \(minimum))"), "\(run.err)")
    let rows = Self.causes.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    let released = try run.result()
    let curves = try #require(released["curves"]?.array)
    #expect(curves.count == 2 && released["gray"] != nil && released["gray"] == whole["gray"])
    for (arm, curve) in curves.enumerated() {
      let times = numbers(curve, "time")
      #expect(times.count > 2)
      let own = rows.filter { $0[2] == "\(arm)" }
      for code in ["0", "1", "2"] {
        let counts = (times + [.infinity]).map { t in own.count { $0[1] == code && Double($0[0]) ?? 0 <= t } }
        let steps = zip([0] + counts, counts).map { $1 - $0 }
        #expect(steps.allSatisfy { $0 == 0 || $0 >= minimum }, "code \(code): \(steps)")
      }
      let wholeCurve = try #require(whole["curves"]?[arm])
      let places = times.map { t in numbers(wholeCurve, "time").firstIndex(of: t) ?? -1 }
      for cause in 0...1 {
        let (part, all) = (curve["causes"]?[cause], wholeCurve["causes"]?[cause])
        #expect(part?["events"] == all?["events"])
        for key in ["cif", "std_err_aalen"] { #expect(part?[key]?.doubles == places.map { all?[key]?[$0]?.number }) }
      }
    }
    let asked = try survkit(call + ["--sdc", "\(minimum)", "--times", "3,200"], input: Self.causes).result()
    let landmarks = try #require(asked["curves"]?[0])
    #expect(landmarks["event_free"]?[0] == .null && landmarks["event_free"]?[1]?.number != nil)
    #expect(landmarks["null_reasons"]?["n_risk"]?.string?.contains("--sdc") == true)
    let text = try survkit(
      ["cif", "-", "--causes", "1,2", "--sdc", "\(minimum)", "--times", "3,200"], input: Self.causes)
    #expect(text.out.contains("withheld    withheld"))
  }

  @Test("a figure of incidences joins the times released; an arm with few events of a cause is refused")
  func incidenceFigure() throws {
    let call = ["plot", "-", "-o", "-", "--kind", "cif", "--causes", "1,2"]
    let drawn = try survkit(call + ["--sdc", "5"], input: Self.causes)
    #expect(drawn.status == 0 && drawn.out.contains("(--sdc)") && drawn.out.contains("&quot;joined&quot;:true"))
    #expect(!drawn.out.contains("id=\"censored-1\""))
    let few = Self.causes + "401,3,0\n402,3,0\n"
    let refused = try survkit(["cif", "-", "--causes", "1,2,3", "--sdc", "5"], input: few)
    #expect(refused.status == 65 && refused.out.isEmpty)
    #expect(refused.err.contains("0: its events of 3 are fewer than the 5 of --sdc"))
  }

  @Test("tables: endings and subgroups lose the cell, and another that a total would give away")
  func tables() throws {
    let call = ["fit", Self.adam, "--select", "OS", "--subgroups", "SEX", "--format", "json"]
    let result = try survkit(call + ["--sdc", "6"]).result()
    let endings = try #require(result["endings"]?.array)
    let shown = endings.flatMap { numbers($0, "n") }
    #expect(!shown.isEmpty && shown.allSatisfy { $0 == 0 || $0 >= 6 })
    // One text has 5 of the first arm's 17 censored: it and the other 12 are both withheld.
    let codes = endings.filter { $0["column"]?.string == "CNSR" }
    #expect(codes.count == 2 && codes.allSatisfy { $0["n"]?.array?.first?.number == nil })
    let levels = try #require(result["subgroups"]?["factors"]?.array?.first?["levels"]?.array)
    #expect(levels.count == 2 && levels.allSatisfy { $0["n"]?.array?.isEmpty == true && $0["hr"]?.number == nil })
  }

  @Test("an arm with small totals is refused, and no number of it is told")
  func smallArm() throws {
    let rows = (1...20).map { "\($0),\($0 % 2),a" } + (1...20).map { "\($0),\($0 == 7 ? 0 : 1),b" }
    let run = try survkit(["km", "-", "--sdc", "5"], input: "time,event,arm\n" + rows.joined(separator: "\n") + "\n")
    #expect(run.status == 65 && run.out.isEmpty)
    #expect(
      run.err.contains("b: its censored are fewer than the 5 of --sdc") && !run.err.contains("b: its censored are 1"))
  }

  @Test(
    "what has no rule is refused before a file is opened",
    arguments: [
      ["cox", "x.csv"], ["aft", "x.csv"], ["cif", "x.csv", "--causes", "1", "--model", "arm"], ["explain", "x.csv"],
      ["teach", "x.csv"],
      ["km", "x.csv", "--start", "s"], ["km", "x.csv", "--weight", "w"], ["km", "x.csv", "--id", "i"],
      ["km", "x.csv", "--band", "hall-wellner"], ["km", "x.csv", "--bootstrap", "50"],
      ["fit", "x.csv", "--bootstrap", "50"],
      ["rmst", "x.csv"], ["test", "x.csv", "--at", "3"], ["plot", "x.csv", "-o", "-", "--kind", "schoenfeld"],
      ["plot", "x.csv", "-o", "-", "--kind", "cumhaz"], ["plot", "x.csv", "-o", "-", "--difference"],
    ])
  func refusals(call: [String]) throws {
    let run = try survkit(call + ["--sdc", "5"])
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains("--sdc"), "\(run.err)")
  }

  @Test("no error repeats what a cell holds, unless asked")
  func values() throws {
    for text in ["time,event\n1,1\nsecret,0\n", "time,event\n1,1\n-77.5,0\n"] {
      let silent = try survkit(["km", "-"], input: text)
      let open = try survkit(["km", "-", "--show-values"], input: text)
      let cell = text.contains("secret") ? "secret" : "-77.5"
      #expect(silent.status == 65 && silent.err.contains("row 2, column \"time\"") && !silent.err.contains(cell))
      #expect(open.status == 65 && open.err.contains("(the cell holds \"\(cell)\")"))
    }
  }

  @Test(
    "a limit is named by what exceeds it",
    arguments: [
      ("rows=2", "3 rows, more than the limit of 2 (rows)"), ("field=3", "limit of 3 bytes (field)"),
      ("line=7", "limit of 7 bytes (line)"), ("columns=2", "limit of 2 columns"), ("bytes=20", "limit of 20 bytes"),
      ("groups=1", "2 different arms, more than the limit of 1 (groups)"),
    ])
  func limits(limit: String, message: String) throws {
    for quote in ["", "\""] {
      let text = "time,event,arm\n1,1,\(quote)b\(quote)\n2,0,cccc\n3,1,b\n"
      let run = try survkit(["km", "-", "--limit", limit], input: text)
      #expect(run.status == 65 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
      #expect(
        try survkit(["km", "-", "--limit", "rows=3", "--limit", "line=15", "--limit", "field=5"], input: text).status
          == 0)
    }
    #expect(try survkit(["km", "-", "--limit", "size=1"], input: "").status == 64)
  }

  @Test("strata and levels of factors have limits too")
  func levels() throws {
    let text = "time,event,arm,s\n" + (1...8).map { "\($0),1,\($0 % 2),s\($0)\n" }.joined()
    let strata = try survkit(["cox", "-", "--strata", "s", "--limit", "strata=7"], input: text)
    #expect(strata.status == 65 && strata.err.contains("8 different strata, more than the limit of 7 (strata)"))
    let factor = try survkit(["cox", "-", "--model", "arm + s", "--limit", "levels=7"], input: text)
    #expect(factor.status == 65 && factor.err.contains("8 different levels, more than the limit of 7 (levels)"))
  }
}

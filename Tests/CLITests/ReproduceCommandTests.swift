import Foundation
import ReferenceSuite
import Testing

/// `survkit reconstruct` and `survkit reproduce` on the committed catalogue.
@Suite struct ReproduceCommandTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let data = root.appendingPathComponent("data")
  private static let figures = ["card-os.svg", "card-rpfs.svg", "vision-os.svg", "vision-rpfs.svg"]

  private func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  /// The report with its repeats is held against what is committed by `.ci/run`, in release; here the rows and figures are.
  @Test("reproduce writes the figures that are committed, to the byte, and nothing else but the report")
  func bytes() throws {
    try withFolder { folder in
      let out = folder.appendingPathComponent("out")
      let run = try survkit(["reproduce", "all", "--data", Self.data.path, "--out", out.path, "--repeats", "0"])
      #expect(run.status == 0 && run.err.isEmpty)
      #expect(run.out.contains("VISION, Overall survival") && run.out.contains("WARN"))
      let names = try FileManager.default.contentsOfDirectory(atPath: out.path).sorted()
      #expect(names == (Self.figures + ["index.html", "report.json", "report.md"]).sorted())
      for name in Self.figures {
        let committed = try text(Self.root.appendingPathComponent("notebooks-out/\(name)"))
        #expect(try text(out.appendingPathComponent(name)) == committed, "\(name)")
      }
      // Nothing is overwritten unasked.
      let again = try survkit(["reproduce", "vision", "--data", Self.data.path, "--out", out.path])
      #expect(again.status == 73 && again.err.contains("--force") && again.out.isEmpty)
    }
  }

  @Test("report.json has the shape that is promised, and no number without a verdict")
  func report() throws {
    let report = try JSONTree.parse(Data(contentsOf: Self.root.appendingPathComponent("notebooks-out/report.json")))
    let endpoints = try #require(report["result"]?["endpoints"]?.array)
    #expect(endpoints.compactMap { $0["trial"]?.string } == ["vision", "vision", "card", "card"])
    for endpoint in endpoints {
      #expect(["B", "C"].contains(endpoint["level"]?.string))
      let ratio = try #require(endpoint["hazard_ratio"])
      for key in ["published", "ci_level", "reproduced", "lower", "upper"] {
        #expect(ratio[key]?.number != nil, "\(key)")
      }
      #expect(ratio["published_ci"]?.array?.count == 2)
      #expect(["PASS", "WARN", "FAIL", "CANNOT"].contains(ratio["verdict"]?.string))
      #expect(ratio["role"]?.string == (endpoint["trial"]?.string == "card" ? "input" : "check"))
      #expect(endpoint["log_rank"]?["chisq"]?.number != nil && endpoint["log_rank"]?["p"]?.number != nil)
      for arm in try #require(endpoint["arms"]?.array) {
        for key in ["n", "events"] { #expect(arm[key]?.number == arm["published_\(key)"]?.number) }
        for key in ["published", "reproduced", "lower", "upper"] { #expect(arm["median"]?[key] != nil) }
        #expect(arm["median"]?["role"]?.string == "input")
        if endpoint["level"]?.string == "B" {
          let counts = ["times", "published", "reproduced"].map { arm["at_risk"]?[$0]?.array?.count }
          #expect(Set(counts).count == 1 && counts[0] != nil)
        }
      }
      for row in try #require(endpoint["comparisons"]?.array) {
        #expect(row["verdict"]?.string != nil && row["role"]?.string != nil && row["published"] != nil)
      }
    }
    #expect(report["result"]?["proportions"]?.array?.first?["risk_difference"]?["estimate"]?.number != nil)
  }

  @Test("reproduce: intervals are those beside the rows, 0 repeats leave them out, the same bytes each time")
  func intervals() throws {
    try withFolder { folder in
      let vision = folder.appendingPathComponent("vision")
      try FileManager.default.createDirectory(at: vision, withIntermediateDirectories: false)
      let facts = vision.appendingPathComponent("published.json")
      try FileManager.default.copyItem(at: Self.data.appendingPathComponent("vision/published.json"), to: facts)
      for endpoint in ["os", "rpfs"] {
        let rows = vision.appendingPathComponent("\(endpoint).csv").path
        let run = try survkit([
          "reconstruct", facts.path, "--endpoint", endpoint, "--repeats", "3", "--seed", "5", "-o", rows,
        ])
        #expect(run.status == 0)
      }
      let call = ["reproduce", "vision", "--data", folder.path, "--repeats", "3", "--seed", "5", "--out"]
      let run = try survkit(call + [folder.path + "/out"])
      #expect(run.status == 0 && run.out.contains("Reconstruction interval"))
      let report = try JSONTree.parse(Data(contentsOf: folder.appendingPathComponent("out/report.json")))
      #expect(report["settings"]?["repeats"]?.number == 3 && report["settings"]?["seed"]?.number == 5)
      for endpoint in try #require(report["result"]?["endpoints"]?.array) {
        let name = try #require(endpoint["endpoint"]?.string)
        let sidecar = try JSONTree.parse(Data(contentsOf: vision.appendingPathComponent("\(name).json")))
        let (here, there) = (try #require(endpoint["uncertainty"]), try #require(sidecar["uncertainty"]))
        #expect(here == there && here["tau"]?.number != nil)
        #expect(endpoint["hazard_ratio"]?["differs_because"]?.array?.isEmpty == false)
      }
      _ = try survkit(call + [folder.path + "/again"])
      for name in ["index.html", "report.md", "report.json"] {
        #expect(
          try text(folder.appendingPathComponent("out/\(name)")) == text(folder.appendingPathComponent("again/\(name)"))
        )
      }
      // Refused before any repeat is made.
      #expect(try survkit(call + [folder.path + "/out"]).status == 73)
      #expect(try survkit(["reproduce", "vision", "--repeats", "-1"]).status == 64)
      let none = try survkit([
        "reproduce", "vision", "--data", folder.path, "--repeats", "0", "--out", folder.path + "/none",
      ])
      #expect(none.status == 0 && none.out.contains("not given: no repeats were asked for"))
    }
  }

  @Test("the page is whole in a browser: four figures, each id once, no message on the console, and it prints")
  func page() throws {
    let page = try text(Self.root.appendingPathComponent("notebooks-out/index.html"))
    let answer = try Browser.act(
      on: page,
      """
      const ids = [...page.querySelectorAll("[id]")].map((element) => element.id);
      const targets = [...page.querySelectorAll("nav a")].map((link) => link.getAttribute("href").slice(1));
      return {
        figures: page.querySelectorAll("figure svg[role=img] title").length,
        repeated: ids.length - new Set(ids).size,
        lost: targets.filter((id) => !page.getElementById(id)).length,
        links: targets.length,
        wide: page.documentElement.scrollWidth - page.documentElement.clientWidth,
        headings: [...page.querySelectorAll("h1,h2,h3")].map((heading) => Number(heading.tagName[1])),
        open: [...page.querySelectorAll("details")].map((part) => { part.open = true; return part.open; }).length,
      };
      """)
    #expect(answer.console.isEmpty, "\(answer.console)")
    func number(_ key: String) -> Int? { answer.json[key] as? Int }
    #expect(number("figures") == 4 && number("repeated") == 0 && number("lost") == 0 && number("wide") == 0)
    #expect((number("links") ?? 0) == 7 && (number("open") ?? 0) >= 6)
    let headings = try #require(answer.json["headings"] as? [Int])
    #expect(headings.first == 1 && zip(headings, headings.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    #expect(try String(decoding: Browser.printed(page).prefix(5), as: UTF8.self) == "%PDF-")
    for text in ["Claimed", "The rows give", "no row is a patient", "level B", "level C"] {
      #expect(page.contains(text))
    }
  }

  @Test("every figure says that its rows are reconstructed, at which level, and from what")
  func figures() throws {
    for name in Self.figures {
      let svg = try text(Self.root.appendingPathComponent("notebooks-out/\(name)"))
      #expect(svg.contains("Reconstructed, level \(name.hasPrefix("card") ? "C" : "B")"))
      #expect(svg.contains("N Engl J Med") && svg.contains("Published: HR"))
      #expect(svg.contains("role=\"img\"") && svg.contains("<title") && svg.contains("<desc"))
      #expect(svg.contains("used as an input") == name.hasPrefix("card"))
    }
  }

  @Test("reconstruct: rows and their origin as files, the same bytes as committed; without -o only the diagnostics")
  func reconstruct() throws {
    let facts = Self.data.appendingPathComponent("card/published.json").path
    try withFolder { folder in
      let file = folder.appendingPathComponent("os.csv").path
      let run = try survkit(["reconstruct", facts, "--endpoint", "os", "-o", file])
      #expect(run.status == 0 && run.err.isEmpty && run.out.contains("level C"))
      for name in ["os.csv", "os.json"] {
        #expect(try text(folder.appendingPathComponent(name)) == text(Self.data.appendingPathComponent("card/\(name)")))
      }
      #expect(try survkit(["reconstruct", facts, "--endpoint", "os", "-o", file]).status == 73)
      // Through standard input, and on into an analysis.
      let piped = try survkit(["reconstruct", "-", "--endpoint", "os"], input: try text(URL(fileURLWithPath: facts)))
      #expect(piped.status == 0 && piped.out == run.out)
      let fit = try survkit(["fit", file, "--reference", "arpi", "--format", "json", "--no-timestamp"])
      let ratio = try #require(try fit.result()["cox"]?["hr"]?[0]?.number)
      #expect(abs(ratio - 0.64) < 0.01)
      // Every analysis of such rows says what they are.
      #expect(fit.err.contains("no row is a patient") && fit.out.contains("reconstructed-rows"))
      #expect(try survkit(["fit", file]).out.contains("no row is a patient"))
      let figure = folder.appendingPathComponent("km.svg")
      #expect(try survkit(["plot", file, "-o", figure.path]).status == 0)
      #expect(try text(figure).contains("no row is a patient"))
    }
  }

  @Test("a digitised curve: one arm by options, several by a column, the same through a description")
  func curve() throws {
    try withFolder { folder in
      func write(_ name: String, _ text: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url.path
      }
      // Ten subjects, an event at 1, 3, 3 and 6: both ends of each step, in percent of failure.
      let corners = "0,0\n1,0\n1,10\n3,10\n3,32.5\n6,32.5\n6,49.375\n9,49.375\n"
      let one = try write("one.csv", "time,failure\n" + corners)
      let atRisk = try write("n.csv", "time,n\n0,10\n5,5\n")
      let rows = folder.appendingPathComponent("rows.csv").path
      let run = try survkit([
        "reconstruct", "--curve", one, "--at-risk", atRisk, "--events", "4", "--percent", "--failure", "-o", rows,
      ])
      #expect(run.status == 0 && run.out.contains("level A"))
      let made = try text(URL(fileURLWithPath: rows))
      #expect(
        made.split(separator: "\n").filter { $0.hasSuffix(",1") }.map { $0.split(separator: ",")[2] } == [
          "1", "3", "3", "6",
        ])
      #expect(made.split(separator: "\n").count == 11)
      _ = try write(
        "figure.json",
        """
        {"time_unit": "months", "y_scale": "percent", "y_direction": "failure",
         "arms": [{"arm": "all", "curve": "one.csv", "at_risk": "n.csv", "total_events": 4}]}
        """)
      let again = folder.appendingPathComponent("again.csv").path
      #expect(try survkit(["reconstruct", folder.path + "/figure.json", "-o", again]).status == 0)
      #expect(try text(URL(fileURLWithPath: again)) == made)
      let lines = corners.split(separator: "\n")
      let two = try write(
        "two.csv", "arm,x,y\n" + lines.map { "A,\($0)\n" }.joined() + lines.map { "B,\($0)\n" }.joined())
      let both = try survkit(["reconstruct", "--curve", two, "--n", "A=10,B=20", "--percent", "--failure"])
      #expect(both.status == 0 && both.out.contains("A    10") && both.out.contains("B    20"))
      for (arguments, status, message) in [
        (["--curve", two, "--n", "10", "--percent", "--failure"], Int32(64), "give numbers by arm"),
        (["--curve", two, "--n", "A=10,C=3", "--percent", "--failure"], 64, "no arm C"),
        (["--curve", one, "--n", "ten"], 64, "whole number"),
        (["--curve", one, "--n", "10", "--probability"], 65, "is no probability"),
        (["--curve", one, "--percent", "--failure"], 65, "number of subjects is not given"), ([], 64, "--curve"),
        (["--curve", one, "--percent", "--probability"], 64, "percent"),
        ([one, "--percent"], 64, "belong to --curve"),
      ] {
        let run = try survkit(["reconstruct"] + arguments)
        #expect(run.status == status && run.err.contains(message) && run.out.isEmpty, "\(arguments): \(run.err)")
      }
    }
  }

  @Test("--relax: what was given up in text, JSON and a warning; without it the pair is refused")
  func relax() throws {
    let facts = try text(Self.data.appendingPathComponent("vision/published.json"))
    // 300 at risk at 4, after 238 at 2, of 280 subjects: it alone cannot be true.
    let changed = facts.replacingOccurrences(of: "280, 238, 203", with: "280, 238, 300")
    let call = ["reconstruct", "-", "--endpoint", "os", "--repeats", "0"]
    #expect(try survkit(call, input: changed).status == 65)
    let run = try survkit(call + ["--relax"], input: changed)
    #expect(run.status == 0 && run.out.contains("soc: the number at risk 300 at 4 is met as closely as possible"))
    // The others are exact, and asked and given of the one stand in the table.
    #expect(run.out.contains("for 300 at 4"))
    let document = try JSONTree.parse(
      Data(survkit(call + ["--relax", "--format", "json", "--no-timestamp"], input: changed).out.utf8))
    let sentence = try #require(document["result"]?["relaxed"]?.array?.first?.string)
    #expect(
      document["result"]?["relaxed"]?.array?.count == 1 && sentence.contains("300 at 4")
        && sentence.contains("280 subjects"))
    #expect(document["warnings"]?.array?.contains { $0["code"]?.string == "relaxed-fact" } ?? false)
    // Facts that agree are as without it.
    #expect(try survkit(call + ["--relax"], input: facts).out == survkit(call, input: facts).out)
  }

  @Test("trouble has a message, the documented status, and leaves nothing")
  func trouble() throws {
    let facts = Self.data.appendingPathComponent("vision/published.json").path
    let unknown = try survkit(["reconstruct", facts, "--endpoint", "pfs"])
    #expect(unknown.status == 64 && unknown.err.contains("os, rpfs, ae_grade3") && unknown.out.isEmpty)
    let proportion = try survkit(["reconstruct", facts, "--endpoint", "ae_grade3"])
    #expect(proportion.status == 64 && proportion.err.contains("proportions"))
    let none = try survkit([
      "reconstruct", Self.data.appendingPathComponent("card/published.json").path, "--endpoint", "pfs",
    ])
    #expect(none.status == 65 && none.err.contains("numbers of events are not published"))
    #expect(try survkit(["reconstruct", "-", "--endpoint", "os"], input: "{").status == 65)
    #expect(try survkit(["reconstruct", "/nowhere/published.json", "--endpoint", "os"]).status == 66)
    // A contradiction names the pair: 300 at risk at 4, after 238 at 2.
    let changed = try text(URL(fileURLWithPath: facts)).replacingOccurrences(of: "280, 238, 203", with: "280, 238, 300")
    let contradiction = try survkit(["reconstruct", "-", "--endpoint", "os"], input: changed)
    #expect(contradiction.status == 65)
    #expect(contradiction.err.contains("238 at risk at 2 and 300 at 4 cannot both be true"))
    #expect(try survkit(["reproduce", "nonsense"]).status == 64)
    try withFolder { folder in
      let missing = try survkit(["reproduce", "vision", "--data", folder.path, "--out", folder.path + "/out"])
      #expect(missing.status == 66 && missing.err.contains("published.json"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      #expect(try survkit(["reproduce", "card", "--data", Self.data.path, "--out", file.path]).status == 73)
    }
  }

  @Test("rows that lost a subject fail the comparison: exit status 1")
  func failure() throws {
    try withFolder { folder in
      let card = folder.appendingPathComponent("card")
      try FileManager.default.copyItem(at: Self.data.appendingPathComponent("card"), to: card)
      let file = card.appendingPathComponent("os.csv")
      let lines = try text(file).split(separator: "\n")
      try Data((lines.dropLast().joined(separator: "\n") + "\n").utf8).write(to: file)
      let run = try survkit(["reproduce", "card", "--data", folder.path, "--out", folder.path + "/out"])
      #expect(run.status == 1)
      #expect(
        try text(folder.appendingPathComponent("out/report.md")).contains(
          "| N | arpi | 126 | 125 | -1 | 0 | input | C | FAIL |"))
    }
  }
}

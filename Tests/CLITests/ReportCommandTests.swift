import Foundation
import ReferenceSuite
import Testing

/// `survkit report`: its sections in every form, its rows, its bytes.
@Suite struct ReportCommandTests {
  private static let lung = [Reference.path("lung.csv"), "--arm", "sex", "--times", "365,730", "--tau", "900"]

  private func report(_ format: String, _ options: [String] = lung, input: String = "") throws -> String {
    let run = try survkit(["report", "--format", format, "--no-timestamp"] + options, input: input)
    #expect(run.status == 0, "\(run.err)")
    return run.out
  }

  @Test(
    "every form has every section, in the order of a reviewer, and the numbers of R",
    arguments: ["html", "md", "latex", "rtf"])
  func sections(format: String) throws {
    let text = try report(format)
    let titles = [
      "Survival analysis of lung.csv", "Trial table", "Comparisons", "Check of proportional hazards",
      "Restricted mean survival time", "Conventions", "Data", "Warnings", "Provenance", "How to reproduce",
    ]
    // The page names them in its list of links before.
    let body = format == "html" ? try #require(text.components(separatedBy: "<main>").last) : text
    var rest = body[...]
    for title in format == "html" ? Array(titles.dropFirst()) : titles {
      let found = try #require(rest.range(of: title), "\(title) in order")
      rest = rest[found.upperBound...]
    }
    // survfit, coxph and survdiff of R survival 3.5-3: open.lung.sex.*.
    for number in ["270 (212, 310)", "426 (348, 550)", "0.588", "chi-squared 10.33 on 1 df", "91.58"] {
      #expect(body.contains(number), "\(number)")
    }
    #expect(try report(format) == text)
    #expect(!text.contains(NSTemporaryDirectory()) && !text.contains("/Tests/"))
    #expect(!text.contains("Started (UTC)"))
  }

  @Test("every setting has words of its own")
  func settings() throws {
    let text = try report(
      "md",
      ["-", "--start", "s", "--strata", "g", "--cluster", "c", "--tau", "3", "--where", "g=1", "--id", "c"],
      input: "s,time,event,arm,g,c\n0,1,1,a,1,1\n0,2,1,b,1,2\n0,3,0,b,1,3\n0,4,1,a,1,4\n0,5,1,b,1,5\n0,6,0,a,2,6\n")
    let table = try #require(
      text.components(separatedBy: "## Conventions").last?.components(separatedBy: "## Data").first)
    let names = table.matches(of: /\n\| ([^|]+) \|/).map { String($0.1) }
    #expect(names.count > 30 && names.allSatisfy { !$0.contains("_") && !$0.contains(".") }, "\(names)")
  }

  @Test("rows hold the numbers of survkit fit to the last digit, in CSV as in JSON")
  func rows() throws {
    let fit = try survkit(["fit", "--format", "json", "--no-timestamp"] + Self.lung).result()
    let rows = try #require(try JSONTree.parse(Data(try report("ard-json").utf8))["result"]?["rows"]?.array)
    func value(
      _ context: String, _ name: String, group: String? = nil, level: String? = nil, variable: String? = nil
    ) -> Double? {
      let found = rows.filter {
        $0["context"]?.string == context && $0["stat_name"]?.string == name && $0["group1_level"]?.string == group
          && $0["variable_level"]?.string == level && (variable == nil || $0["variable"]?.string == variable)
      }
      #expect(found.count == 1, "\(context) \(name): \(found.count) rows")
      return found.first?["stat"]?.number
    }
    for (k, arm) in ["1", "2"].enumerated() {
      let curve = try #require(fit["km"]?["curves"]?[k])
      let points = try #require(curve["landmarks"])
      #expect(value("km", "n", group: arm) == curve["n"]?.number)
      #expect(value("km", "n.event", group: arm) == curve["events"]?.number)
      #expect(value("km", "estimate", group: arm, level: "0.5") == curve["median"]?["estimate"]?.number)
      #expect(value("km", "conf.low", group: arm, level: "0.5") == curve["median"]?["lower"]?.number)
      for (j, time) in ["365", "730"].enumerated() {
        for (name, key) in [("estimate", "surv"), ("std.error", "std_err"), ("n.risk", "n_risk")] {
          #expect(value("km", name, group: arm, level: time) == points[key]?[j]?.number)
        }
        #expect(value("km", "conf.high", group: arm, level: time) == points["ci"]?["log"]?["upper"]?[j]?.number)
      }
      #expect(value("log_rank", "expected", group: arm) == fit["log_rank"]?["expected"]?[k]?.number)
      #expect(value("rmst", "std.error", group: arm, level: "900") == fit["rmst"]?["groups"]?[k]?["se"]?.number)
    }
    #expect(value("log_rank", "statistic") == fit["log_rank"]?["chisq"]?.number)
    #expect(value("log_rank", "p.value") == fit["log_rank"]?["p"]?.number)
    for (name, key) in [
      ("estimate", "hr"), ("conf.low", "hr_lower"), ("conf.high", "hr_upper"), ("std.error", "se"), ("p.value", "p"),
    ] {
      #expect(value("cox", name, level: "2") == fit["cox"]?[key]?[0]?.number, "\(key)")
    }
    #expect(value("zph", "p.value", variable: "GLOBAL") == fit["zph"]?["global"]?["p"]?.number)
    #expect(value("rmst_difference", "p.value", level: "2") == fit["rmst"]?["difference"]?["p"]?.number)
    #expect(value("rmtl_ratio", "estimate", level: "2") == fit["rmst"]?["rmtl_ratio"]?["estimate"]?.number)

    let csv = try report("ard-csv").split(separator: "\n").map { $0.components(separatedBy: ",") }
    // No text of these rows but the methods has a comma, and the methods are last.
    #expect(csv.count == rows.count + 1)
    #expect(
      csv[0].joined(separator: ",").hasPrefix(
        "group1,group1_level,variable,variable_level,context,stat_name,stat_label,stat,"))
    for (line, row) in zip(csv.dropFirst(), rows) {
      #expect(Double(line[7]) == row["stat"]?.number && line[5] == row["stat_name"]?.string)
    }
    #expect(try survkit(["fit", "--format", "ard-csv"] + Self.lung).out == report("ard-csv"))
  }

  @Test("subgroups stand in every form, with the numbers of fit; the page has their forest plot and the residuals")
  func subgroups() throws {
    let options = [Reference.path("lung.csv"), "--arm", "sex", "--subgroups", "ph.ecog"]
    // R: coxph(Surv(time, event) ~ sex, subset = ph.ecog == 1): exp(coef) 0.531, p 0.0076; anova of the interaction: p 0.755.
    for format in ["md", "latex", "rtf"] {
      let text = try survkit(["report"] + options + ["--format", format]).out
      for number in ["0.531", "0.008", "0.755"] { #expect(text.contains(number), "\(format): \(number)") }
    }
    let page = try survkit(["report"] + options + ["--format", "html"]).out
    for part in ["id=\"subgroups\"", "id=\"forest-estimate-3\"", "id=\"schoenfeld-smooth-1\"", "href=\"#subgroups\""] {
      #expect(page.contains(part), "\(part)")
    }
    let fit = try survkit(["fit"] + options + ["--format", "json"]).result()
    let factor = try #require(fit["subgroups"]?["factors"]?[0])
    let rows = try survkit(["report"] + options + ["--format", "ard-csv"]).out.split(separator: "\n").map(String.init)
    func value(_ start: String, _ name: String) -> Double? {
      rows.first { $0.hasPrefix(start) && $0.contains(",\(name),") }.flatMap { row in
        row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(7).first.flatMap { Double($0) }
      }
    }
    let level = try #require(factor["levels"]?[1])
    #expect(value("ph.ecog,1,sex,2,subgroup", "estimate") == level["hr"]?.number)
    #expect(value("ph.ecog,1,sex,2,subgroup", "conf.high") == level["hr_upper"]?.number)
    #expect(value(",,ph.ecog,,interaction", "p.value") == factor["interaction"]?["p"]?.number)
    #expect(rows.contains { $0.hasPrefix("ph.ecog,3,sex,2,subgroup,estimate") && $0.contains("no subject of 2") })
  }

  @Test("a statistic that does not exist is empty, with its reason")
  func missing() throws {
    // Arm b has no event: its curve stays at 1 and its hazard ratio tends to 0.
    let csv = try report("ard-csv", ["-"], input: "time,event,arm\n1,1,a\n2,1,a\n3,0,b\n4,0,b\n")
    let median = try #require(csv.split(separator: "\n").first { $0.contains(",b,prob,0.5,km,estimate") })
    #expect(median.contains("Median survival time,,not reached,"))
    let ratio = try #require(csv.split(separator: "\n").first { $0.contains(",arm,b,cox,estimate") })
    #expect(ratio.contains("Hazard ratio,,not estimable"))
    #expect(!csv.lowercased().contains("nan") && !csv.contains(",inf"))
  }

  @Test("the format follows from the ending; what cannot be is refused before any work")
  func formats() throws {
    try withFolder { folder in
      for (name, start) in [
        ("r.html", "<!DOCTYPE html>"), ("r.md", "# "), ("r.tex", "\\documentclass"), ("r.rtf", "{\\rtf1"),
        ("r.json", "{\n  \"schema\""), ("r.csv", "group1,"),
      ] {
        let path = folder.appendingPathComponent(name).path
        let run = try survkit(["report", "-o", path] + Self.lung)
        #expect(run.status == 0 && run.out.isEmpty && run.err.isEmpty, "\(run.err)")
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix(start), "\(name)")
      }
      let (report, figure) = (folder.appendingPathComponent("b.md").path, folder.appendingPathComponent("km.svg").path)
      let run = try survkit(["report", "-o", report, "--figure", figure] + Self.lung)
      #expect(run.status == 0)
      #expect(try String(contentsOfFile: report, encoding: .utf8).contains("](km.svg)"))
      #expect(try String(contentsOfFile: figure, encoding: .utf8).contains("</svg>"))
    }
    for (options, text) in [
      (["-o", "r.docx"], "end it in .html, .md, .tex, .rtf, .json or .csv"),
      (["--figure", "km.jpg"], ".svg, .pdf or .png"),
    ] {
      let run = try survkit(["report"] + Self.lung + options)
      #expect(run.status == 64 && run.err.contains(text), "\(run.err)")
    }
    let resampled = try survkit(["fit", "--format", "ard-csv", "--bootstrap", "50"] + Self.lung)
    #expect(resampled.status == 64 && resampled.err.contains("no rows of a bootstrap"))
    let km = try survkit(["km", "--format", "ard-csv", Reference.path("lung.csv")])
    #expect(km.status == 64 && km.err.contains("--format ard-csv belongs to survkit fit and survkit report"))
  }

  @Test("every analysis can be a page, a LaTeX article and an RTF document")
  func otherCommands() throws {
    for command in [
      ["km"], ["test", "--arm", "sex"], ["cox", "--model", "sex"], ["rmst", "--arm", "sex", "--tau", "900"],
    ] {
      for (format, start, end) in [
        ("html", "<!DOCTYPE html>", "</html>"), ("latex", "\\documentclass", "\\end{document}\n"),
        ("rtf", "{\\rtf1", "}\n"),
      ] {
        let run = try survkit([command[0], Reference.path("lung.csv"), "--format", format] + command.dropFirst())
        #expect(
          run.status == 0 && run.out.hasPrefix(start) && run.out.hasSuffix(end), "\(command) \(format): \(run.err)")
        #expect(run.out.contains("\(command[0]): lung.csv"))
      }
    }
  }

  @Test("one arm, several arms, case weights, delayed entry, no event: a report of what there is")
  func shapes() throws {
    let one = try report("html", [Reference.path("lung.csv")])
    #expect(one.contains("one arm only: nothing to compare") && one.contains("Nothing to compare"))
    let several = try report("html", [Reference.path("lung.csv"), "--arm", "ph.ecog"])
    #expect(
      several.contains("in 4 arms: log-rank p &lt; 0.001") && several.contains("ph.ecog = 1 against ph.ecog = 0: 1.4"))
    let weighted = try report(
      "html", ["-", "--weight", "w"], input: "time,event,arm,w\n1,1,a,2\n2,1,b,0.5\n3,0,b,1\n4,1,a,1\n")
    #expect(weighted.contains("Sum of weights") && weighted.contains("the log-rank test is left out"))
    let late = try report(
      "html", ["-", "--start", "s"], input: "s,time,event,arm\n0,1,1,a\n1,2,1,b\n0,3,0,b\n2,4,1,a\n0,5,1,b\n")
    #expect(late.contains("Delayed entry"))
    let none = try report("html", ["-"], input: "time,event,arm\n1,0,a\n2,0,b\n3,0,b\n")
    #expect(none.contains("no events: nothing to compare"))
  }

  @Test("the page is well-formed HTML and stays small")
  func page() throws {
    var state: UInt64 = 7
    let rows = (0..<1000).map { k -> String in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return "\(Double(state >> 40) / 1000),\(k % 3 == 0 ? 0 : 1),\(k % 2)\n"
    }
    let text = try report("html", ["-"], input: "time,event,arm\n" + rows.joined())
    #expect(text.utf8.count < 400_000, "\(text.utf8.count)")
    let faults = try htmlFaults(text)
    #expect(faults.isEmpty, "\(faults)")
  }
}

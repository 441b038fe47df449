import Foundation
import Testing

/// `survkit plot`: the file, what the options change in it, and that trouble leaves none.
@Suite struct PlotCommandTests {
  private static let trial = "time,event,arm\n1,1,a\n2,1,b\n3,0,b\n4,1,a\n5,1,b\n6,0,a\n"

  /// The figure drawn with the given options.
  private func figure(_ options: [String], input: String = trial) throws -> String {
    var svg = ""
    try withFolder { folder in
      let file = folder.appendingPathComponent("km.svg").path
      let run = try survkit(["plot", "-", "-o", file] + options, input: input)
      #expect(run.status == 0 && run.out.isEmpty && run.err.isEmpty, "\(run.err)")
      svg = try String(contentsOfFile: file, encoding: .utf8)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["km.svg"])
    }
    return svg
  }

  @Test("the figure carries the results of fit: medians, hazard ratio, log-rank test, conventions")
  func annotation() throws {
    let svg = try figure(
      ["--arm", "sex"], input: try String(contentsOfFile: Reference.path("lung.csv"), encoding: .utf8))
    // R on the lung data: 112 of 138 and 53 of 90, medians 270 and 426, HR 0.588, log-rank p 0.0013.
    for text in [
      "112/138", "53/90", "270 (212, 310)", "426 (348, 550)",
      "HR, sex = 2 vs sex = 1: 0.588 (95% CI 0.424 to 0.816), Wald p = 0.001", "Log-rank p = 0.001",
      "log scale; median by the rule of r; ties efron",
    ] {
      #expect(svg.contains(text), "\(text)")
    }
    #expect(try figure([]) == figure([]), "the same call draws the same bytes")
  }

  @Test("labels and footers stand in the figure as text, whatever they hold")
  func labels() throws {
    let svg = try figure([
      "--title", "<script>alert(1)</script>", "--time-label", "Months since randomisation", "--value-label", "Alive",
      "--footer", "Reconstructed from figure 2", "--footer", "A & B",
    ])
    #expect(!svg.contains("<script") && svg.contains("&lt;script&gt;"))
    for text in ["Months since randomisation", ">Alive<", "Reconstructed from figure 2", "A &amp; B"] {
      #expect(svg.contains(text), "\(text)")
    }
  }

  @Test("presets and single options change what they say")
  func options() throws {
    let clean = try figure([])
    // In the figure with the options, and not in the plain one.
    func isNew(_ text: String, _ options: [String]) throws -> Bool {
      try figure(options).contains(text) && !clean.contains(text)
    }
    #expect(try isNew(">Censored<", ["--preset", "kmunicate"]) && isNew("number censored", ["--preset", "lancet"]))
    #expect(try isNew("(%)", ["--preset", "nejm"]) && isNew("(%)", ["--percent"]))
    #expect(try isNew("Cumulative incidence", ["--cumulative-incidence"]))
    #expect(try isNew(">Cumulative hazard<", ["--kind", "cumhaz"]) && isNew("Nelson-Aalen", ["--kind", "cumhaz"]))
    #expect(try isNew(">Cumulative hazard<", ["--kind", "cumhaz", "--preset", "nejm"]))
    #expect(try isNew(">log(-log(survival probability))<", ["--kind", "loglog"]))
    for refused in [["--percent"], ["--median-lines"], ["--cumulative-incidence"], ["--step", "2"]] {
      let run = try survkit(["plot", "-", "-o", "-", "--kind", "loglog"] + refused, input: Self.trial)
      #expect(run.status == 64 && run.out.isEmpty, "\(refused)")
    }
    #expect(try isNew("fewer than 2", ["--truncate-at-risk", "2"]))
    #expect(try isNew("width=\"86mm\"", ["--width", "86"]))
    #expect(try isNew("height=\"150mm\"", ["--height", "150"]))
    #expect(try isNew("id=\"km-medians\"", ["--median-lines"]))
    #expect(clean.contains("Number at risk"))
    #expect(try !figure(["--risk-table", "none"]).contains("Number at risk"))
    // The line has the colour asked for, the label a darker one where it would be hard to read.
    let coloured = try figure(["--colours", "#D55E00,#444444"])
    #expect(coloured.contains("stroke=\"#D55E00\"") && coloured.contains("fill=\"#444444\">b<"))
    #expect(!coloured.contains("fill=\"#D55E00\">a<") && !coloured.contains("#0072B2"))
    // An option beside a preset wins over it.
    #expect(try !figure(["--preset", "kmunicate", "--risk-table", "at-risk"]).contains(">Censored<"))
    for flag in ["--no-ribbon", "--no-censor-marks"] { #expect(try figure([flag]).utf8.count < clean.utf8.count) }
    #expect(try isNew("ticks&quot;:[0,3,6]", ["--step", "3"]))
  }

  @Test(
    "trouble: one message, the documented status, no file",
    arguments: [
      (["--kind", "cif"], trial, 64, "--causes 1,2"), (["--kind", "rmst"], trial, 64, "--tau TIME"),
      (["--kind", "pie"], trial, 64, "pie"), (["--tau", "3"], trial, 64, "--tau belongs to --kind rmst"),
      (["--causes", "1"], trial, 64, "--causes belongs to --kind cif"),
      (["--columns", "2"], trial, 64, "belongs to --by"),
      (["--by", "arm"], trial, 64, "standard input"), (["--landmarks", "a"], trial, 64, "--landmarks"),
      (["--colours", "#FFFF00,#000000"], trial, 64, "contrast of 1.1"),
      (["--colours", "red,blue"], trial, 64, "#RRGGBB"),
      (["--colours", "#000000"], trial, 64, "2 colours are needed"),
      (["--difference", "--cumulative-incidence"], trial, 64, "--difference"),
      (["--difference"], "time,event\n1,1\n2,0\n", 64, "two arms"),
      (["--kind", "rmst", "--tau", "0"], trial, 64, "positive"),
      (["--kind", "cif", "--causes", "1", "--cause-labels", "a,b"], trial, 64, "names 2 causes"),
      (["--preset", "jama"], trial, 64, "jama"),
      (["--width", "20"], trial, 64, "60 and 400"), (["--truncate-at-risk", "0"], trial, 64, "1 or more"),
      (["--step", "0"], trial, 64, "above 0"), (["--risk-table", "all"], trial, 64, "all"),
      (["--arm", "time"], "time,event\n" + (1...9).map { "\($0),1\n" }.joined(), 64, "up to 8 arms"),
      ([], "time,event\n1,2\n", 65, "--event-values"),
    ])
  func trouble(options: [String], input: String, status: Int32, message: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("km.svg").path
      let run = try survkit(["plot", "-", "-o", file] + options, input: input)
      #expect(run.status == status && run.out.isEmpty && run.err.contains(message), "\(run.err)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test("the output: asked for, not overwritten unasked, a full disk an error")
  func output() throws {
    #expect(try survkit(["plot", "-"], input: Self.trial).status == 64)
    #expect(try survkit(["plot", "-", "-o", "/dev/full"], input: Self.trial).status == 74)
    try withFolder { folder in
      let file = folder.appendingPathComponent("km.svg")
      try Data("kept".utf8).write(to: file)
      #expect(try survkit(["plot", "-", "-o", file.path], input: Self.trial).status == 73)
      #expect(try String(contentsOf: file, encoding: .utf8) == "kept")
      #expect(try survkit(["plot", "-", "-o", file.path, "--force"], input: Self.trial).status == 0)
      #expect(try String(contentsOf: file, encoding: .utf8).contains("<svg"))
    }
  }

  @Test("landmarks, restricted means and differences stand in the figure with the numbers of fit")
  func furtherResults() throws {
    let lung = try String(contentsOfFile: Reference.path("lung.csv"), encoding: .utf8)
    // R: summary(survfit(Surv(time, status) ~ sex, lung), times = 365), the interval on the scale of log S.
    let landmarks = try figure(["--arm", "sex", "--landmarks", "365"], input: lung)
    for text in ["% at 365 (95% CI)", "33.6 (26.1, 43.3)", "52.6 (42.1, 65.8)", "id=\"km-landmarks\""] {
      #expect(landmarks.contains(text), "\(text)")
    }
    // R: summary(survfit(…), rmean = 365)$table: 241.4951 and 297.4654.
    let means = try figure(["--arm", "sex", "--kind", "rmst", "--tau", "365"], input: lung)
    for text in [
      "RMST to 365 (95% CI)", "241.5 (", "297.5 (", "sex = 2 minus sex = 1: 56.0 (", "id=\"km-areas\"",
      "restricted mean survival time",
    ] {
      #expect(means.contains(text), "\(text)")
    }
    #expect(try figure(["--difference"]).contains("Difference, b minus a"))
  }

  @Test("a panel for each level has the numbers of its rows; missing levels are noted")
  func panels() throws {
    try withFolder { folder in
      let (data, file) = (folder.appendingPathComponent("d.csv").path, folder.appendingPathComponent("p.svg").path)
      let rows = "time,event,arm,site\n1,1,a,N\n2,1,b,N\n3,0,b,S\n4,1,a,S\n5,1,b,\n6,0,a,S\n"
      try rows.write(toFile: data, atomically: true, encoding: .utf8)
      let run = try survkit(["plot", data, "-o", file, "--by", "site"])
      #expect(run.status == 0 && run.err.contains("left out for a missing value: 1 row in site"), "\(run.err)")
      let svg = try String(contentsOfFile: file, encoding: .utf8)
      for text in ["site: N", "site: S", "id=\"km-panel-2-curve-2\"", ">1/1<", ">1/2<", ">0/1<", "Source: d.csv"] {
        #expect(svg.contains(text), "\(text)")
      }
      #expect(try survkit(["plot", data, "-o", file, "--by", "nowhere", "--force"]).status == 64)
    }
  }

  @Test("cumulative incidences of causes, by name, with Gray's test")
  func incidences() throws {
    let rows = "time,cause,arm\n1,1,a\n2,2,b\n3,0,b\n4,1,a\n5,1,b\n6,2,a\n7,0,a\n8,1,b\n"
    let options = ["--kind", "cif", "--event", "cause", "--causes", "1,2"]
    let svg = try figure(options + ["--cause-labels", "Relapse,Death", "--landmarks", "4"], input: rows)
    // By hand, arm a: at risk 4, 3, 2, 1 at 1, 4, 6, 7; F of relapse at 4 is 1/4 + 3/4 × 1/3.
    for text in ["a: Relapse", "b: Death", ">2/4<", "50.0 (", "Gray&apos;s test, Relapse: p", "Aalen-Johansen"] {
      #expect(svg.contains(text), "\(text)")
    }
    #expect(try figure(options, input: rows).contains("a: cause = 1"))
  }

  @Test("rows left out are noted on standard error, unless --quiet")
  func notes() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("km.svg").path
      let input = Self.trial + "7,,a\n"
      let noted = try survkit(["plot", "-", "-o", file], input: input)
      #expect(noted.status == 0 && noted.err == "survkit: note: left out for a missing value: 1 row in event\n")
      #expect(try survkit(["plot", "-", "-o", file, "--force", "--quiet"], input: input).err.isEmpty)
    }
  }
}

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
    // An option beside a preset wins over it.
    #expect(try !figure(["--preset", "kmunicate", "--risk-table", "at-risk"]).contains(">Censored<"))
    for flag in ["--no-ribbon", "--no-censor-marks"] { #expect(try figure([flag]).utf8.count < clean.utf8.count) }
    #expect(try isNew("ticks&quot;:[0,3,6]", ["--step", "3"]))
  }

  @Test(
    "trouble: one message, the documented status, no file",
    arguments: [
      (["--kind", "cif"], trial, 64, "not available in this version"),
      (["--kind", "schoenfeld"], trial, 64, "not available in this version"),
      (["--kind", "pie"], trial, 64, "is not known"), (["--preset", "jama"], trial, 64, "jama"),
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

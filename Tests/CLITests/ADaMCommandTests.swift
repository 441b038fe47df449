import Foundation
import ReferenceSuite
import Testing

/// `survkit` on an ADaM time-to-event data set: the made-up docs/examples/adtte.csv, whose numbers are those of R survival 3.5-3.
@Suite struct ADaMCommandTests {
  private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("docs/examples/adtte.csv").path
  private static let commands = [
    ["fit"], ["km"], ["test"], ["cox"], ["rmst", "--tau", "400"], ["cif", "--causes", "0", "--censored", "1,2"],
    ["aft", "--distribution", "weibull"], ["explain"], ["report"], ["plot", "-o", "-"],
  ]

  private func run(_ command: [String], _ options: [String] = []) throws -> Run {
    try survkit([command[0], Self.file] + command.dropFirst() + options)
  }

  @Test("no command takes two endpoints for one; --select chooses, and is short for a condition", arguments: commands)
  func parameters(command: [String]) throws {
    let heap = try run(command)
    #expect(heap.status == 65 && heap.out.isEmpty)
    #expect(
      heap.err.contains(
        "OS (Overall survival), 60 rows; PFS (Progression-free survival), 60 rows. Choose one: --select OS"),
      "\(heap.err)")
    let selected = try run(command, ["--select", "OS"])
    #expect(selected.status == 0, "\(selected.err)")
    let unknown = try run(command, ["--select", "DOR"])
    #expect(unknown.status == 64 && unknown.out.isEmpty && unknown.err.contains("no row is of the parameter DOR"))
    if command[0] == "km" { #expect(try run(command, ["--where", "PARAMCD=OS"]).out == selected.out) }
  }

  @Test("the trial table: coding, unit, R's numbers, and how observation ended")
  func table() throws {
    let found = try run(["fit"], ["--select", "OS", "--reference", "Placebo"])
    #expect(
      found.out.contains("120 rows read, 60 excluded by --where PARAMCD=OS, 60 used; CNSR = 0: 34 events, 26 censored"))
    #expect(found.out.contains("Times in DAYS, as AVALU says"))
    #expect(found.out.contains("Read where several columns could serve: arm from TRT01P, not TRT01A (--arm)"))
    // survfit: whole days; survdiff: 3.981505.
    for line in ["Placebo", "Active 5 mg", "242.5 (191, NR)", "549 (373, NR)", "chi-squared 3.98 on 1 df"] {
      #expect(found.out.contains(line), "\(line)")
    }
    func cells(_ first: String) -> [String] {
      let line = found.out.split(separator: "\n").first { $0.hasPrefix(first) } ?? ""
      return line.dropFirst(first.count).split(separator: " ").map(String.init)
    }
    // table(EVNTDESC, TRT01P) of R.
    #expect(found.out.contains("How observation ended"))
    #expect(cells("Event, EVNTDESC: DEATH") == ["21", "13"])
    #expect(cells("Censored, CNSR: 1") == ["9", "12"] && cells("Censored, CNSR: 2") == ["0", "5"])
    #expect(cells("Censored, EVNTDESC: ALIVE AT DATA CUT") == ["9", "12"])
    #expect(cells("Censored, EVNTDESC: LOST TO FOLLOW-UP") == ["0", "5"])
    #expect(cells("Censored, CNSDTDSC: LAST KNOWN ALIVE") == ["9", "17"])
    for format in ["md", "html"] {
      let text = try run(["fit"], ["--select", "OS", "--format", format]).out
      #expect(text.contains("LOST TO FOLLOW-UP") && text.contains("How observation ended"), "\(format)")
    }
    #expect(try run(["report"], ["--select", "OS"]).out.contains("LOST TO FOLLOW-UP"))
    let json = try run(["fit"], ["--select", "PFS", "--format", "json"]).json()
    let endings = try #require((json["result"] as? [String: Any])?["endings"] as? [[String: Any]])
    #expect(endings[0]["text"] as? String == "DISEASE PROGRESSION" && endings[0]["n"] as? [Double] == [22, 18])
    #expect(endings[0]["is_event"] as? Bool == true && endings[0]["column"] as? String == "EVNTDESC")
  }

  @Test("--time-unit months: medians, landmark rates and restricted means as R gives them for days / 30.4375")
  func months() throws {
    let run = try run(
      ["fit"], ["--select", "OS", "--time-unit", "months", "--times", "6,12", "--tau", "12", "--format", "json"])
    let document = try run.json()
    let settings = try #require(document["settings"] as? [String: Any])
    let unit = try #require(settings["time_unit"] as? [String: Any])
    #expect(
      unit["unit"] as? String == "months" && unit["stated"] as? String == "DAYS"
        && unit["stated_by"] as? String == "AVALU")
    #expect(unit["factor"] as? Double == 1 / 30.4375 && settings["where"] as? [String] == ["PARAMCD=OS"])
    let result = try run.result()
    let curves = try #require(result["km"]?["curves"]?.array)
    // R gives 15 digits; a quotient and a product are rounded once each.
    for (arm, median, rates) in [
      (0, 18.0369609856263, [0.797333333333333, 0.653714285714286]), (1, 7.96714579055441, [0.7, 0.366666666666667]),
    ] {
      #expect(
        abs(
          try #require(curves[arm]["median"]?["estimate"]?.number)
            - median) < 1e-12)
      let found = try #require(curves[arm]["landmarks"]?["surv"]?.doubles)
      for (a, b) in zip(found, rates) { #expect(abs((a ?? .nan) - b) < 1e-13) }
    }
    let text = try self.run(["fit"], ["--select", "OS", "--time-unit", "months", "--tau", "12"]).out
    #expect(text.contains("Times in months: DAYS as AVALU says, divided by 30.4375"))
    // summary(survfit, rmean = 12): 9.671487, 7.639425.
    #expect(text.contains("9.671 (") && text.contains("7.639 ("), "\(text)")
  }

  @Test("a unit nobody names is asked for; one that the file contradicts, or that is none, is refused")
  func unitTrouble() throws {
    let rows = "time,event,arm\n30.4375,1,a\n60.875,0,b\n"
    let asked = try survkit(["km", "-", "--time-unit", "months"], input: rows)
    #expect(asked.status == 64 && asked.out.isEmpty && asked.err.contains("--time-unit days:months"))
    let told = try survkit(["km", "-", "--time-unit", "days:months"], input: rows)
    #expect(told.status == 0 && told.out.contains("Times in months: days as the call says, divided by 30.4375"))
    #expect(try survkit(["km", "-", "--time-unit", "moons"], input: "").status == 64)
    #expect(try run(["km"], ["--select", "OS", "--time-unit", "weeks:months"]).status == 64)
    let mixed = try survkit(["km", "-"], input: "AVAL,AVALU,CNSR\n1,DAYS,0\n2,MONTHS,1\n")
    #expect(mixed.status == 65 && mixed.err.contains("DAYS (1), MONTHS (1)"))
  }

  @Test("figures name the unit on their time axis unless a title is given")
  func axis() throws {
    let drawn = try run(["plot", "-o", "-"], ["--select", "OS"]).out
    #expect(drawn.contains("Time (days)"))
    #expect(try run(["plot", "-o", "-"], ["--select", "OS", "--time-unit", "months"]).out.contains("Time (months)"))
    let titled = try run(["plot", "-o", "-"], ["--select", "OS", "--time-label", "Days since randomisation"]).out
    #expect(titled.contains("Days since randomisation") && !titled.contains("Time (days)"))
    // A panel per parameter is no heap.
    let panels = try run(["plot", "-o", "-"], ["--by", "PARAMCD"])
    #expect(panels.status == 0 && !panels.err.contains("more than one row"), "\(panels.err)")
  }

  @Test("conditions on numbers and alternatives; a comma separates conditions of every kind")
  func conditions() throws {
    // subset(AGE >= 65 & SAFFL == "Y") of R: 27 rows, 13 events; coefficient of TRT01P 1.05234792614635 against Active.
    let options = ["--select", "OS", "--where", "AGE>=65,SAFFL!=N"]
    let run = try run(["cox"], options + ["--format", "json"])
    let data = try #require(try run.json()["data"] as? [String: Any])
    #expect(data["rows_used"] as? Int == 27 && data["events"] as? Int == 13)
    // Newton's method of R stops at a relative change of 1e-9 in the likelihood.
    #expect(abs(try #require(try run.result()["coef"]?[0]?.number) - 1.05234792614635) < 1e-7)
    #expect(
      try self.run(["km"], options).out.contains("excluded by --where AGE>=65 and SAFFL!=N and PARAMCD=OS, 27 used"))
    let both = try self.run(["km"], ["--select", "OS", "--where", "EVNTDESC=DEATH|LOST TO FOLLOW-UP"])
    #expect(both.out.contains("39 used; CNSR = 0: 34 events, 5 censored"))
    for (condition, said) in [("AGE>=old", "compares numbers"), ("AGE", "COLUMN=VALUE"), (">3", "COLUMN=VALUE")] {
      let refused = try self.run(["km"], ["--select", "OS", "--where", condition])
      #expect(refused.status == 64 && refused.err.contains(said), "\(refused.err)")
    }
    let text = try self.run(["km"], ["--select", "OS", "--where", "SEX>1"])
    #expect(text.status == 65 && text.err.contains("row 1, column \"SEX\": the condition SEX>1 compares numbers"))
  }

  @Test("subjects with several rows, the numbers of arms and codes named against ADaM are remarked")
  func remarks() throws {
    func codes(_ options: [String]) throws -> [String] {
      let run = try run(["km"], options + ["--format", "json", "--quiet"])
      return try #require(try run.json()["warnings"] as? [[String: Any]]).compactMap { $0["code"] as? String }
    }
    #expect(try codes(["--select", "OS"]) == ["column-choice", "arm-numbers"])
    #expect(try codes(["--select", "OS", "--reference", "Placebo", "--arm", "TRT01P"]).isEmpty)
    #expect(try codes(["--arm", "PARAMCD"]) == ["repeated-subjects"])
    #expect(
      try codes(["--select", "OS", "--arm", "SEX", "--event-values", "1,2"]) == [
        "event-codes-doubtful", "censored-events",
      ])
    let reversed = try survkit(["fit", "-"], input: "AVAL,CNSR,CNSDTDSC\n1,0,LAST ALIVE\n2,1,\n")
    #expect(reversed.status == 65 && reversed.out.isEmpty && reversed.err.contains("looks reversed"))
  }

  @Test("times of new subjects are in the file's unit and converted with the data")
  func newSubjects() throws {
    try withFolder { folder in
      let subjects = folder.appendingPathComponent("new.csv")
      try Data("TRT01P,AVAL\nPlacebo,200\nActive 5 mg,400\n".utf8).write(to: subjects)
      for unit in [[], ["--time-unit", "months"]] {
        let run = try run(
          ["cox"], ["--select", "OS", "--predict", subjects.path, "--format", "json", "--quiet"] + unit)
        let found = try #require(try run.result()["predict"]?["expected"]?.doubles)
        // predict(coxph, type = "expected") of R, which gives 15 digits and stops Newton's method at 1e-9 of the likelihood.
        for (a, b) in zip(found, [0.483612501532935, 0.518467986307074]) { #expect(abs((a ?? .nan) - b) < 1e-7) }
        #expect(found.count == 2)
      }
    }
  }
}

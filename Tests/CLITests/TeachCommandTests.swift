import Foundation
import ReferenceSuite
import Testing

/// `survkit teach`: every step of a small trial with its numbers.
@Suite struct TeachCommandTests {
  private static let gehan = [Reference.path("gehan.csv"), "--arm", "treat"]

  private func teach(_ options: [String], input: String = "") throws -> String {
    let run = try survkit(["teach"] + options, input: input)
    #expect(run.status == 0, "\(run.err)")
    return run.out
  }

  /// The cells of the line that begins with `start`, after the line `heading`.
  private func cells(_ text: String, after heading: String, _ start: String) throws -> [String] {
    let lines = text.split(separator: "\n").map(String.init)
    let from = try #require(lines.firstIndex(of: heading), "\(heading)")
    let line = try #require(lines[from...].first { $0.hasPrefix(start + " ") }, "\(start)")
    return line.split(separator: " ").map(String.init)
  }

  // MARK: 6-MP

  @Test("the trial of 6-MP: rows, table, test and model as textbooks and R have them")
  func sixMP() throws {
    let text = try teach(TeachCommandTests.gehan + ["--times", "10"])
    // Freireich 1963, in order.
    #expect(text.contains("6, 6, 6, 6+, 7, 9+, 10, 10+, 11+, 13, 16, 17+, 19+, 20+, 22, 23, 25+, 32+, 32+, 34+, 35+\n"))
    #expect(text.contains("6+ comes after 6."))
    // R survival 3.5-3, rounded; S(6) = 0.857, S(23) = 0.448, 9 of 19.25 and 16.79 stand in every textbook.
    #expect(
      try cells(text, after: "6-MP", "6")
        == ["6", "21", "3", "1", "0.8571", "0.8571", "0.00794", "0.00794", "0.0764", "0.7198", "1.0000"])
    #expect(
      try cells(text, after: "6-MP", "23")
        == ["23", "6", "1", "5", "0.8333", "0.4482", "0.03333", "0.09018", "0.1346", "0.2488", "0.8074"])
    #expect(
      try cells(text, after: "control", "23") == ["23", "1", "1", "0", "0.0000", "0.0000", "–", "–", "–", "–", "–"])
    #expect(text.contains("S(t) falls from 0.5378 to 0.4482 at 23."))
    #expect(text.contains("Median (95% CI): 23 (16, NR)") && text.contains("Median (95% CI): 8 (4, 12)"))
    #expect(text.contains("S(10) = 0.7529 (95% CI 0.5859 to 0.9676): the last event time up to 10 is 10."))
    #expect(try cells(text, after: "3. The log-rank test", "1") == ["1", "42", "21", "2", "2", "1.0000", "0.4878"])
    #expect(try cells(text, after: "3. The log-rank test", "Sum") == ["Sum", "30", "21", "10.7495", "6.2570"])
    #expect(text.contains("chi-squared = (O − E)²/V = (21 − 10.7495)² / 6.2570 = 16.7929"))
    #expect(text.contains("= 0.0000417.\n") && text.contains("19.2505  -10.2505"))
    #expect(text.contains("t = 1: 2β − ln(21 + 21e^β) − ln(21 + 21e^β − 1/2 (0 + 2e^β))\n"))
    let newton = "Newton's steps from β = 0"
    #expect(
      try cells(text, after: newton, "0") == ["0", "0.000000", "-93.184270", "10.572852", "6.481603", "1.631210"])
    #expect(
      try cells(text, after: newton, "1") == ["1", "1.631210", "-85.018612", "-0.343574", "5.749403", "-0.059758"])
    #expect(text.contains("se = 1/√I = 1/√5.879895 = 0.412397; HR = exp(1.572125) = 4.817, 95% CI"))
    // R: exp(1.57212514882907 ± 1.959964 · 0.412396717709455).
    #expect(text.contains("= 2.147 to 10.809"))
    #expect(text.contains("O − E = 10.2505: that of the log-rank test, 10.2505.") && text.contains("= 6.5957;"))
  }

  @Test("JSON: the result of fit is that of survkit fit, and the steps end in it")
  func document() throws {
    let options = TeachCommandTests.gehan + ["--format", "json"]
    let result = try survkit(["teach"] + options).result()
    let fit = try survkit(["fit"] + options).result()
    #expect(result["fit"] == fit)
    let newton = try #require(result["cox_iterations"]?.array?.last)
    #expect(newton["coef"]?.doubles == fit["cox"]?["coef"]?.doubles)
    #expect(newton["loglik"]?.number == fit["cox"]?["loglik"]?.number)
    let information = try #require(newton["information"]?[0]?.doubles.first ?? nil)
    let error = try #require(fit["cox"]?["se"]?.doubles.first ?? nil)
    // A root and a quotient against a factor's inverse.
    #expect(abs(1 / information.squareRoot() - error) <= 4e-16 * error)
    for (arm, curve) in (result["curves"]?.array ?? []).enumerated() {
      let whole = try #require(fit["km"]?["curves"]?[arm])
      let at = (whole["n_event"]?.doubles ?? []).indices.filter { (whole["n_event"]?.doubles[$0] ?? 0) > 0 }
      for key in ["time", "n_risk", "n_event", "surv", "std_err"] {
        #expect(curve[key]?.doubles == at.map { whole[key]?.doubles[$0] }, "\(key)")
      }
      #expect(curve["lower"]?.doubles == at.map { whole["ci"]?["log"]?["lower"]?.doubles[$0] })
      #expect(curve["row_time"]?.array?.count == 21)
    }
    #expect(result["curves"]?.array?.count == 2)
    let steps = try #require(result["log_rank_steps"]?.array)
    let expected = steps.compactMap { $0["expected"]?.doubles[1] }.reduce(0, +)
    #expect(abs(expected - (fit["log_rank"]?["expected"]?.doubles[1] ?? 0)) <= 1e-14)
  }

  @Test(
    "the interval worked out is the one of its formula",
    arguments: ["plain", "log", "log-log", "logit", "arcsin"])
  func intervals(scale: String) throws {
    let text = try teach(TeachCommandTests.gehan + ["--conf-type", scale, "--times", "10"])
    let line = try #require(text.split(separator: "\n").first { $0.contains("scale \(scale), z = 1.9600") })
    // Klein & Moeschberger 2003, section 4.3, with S(10) and Greenwood's sum of the arm on 6-MP, both fractions by hand.
    let s: Double = 18 * 16 * 14 / (21 * 17 * 15)
    let terms: [Double] = [3 / (21 * 18), 1 / (17 * 16), 1 / (15 * 14)]
    let half = 1.959963984540054 * terms.reduce(0, +).squareRoot()
    let limits = [-1.0, 1].map { side -> Double in
      switch scale {
      case "plain":
        return s * (1 + side * half)
      case "log":
        return s * exp(side * half)
      case "log-log":
        let centre = log(-log(s))
        return exp(-exp(centre - side * half / -log(s)))
      case "logit":
        let centre = log(s / (1 - s))
        return 1 / (1 + exp(-(centre + side * half / (1 - s))))
      default:
        let centre = asin(s.squareRoot())
        let root = (s / (1 - s)).squareRoot()
        return pow(sin(centre + side * half / 2 * root), 2)
      }
    }
    let text4 = limits.map { String(format: "%.4f", min(1, $0)) }
    #expect(line.contains(": \(text4[0]) to \(text4[1]) (Klein"), "\(line)")
  }

  // MARK: Other data

  @Test("strata: a table each and their sum, the test and the model of R")
  func strata() throws {
    let text = try teach([Reference.path("tiny_ties.csv"), "--strata", "s", "--like", "sas"])
    #expect(text.contains("Stratum s = u\n") && text.contains("Stratum s = v\n") && text.contains("\nAll "))
    let fit = try survkit([
      "fit", Reference.path("tiny_ties.csv"), "--strata", "s", "--like", "sas", "--format", "json",
    ]).result()
    let statistic = try #require(fit["log_rank"]?["chisq"]?.number)
    #expect(text.contains("= \(String(format: "%.4f", statistic)); p = "))
    #expect(text.contains("Breslow 1974") && !text.contains("Efron"))
    #expect(text.contains("t = 2, stratum u: β − 2 ln(10 + 10e^β)\n"))
    #expect(text.contains("Each stratum has its own h0"))
  }

  @Test("four arms: the quadratic form and vectors")
  func arms() throws {
    let text = try teach([Reference.path("veteran.csv"), "--arm", "celltype"])
    #expect(text.contains("z' V⁻¹ z") && text.contains("Covariance V of O − E"))
    // survdiff(Surv(time, event) ~ celltype) of R: 25.4 on 3 df.
    #expect(text.contains("chi-squared = 25.4037 on 3 df"))
    #expect(text.contains("the step is I⁻¹ U") && text.contains("squamous against adeno: β ="))
    #expect(text.contains("… 57 more"))
  }

  @Test("long data are an excerpt with what is left out, delayed entry has its start")
  func longData() throws {
    let text = try teach([Reference.path("lung.csv"), "--arm", "sex"])
    #expect(text.contains("… (18 more) …") && text.contains("\n… 60 more\n"))
    #expect(text.split(separator: "\n").count < 250)
    let late = try teach([Reference.path("small_entry.csv"), "--start", "start"])
    #expect(late.contains("at risk from after 2 up to 6, and not before"))
    #expect(late.contains("those who have entered since"))
  }

  @Test("one arm, no event, separated arms: what there is, with the reason for what is not")
  func edges() throws {
    let one = try teach(["-"], input: "time,event\n1,1\n2,0\n3,1\n4,0\n")
    #expect(one.contains("one arm only") && !one.contains("log-rank test\n"))
    let none = try teach(["-", "--format", "html"], input: "time,event,arm\n1,0,a\n2,0,b\n")
    #expect(none.contains("no events: nothing to compare"))
    let apart = try teach(["-"], input: "time,event,arm\n1,1,a\n2,1,a\n3,1,b\n4,1,b\n")
    #expect(apart.contains("not estimable (tends to -infinity)") && apart.contains("for ever"))
    #expect(apart.contains("one number, for no two events are tied"))
  }

  @Test(
    "what teach does not take is refused with what to do",
    arguments: [
      (["--weight", "time"], "--freq"), (["--cluster", "time"], "Cox model"), (["--times", "x"], "--times"),
    ])
  func trouble(options: [String], message: String) throws {
    let run = try survkit(["teach", "-"] + options, input: "time,event\n1,1\n2,0\n")
    #expect(run.status == 64 && run.out.isEmpty && run.err.contains(message), "\(run.err)")
  }

  // MARK: Page

  @Test("the page: well-formed, with every number of the text, a stage for each row and sentence")
  func page() throws {
    let page = try teach(TeachCommandTests.gehan + ["--format", "html"])
    #expect(try htmlFaults(page).isEmpty)
    let text = try teach(TeachCommandTests.gehan)
    let numbers = Set(text.matches(of: /[0-9]+\.[0-9]{3,}/).map { String($0.output) })
    #expect(numbers.count > 150)
    for number in numbers where !page.contains(number) { Issue.record("\(number) is not in the page") }
    #expect(page.contains("At 6: 21 at risk, 3 events: S = 1.0000 × (1 − 3/21) = 0.8571. 1 censored"))
    #expect(page.contains("No event after that: S = 0.4482 to the end of follow-up at 35."))
    // Start, seven event times and the end; start and twelve.
    #expect(page.contains("data-last=\"8\"") && page.contains("data-last=\"12\""))
    for stage in 0...7 { #expect(page.contains("<tr data-stage=\"\(stage)\">")) }
    // 21 + 21 subjects, 9 + 21 events.
    #expect(page.split(separator: "class=\"subject\"").count - 1 == 42)
    #expect(page.split(separator: "data-event=\"").count - 1 == 30)
    // Censored at 6, at risk at the first event time (6) and not at the second: four subjects leave at stage 1.
    #expect(page.split(separator: "data-from=\"0\" data-to=\"1\"").count - 1 == 4 + 2)
    #expect(page.contains("aria-live=\"polite\"") && page.contains("<button type=\"button\" data-move=\"next\">Next"))
  }

  @Test("a page runs nothing from names, and has no style or handler in its elements")
  func hostileNames() throws {
    let name = "\"<script>alert('x')</script>&<img src=x onerror=alert(1)>\""
    let page = try teach(
      ["-", "--format", "html"], input: "time,event,arm\n1,1,\(name)\n2,1,b\n3,0,\(name)\n4,1,b\n5,1,\(name)\n")
    #expect(!page.contains("<script>alert") && !page.contains("<img src=x"))
    #expect(page.contains("&lt;script&gt;alert"))
    // Names of attributes, without their values.
    let bare = page.replacing(/"[^"]*"/, with: "")
    #expect(bare.contains(" class=") && !bare.contains(/<[a-z][^>]* (style|on[a-z]+)=/))
    #expect(try htmlFaults(page).isEmpty)
  }

  @Test("long data: sixty stages and the rest, no lines of single subjects")
  func longPage() throws {
    let page = try teach([Reference.path("lung.csv"), "--arm", "sex", "--format", "html"])
    // R: 99 distinct times of death among the men.
    #expect(page.contains("data-last=\"61\"") && page.contains("The walk stops at the first 60 of 99 event times"))
    #expect(page.contains("this arm has 138") && page.split(separator: "class=\"subject\"").count - 1 == 90)
    #expect(page.utf8.count < 400_000)
    #expect(try htmlFaults(page).isEmpty)
  }

  @Test("in a browser: buttons, slider and arrow keys show one stage; no error, and nothing wider than a telephone")
  func inABrowser() throws {
    let page = try teach(TeachCommandTests.gehan + ["--format", "html"])
    let answer = try Browser.act(
      on: page,
      """
      const [first, second] = page.querySelectorAll(".walk");
      const state = (walk) => ({
        sentence: walk.querySelector(".sentence").textContent,
        count: walk.querySelector(".count").textContent,
        row: [...walk.querySelectorAll("tr.now")].map((row) => row.cells[0].textContent).join(),
        pieces: walk.querySelectorAll("path.piece.drawn").length,
        risk: walk.querySelectorAll(".subject.risk").length,
        events: walk.querySelectorAll(".subject.event").length,
        shown: view.getComputedStyle(walk.querySelector("path.piece[data-stage='8']") ?? walk).visibility,
      });
      const key = (target, name, more) =>
        target.dispatchEvent(new view.KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
      const press = (walk, name) => walk.querySelector(`[data-move=${name}]`).click();
      const found = { states: [state(first)] };
      const keep = (walk) => found.states.push(state(walk));
      press(first, "next"); keep(first);
      key(page.body, "ArrowRight"); key(first.querySelector("button"), "ArrowRight"); keep(first);
      key(first.querySelector(".scroll"), "ArrowRight"); key(page.body, "ArrowLeft", { altKey: true }); keep(first);
      press(first, "last"); press(first, "next"); keep(first);
      press(first, "first"); press(first, "back"); keep(first);
      const slider = second.querySelector("input");
      slider.value = 6;
      slider.dispatchEvent(new view.Event("input", { bubbles: true }));
      key(page.body, "ArrowRight"); keep(second);
      found.ids = [...page.querySelectorAll("[id]")].map((element) => element.id);
      return found;
      """)
    #expect(answer.console.isEmpty, "\(answer.console)")
    let states = try #require(answer.json["states"] as? [[String: Any]])
    func texts(_ key: String) -> [String] { states.compactMap { $0[key] as? String } }
    func numbers(_ key: String) -> [Int] { states.compactMap { ($0[key] as? NSNumber)?.intValue } }
    #expect(texts("count") == ["0 of 8", "1 of 8", "3 of 8", "3 of 8", "8 of 8", "0 of 8", "7 of 12"])
    #expect(texts("row") == ["start", "6", "10", "10", "", "start", "11"])
    // At risk and events by the list of rows: 21 at 6, of whom 3; 15 at 10; the five still there after 23.
    #expect(numbers("risk") == [21, 21, 15, 15, 5, 21, 8] && numbers("events") == [0, 3, 1, 1, 0, 0, 2])
    #expect(numbers("pieces") == [0, 1, 3, 3, 8, 0, 7])
    #expect(texts("sentence")[2].hasPrefix("At 10: 15 at risk, 1 event: S = 0.8067 × (1 − 1/15) = 0.7529."))
    #expect(texts("shown").prefix(6) == ["hidden", "hidden", "hidden", "hidden", "visible", "hidden"])
    #expect(Set(answer.texts("ids")).count == answer.texts("ids").count)
    let narrow = try Browser.act(on: page, width: 360, "return { wide: page.documentElement.scrollWidth };")
    #expect(narrow.number("wide") == 360)
  }
}

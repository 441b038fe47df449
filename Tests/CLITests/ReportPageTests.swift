import Foundation
import ReferenceSuite
import Testing

/// The page of `survkit report` in a browser: what a reader with a pointer, a keyboard or a screen reader meets.
@Suite struct ReportPageTests {
  private static func page(_ options: [String], input: String = "") throws -> String {
    let run = try survkit(["report", "--no-timestamp", "--quiet"] + options, input: input)
    #expect(run.status == 0, "\(run.err)")
    return run.out
  }

  private static let lung = [
    Reference.path("lung.csv"), "--arm", "sex", "--times", "365,730", "--tau", "900", "--time-label",
    "Days since enrolment",
  ]

  /// Functions for scripts: how a reader points and switches. The axis is found by its labels, not by what the page says of it.
  private static let hand = """
    const visible = () => [...page.querySelectorAll("#figure .frame")].filter((frame) => !frame.hidden);
    const centre = (label) => {
      const texts = [...visible()[0].querySelectorAll("[id$='-axes'] text")];
      const box = texts.filter((text) => text.textContent === label)[0].getBoundingClientRect();
      return box.left + box.width / 2;
    };
    const moveTo = (time, first, last) => {
      const svg = visible()[0].querySelector("svg");
      const x = centre(first) + (centre(last) - centre(first)) * (time - Number(first)) / (Number(last) - Number(first));
      svg.dispatchEvent(new view.PointerEvent("pointermove", { clientX: x, clientY: 200, bubbles: true }));
    };
    const choose = (name, value) => page.querySelector(`input[name=${name}][value=${value}]`).click();
    const cells = () => [...page.querySelectorAll("#numbers tbody tr")].map((row) =>
      [...row.cells].map((cell) => cell.textContent));
    """

  /// Contrast by WCAG 2.1, section 1.4.3, of every text that is shown.
  private static let contrast = """
    const parts = (colour) => colour.match(/[0-9.]+/g).map(Number);
    const light = (colour) => {
      const [r, g, b] = parts(colour).slice(0, 3).map((c) => c / 255)
        .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element) => {
      for (let e = element; e; e = e.parentElement) {
        const colour = view.getComputedStyle(e).backgroundColor;
        if (parts(colour)[3] !== 0) return colour;
      }
      return "rgb(255, 255, 255)";
    };
    const faint = [];
    let texts = 0;
    const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.textContent.trim() || !element.getClientRects().length) continue;
      const style = view.getComputedStyle(element);
      const [a, b] = [light(element instanceof view.SVGElement ? style.fill : style.color), light(ground(element))];
      texts += 1;
      if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) faint.push(walker.currentNode.textContent);
    }
    """

  private struct Curve {
    let time: [Double]
    let atRisk: [Double]
    let survival: [Double]
    let lower: [Double?]
    let upper: [Double?]

    init(_ tree: JSONTree, scale: String) throws {
      func numbers(_ key: String) -> [Double] { (tree[key]?.doubles ?? []).compactMap { $0 } }
      (time, atRisk, survival) = (numbers("time"), numbers("n_risk"), numbers("surv"))
      let limits = try #require(tree["ci"]?[scale])
      (lower, upper) = (limits["lower"]?.doubles ?? [], limits["upper"]?.doubles ?? [])
    }

    /// What the page says at a time without delayed entry: the last step up to it, and who is there from it on.
    func row(at t: Double) -> [String] {
      func text(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "NE" }
      let n = time.firstIndex { $0 >= t }.map { String(Int(atRisk[$0])) } ?? "0"
      guard t <= time[time.count - 1] || survival.last == 0 else { return ["beyond follow-up", "", n] }
      guard let k = time.lastIndex(where: { $0 <= t }) else { return ["1.0000", "1.0000 to 1.0000", n] }
      return [text(survival[k]), "\(text(lower[k])) to \(text(upper[k]))", n]
    }
  }

  @Test("pointing at a time tells S(t), interval and number at risk of survkit km, on each scale")
  func pointing() throws {
    let scales = ["plain", "log", "log-log", "logit", "arcsin"]
    var curves: [String: [Curve]] = [:]
    for scale in scales {
      let km = try survkit(
        ["km", Reference.path("lung.csv"), "--arm", "sex", "--conf-type", scale, "--format", "json"])
      curves[scale] = try #require(try km.result()["curves"]?.array).map { try Curve($0, scale: scale) }
    }
    // Times with room behind them, so that a point between two is unambiguous on the screen.
    let all = Set(try #require(curves["log"]).flatMap(\.time)).sorted()
    let times = zip(all, all.dropFirst()).filter { $1 - $0 >= 5 && $0.truncatingRemainder(dividingBy: 120) != 0 }.map(
      \.0)
    #expect(times.count > 20)
    let answer = try Browser.act(
      on: try Self.page(Self.lung),
      """
      \(Self.hand)
      const found = {};
      for (const scale of \(scales)) {
        choose("interval", scale);
        found[scale] = [];
        for (const time of \(times)) {
          moveTo(time + 2, "0", "960");
          found[scale].push([page.getElementById("at").textContent, ...cells().flat()]);
        }
      }
      return found;
      """)
    #expect(answer.console.isEmpty, "\(answer.console)")
    for scale in scales {
      let rows = try #require(answer.json[scale] as? [[String]])
      for (time, row) in zip(times, rows) {
        // A tick of the axis may lie between the time and the point.
        let told = try #require(Double(row[0]))
        #expect(told == time || (told > time && told <= time + 2), "\(told) for \(time)")
        let expected = try #require(curves[scale]).enumerated().flatMap { ["sex = \($0 + 1)"] + $1.row(at: told) }
        #expect(Array(row.dropFirst()) == expected, "\(scale) at \(told)")
      }
    }
  }

  @Test("switches, slider and hair line; names, headings, contrast; nothing refused and no error")
  func controls() throws {
    let page = try Self.page(Self.lung)
    let answer = try Browser.act(
      on: page,
      """
      \(Self.hand)
      \(Self.contrast)
      const found = { faint, texts };
      found.modes = [];
      const bandOf = () => visible()[0].querySelector("[id$='-bands'] path");
      const area = () => { const b = bandOf().getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
      const curve = () => {
        const b = visible()[0].querySelector("[id$='-curve-1']").getBoundingClientRect();
        return [b.left, b.top, b.right, b.bottom];
      };
      for (const mode of ["at-risk", "at-risk-censored", "kmunicate", "none"]) {
        choose("table", mode);
        // A band begins at time 0 and ends with its curve on every frame.
        found.modes.push({ mode, shown: visible().map((frame) => frame.id),
          table: visible()[0].querySelectorAll("[id$='-risk-table'] text").length, band: area(), curve: curve() });
      }
      choose("table", "at-risk");
      found.paths = [];
      for (const scale of ["plain", "log", "log-log", "logit", "arcsin"]) {
        choose("interval", scale);
        found.paths.push(bandOf().getAttribute("d"));
        if (page.getElementById("scale").textContent !== scale) found.paths = [];
      }
      const slider = page.getElementById("time");
      slider.value = 0;
      slider.dispatchEvent(new view.Event("input", { bubbles: true }));
      found.start = cells();
      slider.stepUp();
      slider.dispatchEvent(new view.Event("input", { bubbles: true }));
      found.second = [slider.getAttribute("aria-valuetext"), ...cells().flat()];
      const spokenAtOnce = page.getElementById("spoken").textContent;
      await rest(1000);
      found.spoken = [spokenAtOnce, page.getElementById("spoken").textContent];
      moveTo(481, "0", "960");
      const hair = visible()[0].querySelector("svg > line").getBoundingClientRect();
      found.hair = [hair.left + hair.width / 2, centre("480")];
      found.nameless = [...page.querySelectorAll("input, button, select, [tabindex], figure, section, fieldset")]
        .filter((e) => !(e.labels && e.labels.length && e.labels[0].textContent.trim()) && !e.getAttribute("aria-label")
          && !page.getElementById(e.getAttribute("aria-labelledby") || "-") && !e.querySelector("legend")).map((e) => e.outerHTML.slice(0, 80));
      found.headings = [...page.querySelectorAll("h1,h2,h3,h4")].map((h) => Number(h.tagName[1]));
      found.uncaptioned = [...page.querySelectorAll("table")].filter((t) => !t.caption).length;
      found.tables = page.querySelectorAll("table").length;
      found.unscoped = page.querySelectorAll("th:not([scope])").length;
      found.links = [...page.querySelectorAll("nav a")].filter((a) => !page.getElementById(a.hash.slice(1))).length;
      const ids = [...page.querySelectorAll("[id]")].map((e) => e.id);
      found.repeated = ids.filter((id, k) => ids.indexOf(id) !== k);
      found.role = [...page.querySelectorAll("svg")].filter((svg) => svg.getAttribute("role") !== "img"
        || !svg.querySelector("title") || !svg.querySelector("desc")).length;
      found.styled = page.querySelectorAll("[style], [onclick], [onload], [onerror]").length;
      found.wide = page.documentElement.scrollWidth - view.innerWidth;
      return found;
      """)
    #expect(answer.console.isEmpty, "\(answer.console)")
    #expect(answer.texts("faint").isEmpty && (answer.number("texts") ?? 0) > 150)
    let modes = try #require(answer.json["modes"] as? [[String: Any]])
    for mode in modes {
      #expect((mode["shown"] as? [String])?.count == 1)
      let (band, curve) = (try #require(mode["band"] as? [Double]), try #require(mode["curve"] as? [Double]))
      // The curve's own stroke is about two pixels.
      #expect(abs(band[0] - curve[0]) < 2 && abs(band[2] - curve[2]) < 2 && band[1] <= curve[1] + 2, "\(mode)")
    }
    // Ten ticks: a label and ten cells per arm and the title; three rows of them with the arm's name; none.
    #expect(modes.map { $0["table"] as? Int } == [1 + 2 * 11, 1 + 2 * 11, 1 + 2 * (1 + 3 * 11), 0])
    #expect(Set(answer.texts("paths")).count == 5)
    // 138 men and 90 women of R's lung data; the first of them died on day 5.
    #expect(
      answer.json["start"] as? [[String]] == [
        ["sex = 1", "1.0000", "1.0000 to 1.0000", "138"], ["sex = 2", "1.0000", "1.0000 to 1.0000", "90"],
      ])
    #expect(answer.texts("second").first == "5" && answer.texts("second").last == "90")
    #expect(answer.texts("spoken").first != answer.texts("spoken").last)
    #expect(answer.texts("spoken").last?.hasPrefix("Time 5. sex = 1: 1.0000") == true)
    let hair = try #require(answer.json["hair"] as? [Double])
    // Half a pixel: boxes are those of what is painted.
    #expect(abs(hair[0] - hair[1]) < 1)
    #expect(answer.texts("nameless").isEmpty, "\(answer.texts("nameless"))")
    let headings = try #require(answer.json["headings"] as? [Int])
    #expect(headings.first == 1 && zip(headings, headings.dropFirst()).allSatisfy { $1 <= $0 + 1 && $1 > 1 })
    for key in ["uncaptioned", "unscoped", "links", "role", "styled"] { #expect(answer.number(key) == 0, "\(key)") }
    #expect((answer.number("tables") ?? 0) >= 7 && answer.texts("repeated").isEmpty)
    #expect((answer.number("wide") ?? 1) <= 0)
  }

  @Test("on a telephone nothing is wider than the screen but what scrolls by itself")
  func narrow() throws {
    let answer = try Browser.act(
      on: try Self.page(Self.lung), width: 360,
      """
      return { wide: page.documentElement.scrollWidth, view: view.innerWidth,
        frame: page.querySelector(".frame").scrollWidth - page.querySelector(".frame").clientWidth };
      """)
    #expect(answer.console.isEmpty)
    #expect(answer.number("view") == 360 && answer.number("wide") == 360)
    #expect((answer.number("frame") ?? 0) > 0)
  }

  @Test("names that are markup stay text: no element, no dialog, no error")
  func hostileNames() throws {
    let arms = [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</script><b>c", "\u{202E}txt' & </svg>",
    ]
    let rows = (0..<24).map { "\($0 + 1),\($0 % 3 == 0 ? 0 : 1),\"\(arms[$0 % 4].replacing("\"", with: "\"\""))\"\n" }
    let page = try Self.page(
      ["-", "--title", "</title><script>alert(2)</script>", "--time-label", "<img src=x onerror=alert(3)>"],
      input: "time,event,arm\n" + rows.joined())
    let answer = try Browser.act(
      on: page,
      """
      \(Self.hand)
      moveTo(5, "0", "24");
      await rest(1000);
      choose("table", "kmunicate");
      return { elements: ["img", "b", "iframe", "object"].map((name) => page.getElementsByTagName(name).length),
        scripts: [...page.scripts].map((script) => script.type), title: page.title, text: page.body.textContent,
        names: cells().map((row) => row[0]), spoken: page.getElementById("spoken").textContent };
      """)
    #expect(answer.console.isEmpty, "\(answer.console)")
    #expect(answer.json["elements"] as? [Int] == [0, 0, 0, 0])
    #expect(answer.texts("scripts") == ["application/json", "application/json", ""])
    #expect(answer.json["title"] as? String == "</title><script>alert(2)</script>")
    let names = Set(answer.texts("names"))
    #expect(names.isSuperset(of: arms[0...2]) && names.contains { $0.hasSuffix("txt' & </svg>") })
    let turns = page.unicodeScalars.contains("\u{202E}")
    #expect(!turns)
    #expect((answer.json["spoken"] as? String)?.contains(arms[1]) == true)
  }

  @Test("what the tests look for they would find: a refusal, an error, faint text")
  func eyes() throws {
    let page = """
      <!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-AAAA'">
      <body><p style="color:red">a</p><script>alert(1)</script></body>
      """
    let answer = try Browser.act(on: page, "return { scripts: page.scripts.length };")
    #expect(answer.console.count >= 2 && answer.console.allSatisfy { $0.contains("Content Security Policy") })
    let faint = try Browser.act(
      on: "<!DOCTYPE html><style>p{color:#888}</style><body><p>grey</p><div>black</div></body>",
      "\(Self.contrast)\nreturn { faint };")
    // #888 on white has 3.5:1.
    #expect(faint.texts("faint") == ["grey"])
  }

  @Test("boxes of texts are in the user units of the figure, whatever its transforms")
  func boxes() throws {
    let svg = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 200 100">
      <text x="20" y="50" font-size="10">abc</text>
      <g transform="translate(20 0) scale(2)"><text x="0" y="25" font-size="5">abc</text></g>
      <text x="20" y="50" font-size="10" transform="rotate(-90 20 50)">abc</text></svg>
      """
    let boxes = try Browser.textBoxes([svg, svg])
    #expect(boxes.count == 2 && boxes[0] == boxes[1] && boxes[0].count == 3)
    let (plain, scaled, turned) = (boxes[0][0], boxes[0][1], boxes[0][2])
    #expect(plain.text == "abc" && abs(plain.x - 20) < 0.5 && plain.width > 8 && plain.width < 25)
    #expect(plain.y < 50 && plain.y + plain.height > 50)
    // Type at half the size is not exactly half as wide: glyphs are set to a fraction of a pixel.
    #expect(abs(plain.x - scaled.x) < 0.5 && abs(plain.width - scaled.width) < 1)
    #expect(abs(turned.width - plain.height) < 0.1 && abs(turned.height - plain.width) < 0.1)
  }

  @Test("the page prints: its figure and tables, without what only a screen has")
  func prints() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("report.pdf")
      try Browser.printed(try Self.page(Self.lung)).write(to: file)
      let pages = try output("pdfinfo", [file.path])
      let count = try #require(pages.firstMatch(of: /Pages: +([0-9]+)/))
      #expect(try #require(Int(count.1)) >= 2)
      let text = try output("pdftotext", ["-layout", file.path, "-"])
      #expect(text.contains("Number at risk") && text.contains("0.588 (95% CI 0.424 to 0.816)"))
      #expect(!text.contains("Table under the figure") && !text.contains("slider"))
    }
  }

  private func output(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: data, as: UTF8.self)
  }
}

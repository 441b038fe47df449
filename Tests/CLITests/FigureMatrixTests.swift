import Foundation
import Testing

/// Every kind of figure in every preset and width, on data easy and hard: well formed, measured by a browser, and small.
@Suite struct FigureMatrixTests {
  /// Rows of data sets that are hard to draw, by name.
  private static let data: [(name: String, rows: String)] = {
    func quoted(_ name: String) -> String {
      "\"\(name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
    }
    func rows(_ n: Int, arms: [String], seed: UInt64, isEvent: (Int) -> Bool = { $0 % 4 != 0 }) -> String {
      var state = seed
      var text = "time,event,cause,arm,g\n"
      for k in 0..<n {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let uniform = (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
        let time = -log(uniform) * (k % arms.count == 0 ? 14 : 20) + 0.1
        let event = isEvent(k) ? 1 : 0
        text +=
          "\(time),\(event),\(event * (1 + k % 2)),\(quoted(arms[k % arms.count])),\(["first", "second"][k / arms.count % 2])\n"
      }
      return text
    }
    let long = "177Lu-PSMA-617 plus protocol-permitted standard of care"
    return [
      ("usual", rows(300, arms: ["Control", "Treatment"], seed: 1)),
      (
        "long names",
        rows(200, arms: [long, "Abiraterone or enzalutamide (androgen-receptor-pathway inhibitor)"], seed: 2)
      ),
      ("hostile names", rows(80, arms: ["<script>alert(1)</script>", "\"\">&<img onerror=x> \u{202E}abc"], seed: 3)),
      ("one arm", rows(60, arms: ["Everybody"], seed: 4)),
      ("eight arms", rows(400, arms: (1...8).map { "Dose \($0) mg" }, seed: 5, isEvent: { $0 % 5 != 0 })),
      ("ten subjects", rows(10, arms: ["a", "b"], seed: 6)),
      ("one subject", "time,event,cause,arm,g\n5,1,1,a,first\n"),
      ("no events", rows(20, arms: ["a", "b"], seed: 7, isEvent: { _ in false })),
      (
        "one time",
        "time,event,cause,arm,g\n" + (0..<12).map { "3,1,\(1 + $0 % 2),\($0 % 2 == 0 ? "a" : "b"),first\n" }.joined()
      ),
      ("median not reached", rows(60, arms: ["a", "b"], seed: 8, isEvent: { $0 % 9 == 0 })),
      (
        "large times",
        "time,event,cause,arm,g\n1e9,1,1,a,first\n2.5e9,1,2,b,second\n3e9,0,0,a,second\n4e9,1,1,b,first\n"
      ),
    ]
  }()

  /// Options of every figure: kinds, presets and what else changes the layout.
  private static let figures: [[String]] = {
    let presets = ["clean", "nejm", "lancet", "kmunicate"].map { ["--preset", $0] }
    let kinds = [
      ["--median-lines", "--landmarks", "4,9", "--percent"], ["--difference", "--risk-table", "none"],
      ["--cumulative-incidence", "--truncate-at-risk", "3"], ["--kind", "cumhaz"], ["--kind", "loglog"],
      ["--kind", "rmst", "--tau", "5"], ["--kind", "cif", "--event", "cause", "--causes", "1,2"],
      ["--kind", "forest", "--subgroups", "g"], ["--kind", "schoenfeld"], ["--by", "g"],
    ]
    return presets + kinds
  }()

  /// Figures that the data do not have, and are refused for it with a message.
  private static func isRefused(_ name: String, _ options: [String]) -> Bool {
    let option = options.joined(separator: " ")
    let isOneArm = ["one arm", "one subject"].contains(name)
    if option.contains("--difference") { return isOneArm || name == "eight arms" }
    if option.contains("forest") { return isOneArm || name == "eight arms" }
    if option.contains("schoenfeld") { return isOneArm || name == "no events" }
    if option.contains("loglog") { return ["one subject", "no events", "one time"].contains(name) }
    if option.contains("cif") { return ["eight arms", "one subject", "no events"].contains(name) }
    return false
  }

  @Test("no text lies over another or leaves the page, in a browser's own measure; all is well-formed and small")
  func matrix() throws {
    try withFolder { folder in
      var files: [String] = []
      var names: [String] = []
      for (name, rows) in Self.data {
        let data = folder.appendingPathComponent("data.csv").path
        try rows.write(toFile: data, atomically: true, encoding: .utf8)
        for options in Self.figures {
          for width in ["86", "178"] {
            let file = folder.appendingPathComponent("\(files.count).svg").path
            let call =
              ["plot", data, "-o", file, "--quiet", "--width", width, "--title", "Overall survival", "--footer", name]
              + options
            let run = try survkit(call)
            let what = "\(name), \(options), \(width) mm: \(run.err)"
            guard !Self.isRefused(name, options) else {
              #expect([64, 65].contains(run.status) && !run.err.isEmpty, "\(what)")
              continue
            }
            #expect(run.status == 0, "\(what)")
            guard run.status == 0 else { continue }
            files.append(file)
            names.append(what)
          }
        }
      }
      #expect(files.count > 230)
      #expect(try run("/usr/bin/xmllint", ["--noout"] + files) == "")
      let documents = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }
      for (document, name) in zip(documents, names) {
        #expect(document.utf8.count < 300_000, "\(name)")
        #expect(!document.contains("<script") && !document.contains("<img") && !document.contains("NaN"), "\(name)")
        let sizes = document.matches(of: /font-size="([0-9.]+)"/).compactMap { Double($0.1) }
        #expect(sizes.allSatisfy { $0 >= 7 } && !sizes.isEmpty, "\(name)")
      }
      let boxes = try Browser.textBoxes(documents)
      for (number, texts) in boxes.enumerated() { check(texts, documents[number], names[number]) }
    }
  }

  /// What a program printed, on both streams.
  private func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    let pipe = Pipe()
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private func check(_ texts: [Browser.TextBox], _ document: String, _ name: String) {
    guard let size = document.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/) else {
      Issue.record("\(name): no size")
      return
    }
    let (width, height) = (Double(size.1) ?? 0, Double(size.2) ?? 0)
    #expect(!texts.isEmpty, "\(name)")
    for (k, a) in texts.enumerated() {
      // A box holds the font's whole line, of which a letter fills no more than nine tenths.
      #expect(
        a.x >= -0.1 && a.x + a.width <= width + 0.1 && a.y >= -0.1 && a.y + a.height <= height + 0.1,
        "\(name): \(a) leaves \(width) x \(height)")
      for b in texts[..<k] {
        let across = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
        let down = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
        // Lines of a paragraph touch where the font's line is higher than theirs.
        #expect(across <= 0.1 || down <= 0.12 * min(a.height, b.height), "\(name): \(a) lies over \(b)")
      }
    }
  }

  @Test("a hundred thousand subjects: every figure stays below 300 kB")
  func large() throws {
    try withFolder { folder in
      let data = folder.appendingPathComponent("data.csv").path
      var rows = "time,event,cause,arm,g\n"
      var state: UInt64 = 9
      for k in 0..<100_000 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let time = -log((Double(state >> 11) + 0.5) / 9_007_199_254_740_992) * 20
        rows += "\(time),\(k % 5 == 0 ? 0 : 1),\(k % 5 == 0 ? 0 : 1 + k % 2),\(k % 2),\(k % 3)\n"
      }
      try rows.write(toFile: data, atomically: true, encoding: .utf8)
      for options in Self.figures {
        let run = try survkit(["plot", data, "-o", "-", "--quiet"] + options)
        #expect(run.status == 0, "\(options): \(run.err)")
        #expect(run.out.utf8.count < 300_000, "\(options): \(run.out.utf8.count) bytes")
      }
    }
  }

  @Test("the same call gives the same bytes over 20 runs, 3 locales and 2 time zones")
  func bytes() throws {
    let rows = Self.data[0].rows
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    for options in [
      ["--difference", "--landmarks", "6"], ["--kind", "schoenfeld"], ["--kind", "forest", "--subgroups", "g"],
    ] {
      var seen: Set<String> = []
      for number in 0..<20 {
        let locale = ["C", "de_DE.UTF-8", "ar_SA.UTF-8"][number % 3]
        let environment = [
          "PATH": path, "LANG": locale, "LC_ALL": locale, "TZ": ["UTC", "Asia/Kathmandu"][number % 2],
        ]
        let run = try survkit(["plot", "-", "-o", "-", "--quiet"] + options, input: rows, environment: environment)
        #expect(run.status == 0)
        seen.insert(run.out)
      }
      #expect(seen.count == 1)
    }
  }

  @Test("a PDF has its fonts within and its size, by Debian's own tools")
  func pdf() throws {
    try withFolder { folder in
      let (data, file) = (folder.appendingPathComponent("d.csv").path, folder.appendingPathComponent("f.pdf").path)
      try Self.data[0].rows.write(toFile: data, atomically: true, encoding: .utf8)
      for (options, width) in [([], 178.0), (["--width", "86"], 86), (["--kind", "forest", "--subgroups", "g"], 178)] {
        #expect(try survkit(["plot", data, "-o", file, "--force", "--quiet"] + options).status == 0)
        let fonts = try run("/usr/bin/pdffonts", [file]).split(separator: "\n").dropFirst(2)
        // Name, type, encoding, then "yes" or "no" for embedded, subset and with a table of Unicode.
        #expect(
          !fonts.isEmpty
            && fonts.allSatisfy { $0.split(separator: " ").contains("yes") && !$0.split(separator: " ").contains("no") },
          "\(fonts)")
        let size = try #require(try run("/usr/bin/pdfinfo", [file]).firstMatch(of: /Page size: +([0-9.]+) x/))
        #expect(abs((Double(size.1) ?? 0) - width * 72 / 25.4) < 0.02, "\(size.1)")
      }
    }
  }
}

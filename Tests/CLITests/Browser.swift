import Foundation
import Testing

/// Debian's Chromium, without a window and without a network, to see what a page does where a reader opens it.
///
/// A page under test is loaded in a frame of a page of the tests', whose script acts on it and whose answer comes back as JSON. The
/// page's own content security policy stays in force: it is that of its document.
struct Browser {
  /// What the script answered, and what the console said: errors of scripts, and refusals by a content security policy.
  struct Answer {
    let json: [String: Any]
    let console: [String]

    func number(_ key: String) -> Double? { (json[key] as? NSNumber)?.doubleValue }
    func texts(_ key: String) -> [String] { json[key] as? [String] ?? [] }
  }

  /// A text of an SVG document and the box around it, in the document's user units.
  struct TextBox: Equatable {
    let text: String
    let x: Double
    let y: Double
    let width: Double
    let height: Double
  }

  /// Loads a page and runs the body of an asynchronous function on it.
  ///
  /// - Parameter script: has `page` (the document), `view` (its window), `rest(milliseconds)`; what it returns must be a JSON object.
  static func act(on page: String, width: Int = 1100, _ script: String) throws -> Answer {
    try run(files: ["page.html": page], width: width) {
      """
      <iframe id="frame" src="page.html" width="\(width)" height="3000"></iframe>
      <script>
      const answer = async () => {
        const view = document.getElementById("frame").contentWindow, page = view.document;
        \(script)
      };
      \(harness)
      </script>
      """
    }
  }

  /// The boxes of all texts of SVG documents, measured by the browser: for each document its texts in order.
  static func textBoxes(_ documents: [String]) throws -> [[TextBox]] {
    let inline = documents.map { document -> String in
      guard document.hasPrefix("<?xml"), let end = document.firstIndex(of: "\n") else { return document }
      return String(document[end...])
    }
    let answer = try run(files: [:], width: 1100) {
      inline.map { "<div class=\"figure\">\($0)</div>\n" }.joined() + """
        <script>
        const answer = async () => ({ figures: [...document.querySelectorAll(".figure > svg")].map((svg) => {
          const toUnits = svg.getScreenCTM().inverse();
          return [...svg.querySelectorAll("text")].map((text) => {
            const box = text.getBBox(), matrix = toUnits.multiply(text.getScreenCTM());
            const corners = [[box.x, box.y], [box.x + box.width, box.y], [box.x, box.y + box.height],
              [box.x + box.width, box.y + box.height]].map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
            const xs = corners.map((p) => p.x), ys = corners.map((p) => p.y);
            const left = Math.min(...xs), top = Math.min(...ys);
            return { text: text.textContent, box: [left, top, Math.max(...xs) - left, Math.max(...ys) - top] };
          });
        }) });
        \(harness)
        </script>
        """
    }
    #expect(answer.console.isEmpty, "\(answer.console)")
    let figures = try #require(answer.json["figures"] as? [[[String: Any]]])
    return try figures.map { texts in
      try texts.map { text in
        let box = try #require(text["box"] as? [Double])
        return TextBox(
          text: text["text"] as? String ?? "", x: box[0], y: box[1], width: box[2], height: box[3])
      }
    }
  }

  /// The page as Chromium prints it.
  static func printed(_ page: String) throws -> Data {
    var pdf = Data()
    try withFolder { folder in
      try Data(page.utf8).write(to: folder.appendingPathComponent("page.html"))
      let file = folder.appendingPathComponent("page.pdf")
      _ = try chromium(
        ["--print-to-pdf=\(file.path)", "--no-pdf-header-footer", folder.appendingPathComponent("page.html").path],
        folder: folder)
      pdf = try Data(contentsOf: file)
    }
    return pdf
  }

  /// Writes the answer, or the error that stopped it, where `--dump-dom` shows it: as base64, which needs no entities.
  private static let harness = """
    const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
    window.addEventListener("load", async () => {
      let found;
      try { found = await answer(); } catch (error) { found = { error: String(error), at: String(error.stack) }; }
      const bytes = new TextEncoder().encode(JSON.stringify(found));
      document.body.textContent = "answer:" + btoa(String.fromCharCode(...bytes)) + ":";
    });
    """

  private static func run(files: [String: String], width: Int, body: () -> String) throws -> Answer {
    var answer: Answer?
    try withFolder { folder in
      for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
      let harness = folder.appendingPathComponent("harness.html")
      try Data("<!DOCTYPE html>\n<meta charset=\"utf-8\"><body>\n\(body())\n</body>\n".utf8).write(to: harness)
      let run = try chromium(
        [
          "--allow-file-access-from-files", "--disable-web-security", "--virtual-time-budget=60000",
          "--window-size=\(width + 40),3200", "--dump-dom", harness.path,
        ], folder: folder)
      let parts = run.out.components(separatedBy: "answer:")
      let encoded = try #require(parts.last?.components(separatedBy: ":").first, "no answer: \(run.err)")
      let data = try #require(Data(base64Encoded: encoded), "no answer: \(run.out.prefix(400)) \(run.err)")
      let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(json["error"] == nil, "\(json)")
      answer = Answer(
        json: json, console: run.err.split(separator: "\n").map(String.init).filter { $0.contains(":CONSOLE") })
    }
    return try #require(answer)
  }

  private static func chromium(_ arguments: [String], folder: URL) throws -> (out: String, err: String) {
    let program = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    let path = try #require(program, "Chromium is not installed: scripts/install-dependencies --test")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
      ] + arguments
    // Into files: a full pipe would stop the browser.
    let (out, err) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
    for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return (
      String(decoding: try Data(contentsOf: out), as: UTF8.self),
      String(decoding: try Data(contentsOf: err), as: UTF8.self)
    )
  }
}

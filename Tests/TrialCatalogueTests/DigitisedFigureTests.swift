import Foundation
import Reconstruction
import Testing
import TrialCatalogue
import TrialData

/// Figures as digitising tools leave them.
@Suite struct DigitisedFigureTests {
  private func figure(_ json: String, _ files: [String: String]) throws -> DigitisedFigure {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("survkit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
    return try DigitisedFigure(ByteSource(name: "figure.json", bytes: Array(json.utf8)), folder: folder.path)
  }

  private static let arm =
    "{\"arms\": [{\"arm\": \"a\", \"curve\": \"c.csv\", \"at_risk\": \"n.csv\", \"total_events\": 3}]"

  @Test("percentages of failure become survival; the number at risk at 0 is the number of subjects")
  func scales() throws {
    let made = try figure(
      Self.arm + ", \"y_scale\": \"percent\", \"y_direction\": \"failure\", \"time_unit\": \"weeks\"}",
      ["c.csv": "x,y\n0,0\n4,25\n-0.01,-1\n8,100\n", "n.csv": "time,n\n4,6\n0,8\n"])
    let arm = made.arms[0]
    #expect(made.timeUnit == "weeks" && arm.subjects == 8 && arm.events == 3 && arm.isReadToEnd)
    #expect(arm.readings.map(\.survival) == [1, 0.75, 1, 0] && arm.readings.map(\.time) == [0, 4, 0, 8])
    #expect(arm.atRisk.map(\.count) == [8, 6])
    #expect(made.files.map(\.name) == ["figure.json", "c.csv", "n.csv"])
  }

  @Test(
    "trouble names the file and the place",
    arguments: [
      ("{", "c", "n", "figure.json: is not the description"), ("{\"arms\": []}", "c", "n", "arm and curve are needed"),
      (arm + ", \"y_scale\": \"fraction\"}", "c", "n", "probability or percent"),
      (
        arm + ", \"y_scale\": \"probability\"}", "time,survival\n1,85\n", "time,n\n0,8\n",
        "c.csv: row 1, column \"survival\": a reading of 85 is no probability"
      ),
      (arm + "}", "time,survival\n1,\n", "time,n\n0,8\n", "c.csv: row 1"),
      (arm + "}", "time,survival\n1,x\n", "time,n\n0,8\n", "c.csv: row 1, column \"survival\""),
      (arm + "}", "time\n1\n", "time,n\n0,8\n", "two columns are needed"),
      (
        arm + "}", "time,survival\n1,1\n", "time,n\n0,8.5\n",
        "n.csv: row 1, column \"n\": 8.5 is not a number of subjects"
      ),
      (arm + "}", "time,survival\n1,1\n", "time,n\n2,8\n", "the number of subjects is not given"),
      ("{\"arms\": [{\"arm\": \"a\", \"curve\": \"../c.csv\", \"n\": 3}]}", "c", "n", "without a folder"),
      ("{\"arms\": [{\"arm\": \"a\", \"curve\": \"none.csv\", \"n\": 3}]}", "c", "n", "none.csv: cannot be opened"),
    ])
  func trouble(json: String, curve: String, atRisk: String, message: String) {
    #expect {
      try figure(json, ["c.csv": curve, "n.csv": atRisk])
    } throws: {
      "\($0)".contains(message)
    }
  }

  @Test("readings, numbers at risk and marks inside the description; published facts say which endpoint is missing")
  func inline() throws {
    let made = try figure(
      """
      {"arms": [
        {"id": "a", "n": {"value": 8}, "events": {"value": 3}, "median": {"value": 4},
         "survival": {"times": [0, 4, 8], "values": [1, 0.5, 0.5], "reading_error": 0.01, "largest_error": 0.03},
         "at_risk": {"times": [0, 2, 4], "n": [8, null, 4], "recalled_times": [4]}, "censor_marks": [6, 5]},
        {"arm": "b", "n": 9, "curve": "both.csv", "censor_marks": "marks.csv"}
      ]}
      """, ["both.csv": "x,a,b\n0,1,1\n2,,0.9\n", "marks.csv": "time\n1\n"])
    let expected = ArmFacts(
      arm: "a", subjects: 8, events: 3, median: 4,
      atRisk: [.init(time: 0, count: 8), .init(time: 4, count: 4, isExact: false)],
      readings: [(0, 1), (4, 0.5), (8, 0.5)].map { .init(time: $0.0, survival: $0.1) }, censorMarks: [5, 6],
      isReadToEnd: true, readingError: 0.01, largestReadingError: 0.03)
    #expect(made.arms[0] == expected)
    #expect(made.arms[1].readings == [.init(time: 0, survival: 1), .init(time: 2, survival: 0.9)])
    #expect(made.arms[1].censorMarks == [1] && made.files.map(\.name) == ["figure.json", "both.csv", "marks.csv"])
    let facts = try String(
      contentsOf: CatalogueTests.data.appendingPathComponent("vision/published.json"), encoding: .utf8)
    for (text, message) in [
      (facts, "holds published facts; name the endpoint with --endpoint: os, rpfs, ae_grade3"),
      ("{\"arms\": [{\"arm\": \"a\"}]}", "at arms[0]: \"curve\" is missing"),
      (
        "{\"arms\": [{\"arm\": \"a\", \"n\": 1, \"survival\": {\"times\": [1], \"values\": []}}]}",
        "1 times and 0 readings"
      ),
      (
        "{\"arms\": [{\"arm\": \"c\", \"n\": 1, \"curve\": \"both.csv\"}]}",
        "both.csv: has no arm c, which stands in figure.json; it has a, b"
      ),
    ] {
      #expect {
        try figure(text, ["both.csv": "x,a,b\n0,1,1\n"])
      } throws: {
        "\($0)".contains(message)
      }
    }
  }
}

import Foundation
import Reconstruction
import Survival
import Testing
import TrialCatalogue
import TrialData

/// The catalogue as it is committed, read back by code of its own where that is possible.
@Suite struct CatalogueTests {
  static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("data")

  private func facts(_ trial: String) throws -> String {
    try String(contentsOf: Self.data.appendingPathComponent("\(trial)/published.json"), encoding: .utf8)
  }

  private func published(_ text: String) throws -> PublishedTrial {
    try PublishedTrial(ByteSource(name: "published.json", bytes: Array(text.utf8)))
  }

  /// Rows of a committed CSV, read without the library.
  private func rows(_ trial: String, _ endpoint: String) throws -> [(arm: String, time: Double, isEvent: Bool)] {
    let text = try String(contentsOf: Self.data.appendingPathComponent("\(trial)/\(endpoint).csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    #expect(lines[0] == "id,arm,time,event")
    return try lines.dropFirst().map { line in
      let cells = line.split(separator: ",")
      #expect(cells[0].hasPrefix("reconstructed-"), "every id says that the row was made")
      return (String(cells[1]), try #require(Double(cells[2])), cells[3] == "1")
    }
  }

  @Test(
    "N, events and every confirmed number at risk of VISION, counted from the CSV",
    arguments: [("os", 551, 343, 280, 187), ("rpfs", 385, 254, 196, 93)])
  func vision(endpoint: String, lu: Int, luEvents: Int, soc: Int, socEvents: Int) throws {
    let rows = try rows("vision", endpoint)
    for (arm, n, events) in [("lu", lu, luEvents), ("soc", soc, socEvents)] {
      #expect(rows.filter { $0.arm == arm }.count == n)
      #expect(rows.filter { $0.arm == arm && $0.isEvent }.count == events)
    }
    // Printed under the figures of Sartor 2021, without those recalled only.
    let printed: [String: [(Double, Int)]] =
      endpoint == "os"
      ? [
        "lu": [
          (0, 551), (4, 506), (6, 470), (8, 425), (10, 377), (14, 289), (16, 236), (18, 166), (20, 112), (22, 63),
          (24, 36), (26, 15), (28, 5), (30, 2),
        ],
        "soc": [
          (0, 280), (2, 238), (4, 203), (6, 173), (10, 133), (12, 117), (14, 98), (16, 73), (18, 51), (20, 33),
          (22, 16), (24, 6), (26, 2),
        ],
      ]
      : [
        "lu": [
          (0, 385), (4, 272), (6, 215), (8, 182), (10, 137), (12, 88), (14, 71), (16, 49), (18, 21), (20, 6), (22, 1),
        ],
        "soc": [(0, 196), (2, 119), (4, 36), (6, 19), (8, 14), (10, 13), (12, 7), (14, 7), (16, 3), (18, 2)],
      ]
    for (arm, numbers) in printed {
      for (time, n) in numbers {
        #expect(rows.filter { $0.arm == arm && $0.time >= time }.count == n, "\(arm) at \(time)")
      }
    }
  }

  @Test(
    "medians and hazard ratios of the four endpoints",
    arguments: [
      ("vision", "os", 15.3, 11.3, 0.58, 0.66), ("vision", "rpfs", 8.7, 3.4, 0.34, 0.48),
      ("card", "rpfs", 8.0, 3.7, 0.53, 0.55), ("card", "os", 13.6, 11.0, 0.63, 0.65),
    ])
  func estimates(trial: String, endpoint: String, median: Double, control: Double, low: Double, high: Double) throws {
    let folder = try Trial(folder: Self.data.appendingPathComponent(trial).path)
    let rows = try #require(folder.rows[endpoint])
    let curves = try KaplanMeier.curves(rows.data, by: rows.arms, confidence: try ConfidenceSetting())
    // Published medians have one decimal.
    #expect(abs(try #require(curves[0].median().estimate) - control) < 0.05)
    #expect(abs(try #require(curves[1].median().estimate) - median) < 0.05)
    let design = try DesignMatrix([.factor(name: "arm", levels: rows.arms, reference: nil)], rows: rows.data.count)
    let ratio = try CoxModel().fit(rows.data, design).hazardRatios()[0].estimate
    #expect(ratio > low && ratio < high)
  }

  @Test("the committed rows are what the published facts give today", arguments: ["os", "rpfs"])
  func regenerated(endpoint: String) throws {
    let trial = try published(try facts("card"))
    let made = try #require(trial.endpoints.first { $0.id == endpoint }).reconstruct()
    let committed = try rows("card", endpoint)
    #expect(
      made.flatMap { arm in arm.rows.map { "\(arm.arm) \($0.time) \($0.isEvent)" } }
        == committed.map { "\($0.arm) \($0.time) \($0.isEvent)" })
  }

  @Test("a fact whose role is check is no input")
  func roles() throws {
    let text = try facts("vision")
    let arm = try #require(try published(text).endpoints.first?.arms.first)
    #expect(arm.facts.median == 15.3 && arm.facts.atRisk.count == 17 && arm.facts.readings.count == 32)
    #expect(arm.facts.atRisk.filter { !$0.isExact }.map(\.time) == [2, 12, 32])
    // The first role of that arm's median, of its row and of its readings turned into check.
    var changed = text
    for start in ["\"median\": {", "\"at_risk\": {", "\"survival\": {"] {
      let place = try #require(changed.range(of: start))
      let role = try #require(changed.range(of: "\"input\"", range: place.upperBound..<changed.endIndex))
      changed.replaceSubrange(role, with: "\"check\"")
    }
    let without = try #require(try published(changed).endpoints.first?.arms.first).facts
    #expect(without.median == nil && without.atRisk.isEmpty && without.readings.isEmpty)
  }

  @Test("schedules of assessments and dropout are facts like others: by role, with their source, checked")
  func assessments() throws {
    let vision = try facts("vision")
    let endpoints = try published(vision).endpoints
    // Imaging every 8 weeks for 24 weeks, then every 12: in months 1.84, 3.68, 5.52, 8.28, 11.04.
    let visits = try #require(endpoints.first { $0.id == "rpfs" }?.orderedFacts[0].assessments).visits(
      from: 0, through: 12)
    #expect(
      try zip(#require(visits), [1.84, 3.68, 5.52, 8.28, 11.04]).allSatisfy { abs($0 - $1) < 1e-9 }
        && visits?.count == 5)
    #expect(endpoints.first { $0.id == "os" }?.orderedFacts.allSatisfy { $0.assessments == nil } ?? false)
    func changed(_ text: String, _ old: String, _ new: String) throws -> PublishedTrial {
      let place = try #require(text.range(of: old))
      return try published(text.replacingCharacters(in: place, with: new))
    }
    let role = "\"assessments\": {\n        \"role\": \"input\""
    let check = try changed(vision, role, role.replacingOccurrences(of: "input", with: "check"))
    #expect(check.endpoints.first { $0.id == "rpfs" }?.orderedFacts[0].assessments == nil)
    for (old, new, message) in [
      ("\"until\": 5.52", "\"until\": 0.5", "holds no visit"), ("\"jitter\": 0.13", "\"jitter\": 2", "overlap"),
      ("\"source\": \"protocol\"", "\"source\": \"hearsay\"", "\"hearsay\" is not listed"),
    ] {
      #expect {
        try changed(vision, old, new)
      } throws: {
        "\($0)".contains(message)
      }
    }
    let card = try facts("card")
    func dropout(_ members: String) throws -> PublishedTrial {
      try changed(
        card, "\"label\": \"Cabazitaxel\",",
        "\"label\": \"Cabazitaxel\", \"dropout\": {\"role\": \"input\", \"confidence\": \"recalled\", \"source\": \"abstract\", \(members)},"
      )
    }
    // −ln(1 − 0.1)/12 by hand: 0.00878.
    let lost = try dropout("\"fraction\": 0.1, \"by\": 12").endpoints[0].orderedFacts[0].dropout
    #expect(abs(try #require(lost).rate - 0.008780042) < 1e-8)
    #expect(try dropout("\"rate\": 0.02").endpoints[0].orderedFacts[0].dropout?.rate == 0.02)
    for members in [
      "\"fraction\": 0.1", "\"fraction\": 1, \"by\": 12", "\"rate\": -1", "\"rate\": 1, \"by\": 2, \"fraction\": 0.1",
    ] {
      #expect {
        try dropout(members)
      } throws: {
        "\($0)".contains("arm cabazitaxel: dropout")
      }
    }
  }

  @Test("a hazard ratio is never an input where there is a curve")
  func hazardRatioIsNoInput() throws {
    let text = try facts("vision")
    let place = try #require(text.range(of: "\"hazard_ratio\": {"))
    let role = try #require(text.range(of: "\"check\"", range: place.upperBound..<text.endIndex))
    #expect(throws: TrialDataError.self) { try published(text.replacingCharacters(in: role, with: "\"input\"")) }
  }

  @Test(
    "a wrong file says where it is wrong",
    arguments: [
      ("{", "is not JSON"), ("[]", "another type"), ("{\"schema\": \"survkit-published/1\"}", "\"id\" is missing"),
      ("REPLACE \"survkit-published/1\" \"other/2\"", "schema"),
      ("REPLACE \"experimental\": \"lu\" \"experimental\": \"x\"", "there is no arm x"),
      ("REPLACE \"source\": \"label\" \"source\": \"nowhere\"", "\"nowhere\" is not listed"),
      ("REPLACE \"level\": \"B\" \"level\": \"Z\"", "level Z"),
      ("REPLACE [551, 535, [535, ", "17 times and 16 numbers at risk"),
      ("REPLACE \"value\": 551 \"value\": \"many\"", "endpoints[0].arms[0].n.value"),
    ])
  func hostile(change: String, message: String) throws {
    var text = change
    if change.hasPrefix("REPLACE ") {
      // Two strings of equal shape: split in the middle.
      let words = change.dropFirst(8)
      let pair = Self.split(String(words))
      text = try facts("vision")
      let place = try #require(text.range(of: pair.0))
      text.replaceSubrange(place, with: pair.1)
    }
    #expect {
      try published(text)
    } throws: {
      "\($0)".contains(message) && "\($0)".contains("published.json")
    }
  }

  private static func split(_ text: String) -> (String, String) {
    let known = [
      "\"survkit-published/1\"", "\"experimental\": \"lu\"", "\"source\": \"label\"", "\"level\": \"B\"", "[551, 535,",
      "\"value\": 551",
    ]
    let first = known.first { text.hasPrefix($0) } ?? ""
    return (first, String(text.dropFirst(first.count + 1)))
  }
}

import Foundation
import Reconstruction
import Testing
import TrialCatalogue
import Verification

@testable import Reporting

/// What the report says of the intervals and of the difference to the published hazard ratio, from facts that are changed.
@Suite struct ReproductionIntervalTests {
  private static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("data")

  /// A trial of the catalogue with its facts as text changed.
  private func trial(_ name: String, _ changes: [(String, String)] = []) throws -> Trial {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.copyItem(at: Self.data.appendingPathComponent(name), to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }
    let facts = folder.appendingPathComponent("published.json")
    var text = try String(contentsOf: facts, encoding: .utf8)
    for (old, new) in changes {
      #expect(text.contains(old), "\(old)")
      text = text.replacingOccurrences(of: old, with: new)
    }
    try Data(text.utf8).write(to: facts)
    return try Trial(folder: folder.path)
  }

  @Test("rows only: no repeats, the reason in place of the interval; both kinds of interval are explained")
  func rowsOnly() throws {
    let report = ReproductionReport([try TrialResult(try trial("vision")), try TrialResult(try trial("card"))])
    let text = report.document.markdown
    #expect(text.contains("| not given: no repeats were asked for | check |"))
    #expect(text.contains("| not given: the hazard ratio is an input | input |"))
    #expect(text.contains("- Sampling interval: how far another trial may be"))
    #expect(text.contains("- Reconstruction interval: how far the true rows of this trial may be; none is given here"))
    #expect(!text.contains("| Sampling interval |"))
    #expect(report.json.text.contains("\"uncertainty\": \"no repeats were asked for\""))
  }

  @Test("with repeats: the interval in the overview, the table of the endpoint and the JSON, the same number in each")
  func intervals() throws {
    let result = try TrialResult(try trial("vision"), repeats: RepeatSettings(repeats: 4, seed: 7))
    let report = ReproductionReport([result])
    let text = report.document.markdown
    for endpoint in result.endpoints {
      let found = try #require(endpoint.intervals.uncertainty)
      let ratio = try #require(found.comparisons.first)
      #expect(ratio.arm == "lu" && ratio.reference == "soc" && found.repeats == 4 && found.seed == 7)
      let interval = "95% \(ratio.hazardRatio.limits(decimals: 3)) |"
      #expect(report.overviewDocument.markdown.contains(interval))
      #expect(
        text.split(separator: "\n").contains {
          $0.hasPrefix("| Hazard ratio, lu against soc |") && $0.hasSuffix(interval)
        })
      #expect(report.json.text.contains("\"lower\": \(tenDigits(try #require(ratio.hazardRatio.lower)))"))
    }
    #expect(text.contains("95% of 4 reconstructions") && text.contains("(seed 7)"))
    // Means are in the text with the horizon, the shorter of the arms' follow-ups.
    #expect(text.contains("| Restricted mean to ") && text.contains("| Median (months), soc |"))
  }

  @Test("why the hazard ratio differs: from the facts, and from no others")
  func reasons() throws {
    func sentence(_ changes: [(String, String)]) throws -> String {
      try #require(ReproductionReport.hazardRatioSentence(try TrialResult(try trial("vision", changes)).endpoints[0]))
    }
    let published = try sentence([])
    #expect(published.contains("above the published 0.62") && published.contains("inside the published interval"))
    #expect(published.contains("the published one is stratified, and the rows hold no strata"))
    #expect(published.contains("imperfect (usual error 0.005, largest 0.015)"))
    #expect(published.contains("the number of events is recalled, not looked up again (343 lu, 187 soc)"))
    let changed = try sentence([
      ("\"stratified\": true", "\"stratified\": false"),
      (
        "343, \"role\": \"input\", \"confidence\": \"recalled\"",
        "343, \"role\": \"input\", \"confidence\": \"confirmed\""
      ),
      (
        "187, \"role\": \"input\", \"confidence\": \"recalled\"",
        "187, \"role\": \"input\", \"confidence\": \"confirmed\""
      ),
      ("\"reading_error\": 0.005", "\"reading_error\": 0.004"),
    ])
    #expect(!changed.contains("strata") && !changed.contains("recalled"))
    #expect(
      changed.contains("Known reasons: the readings of the curve are imperfect (usual error 0.004, largest 0.015)."))
    let far = try sentence([
      ("\"value\": 0.62,\n        \"ci\": [0.52, 0.74]", "\"value\": 0.8,\n        \"ci\": [0.7, 0.9]")
    ])
    #expect(far.contains("below the published 0.80") && far.contains("outside the published interval"))
    // An input does not differ.
    let card = try TrialResult(try trial("card"))
    #expect(card.endpoints.allSatisfy { ReproductionReport.hazardRatioSentence($0) == nil })
  }
}

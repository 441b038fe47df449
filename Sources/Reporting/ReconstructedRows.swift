public import Reconstruction
internal import TrialData

/// Made rows of one endpoint as files: the CSV, and beside it where the rows come from and how far they are from each
/// published fact.
public struct ReconstructedRows: Sendable {
  public let arms: [ReconstructedArm]
  public let diagnostics: [ReconstructionDiagnostics]
  /// Identity of the endpoint: "VISION, Overall survival (months)".
  public let title: String
  public let citation: String
  /// Name and bytes of the file of facts.
  public let factsName: String
  public let facts: [UInt8]

  public init(
    arms: [ReconstructedArm], diagnostics: [ReconstructionDiagnostics], title: String, citation: String,
    factsName: String, facts: [UInt8]
  ) {
    self.arms = arms
    self.diagnostics = diagnostics
    self.title = title
    self.citation = citation
    self.factsName = factsName
    self.facts = facts
  }

  /// Columns id, arm, time, event (1 or 0). Every id says that the row was reconstructed.
  public var csv: String {
    var text = "id,arm,time,event\n"
    for arm in arms {
      let width = String(arm.rows.count).count
      for (number, row) in arm.rows.enumerated() {
        let digits = String(number + 1)
        let padded = String(repeating: "0", count: width - digits.count) + digits
        text +=
          "\(TrialDataset.reconstructedPrefix)\(arm.arm)-\(padded),\(arm.arm),\(NumberText.plain(row.time)),\(row.isEvent ? 1 : 0)\n"
      }
    }
    return text
  }

  /// What the CSV cannot say.
  public var json: JSONValue {
    let level = arms.first?.level
    return .members(
      ("schema", .string("survkit-reconstruction/1")), ("title", .string(title)),
      ("rows", .string("reconstructed from published facts; no row is a patient")),
      ("level", .string(level?.rawValue ?? "")), ("level_meaning", .string(level?.sentence ?? "")),
      ("citation", .string(citation)),
      (
        "provenance",
        .members(
          ("tool", .string(Tool.name)), ("version", .string(Tool.version)),
          ("input", Provenance.input(name: factsName, bytes: facts)))
      ), ("arms", .array(diagnostics.map(arm))))
  }

  private func arm(_ found: ReconstructionDiagnostics) -> JSONValue {
    var object = JSONObject()
    object.add("arm", found.arm)
    object.add("n", .members(("asked", .integer(found.subjectsAsked)), ("given", .integer(found.subjectsGiven))))
    var events = JSONObject()
    if let asked = found.eventsAsked { events.add("asked", asked) }
    events.add("given", found.eventsGiven)
    if let suggested = found.eventsSuggested { events.add("suggested_by_readings", suggested) }
    object.add("events", events.value)
    var median = JSONObject()
    median.add("asked", found.medianAsked, ifNone: "not given")
    median.add("given", found.medianGiven, ifNone: "not reached")
    object.add("median", median.value)
    if let rms = found.rootMeanSquareGap, let mean = found.meanAbsoluteGap, let largest = found.largestGap {
      object.add(
        "readings",
        .members(
          ("count", .integer(found.gaps.count)), ("rms_gap", .number(tenDigits(rms))),
          ("mean_abs_gap", .number(tenDigits(mean))), ("max_abs_gap", .number(tenDigits(largest.gap.magnitude))),
          ("max_abs_gap_at", .number(largest.time))))
    }
    if !found.atRisk.isEmpty {
      object.add(
        "at_risk",
        .array(
          found.atRisk.map {
            .members(
              ("time", .number($0.time)), ("asked", .integer($0.asked)), ("given", .integer($0.given)),
              ("exact", .bool($0.isExact)))
          }))
    }
    return object.value
  }

  /// The diagnostics as a table for people.
  public var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines([title, arms.first.map { "Reconstructed, \($0.level.sentence)" } ?? ""]))
    document.add(
      .table(
        [
          [
            "Arm", "N", "Events (asked)", "Readings suggest", "Median (asked)", "At risk missed", "RMS gap",
            "Largest gap",
          ]
        ]
          + diagnostics.map { found in
            let missed = found.atRisk.filter { $0.asked != $0.given }
            return [
              found.arm, "\(found.subjectsGiven)",
              "\(found.eventsGiven) (\(found.eventsAsked.map { "\($0)" } ?? "not given"))",
              found.eventsSuggested.map { "\($0)" } ?? "no readings",
              "\(NumberText.fixed(found.medianGiven, 2)) (\(found.medianAsked.map { NumberText.plain($0) } ?? "not given"))",
              missed.isEmpty
                ? (found.atRisk.isEmpty ? "none given" : "none")
                : missed.map { "\($0.given) for \($0.asked) at \(NumberText.plain($0.time))" }.joined(separator: "; "),
              found.rootMeanSquareGap.map { NumberText.fixed($0, 4) } ?? "no readings",
              found.largestGap.map { "\(NumberText.fixed($0.gap, 4)) at \(NumberText.plain($0.time))" }
                ?? "no readings",
            ]
          }))
    return document
  }
}

public import Reconstruction
public import TrialData

/// Made rows of one endpoint or figure as files: the CSV, and beside it where the rows come from, how far they are from
/// each published fact, and how far the numbers computed from them may be from those of the true rows.
public struct ReconstructedRows: Sendable {
  public let arms: [ReconstructedArm]
  public let diagnostics: [ReconstructionDiagnostics]
  /// Identity of the endpoint: "VISION, Overall survival (months)".
  public let title: String
  public let citation: String
  /// Every file that was read.
  public let files: [ByteSource]
  /// Reconstruction intervals; nil when there are none.
  public let uncertainty: ReconstructionUncertainty?
  /// Why there are no reconstruction intervals.
  public let reasonWithoutUncertainty: String
  /// What was recognised or changed in the input, and what was given up.
  public let notes: [Remark]
  /// Facts that contradicted others and were given up, one sentence each.
  public let relaxed: [String]

  public init(
    arms: [ReconstructedArm], diagnostics: [ReconstructionDiagnostics], title: String, citation: String,
    files: [ByteSource], uncertainty: ReconstructionUncertainty?, reasonWithoutUncertainty: String = "",
    notes: [Remark] = [], relaxed: [String] = []
  ) {
    self.arms = arms
    self.diagnostics = diagnostics
    self.title = title
    self.citation = citation
    self.files = files
    self.uncertainty = uncertainty
    self.reasonWithoutUncertainty = reasonWithoutUncertainty
    self.notes = notes + relaxed.map { Remark("relaxed-fact", $0) }
    self.relaxed = relaxed
  }

  /// What rows are, for every reader of a file or figure.
  public static let origin = "rows reconstructed from published facts; no row is a patient"

  /// Columns id, arm, time, event (1 or 0). Every id says that the row was reconstructed.
  ///
  /// - Parameter rawLabels: names of arms that a spreadsheet would take for a formula stay as they are; see `CSVText`.
  public func csv(rawLabels: Bool = false) -> String {
    var text = "id,arm,time,event\n"
    for arm in arms {
      let width = String(arm.rows.count).count
      let name = CSVText.field(arm.arm, isRaw: rawLabels)
      for (number, row) in arm.rows.enumerated() {
        let digits = String(number + 1)
        let padded = String(repeating: "0", count: width - digits.count) + digits
        let id = CSVText.field(
          "\(TrialDataset.reconstructedPrefix)\(arm.arm)-\(padded)", isRaw: rawLabels)
        text += "\(id),\(name),\(NumberText.plain(row.time)),\(row.isEvent ? 1 : 0)\n"
      }
    }
    return text
  }

  /// What the CSV cannot say.
  public var json: JSONValue {
    let provenance = JSONValue.members(
      ("tool", .string(Tool.name)), ("version", .string(Tool.version)),
      ("level", .string(arms.first?.level.rawValue ?? "")),
      ("inputs", inputs))
    var object = JSONObject()
    object.add("schema", "survkit-reconstruction/1")
    addIdentity(to: &object)
    object.add("citation", citation)
    object.add("provenance", provenance)
    object.add("notes", .array(notes.map(\.json)))
    addFindings(to: &object)
    return object.value
  }

  /// The member `result` of the command's document.
  public var result: JSONValue {
    var object = JSONObject()
    addIdentity(to: &object)
    object.add("citation", citation)
    addFindings(to: &object)
    return object.value
  }

  /// Name, size and SHA-256 of every file that was read.
  public var inputs: JSONValue { .array(files.map { Provenance.input($0) }) }

  private func addIdentity(to object: inout JSONObject) {
    let level = arms.first?.level
    object.add("title", title)
    object.add("rows", ReconstructedRows.origin)
    object.add("level", level?.rawValue ?? "")
    object.add("level_meaning", level?.sentence ?? "")
  }

  private func addFindings(to object: inout JSONObject) {
    object.add("arms", .array(diagnostics.map(arm)))
    if !relaxed.isEmpty { object.add("relaxed", .array(relaxed.map(JSONValue.string))) }
    object.add(uncertainty, ifNone: reasonWithoutUncertainty)
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

  /// The diagnostics as tables for people.
  public var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines([title, arms.first.map { "Reconstructed, \($0.level.sentence)" } ?? ""]))
    document.add(.list(notes.map { "Note: \($0.message)" }))
    document.add(.table(table))
    if let uncertainty {
      uncertainty.add(to: &document)
    } else if !reasonWithoutUncertainty.isEmpty {
      document.add(.lines(["No reconstruction intervals: \(reasonWithoutUncertainty)."]))
    }
    return document
  }

  private var table: [[String]] {
    let header = [
      "Arm", "N", "Events (asked)", "Readings suggest", "Median (asked)", "At risk missed", "RMS gap", "Largest gap",
    ]
    return [header]
      + diagnostics.map { found in
        let missed = found.atRisk.filter { $0.asked != $0.given }
        return [
          found.arm, "\(found.subjectsGiven)",
          "\(found.eventsGiven) (\(found.eventsAsked.map { "\($0)" } ?? "not given"))",
          found.eventsSuggested.map { "\($0)" } ?? "no readings",
          "\(found.medianGiven.map { NumberText.fixed($0, 2) } ?? "NR") "
            + "(\(found.medianAsked.map { NumberText.plain($0) } ?? "not given"))",
          missed.isEmpty
            ? (found.atRisk.isEmpty ? "none given" : "none")
            : missed.map { "\($0.given) for \($0.asked) at \(NumberText.plain($0.time))" }.joined(separator: "; "),
          found.rootMeanSquareGap.map { NumberText.fixed($0, 4) } ?? "no readings",
          found.largestGap.map { "\(NumberText.fixed($0.gap, 4)) at \(NumberText.plain($0.time))" } ?? "no readings",
        ]
      }
  }
}

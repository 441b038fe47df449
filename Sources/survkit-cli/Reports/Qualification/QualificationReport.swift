internal import Reporting

/// `survkit selftest` with --iq, --oq or --bench: the parts asked for as one report for a validation binder.
struct QualificationReport {
  let installation: InstallationReport?
  let operation: OperationReport?
  let site: OperationReport?

  var isPass: Bool { (installation?.isPass ?? true) && (operation?.isPass ?? true) && (site?.isPass ?? true) }

  /// - Parameter provenance: who computed this and when, for people.
  func document(provenance: [[String]]) -> ReportDocument {
    var document = ReportDocument()
    document.add(.section(1, "Qualification of \(Tool.name) \(Tool.version)"))
    document.add(
      .lines([
        isPass ? "Result: PASS." : "Result: FAIL.",
        "The report states what this copy of the program computed on this computer. What a site must do beside it, and what this is "
          + "not, stands in docs/validation/qualification.md.",
      ]))
    document.add(.textTable([["Provenance", "Value"]] + provenance))
    for part in [installation?.document, operation?.document, site?.document].compactMap({ $0 }) {
      document.add(part)
    }
    document.add(.section(2, "Signatures"))
    document.add(
      .textTable([
        ["Role", "Name", "Signature", "Date"], ["Executed by", "", "", ""], ["Reviewed by", "", "", ""],
        ["Approved by", "", "", ""],
      ]))
    return document
  }

  var json: JSONValue {
    var object = JSONObject()
    object.add("passed", isPass)
    if let installation { object.add("installation", installation.json) }
    if let operation { object.add("operation", operation.json) }
    if let site { object.add("site", site.json) }
    return object.value
  }
}

internal import Reporting
internal import Verification

/// What `survkit verify --explain` prints.
enum ClaimExplanation {
  /// - Parameter code: of a check, or "all".
  static func text(_ code: String) throws(UsageError) -> String {
    var document = ReportDocument()
    if code == "all" {
      document.add(
        .textTable([["Code", "What is checked"]] + CheckCode.allCases.map { [$0.rawValue, $0.explanation.title] }))
      document.add(.lines(["survkit verify --explain CODE tells the formula of one and its false alarms."]))
      return document.text
    }
    guard let check = CheckCode(rawValue: code) else {
      throw UsageError(
        "there is no check \(code); the checks are \(CheckCode.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    let explanation = check.explanation
    document.add(.lines(["\(check.rawValue): \(explanation.title)"]))
    document.add(.lines(["Formula: \(explanation.formula)"]))
    document.add(.lines(["False alarms: \(explanation.falseAlarms)"]))
    return document.text
  }
}

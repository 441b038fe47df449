internal import Reporting
internal import TrialCatalogue
internal import TrialData
internal import Verification

/// What `survkit verify` reports.
struct VerifyReport {
  let claims: ClaimSet
  let source: ByteSource
  let verification: ClaimVerification
  let rows: ClaimEvidence

  /// Whether every check has its line, or every printed number.
  let listsChecks: Bool

  private var findings: [ClaimFinding] { verification.findings }

  /// "21 PASS, 1 WARN, 0 FAIL, 2 CANNOT".
  private var counts: String {
    [Verdict.pass, .warn, .fail, .cannot].map { "\(verification.count($0)) \($0.rawValue)" }.joined(separator: ", ")
  }

  /// The answer in one sentence.
  private var answer: String {
    let failing = findings.filter { $0.verdict == .fail }
    guard let first = failing.first else {
      return verification.count(.warn) == 0
        ? "No printed number contradicts another."
        : "No printed number contradicts another; \(verification.count(.warn)) to be read with care."
    }
    let place = [first.endpoint, first.arm].compactMap { $0 }.joined(separator: ", ")
    return failing.count == 1
      ? "One check fails (\(place))."
      : "\(failing.count) checks fail."
  }

  // MARK: Documents

  var document: ReportDocument {
    var document = ReportDocument()
    let title = claims.trials.map(\.name).joined(separator: ", ")
    document.add(.section(1, "Published claims: \(title)"))
    document.add(.lines(claims.trials.compactMap(\.citation)))
    document.add(
      .lines(
        [answer, "\(verification.claims.count) printed claims: \(counts); \(findings.count) checks."]
          + rows.remarks.map { "Note: \($0.message)" }))
    let worst = findings.filter { $0.verdict == .fail || $0.verdict == .warn }.sorted { $0.verdict > $1.verdict }
    if !worst.isEmpty {
      document.add(.section(2, "To be read first"))
      document.add(
        .list(
          worst.map { finding in
            let tolerance = finding.tolerance.isEmpty ? "" : " Tolerance: \(finding.tolerance)."
            return
              "\(finding.verdict.rawValue) \(place(finding)): \(finding.claim). \(sentence(finding.reason))\(tolerance) [\(finding.code.rawValue)]"
          }))
    }
    for endpoint in endpoints {
      document.add(.section(2, endpoint))
      document.add(.textTable(listsChecks ? checkRows(endpoint) : claimRows(endpoint)))
    }
    document.add(
      .lines([
        "PASS: the numbers can be true together. WARN: unusual, see the reason. FAIL: no unrounded numbers are printed so. CANNOT: nothing to hold it against.",
        "A pass is no proof: a number may be wrong and fit. survkit verify --explain CODE tells what a check does and how often it is wrong.",
      ]))
    return document
  }

  /// A line per printed number. What passes says what it was held against, the rest why it does not pass.
  private func claimRows(_ endpoint: String) -> [[String]] {
    [["Verdict", "Arm", "Printed", "Held against"]]
      + verification.claims.filter { $0.endpoint == endpoint }.map { claim in
        var names: [String] = []
        for finding in claim.findings where finding.verdict == .pass {
          let name = finding.code.subject
          if !names.contains(name) { names.append(name) }
        }
        let passed = names.isEmpty ? "" : names.joined(separator: ", ")
        let reason = claim.verdict == .pass ? passed : claim.decisive?.reason ?? ""
        return [claim.verdict.rawValue, claim.arm ?? "", claim.claim, reason]
      }
      + findings.filter { $0.endpoint == endpoint && $0.code == .unknownKey }.map {
        [$0.verdict.rawValue, "", $0.claim, $0.reason]
      }
  }

  /// A line per check.
  private func checkRows(_ endpoint: String) -> [[String]] {
    [["Verdict", "Arm", "Printed", "Number", "Tolerance", "Reason", "Check"]]
      + findings.filter { $0.endpoint == endpoint }.map {
        [$0.verdict.rawValue, $0.arm ?? "", $0.claim, $0.number, $0.tolerance, $0.reason, $0.code.rawValue]
      }
  }

  /// Names of endpoints in the order of the file.
  private var endpoints: [String] {
    var names: [String] = []
    for finding in findings where !names.contains(finding.endpoint) { names.append(finding.endpoint) }
    return names
  }

  private func place(_ finding: ClaimFinding) -> String {
    [finding.endpoint, finding.arm].compactMap { $0 }.joined(separator: ", ")
  }

  private func sentence(_ text: String) -> String {
    let upper = text.prefix(1).uppercased() + text.dropFirst()
    return upper.hasSuffix(".") ? upper : upper + "."
  }

  // MARK: JSON

  var settings: JSONValue {
    var settings = JSONObject()
    settings.add("rounding", "half a unit of the last printed decimal, either way")
    settings.add("sides_unless_stated", 2)
    settings.add("level_unless_stated", 0.95)
    rows.addSettings(to: &settings)
    return settings.value
  }

  var data: JSONValue {
    var data = JSONObject()
    data.add("file", claims.file)
    data.add("trials", claims.trials.map(\.name))
    return data.value
  }

  var result: JSONValue {
    var counts = JSONObject()
    for verdict in [Verdict.pass, .warn, .fail, .cannot] { counts.add(verdict.rawValue, verification.count(verdict)) }
    var result = JSONObject()
    result.add("answer", answer)
    result.add("counts", counts.value)
    result.add(
      "claims",
      .array(
        verification.claims.map { claim in
          var object = JSONObject()
          object.add("endpoint", claim.endpoint)
          if let arm = claim.arm { object.add("arm", arm) }
          object.add("claim", claim.claim)
          object.add("verdict", claim.verdict.rawValue)
          object.add("number", claim.decisive?.number ?? "")
          object.add("tolerance", claim.decisive?.tolerance ?? "")
          object.add("reason", claim.decisive?.reason ?? "")
          object.add("checks", claim.findings.map(\.code.rawValue))
          return object.value
        }))
    result.add(
      "checks",
      .array(
        findings.map { finding in
          var object = JSONObject()
          object.add("code", finding.code.rawValue)
          object.add("endpoint", finding.endpoint)
          if let arm = finding.arm { object.add("arm", arm) }
          object.add("claim", finding.claim)
          object.add("verdict", finding.verdict.rawValue)
          object.add("number", finding.number)
          object.add("tolerance", finding.tolerance)
          object.add("reason", finding.reason)
          return object.value
        }))
    return result.value
  }
}

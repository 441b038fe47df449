public import TrialCatalogue

/// Printed claims, each with what checks say of it.
///
/// A claim fails only where no unrounded numbers could have been printed so: rounding is carried through every formula as an
/// interval. What a formula cannot promise (another model, coarse times, hazards that are not proportional) is a warning, with
/// how often a true claim gets one (`CheckCode.explanation`). A failure that rests on a number marked as recalled is a warning.
public struct ClaimVerification: Sendable {
  /// What every check found.
  public let findings: [ClaimFinding]
  /// The same by printed number, in the order of the file.
  public let claims: [ClaimVerdict]

  /// Checks the printed numbers against each other.
  public init(_ claims: ClaimSet) {
    self.init(claims) { _, _ in [] }
  }

  /// - Parameters:
  ///   - claims: what is printed.
  ///   - more: findings on one endpoint from elsewhere, rows or a curve; the name of the endpoint in the report goes with it.
  public init(
    _ claims: ClaimSet, more: (ClaimedEndpoint, String) throws -> [ClaimFinding]
  ) rethrows {
    var findings: [ClaimFinding] = []
    var verdicts: [ClaimVerdict] = []
    for trial in claims.trials {
      for endpoint in trial.endpoints {
        let name = claims.trials.count > 1 ? "\(trial.name), \(endpoint.name)" : endpoint.name
        var checks = EndpointChecks(endpoint, name: name)
        checks.checkAgainstEachOther()
        checks.append(try more(endpoint, name))
        checks.addUnchecked()
        findings += checks.findings
        verdicts += endpoint.items.map { ClaimVerdict($0, endpoint: name, among: checks.findings) }
      }
    }
    self.findings = findings
    self.claims = verdicts
  }

  /// How many printed numbers have a verdict.
  public func count(_ verdict: Verdict) -> Int { claims.count { $0.verdict == verdict } }

  /// Whether a claim fails.
  public var hasFailure: Bool { findings.contains { $0.verdict == .fail } }
}

/// A printed number with the verdict of all checks that it took part in.
public struct ClaimVerdict: Sendable, Equatable {
  public let endpoint: String
  /// Arm id; nil for what compares arms.
  public let arm: String?
  /// What was printed: "HR 0.62 (95% CI 0.52 to 0.74)".
  public let claim: String
  /// The worst of the checks; CANNOT where none could say anything.
  public let verdict: Verdict
  /// The check that says so: the first with the verdict.
  public let decisive: ClaimFinding?
  /// All that it took part in.
  public let findings: [ClaimFinding]

  init(_ item: ClaimItem, endpoint: String, among all: [ClaimFinding]) {
    self.endpoint = endpoint
    arm = item.key.arm
    claim = item.text
    findings = all.filter { $0.subjects.contains(item.key) }
    let found = findings
    // A check that can say nothing takes nothing from one that can.
    let verdict = [Verdict.fail, .warn, .pass].first { verdict in found.contains { $0.verdict == verdict } } ?? .cannot
    self.verdict = verdict
    decisive = found.first { $0.verdict == verdict }
  }
}

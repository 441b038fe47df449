public import TrialCatalogue

/// Printed claims, each with what checks say of it.
///
/// A claim fails only where no unrounded numbers could have been printed so: rounding is carried through every formula as an
/// interval. What a formula cannot promise (another model, coarse times, hazards that are not proportional) is a warning, with
/// how often a true claim gets one (`CheckCode.explanation`). A failure that rests on a number marked as recalled is a warning.
public struct ClaimVerification: Sendable {
  public private(set) var findings: [ClaimFinding]

  /// Checks the printed numbers against each other.
  public init(_ claims: ClaimSet) {
    self.init(claims) { _, _ in [] }
  }

  /// - Parameter more: findings on one endpoint from elsewhere, rows or a curve; the name of the endpoint in the report goes with it.
  public init(
    _ claims: ClaimSet, more: (ClaimedEndpoint, String) throws -> [ClaimFinding]
  ) rethrows {
    var findings: [ClaimFinding] = []
    for trial in claims.trials {
      for endpoint in trial.endpoints {
        let name = claims.trials.count > 1 ? "\(trial.name), \(endpoint.name)" : endpoint.name
        var checks = EndpointChecks(endpoint, name: name)
        checks.checkAgainstEachOther()
        checks.append(try more(endpoint, name))
        checks.addUnchecked()
        findings += checks.findings
      }
    }
    self.findings = findings
  }

  /// How many findings have a verdict.
  public func count(_ verdict: Verdict) -> Int { findings.count { $0.verdict == verdict } }

  /// Whether a claim fails.
  public var hasFailure: Bool { findings.contains { $0.verdict == .fail } }
}

import Testing
import TrialCatalogue
import TrialData
import Verification

/// What a file of claims says.
func claims(_ text: String) throws(TrialDataError) -> ClaimSet {
  try ClaimSet(ByteSource(name: "claims.yaml", bytes: Array(text.utf8)))
}

/// Its first endpoint.
func firstEndpoint(_ text: String) throws -> ClaimedEndpoint {
  try #require(try claims(text).trials.first?.endpoints.first)
}

/// What it says, checked.
func verification(_ text: String) throws -> ClaimVerification { ClaimVerification(try claims(text)) }

/// One endpoint with the members given, in YAML's flow style.
func endpoint(a: String = "n: 200", b: String = "n: 200", _ members: String = "") throws -> ClaimVerification {
  try verification(
    """
    schema: survkit-claims/1
    endpoints:
      - id: os
        arms:
          - {id: a, \(a)}
          - {id: b, \(b)}
    \(members.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
    """)
}

extension ClaimVerification {
  /// The findings of one check.
  func findings(_ code: CheckCode) -> [ClaimFinding] { findings.filter { $0.code == code } }

  /// The worst verdict of one check; nil where it did not run.
  func verdict(_ code: CheckCode) -> Verdict? { findings(code).map(\.verdict).max() }
}

internal import ArgumentParser
internal import Reporting
internal import TrialCatalogue
internal import TrialData
internal import Verification

@testable internal import survkit_cli

/// What a paper prints, YAML or JSON, to checks, and to every form of their report.
func fuzzClaims(_ bytes: [UInt8]) {
  let source = ByteSource(name: "claims.yaml", bytes: bytes)
  guard let claims = try? ClaimSet(source), let rows = try? claimOptions.read(claims) else { return }
  let verification = ClaimVerification(claims)
  let report = VerifyReport(
    claims: claims, source: source, verification: verification, rows: rows, listsChecks: bytes.count % 2 == 0)
  let document = report.document
  _ = document.text.utf8.count + document.markdown.utf8.count
  checkPage(document.page(title: "claims").text)
  checkJSON(report.result.text)
}

private let claimOptions: EvidenceOptions = {
  guard let options = try? EvidenceOptions.parse(["--no-reconstruction"]) else { fatalError("no options") }
  return options
}()

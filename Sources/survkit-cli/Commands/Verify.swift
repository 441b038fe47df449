internal import ArgumentParser
internal import Reporting
internal import TrialCatalogue
internal import TrialData
internal import Verification

/// `survkit verify`: which of the numbers that a paper prints can be true together?
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hold the numbers that a paper prints against each other, and against rows or a curve.",
    discussion: """
      CLAIMS is a YAML or JSON file with what the paper prints (survkit verify --template writes one to fill in). Each check says PASS, \
      WARN, FAIL or CANNOT: a claim fails only when no unrounded numbers could have been printed so. --explain CODE tells what a check \
      does, its formula and how often it is wrong.

      With --data the rows are analysed under the conventions of R, SAS and Stata; with --curve, or readings of the curve among the \
      claims, rows are made from it (docs/methods/reconstruction.md), and the reconstruction interval decides between PASS and WARN.

      Exit status: 0 no claim fails, 1 a claim fails, 64 usage, 65 data, 66 no input.

      Example: survkit verify data/vision/claims.yaml
      """)

  @Argument(help: ArgumentHelp("What the paper prints: YAML or JSON; - for standard input.", valueName: "claims"))
  var claims: String?

  @Flag(help: "Write a commented file of claims to start from.")
  var template = false

  @Option(help: ArgumentHelp("Tell what a check does; \"all\" for every one.", valueName: "code"))
  var explain: String?

  @Flag(help: "A line per check, with its number and tolerance, in place of one per printed number.")
  var checks = false

  @OptionGroup(title: "Rows and curves") var evidence: EvidenceOptions
  @OptionGroup(title: "Output options") var output: OutputOptions

  mutating func run() throws {
    if template || explain != nil {
      guard claims == nil, !(template && explain != nil) else {
        throw UsageError("--template and --explain stand alone, without a file of claims")
      }
      return try output.write(text: template ? ClaimTemplate.text : ClaimExplanation.text(explain ?? "all"))
    }
    guard let claims else { throw UsageError("name a file of claims; survkit verify --template writes one") }
    try output.check(data: claims)
    let source = try ByteSource.read(claims)
    let set = try ClaimSet(source)
    let rows = try evidence.read(set)
    let verification = try ClaimVerification(set) { endpoint, name in try rows.findings(endpoint, name: name) }
    let report = VerifyReport(claims: set, source: source, verification: verification, rows: rows, listsChecks: checks)
    try output.write(report, files: [claims] + evidence.files)
    if verification.hasFailure { throw ExitCode(1) }
  }
}

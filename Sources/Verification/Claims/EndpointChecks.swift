internal import TrialCatalogue

/// The checks of one endpoint, and what they found.
struct EndpointChecks {
  let endpoint: ClaimedEndpoint
  /// How the endpoint is named in the report.
  let name: String
  private(set) var findings: [ClaimFinding] = []

  init(_ endpoint: ClaimedEndpoint, name: String) {
    self.endpoint = endpoint
    self.name = name
  }

  /// Records what a check found. A failure that rests on a number from memory is a warning: the paper may be right.
  ///
  /// - Parameters:
  ///   - subjects: the printed numbers of `arm` that took part.
  ///   - also: those of other arms.
  ///   - numbers: those whose memory counts.
  mutating func add(
    _ code: CheckCode, arm: String? = nil, _ claim: String, _ verdict: Verdict, number: String = "",
    tolerance: String = "rounding", _ reason: String, subjects: [String], also: [ClaimItem.Key] = [],
    numbers: [PrintedNumber?] = []
  ) {
    let isRecalled = numbers.contains { $0?.isRecalled ?? false }
    let finding = ClaimFinding(
      code: code, endpoint: name, arm: arm, claim: claim, verdict: verdict, number: number, tolerance: tolerance,
      reason: reason, subjects: subjects.map { .init(arm: arm, quantity: $0) } + also)
    findings.append(
      verdict == .fail && isRecalled
        ? finding.with(.warn, adding: "one of them is recalled, not looked up, so that the paper may still be right")
        : finding)
  }

  mutating func append(_ found: [ClaimFinding]) { findings += found }

  /// Every check that needs nothing but the printed numbers.
  mutating func checkAgainstEachOther() {
    checkCounts()
    checkAtRisk()
    checkMedians()
    checkRates()
    checkRestrictedMeans()
    checkRatio()
    checkTest()
    checkDifferences()
  }

  /// A line for every printed number that no check could hold against anything, and for members nobody knows.
  mutating func addUnchecked() {
    let named = Set(findings.flatMap(\.subjects))
    for item in endpoint.items where !named.contains(item.key) {
      add(
        .unchecked, arm: item.key.arm, item.text, .cannot, tolerance: "",
        "nothing else in the file bears on it; rows (--data) or readings of the curve would",
        subjects: [item.key.quantity])
    }
    for unknown in endpoint.unknown {
      let place = unknown.line.map { "line \($0), " } ?? ""
      let hint = unknown.suggestion.map { "; is \($0) meant?" } ?? ""
      add(
        .unknownKey, "\(place)\(unknown.place)", .cannot, tolerance: "",
        "no check knows this key, so that nothing under it was looked at\(hint)", subjects: [])
    }
  }
}

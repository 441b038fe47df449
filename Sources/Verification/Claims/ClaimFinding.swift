/// What one check says of printed numbers.
public struct ClaimFinding: Sendable, Equatable {
  public let code: CheckCode
  /// The endpoint's id, and the trial's name where the file holds several.
  public let endpoint: String
  /// Arm id; nil for what compares arms.
  public let arm: String?
  /// What was printed: "HR 0.62 (95% CI 0.52 to 0.74)".
  public let claim: String
  public let verdict: Verdict
  /// What the claim is held against: the number that the other numbers, or the rows, give.
  public let number: String
  /// How far the claim may be from it: "rounding", "0.41 in z".
  public let tolerance: String
  /// One sentence: why the verdict is what it is.
  public let reason: String
  /// Which printed numbers took part, so that none is left out unseen.
  let subjects: [ClaimItem.Key]

  /// The same with another verdict.
  func with(_ verdict: Verdict, adding more: String) -> ClaimFinding {
    ClaimFinding(
      code: code, endpoint: endpoint, arm: arm, claim: claim, verdict: verdict, number: number, tolerance: tolerance,
      reason: "\(reason); \(more)", subjects: subjects)
  }
}

/// A printed number of an endpoint.
struct ClaimItem {
  struct Key: Hashable, Sendable {
    let arm: String?
    let quantity: String
  }

  let key: Key
  let text: String
}

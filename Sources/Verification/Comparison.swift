public import TrialCatalogue

/// What comes of holding a published number against the rows.
public enum Verdict: String, Sendable, Codable, Comparable {
  case pass = "PASS"
  /// Compatible, and different enough to be read with the reason.
  case warn = "WARN"
  case fail = "FAIL"
  /// Nothing to compare with.
  case cannot = "CANNOT"

  private var rank: Int {
    switch self {
    case .pass: 0
    case .cannot: 1
    case .warn: 2
    case .fail: 3
    }
  }

  public static func < (a: Verdict, b: Verdict) -> Bool { a.rank < b.rank }
}

/// How a published number stands to the rows it is compared with.
public enum ComparisonRole: String, Sendable, Codable {
  /// The rows were made to have it: agreement is no evidence.
  case input
  /// It was not used: agreement is evidence.
  case check
  /// Not used itself, and settled by inputs: agreement is little evidence.
  case implied
}

/// One published quantity beside the rows' own.
public struct Comparison: Sendable {
  public let quantity: String
  /// Arm id; nil for what compares arms.
  public let arm: String?
  /// nil when what was printed is no number.
  public let published: Double?
  /// nil when the rows have no such number, such as a median that is not reached.
  public let reproduced: Double?
  /// Decimals with which `published` was printed, and more where `reproduced` is worth more.
  public let decimals: (published: Int, reproduced: Int)
  /// What was printed, where it is not just the number: "<0.001".
  public let publishedText: String?
  /// What belongs to the reproduced number: "279/529".
  public let note: String?
  public let role: ComparisonRole
  public let confidence: FactConfidence
  /// Reproduced minus published, on the scale of `tolerance`.
  public let difference: Double?
  /// Largest difference of a PASS; 0 for exact.
  public let tolerance: Double?
  /// What the tolerance is measured in: "" for the quantity's own unit, "published s.e. of ln HR", …
  public let scale: String
  public let verdict: Verdict
  /// Why the verdict is not PASS, or what a PASS does not say; empty when there is nothing to add.
  public let reason: String

  init(
    _ quantity: String, arm: String? = nil, published: Double?, reproduced: Double?, decimals: (Int, Int),
    role: ComparisonRole, confidence: FactConfidence = .confirmed, difference: Double?, tolerance: Double?,
    scale: String = "", verdict: Verdict, reason: String = "", publishedText: String? = nil, note: String? = nil
  ) {
    self.quantity = quantity
    self.arm = arm
    self.published = published
    self.reproduced = reproduced
    self.decimals = decimals
    self.role = role
    self.confidence = confidence
    self.difference = difference
    self.tolerance = tolerance
    self.scale = scale
    self.verdict = verdict
    self.reason = reason
    self.publishedText = publishedText
    self.note = note
  }
}

/// A number without a needless ".0", as a quantity's name shows times and levels.
func plain(_ x: Double) -> String { x == x.rounded() && abs(x) < 1e9 ? "\(Int(x))" : "\(x)" }

/// 0.95 as "95%", 0.992 as "99.2%".
func percent(_ level: Double) -> String { plain((level * 1000).rounded() / 10) + "%" }

extension FactRole {
  /// The role of a fact as rows reflect it.
  var comparison: ComparisonRole { self == .input ? .input : .check }
}

/// PASS up to `pass`, WARN up to `warn`, FAIL beyond.
func graded(_ difference: Double, pass: Double, warn: Double) -> Verdict {
  let size = difference.magnitude
  guard size.isFinite else { return .cannot }
  return size <= pass ? .pass : size <= warn ? .warn : .fail
}

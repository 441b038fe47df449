/// What a trial's publication says, with the source of each fact, how sure it is, and what it may be used for.
///
/// Read from `data/<trial>/published.json`, schema `survkit-published/1`.
public struct PublishedTrial: Sendable, Decodable {
  public let schema: String
  public let id: String
  public let name: String
  public let registration: String
  public let citation: String
  public let dataCutoff: String?
  public let medianFollowUp: Fact<Double>?
  public let stratificationFactors: [String]
  /// What each `source` key stands for.
  public let sources: [String: String]
  public let endpoints: [PublishedEndpoint]
}

/// What a fact may be used for.
public enum FactRole: String, Sendable, Decodable {
  /// Rows may be made from it; agreement with it is then no evidence.
  case input
  /// Never used to make rows: what the rows are compared with.
  case check
  /// Neither: named for the reader.
  case context
}

/// How sure a fact is.
public enum FactConfidence: String, Sendable, Decodable {
  /// Found in a stored source, or matched by an independent digitisation.
  case confirmed
  /// From memory, not looked up again.
  case recalled
}

/// A published number with its provenance.
public struct Fact<Value: Sendable & Decodable>: Sendable, Decodable {
  public let value: Value
  public let role: FactRole
  public let confidence: FactConfidence
  /// A key of the trial's `sources`.
  public let source: String
}

/// One endpoint: a comparison of survival, or of proportions.
public struct PublishedEndpoint: Sendable, Decodable {
  public enum Kind: String, Sendable, Decodable {
    case timeToEvent = "time-to-event"
    case proportion
  }
  public let id: String
  public let name: String
  public let kind: Kind
  public let unit: String?
  public let origin: String?
  /// Level at which rows are made, "B" or "C"; nil when none are.
  public let level: String?
  /// Why no rows can be made.
  public let notReconstructed: String?
  public let test: String?
  public let experimental: String
  public let control: String
  public let arms: [PublishedArm]
  public let hazardRatio: PublishedHazardRatio?
  public let p: PublishedP?
  /// When the endpoint was assessed, where that is on a schedule.
  public let assessments: PublishedAssessments?
}

public struct PublishedArm: Sendable, Decodable {
  public let id: String
  public let label: String
  public let n: Fact<Int>
  public let events: Fact<Int>?
  public let median: PublishedMedian?
  public let atRisk: PublishedAtRisk?
  public let survival: PublishedReadings?
  /// Percentage with the event, for a proportion.
  public let percent: Fact<Double>?
  /// Loss to follow-up before the cut-off, for level C.
  public let dropout: PublishedDropout?
}

public struct PublishedMedian: Sendable, Decodable {
  public let value: Double
  public let role: FactRole
  public let confidence: FactConfidence
  public let source: String
  public let ci: [Double]?
  public let ciLevel: Double?
  public let ciConfidence: FactConfidence?
}

public struct PublishedAtRisk: Sendable, Decodable {
  public let role: FactRole
  public let source: String
  public let times: [Double]
  /// nil where no number is known.
  public let n: [Int?]
  public let recalledTimes: [Double]
  /// Times whose number is known and not used, with the reason.
  public let leftOut: [String: String]?
}

public struct PublishedReadings: Sendable, Decodable {
  public let role: FactRole
  public let source: String
  public let readingError: Double
  public let largestError: Double
  public let times: [Double]
  public let values: [Double]
}

public struct PublishedHazardRatio: Sendable, Decodable {
  public let value: Double
  public let ci: [Double]
  public let ciLevel: Double
  public let stratified: Bool
  public let role: FactRole
  public let confidence: FactConfidence
  public let source: String
}

public struct PublishedP: Sendable, Decodable {
  /// As printed, "<0.001" or "0.008".
  public let text: String
  public let role: FactRole
  public let source: String
}

/// Visits at which an endpoint was assessed, in the unit of its times, counted from its origin.
public struct PublishedAssessments: Sendable, Decodable {
  public struct Period: Sendable, Decodable {
    public let every: Double
    /// The last visit of the period; missing in the last one.
    public let until: Double?
  }
  public let role: FactRole
  public let confidence: FactConfidence
  public let source: String
  public let periods: [Period]
  /// Half the width of the window around a visit; 0 unless given.
  public let jitter: Double?
}

/// Loss to follow-up: the fraction of those without an event lost by a time, or its constant rate.
public struct PublishedDropout: Sendable, Decodable {
  public let role: FactRole
  public let confidence: FactConfidence
  public let source: String
  public let fraction: Double?
  public let by: Double?
  public let rate: Double?
}

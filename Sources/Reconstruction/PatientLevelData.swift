internal import Survival

/// How much was known of a curve from which rows were made.
public enum ReconstructionLevel: String, Sendable, Codable, CaseIterable {
  /// Readings dense enough to see the steps, with numbers at risk and events.
  case curve = "A"
  /// Readings at grid times, numbers at risk and events.
  case grid = "B"
  /// Numbers of subjects and events, medians and the hazard ratio only.
  case summary = "C"

  /// For the reader of a report or figure.
  public var sentence: String {
    switch self {
    case .curve: "level A: rows reconstructed from the printed curve, numbers at risk and events"
    case .grid: "level B: rows reconstructed from curve readings on a grid, numbers at risk, events and medians"
    case .summary:
      "level C: rows made from numbers of subjects and events, medians and the hazard ratio; the curve's shape is a model"
    }
  }
}

/// Rows that were made, not observed: the reconstruction of one arm.
public struct ReconstructedArm: Sendable, Equatable {
  public struct Row: Sendable, Equatable {
    public let time: Double
    public let isEvent: Bool

    package init(time: Double, isEvent: Bool) {
      self.time = time
      self.isEvent = isEvent
    }
  }

  public let arm: String
  public let level: ReconstructionLevel
  /// By ascending time, an event before a censoring at the same time.
  public let rows: [Row]
  /// The number of events that readings and numbers at risk suggest by themselves, under censoring as even as they allow.
  /// Far above the published total it means early censoring, or a total that is wrong. nil without readings.
  public let suggestedEvents: Int?

  package init(arm: String, level: ReconstructionLevel, rows: [Row], suggestedEvents: Int? = nil) {
    self.suggestedEvents = suggestedEvents
    self.arm = arm
    self.level = level
    self.rows = rows.sorted { ($0.time, $0.isEvent ? 0 : 1) < ($1.time, $1.isEvent ? 0 : 1) }
  }

  /// Number of rows with a time of `time` or more.
  public func numberAtRisk(at time: Double) -> Int { rows.filter { $0.time >= time }.count }

  public var events: Int { rows.filter(\.isEvent).count }

  /// The rows' Kaplan–Meier curve.
  func curve() throws(SurvivalInputError) -> KaplanMeier {
    let data = try TimeToEvent(time: rows.map(\.time), isEvent: rows.map(\.isEvent))
    return try KaplanMeier.curves(data, confidence: try ConfidenceSetting())[0]
  }
}

/// Times of made rows: three decimals, about 40 minutes of a month.
func roundedTime(_ time: Double) -> Double { (time * 1000).rounded() / 1000 }

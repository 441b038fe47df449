/// What a publication prints of one arm's survival, as far as rows may be made from it.
///
/// Hard facts are met exactly: `subjects`, `events` and the numbers at risk marked exact. Soft facts are missed as little
/// as possible, and by how much is reported: the readings, the median and the numbers at risk not marked exact.
public struct ArmFacts: Sendable, Equatable {
  /// A number printed under the time axis: how many had a time of `time` or more.
  public struct AtRisk: Sendable, Equatable {
    public let time: Double
    public let count: Int
    /// Whether it is met exactly. A number from memory is not.
    public let isExact: Bool

    public init(time: Double, count: Int, isExact: Bool = true) {
      self.time = time
      self.count = count
      self.isExact = isExact
    }
  }

  /// A point read off the printed curve: S just after `time`.
  public struct Reading: Sendable, Equatable {
    public let time: Double
    public let survival: Double

    public init(time: Double, survival: Double) {
      self.time = time
      self.survival = survival
    }
  }

  /// Name of the arm in the rows and in every message.
  public let arm: String
  public let subjects: Int
  /// Total number of events; nil when it was not printed.
  public internal(set) var events: Int?
  public internal(set) var median: Double?
  public internal(set) var atRisk: [AtRisk]
  public internal(set) var readings: [Reading]
  /// Times of the marks that the figure draws at censorings, ascending; one may stand for several subjects.
  public internal(set) var censorMarks: [Double]
  /// Whether the curve was read to its end: its last subject leaves at the last reading.
  public let isReadToEnd: Bool
  /// Usual error of one reading, as a standard deviation of S; nil leaves it to the readings' own grain and scatter.
  public let readingError: Double?
  /// Largest error a reading may have before it contradicts a hard fact.
  public let largestReadingError: Double
  /// Visits at which the endpoint is assessed; nil where events are seen when they happen, as deaths are.
  public internal(set) var assessments: AssessmentSchedule?
  /// Loss to follow-up before the cut-off, for level C: the other levels have numbers at risk.
  public internal(set) var dropout: Dropout?

  public init(
    arm: String, subjects: Int, events: Int?, median: Double? = nil, atRisk: [AtRisk] = [], readings: [Reading] = [],
    censorMarks: [Double] = [], isReadToEnd: Bool = false, readingError: Double? = nil,
    largestReadingError: Double = 0.015,
    assessments: AssessmentSchedule? = nil, dropout: Dropout? = nil
  ) {
    self.arm = arm
    self.subjects = subjects
    self.events = events
    self.median = median
    self.atRisk = atRisk
    self.readings = readings
    self.censorMarks = censorMarks
    self.isReadToEnd = isReadToEnd
    self.readingError = readingError
    self.largestReadingError = largestReadingError
    self.assessments = assessments
    self.dropout = dropout
  }

  /// The error of one reading in force: as stated, or as measured on the readings.
  public var readingErrorInForce: Double { readingError ?? MonotoneReadings(readings).precision.survival }

  /// The same facts under a schedule of assessments.
  public func assessed(at schedule: AssessmentSchedule?) -> ArmFacts {
    var facts = self
    facts.assessments = schedule
    return facts
  }
}

/// Facts from which no rows can be made: what contradicts what, and where.
public struct ReconstructionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A stable name for the kind of trouble. Open: later versions add codes.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A fact is impossible by itself: a negative count, a probability above 1.
    public static let impossible = Code(rawValue: "impossible-fact")
    /// Two facts cannot both be true.
    public static let contradiction = Code(rawValue: "contradiction")
    /// A fact that the method needs is not given.
    public static let missing = Code(rawValue: "missing-fact")
  }

  public let code: Code
  public let arm: String
  public let message: String
  public var description: String { "\(arm): \(message)" }

  public init(_ code: Code, arm: String, _ message: String) {
    self.code = code
    self.arm = arm
    self.message = message
  }
}

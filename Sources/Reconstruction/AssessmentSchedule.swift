/// Visits at which an endpoint is assessed, counted from time 0: every so often until a time, then every so often.
///
/// Progression is found at a visit, up to `jitter` early or late, and death on its day. The unit of time is that of the curve.
public struct AssessmentSchedule: Sendable, Equatable {
  public struct Period: Sendable, Equatable {
    /// Time between visits.
    public let every: Double
    /// The last visit of the period, at which the next one begins; nil for the last period.
    public let until: Double?

    public init(every: Double, until: Double? = nil) {
      self.every = every
      self.until = until
    }
  }

  /// Why a schedule is none.
  public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
  }

  public let periods: [Period]
  /// Half the width of the window around a visit.
  public let jitter: Double

  /// - Throws: `Fault` where there is no period, where times between visits are not above 0, where `until` does not rise or is
  ///   missing before the last period, or where windows of neighbouring visits overlap.
  public init(_ periods: [Period], jitter: Double = 0) throws(Fault) {
    guard !periods.isEmpty else { throw Fault(description: "a schedule needs a period with the time between visits") }
    var start = 0.0
    for (number, period) in periods.enumerated() {
      guard period.every > 0, period.every.isFinite else {
        throw Fault(description: "the time between visits must be finite and above 0, not \(period.every)")
      }
      guard jitter >= 0, jitter < period.every / 2 else {
        throw Fault(
          description: "a jitter of \(jitter) lets the windows of visits every \(period.every) overlap, or is negative")
      }
      if let until = period.until {
        guard until.isFinite, until >= start + period.every * (1 - 1e-9) else {
          throw Fault(
            description: "a period until \(until) holds no visit: it begins at \(start), visits every \(period.every)")
        }
        start = until
      } else if number < periods.count - 1 {
        throw Fault(description: "only the last period may go on for ever: until is missing in period \(number + 1)")
      }
    }
    self.periods = periods
    self.jitter = jitter
  }

  /// More visits than this are not told apart.
  private static let limit = 10_000

  /// Visits from `start` to `end`, both counted, ascending; nil where they are too many to matter.
  public func visits(from start: Double, through end: Double) -> [Double]? {
    var visits: [Double] = []
    var origin = 0.0
    for period in periods {
      let last = min(end, period.until ?? end)
      let first = max(1, ((start - origin) / period.every - 1e-9).rounded(.up))
      let count = ((last - origin) / period.every + 1e-9).rounded(.down) - first + 1
      guard Double(visits.count) + count <= Double(AssessmentSchedule.limit) else { return nil }
      if count > 0 { visits += (0..<Int(count)).map { origin + (first + Double($0)) * period.every } }
      guard let until = period.until, until < end else { break }
      origin = until
    }
    return visits
  }
}

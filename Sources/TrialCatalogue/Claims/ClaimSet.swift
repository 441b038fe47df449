/// The numbers that a paper prints of its time-to-event results, as claims to be verified.
///
/// Read from a file of the schema `survkit-claims/1` (docs/schemas/claims.json), YAML or JSON; files of published facts
/// (`survkit-published/1`) are read as claims too.
public struct ClaimSet: Sendable {
  /// The name of the file.
  public let file: String
  public let trials: [ClaimedTrial]
}

public struct ClaimedTrial: Sendable {
  public let name: String
  public let citation: String?
  public let endpoints: [ClaimedEndpoint]
}

/// One endpoint: arms and what compares them.
public struct ClaimedEndpoint: Sendable {
  public let id: String
  public let name: String
  public let unit: String?
  /// Proportions of patients (adverse events, responses) have no times.
  public let isProportion: Bool
  /// The arm above the fraction line of the hazard ratio, and the other; nil unless there are two.
  public let experimental: ClaimedArm?
  public let control: ClaimedArm?
  public let arms: [ClaimedArm]
  public let total: ClaimedTotal?
  public let hazardRatio: ClaimedHazardRatio?
  public let test: ClaimedTest?
  public let differences: [ClaimedDifference]
  /// Members of the file under this endpoint that no reader knows.
  public let unknown: [UnknownClaim]
}

public struct ClaimedTotal: Sendable {
  public let n: PrintedNumber?
  public let events: PrintedNumber?
}

public struct ClaimedArm: Sendable {
  public let id: String
  public let label: String
  public let n: PrintedNumber?
  public let events: PrintedNumber?
  /// Of n, in percent: patients with the event.
  public let eventsPercent: PrintedNumber?
  public let censored: PrintedNumber?
  public let median: ClaimedMedian?
  public let rates: [ClaimedRate]
  public let restrictedMean: ClaimedRestrictedMean?
  public let atRisk: [ClaimedAtRisk]
  public let curve: ClaimedCurve?
}

/// A number, or a limit that the curve does not reach.
public enum ClaimedTime: Sendable, Equatable {
  case printed(PrintedNumber)
  /// "NR", "NE": not reached, not estimable.
  case notReached

  public var number: PrintedNumber? { if case .printed(let number) = self { number } else { nil } }
  public var text: String { number?.printed ?? "NR" }
}

/// The limits of an interval and its level.
public struct ClaimedInterval: Sendable, Equatable {
  public let lower: ClaimedTime
  public let upper: ClaimedTime
  public let level: Double

  /// Both limits, where both are numbers.
  public var numbers: (lower: PrintedNumber, upper: PrintedNumber)? {
    guard let lower = lower.number, let upper = upper.number else { return nil }
    return (lower, upper)
  }
}

public struct ClaimedMedian: Sendable {
  public let value: ClaimedTime
  public let interval: ClaimedInterval?
}

/// S(time), or one minus it, in percent or as a fraction.
public struct ClaimedRate: Sendable {
  public let time: PrintedNumber
  /// As fractions of one.
  public let survival: PrintedNumber
  public let interval: ClaimedInterval?
  /// What was printed: "60.7%".
  public let text: String
}

public struct ClaimedRestrictedMean: Sendable {
  public let tau: PrintedNumber?
  public let value: PrintedNumber
  public let interval: ClaimedInterval?
}

public struct ClaimedAtRisk: Sendable, Equatable {
  public let time: Double
  public let n: PrintedNumber
}

/// Readings of a curve.
public struct ClaimedCurve: Sendable {
  public let times: [Double]
  public let survival: [Double]
  /// Usual error of a reading; nil leaves it to the readings.
  public let error: Double?
  public let largestError: Double
}

public struct ClaimedHazardRatio: Sendable {
  public let value: PrintedNumber
  public let interval: ClaimedInterval?
  public let standardError: PrintedNumber?
  /// From a stratified model.
  public let isStratified: Bool
  /// From a model with covariates.
  public let isAdjusted: Bool
  /// From a model with a robust or cluster variance.
  public let isRobust: Bool
  /// How the interval was made, where the paper says so; Wald unless it does.
  public let method: Method?

  public enum Method: String, Sendable, CaseIterable {
    case wald
    case profile
    case bootstrap
    /// (O − E)/V of the log-rank test, after Peto.
    case peto
  }
}

/// The test that compares the arms.
public struct ClaimedTest: Sendable {
  public let name: String?
  public let p: PrintedP?
  /// 1 or 2; nil where the paper does not say.
  public let sides: Int?
  public let chiSquare: PrintedNumber?
  public let degreesOfFreedom: Int?
  public let z: PrintedNumber?

  public var isStratified: Bool? {
    name.map { $0.lowercased() }.map { $0.contains("unstrat") ? false : $0.contains("strat") ? true : nil } ?? nil
  }
  /// A Wald test of the model itself.
  public var isWald: Bool { name?.lowercased().contains("wald") ?? false }
}

/// A difference between the arms, experimental minus control.
public struct ClaimedDifference: Sendable {
  public enum Quantity: String, Sendable, CaseIterable {
    case rate
    case restrictedMean = "rmst"
    case median
    case proportion
  }
  public let quantity: Quantity
  public let time: PrintedNumber?
  public let value: PrintedNumber
  public let interval: ClaimedInterval?
  public let p: PrintedP?
}

/// A member of the file that no check knows.
public struct UnknownClaim: Sendable, Equatable {
  /// "endpoint os, arm lu: meidan".
  public let place: String
  public let line: Int?
  /// The known key nearest to it, where one is near.
  public let suggestion: String?
}

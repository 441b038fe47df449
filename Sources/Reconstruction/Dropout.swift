internal import Survival

/// Loss to follow-up before the cut-off, at a constant rate: the fraction exp(−rate · t) is still followed at t.
public struct Dropout: Sendable, Equatable {
  /// Per unit of time.
  public let rate: Double

  /// nil where the rate is negative or not finite.
  public init?(rate: Double) {
    guard rate >= 0, rate.isFinite else { return nil }
    self.rate = rate
  }

  /// The rate at which `fraction` of those without an event are lost by `time`: −ln(1 − fraction)/time.
  ///
  /// nil where the fraction does not lie in [0, 1) or the time is not above 0.
  public init?(fraction: Double, by time: Double) {
    guard fraction >= 0, fraction < 1, time > 0, time.isFinite else { return nil }
    self.init(rate: -logarithm(1 - fraction) / time)
  }
}

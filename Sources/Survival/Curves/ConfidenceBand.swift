internal import Distributions

/// A simultaneous confidence band: with the probability of its level the whole curve lies inside, from one time to another.
///
/// With σ² the variance of ln S, n subjects and a = nσ²/(1 + nσ²) at the first and b at the last time of the band:
/// `equalPrecision` takes the pointwise interval with c in place of the normal quantile, c from the largest standardised
/// Brownian bridge on [a, b]; `hallWellner` takes k (1 + nσ²)/√n in place of the quantile times σ, k from the largest
/// Brownian bridge there. Scales as those of `ConfidenceTransform`; the limits are not made monotone.
/// Sources: Hall & Wellner, Biometrika 1980;67:133–143; Nair, Technometrics 1984;26:265–275; Klein & Moeschberger 2003,
/// section 4.4 (plain, log-log and arcsin); Borgan & Liestøl, Scand J Stat 1990;17:35–41 (transformations).
public struct ConfidenceBand: Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case hallWellner = "hall-wellner"
    case equalPrecision = "equal-precision"
  }

  /// Where an equal-precision critical value comes from. Hall–Wellner values are exact.
  public enum CriticalValueSource: String, Sendable, Codable {
    /// The distribution of the supremum itself.
    case exact
    /// Miller and Siegmund's approximation for its tail, as SAS LIFETEST and Klein & Moeschberger's table: at the 95%
    /// level up to 0.01 too small on long stretches, up to 0.1 too large on short ones.
    case millerSiegmund = "miller-siegmund"
  }

  public let kind: Kind
  public let confidence: ConfidenceSetting
  public let source: CriticalValueSource
  /// The band holds from here to there.
  public let from: Double
  public let to: Double
  /// a and b.
  public let lowerFraction: Double
  public let upperFraction: Double
  /// c or k.
  public let criticalValue: Double
  /// At each time of the curve; NaN outside the band and where the scale has no limits (log-log, logit, arcsin at S = 1).
  public let lower: [Double]
  public let upper: [Double]
  /// The times of the curve.
  public let time: [Double]

  /// The limits at any time; NaN outside the band.
  public func limits(at t: Double) -> (lower: Double, upper: Double) {
    let k = upperBound(time, t) - 1
    guard t >= from, t <= to, k >= 0 else { return (.nan, .nan) }
    return (lower[k], upper[k])
  }
}

extension KaplanMeier {
  /// A band on the scale and level of the curve's intervals; nil where the curve has no event with S > 0 after it.
  ///
  /// - Parameters:
  ///   - kind: Hall and Wellner's, or of equal precision.
  ///   - from: start; the first event time when nil or, for equal precision, when before it.
  ///   - to: end; the last event time with S > 0 when nil or later than it.
  ///   - source: where the critical value comes from.
  /// - Throws: `SurvivalInputError` for case weights, delayed entry and robust variance, for which bands are not defined, and
  ///   when no event time lies between start and end.
  public func band(
    _ kind: ConfidenceBand.Kind, from: Double? = nil, to: Double? = nil,
    source: ConfidenceBand.CriticalValueSource = .exact
  ) throws(SurvivalInputError) -> ConfidenceBand? {
    guard !table.isWeighted, table.sortedEntries == nil, variance == .greenwood else {
      throw SurvivalInputError(
        .notSupported, "confidence bands are not defined for case weights, delayed entry or robust variance")
    }
    let eventTimes = time.indices.filter { table.events[$0] > 0 && survival[$0] > 0 }.map { time[$0] }
    guard let first = eventTimes.first, let last = eventTimes.last else { return nil }
    let start = from.map { kind == .equalPrecision ? max($0, first) : $0 } ?? first
    let end = min(to ?? last, last)
    guard start <= end else {
      throw SurvivalInputError(
        .badSetting,
        "a confidence band from \(start) to \(end) holds no event; events with S > 0 run from \(first) to \(last)")
    }
    let n = Double(count)
    let source = kind == .hallWellner ? .exact : source
    func fraction(_ t: Double) -> Double {
      let k = upperBound(time, t) - 1
      let error = k >= 0 ? standardErrorOfLogSurvival[k] : 0
      let scaled = n * error * error
      return scaled / (1 + scaled)
    }
    let (a, b) = (fraction(start), fraction(end))
    let level = confidence.level
    let value: Double
    switch kind {
    case .hallWellner:
      value = BridgeSupremum.criticalValue(level, between: 1e-6, and: 5) { BridgeSupremum.within($0, from: a, to: b) }
    case .equalPrecision:
      // Below 1 the approximation has no meaning.
      value = BridgeSupremum.criticalValue(level, between: source == .exact ? 0.001 : 1, and: 10) {
        source == .exact
          ? BridgeSupremum.withinStandardised($0, from: a, to: b)
          : BridgeSupremum.approximatelyWithinStandardised($0, from: a, to: b)
      }
    }
    let limits = time.indices.map { k -> (lower: Double, upper: Double) in
      guard time[k] >= start, time[k] <= end else { return (.nan, .nan) }
      let error = standardErrorOfLogSurvival[k]
      let half = kind == .equalPrecision ? value * error : value * (1 + n * error * error) / n.squareRoot()
      return confidence.interval(survival: survival[k], standardErrorOfLog: half, z: 1)
    }
    return ConfidenceBand(
      kind: kind, confidence: confidence, source: source, from: start, to: end, lowerFraction: a, upperFraction: b,
      criticalValue: value, lower: limits.map(\.lower), upper: limits.map(\.upper), time: time)
  }
}

/// Percentile interval and standard error of an estimate from its bootstrap replicates.
///
/// The limits are the order statistics at (R + 1) α/2 and (R + 1)(1 − α/2) of the R replicates that have a value, interpolated
/// between neighbours; replicates at ±∞ count as the smallest or largest there are, so that a limit can be infinite. On a
/// monotone scale (hazard ratio or its logarithm) the interval is the same up to the interpolation.
/// Source: Davison & Hinkley, Bootstrap Methods and their Application, 1997, sections 2.2.1 and 5.3.1.
public struct BootstrapInterval: Sendable, Equatable {
  public let level: Double
  public let lower: Double
  public let upper: Double
  /// Standard deviation of the finite replicates, with R − 1; NaN for fewer than two.
  public let standardError: Double
  /// Mean of the finite replicates; NaN without any.
  public let mean: Double
  /// Replicates that have a value, and among them those at −∞ or +∞.
  public let replicates: Int
  public let infinite: Int

  /// - Parameters:
  ///   - values: one for each replicate; NaN where there is none.
  ///   - level: in (0, 1).
  /// - Throws: `SurvivalInputError` for a level out of range and too few replicates with a value for limits of the level.
  public init(_ values: [Double], level: Double) throws(SurvivalInputError) {
    let needed = try BootstrapInterval.leastReplicates(level: level)
    let sorted = values.filter { !$0.isNaN }.sorted()
    guard sorted.count >= needed else {
      throw SurvivalInputError(
        .badSetting,
        "an interval of level \(level) needs \(needed) replicates with an estimate; there are \(sorted.count)")
    }
    func limit(_ probability: Double) -> Double {
      let place = Double(sorted.count + 1) * probability
      let below = min(max(Int(place), 1), sorted.count)
      let above = min(below + 1, sorted.count)
      let (low, high) = (sorted[below - 1], sorted[above - 1])
      let share = place - Double(below)
      return share <= 0 || low == high ? low : low + share * (high - low)
    }
    self.level = level
    lower = limit((1 - level) / 2)
    upper = limit((1 + level) / 2)
    let finite = sorted.filter(\.isFinite)
    replicates = sorted.count
    infinite = sorted.count - finite.count
    var moments = Moments()
    for value in finite { moments.add(value) }
    mean = finite.isEmpty ? .nan : moments.mean
    standardError = moments.standardDeviation
  }

  /// The fewest replicates of which an interval can be read: 39 for 95 %.
  public static func leastReplicates(level: Double) throws(SurvivalInputError) -> Int {
    guard level > 0, level < 1 else {
      throw SurvivalInputError(.badSetting, "a confidence level lies between 0 and 1, not \(level)")
    }
    return Int((2 / (1 - level) - 1 - 1e-9).rounded(.up))
  }
}

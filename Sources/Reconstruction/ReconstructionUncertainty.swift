internal import Distributions
internal import Survival

/// How far the numbers computed from made rows move with what a reconstruction cannot know: reading errors and where the
/// censorings fall.
///
/// Every repeat makes the rows anew (see `Disturbance`). The *reconstruction interval* reaches as far on either side of the
/// estimate as `level` of the repeats lie from it, hazard ratios on the logarithmic scale. It is not a sampling interval: that one says how far another trial would be, this one how far the
/// true rows of this trial may be.
public struct ReconstructionUncertainty: Sendable, Equatable {
  /// A number and its reconstruction interval; nil where fewer than half of the repeats have the number.
  public struct Spread: Sendable, Equatable {
    /// From the rows handed out.
    public let estimate: Double?
    public let lower: Double?
    public let upper: Double?
  }

  public struct Arm: Sendable, Equatable {
    public let arm: String
    public let median: Spread
    /// To `tau`.
    public let restrictedMean: Spread
  }

  /// A hazard ratio (Cox model, Efron ties) of one arm against the reference, from the two arms' rows alone.
  public struct Comparison: Sendable, Equatable {
    public let arm: String
    public let reference: String
    public let hazardRatio: Spread
    /// Sampling limits (Wald), as if the rows were patients.
    public let samplingLower: Double
    public let samplingUpper: Double
  }

  public let arms: [Arm]
  public let comparisons: [Comparison]
  /// Coverage meant, 0.95.
  public let level: Double
  public let repeats: Int
  public let seed: UInt64
  /// Horizon of the restricted means: the shorter of the arms' follow-ups.
  public let tau: Double

  /// - Parameters:
  ///   - facts: what was printed, by arm, as it went into `CurveReconstruction.rows`.
  ///   - rows: the rows handed out, in the same order.
  ///   - reference: the arm that the others are compared with.
  /// - Throws: `ReconstructionError` for facts and rows that do not belong together, and settings out of range.
  public init(
    _ facts: [ArmFacts], rows: [ReconstructedArm], reference: String, repeats: Int = 200, seed: UInt64 = 1,
    level: Double = 0.95
  ) throws(ReconstructionError) {
    guard let first = rows.first, rows.count == facts.count, repeats >= 0, level > 0, level < 1 else {
      throw ReconstructionError(
        .impossible, arm: reference,
        "an interval needs facts and rows of the same arms, 0 repeats or more and a level between 0 and 1")
    }
    let tau = rows.map { $0.rows.last?.time ?? 0 }.min() ?? 0
    let joined = facts.map { $0.joiningNearTimes() }
    let made = first.level
    let draws = concurrentMap(repeats) { repetition in
      ReconstructionUncertainty.draw(joined, level: made, seed: seed &+ UInt64(repetition) &* 0x2545_F491_4F6C_DD1D)
    }.compactMap { $0 }
    func spread(_ scale: Scale, _ value: ([ReconstructedArm]) -> Double?) -> Spread {
      let estimate = value(rows)
      guard let estimate else { return Spread(estimate: nil, lower: nil, upper: nil) }
      let centre = scale.forth(estimate)
      let deviations = draws.compactMap(value).map { abs(scale.forth($0) - centre) }.sorted()
      guard !deviations.isEmpty, deviations.count * 2 > repeats else {
        return Spread(estimate: estimate, lower: nil, upper: nil)
      }
      let half = deviations[min(deviations.count - 1, Int((level * Double(deviations.count)).rounded(.up)) - 1)]
      return Spread(estimate: estimate, lower: scale.back(centre - half), upper: scale.back(centre + half))
    }
    arms = rows.indices.map { i in
      Arm(
        arm: rows[i].arm, median: spread(.plain) { (try? $0[i].curve())?.median().estimate },
        restrictedMean: spread(.plain) {
          (try? $0[i].curve()).flatMap { curve in (try? RestrictedMean(curve, tau: tau))?.estimate }
        })
    }
    let base = rows.firstIndex { $0.arm == reference } ?? 0
    let z = StandardNormal.criticalValue(level: level)
    comparisons = rows.indices.filter { $0 != base }.compactMap { i in
      guard let ratio = HazardRatio(of: rows[i], against: rows[base]) else { return nil }
      return Comparison(
        arm: rows[i].arm, reference: rows[base].arm,
        hazardRatio: spread(.logarithmic) { HazardRatio(of: $0[i], against: $0[base])?.value },
        samplingLower: exponential(ratio.logarithm - z * ratio.standardError),
        samplingUpper: exponential(ratio.logarithm + z * ratio.standardError))
    }
    self.level = level
    self.repeats = repeats
    self.seed = seed
    self.tau = tau
  }
}

extension ReconstructionUncertainty {
  /// The scale on which an interval is even about its estimate.
  private enum Scale {
    case plain, logarithmic
    func forth(_ x: Double) -> Double { self == .plain ? x : logarithm(x) }
    func back(_ x: Double) -> Double { self == .plain ? max(0, x) : exponential(x) }
  }

  /// How many states a repeat follows: a third of those of the rows handed out.
  private static let width = 12

  /// Rows of one repeat. Readings moved so far that they contradict the whole numbers are drawn again, closer to where they
  /// were; nil when even the readings as they are do not do.
  private static func draw(_ facts: [ArmFacts], level: ReconstructionLevel, seed: UInt64) -> [ReconstructedArm]? {
    var disturbance = Disturbance(seed: seed)
    var arms: [ReconstructedArm] = []
    for arm in facts {
      var made: ReconstructedArm?
      for scale in [1, 0.5, 0.25, 0] where made == nil {
        let moved = disturbance.moved(arm, by: scale)
        made = try? CurveReconstruction.rows(
          of: moved, level: level, width: width, disturb: { disturbance.bent($0, $1) })
      }
      guard let made else { return nil }
      arms.append(
        disturbance.spread(
          made, reach: MonotoneReadings(arm.readings).precision.reach,
          atRisk: arm.atRisk.filter(\.isExact).map(\.time)))
    }
    return arms
  }
}

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
  ///   - repeats: how many reconstructions are drawn.
  ///   - seed: of the random numbers: the same seed gives the same result.
  ///   - level: of the confidence interval, in (0, 1).
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
    let base = rows.firstIndex { $0.arm == reference } ?? 0
    let arms = facts.map { RepeatedArm($0.joiningNearTimes()) }
    let made = first.level
    let draws = concurrentMap(repeats) { repetition in
      ReconstructionUncertainty.draw(
        arms, level: made, seed: seed &+ UInt64(repetition) &* 0x2545_F491_4F6C_DD1D
      ).map { Numbers($0, base: base, tau: tau) }
    }.compactMap { $0 }
    let found = Numbers(rows, base: base, tau: tau)
    func spread(_ scale: Scale, _ value: (Numbers) -> Double?) -> Spread {
      guard let estimate = value(found) else { return Spread(estimate: nil, lower: nil, upper: nil) }
      let centre = scale.forth(estimate)
      let deviations = draws.compactMap(value).map { abs(scale.forth($0) - centre) }.sorted()
      guard !deviations.isEmpty, deviations.count * 2 > repeats else {
        return Spread(estimate: estimate, lower: nil, upper: nil)
      }
      let half = deviations[min(deviations.count - 1, Int((level * Double(deviations.count)).rounded(.up)) - 1)]
      return Spread(estimate: estimate, lower: scale.back(centre - half), upper: scale.back(centre + half))
    }
    self.arms = rows.indices.map { i in
      Arm(
        arm: rows[i].arm, median: spread(.plain) { $0.medians[i] },
        restrictedMean: spread(.plain) { $0.restrictedMeans[i] })
    }
    let z = StandardNormal.criticalValue(level: level)
    comparisons = rows.indices.compactMap { i in
      guard let ratio = found.ratios[i] else { return nil }
      return Comparison(
        arm: rows[i].arm, reference: rows[base].arm, hazardRatio: spread(.logarithmic) { $0.ratios[i]?.value },
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

  /// What intervals are made of, by arm, from the rows of one repeat or those handed out.
  private struct Numbers: Sendable {
    let medians: [Double?]
    let restrictedMeans: [Double?]
    /// Against the arm at `base`, which has none itself.
    let ratios: [HazardRatio?]

    init(_ rows: [ReconstructedArm], base: Int, tau: Double) {
      let curves = rows.map { try? $0.curve() }
      medians = curves.map { $0?.median().estimate }
      restrictedMeans = curves.map { $0.flatMap { curve in (try? RestrictedMean(curve, tau: tau))?.estimate } }
      ratios = rows.indices.map { $0 == base ? nil : HazardRatio(of: rows[$0], against: rows[base]) }
    }
  }

  /// An arm's facts with what every repeat needs of them.
  private struct RepeatedArm: Sendable {
    let facts: ArmFacts
    let error: Double
    let reach: Double
    let visits: [Double]

    init(_ facts: ArmFacts) {
      self.facts = facts
      let precision = MonotoneReadings(facts.readings).precision
      error = facts.readingError ?? precision.survival
      reach = precision.reach
      visits = facts.atRisk.filter(\.isExact).map(\.time)
    }
  }

  /// Rows of one repeat. Readings moved so far that they contradict the whole numbers are drawn again, closer to where they
  /// were; nil when even the readings as they are do not do.
  private static func draw(_ arms: [RepeatedArm], level: ReconstructionLevel, seed: UInt64) -> [ReconstructedArm]? {
    var disturbance = Disturbance(seed: seed)
    var drawn: [ReconstructedArm] = []
    for arm in arms {
      var made: ReconstructedArm?
      for scale in [1, 0.5, 0.25, 0] where made == nil {
        let moved = disturbance.moved(arm.facts, by: scale * arm.error)
        made = try? CurveReconstruction.rows(
          of: moved, level: level, effort: .repeated, disturb: { disturbance.bent($0, $1) })
      }
      guard let made else { return nil }
      drawn.append(disturbance.spread(made, reach: arm.reach, atRisk: arm.visits))
    }
    return drawn
  }
}

internal import Distributions
internal import Survival

/// How far the numbers computed from made rows move with what a reconstruction cannot know: reading errors and where the
/// censorings fall.
///
/// Every repeat makes the rows anew from readings moved by their error. The *reconstruction interval* holds the middle
/// `level` of the repeats. It is not a sampling interval: that one says how far another trial would be, this one how far the
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
  /// - Throws: `ReconstructionError` when the rows hold no curve.
  public init(
    _ facts: [ArmFacts], rows: [ReconstructedArm], reference: String, repeats: Int = 200, seed: UInt64 = 1,
    level: Double = 0.95
  ) throws(ReconstructionError) {
    var generator = SplitMix64(seed: seed)
    let tau = rows.map { $0.rows.last?.time ?? 0 }.min() ?? 0
    var draws: [[ReconstructedArm]] = []
    for _ in 0..<repeats {
      // Moved readings may contradict the facts where those of the figure do not: such a repeat has no rows.
      let made = facts.compactMap { try? CurveReconstruction.rows($0.perturbed(&generator), level: rows[0].level) }
      if made.count == facts.count { draws.append(made) }
    }
    func spread(_ value: ([ReconstructedArm]) -> Double?) -> Spread {
      let found = draws.compactMap(value).sorted()
      guard found.count * 2 > repeats else { return Spread(estimate: value(rows), lower: nil, upper: nil) }
      func quantile(_ p: Double) -> Double {
        let position = p * Double(found.count - 1)
        let low = Int(position)
        let high = min(low + 1, found.count - 1)
        return found[low] + (position - Double(low)) * (found[high] - found[low])
      }
      return Spread(estimate: value(rows), lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2))
    }
    arms = rows.indices.map { i in
      Arm(
        arm: rows[i].arm, median: spread { (try? $0[i].curve())?.median().estimate },
        restrictedMean: spread {
          (try? $0[i].curve()).flatMap { curve in (try? RestrictedMean(curve, tau: tau))?.estimate }
        })
    }
    let base = rows.firstIndex { $0.arm == reference } ?? 0
    let z = StandardNormal.criticalValue(level: level)
    comparisons = rows.indices.filter { $0 != base }.compactMap { i in
      guard let ratio = HazardRatio(of: rows[i], against: rows[base]) else { return nil }
      return Comparison(
        arm: rows[i].arm, reference: rows[base].arm,
        hazardRatio: spread { HazardRatio(of: $0[i], against: $0[base])?.value },
        samplingLower: exponential(ratio.logarithm - z * ratio.standardError),
        samplingUpper: exponential(ratio.logarithm + z * ratio.standardError))
    }
    self.level = level
    self.repeats = repeats
    self.seed = seed
    self.tau = tau
  }
}

extension ArmFacts {
  /// The same facts with every reading moved by its error.
  func perturbed(_ generator: inout SplitMix64) -> ArmFacts {
    let error = readingError ?? MonotoneReadings(readings).precision.survival
    var facts = self
    facts.readings = readings.map { reading in
      let u = (Double(generator.next() >> 11) + 0.5) / 9_007_199_254_740_992
      let survival = reading.survival + error * StandardNormal.quantile(u)
      return Reading(time: reading.time, survival: min(max(survival, 0), 1))
    }
    return facts
  }
}

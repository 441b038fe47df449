public import Reconstruction

/// How reconstruction intervals are made: the settings of `ReconstructionUncertainty`.
public struct RepeatSettings: Sendable, Equatable {
  /// Number of reconstructions; 0 makes no intervals.
  public let repeats: Int
  public let seed: UInt64
  /// Coverage meant.
  public let level: Double

  public init(repeats: Int = 200, seed: UInt64 = 1, level: Double = 0.95) {
    self.repeats = repeats
    self.seed = seed
    self.level = level
  }

  /// The rows are compared, and no intervals made.
  public static let none = RepeatSettings(repeats: 0)
}

/// Reconstruction intervals of made rows, or why there are none.
public struct ReconstructionIntervals: Sendable, Equatable {
  public let uncertainty: ReconstructionUncertainty?
  /// Why there are none; empty when there are.
  public let reason: String

  /// - Parameters:
  ///   - facts: what the rows were made from, by arm.
  ///   - rows: in the same order.
  ///   - reference: the arm that hazard ratios compare with.
  ///   - settings: how many reconstructions, from which seed.
  /// - Complexity: `settings.repeats` reconstructions of every arm, on all processors.
  public init(_ facts: [ArmFacts], rows: [ReconstructedArm], reference: String, settings: RepeatSettings) {
    var reason = ""
    var found: ReconstructionUncertainty?
    if rows.contains(where: { $0.level == .summary }) {
      reason = "at level C the curve's shape is a model, and how far it is from the truth is not known"
    } else if settings.repeats == 0 {
      reason = "no repeats were asked for"
    } else {
      do throws(ReconstructionError) {
        found = try ReconstructionUncertainty(
          facts, rows: rows, reference: reference, repeats: settings.repeats, seed: settings.seed,
          level: settings.level)
      } catch {
        reason = "a repeat with moved readings contradicts the facts (\(error))"
      }
    }
    uncertainty = found
    self.reason = reason
  }

  /// None, for a reason.
  init(none reason: String) {
    uncertainty = nil
    self.reason = reason
  }
}

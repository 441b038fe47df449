/// What a test of two groups looks for, said of hazards: that of the second group against that of the first.
public enum HazardAlternative: String, Sendable, Codable, CaseIterable {
  case twoSided = "two-sided"
  /// The second group's hazard is lower: it lives longer.
  case less
  /// The second group's hazard is higher.
  case greater

  /// How far a z statistic, positive for more events than expected in the second group, points to the alternative.
  func extremeness(of z: Double) -> Double {
    switch self {
    case .twoSided: abs(z)
    case .less: -z
    case .greater: z
    }
  }
}

/// The weight of the pairs that an event at time t forms with those who outlive it.
///
/// n(t) is the number at risk just before t, N that at the start, S the Kaplan–Meier curve of the event and G that of
/// censoring, both just before t; all within the stratum, and with case weights of the weighted counts. Of one time the
/// censored leave after those with the event, so these are not at risk of being censored then. The names are those of R
/// survival's `timewt`, which counts the pairs of a time as a mean over n(t).
public enum ConcordanceWeight: String, Sendable, Codable, CaseIterable {
  /// 1: Harrell's C.
  case unit = "n"
  /// N S(t−) / n(t): Peto–Wilcoxon's weights.
  case survival = "S"
  /// N S(t−) / (G(t−) n(t)): Schemper et al., Stat Med 2009;28:2473–2489.
  case survivalOverCensoring = "S/G"
  /// 1 / G(t−)²: Uno's C, which does not depend on the distribution of censoring.
  case inverseCensoringSquared = "n/G2"
  /// 1 / n(t): every event counts once, as in the log-rank score.
  case inverseAtRisk = "I"

  /// Whether the weight rests on the distribution of censoring.
  var needsCensoring: Bool { self == .survivalOverCensoring || self == .inverseCensoringSquared }

  /// The weight of each time of the table.
  func values(_ table: EventTable) -> [Double] {
    let start = table.time.indices.reduce(0.0) { $0 + table.events[$1] + table.censored[$1] }
    var survival = 1.0
    var censoring = 1.0
    return table.time.indices.map { k in
      let n = table.atRisk[k]
      let left = table.isLastAtRisk(k) ? 0 : n - table.events[k]
      defer {
        survival *= n > 0 ? left / n : 1
        if left > 0 { censoring *= max(0, left - table.censored[k]) / left }
      }
      guard n > 0 else { return 0 }
      return switch self {
      case .unit: 1
      case .survival: start * survival / n
      case .survivalOverCensoring: start * survival / (censoring * n)
      case .inverseCensoringSquared: 1 / (censoring * censoring)
      case .inverseAtRisk: 1 / n
      }
    }
  }
}

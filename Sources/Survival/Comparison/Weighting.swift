/// The weight given to each event time in a weighted log-rank test.
///
/// S is the pooled Kaplan–Meier estimate just before the time within the stratum, and S̃ the pooled ∏ (1 − d/(n+1)) up to
/// and including it. `gRho(1)` and `peto` are different tests with different weights: R's survdiff(rho = 1) is the former,
/// SAS's PETO the latter.
public enum LogRankWeighting: Sendable, Equatable {
  /// 1: the log-rank (Mantel–Haenszel) test. Mantel, Cancer Chemother Rep 1966;50:163–170.
  case logRank
  /// n: Gehan 1965, Breslow 1970.
  case gehanBreslow
  /// √n: Tarone & Ware, Biometrika 1977;64:156–160.
  case taroneWare
  /// S̃: Peto & Peto 1972, as SAS LIFETEST's PETO.
  case peto
  /// S̃ n/(n+1): Andersen & Gill's modification, as SAS's MODPETO.
  case modifiedPeto
  /// S(t−)^ρ (1 − S(t−))^γ. Fleming & Harrington 1991, with 0⁰ = 1; `gRho` of R's survdiff is γ = 0.
  case flemingHarrington(rho: Double, gamma: Double)
  /// 1 / max(S(t−), S(T)): the modestly weighted log-rank test for effects that come late. It never rises above 1 / S(T);
  /// with T before the first event it is the log-rank test. Magirr & Burman, Stat Med 2019;38:3782–3790; T in the unit of time.
  case modestlyWeighted(until: Double)

  /// The name used on the command line and in reports.
  public var name: String {
    switch self {
    case .logRank: "log-rank"
    case .gehanBreslow: "gehan-breslow"
    case .taroneWare: "tarone-ware"
    case .peto: "peto"
    case .modifiedPeto: "modified-peto"
    case .flemingHarrington(let rho, let gamma):
      "fleming-harrington(\(LogRankWeighting.trim(rho)),\(LogRankWeighting.trim(gamma)))"
    case .modestlyWeighted(let time): "modestly-weighted(\(LogRankWeighting.trim(time)))"
    }
  }

  static func trim(_ x: Double) -> String { x == x.rounded() && abs(x) < 1e6 ? String(Int(x)) : "\(x)" }
}

/// The weights of one weighting at successive event times: S and S̃ begin anew in every stratum.
struct WeightWalk {
  private let weighting: LogRankWeighting
  private var stratum = -1
  private var survival = 1.0
  private var petoSurvival = 1.0
  /// S(T) of the modestly weighted test, once T has passed.
  private var survivalAtT: Double?

  init(_ weighting: LogRankWeighting) { self.weighting = weighting }

  /// The weight at the next event time; not finite where S has reached 0 before, which only delayed entry brings about.
  mutating func next(stratum: Int, _ counts: RiskSetCounts) -> Double {
    if stratum != self.stratum { (self.stratum, survival, petoSurvival, survivalAtT) = (stratum, 1, 1, nil) }
    let n = counts.totalAtRisk
    let d = counts.totalEvents
    petoSurvival *= 1 - d / (n + 1)
    let before = survival
    survival *= (n - d) / n
    switch weighting {
    case .logRank: return 1
    case .gehanBreslow: return n
    case .taroneWare: return n.squareRoot()
    case .peto: return petoSurvival
    case .modifiedPeto: return petoSurvival * n / (n + 1)
    case .flemingHarrington(let rho, let gamma):
      return (rho == 0 ? 1 : power(before, rho)) * (gamma == 0 ? 1 : power(1 - before, gamma))
    case .modestlyWeighted(let limit):
      // The curve is constant from T to the next event time: S there is S(T).
      if counts.time > limit, survivalAtT == nil { survivalAtT = before }
      return 1 / (survivalAtT ?? before)
    }
  }
}

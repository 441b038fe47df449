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

  /// The name used on the command line and in reports.
  public var name: String {
    switch self {
    case .logRank: "log-rank"
    case .gehanBreslow: "gehan-breslow"
    case .taroneWare: "tarone-ware"
    case .peto: "peto"
    case .modifiedPeto: "modified-peto"
    case .flemingHarrington(let rho, let gamma): "fleming-harrington(\(trim(rho)),\(trim(gamma)))"
    }
  }

  private func trim(_ x: Double) -> String { x == x.rounded() && abs(x) < 1e6 ? String(Int(x)) : "\(x)" }

  func weight(atRisk n: Double, pooledSurvivalBefore s: Double, petoSurvival: Double) -> Double {
    switch self {
    case .logRank: return 1
    case .gehanBreslow: return n
    case .taroneWare: return n.squareRoot()
    case .peto: return petoSurvival
    case .modifiedPeto: return petoSurvival * n / (n + 1)
    case .flemingHarrington(let rho, let gamma):
      let early = rho == 0 ? 1 : power(s, rho)
      let late = gamma == 0 ? 1 : power(1 - s, gamma)
      return early * late
    }
  }
}

/// How tied events enter the partial likelihood.
///
/// With D the d tied events of a time, R its risk set and r = exp(η), an event time contributes: Breslow Π_D r / (Σ_R r)^d;
/// Efron Π_D r / Π_l (Σ_R r − (l/d) Σ_D r); exact-partial Π_D r over the sum of Π_S r over all subsets S of R with d
/// members; exact-marginal the probability that D goes before the rest of R, in any order. Without ties all four are one.
/// The two called "exact" elsewhere are different models: time is discrete for the first, continuous for the second.
public enum TieMethod: String, Sendable, Codable, CaseIterable {
  /// Efron, JASA 1977;72:557–565: d tied events leave one after another, on average. R's default.
  case efron
  /// Breslow, Biometrics 1974;30:89–99: all d share one risk set. The default of SAS and Stata.
  case breslow
  /// Cox, JRSS B 1972;34:187–220, section 6: which d of those at risk, given that there are d (conditional logistic
  /// regression). R's `exact`, Stata's exactp, SAS's DISCRETE.
  case exactPartial = "exact-partial"
  /// Kalbfleisch & Prentice, Biometrika 1973;60:267–278: the sum over the orders in which the tied events can have
  /// happened. SAS's EXACT, Stata's exactm.
  case exactMarginal = "exact-marginal"

  /// Whether tied events enter by an exact likelihood, for which neither case weights nor a hazard estimate is defined.
  public var isExact: Bool { self == .exactPartial || self == .exactMarginal }

  /// The two approximations, with which everything that follows from a fit is defined.
  public static let approximations: [TieMethod] = [.efron, .breslow]
}

/// How tied events enter the partial likelihood.
public enum TieMethod: String, Sendable, Codable, CaseIterable {
  /// Efron, JASA 1977;72:557–565: d tied events leave one after another, on average. R's default.
  case efron
  /// Breslow, Biometrics 1974;30:89–99: all d share one risk set. The default of SAS and Stata.
  case breslow
}

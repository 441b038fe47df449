internal import LinearAlgebra

/// The test of one term of a model, all its columns together, beside all the others (type 3).
///
/// The columns are those of the design: a main effect beside its interaction is the effect at the reference level, or at 0,
/// of the other covariate.
public struct CoxTermTest: Sendable, Equatable {
  public let term: String
  /// NaN without a statistic: no degree of freedom, or a coefficient of the term that has no finite estimate (Wald).
  public let test: ChiSquaredTest
}

extension CoxFit {
  /// Wald tests βᵀV⁻¹β of every term, with the robust variance where the fit has one. Aliased columns take no degree of
  /// freedom; with fewer clusters than columns, or an infinite coefficient in the term, there is no statistic.
  public func termWaldTests() -> [CoxTermTest] {
    let variance = robustCovariance ?? covariance
    return terms.map { term in
      let columns = term.columns.filter { !coefficients[$0].isNaN }
      let hasErrors = columns.allSatisfy { estimable.contains($0) } && (clusterCount ?? .max) > columns.count
      let statistic =
        hasErrors && !columns.isEmpty
        ? Cholesky(variance.submatrix(columns))?.quadraticForm(columns.map { coefficients[$0] }) : nil
      return CoxTermTest(
        term: term.name, test: ChiSquaredTest(statistic: statistic ?? .nan, degreesOfFreedom: columns.count))
    }
  }

  /// Likelihood-ratio tests of every term: twice the fall of the log-likelihood when the model is fitted without it.
  ///
  /// The degrees of freedom are what the rank of the design falls by: a column that was aliased with the term comes back
  /// without it. With Firth's penalty the term is held at 0 and stays in the penalty. An infinite coefficient does no harm.
  ///
  /// - Throws: `CoxFitError.notDefined` for a fit with robust variance.
  public func termLikelihoodRatioTests() throws(CoxFitError) -> [CoxTermTest] {
    try requireLikelihood("a likelihood-ratio test")
    let search = ProfileSearch(self)
    let free = coefficients.indices.filter { !coefficients[$0].isNaN }
    let model = CoxModel(ties: ties, maximumIterations: maximumIterations, tolerance: tolerance)
    let null = CoxMaximiser(basis, model, penalised: nil).objective([Double](repeating: 0, count: names.count))
    let (information, moments) = (null.information(), null.moments())
    return terms.map { term in
      var rest = (0..<names.count).filter { !term.columns.contains($0) }
      if penalty == .firth {
        rest = rest.filter { free.contains($0) }
      } else {
        let dependent = aliasedColumns(information.submatrix(rest), moments: rest.map { moments[$0] })
        rest = rest.enumerated().filter { !dependent.contains($0.offset) }.map(\.element)
      }
      let df = free.count - rest.count
      let zeros = [Double](repeating: 0, count: names.count)
      let drop = df > 0 ? search?.drop(from: zeros, over: rest)?.value : nil
      return CoxTermTest(term: term.name, test: ChiSquaredTest(statistic: drop ?? .nan, degreesOfFreedom: df))
    }
  }
}

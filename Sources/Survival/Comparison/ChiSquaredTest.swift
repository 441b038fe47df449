internal import Distributions
internal import LinearAlgebra

/// A chi-squared statistic with its p-value.
public struct ChiSquaredTest: Sendable, Equatable, Codable {
  public let statistic: Double
  public let degreesOfFreedom: Int
  public let p: Double
  /// ln p: finite where p itself underflows.
  public let logP: Double

  public init(statistic: Double, degreesOfFreedom: Int) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    p = ChiSquared.upperTail(statistic, df: Double(degreesOfFreedom))
    logP = ChiSquared.logUpperTail(statistic, df: Double(degreesOfFreedom))
  }
}

extension ChiSquaredTest {
  /// The quadratic form of group differences that sum to zero, on as many degrees of freedom as groups say something beside
  /// the others: of the groups ever at risk one is redundant, and those that depend on others are left out.
  init(difference: [Double], variance: Matrix, everAtRisk: [Bool]) {
    let used = Array(everAtRisk.indices.filter { everAtRisk[$0] }.dropLast())
    let dependent = Set(Cholesky.dependentColumns(of: variance.submatrix(used)))
    let kept = used.enumerated().filter { !dependent.contains($0.offset) }.map(\.element)
    guard !kept.isEmpty, let factor = Cholesky(variance.submatrix(kept)) else {
      self.init(statistic: 0, degreesOfFreedom: kept.count)
      return
    }
    self.init(statistic: factor.quadraticForm(kept.map { difference[$0] }), degreesOfFreedom: kept.count)
  }
}

internal import CBoostMath

/// The Gauss–Legendre rule of 15 points: exact for polynomials up to degree 29 on an interval.
///
/// Source: Boost.Math `quadrature::gauss<double, 15>`.
package enum GaussLegendre {
  /// Nodes in (−1, 1), ascending, and their weights, whose sum is 2.
  package static let rule: (nodes: [Double], weights: [Double]) = {
    var nodes = [Double](repeating: 0, count: 15)
    var weights = nodes
    survkit_gauss_legendre_15(&nodes, &weights)
    return (nodes, weights)
  }()
}

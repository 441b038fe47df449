internal import LinearAlgebra

/// The columns of a regression without an information of their own.
///
/// A column that varies in the data and not among those at risk at the events has an information of 0, which comes out of a
/// difference as round-off: what is below 1e-12 of the terms of that difference, Σ ω x², is nothing.
///
/// - Parameter moments: Σ ω x² of each column.
func aliasedColumns(_ information: Matrix, moments: [Double]) -> Set<Int> {
  var information = information
  for j in moments.indices where information[j, j] <= 1e-12 * moments[j] {
    for i in moments.indices {
      information[i, j] = 0
      information[j, i] = 0
    }
  }
  return Set(Cholesky.dependentColumns(of: information))
}

/// Σ ω x² of each column of row-major `x`.
func secondMoments(_ omega: [Double], x: [Double], p: Int) -> [Double] {
  var moments = [Double](repeating: 0, count: p)
  for i in omega.indices {
    for j in 0..<p { moments[j] += omega[i] * x[i * p + j] * x[i * p + j] }
  }
  return moments
}

internal import COpenBLAS

/// Eigenvalues and eigenvectors of a symmetric matrix (LAPACK dsyev).
public struct SymmetricEigen: Sendable {
  /// Ascending.
  public let values: [Double]
  /// Column j belongs to `values[j]`; the columns are orthonormal.
  public let vectors: Matrix

  /// Nil for a matrix with a value that is not finite, or when the iteration fails. Only the upper triangle is read. O(n³).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "eigenvalues need a square matrix")
    guard matrix.values.allSatisfy(\.isFinite) else { return nil }
    BLAS.useOneThread()
    let n = matrix.rows
    var vectors = matrix.values
    var values = [Double](repeating: 0, count: n)
    if n > 0 {
      // 86 is 'V', 85 is 'U'.
      guard LAPACKE_dsyev(LAPACK_ROW_MAJOR, 86, 85, Int32(n), &vectors, Int32(n), &values) == 0 else { return nil }
    }
    self.values = values
    self.vectors = Matrix(rows: n, columns: n, values: vectors)
  }
}

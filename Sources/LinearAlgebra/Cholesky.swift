internal import COpenBLAS

/// The Cholesky factor of a symmetric positive definite matrix, A = UᵀU (LAPACK dpotrf).
///
/// Only the upper triangle of the input is read.
public struct Cholesky: Sendable {
  private let factor: [Double]
  public let order: Int

  /// Factors `matrix`; nil when it is not positive definite (or holds a value that is not finite).
  public init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a Cholesky factor needs a square matrix")
    guard matrix.values.allSatisfy(\.isFinite) else { return nil }
    BLAS.useOneThread()
    var values = matrix.values
    order = matrix.rows
    if order > 0 {
      // The upper triangle by rows is the lower one by columns ('L'), which LAPACK takes without a copy.
      guard LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, 76, Int32(order), &values, Int32(order)) == 0 else { return nil }
    }
    factor = values
  }

  /// The solution x of A x = b (dpotrs).
  public func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == order, "the right-hand side has the order of the matrix")
    guard order > 0 else { return [] }
    var x = b
    _ = LAPACKE_dpotrs_work(LAPACK_COL_MAJOR, 76, Int32(order), 1, factor, Int32(order), &x, Int32(order))
    return x
  }

  /// The quadratic form bᵀ A⁻¹ b.
  public func quadraticForm(_ b: [Double]) -> Double {
    guard order > 0 else { return 0 }
    // bᵀA⁻¹b = |U⁻ᵀb|²: a sum of squares, so it cannot come out negative.
    var x = b
    cblas_dtrsv(
      CblasRowMajor, CblasUpper, CblasTrans, CblasNonUnit, Int32(order), factor, Int32(order), &x, 1)
    return cblas_ddot(Int32(order), x, 1, x, 1)
  }

  /// The diagonal of U: the product of its squares is det A.
  public var diagonal: [Double] { (0..<order).map { factor[$0 * (order + 1)] } }

  /// The inverse of A, both triangles filled (dpotri).
  public func inverse() -> Matrix {
    var values = factor
    if order > 0 { _ = LAPACKE_dpotri_work(LAPACK_COL_MAJOR, 76, Int32(order), &values, Int32(order)) }
    var inverse = Matrix(rows: order, columns: order, values: values)
    for i in 0..<order {
      for j in 0..<i { inverse[i, j] = inverse[j, i] }
    }
    return inverse
  }

  /// The columns of a symmetric positive semi-definite matrix that depend linearly on the columns before them.
  ///
  /// Column j depends on the earlier independent ones when what remains of its diagonal element after projection is at
  /// most `tolerance` times the element itself. Working in the given order makes the answer stable: of a dependent set
  /// the last is named. R survival uses the same order and eps^0.75 (coxph.control, toler.chol).
  public static func dependentColumns(of matrix: Matrix, tolerance: Double = 1.8189894035458565e-12) -> [Int] {
    BLAS.useOneThread()
    let n = matrix.rows
    var kept: [Int] = []
    var dependent: [Int] = []
    // Row-major lower factor of the kept columns, grown by one row for each.
    var lower = [Double](repeating: 0, count: n * n)
    for j in 0..<n {
      var row = kept.map { matrix[min($0, j), max($0, j)] }
      let size = Int32(kept.count)
      if !kept.isEmpty {
        cblas_dtrsv(CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, size, lower, Int32(n), &row, 1)
      }
      let rest = matrix[j, j] - cblas_ddot(size, row, 1, row, 1)
      guard rest.isFinite, rest > tolerance * matrix[j, j], matrix[j, j] > 0 else {
        dependent.append(j)
        continue
      }
      for (column, value) in row.enumerated() { lower[kept.count * n + column] = value }
      lower[kept.count * n + kept.count] = rest.squareRoot()
      kept.append(j)
    }
    return dependent
  }
}

internal import COpenBLAS

/// The few dense products survkit needs, on OpenBLAS. All matrices are row-major.
package enum BLAS {
  /// Sees to it that OpenBLAS uses one thread in this process. Survkit parallelises outside, where the order of every sum
  /// is fixed, so that a result has the same bits for any number of threads; and threads that wait for the next small matrix
  /// cost more than they help. Every operation of this module asks for it; only the first time does anything.
  package static func useOneThread() { _ = isSingle }
  private static let isSingle: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// The number in force.
  package static var threads: Int { Int(openblas_get_num_threads()) }

  /// The library's own description of its build and kernels, for provenance.
  package static var configuration: String { String(cString: openblas_get_config()) }

  /// The processor family whose kernels the library picked.
  package static var core: String { String(cString: openblas_get_corename()) }

  /// Upper triangle of `c` += AᵀA, where `a` holds `rows` × `columns` values by rows (dsyrk).
  package static func addGram(
    _ a: UnsafePointer<Double>, rows: Int, columns: Int, scale: Double = 1, to c: UnsafeMutablePointer<Double>
  ) {
    guard rows > 0, columns > 0 else { return }
    useOneThread()
    cblas_dsyrk(
      CblasRowMajor, CblasUpper, CblasTrans, Int32(columns), Int32(rows), scale, a, Int32(columns), 1, c,
      Int32(columns))
  }

  /// `c` += scale · AᵀB for two row-major blocks of `rows` × `columns` values (dgemm).
  package static func addProduct(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, rows: Int, columns: Int, scale: Double = 1,
    to c: UnsafeMutablePointer<Double>
  ) {
    guard rows > 0, columns > 0 else { return }
    useOneThread()
    let p = Int32(columns)
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, p, p, Int32(rows), scale, a, p, b, p, 1, c, p)
  }

  /// `y` = A x for a row-major block (dgemv).
  package static func multiply(
    _ a: UnsafePointer<Double>, rows: Int, columns: Int, by x: UnsafePointer<Double>,
    into y: UnsafeMutablePointer<Double>
  ) {
    guard rows > 0, columns > 0 else { return }
    useOneThread()
    cblas_dgemv(
      CblasRowMajor, CblasNoTrans, Int32(rows), Int32(columns), 1, a, Int32(columns), x, 1, 0, y, 1)
  }

  /// `y` += Aᵀ x for a row-major block (dgemv).
  package static func addTransposed(
    _ a: UnsafePointer<Double>, rows: Int, columns: Int, by x: UnsafePointer<Double>,
    to y: UnsafeMutablePointer<Double>
  ) {
    guard rows > 0, columns > 0 else { return }
    useOneThread()
    cblas_dgemv(CblasRowMajor, CblasTrans, Int32(rows), Int32(columns), 1, a, Int32(columns), x, 1, 1, y, 1)
  }
}

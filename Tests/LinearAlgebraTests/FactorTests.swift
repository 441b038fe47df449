import LinearAlgebra
import Testing

/// The dense kernels against plain loops on whole numbers, where both are exact, and the factor against its definition.
@Suite struct FactorTests {
  private static let spd = Matrix(rows: 3, columns: 3, values: [4, 2, -2, 2, 10, 2, -2, 2, 6])

  private func product(_ a: Matrix, _ x: [Double]) -> [Double] {
    (0..<a.rows).map { i in (0..<a.columns).reduce(0) { $0 + a[i, $1] * x[$1] } }
  }

  @Test("solve, inverse and quadratic form of a factor")
  func factor() throws {
    let factor = try #require(Cholesky(Self.spd))
    let b = [1.0, 2, 3]
    let x = factor.solve(b)
    // Order 3, condition number near 5: a handful of roundings.
    for (value, expected) in zip(product(Self.spd, x), b) { #expect(abs(value - expected) < 1e-14) }
    #expect(abs(factor.quadraticForm(b) - zip(b, x).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-14)
    let inverse = factor.inverse()
    for j in 0..<3 {
      let column = product(Self.spd, (0..<3).map { inverse[$0, j] })
      for i in 0..<3 {
        #expect(abs(column[i] - (i == j ? 1 : 0)) < 1e-14)
        #expect(inverse[i, j] == inverse[j, i])
      }
    }
  }

  @Test("what has no factor: indefinite, singular, not finite")
  func noFactor() {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, values: [1, 2, 2, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, values: [0])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, values: [.nan])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, values: [.infinity])) == nil)
  }

  @Test("a matrix of order 0 has an empty solution and a form of 0")
  func empty() throws {
    let factor = try #require(Cholesky(Matrix(rows: 0, columns: 0)))
    #expect(factor.solve([]) == [] && factor.quadraticForm([]) == 0 && factor.inverse() == Matrix(rows: 0, columns: 0))
    #expect(Cholesky.dependentColumns(of: Matrix(rows: 0, columns: 0)) == [])
  }

  @Test("of a dependent set the last is named")
  func dependent() {
    // Gram matrix of a, b, a + b, 0, a - 2c, c with a = (1,0,2), b = (0,3,1), c = (1,1,1).
    let columns: [[Double]] = [[1, 0, 2], [0, 3, 1], [1, 3, 3], [0, 0, 0], [-1, -2, 0], [1, 1, 1]]
    var gram = Matrix(rows: 6, columns: 6)
    for i in 0..<6 {
      for j in 0..<6 { gram[i, j] = zip(columns[i], columns[j]).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    #expect(Cholesky.dependentColumns(of: gram) == [2, 3, 5])
    gram[1, 1] = .nan
    #expect(Cholesky.dependentColumns(of: gram).contains(1))
  }

  @Test("products of blocks add to what is there")
  func products() {
    // Three rows of two.
    let a: [Double] = [1, 2, 3, 4, 5, 6]
    let b: [Double] = [1, 0, 0, 1, 2, 2]
    var c: [Double] = [1, 1, 1, 1]
    BLAS.addProduct(a, b, rows: 3, columns: 2, scale: 2, to: &c)
    // AᵀB = [[1 + 10, 3 + 10], [2 + 12, 4 + 12]], twice, and 1.
    #expect(c == [23, 27, 29, 33])
    var gram: [Double] = [0, 0, -7, 0]
    BLAS.addGram(a, rows: 3, columns: 2, to: &gram)
    // The upper triangle only.
    #expect(gram == [35, 44, -7, 56])
    var y: [Double] = [9, 9, 9]
    BLAS.multiply(a, rows: 3, columns: 2, by: [1, -1], into: &y)
    #expect(y == [-1, -1, -1])
    var x: [Double] = [1, 1]
    BLAS.addTransposed(a, rows: 3, columns: 2, by: [1, 1, 1], to: &x)
    #expect(x == [10, 13])
    // No rows: nothing happens.
    BLAS.addGram(a, rows: 0, columns: 2, to: &gram)
    BLAS.addProduct(a, b, rows: 0, columns: 2, to: &c)
    BLAS.multiply(a, rows: 0, columns: 2, by: [1, 1], into: &y)
    BLAS.addTransposed(a, rows: 0, columns: 2, by: [1], to: &x)
    #expect(gram == [35, 44, -7, 56] && c[0] == 23 && y == [-1, -1, -1] && x == [10, 13])
  }

  @Test("a matrix by rows, its diagonal and its parts")
  func matrix() {
    let m = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])
    #expect(m[1, 0] == 4 && m.diagonal == [1, 5] && m.rowArrays == [[1, 2, 3], [4, 5, 6]])
    let square = Matrix(rows: 3, columns: 3, values: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    #expect(square.submatrix([2, 0]) == Matrix(rows: 2, columns: 2, values: [9, 7, 3, 1]))
    #expect(!BLAS.configuration.isEmpty)
  }

  @Test("eigenvalues by hand, and vectors by their definition")
  func eigen() throws {
    let small = try #require(SymmetricEigen(Matrix(rows: 2, columns: 2, values: [2, 1, 1, 2])))
    // Order 2 and 3, values of order 1 to 10: a handful of roundings.
    #expect(abs(small.values[0] - 1) < 1e-14 && abs(small.values[1] - 3) < 1e-14)
    let eigen = try #require(SymmetricEigen(Self.spd))
    for j in 0..<3 {
      let vector = (0..<3).map { eigen.vectors[$0, j] }
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-14)
      for (value, x) in zip(product(Self.spd, vector), vector) { #expect(abs(value - eigen.values[j] * x) < 1e-13) }
    }
    #expect(SymmetricEigen(Matrix(rows: 1, columns: 1, values: [.nan])) == nil)
    #expect(SymmetricEigen(Matrix(rows: 0, columns: 0))?.values == [])
  }
}

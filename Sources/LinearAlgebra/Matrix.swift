/// A dense matrix of doubles, stored by rows.
///
/// Row-major: element (i, j) is `values[i * columns + j]`. Indices are checked.
public struct Matrix: Sendable, Equatable, Codable {
  public let rows: Int
  public let columns: Int
  public package(set) var values: [Double]

  /// A matrix of zeros.
  public init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative dimension")
    self.rows = rows
    self.columns = columns
    values = [Double](repeating: 0, count: rows * columns)
  }

  /// A matrix from its values by rows; their number must be `rows * columns`.
  public init(rows: Int, columns: Int, values: [Double]) {
    precondition(values.count == rows * columns, "the number of values must be rows × columns")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "matrix index out of range")
      return values[row * columns + column]
    }
    set {
      precondition(row >= 0 && row < rows && column >= 0 && column < columns, "matrix index out of range")
      values[row * columns + column] = newValue
    }
  }

  /// The diagonal, from the top left.
  public var diagonal: [Double] { (0..<min(rows, columns)).map { values[$0 * columns + $0] } }

  /// The rows as arrays, for reports.
  public var rowArrays: [[Double]] { (0..<rows).map { Array(values[($0 * columns)..<(($0 + 1) * columns)]) } }

  /// The mean of a square matrix and its transpose: round-off of a product that is symmetric by its formula, taken out.
  public func symmetrised() -> Matrix {
    precondition(rows == columns, "only a square matrix can be symmetric")
    var matrix = self
    for i in 0..<rows {
      for j in 0..<i {
        let mean = (self[i, j] + self[j, i]) / 2
        matrix[i, j] = mean
        matrix[j, i] = mean
      }
    }
    return matrix
  }

  /// The product with a matrix of as many rows as this one has columns, for small matrices; O(rows · columns · other columns).
  package func multiplied(by other: Matrix) -> Matrix {
    precondition(columns == other.rows, "the inner dimensions of a product must agree")
    var result = Matrix(rows: rows, columns: other.columns)
    for i in 0..<rows {
      for j in 0..<other.columns { result[i, j] = (0..<columns).reduce(0.0) { $0 + self[i, $1] * other[$1, j] } }
    }
    return result
  }

  /// The rows and columns of the given indices, in their order.
  public func submatrix(_ indices: [Int]) -> Matrix {
    var part = Matrix(rows: indices.count, columns: indices.count)
    for (a, i) in indices.enumerated() {
      for (b, j) in indices.enumerated() { part[a, b] = self[i, j] }
    }
    return part
  }
}

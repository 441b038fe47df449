internal import CKernels

/// Covariates by rows in another order, centred and divided by powers of two.
struct RowLayout {
  /// Row-major, with `padding` numbers behind the last row, so that whole vectors can be read.
  let x: [Double]
  /// The power of two below each column's root mean square around its mean.
  let scale: [Double]
  /// What was subtracted: first `origin`, a value of the column, then `centre`, the mean of what is left.
  let origin: [Double]
  let centre: [Double]

  static let padding = 8

  /// Lays out every column of a column-major matrix whose rows number as many as `order`, a permutation of them. O(rows ·
  /// columns); nil where a column is
  /// constant or its scale or the reciprocal out of range, which the plain way handles.
  init?(columns values: [Double], count p: Int, order: [Int32]) {
    let n = order.count
    guard n > 0, p > 0, values.count == n * p else { return nil }
    let isLarge = n * p > 100_000
    let moments = RowLayout.moments(values, rows: n, columns: p, first: Int(order[0]), isLarge: isLarge)
    let scale = moments.map(\.scale)
    guard scale.allSatisfy({ $0.isNormal && (1 / $0).isNormal }) else { return nil }
    let (origin, centre) = (moments.map(\.origin), moments.map(\.centre))
    let factor = scale.map { 1 / $0 }

    let place: [Int32] = filled(n) { place in
      inPieces(of: n) { for i in $0 { place[Int(order[i])] = Int32(truncatingIfNeeded: i) } }
    }
    x = [Double](unsafeUninitializedCapacity: n * p + RowLayout.padding) { x, count in
      adviseLargePages(x.baseAddress, bytes: x.count * MemoryLayout<Double>.stride)
      nonisolated(unsafe) let x = x
      let tile = 64
      let block = isLarge ? 16384 : n
      concurrentForEach((n + block - 1) / block) { piece in
        // A few rows at a time are turned in the cache and carried to their places whole.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: tile * p) { turned in
          values.withUnsafeBufferPointer { values in
            for start in stride(from: piece * block, to: min(n, (piece + 1) * block), by: tile) {
              let rows = min(tile, min(n, (piece + 1) * block) - start)
              for j in 0..<p {
                let (a, b, f) = (origin[j], centre[j], factor[j])
                let column = j * n + start
                for i in 0..<rows { turned[i * p + j] = ((values[column + i] - a) - b) * f }
              }
              for i in 0..<rows {
                guard let to = x.baseAddress, let from = turned.baseAddress else { return }
                (to + Int(place[start + i]) * p).update(from: from + i * p, count: p)
              }
            }
          }
        }
      }
      for i in (n * p)..<(n * p + RowLayout.padding) { x[i] = 0 }
      count = n * p + RowLayout.padding
    }
    (self.scale, self.origin, self.centre) = (scale, origin, centre)
  }

  /// Some rows of a layout, in the given order, as a layout of their own.
  static func rows(_ kept: [Int32], of x: [Double], columns p: Int) -> [Double] {
    let rows = x.count / max(p, 1)
    precondition(kept.allSatisfy { $0 >= 0 && Int($0) < rows }, "rows of the layout")
    let n = kept.count
    return [Double](unsafeUninitializedCapacity: n * p + padding) { to, count in
      x.withUnsafeBufferPointer { x in
        guard let from = x.baseAddress, let to = to.baseAddress else { return }
        survkit_gather_rows(from, kept, n, p, to)
      }
      for i in (n * p)..<(n * p + padding) { to[i] = 0 }
      count = n * p + padding
    }
  }

  private typealias Moments = (origin: Double, centre: Double, scale: Double)

  /// Centre and scale of every column, from two readings: the mean itself is exact for values far from zero.
  private static func moments(_ values: [Double], rows n: Int, columns p: Int, first: Int, isLarge: Bool) -> [Moments] {
    @Sendable func column(_ j: Int) -> Moments {
      values.withUnsafeBufferPointer { values in
        let column = UnsafeBufferPointer(rebasing: values[(j * n)..<((j + 1) * n)])
        let origin = column[first]
        let centre = sum(column) { $0 - origin } / Double(n)
        let squares = sum(column) {
          let value = ($0 - origin) - centre
          return value * value
        }
        let spread = (squares / Double(n)).squareRoot()
        return (origin, centre, spread.isNormal ? spread.binade : .nan)
      }
    }
    return isLarge ? concurrentMap(p, column) : (0..<p).map(column)
  }

  /// The sum of a function of every value: eight running sums over some thousand values, which are added with their
  /// round-off.
  @inline(__always)
  private static func sum(_ values: UnsafeBufferPointer<Double>, _ term: (Double) -> Double) -> Double {
    var total = CompensatedSum()
    let piece = 4096
    for start in stride(from: 0, to: values.count, by: piece) {
      let end = min(start + piece, values.count)
      var lanes = SIMD8<Double>.zero
      var i = start
      while i + 8 <= end {
        for lane in 0..<8 { lanes[lane] += term(values[i + lane]) }
        i += 8
      }
      while i < end {
        lanes[0] += term(values[i])
        i += 1
      }
      total.add(lanes.sum())
    }
    return total.value
  }
}

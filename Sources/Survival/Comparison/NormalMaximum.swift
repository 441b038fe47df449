internal import Distributions

/// The tail of the largest of several correlated standard normal variables, by deterministic numerical integration.
///
/// P(max > m) is the sum over i of P(variable i is beyond m and none before it is): terms that are all positive, so that a
/// small tail keeps its relative accuracy. Each is the standard normal measure of a polytope. A Cholesky factor with
/// pivoting writes the variables as Z = L Y with as many independent Y as the correlation matrix has rank, whatever
/// number of variables depends on others; the last Y is integrated in closed form, the second last piecewise between
/// the places where two of its bounds cross, all others adaptively. Cost grows by a factor of about a hundred per rank.
/// Source: the conditioning order of Genz & Bretz, Computation of Multivariate Normal and t Probabilities, 2009, chapter 4.
enum NormalMaximum {
  /// What is left of a variable's variance below which it depends on those before.
  static let dependence = 1e-12

  /// P(max Z > m), or P(max |Z| > m) for `isTwoSided`, with an estimate of its absolute error.
  ///
  /// - Parameter correlation: rows of a correlation matrix, which may be singular.
  static func upperTail(_ m: Double, correlation: [[Double]], isTwoSided: Bool) -> (p: Double, error: Double) {
    guard !isTwoSided || m > 0 else { return (1, 0) }
    var p = CompensatedSum()
    var error = 0.0
    for i in correlation.indices {
      var region = NormalPolytope(m, first: i, correlation: correlation, isTwoSided: isTwoSided)
      let term = region.measure()
      let sides = isTwoSided ? 2.0 : 1.0
      p.add(sides * term.value)
      error += sides * term.error
    }
    return (min(1, p.value), error)
  }
}

/// {variable i beyond m, variables before it not}, in independent coordinates.
private struct NormalPolytope {
  /// Coefficients of each variable on the coordinates, and its bounds.
  private var rows: [[Double]] = []
  private var lower: [Double] = []
  private var upper: [Double] = []
  private let rank: Int
  /// The variables bounded by each coordinate, given the coordinates before it.
  private var byLevel: [[Int]]
  private var y: [Double]
  private let tolerance: Double
  /// Beyond this no coordinate adds a relative 1e-18 to a term.
  private static let reach = 9.5

  init(_ m: Double, first: Int, correlation: [[Double]], isTwoSided: Bool) {
    let members = [first] + Array(0..<first)
    // Cholesky with pivoting, the variable beyond m in front.
    var factor = members.map { _ in [Double]() }
    var left = members.map { correlation[$0][$0] }
    var pivot: Int? = 0
    while let k = pivot {
      let root = left[k].squareRoot()
      let own = factor[k]
      for j in members.indices {
        var value = correlation[members[j]][members[k]]
        for (a, b) in zip(factor[j], own) { value -= a * b }
        factor[j].append(j == k ? root : left[j] > 0 ? value / root : 0)
        left[j] = j == k ? -1 : left[j] - (factor[j].last ?? 0) * (factor[j].last ?? 0)
        if left[j] <= NormalMaximum.dependence, left[j] > 0 { left[j] = 0 }
      }
      pivot = left.indices.filter { left[$0] > NormalMaximum.dependence }.max { left[$0] < left[$1] }
    }
    rank = factor[0].count
    rows = factor
    lower = members.indices.map { $0 == 0 ? m : isTwoSided ? -m : -.infinity }
    upper = members.indices.map { $0 == 0 ? .infinity : m }
    byLevel = [[Int]](repeating: [], count: rank)
    for (j, row) in rows.enumerated() {
      // A coefficient of round-off bounds nothing.
      if let last = row.lastIndex(where: { abs($0) > 1e-10 }) { byLevel[last].append(j) }
    }
    y = [Double](repeating: 0, count: rank)
    tolerance = 1e-11 * StandardNormal.upperTail(m)
  }

  mutating func measure() -> GaussKronrod.Result { integral(level: 0, tolerance: tolerance) }

  /// The bounds of a coordinate from the coordinates before it.
  private func bounds(_ level: Int) -> (Double, Double) {
    var (low, high) = (-Double.infinity, Double.infinity)
    for j in byLevel[level] {
      let row = rows[j]
      var known = 0.0
      for k in 0..<level { known += row[k] * y[k] }
      let (a, b) = ((lower[j] - known) / row[level], (upper[j] - known) / row[level])
      low = max(low, min(a, b))
      high = min(high, max(a, b))
    }
    return (low, high)
  }

  private static func probability(_ low: Double, _ high: Double) -> Double {
    guard high > low else { return 0 }
    return low > 0
      ? StandardNormal.upperTail(low) - StandardNormal.upperTail(high)
      : StandardNormal.cdf(high) - StandardNormal.cdf(low)
  }

  private mutating func integral(level: Int, tolerance: Double) -> GaussKronrod.Result {
    var (low, high) = bounds(level)
    if level == rank - 1 {
      let value = NormalPolytope.probability(low, high)
      return .init(value: value, error: 1e-15 * value)
    }
    low = max(low, -NormalPolytope.reach)
    // From m on: where the density has fallen to 1e-18 of that at m.
    high = min(high, low > 0 ? (low * low + 83).squareRoot() : NormalPolytope.reach)
    guard high > low else { return .init(value: 0, error: 0) }
    let marks = [low] + (level == rank - 2 ? crossings(level, low, high) : []) + [high]
    var total = GaussKronrod.Result(value: 0, error: 0)
    // Exclusive access: the coordinate of this level is set through a copy of the region.
    var region = self
    var innerError = 0.0
    for (a, b) in zip(marks, marks.dropFirst()) {
      let piece = GaussKronrod.integrate(from: a, to: b, tolerance: tolerance / Double(marks.count)) { value in
        region.y[level] = value
        let inner = region.integral(level: level + 1, tolerance: 1e-11)
        innerError = max(innerError, inner.error)
        return 0.3989422804014327 * exponential(-value * value / 2) * inner.value
      }
      total.value += piece.value
      total.error += piece.error
    }
    total.error += innerError * NormalPolytope.probability(low, high)
    return total
  }

  /// Where, along the second last coordinate, two bounds of the last one cross: the integrand has a kink there.
  private func crossings(_ level: Int, _ low: Double, _ high: Double) -> [Double] {
    var lines: [(constant: Double, slope: Double)] = []
    for j in byLevel[level + 1] {
      let row = rows[j]
      var known = 0.0
      for k in 0..<level { known += row[k] * y[k] }
      for bound in [lower[j], upper[j]] where bound.isFinite {
        lines.append(((bound - known) / row[level + 1], -row[level] / row[level + 1]))
      }
    }
    var found: [Double] = []
    for (position, line) in lines.enumerated() {
      for other in lines[..<position] where line.slope != other.slope {
        let at = (other.constant - line.constant) / (line.slope - other.slope)
        if at > low, at < high { found.append(at) }
      }
    }
    return found.sorted()
  }
}

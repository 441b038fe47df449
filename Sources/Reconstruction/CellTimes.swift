/// Times inside the cells: the distance between events follows the fall of the curve.
///
/// 1 − S at the ends of the cells is interpolated by a monotone cubic (Fritsch & Carlson, SIAM J Numer Anal
/// 1980;17:238–246), and the share u of a cell's fall is turned back into a time. Events stand at u = (a + ½)/e and
/// censorings at u = (b + ½)/c, the order in which `CellProblem.factor` counted them.
struct CellTimes {
  private let knots: [Double]
  private let values: [Double]
  private let slopes: [Double]

  init(_ problem: CellProblem, survival: [Double]) {
    knots = [problem.start[0]] + problem.end
    values = survival.map { 1 - $0 }
    slopes = CellTimes.monotoneSlopes(knots, values)
  }

  /// The time at which the share `u` of the fall in a cell has happened; proportional to `u` where nothing falls.
  func time(cell i: Int, share u: Double) -> Double {
    let width = knots[i + 1] - knots[i]
    let rise = values[i + 1] - values[i]
    guard rise > 0, width > 0 else { return knots[i] + u * width }
    var low = 0.0
    var high = 1.0
    // Bisection to the last bit: slow, and it cannot fail on a flat piece.
    for _ in 0..<60 {
      let x = (low + high) / 2
      if value(i, x) - values[i] < u * rise { low = x } else { high = x }
    }
    return knots[i] + (low + high) / 2 * width
  }

  private func value(_ i: Int, _ x: Double) -> Double {
    let width = knots[i + 1] - knots[i]
    // The cubic Hermite basis.
    let atEnd = x * x * (3 - 2 * x)
    let slopeAtStart = x * (1 - x) * (1 - x)
    let slopeAtEnd = x * x * (x - 1)
    let bend = slopeAtStart * slopes[i] + slopeAtEnd * slopes[i + 1]
    return (1 - atEnd) * values[i] + atEnd * values[i + 1] + width * bend
  }

  private static func monotoneSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    // A cell without width is a jump: no slope leads into it or out of it.
    var secants: [Double?] = []
    for k in 1..<x.count { secants.append(x[k] > x[k - 1] ? (y[k] - y[k - 1]) / (x[k] - x[k - 1]) : nil) }
    var slopes: [Double] = []
    for k in x.indices {
      let before = k > 0 ? secants[k - 1] : nil
      let after = k < secants.count ? secants[k] : nil
      if let before, let after {
        slopes.append(before * after <= 0 ? 0 : (before + after) / 2)
      } else {
        slopes.append(before ?? after ?? 0)
      }
    }
    for (k, secant) in secants.enumerated() {
      guard let secant else { continue }
      if secant == 0 {
        (slopes[k], slopes[k + 1]) = (0, 0)
        continue
      }
      let (a, b) = (slopes[k] / secant, slopes[k + 1] / secant)
      let radius = a * a + b * b
      if radius > 9 {
        let scale = 3 / radius.squareRoot()
        slopes[k] = scale * a * secant
        slopes[k + 1] = scale * b * secant
      }
    }
    return slopes
  }
}

/// A falling curve between its knots, interpolated by a monotone cubic (Fritsch & Carlson, SIAM J Numer Anal
/// 1980;17:238–246). A time may stand twice: the curve jumps there, and no slope leads into the jump or out of it.
struct MonotoneCubic: Sendable {
  private let knots: [Double]
  private let values: [Double]
  private let slopes: [Double]

  init(knots: [Double], values: [Double]) {
    self.knots = knots
    self.values = values
    slopes = MonotoneCubic.monotoneSlopes(knots, values)
  }

  /// The curve inside the piece between knot `k` and the next.
  func value(piece k: Int, at time: Double) -> Double {
    let width = knots[k + 1] - knots[k]
    guard width > 0 else { return values[k + 1] }
    let x = (time - knots[k]) / width
    // The cubic Hermite basis.
    let atEnd = x * x * (3 - 2 * x)
    let bend = x * (1 - x) * (1 - x) * slopes[k] + x * x * (x - 1) * slopes[k + 1]
    return (1 - atEnd) * values[k] + atEnd * values[k + 1] + width * bend
  }

  private static func monotoneSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    var secants: [Double?] = []
    for (k, l) in zip(x.indices, x.indices.dropFirst()) {
      secants.append(x[l] > x[k] ? (y[l] - y[k]) / (x[l] - x[k]) : nil)
    }
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

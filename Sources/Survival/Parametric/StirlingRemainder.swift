internal import Distributions

/// What Stirling's formula leaves of ln Γ(k), R(k) = ln Γ(k) − (k − 1/2) ln k + k − ln(2π)/2, as a function of Q with
/// k = 1/Q², and its derivatives in Q.
///
/// R goes to 0 with Q, so that the density of the generalised gamma distribution passes through the log-normal at Q = 0
/// without a limit to be taken. Above k = 16 by the asymptotic series (DLMF 5.11.1), whose next term is below 1e-17
/// there; below by ln Γ, ψ and ψ′. Absolute error a few 1e-16 times max(1, ln Γ).
struct StirlingRemainder {
  let value: Double
  let first: Double
  let second: Double

  /// B₂ₙ / (2n (2n − 1)), n = 1, 2, …
  private static let series: [Double] = [
    1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156, -3617.0 / 122_400,
  ]

  init(q: Double) {
    let square = q * q
    guard square > 1.0 / 16 else {
      // Term n is c q^(4n − 2).
      var (value, first, second) = (0.0, 0.0, 0.0)
      let fourth = square * square
      var power = 1.0  // q^(4n − 4)
      for (n, c) in StirlingRemainder.series.enumerated() {
        let degree = Double(4 * n + 2)
        value += c * power * square
        first += c * degree * power * q
        second += c * degree * (degree - 1) * power
        power *= fourth
      }
      (self.value, self.first, self.second) = (value, first, second)
      return
    }
    let k = 1 / square
    let logK = logarithm(k)
    value = GammaFunction.logarithm(k) - (k - 0.5) * logK + k - halfLogTwoPi
    let slope = GammaFunction.digamma(k) - logK + 0.5 / k
    let curvature = GammaFunction.trigamma(k) - 1 / k - 0.5 / (k * k)
    let kq = -2 * k / q
    first = slope * kq
    second = curvature * kq * kq + slope * 6 * k * k
  }
}

/// φ₂(z) = (e^z − 1 − z)/z² with its first two derivatives: the series Σ z^j/(j + 2)! around 0, the closed form beyond.
struct ExponentialRemainder {
  let value: Double
  let first: Double
  let second: Double

  init(_ z: Double) {
    guard abs(z) < 2 else {
      let m = exponentialMinusOne(z)
      let square = z * z
      value = (m - z) / square
      first = (z * m - 2 * m + 2 * z) / (square * z)
      second = (square * (m + 1) - 4 * z * m + 6 * m - 6 * z) / (square * square)
      return
    }
    var (value, first, second) = (0.0, 0.0, 0.0)
    var term = 0.5  // z^j / (j + 2)!
    var (below, twoBelow) = (0.0, 0.0)  // z^(j−1) / (j + 2)!, z^(j−2) / (j + 2)!
    var j = 0.0
    while true {
      value += term
      first += j * below
      second += j * (j - 1) * twoBelow
      if j > 2, abs(twoBelow) * j * j < 1e-18 { break }
      twoBelow = below / (j + 3)
      below = term / (j + 3)
      term *= z / (j + 3)
      j += 1
    }
    (self.value, self.first, self.second) = (value, first, second)
  }

  /// φ₂(z) alone.
  static func value(_ z: Double) -> Double {
    if abs(z) >= 0.5 { return (exponentialMinusOne(z) - z) / (z * z) }
    var sum = 0.0
    var term = 0.5
    var j = 3.0
    while abs(term) > 1e-18 {
      sum += term
      term *= z / j
      j += 1
    }
    return sum
  }
}

internal import Distributions

/// The standardised generalised gamma variable W of shape Q: k e^(QW) has the gamma distribution of shape k = 1/Q².
///
/// With g(w) = (e^(Qw) − 1 − Qw)/Q² = w² φ₂(Qw), which is w²/2 at Q = 0, and Stirling's remainder R,
///
///     ln f(w) = −ln(2π)/2 − R(Q) − g(w)
///
/// for every Q, negative and 0 too. g is convex with its minimum at 0.
///
/// **Tails.** The incomplete gamma function has no closed derivative in its shape, and near Q = 0 its arguments lose half of
/// their digits. Both are avoided by taking the tail as an integral of the density: the smaller tail, from w outward,
/// relative to f(w), where g(w + v) − g(w) = e^(Qw) v² φ₂(Qv) + v (e^(Qw) − 1)/Q is a sum of terms of one sign. The
/// derivatives in Q are then conditional means of those of ln f. The rule of 15 Gauss–Legendre nodes runs over panels to
/// where the density has fallen by e^−50; relative error of a tail below 2e-14 for |Q| ≤ 30.
/// Source of the form: Prentice, Biometrika 1974;61:539–544.
struct GeneralizedGamma {
  let q: Double
  let remainder: StirlingRemainder

  init(q: Double) {
    self.q = q
    remainder = StirlingRemainder(q: q)
  }

  func logDensity(_ w: Double) -> StandardTerm {
    let z = q * w
    let phi = ExponentialRemainder(z)
    let square = w * w
    return StandardTerm(
      value: -halfLogTwoPi - remainder.value - square * phi.value, w: -w * (1 + z * phi.value), ww: -exponential(z),
      q: -remainder.first - square * w * phi.first, wq: -square * (phi.value + z * phi.first),
      qq: -remainder.second - square * square * phi.second)
  }

  func logSurvival(_ w: Double) -> StandardTerm {
    let f = logDensity(w)
    guard f.value.isFinite else {
      return w < 0 ? StandardTerm(value: 0, w: 0, ww: 0) : .impossible
    }
    let tail = tail(w, density: f, isUpper: w >= 0)
    guard w < 0 else {
      let h = 1 / tail.mass
      return StandardTerm(
        value: f.value + logarithm(tail.mass), w: -h, ww: -h * (f.w + h), q: tail.slope, wq: -h * (f.q - tail.slope),
        qq: tail.curvature - tail.slope * tail.slope)
    }
    let density = exponential(f.value)
    let below = density * tail.mass
    let above = 1 - below
    let odds = below / above
    let h = density / above
    let slope = -odds * tail.slope
    return StandardTerm(
      value: logarithmOfOnePlus(-below), w: -h, ww: -h * (f.w + h), q: slope, wq: -h * (f.q - slope),
      qq: -odds * tail.curvature - slope * slope)
  }

  /// One tail from w on: its probability over f(w), and the means over it of ∂ ln f and of ∂² ln f + (∂ ln f)², in Q.
  private func tail(
    _ w: Double, density f: StandardTerm, isUpper: Bool
  ) -> (mass: Double, slope: Double, curvature: Double) {
    let side = isUpper ? 1.0 : -1.0
    let growth = exponential(q * w)
    let pull = w * (1 + q * w * ExponentialRemainder.value(q * w))
    func drop(_ v: Double) -> Double { growth * v * v * ExponentialRemainder.value(q * v) + v * pull }
    let edges = panels(side, drop)
    let (nodes, weights) = GaussLegendre.rule
    var (mass, slope, curvature, squares) = (0.0, 0.0, 0.0, 0.0)
    for panel in 1..<edges.count {
      let half = (edges[panel] - edges[panel - 1]) / 2
      let middle = (edges[panel] + edges[panel - 1]) / 2
      for node in nodes.indices {
        let v = side * (middle + half * nodes[node])
        let weight = half * weights[node] * exponential(-drop(v))
        if weight == 0 { continue }
        let u = w + v
        let phi = ExponentialRemainder(q * u)
        let cube = u * u * u
        // Relative to the derivative at w: far out all values are large and nearly the same.
        let difference = (-remainder.first - cube * phi.first) - f.q
        mass += weight
        slope += weight * difference
        squares += weight * difference * difference
        curvature += weight * (-remainder.second - cube * u * phi.second)
      }
    }
    let mean = slope / mass
    let total = f.q + mean
    let variance = squares / mass - mean * mean
    return (mass, total, curvature / mass + variance + total * total)
  }

  /// Ends of the panels, from 0 to where the drop reaches 50.
  private func panels(_ side: Double, _ drop: (Double) -> Double) -> [Double] {
    let wanted = 50.0
    var high = 1.0
    if drop(side * high) < wanted {
      while drop(side * high) < wanted { high *= 2 }
    } else {
      while high > 1e-300, drop(side * high / 2) >= wanted { high /= 2 }
    }
    var low = high / 2
    for _ in 0..<4 {
      let middle = (low + high) / 2
      if drop(side * middle) < wanted { low = middle } else { high = middle }
    }
    var edges = [0, high / 4, high / 2, 3 * high / 4, high]
    // Where the tail turns from bent to exponential, |Qv| near 1, equal panels of a long tail are too wide.
    if q * side < 0 {
      for edge in [1.5, 5, 14, 40] where edge / abs(q) < high { edges.append(edge / abs(q)) }
      edges.sort()
    }
    return edges
  }

  /// The w with P(W > w) = `upper`, `lower` = 1 − `upper`; by Newton's method on the logarithm of the smaller tail.
  func quantile(lower: Double, upper: Double) -> Double {
    let isUpper = upper < lower
    let target = logarithm(isUpper ? upper : lower)
    /// ln of the tail in question and its derivative; the tail falls (upper) or rises (lower) with w.
    func tail(_ w: Double) -> (value: Double, slope: Double) {
      let s = logSurvival(w)
      if isUpper { return (s.value, s.w) }
      let below = -exponentialMinusOne(s.value)
      if w >= 0 { return (logarithm(below), -s.w * exponential(s.value) / below) }
      let f = logDensity(w)
      let part = self.tail(w, density: f, isUpper: false)
      return (f.value + logarithm(part.mass), 1 / part.mass)
    }
    var (low, high) = (-1.0, 1.0)
    func isAbove(_ w: Double) -> Bool { (tail(w).value > target) != isUpper }
    while isAbove(low) && low > -1e300 { low *= 2 }
    while !isAbove(high) && high < 1e300 { high *= 2 }
    var w = min(max(StandardNormal.quantile(lower), low), high)
    for _ in 0..<200 {
      let (value, slope) = tail(w)
      if (value > target) != isUpper { high = w } else { low = w }
      var next = w - (value - target) / slope
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - w) <= 2e-16 * max(abs(w), 1e-3) || low == high { return next }
      w = next
    }
    return w
  }
}

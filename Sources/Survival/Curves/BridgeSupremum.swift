internal import Distributions
internal import LinearAlgebra

/// Distributions of the largest absolute value of a Brownian bridge B over a stretch a <= u <= b of [0, 1], as it stands and
/// divided by its standard deviation √(u (1 − u)), and their critical values.
enum BridgeSupremum {
  // MARK: Hall–Wellner

  /// P(|B(u)| <= k for all a <= u <= b), 0 <= a <= b <= 1.
  ///
  /// Between a and b the bridge that stays in (−k, k) is a Brownian motion absorbed at ±k. Expanded in the sine functions of
  /// that interval, the probability is √(2π)/k Σ over odd m of exp(−m²π²(b − a)/(8k²)) A_m(a) A_m(1 − b), where A_m(v) is the
  /// integral of cos(mπx/(2k)) against the normal density of variance v over (−k, k). Absolute error below 1e-10.
  /// Source: Hall & Wellner, Biometrika 1980;67:133–143, for the band; Karlin & Taylor, A Second Course in Stochastic
  /// Processes, 1981, chapter 15, for absorbed motion.
  static func within(_ k: Double, from a: Double, to b: Double) -> Double {
    guard k > 0 else { return 0 }
    // One point: a normal variable.
    if b - a < 1e-9 { return 1 - StandardNormal.twoSidedTail(k / (a * (1 - a)).squareRoot()) }
    let rate = Double.pi * Double.pi * (b - a) / (8 * k * k)
    var sum = CompensatedSum()
    for m in stride(from: 1.0, through: 40_001, by: 2) {
      let decay = exponential(-m * m * rate)
      guard decay > 1e-13 else { break }
      sum.add(decay * cosineMoment(m, k, a) * cosineMoment(m, k, 1 - b))
    }
    return min(1, max(0, (2 * Double.pi).squareRoot() / k * sum.value))
  }

  /// A_m(v).
  private static func cosineMoment(_ m: Double, _ k: Double, _ variance: Double) -> Double {
    guard variance > 0 else { return 1 }
    let frequency = m * Double.pi / (2 * k)
    let reach = 9 * variance.squareRoot()
    // Where the barrier is out of reach the integral is a characteristic function.
    if k >= reach { return exponential(-frequency * frequency * variance / 2) }
    let scale = 0.7978845608028654 / variance.squareRoot()
    return GaussKronrod.integrate(from: 0, to: k, tolerance: 1e-13) { x in
      scale * exponential(-x * x / (2 * variance)) * sine(frequency * x + Double.pi / 2)
    }.value
  }

  // MARK: Equal precision

  /// P(|B(u)| <= c √(u (1 − u)) for all a <= u <= b), 0 < a <= b < 1.
  ///
  /// In the time s = ½ ln(u/(1 − u)) the standardised bridge is a stationary Ornstein–Uhlenbeck process with covariance
  /// exp(−|s − s'|), so that only the length L of the stretch in s counts. Its generator with absorption at ±c, made
  /// symmetric, is −ψ'' + (x²/4 − ½) ψ; with eigenvalues λ and eigenfunctions ψ the probability is
  /// Σ exp(−λL) (∫ ψ √φ)². They are found by Legendre collocation at 97 points, which converges geometrically: for L >= 0.05
  /// the error is below 1e-10, and below 1e-5 for shorter stretches.
  /// Source: Nair, Technometrics 1984;26:265–275, for the band; Trefethen, Spectral Methods in MATLAB, 2000.
  static func withinStandardised(_ c: Double, from a: Double, to b: Double) -> Double {
    guard c > 0 else { return 0 }
    let length = 0.5 * logarithm(b * (1 - a) / (a * (1 - b)))
    guard length > 1e-9 else { return 1 - StandardNormal.twoSidedTail(c) }
    let grid = LobattoGrid.standard
    let size = grid.nodes.count - 2
    var generator = Matrix(rows: size, columns: size)
    for i in 0..<size {
      let (w, x) = (grid.weights[i + 1], c * grid.nodes[i + 1])
      for j in 0..<size {
        generator[i, j] = grid.stiffness[i + 1, j + 1] / (c * c * (w * grid.weights[j + 1]).squareRoot())
      }
      generator[i, i] += x * x / 4 - 0.5
    }
    guard let eigen = SymmetricEigen(generator) else { return .nan }
    let start = (0..<size).map { i in
      let x = c * grid.nodes[i + 1]
      return (c * grid.weights[i + 1]).squareRoot() * exponential(-x * x / 4)
        / (2 * Double.pi).squareRoot().squareRoot()
    }
    var sum = CompensatedSum()
    for j in 0..<size {
      let part = (0..<size).reduce(0.0) { $0 + eigen.vectors[$1, j] * start[$1] }
      sum.add(exponential(-eigen.values[j] * length) * part * part)
    }
    return min(1, max(0, sum.value))
  }

  /// The approximation of the same for large c: 1 − φ(c) (4/c + (c − 1/c) ln(b (1 − a)/(a (1 − b)))), which SAS LIFETEST uses
  /// and Klein & Moeschberger's table is made of. Miller & Siegmund, Biometrics 1982;38:1011–1016.
  static func approximatelyWithinStandardised(_ c: Double, from a: Double, to b: Double) -> Double {
    let density = exponential(-c * c / 2) / (2 * Double.pi).squareRoot()
    return 1 - density * (4 / c + (c - 1 / c) * logarithm(b * (1 - a) / (a * (1 - b))))
  }

  // MARK: Critical values

  /// The x at which an increasing probability reaches the level, by false position with halved weights (Illinois), to 1e-10.
  static func criticalValue(_ level: Double, between low: Double, and high: Double, _ within: (Double) -> Double)
    -> Double
  {
    var (a, b) = (low, high)
    var (atA, atB) = (within(a) - level, within(b) - level)
    guard atA < 0, atB > 0 else { return .nan }
    for _ in 0..<200 where b - a > 1e-10 {
      // A step of the rule, or a halving where it would hardly move an end.
      var x = (a * atB - b * atA) / (atB - atA)
      if !(x > a && x < b) { x = a + (b - a) / 2 }
      let found = within(x) - level
      if abs(found) < 1e-13 { return x }
      if found < 0 {
        if atA == found { return x }
        (a, atA, atB) = (x, found, atB / 2)
      } else {
        (b, atB, atA) = (x, found, atA / 2)
      }
    }
    return a + (b - a) / 2
  }
}

/// The Gauss–Lobatto–Legendre points of degree 96 on [−1, 1], their weights and the matrix of ∫ u'v'.
private struct LobattoGrid {
  let nodes: [Double]
  let weights: [Double]
  let stiffness: Matrix

  static let standard = LobattoGrid(degree: 96)

  init(degree n: Int) {
    func legendre(_ x: Double) -> (last: Double, before: Double) {
      var (before, last) = (1.0, x)
      for k in 2...n {
        (before, last) = (last, (Double(2 * k - 1) * x * last - Double(k - 1) * before) / Double(k))
      }
      return (last, before)
    }
    var nodes: [Double] = []
    var values: [Double] = []
    for i in 0...n {
      var x = -sine(Double.pi / 2 - Double.pi * Double(i) / Double(n))
      if i > 0, i < n {
        // Newton's method for the zeros of (1 − x²) P'(x).
        for _ in 0..<50 {
          let (last, before) = legendre(x)
          let step = (x * last - before) / (Double(n + 1) * last)
          x -= step
          if abs(step) < 1e-16 { break }
        }
      } else {
        x = i == 0 ? -1 : 1
      }
      nodes.append(x)
      values.append(legendre(x).last)
    }
    let weights = values.map { 2 / (Double(n) * Double(n + 1) * $0 * $0) }
    var derivative = Matrix(rows: n + 1, columns: n + 1)
    for i in 0...n {
      for j in 0...n where i != j { derivative[i, j] = values[i] / values[j] / (nodes[i] - nodes[j]) }
    }
    derivative[0, 0] = -Double(n * (n + 1)) / 4
    derivative[n, n] = Double(n * (n + 1)) / 4
    var stiffness = Matrix(rows: n + 1, columns: n + 1)
    for i in 0...n {
      for j in 0...i {
        var sum = CompensatedSum()
        for q in 0...n { sum.add(weights[q] * derivative[q, i] * derivative[q, j]) }
        stiffness[i, j] = sum.value
        stiffness[j, i] = sum.value
      }
    }
    self.nodes = nodes
    self.weights = weights
    self.stiffness = stiffness
  }
}

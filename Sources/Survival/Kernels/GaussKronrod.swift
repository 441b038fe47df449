/// Adaptive integration by the Gauss–Kronrod rule of 7 and 15 points (Kronrod 1965; Piessens et al., QUADPACK, 1983).
enum GaussKronrod {
  private static let nodes = [
    0.991455371120812639206854697526329, 0.949107912342758524526189684047851, 0.864864423359769072789712788640926,
    0.741531185599394439863864773280788, 0.586087235467691130294144691693013, 0.405845151377397166906606412076961,
    0.207784955007898467600689403773245, 0,
  ]
  private static let kronrod = [
    0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
    0.140653259715525918745189590510238, 0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
    0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
  ]
  /// Weights of the nodes 1, 3, 5 and 7.
  private static let gauss = [
    0.129484966168869693270611432679082, 0.279705391489276667901467771423780, 0.381830050505118944950369775488975,
    0.417959183673469387755102040816327,
  ]

  struct Result {
    var value: Double
    /// Estimate of the absolute error.
    var error: Double
  }

  /// ∫ f over [a, b]: the piece with the largest error is halved until the sum of errors is at most `tolerance`, or 400
  /// pieces are in use.
  static func integrate(from a: Double, to b: Double, tolerance: Double, _ f: (Double) -> Double) -> Result {
    guard b > a else { return Result(value: 0, error: 0) }
    var pieces = [(a: a, b: b, result: rule(a, b, f))]
    while pieces.count < 400 {
      let error = pieces.reduce(0) { $0 + $1.result.error }
      guard error > tolerance, let worst = pieces.indices.max(by: { pieces[$0].result.error < pieces[$1].result.error })
      else { break }
      let piece = pieces[worst]
      let middle = piece.a + (piece.b - piece.a) / 2
      // Round-off: nothing is gained by halving further.
      guard middle > piece.a, middle < piece.b else { break }
      pieces[worst] = (piece.a, middle, rule(piece.a, middle, f))
      pieces.append((middle, piece.b, rule(middle, piece.b, f)))
    }
    var value = CompensatedSum()
    for piece in pieces { value.add(piece.result.value) }
    return Result(value: value.value, error: pieces.reduce(0) { $0 + $1.result.error })
  }

  /// One rule on [a, b]. QUADPACK's estimate of the error: the difference of the two rules is that of the lesser one.
  private static func rule(_ a: Double, _ b: Double, _ f: (Double) -> Double) -> Result {
    let centre = a + (b - a) / 2
    let half = (b - a) / 2
    let middle = f(centre)
    var fine = kronrod[7] * middle
    var coarse = gauss[3] * middle
    var absolute = abs(fine)
    for j in 0..<7 {
      let (left, right) = (f(centre - half * nodes[j]), f(centre + half * nodes[j]))
      fine += kronrod[j] * (left + right)
      absolute += kronrod[j] * (abs(left) + abs(right))
      if j % 2 == 1 { coarse += gauss[j / 2] * (left + right) }
    }
    let size = absolute * half
    let difference = abs(fine - coarse) * half
    guard size > 0, difference > 0 else { return Result(value: fine * half, error: 0) }
    let ratio = 200 * difference / size
    return Result(value: fine * half, error: min(difference, size * ratio * ratio.squareRoot()))
  }
}

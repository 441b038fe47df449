extension TiedRiskSet {
  /// The exact marginal likelihood: the probability that the d tied events come before all others at risk, in any order,
  /// when every row waits an exponential time of rate r.
  ///
  /// With A = Σ r over the risk set without the tied events, P = ∫₀^∞ Π_D (1 − exp(−r_i t)) A exp(−A t) dt (DeLong, Guirguis
  /// & So, Biometrika 1994;81:607–611); P = 1 when nobody else is at risk. It equals the sum over the d! orders of the
  /// products of successive r over successive risk sets (Kalbfleisch & Prentice, Biometrika 1973;60:267–278).
  ///
  /// In s = ln t the integrand is an entire function with one peak (its logarithm is concave), which falls exponentially to
  /// the left and faster to the right: there the trapezoidal rule converges like exp(−π²/h) (Trefethen & Weideman, SIAM
  /// Review 2014;56:385–458). Steps are a fraction of the peak's width, then halved until the sum stands. The derivatives are
  /// expectations under the integrand, normalised, of covariates taken from their mean x̄ over the others. With u = r t,
  /// φ(u) = u/(eᵘ − 1) and z = x − x̄:
  ///
  ///     score       = Σ_D E[φ] z
  ///     information = Σ_D E[−uφ′] z zᵀ + (E[A t] − 1) V − Cov(Σ_D φ z),   V the covariance of x over the others
  ///
  /// Logarithms of factors and integrand keep hundreds of ties in range. O(n p² + nodes · d p), about 100 nodes.
  func marginalLikelihood() -> ExactTieTerm {
    let d = events
    var term = ExactTieTerm(
      logLikelihood: 0, score: [Double](repeating: 0, count: p), information: [Double](repeating: 0, count: p * p))
    let others = others()
    guard others.rate > 0 else { return term }
    let logRate = logarithm(others.rate)
    let nodes = quadrature(logRate: logRate)
    term.logLikelihood = nodes.logIntegral

    var z = [Double](repeating: 0, count: d * p)
    for i in 0..<d {
      for j in 0..<p { z[i * p + j] = x[i * p + j] - others.mean[j] }
    }
    var curvature = [Double](repeating: 0, count: d)
    var meanOfFactor = [Double](repeating: 0, count: d)
    var excess = 0.0
    var slopes: [[Double]] = []
    for (s, weight) in zip(nodes.places, nodes.weights) {
      var slope = [Double](repeating: 0, count: p)
      for i in 0..<d {
        let factor = DecayFactor(exponential(logRisk[i] + s))
        curvature[i] += weight * factor.decline
        meanOfFactor[i] += weight * factor.value
        for j in 0..<p { slope[j] += factor.value * z[i * p + j] }
      }
      excess += weight * (exponential(logRate + s) - 1)
      slopes.append(slope)
    }
    for i in 0..<d {
      for j in 0..<p { term.score[j] += meanOfFactor[i] * z[i * p + j] }
    }
    for i in 0..<p {
      for j in i..<p {
        var sum = excess * others.covariance[i * p + j]
        for row in 0..<d { sum += curvature[row] * z[row * p + i] * z[row * p + j] }
        for (slope, weight) in zip(slopes, nodes.weights) {
          sum -= weight * (slope[i] - term.score[i]) * (slope[j] - term.score[j])
        }
        term.information[i * p + j] = sum
        term.information[j * p + i] = sum
      }
    }
    return term
  }

  /// Rate of the rows at risk without a tied event, and mean and covariance of their covariates weighted by r.
  private func others() -> (rate: Double, mean: [Double], covariance: [Double]) {
    var mean = [CompensatedSum](repeating: CompensatedSum(), count: p)
    var rate = CompensatedSum()
    for row in events..<risk.count {
      rate.add(risk[row])
      for j in 0..<p { mean[j].add(risk[row] * x[row * p + j]) }
    }
    let centre = mean.map { $0.value / rate.value }
    var covariance = [Double](repeating: 0, count: p * p)
    for row in events..<risk.count {
      let share = risk[row] / rate.value
      for i in 0..<p {
        for j in i..<p {
          covariance[i * p + j] += share * (x[row * p + i] - centre[i]) * (x[row * p + j] - centre[j])
        }
      }
    }
    return (rate.value, centre, covariance)
  }

  /// ln of the integrand in s, the Jacobian included.
  private func logIntegrand(_ s: Double, logRate: Double) -> Double {
    var value = CompensatedSum(logRate + s - exponential(logRate + s))
    for i in 0..<events {
      let logArgument = logRisk[i] + s
      // 1 − exp(−u) is u to all digits for the smallest u, and exp(−u) is lost beside 1 for the largest.
      if logArgument < -37 {
        value.add(logArgument)
      } else {
        let u = exponential(logArgument)
        value.add(u < 1 ? logarithm(-exponentialMinusOne(-u)) : logarithmOfOnePlus(-exponential(-u)))
      }
    }
    return value.value
  }

  private struct Quadrature {
    var places: [Double]
    /// Weights that add up to one.
    var weights: [Double]
    var logIntegral: Double
  }

  private func quadrature(logRate: Double) -> Quadrature {
    // The peak: the derivative Σφ − A e^s + 1 falls, from above 0 at A e^s = 1 to 0 or below at A e^s = d + 1.
    var (low, high) = (-logRate, logarithm(Double(events + 1)) - logRate)
    var peak = (low + high) / 2
    var width = 1.0
    for _ in 0..<60 {
      var slope = 1 - exponential(logRate + peak)
      var bend = exponential(logRate + peak)
      for i in 0..<events {
        let factor = DecayFactor(exponential(logRisk[i] + peak))
        slope += factor.value
        bend += factor.decline
      }
      width = 1 / bend.squareRoot()
      if slope > 0 { low = peak } else { high = peak }
      let next = peak + slope / bend
      let move = next > low && next < high ? next : (low + high) / 2
      if abs(move - peak) < 1e-3 * width { break }
      peak = move
    }

    let top = logIntegrand(peak, logRate: logRate)
    guard top.isFinite, width.isFinite else { return Quadrature(places: [], weights: [], logIntegral: .nan) }
    // What lies below exp(−45) of the peak is below round-off of the sum.
    func side(_ direction: Double, from start: Double, step: Double, _ places: inout [Double], _ logs: inout [Double]) {
      var s = start
      while true {
        let value = logIntegrand(s, logRate: logRate) - top
        if !(value > -45) { return }
        places.append(s)
        logs.append(value)
        s += direction * step
      }
    }
    var step = min(0.25, width / 2)
    var places: [Double] = []
    var logs: [Double] = []
    side(1, from: peak, step: step, &places, &logs)
    side(-1, from: peak - step, step: step, &places, &logs)
    func sum() -> Double {
      var sum = CompensatedSum()
      for value in logs { sum.add(exponential(value)) }
      return sum.value
    }
    var previous = sum() * step
    var total = previous
    for _ in 0..<4 {
      side(1, from: peak + step / 2, step: step, &places, &logs)
      side(-1, from: peak - step / 2, step: step, &places, &logs)
      step /= 2
      total = sum() * step
      if abs(total - previous) <= 1e-15 * total { break }
      previous = total
    }
    let mass = sum()
    return Quadrature(
      places: places, weights: logs.map { exponential($0) / mass }, logIntegral: top + logarithm(total))
  }
}

/// φ(u) = u/(eᵘ − 1), the derivative of ln(1 − exp(−u)) in ln u, and −uφ′(u) = φ (u + φ − 1) ≥ 0, minus the second.
private struct DecayFactor {
  let value: Double
  let decline: Double

  init(_ u: Double) {
    guard u < 700 else {
      (value, decline) = (0, 0)
      return
    }
    guard u >= 0.03 else {
      // Bernoulli's series: below, the closed forms lose what cancels in them.
      let square = u * u
      value = 1 - u / 2 + square / 12 * (1 - square / 60 * (1 - square / 42))
      decline = u / 2 - square / 6 * (1 - square / 30 * (1 - square / 28))
      return
    }
    value = u / exponentialMinusOne(u)
    decline = value * (u + value - 1)
  }
}

internal import LinearAlgebra

extension AFTFit {
  /// Takes the outcome of the iteration to the user's scale.
  init(
    _ model: AFTModel, _ data: TimeToEvent, _ design: DesignMatrix, _ problem: AFTProblem, free: [Int],
    outcome: NewtonMaximum.Outcome, null: NewtonMaximum.Outcome
  ) {
    distribution = model.distribution
    tolerance = model.tolerance
    terms = design.terms
    names = ["(Intercept)"] + design.columnNames + model.distribution.ancillaryNames
    count = data.count
    eventCount = data.eventCount
    lastTime = problem.lastTime
    iterations = outcome.iterations
    halvings = outcome.halvings
    converged = outcome.converged
    finalDecrement = outcome.decrement

    let inner = AFTInner(model.distribution, problem, free: free, outcome)
    self.inner = inner
    let map = AFTFit.userScale(model.distribution, problem)
    let size = inner.theta.count
    var coefficients = (0..<size).map { a in (0..<size).reduce(0.0) { $0 + map[a, $1] * inner.theta[$1] } }
    coefficients[0] += problem.logUnit
    for j in problem.aliased { coefficients[j + 1] = .nan }
    self.coefficients = coefficients

    let isUnbounded = outcome.isUnbounded(problem)
    covariance = inner.userCovariance(map)
    standardErrors = covariance.diagonal.map { $0.squareRoot() }
    let jacobian = problem.eventWeight * problem.logUnit
    logLikelihood = isUnbounded ? .nan : outcome.point.value - jacobian
    logLikelihoodNull = null.isUnbounded(problem) ? .nan : null.point.value - jacobian
    likelihoodRatioTest = ChiSquaredTest(
      statistic: logLikelihood.isNaN || logLikelihoodNull.isNaN
        ? .nan : max(0, 2 * (outcome.point.value - null.point.value)), degreesOfFreedom: free.count)
    parameterCount = free.count + 1 + model.distribution.ancillaryNames.count
    warnings = AFTFit.warnings(names, coefficients, problem, outcome, isUnbounded: isUnbounded)
  }

  /// The parameters as the user has them, as linear functions of the inner ones: covariates from 0 in their own unit; for
  /// the gamma distribution ln of the scale of G and of the shape k = 1/σ², where the iteration has ln of the mean and of σ.
  private static func userScale(_ distribution: SurvivalDistribution, _ problem: AFTProblem) -> Matrix {
    let size = problem.width + distribution.ancillaryNames.count
    var map = Matrix(rows: size, columns: size)
    for a in 0..<size { map[a, a] = 1 }
    for j in 0..<problem.columns {
      map[j + 1, j + 1] = 1 / problem.scale[j]
      map[0, j + 1] = -(problem.origin[j] + problem.shift[j]) / problem.scale[j]
    }
    if distribution == .gamma {
      map[0, problem.width] = 2
      map[problem.width, problem.width] = -2
    }
    return map
  }

  private static func warnings(
    _ names: [String], _ coefficients: [Double], _ problem: AFTProblem, _ outcome: NewtonMaximum.Outcome,
    isUnbounded: Bool
  ) -> [AFTWarning] {
    var warnings = problem.aliased.map { j in
      AFTWarning(
        code: .aliased, coefficient: names[j + 1],
        message: "\(names[j + 1]) is constant or a combination of the other covariates: not estimated")
    }
    for a in outcome.runaway {
      let direction = coefficients[a] > 0 ? "+" : "−"
      if a == problem.width, isUnbounded {
        warnings.append(
          AFTWarning(
            code: .zeroScale, coefficient: names[a],
            message:
              "the likelihood grows without bound as the scale goes to 0: the model passes through every event, and "
              + "nothing can be estimated; leave covariates out, or fit the exponential distribution"))
      } else if a >= problem.width {
        warnings.append(
          AFTWarning(
            code: .infiniteShape, coefficient: names[a],
            message:
              "\(names[a]): not estimable (tends to \(direction)infinity)"
              + (a > problem.width ? "; the other coefficients have no errors beside it" : "")
              + "; fit a distribution with fewer parameters"
          ))
      } else {
        warnings.append(
          AFTWarning(
            code: .infiniteCoefficient, coefficient: names[a],
            message: "\(names[a]): the log time ratio is not estimable (tends to \(direction)infinity); read the "
              + "likelihood-ratio test"))
      }
    }
    if !outcome.converged {
      warnings.append(
        AFTWarning(
          code: .notConverged, coefficient: nil,
          message: "no convergence in \(outcome.iterations) iterations; the last good iterate is given"))
    }
    return warnings
  }
}

extension AFTInner {
  init(
    _ distribution: SurvivalDistribution, _ problem: AFTProblem, free: [Int], _ outcome: NewtonMaximum.Outcome
  ) {
    self.problem = problem
    let size = problem.width + distribution.ancillaryNames.count
    // Positions of the iteration's parameters among all.
    let place = [0] + free.map { $0 + 1 } + Array(problem.width..<size)
    var theta = [Double](repeating: 0, count: size)
    for (a, i) in place.enumerated() { theta[i] = outcome.point.theta[a] }
    self.theta = theta
    runaway = Set(outcome.runaway)
    isWithoutErrors = outcome.isUnbounded(problem) || runaway.contains(problem.width + 1)
    let runaway = self.runaway

    var information = outcome.point.hessian
    for i in information.values.indices { information.values[i] = -information.values[i] }
    // The intercept at 0 of the runaway columns: η = a' + b (z + c), c the distance of 0 from the centre.
    let away = place.indices.filter { place[$0] > 0 && place[$0] < problem.width && runaway.contains(place[$0]) }
    for a in away {
      let j = place[a] - 1
      let c = (problem.origin[j] + problem.shift[j]) / problem.scale[j]
      for b in place.indices { information[a, b] += c * information[0, b] }
      for b in place.indices { information[b, a] += c * information[b, 0] }
    }
    let kept = isWithoutErrors ? [] : place.indices.filter { !runaway.contains(place[$0]) }
    var covariance = Matrix(rows: size, columns: size)
    let inverse = kept.isEmpty ? nil : Cholesky(information.submatrix(kept))?.inverse()
    for (a, i) in kept.enumerated() {
      for (b, j) in kept.enumerated() { covariance[place[i], place[j]] = inverse?[a, b] ?? .nan }
    }
    self.covariance = covariance
  }

  /// The covariance on the user's scale; NaN for what has no estimate.
  func userCovariance(_ map: Matrix) -> Matrix {
    let size = theta.count
    let missing = Set(problem.aliased.map { $0 + 1 }).union(runaway)
    var result = Matrix(rows: size, columns: size)
    for a in 0..<size {
      for b in 0..<size {
        if isWithoutErrors || missing.contains(a) || missing.contains(b) {
          result[a, b] = .nan
          continue
        }
        var sum = 0.0
        // Columns that run away are measured from 0 already.
        for i in 0..<size where map[a, i] != 0 && !runaway.contains(i) {
          for j in 0..<size where map[b, j] != 0 && !runaway.contains(j) {
            sum += map[a, i] * covariance[i, j] * map[b, j]
          }
        }
        result[a, b] = sum
      }
    }
    return result.symmetrised()
  }

  /// gᵀ C g for the gradient of something predicted, by all parameters; nil where it depends on one without an estimate.
  func variance(_ gradient: [Double]) -> Double? {
    if isWithoutErrors || runaway.contains(where: { gradient[$0] != 0 }) { return nil }
    var sum = 0.0
    for a in gradient.indices where gradient[a] != 0 {
      for b in gradient.indices where gradient[b] != 0 { sum += gradient[a] * covariance[a, b] * gradient[b] }
    }
    return sum.isNaN ? nil : max(0, sum)
  }
}

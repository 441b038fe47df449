internal import LinearAlgebra

/// Why a parametric model has no estimate.
public struct AFTFitError: Error, Equatable, Sendable, CustomStringConvertible {
  public enum Code: String, Sendable {
    case noEvents = "no-events"
    /// A time of 0, which has no logarithm.
    case zeroTime = "zero-time"
    case notFinite = "not-finite"
  }
  public let code: Code
  /// The row concerned, counted from 0, or nil.
  public let row: Int?
  public let message: String
  public var description: String { message }
}

/// Something a reader of a parametric fit must know; the fit stands.
public struct AFTWarning: Equatable, Sendable, Codable {
  public enum Code: String, Sendable, Codable {
    /// The likelihood rises for ever as the coefficient grows: no finite estimate exists.
    case infiniteCoefficient = "infinite-coefficient"
    /// The likelihood has no maximum: it grows without bound as the scale goes to 0.
    case zeroScale = "zero-scale"
    /// The likelihood rises for ever with the size of a shape parameter.
    case infiniteShape = "infinite-shape"
    /// The column is constant or a linear combination of the others.
    case aliased
    case notConverged = "not-converged"
  }
  public let code: Code
  /// The parameter concerned, or nil.
  public let coefficient: String?
  public let message: String
}

/// A parametric accelerated-failure-time model, fitted by maximum likelihood.
///
/// See `SurvivalDistribution` for what the parameters mean. Rows are censored to the right, and truncated to the left
/// where the data have entry times above 0: a row adds ln f(t) or ln S(t), less ln S(entry). Sources: Kalbfleisch &
/// Prentice, 2nd ed. 2002, chapters 3 and 7; Lawless, Statistical Models and Methods for Lifetime Data, 2nd ed. 2003,
/// chapter 6.
public struct AFTModel: Sendable, Equatable {
  public let distribution: SurvivalDistribution
  public let maximumIterations: Int
  /// Squared Newton step per event, in units of standard errors, at which iteration stops.
  public let tolerance: Double

  /// |Q| at which the generalised gamma distribution counts as running away: W is then within 1/400 of a distribution with a
  /// sharp end and an exponential tail.
  private static let largestShape = 20.0

  public init(_ distribution: SurvivalDistribution, maximumIterations: Int = 100, tolerance: Double = 1e-28) {
    self.distribution = distribution
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }

  /// Fits the model to the rows with a weight above 0. O(iterations · n p²); with an incomplete gamma function for every
  /// censored or late-entering row where the distribution has a shape.
  ///
  /// - Parameters:
  ///   - data: the rows.
  ///   - design: the covariates, a row for each row of the data.
  ///   - offset: a known part of the linear predictor, one value per row.
  /// - Throws: `AFTFitError` without an event, with a time of 0, or with a likelihood that is not finite at the start.
  public func fit(
    _ data: TimeToEvent, _ design: DesignMatrix, offset: [Double]? = nil
  ) throws(AFTFitError) -> AFTFit {
    precondition(design.rows == data.count, "the design has one row per subject")
    guard (0..<data.count).contains(where: { data.isWeightedEvent($0) }) else {
      throw AFTFitError(code: .noEvents, row: nil, message: "there is no event, so no distribution can be fitted")
    }
    if let row = (0..<data.count).first(where: { data.time[$0] == 0 && data.weights?[$0] != 0 }) {
      throw AFTFitError(
        code: .zeroTime, row: row,
        message:
          "the time is 0, and a model of the logarithm of time needs times above 0: leave the row out, or give the "
          + "time its true value above 0")
    }
    let problem = AFTProblem(data, design, offset: offset)
    let free = (0..<problem.columns).filter { !problem.aliased.contains($0) }
    guard let null = maximum(distribution, problem, free: []), let found = maximum(distribution, problem, free: free)
    else {
      throw AFTFitError(
        code: .notFinite, row: nil, message: "the likelihood is not finite at the start; look at weights and offsets")
    }
    return AFTFit(self, data, design, problem, free: free, outcome: found, null: null)
  }

  /// The maximum for the free columns.
  ///
  /// The likelihood of the generalised gamma distribution may have several; iteration starts at the maximum of each of the
  /// distributions nested in it, and the highest maximum inside counts.
  private func maximum(
    _ distribution: SurvivalDistribution, _ problem: AFTProblem, free: [Int]
  ) -> NewtonMaximum.Outcome? {
    let locations = free.count + 1
    guard distribution == .generalizedGamma else {
      var start = [Double](repeating: 0, count: locations + distribution.ancillaryNames.count)
      start[0] = startingIntercept(problem)
      return ascend(distribution, problem, free: free, from: start)
    }
    var ends: [NewtonMaximum.Outcome] = []
    var floor = -Double.infinity
    for nested in [SurvivalDistribution.weibull, .lognormal, .gamma] {
      guard let end = maximum(nested, problem, free: free), !end.isUnbounded(problem) else { continue }
      floor = max(floor, end.point.value)
      let sigma = exponential(end.point.theta[locations])
      let shape = nested == .weibull ? 1 : nested == .lognormal ? 0 : sigma
      if let end = ascend(distribution, problem, free: free, from: end.point.theta + [shape]) { ends.append(end) }
    }
    if ends.isEmpty {
      return ascend(
        distribution, problem, free: free,
        from: [startingIntercept(problem)] + [Double](repeating: 0, count: free.count) + [0, 1])
    }
    // A maximum inside counts before a rise without end, unless a nested distribution does better than it.
    let inside = ends.filter { end in
      end.converged && end.runaway.allSatisfy { $0 <= problem.columns }
        && end.point.value >= floor - 1e-9 * (abs(floor) + problem.eventWeight)
    }
    return (inside.isEmpty ? ends : inside).max { $0.point.value < $1.point.value }
  }

  private func ascend(
    _ distribution: SurvivalDistribution, _ problem: AFTProblem, free: [Int], from theta: [Double]
  ) -> NewtonMaximum.Outcome? {
    let likelihood = AFTLikelihood(distribution: distribution, problem: problem, free: free)
    let start = likelihood.evaluate(theta)
    guard start.isFinite else { return nil }
    let locations = likelihood.locations
    var newton = NewtonMaximum(events: problem.eventWeight, bounded: Array(locations..<likelihood.parameters))
    newton.maximumIterations = maximumIterations
    newton.tolerance = tolerance
    var outcome = newton.run(from: start, evaluate: likelihood.evaluate) { step, previous, theta, isFlat in
      let scale = distribution == .exponential ? 0 : theta[locations]
      // At 1e-10 of the unit of ln T residuals are round-off.
      if scale < -23 { return [problem.columns + 1] }
      if distribution == .generalizedGamma, abs(theta[locations + 1]) > AFTModel.largestShape {
        return [problem.columns + 2]
      }
      guard isFlat, !previous.isEmpty else { return [] }
      let sigma = exponential(scale)
      let moves = [step, previous].map { movement($0, problem, free: free).map { $0 / sigma } }
      let ancillary = (locations..<theta.count).map { (problem.columns + 1 + $0 - locations, step[$0], previous[$0]) }
      let location = zip([-1] + free, zip(moves[0], moves[1])).map { ($0 + 1, $1.0, $1.1) }
      return (location + ancillary).filter { _, now, before in
        abs(now) > 1e-3 && now * before > 0 && abs(now) > 0.5 * abs(before)
      }.map(\.0)
    }
    // On the way out the likelihood gains less and less, until its round-off stops the ascent.
    if distribution == .generalizedGamma, !outcome.converged, abs(outcome.point.theta[locations + 1]) > 8 {
      outcome.runaway = [problem.columns + 2]
      outcome.converged = true
    }
    return outcome
  }

  /// What a step does to the intercept as the user has it, at covariates of 0, and to the coefficients.
  private func movement(_ step: [Double], _ problem: AFTProblem, free: [Int]) -> [Double] {
    var intercept = step[0]
    for (a, j) in free.enumerated() {
      intercept -= step[a + 1] * (problem.origin[j] + problem.shift[j]) / problem.scale[j]
    }
    return [intercept] + step[1..<(free.count + 1)]
  }

  /// ln of the time at risk per event: the maximum of the exponential distribution without covariates.
  private func startingIntercept(_ problem: AFTProblem) -> Double {
    var atRisk = CompensatedSum()
    for i in 0..<problem.rows {
      atRisk.add(problem.weight[i] * (exponential(problem.y[i]) - exponential(problem.entry[i])))
    }
    let mean = atRisk.value / problem.eventWeight
    return mean.isFinite && mean > 0 ? logarithm(mean) : 0
  }
}

extension NewtonMaximum.Outcome {
  /// Whether the scale went to 0 because the model passes through every event, so that ln f grows by 1 for each with every
  /// e-fold; elsewhere the likelihood has a limit.
  func isUnbounded(_ problem: AFTProblem) -> Bool {
    runaway.contains(problem.width) && point.value > 10 * problem.eventWeight
  }
}

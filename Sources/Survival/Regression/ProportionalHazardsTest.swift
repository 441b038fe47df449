internal import LinearAlgebra

/// The function of time against which a changing effect is looked for.
public enum TimeTransform: String, Sendable, Codable, CaseIterable {
  /// 1 − S(t−) of the pooled Kaplan–Meier curve (unweighted, unstratified). The default.
  case km
  case identity
  /// Average rank of the time among all exit times.
  case rank
  case log
}

/// The score test of proportional hazards: does adding x·g(t) to a fitted Cox model improve it?
///
/// Per term and for all terms together, the score for the coefficients of x·g(t) at 0 against the full information matrix
/// of x and x·g(t), g centred at its mean over the events. It is the test of R survival's cox.zph since version 3, not the
/// older one on the correlation of scaled residuals.
/// Sources: Grambsch & Therneau, Biometrika 1994;81:515–526; Therneau, survival package, methods document, "Score tests
/// for non-proportional hazards".
public struct ProportionalHazardsTest: Sendable, Equatable {
  public let transform: TimeTransform
  public let names: [String]
  public let results: [ChiSquaredTest]
  public let global: ChiSquaredTest

  /// - Parameters:
  ///   - fit: the model.
  ///   - data: the rows.
  ///   - transform: the function of time that the effect may follow.
  ///   - perTerm: one test per term (a factor has its levels tested together); false for one per column.
  /// - Throws: `CoxFitError` when nothing is estimable, and for exact ties.
  public init(
    _ fit: CoxFit, data: TimeToEvent, transform: TimeTransform = .km, perTerm: Bool = true
  ) throws(CoxFitError) {
    self.transform = transform
    try fit.requireHazard("the test of proportional hazards")
    let likelihood = fit.basis.summedLikelihood
    let problem = likelihood.problem
    let columns = fit.estimable
    guard !columns.isEmpty else {
      throw CoxFitError(code: .singular, message: "no coefficient is estimable, so proportionality cannot be tested")
    }
    let g = ProportionalHazardsTest.timeValues(problem, data: data, transform: transform)
    let score = likelihood.score(timeWeights: g)
    let plain = likelihood.information()
    let mixed = likelihood.information(timeWeights: g)
    let squared = likelihood.information(timeWeights: g.map { $0 * $0 })
    let factor = Cholesky(plain.submatrix(columns))

    func test(_ chosen: [Int]) -> ChiSquaredTest {
      // The information about the added coefficients that is left after the fitted ones: a Schur complement.
      var rest = squared.submatrix(chosen)
      if let factor {
        for (b, j) in chosen.enumerated() {
          let solved = factor.solve(columns.map { mixed[$0, j] })
          for (a, i) in chosen.enumerated() {
            rest[a, b] -= zip(columns, solved).reduce(0.0) { $0 + mixed[$1.0, i] * $1.1 }
          }
        }
      }
      let statistic = Cholesky(rest)?.quadraticForm(chosen.map { score[$0] }) ?? .nan
      return ChiSquaredTest(statistic: statistic, degreesOfFreedom: chosen.count)
    }

    let available = Set(columns)
    let groups: [(String, [Int])] =
      perTerm
      ? fit.terms.map { ($0.name, $0.columns.filter(available.contains)) }
      : columns.map { (fit.names[$0], [$0]) }
    let tested = groups.filter { !$0.1.isEmpty }
    names = tested.map(\.0)
    results = tested.map { test($0.1) }
    global = test(columns)
  }

  /// g at every event time, centred at its mean over the events.
  private static func timeValues(_ problem: CoxProblem, data: TimeToEvent, transform: TimeTransform) -> [Double] {
    let g = transform.values(problem.binTime, data: data)
    var sum = CompensatedSum()
    var count = 0.0
    for (k, value) in g.enumerated() {
      sum.add(value * Double(problem.eventSubjects[k]))
      count += Double(problem.eventSubjects[k])
    }
    let mean = sum.value / count
    return g.map { $0 - mean }
  }
}

extension TimeTransform {
  /// g of event times of the data.
  func values(_ times: [Double], data: TimeToEvent) -> [Double] {
    switch self {
    case .identity: return times
    case .log: return times.map { logarithm($0) }
    case .rank:
      let exits = data.order.filter { data.weights?[Int($0)] != 0 }.map { data.time[Int($0)] }
      return times.map { Double(lowerBound(exits, $0) + upperBound(exits, $0) + 1) / 2 }
    case .km:
      let unweighted = data.weights == nil ? data : try? data.positivelyWeighted()
      var before: [Double] = []
      var s = 1.0
      let table = unweighted.map { EventTable.tables($0)[0] }
      for k in 0..<(table?.time.count ?? 0) {
        before.append(1 - s)
        if let table { s *= (table.atRisk[k] - table.events[k]) / table.atRisk[k] }
      }
      return times.map { before[lowerBound(table?.time ?? [], $0)] }
    }
  }
}

extension TimeToEvent {
  /// The rows with a weight above 0, each of which counts once.
  fileprivate func positivelyWeighted() throws(SurvivalInputError) -> TimeToEvent {
    let rows = time.indices.filter { weights?[$0] != 0 }
    return try TimeToEvent(
      time: rows.map { time[$0] }, isEvent: rows.map { isEvent[$0] },
      entry: entry.map { entry in rows.map { entry[$0] } },
      tieTolerance: 0)
  }
}

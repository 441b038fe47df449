public import LinearAlgebra

/// The bootstrap of a Cox fit: the coefficients of resamples of its subjects, drawn with replacement.
///
/// Every resample has as many subjects as the data and is fitted by the fit's own method for ties, a subject drawn twice being
/// two subjects (of one time: tied). Subjects are the rows with a weight above 0, or whole clusters. The resampled rows keep
/// their place in the sorted data, and Newton's iteration starts at the infinitesimal jackknife's guess; an estimate is right to
/// 1e-8 of a standard error. Results depend on data and seed only, not
/// on the number of threads.
/// Sources: Efron, JASA 1981;76:312–319; Davison & Hinkley, Bootstrap Methods and their Application, 1997, section 3.5; of
/// clusters: Field & Welsh, JRSS B 2007;69:369–390.
public struct CoxBootstrap: Sendable, Equatable {
  /// Names of the coefficients.
  public let names: [String]
  /// Log hazard ratios, one row for each replicate in the order of drawing: ±∞ where the likelihood of the resample rises for
  /// ever, NaN for a column without an estimate in the fit and in all columns where the resample has no fit.
  public let coefficients: Matrix
  /// Number of rows or clusters that are drawn from.
  public let subjects: Int

  /// The replicates of one coefficient.
  public func values(_ coefficient: Int) -> [Double] {
    (0..<coefficients.rows).map { coefficients[$0, coefficient] }
  }

  /// Draws and fits `replicates` resamples.
  ///
  /// - Parameters:
  ///   - fit: the model.
  ///   - clusters: rows that are drawn together, one code per row of the data; nil draws rows.
  ///   - replicates: how many resamples are drawn.
  ///   - seed: of the random numbers: the same seed gives the same result.
  ///   - progress: told now and then how many replicates have been added; from any thread.
  /// - Throws: `CoxFitError` for exact ties, for which a subject drawn twice has no meaning, and for Firth's penalty.
  public init(
    _ fit: CoxFit, clusters: Grouping? = nil, replicates: Int, seed: UInt64,
    progress: (@Sendable (Int) -> Void)? = nil
  ) throws(CoxFitError) {
    let refit = try CoxRefit(fit)
    let problem = refit.problem
    let codes = clusters.map { clusters in problem.source.map { Int($0) }.map { clusters.codes[$0] } }
    // Clusters without a row in the likelihood are not drawn.
    var place = [Int32](repeating: -1, count: clusters?.count ?? 0)
    var clusterCount = 0
    for code in codes ?? [] where place[Int(code)] < 0 {
      place[Int(code)] = Int32(clusterCount)
      clusterCount += 1
    }
    let units = codes.map { codes in codes.map { place[Int($0)] } }
    let subjects = units == nil ? problem.rows : clusterCount
    self.subjects = subjects
    names = fit.names
    coefficients = CoxBootstrap.coefficients(refit, replicates: replicates, progress: progress) { replicate, counts in
      var generator = SplitMix64(seed: seed, replicate: replicate)
      guard let units else {
        for _ in 0..<subjects { counts[generator.next(below: subjects)] += 1 }
        return
      }
      var drawn = [Int32](repeating: 0, count: subjects)
      for _ in 0..<subjects { drawn[generator.next(below: subjects)] += 1 }
      for (row, unit) in units.enumerated() { counts[row] = drawn[Int(unit)] }
    }
  }

  /// Fits given resamples.
  ///
  /// - Parameters:
  ///   - fit: the model.
  ///   - resamples: row numbers of the data, counted from 0, one resample of `fit.count` rows after the other.
  /// - Throws: as above.
  public init(_ fit: CoxFit, resamples: [Int32]) throws(CoxFitError) {
    let size = fit.count
    precondition(resamples.count.isMultiple(of: size), "resamples have as many rows as the data")
    precondition(resamples.allSatisfy { (0..<Int32(size)).contains($0) }, "resamples are rows of the data")
    let refit = try CoxRefit(fit)
    var place = [Int32](repeating: -1, count: size)
    for (sorted, row) in refit.problem.source.enumerated() { place[Int(row)] = Int32(sorted) }
    subjects = refit.problem.rows
    names = fit.names
    let places = place
    coefficients = CoxBootstrap.coefficients(refit, replicates: resamples.count / size, progress: nil) {
      replicate, counts in
      for draw in (replicate * size)..<((replicate + 1) * size) {
        let sorted = places[Int(resamples[draw])]
        if sorted >= 0 { counts[Int(sorted)] += 1 }
      }
    }
  }

  private static func coefficients(
    _ refit: CoxRefit, replicates: Int, progress: (@Sendable (Int) -> Void)?,
    draw: @Sendable (_ replicate: Int, _ counts: inout [Int32]) -> Void
  ) -> Matrix {
    let parts = mapPieces(of: replicates, size: 16) { range -> [Double] in
      var values: [Double] = []
      values.reserveCapacity(range.count * refit.scale.count)
      for replicate in range {
        var counts = [Int32](repeating: 0, count: refit.problem.rows)
        draw(replicate, &counts)
        values += refit.coefficients(counts)
      }
      progress?(range.count)
      return values
    }
    return Matrix(rows: replicates, columns: refit.scale.count, values: parts.flatMap { $0 })
  }
}

/// Fits of resamples of the rows of one fit.
private struct CoxRefit: Sendable {
  let problem: CoxProblem
  var scale: [Double] { problem.scale }
  private let ties: TieMethod
  private let estimate: [Double]
  private let free: [Int]
  /// Change of the estimate by each sorted row, p numbers each: a resample's estimate lies near the estimate plus its rows'
  /// changes. Empty where it is not available or very large.
  private let influence: [Double]

  init(_ fit: CoxFit) throws(CoxFitError) {
    guard !fit.ties.isExact, fit.penalty == .none else {
      throw CoxFitError(
        code: .notDefined, message: "the bootstrap is defined with efron and breslow ties and without a penalty")
    }
    problem = fit.basis.problem
    ties = fit.ties
    free = fit.coefficients.indices.filter { !fit.coefficients[$0].isNaN }
    // A coefficient on its way to infinity is no place to start from.
    estimate = zip(zip(fit.coefficients, fit.standardErrors), problem.scale).map { $0.1.isNaN ? 0 : $0.0 * $1 }
    influence = problem.rows <= 1_000_000 ? CoxRefit.influence(fit, problem) : []
  }

  private static func influence(_ fit: CoxFit, _ problem: CoxProblem) -> [Double] {
    guard let change = try? fit.dfbeta() else { return [] }
    return problem.source.flatMap { row in
      problem.scale.enumerated().map { j, scale in
        change[Int(row), j].isFinite ? change[Int(row), j] * scale : 0
      }
    }
  }

  /// The infinitesimal jackknife's guess of a resample's estimate.
  private func guess(_ counts: [Int32]) -> [Double] {
    guard !influence.isEmpty else { return estimate }
    let extra = counts.map { Double($0 - 1) }
    var guess = estimate
    BLAS.addTransposed(influence, rows: problem.rows, columns: scale.count, by: extra, to: &guess)
    return guess
  }

  func coefficients(_ counts: [Int32]) -> [Double] {
    let none = [Double](repeating: .nan, count: scale.count)
    let resample = problem.resampled(counts)
    guard !free.isEmpty, resample.bins > 0, let evaluator = ties.evaluator(resample) else { return none }
    let events = resample.totalEventWeight
    var newton = NewtonIteration(maximumIterations: 30, tolerance: 1e-16 / events, events: events)
    newton.leavesLastStep = true
    func maximum(from beta: [Double]) -> NewtonIteration.Outcome<CoxEvaluation>? {
      let start = evaluator.evaluate(beta)
      guard start.logLikelihood.isFinite, start.informationMatrix.values.allSatisfy(\.isFinite) else { return nil }
      let found = try? newton.run(
        from: beta, start: start, information: start.informationMatrix, free: free, evaluate: evaluator.evaluate)
      return found?.converged == true ? found : nil
    }
    guard
      let found = maximum(from: guess(counts)) ?? maximum(from: [Double](repeating: 0, count: scale.count)),
      let factor = Cholesky(found.information.submatrix(free))
    else { return none }
    let score = found.likelihood.scoreVector
    let step = factor.solve(free.map { score[$0] })
    var coefficients = none
    for (a, j) in free.enumerated() { coefficients[j] = (found.beta[j] + step[a]) / scale[j] }
    for j in found.infinite { coefficients[j] = found.beta[j] > 0 ? .infinity : -.infinity }
    return coefficients
  }
}

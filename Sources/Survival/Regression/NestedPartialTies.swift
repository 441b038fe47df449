extension CoxLikelihood {
  /// The terms of all tied event times of the exact partial likelihood from one table for each stratum: without delayed entry
  /// every risk set holds the later ones, so that rows are added from the latest time back and the table is read at every
  /// tied event time. O(n d p²) for at most d ties, where a table for each event time costs that for each.
  ///
  /// Nil with delayed entry, and where the risks of a stratum are so far apart that those of a late risk set, relative to the
  /// largest of all, could leave the range of numbers.
  static func nestedPartialTies(_ problem: CoxProblem, linearPredictor eta: [Double]) -> ExactTieTerm? {
    guard !problem.isTruncated else { return nil }
    let p = problem.p
    var value = CompensatedSum()
    var term = ExactTieTerm(
      logLikelihood: 0, score: [Double](repeating: 0, count: p), information: [Double](repeating: 0, count: p * p))
    for s in 0..<problem.strataCount {
      let bins = problem.binStarts[s]..<problem.binStarts[s + 1]
      let most = bins.reduce(1) { max($0, Int(problem.eventRows[$1])) }
      guard most > 1 else { continue }
      // The largest number of ties at this event time and all earlier ones.
      var mostSoFar = 1
      let mostUpTo = bins.map { k in
        mostSoFar = max(mostSoFar, Int(problem.eventRows[k]))
        return mostSoFar
      }
      let range = problem.rowStarts[s]..<problem.rowStarts[s + 1]
      let (least, largest) = eta[range].reduce((Double.infinity, -Double.infinity)) { (min($0.0, $1), max($0.1, $1)) }
      guard largest - least < 300 else { return nil }
      let risk = eta[range].map { exponential($0 - largest) }
      var subsets = NestedSubsets(covariates: p, most: most)
      var last = range.upperBound
      for k in bins.reversed() where problem.eventRows[k] > 1 {
        let first = Int(problem.firstEvent[k])
        let d = Int(problem.eventRows[k])
        subsets.add(
          risk[(first - range.lowerBound)..<(last - range.lowerBound)], x: problem.x[(first * p)..<(last * p)],
          most: mostUpTo[k - bins.lowerBound])
        last = first
        value.add(-subsets.logSum(d))
        let mean = subsets.mean(d)
        let covariance = subsets.covariance(d)
        var sums = [Double](repeating: 0, count: p)
        for i in first..<(first + d) {
          value.add(eta[i] - largest)
          for j in 0..<p { sums[j] += problem.x[i * p + j] }
        }
        var place = 0
        for i in 0..<p {
          term.score[i] += sums[i] - mean[i]
          for j in i..<p {
            term.information[i * p + j] += covariance[place]
            place += 1
          }
        }
      }
    }
    for i in 0..<p {
      for j in 0..<i { term.information[i * p + j] = term.information[j * p + i] }
    }
    term.logLikelihood = value.value
    return term
  }
}

internal import Survival

extension CheckData {
  func concordance() throws -> JSONTree {
    guard let score = analysis["score"]?.string else { throw UnsupportedCheck(reason: "no score") }
    guard let weight = ConcordanceWeight(rawValue: analysis["timewt"]?.string ?? "n") else {
      throw UnsupportedCheck(reason: "timewt = \(analysis["timewt"]?.string ?? "")")
    }
    let sign: Double
    switch analysis["higher_score_means"]?.string {
    case "higher risk", nil: sign = 1
    case "lower risk": sign = -1
    case .some(let other): throw UnsupportedCheck(reason: "a higher score means \(other)")
    }
    let c = try Concordance(
      data, score: numbers(score).map { sign * $0 }, strata: grouping("strata"), cluster: grouping("cluster"),
      timeWeight: weight)
    return .object([
      "n": .count(rowCount), "c": .finite(c.estimate), "se": .finite(c.standardError),
      "concordant": .number(c.concordant), "discordant": .number(c.discordant), "tied_score": .number(c.tiedScore),
      "tied_time": .number(c.tiedTime), "tied_both": .number(c.tiedBoth),
    ])
  }
}

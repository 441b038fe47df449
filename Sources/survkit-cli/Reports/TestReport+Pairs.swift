internal import Reporting
internal import Survival

// Pairs of arms and trends, with the keys of the reference suite's kinds logrank_pairwise and logrank_trend.

extension TestReport {
  func pairRows(_ pairs: PairwiseLogRank) -> [[String]] {
    [["Pair, \(pairs.weighting.name)", "Chi-squared", "df", "p", "p (\(request.adjustment.fullName))"]]
      + pairs.pairs.map { pair in
        let cells = pair.test?.result.cells(decimals: 3) ?? ["NE", "0", "NE"]
        return ["\(loaded.armLabel(pair.first)) / \(loaded.armLabel(pair.second))"] + cells
          + [NumberText.p(pair.adjusted(request.adjustment))]
      }
  }

  var trendRows: [[String]] {
    guard let first = trends.first else { return [] }
    let scores = first.scores.map { NumberText.plain($0) }.joined(separator: ", ")
    return [["Trend, scores \(scores)", "Chi-squared", "df", "p", "z"]]
      + zip(tests, trends).map { test, trend in
        [test.weighting.name] + trend.result.cells(decimals: 3) + [NumberText.fixed(trend.z, 3)]
      }
  }
}

extension PValueAdjustment {
  /// The name of the procedure.
  var fullName: String {
    switch self {
    case .bonferroni: "Bonferroni"
    case .holm: "Holm"
    case .benjaminiHochberg: "Benjamini-Hochberg"
    }
  }
}

extension JSONValue {
  init(_ pairwise: PairwiseLogRank) {
    var object = JSONObject()
    object.add("test", pairwise.weighting.name)
    object.add(
      "pairs",
      .array(
        pairwise.pairs.map { pair in
          let reason = "not tested: the pair has no event, or is never at risk together"
          let isTested = !pair.p.isNaN
          var object = JSONObject()
          object.add("a", pair.first)
          object.add("b", pair.second)
          object.add("chisq", isTested ? pair.test?.result.statistic : nil, ifNone: reason)
          object.add("df", pair.test?.result.degreesOfFreedom ?? 0)
          object.add("p", isTested ? pair.p : nil, ifNone: reason)
          object.add("p_bonferroni", isTested ? pair.bonferroni : nil, ifNone: reason)
          object.add("p_holm", isTested ? pair.holm : nil, ifNone: reason)
          object.add("p_bh", isTested ? pair.benjaminiHochberg : nil, ifNone: reason)
          return object.value
        }))
    self = object.value
  }

  init(_ trend: TrendTest, weighting: LogRankWeighting) {
    var object = JSONObject()
    object.add("test", weighting.name)
    object.add("groups", trend.labels)
    object.add("scores", trend.scores)
    object.add("statistic", trend.statistic)
    object.add("variance", trend.variance)
    object.add("z", trend.z.isNaN ? nil : trend.z, ifNone: "the variance is 0: nothing was compared")
    object.add(trend.result)
    self = object.value
  }
}

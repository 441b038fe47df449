internal import Survival

extension CheckData {
  func pairwiseLogRank() throws -> JSONTree {
    guard let groups = grouping("group") else { throw UnsupportedCheck(reason: "no group") }
    let test = try PairwiseLogRank(data, groups: groups, strata: grouping("strata"))
    return .object([
      "pairs": .array(
        test.pairs.map { pair in
          .object([
            "a": .string(pair.first), "b": .string(pair.second), "chisq": .finite(pair.test?.result.statistic),
            "p": .finite(pair.p), "p_bonferroni": .finite(pair.bonferroni), "p_holm": .finite(pair.holm),
            "p_bh": .finite(pair.benjaminiHochberg),
          ])
        })
    ])
  }

  func logRankTrend() throws -> JSONTree {
    guard let groups = grouping("group") else { throw UnsupportedCheck(reason: "no group") }
    let test = try LogRankTest(data, groups: groups, strata: grouping("strata"))
    let trend = try TrendTest(test, scores: analysis["scores"]?.numbers ?? [])
    return .object([
      "groups": .array(trend.labels.map { .string($0) }), "scores": .numbers(trend.scores),
      "statistic": .number(trend.statistic), "variance": .number(trend.variance),
      "chisq": .number(trend.result.statistic), "z": .finite(trend.z), "df": .count(trend.result.degreesOfFreedom),
      "p": .finite(trend.result.p),
    ])
  }
}

internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit test` reports.
struct TestReport: AnalysisReport {
  let command = "test"
  let input: DataOptions
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let tests: [LogRankTest]
  let labels: [String]
  /// Pairs of arms and trends, one for each test; empty where not asked for.
  let pairwise: [PairwiseLogRank]
  let adjustment: PValueAdjustment
  let trends: [TrendTest]
  private(set) var remarks: [Remark] = []

  init(
    _ input: DataOptions, weightings: [LogRankWeighting], isPairwise: Bool, adjustment: PValueAdjustment,
    scores: [Double]?
  ) throws {
    self.input = input
    self.adjustment = adjustment
    let loaded = try input.load()
    self.loaded = loaded
    confidence = try input.confidence()
    labels = loaded.armLabels
    guard let arms = loaded.arms, let column = loaded.dataset.armColumn else {
      throw UsageError("there is no arm column to compare by; name it with --arm")
    }
    guard arms.count >= 2 else {
      throw TrialDataError(
        .data, file: loaded.dataset.file, column: column, "a comparison needs two arms; all rows have \(arms.labels[0])"
      )
    }
    guard loaded.data.eventCount > 0 else {
      throw TrialDataError(.data, file: loaded.dataset.file, "there is no event, so there is nothing to compare")
    }
    let tests = try weightings.map {
      try LogRankTest(loaded.data, groups: arms, strata: loaded.strata, weighting: $0)
    }
    self.tests = tests
    pairwise =
      isPairwise
      ? try weightings.map { try PairwiseLogRank(loaded.data, groups: arms, strata: loaded.strata, weighting: $0) } : []
    trends =
      try scores.map { scores in
        guard scores.count == arms.count else {
          throw UsageError(
            "--trend takes one score per arm: \(arms.count) for \(DataOptions.listing(arms.labels)), not \(scores.count)"
          )
        }
        return try tests.map { try TrendTest($0, scores: scores) }
      } ?? []
    if tests[0].result.degreesOfFreedom < arms.count - 1 {
      remarks.append(
        Remark(
          "fewer-degrees-of-freedom",
          "the data compare fewer than \(arms.count) arms: some are never at risk together when an event happens"))
    }
  }

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add("tests", tests.map(\.weighting.name))
    settings.add("variance", "hypergeometric")
    settings.add("pairwise", !pairwise.isEmpty)
    if !pairwise.isEmpty { settings.add("adjust", adjustment.rawValue) }
    if let trend = trends.first { settings.add("trend_scores", trend.scores) }
    return settings.value
  }

  var result: JSONValue {
    var object = JSONObject()
    object.add("tests", .array(tests.map { JSONValue($0, level: confidence.level) }))
    if !pairwise.isEmpty { object.add("pairwise", .array(pairwise.map { JSONValue($0) })) }
    if !trends.isEmpty {
      object.add("trend", .array(zip(tests, trends).map { JSONValue($1, weighting: $0.weighting) }))
    }
    return object.value
  }

  // MARK: Text

  private var groupRows: [[String]] {
    let test = tests[0]
    return [[loaded.dataset.armColumn ?? "", "N", "Observed", "Expected", "Observed / expected"]]
      + test.labels.indices.map { g in
        [
          test.labels[g], "\(test.counts[g])", countText(test.observed[g]), NumberText.fixed(test.expected[g], 2),
          NumberText.fixed(test.expected[g] > 0 ? test.observed[g] / test.expected[g] : nil, 3),
        ]
      }
  }

  private var testRows: [[String]] {
    let areTwo = labels.count == 2
    return [["Test", "Chi-squared", "df", "p"] + (areTwo ? ["z", "One-sided p"] : [])]
      + tests.map { test in
        [test.weighting.name] + test.result.cells(decimals: 3)
          + (areTwo ? [NumberText.fixed(test.z, 3), test.oneSidedLowerP.map(NumberText.p) ?? "NE"] : [])
      }
  }

  private var petoLines: [String] {
    guard let test = tests.first(where: { $0.petoHazardRatio(level: confidence.level) != nil }),
      let ratio = test.petoHazardRatio(level: confidence.level)
    else { return [] }
    return [
      "Hazard ratio (Peto, one step), \(labels[1]) against \(labels[0])\(loaded.stratifiedBy): "
        + ratioText(ratio.estimate, ratio.lower, ratio.upper, confidence)
    ]
  }

  private var conventionLine: String {
    let oneSided =
      labels.count == 2
      ? " z and the one-sided p are for \(labels[1]): negative and small when it has fewer events than expected." : ""
    let pairs = pairwise.isEmpty ? "" : ", pairs adjusted by \(adjustment.fullName)"
    return "Conventions (\(input.like.rawValue)): two-sided p, hypergeometric variance\(pairs)"
      + "\(loaded.strata == nil ? "" : ", summed over \(tests[0].strataCount) strata").\(oneSided)"
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines))
    if loaded.strata != nil {
      document.add(
        .lines(["Stratified by \(loaded.strataNames.joined(separator: ", ")): \(tests[0].strataCount) strata"]))
    }
    document.add(.table(groupRows))
    document.add(.table(testRows))
    for pairs in pairwise { document.add(.table(pairRows(pairs))) }
    document.add(.table(trendRows))
    document.add(.list(petoLines + remarks.map { "Note: \($0.message)" }))
    document.add(.lines([conventionLine]))
    return document
  }
}

internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit test` reports.
struct TestReport: AnalysisReport {
  let command = "test"
  let input: DataOptions
  let request: TestRequest
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let tests: [LogRankTest]
  let labels: [String]
  /// Counts per arm: those of the first test, or of the log-rank test where only a maximum was asked for.
  let counts: LogRankTest
  let maxCombos: [MaxComboTest]
  /// Of the tests, then of the maxima; empty where not asked for.
  let permutations: [PermutationTest]
  let margin: MarginTest?
  /// At each time, every further arm against the reference.
  let landmarks: [[LandmarkComparison]]
  /// Pairs of arms and trends, one for each test; empty where not asked for.
  let pairwise: [PairwiseLogRank]
  let trends: [TrendTest]
  private(set) var remarks: [Remark] = []

  var alternative: HazardAlternative { request.alternative }

  init(_ input: DataOptions, _ request: TestRequest) throws {
    self.input = input
    self.request = request
    try input.refuseUnderDisclosureControl(("--at", !request.landmarks.isEmpty))
    let loaded = try input.load(.test, isUnderDisclosureControl: true)
    self.loaded = loaded
    let confidence = try input.confidence()
    self.confidence = confidence
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
    if let option = request.needsTwoArms, arms.count > 2 {
      throw UsageError("\(option) compares two arms; there are \(arms.count): \(DataOptions.listing(arms.labels))")
    }
    let (data, strata) = (loaded.data, loaded.strata)
    let tests = try request.weightings.map {
      try LogRankTest(data, groups: arms, strata: strata, weighting: $0)
    }
    self.tests = tests
    counts = try tests.first ?? LogRankTest(data, groups: arms, strata: strata)
    maxCombos = try request.maxCombos.map {
      try MaxComboTest(data, groups: arms, strata: strata, weightings: $0, alternative: request.alternative)
    }
    permutations =
      try request.permutations.map { number in
        try (request.weightings.map { [$0] } + request.maxCombos).map {
          try PermutationTest(
            data, groups: arms, strata: strata, weightings: $0, alternative: request.alternative, permutations: number,
            seed: request.seed)
        }
      } ?? []
    margin = try request.margin.map {
      try MarginTest(
        data, groups: arms, strata: strata, margin: $0, alternative: request.alternative == .greater ? .greater : .less,
        ties: input.like.ties, level: confidence.level)
    }
    let curves =
      request.landmarks.isEmpty ? [] : try KaplanMeier.curves(data, by: arms, confidence: confidence)
    landmarks = request.landmarks.map { time in
      curves.dropFirst().map { LandmarkComparison(first: curves[0], second: $0, time: time) }
    }
    pairwise =
      request.isPairwise
      ? try request.weightings.map { try PairwiseLogRank(data, groups: arms, strata: strata, weighting: $0) } : []
    trends =
      try request.scores.map { scores in
        guard scores.count == arms.count else {
          throw UsageError(
            "--trend takes one score per arm: \(arms.count) for \(DataOptions.listing(arms.labels)), not \(scores.count)"
          )
        }
        return try tests.map { try TrendTest($0, scores: scores) }
      } ?? []
    addRemarks(arms)
  }

  private mutating func addRemarks(_ arms: Grouping) {
    if counts.result.degreesOfFreedom < arms.count - 1 {
      remarks.append(
        Remark(
          "fewer-degrees-of-freedom",
          "the data compare fewer than \(arms.count) arms: some are never at risk together when an event happens"))
    }
    for (label, events) in zip(labels, counts.observed) where events == 0 {
      remarks.append(Remark("no-events-in-arm", "\(label): no events"))
    }
    for test in maxCombos where test.z.contains(where: \.isNaN) {
      let names = zip(test.weightings, test.z).filter { $1.isNaN }.map(\.0.name)
      remarks.append(
        Remark(
          "component-without-variance",
          "maxcombo leaves out \(names.joined(separator: ", ")): no variance, nothing is compared"))
    }
    if !permutations.isEmpty {
      remarks.append(
        Remark(
          "permutation-censoring",
          "a permutation test supposes that the arms are censored alike: a difference in censoring can make it reject"))
    }
  }

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add(
      "tests", tests.map(\.weighting.name) + maxCombos.map { "maxcombo(\($0.componentNames))" })
    settings.add("variance", "hypergeometric")
    settings.add("alternative", alternative.rawValue)
    if let margin {
      settings.add("margin", margin.margin)
      settings.add("margin_alternative", margin.alternative.rawValue)
      settings.add("ties", margin.ties.rawValue)
    }
    settings.add("at", request.landmarks)
    if let number = request.permutations {
      settings.add("permutations", number)
      settings.add("seed", "\(request.seed)")
    }
    settings.add("pairwise", !pairwise.isEmpty)
    if !pairwise.isEmpty { settings.add("adjust", request.adjustment.rawValue) }
    if let trend = trends.first { settings.add("trend_scores", trend.scores) }
    return settings.value
  }

  var result: JSONValue {
    var object = JSONObject()
    object.add(
      "tests",
      .array(
        tests.enumerated().map { position, test in
          JSONValue(
            test, level: confidence.level, alternative: alternative,
            permutation: position < permutations.count ? permutations[position] : nil)
        }))
    if !maxCombos.isEmpty {
      object.add(
        "maxcombo",
        .array(
          maxCombos.enumerated().map { position, test in
            let place = tests.count + position
            return JSONValue(test, permutation: place < permutations.count ? permutations[place] : nil)
          }))
    }
    if let margin { object.add("margin", JSONValue(margin)) }
    if !landmarks.isEmpty { object.add("landmarks", landmarkValues) }
    if !pairwise.isEmpty { object.add("pairwise", .array(pairwise.map { JSONValue($0) })) }
    if !trends.isEmpty {
      object.add("trend", .array(zip(tests, trends).map { JSONValue($1, weighting: $0.weighting) }))
    }
    return object.value
  }
}

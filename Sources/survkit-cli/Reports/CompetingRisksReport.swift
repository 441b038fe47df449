internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit cif` reports.
struct CompetingRisksReport: AnalysisReport {
  let command = "cif"
  let input: DataOptions
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let causes: [String]
  let censored: [String]
  let times: [Double]
  let rho: Double
  let risks: CompetingRisks
  let curves: [AalenJohansen]
  let tests: [GrayTest]
  let modelText: String?
  let references: [(factor: String, level: String)]
  let fits: [FineGrayFit]
  /// How the Fine–Gray models are fitted, and what is asked of them.
  struct Regression {
    let model: FineGrayModel
    let censoringStrata: [String]
    /// Path of the file of subjects.
    let subjects: String?
  }

  /// The cumulative incidence of a subject in a baseline stratum, per cause.
  struct Prediction {
    let subject: Int
    let stratum: Int
    let points: [[FineGrayCurve.Point]]
  }

  let regression: Regression
  let baselineNames: [String]
  let baselineStrata: Grouping?
  private(set) var subjects: NewSubjects?
  private(set) var predictionTimes: [Double] = []
  private(set) var predicted: [Prediction] = []
  private(set) var remarks: [Remark] = []

  init(
    _ input: DataOptions, causes: [String], censored: [String], times: [Double], rho: Double,
    variance: AalenJohansen.Variance?, model: String?, formula given: ModelFormula?,
    references: [(column: String, level: String)], regression: Regression
  ) throws {
    try input.refuseUnderDisclosureControl(("--model", given != nil))
    self.regression = regression
    self.input = input
    self.causes = causes
    self.censored = censored
    self.times = times
    self.rho = rho
    modelText = model
    var formula = given
    let loaded = try input.load(.cif, isUnderDisclosureControl: true) { selection, table in
      let column = selection.eventColumn(in: table)
      if given != nil {
        // Strata of the model are not those of Gray's test.
        let strata = selection.strata
        formula = try CoxReport.select(given, &selection, table, armIsCompared: true)
        if formula?.offset != nil { throw UsageError("the Fine-Gray model has no offset here; leave offset() out") }
        selection.strata = strata
        for name in (formula?.strata ?? []) + regression.censoringStrata where !selection.factors.contains(name) {
          selection.factors.append(name)
        }
      }
      selection.eventValues = causes
      // The codes themselves, beside what they mean for time to any event.
      if let column { selection.factors.append(column) }
    }
    self.loaded = loaded
    confidence = try input.confidence()
    let known = causes + censored
    let codes = loaded.dataset.text(loaded.dataset.eventColumn)
    let areKnown = codes?.labels.map { code in known.contains { EventCoding.matches(code, $0) } } ?? []
    if !areKnown.allSatisfy({ $0 }), let row = codes?.codes.firstIndex(where: { !areKnown[Int($0)] }) {
      throw TrialDataError(
        .data, file: loaded.dataset.file, row: loaded.dataset.sourceRow(row), column: loaded.dataset.eventColumn,
        "the code is neither a cause (\(causes.joined(separator: ", "))) nor censored "
          + "(\(censored.joined(separator: ", "))); name it with --causes or --censored")
    }
    let position = codes?.mapLabels { code in (causes.firstIndex { EventCoding.matches(code, $0) } ?? -1) + 1 } ?? []
    let data = loaded.data
    risks = try CompetingRisks(
      time: data.time, cause: position, labels: causes, entry: data.entry, weights: data.weights,
      tieTolerance: data.tieTolerance)
    let risks = risks
    let curves = try AalenJohansen.curves(risks, by: loaded.arms, confidence: confidence, variance: variance)
    for (label, curve) in zip(loaded.armLabels, curves) {
      for cause in curve.causes { try loaded.checkSmallCell(cause.total, "\(label): its events of \(cause.label)") }
    }
    self.curves = loaded.smallCells.map { rule in curves.map { $0.released(by: rule, preferring: times) } } ?? curves
    let isComparable = data.entry == nil && data.weights == nil
    if let arms = loaded.arms, arms.count >= 2, isComparable {
      tests = try causes.indices.map {
        try GrayTest(risks, cause: $0 + 1, groups: arms, strata: loaded.strata, rho: rho)
      }
    } else {
      tests = []
      if loaded.strata != nil {
        throw UsageError("--strata stratifies Gray's test, which needs two arms and no weights")
      }
      if loaded.arms != nil, !isComparable {
        remarks.append(
          Remark("no-gray-test", "no test between arms: Gray's test is not defined for delayed entry or case weights"))
      }
    }
    guard let formula, given != nil else {
      fits = []
      self.references = []
      baselineNames = []
      baselineStrata = nil
      return
    }
    let design = try ModelDesign(formula, loaded, references: references, convention: input.like)
    self.references = design.references
    func grouping(_ names: [String]) -> Grouping? {
      Grouping.crossing(
        names.compactMap { loaded.dataset.text($0)?.grouping() })
    }
    let (baseline, censoring) = (grouping(formula.strata), grouping(regression.censoringStrata))
    (baselineNames, baselineStrata) = (formula.strata, baseline)
    let rows = loaded.cluster ?? (regression.model.takesWeightsAsKnown ? .eachRow(risks.count) : nil)
    let fits = try causes.indices.map {
      try regression.model.fit(
        risks, cause: $0 + 1, design.matrix, strata: baseline, censoringStrata: censoring, cluster: rows)
    }
    self.fits = fits
    try predict(design)
    for fit in fits {
      remarks += fit.warnings.map { Remark($0.code.rawValue, "cause \(fit.causeLabel): \($0.message)") }
    }
  }

  /// The incidences and Gray's tests alone.
  init(_ input: DataOptions, causes: [String], censored: [String], times: [Double]) throws {
    try self.init(
      input, causes: causes, censored: censored, times: times, rho: 0, variance: nil, model: nil, formula: nil,
      references: [], regression: Regression(model: FineGrayModel(), censoringStrata: [], subjects: nil))
  }

  private mutating func predict(_ design: ModelDesign) throws {
    guard let path = regression.subjects else { return }
    let subjects = try NewSubjects(path: path, design, loaded, strataNames: baselineNames, strata: baselineStrata)
    self.subjects = subjects
    let strata = Array(0..<(baselineStrata?.count ?? 1))
    let none = [Double](repeating: 0, count: design.matrix.columnCount)
    predictionTimes =
      times.isEmpty
      ? Set(fits.flatMap { fit in strata.flatMap { fit.curves([none], stratum: $0, confidence: confidence)[0].time } })
        .sorted() : times
    for s in strata {
      for subject in subjects.columns.indices where subjects.strata?[subject] ?? s == s {
        predicted.append(
          Prediction(
            subject: subject, stratum: s,
            points: fits.map {
              $0.curves([subjects.columns[subject]], stratum: s, confidence: confidence)[0].points(predictionTimes)
            }))
      }
    }
    predicted.sort { ($0.subject, $0.stratum) < ($1.subject, $1.stratum) }
  }

  var variance: AalenJohansen.Variance { curves[0].variance }

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add("causes", causes)
    settings.add("censored", censored)
    settings.add("variance", variance.rawValue)
    settings.add("conf_of", "the cumulative incidence itself")
    settings.add("times", times)
    settings.add("rho", rho)
    if let modelText {
      settings.add("model", modelText)
      settings.add("ties", TieMethod.breslow.rawValue)
      settings.add(
        "finegray_variance",
        fits[0].allowsForCensoring
          ? "sandwich, with the censoring distribution estimated" : "sandwich, with the censoring weights as known")
      settings.add("censoring_ties", regression.model.censoringTies.rawValue)
      settings.add("censoring_strata", regression.censoringStrata)
      settings.add("baseline_strata", baselineNames)
      settings.add("predict", subjects?.file ?? "none")
      settings.add("tolerance", fits[0].tolerance)
      settings.add("reference_levels", .object(references.map { JSONValue.Member($0.factor, .string($0.level)) }))
    }
    return settings.value
  }

  var result: JSONValue {
    var object = JSONObject()
    object.add(
      "curves", .array(curves.enumerated().map { incidenceValues($1, group: loaded.group($0)) }))
    if !tests.isEmpty {
      object.add(
        "gray",
        .members(
          ("rho", .number(rho)), ("strata", .integer(tests[0].strataCount)), ("tests", .array(tests.map(grayValues)))))
    }
    if !fits.isEmpty { object.add("finegray", .array(fits.map(fineGrayValues))) }
    if let subjects { object.add("predict", .array(causes.indices.map { predictions(subjects, cause: $0) })) }
    return object.value
  }
}

internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit aft` reports.
struct AFTReport: AnalysisReport {
  struct Request {
    let distributions: [SurvivalDistribution]
    /// Path of the file of subjects.
    let subjects: String?
    let probabilities: [Double]
    let times: [Double]
    let tau: Double?
  }

  /// Covariates for which something is predicted.
  struct Pattern {
    enum Kind: String {
      /// An arm, every other column at its mean over the rows used.
      case arm
      case means
      case subject
    }
    let kind: Kind
    let description: [(name: String, value: String)]
    let columns: [Double]
    /// A known part of the linear predictor; 0 for averages.
    var offset = 0.0
  }

  /// What a fit says of a pattern.
  struct Prediction {
    let pattern: Pattern
    let quantiles: [AFTQuantile]
    let survival: [AFTSurvival]
    let mean: AFTMean
    let restrictedMean: AFTMean?
  }

  struct Result {
    let fit: AFTFit
    let predictions: [Prediction]
  }

  let command = "aft"
  let input: DataOptions
  let loaded: LoadedData
  let confidence: ConfidenceSetting
  let modelText: String
  let references: [(factor: String, level: String)]
  let request: Request
  let subjectsFile: String?
  let results: [Result]
  let remarks: [Remark]

  init(
    _ input: DataOptions, model text: String?, formula given: ModelFormula?,
    references: [(column: String, level: String)], request: Request
  ) throws {
    self.input = input
    self.request = request
    var formula = given
    loaded = try input.load(.aft) { selection, table in
      formula = try CoxReport.select(given, &selection, table)
    }
    guard let formula else { throw UsageError("there is no arm column; name it with --arm, or give a --model") }
    confidence = try input.confidence()
    modelText = text ?? formula.terms[0][0]
    try AFTReport.requirePositiveTimes(loaded)
    let design = try ModelDesign(formula, loaded, references: references, convention: input.like)
    self.references = design.references
    let rows = loaded
    let subjects = try request.subjects.map { try NewSubjects(path: $0, design, rows, strataNames: [], strata: nil) }
    subjectsFile = subjects?.file
    var patterns = try AFTReport.averages(design, loaded)
    if let subjects {
      patterns += subjects.columns.indices.map {
        Pattern(
          kind: .subject, description: subjects.descriptions[$0], columns: subjects.columns[$0],
          offset: subjects.offsets?[$0] ?? 0)
      }
    }
    let (data, offset, confidence) = (loaded.data, loaded.dataset.offset, confidence)
    results = try request.distributions.map { distribution in
      let fit = try AFTModel(distribution).fit(data, design.matrix, offset: offset)
      return Result(fit: fit, predictions: try patterns.map { try Prediction($0, fit, request, confidence) })
    }
    let isOne = results.count == 1
    remarks = results.flatMap { result in
      result.fit.warnings.map {
        Remark($0.code.rawValue, (isOne ? "" : "\(result.fit.distribution.rawValue): ") + $0.message)
      }
    }
  }

  /// ln 0 does not exist.
  private static func requirePositiveTimes(_ loaded: LoadedData) throws {
    let dataset = loaded.dataset
    guard let row = dataset.time.indices.first(where: { dataset.time[$0] == 0 && dataset.weight?[$0] != 0 }) else {
      return
    }
    throw TrialDataError(
      .data, file: dataset.file, row: dataset.sourceRow(row), column: dataset.timeColumn,
      "the time is 0, and a model of the logarithm of time needs times above 0: leave the row out, or give it its true time "
        + "(half a day, say, for an event on the day of entry)")
  }

  /// Each arm, or all rows, with every column of the design at its mean over the rows with the arm set.
  private static func averages(_ design: ModelDesign, _ loaded: LoadedData) throws -> [Pattern] {
    let dataset = loaded.dataset
    guard let column = dataset.armColumn, design.formula.covariates.contains(column), let arms = loaded.arms else {
      return [Pattern(kind: .means, description: [], columns: design.matrix.columnMeans(weights: loaded.data.weights))]
    }
    return try arms.labels.map { arm in
      let matrix = try design.matrix(rows: dataset.count) { name in
        dataset.numericCovariates[name] ?? []
      } levels: { name, labels in
        let rows = name == column ? CodedColumn(repeating: arm, count: dataset.count) : dataset.text(name)
        return rows.map { $0.positions(in: labels) } ?? []
      }
      return Pattern(
        kind: .arm, description: [(column, arm)], columns: matrix.columnMeans(weights: loaded.data.weights))
    }
  }

  var settings: JSONValue {
    var settings = input.settings(loaded, confidence)
    settings.add("model", modelText)
    settings.add("distributions", request.distributions.map(\.rawValue))
    settings.add("parameter_interval", "wald")
    settings.add("interval_of_times", "symmetric for ln time")
    settings.add("convergence", "squared Newton step per event <= \(results[0].fit.tolerance), in standard errors")
    settings.add("reference_levels", .object(references.map { JSONValue.Member($0.factor, .string($0.level)) }))
    settings.add("predict", subjectsFile ?? "none")
    settings.add("quantiles", request.probabilities)
    settings.add("times", request.times)
    settings.add("tau", request.tau, ifNone: "no restricted mean was asked for")
    return settings.value
  }

  /// The results by ascending AIC, those without one last.
  var byCriterion: [Result] {
    results.enumerated().sorted { a, b in
      let (x, y) = (a.element.fit.aic, b.element.fit.aic)
      return x.isNaN || y.isNaN ? (!x.isNaN && y.isNaN) || (x.isNaN == y.isNaN && a.offset < b.offset) : x < y
    }.map(\.element)
  }
}

extension AFTReport.Prediction {
  init(
    _ pattern: AFTReport.Pattern, _ fit: AFTFit, _ request: AFTReport.Request, _ confidence: ConfidenceSetting
  ) throws {
    self.pattern = pattern
    let (columns, offset, level) = (pattern.columns, pattern.offset, confidence.level)
    quantiles = try fit.quantiles(columns, probabilities: request.probabilities, offset: offset, level: level)
    survival = try fit.survival(at: request.times, columns, offset: offset, confidence: confidence)
    mean = try fit.mean(columns, offset: offset, level: level)
    restrictedMean = try request.tau.map { try fit.mean(columns, tau: $0, offset: offset, level: level) }
  }
}

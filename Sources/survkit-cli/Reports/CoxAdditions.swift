internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

/// What `survkit cox` adds to a fit when asked: residuals, baseline curves, predicted curves.
struct CoxAdditions {
  struct Request {
    let residuals: [ResidualKind]
    let isBaseline: Bool
    /// Path of the file of subjects.
    let subjects: String?
    /// All event times when empty.
    let times: [Double]
  }

  /// Residuals of one kind: a row of the data, or an event, each with its row in the file.
  struct Residuals {
    let kind: ResidualKind
    /// Names of the columns; empty where there is one value to a row.
    let terms: [String]
    let values: Matrix
    let rows: [Int]
    /// Times and strata of the events of Schoenfeld residuals.
    let time: [Double]?
    let stratum: [Int]?
  }

  /// A curve read at `times`.
  struct Curve {
    let stratum: Int
    let points: [CoxCurve.Point]
  }

  /// What the fit says of a subject in a stratum.
  struct Prediction {
    let subject: Int
    let curve: Curve
    let predictor: CoxPrediction
    /// Nil without a time in the file.
    let expected: ExpectedEvents?
  }

  let request: Request
  let fit: CoxFit
  let loaded: LoadedData
  private(set) var residuals: [Residuals] = []
  /// The times at which curves are given: those asked for, or all event times of all strata.
  private(set) var times: [Double] = []
  /// Of each stratum, at covariates of 0 and at their means.
  private(set) var baseline: [Curve] = []
  private(set) var atMeans: [Curve] = []
  private(set) var subjects: NewSubjects?
  /// Position of the subject with the curve.
  private(set) var predicted: [Prediction] = []

  var hasCurves: Bool { request.isBaseline || subjects != nil }

  init(
    _ request: Request, _ fit: CoxFit, _ design: ModelDesign, _ loaded: LoadedData, _ confidence: ConfidenceSetting
  ) throws {
    self.request = request
    self.fit = fit
    self.loaded = loaded
    subjects = try request.subjects.map {
      try NewSubjects(path: $0, design, loaded, strataNames: loaded.strataNames, strata: loaded.strata)
    }
    residuals = try request.residuals.map { try CoxAdditions.residuals($0, fit, loaded) }
    guard hasCurves else { return }
    let strata = Array(0..<fit.strataCount)
    let means = fit.means.map { $0.isFinite ? $0 : 0 }
    let zeros = [Double](repeating: 0, count: means.count)
    let pairs = try strata.map { try fit.curves([zeros, means], stratum: $0, confidence: confidence) }
    times = request.times.isEmpty ? Set(pairs.flatMap { $0[0].time }).sorted() : request.times
    let times = times
    if request.isBaseline {
      baseline = strata.map { Curve(stratum: $0, points: pairs[$0][0].points(times)) }
      atMeans = strata.map { Curve(stratum: $0, points: pairs[$0][1].points(times)) }
    }
    guard let subjects else { return }
    // Stratum by stratum: what a curve needs of the risk sets is made once for all subjects.
    for s in strata {
      let asked = subjects.columns.indices.filter { subjects.strata?[$0] ?? s == s }
      guard !asked.isEmpty else { continue }
      let columns = asked.map { subjects.columns[$0] }
      func offsets(_ chosen: [Int]) -> [Double]? { subjects.offsets.map { all in chosen.map { all[$0] } } }
      let curves = try fit.curves(columns, offsets: offsets(asked), stratum: s, confidence: confidence)
      let predictors = fit.predictions(columns, offsets: offsets(asked), stratum: s)
      let timed = asked.filter { $0 < subjects.follow.count && subjects.follow[$0] != nil }
      let expected = try fit.expectedEvents(
        timed.map { subjects.columns[$0] }, follow: timed.compactMap { subjects.follow[$0] }, offsets: offsets(timed),
        stratum: s)
      let expectedOf = Dictionary(uniqueKeysWithValues: zip(timed, expected))
      for (place, subject) in asked.enumerated() {
        predicted.append(
          Prediction(
            subject: subject, curve: Curve(stratum: s, points: curves[place].points(times)),
            predictor: predictors[place], expected: expectedOf[subject]))
      }
    }
    predicted.sort { ($0.subject, $0.curve.stratum) < ($1.subject, $1.curve.stratum) }
  }

  private static func residuals(_ kind: ResidualKind, _ fit: CoxFit, _ loaded: LoadedData) throws -> Residuals {
    let rows = loaded.dataset.sourceRows
    func byRow(_ values: Matrix, terms: [String]) -> Residuals {
      Residuals(kind: kind, terms: terms, values: values, rows: rows, time: nil, stratum: nil)
    }
    func byRow(_ values: [Double]) -> Residuals {
      byRow(Matrix(rows: values.count, columns: 1, values: values), terms: [])
    }
    switch kind {
    case .martingale: return byRow(try fit.martingaleResiduals())
    case .deviance: return byRow(try fit.devianceResiduals())
    case .score: return byRow(try fit.scoreResiduals(), terms: fit.names)
    case .dfbeta: return byRow(try fit.dfbeta(), terms: fit.names)
    case .dfbetas: return byRow(try fit.dfbetas(), terms: fit.names)
    case .schoenfeld, .scaledSchoenfeld:
      let found = try SchoenfeldResiduals(fit, isScaled: kind == .scaledSchoenfeld)
      return Residuals(
        kind: kind, terms: fit.names, values: found.values, rows: found.row.map { rows[$0] }, time: found.time,
        stratum: fit.isStratified ? found.stratum : nil)
    }
  }

  func stratumLabel(_ stratum: Int) -> String? { loaded.strata?.labels[stratum] }

  /// Whether the file of subjects has times to expect events by.
  var hasExpectedEvents: Bool { !(subjects?.follow.isEmpty ?? true) }

  /// What centred predictors and hazard ratios are taken from.
  var reference: String {
    fit.isStratified
      ? "the means of the covariates in the subject's stratum"
      : "the means of the covariates, 0 for columns of -1, 0 and 1"
  }
}

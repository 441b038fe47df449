internal import Reporting
internal import Survival
internal import TrialData

extension AFTReport {
  private func heading(_ distribution: SurvivalDistribution) -> String {
    "\(distribution.title): \(distribution.parameterisation)"
  }

  private var comparisonRows: [[String]] {
    guard results.count > 1 else { return [] }
    let best = byCriterion[0].fit.aic
    return [["Distribution", "Parameters", "Log-likelihood", "AIC", "Difference", "BIC"]]
      + byCriterion.map { result in
        let fit = result.fit
        return [
          fit.distribution.title, "\(fit.parameterCount)", NumberText.fixed(fit.logLikelihood, 3),
          NumberText.fixed(fit.aic, 2), NumberText.fixed(fit.aic - best, 2), NumberText.fixed(fit.bic, 2),
        ]
      }
  }

  private func coefficientRows(_ fit: AFTFit) -> [[String]] {
    let interval = "\(confidence.percent) CI"
    let hazardRatios = fit.hazardRatios(level: confidence.level)
    let timeRatios = fit.timeRatios(level: confidence.level)
    var header = ["Term", "Coefficient", "SE", "Time ratio", interval]
    if hazardRatios != nil { header += ["HR", interval] }
    header += ["z", "p"]
    return [header]
      + fit.names.indices.map { j in
        if fit.standardErrors[j].isNaN { return [fit.names[j], "not estimable"] }
        var row = [
          fit.names[j], NumberText.significant(fit.coefficients[j], 4),
          NumberText.significant(fit.standardErrors[j], 4),
        ]
        let isColumn = j > 0 && j <= timeRatios.count
        for ratios in [timeRatios, hazardRatios].compactMap({ $0 }) {
          guard isColumn else {
            row += ["", ""]
            continue
          }
          let ratio = ratios[j - 1]
          let (estimate, lower, upper) = ratioCells(ratio.estimate, ratio.lower, ratio.upper)
          row += [estimate, "\(lower) to \(upper)"]
        }
        // That ln of a scale or the intercept is 0 is nobody's hypothesis.
        return row + (isColumn ? [NumberText.fixed(fit.z[j], 3), NumberText.p(fit.p[j])] : ["", ""])
      }
  }

  private func summary(_ fit: AFTFit) -> [String] {
    let limits = fit.intervals(level: confidence.level)
    var lines: [String] = []
    func parameter(_ name: String, _ j: Int, isLog: Bool) -> String {
      guard !fit.standardErrors[j].isNaN else { return "\(name) not estimable" }
      let values = [fit.coefficients[j], limits[j].lower, limits[j].upper].map { isLog ? exponential($0) : $0 }
      let text = values.map { NumberText.significant($0, 4) }
      return "\(name) \(text[0]) (\(confidence.percent) CI \(text[1]) to \(text[2]))"
    }
    let last = fit.names.count - 1
    switch fit.distribution {
    case .exponential: lines.append("Scale 1, by definition")
    case .weibull, .lognormal, .loglogistic: lines.append(parameter("Scale", last, isLog: true))
    case .gamma: lines.append(parameter("Shape", last, isLog: true))
    case .generalizedGamma:
      lines.append(parameter("Sigma", last - 1, isLog: true))
      lines.append(parameter("Q", last, isLog: false))
    }
    let iterations = "\(fit.iterations) iteration\(fit.iterations == 1 ? "" : "s")"
    lines.append(
      "Log-likelihood of T \(NumberText.fixed(fit.logLikelihoodNull, 3)) without covariates, "
        + "\(NumberText.fixed(fit.logLikelihood, 3)) at the maximum; "
        + (fit.converged ? "converged in \(iterations)" : "NOT CONVERGED after \(iterations)"))
    lines.append("Likelihood ratio of all covariates: \(fit.likelihoodRatioTest.sentence)")
    lines.append(
      "AIC \(NumberText.fixed(fit.aic, 2)), BIC \(NumberText.fixed(fit.bic, 2)) by rows, "
        + "\(NumberText.fixed(fit.bicEvents, 2)) by events")
    return lines
  }

  /// A time with four digits more or less: fitted times have no grid.
  private func timeCell(_ time: Double) -> String {
    time.isFinite ? NumberText.significant(time, abs(time) >= 1000 ? 6 : 4) : "NE"
  }

  private func interval(_ lower: Double, _ upper: Double) -> String { "\(timeCell(lower)) to \(timeCell(upper))" }

  private func mark(_ isExtrapolated: Bool) -> String { isExtrapolated ? "extrapolated" : "" }

  private func title(_ pattern: Pattern, _ position: Int) -> String {
    let values = pattern.description.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    return switch pattern.kind {
    case .arm: values
    case .means: "Mean covariates"
    case .subject: "Subject \(position + 1) (\(values))"
    }
  }

  private func add(_ result: Result, to document: inout ReportDocument) {
    let fit = result.fit
    document.add(.heading(heading(fit.distribution)))
    document.add(.table(coefficientRows(fit)))
    document.add(.list(summary(fit)))
    let firstSubject = result.predictions.firstIndex { $0.pattern.kind == .subject } ?? 0
    let titled = result.predictions.enumerated().map { (title($1.pattern, $0 - firstSubject), $1) }
    let interval = "\(confidence.percent) CI"
    document.add(
      .table(
        [["Quantiles of T", "p", "Time", interval, ""]]
          + titled.flatMap { name, prediction in
            prediction.quantiles.map {
              [
                name, NumberText.plain($0.probability), timeCell($0.time), self.interval($0.lower, $0.upper),
                mark($0.isExtrapolated),
              ]
            }
          }))
    if !request.times.isEmpty {
      document.add(
        .table(
          [["Survival", "Time", "S(t)", "SE", interval, ""]]
            + titled.flatMap { name, prediction in
              prediction.survival.map { point -> [String] in
                let limits = "\(NumberText.fixed(point.lower, 4)) to \(NumberText.fixed(point.upper, 4))"
                return [
                  name, NumberText.plain(point.time), NumberText.fixed(point.survival, 4),
                  NumberText.fixed(point.standardError, 4), limits, mark(point.isExtrapolated),
                ]
              }
            }))
    }
    func meanRow(_ name: String, _ what: String, _ mean: AFTMean) -> [String] {
      [
        name, what, timeCell(mean.estimate), self.interval(mean.lower, mean.upper),
        mean.reason == nil ? mark(mean.isExtrapolated) : "",
      ]
    }
    document.add(
      .table(
        [["Means of T", "", "Time", interval, ""]]
          + titled.flatMap { name, prediction in
            [meanRow(name, "mean", prediction.mean)]
              + (prediction.restrictedMean.map {
                [meanRow(name, "up to \(NumberText.plain($0.tau ?? .nan))", $0)]
              } ?? [])
          }))
    if let reason = result.predictions.compactMap(\.mean.reason).first { document.add(.list(["No mean: \(reason)"])) }
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines))
    let fit = results[0].fit
    document.add(.lines(["Model: \(modelText). n = \(fit.count), events = \(fit.eventCount)"]))
    document.add(.table(comparisonRows))
    for result in results { add(result, to: &document) }
    document.add(.list(remarks.map { "Note: \($0.message)" }))
    let means = results[0].predictions[0].pattern.kind == .arm ? "; of an arm: all other columns at their means" : ""
    document.add(
      .lines([
        "\"extrapolated\": beyond the last observation at \(loaded.timeText(fit.lastTime)), where the data do not speak",
        conventions + means + ". NE: not estimable.",
      ]))
    return document
  }

  private var conventions: String {
    var parts = [
      "maximum likelihood, Wald intervals from the observed information", "a time ratio multiplies every quantile of T",
      "intervals of times symmetric for ln time",
      "\(confidence.percent) CI of S(t) on the \(confidence.transform.rawValue) scale",
    ]
    parts += references.map { "reference \($0.factor) = \($0.level)" }
    return "Conventions (\(input.like.rawValue)): \(parts.joined(separator: ", "))"
  }
}

extension SurvivalDistribution {
  /// The name as reports print it.
  fileprivate var title: String {
    switch self {
    case .exponential: "Exponential"
    case .weibull: "Weibull"
    case .lognormal: "Log-normal"
    case .loglogistic: "Log-logistic"
    case .gamma: "Gamma"
    case .generalizedGamma: "Generalised gamma"
    }
  }
}

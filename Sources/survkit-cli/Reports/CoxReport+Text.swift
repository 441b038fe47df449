internal import Reporting
internal import Survival
internal import TrialData

extension CoxReport {
  private var coefficientRows: [[String]] {
    if let profiles { return rows(profiles) }
    let interval = "\(confidence.percent) CI"
    let header =
      ["Term", "Coefficient", fit.isRobust ? "Robust SE" : "SE", "HR", interval, "z", "p"]
    return [header]
      + fit.hazardRatios(level: confidence.level).enumerated().map { j, ratio in
        if fit.standardErrors[j].isNaN { return [fit.names[j], "not estimable", "", "", "", "", ""] }
        let (estimate, lower, upper) = ratioCells(ratio.estimate, ratio.lower, ratio.upper)
        return [
          fit.names[j], NumberText.significant(fit.coefficients[j], 4),
          NumberText.significant(fit.reportedStandardErrors[j], 4), estimate, "\(lower) to \(upper)",
          NumberText.fixed(fit.z[j], 3), NumberText.p(fit.p[j]),
        ]
      }
  }

  /// With intervals and tests of the likelihood: a coefficient without an estimate can have a limit and a test.
  private func rows(_ profiles: [CoxProfile]) -> [[String]] {
    [["Term", "Coefficient", "SE", "HR", "\(confidence.percent) CI", "LR chi-squared", "p"]]
      + profiles.enumerated().map { j, profile in
        let ratio = fit.standardErrors[j].isNaN ? .nan : fit.hazardRatios(level: confidence.level)[j].estimate
        let limits = profile.hazardRatioLimits
        let (estimate, lower, upper) = ratioCells(ratio, limits.lower, limits.upper)
        let hasEstimate = !ratio.isNaN
        let test = profile.test.cells(decimals: 2)
        return [
          profile.name, hasEstimate ? NumberText.significant(fit.coefficients[j], 4) : "not estimable",
          hasEstimate ? NumberText.significant(fit.standardErrors[j], 4) : "", hasEstimate ? estimate : "NE",
          "\(lower) to \(upper)", test[0], test[2],
        ]
      }
  }

  private var termRows: [[String]] {
    guard let kind = inference.termTest else { return [] }
    let name = kind == .lr ? "Likelihood ratio" : fit.isRobust ? "Wald (robust)" : "Wald"
    return [["Type 3 test of term (\(name))", "Chi-squared", "df", "p"]]
      + (termLikelihoodRatioTests ?? termTests).map { [$0.term] + $0.test.cells(decimals: 2) }
  }

  private var testRows: [[String]] {
    var tests = [("Likelihood ratio", fit.likelihoodRatioTest)]
    tests.append((fit.isRobust ? "Wald (robust)" : "Wald", fit.waldTest))
    if fit.penalty == .none { tests.append(("Score", fit.scoreTest)) }
    if let robust = fit.robustScoreTest { tests.append(("Score (robust)", robust)) }
    return [["Test of all terms", "Chi-squared", "df", "p"]]
      + tests.map { [$0.0] + $0.1.cells(decimals: 2) }
  }

  private var proportionalityRows: [[String]] {
    guard let test = proportionalHazards else { return [] }
    let rows = zip(test.names, test.results).map { ($0, $1) } + [("Global", test.global)]
    return [["Proportional hazards", "Chi-squared", "df", "p"]]
      + rows.map { [$0.0] + $0.1.cells(decimals: 2) }
  }

  private var summary: [String] {
    let c = concordance
    let weight = c.timeWeight == .unit ? "" : ", pairs weighted by \(c.timeWeight.rawValue)"
    let criterion = fit.penalty == .none ? "; AIC \(NumberText.fixed(fit.aic, 2))" : ""
    let iterations = "\(fit.iterations) iteration\(fit.iterations == 1 ? "" : "s")"
    return [
      "Concordance \(NumberText.fixed(c.estimate, 4)) (SE \(NumberText.fixed(c.standardError, 4)))\(weight)",
      (fit.penalty == .none ? "Log-likelihood" : "Penalised log-likelihood")
        + "  \(NumberText.fixed(fit.logLikelihoodNull, 3)) without covariates, "
        + "\(NumberText.fixed(fit.logLikelihood, 3)) at the maximum\(criterion); "
        + (fit.converged ? "converged in \(iterations)" : "NOT CONVERGED after \(iterations)"),
    ]
  }

  private var conventionLine: String {
    var parts = ["ties \(fit.ties.rawValue)"]
    switch inference.interval {
    case .wald: parts.append("HR interval Wald")
    case .profile:
      parts.append("HR interval of the profile likelihood, p of the likelihood-ratio test of each coefficient")
    case .firth:
      parts.append(
        "estimates of the likelihood with Firth's penalty; HR interval and p of the profile of the penalised likelihood"
      )
    }
    if fit.penalty == .none, profiles != nil || termLikelihoodRatioTests != nil, loaded.data.weights != nil {
      parts.append("case weights in the likelihood as numbers of subjects")
    }
    if fit.isRobust {
      let clusters = fit.clusterCount.map { "\($0)" } ?? "?"
      parts.append(
        loaded.selection.cluster.map { "robust variance over \(clusters) clusters of \($0)" }
          ?? "robust variance by row")
    } else {
      parts.append("model-based variance")
    }
    parts += references.map { "reference \($0.factor) = \($0.level)" }
    if let test = proportionalHazards {
      parts.append("proportional hazards by the score test, \(test.transform.rawValue) time")
    }
    if additions.hasCurves {
      parts.append("\(confidence.percent) CI of S(t) on the \(confidence.transform.rawValue) scale")
      parts.append("S(t) = exp(-cumulative hazard)")
    }
    return "Conventions (\(input.like.rawValue)): \(parts.joined(separator: ", ")). NE: not estimable."
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines))
    let strata =
      loaded.strata.map { ", \($0.count) strata of \(loaded.strataNames.joined(separator: ", "))" } ?? ""
    document.add(.lines(["Model: \(modelText). n = \(fit.count), events = \(fit.eventCount)\(strata)"]))
    document.add(.table(coefficientRows))
    if let bootstrap {
      document.add(.lines([bootstrap.sentence]))
      document.add(.table(bootstrap.rows))
    }
    document.add(.table(testRows))
    document.add(.table(termRows))
    document.add(.table(proportionalityRows))
    document.add(.list(summary))
    additions.add(to: &document)
    document.add(.list(remarks.map { "Note: \($0.message)" }))
    document.add(.lines([conventionLine]))
    return document
  }
}

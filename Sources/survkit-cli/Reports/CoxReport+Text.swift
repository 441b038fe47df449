internal import Reporting
internal import Survival
internal import TrialData

extension CoxReport {
  private var coefficientRows: [[String]] {
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

  private var testRows: [[String]] {
    var tests = [("Likelihood ratio", fit.likelihoodRatioTest)]
    tests.append((fit.isRobust ? "Wald (robust)" : "Wald", fit.waldTest))
    tests.append(("Score", fit.scoreTest))
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
    let c = fit.concordance
    let iterations = "\(fit.iterations) iteration\(fit.iterations == 1 ? "" : "s")"
    return [
      "Concordance \(NumberText.fixed(c.estimate, 4)) (SE \(NumberText.fixed(c.standardError, 4)))",
      "Log-likelihood \(NumberText.fixed(fit.logLikelihoodNull, 3)) without covariates, "
        + "\(NumberText.fixed(fit.logLikelihood, 3)) at the maximum; AIC \(NumberText.fixed(fit.aic, 2)); "
        + (fit.converged ? "converged in \(iterations)" : "NOT CONVERGED after \(iterations)"),
    ]
  }

  private var conventionLine: String {
    var parts = ["ties \(fit.ties.rawValue)", "HR interval Wald"]
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
    document.add(.table(testRows))
    document.add(.table(proportionalityRows))
    document.add(.list(summary))
    additions.add(to: &document)
    document.add(.list(remarks.map { "Note: \($0.message)" }))
    document.add(.lines([conventionLine]))
    return document
  }
}

internal import Reporting
internal import Survival
internal import TrialData

extension CompetingRisksReport {
  private func fixed(_ value: Double) -> String { NumberText.fixed(value, 4) }

  /// At the times asked for, or at every time with an event.
  private func curveRows(_ curve: AalenJohansen) -> [[String]] {
    let isReleased = curve.table.isReleased
    let listed =
      times.isEmpty
      ? curve.time.indices.filter { isReleased || curve.table.events[$0] > 0 }.map { curve.time[$0] } : times
    let header =
      ["Time", "At risk", "Event-free"]
      + curve.causes.flatMap { ["F(\($0.label))", "SE", "\(confidence.percent) CI"] }
    return [header]
      + listed.map { t in
        guard curve.isKnown(at: t) else {
          return [NumberText.plain(t)] + [String](repeating: "withheld", count: header.count - 1)
        }
        let place = curve.position(at: t)
        return [
          times.isEmpty ? loaded.timeText(t) : NumberText.plain(t), countText(curve.table.numberAtRisk(at: t)),
          fixed(place.map { curve.eventFree[$0] } ?? 1),
        ]
          + curve.causes.flatMap { cause in
            let error = cause.standardError(variance)
            return [
              fixed(place.map { cause.incidence[$0] } ?? 0),
              fixed(error.map { error in place.map { error[$0] } ?? 0 } ?? .nan),
              "\(fixed(place.map { cause.lower[$0] } ?? .nan)) to \(fixed(place.map { cause.upper[$0] } ?? .nan))",
            ]
          }
      }
  }

  private var testRows: [[String]] {
    guard !tests.isEmpty else { return [] }
    return [["Gray's test, cause", "Chi-squared", "df", "p"]]
      + tests.map { [$0.causeLabel] + $0.result.cells(decimals: 3) }
  }

  private func fitRows(_ fit: FineGrayFit) -> [[String]] {
    [["Term", "Coefficient", "SE", "SHR", "\(confidence.percent) CI", "z", "p"]]
      + fit.hazardRatios(level: confidence.level).enumerated().map { j, ratio in
        if fit.standardErrors[j].isNaN { return [fit.names[j], "not estimable", "", "", "", "", ""] }
        let (estimate, lower, upper) = ratioCells(ratio.estimate, ratio.lower, ratio.upper)
        return [
          fit.names[j], NumberText.significant(fit.coefficients[j], 4),
          NumberText.significant(fit.standardErrors[j], 4), estimate, "\(lower) to \(upper)",
          NumberText.fixed(fit.z[j], 3), NumberText.p(fit.p[j]),
        ]
      }
  }

  private func rows(_ prediction: Prediction) -> [[String]] {
    func cell(_ value: Double) -> String { value.isNaN ? "NE" : fixed(value) }
    return [["Time"] + causes.flatMap { ["F(\($0))", "SE", "\(confidence.percent) CI"] }]
      + predictionTimes.indices.map { i in
        [NumberText.plain(predictionTimes[i])]
          + prediction.points.flatMap { points in
            let point = points[i]
            return [
              cell(point.incidence), cell(point.standardError), "\(cell(point.lower)) to \(cell(point.upper))",
            ]
          }
      }
  }

  private var varianceText: String {
    switch variance {
    case .aalen: "Aalen's standard errors"
    case .infinitesimalJackknife: "infinitesimal jackknife standard errors"
    case .none: "no standard errors (none is available for delayed entry with case weights)"
    }
  }

  private var conventionLine: String {
    var parts = [
      "\(confidence.percent) CI of the incidence on the \(confidence.transform.rawValue) scale",
      varianceText,
    ]
    if !tests.isEmpty {
      parts.append("Gray's test with rho \(NumberText.plain(rho))\(loaded.stratifiedBy)")
    }
    if !fits.isEmpty {
      parts.append(
        "Fine-Gray: Breslow ties, weights \(loaded.data.entry == nil ? "G(t-)/G(T-)" : "G(t-)H(t-)/(G(T-)H(T-))")"
          + (regression.censoringStrata.isEmpty
            ? "" : " within \(regression.censoringStrata.joined(separator: ", "))")
          + ", ties with censorings \(fits[0].censoringTies.rawValue), sandwich variance"
          + (fits[0].allowsForCensoring ? "" : " with the weights as known")
          + (loaded.selection.cluster.map { " by cluster of \($0)" } ?? ""))
      if !predicted.isEmpty {
        parts.append("CI of a predicted incidence from 1 - F on the \(confidence.transform.rawValue) scale")
      }
      parts += references.map { "reference \($0.factor) = \($0.level)" }
    }
    return "Conventions (\(input.like.rawValue)): \(parts.joined(separator: ", ")). "
      + "NE: not estimable, or not defined (incidence 0). SHR: subdistribution hazard ratio."
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines))
    document.add(
      .lines([
        "Causes: "
          + causes.indices.map { "\(causes[$0]) (\(risks.eventCount(of: $0 + 1)) events)" }.joined(separator: ", ")
          + "; censored: \(censored.joined(separator: ", "))"
      ]))
    for (label, curve) in zip(loaded.armLabels, curves) {
      document.add(.heading("\(label): \(curve.count) \(loaded.data.weights == nil ? "subjects" : "rows")"))
      document.add(.table(curveRows(curve)))
    }
    document.add(.table(testRows))
    for fit in fits {
      document.add(
        .heading(
          "Fine-Gray model of cause \(fit.causeLabel): \(modelText ?? "")",
          lines: [
            (baselineStrata.map { "\($0.count) strata of the baseline, " } ?? "")
              + "n = \(fit.count), events \(fit.eventCount), competing \(fit.competingCount), log-likelihood "
              + NumberText.fixed(fit.logLikelihood, 3)
          ]))
      document.add(.table(fitRows(fit)))
    }
    for row in predicted {
      let stratum = baselineStrata.map { ", stratum \($0.labels[row.stratum])" } ?? ""
      document.add(.heading("Subject \(row.subject + 1) (\(subjects?.text(row.subject) ?? ""))\(stratum)"))
      document.add(.table(rows(row)))
    }
    document.add(.list(remarks.map { "Note: \($0.message)" }))
    document.add(.lines([conventionLine]))
    return document
  }
}

internal import LinearAlgebra
internal import Reporting
internal import Survival
internal import TrialData

// The Cox model of a lesson: the partial likelihood, Newton's steps, the hazard ratio.

extension TeachReport {
  var coxPart: ReportDocument {
    var part = ReportDocument()
    guard let cox = fit.cox, !iterations.isEmpty else { return part }
    part.add(.section(2, "4. The Cox model"))
    part.add(.list(modelLines(cox)))
    if isOfTwoArms {
      part.add(.heading("The terms of ln L(β) at the first event times"))
      part.add(.list(likelihoodTerms(cox)))
    }
    part.add(.heading("Newton's steps from β = 0"))
    part.add(.table(isOfTwoArms ? iterationRows : vectorRows))
    part.add(.list(stepLines(cox) + estimateLines(cox)))
    if let start = breslowStart, let test = fit.logRank, isOfTwoArms {
      part.add(.heading("The same as the log-rank test?"))
      part.add(.list(scoreTestLines(cox, start, test)))
    }
    return part
  }

  private func modelLines(_ cox: CoxFit) -> [String] {
    let strata = cox.isStratified ? " Each stratum has its own h0; the terms of all strata are added up." : ""
    guard isOfTwoArms else {
      return [
        "h(t | arm g) = h0(t) exp(β_g), β = 0 for \(labels[0]) (Cox 1972, J R Stat Soc B 34:187).\(strata)",
        "With more than two arms β and the score U are vectors and the information I is a matrix: the step is I⁻¹ U.",
      ]
    }
    return [
      "h(t | x) = h0(t) exp(βx), x = 1 for \(labels[1]) and 0 for \(labels[0]) (Cox 1972, J R Stat Soc B 34:187).\(strata)",
      "Given that someone of the risk set has the event at t, it is subject i with probability exp(βx_i) / Σ exp(βx): with n0 and "
        + "n1 at risk in the two arms the sum is n0 + n1 exp(β), and h0(t) cancels.",
      cox.ties == .efron
        ? "Of d events at one time the first happens with all d at risk, the last with one of them: Efron (1977, J Am Stat Assoc 72:557) takes l/d of the "
          + "tied off the sum, l = 0 … d − 1: ln L(β) = Σ over t of d1 β − Σ over l of ln(n0 + n1 e^β − (l/d)(d0 + d1 e^β))."
        : "All d tied events share one risk set (Breslow 1974, Biometrics 30:89): ln L(β) = Σ over t of d1 β − d ln(n0 + n1 e^β).",
    ]
  }

  /// The terms of the first three event times, and of the first with tied events.
  private func likelihoodTerms(_ cox: CoxFit) -> [String] {
    var shown = Array(logRankSteps.prefix(3))
    if !shown.contains(where: { $0.totalEvents > 1 }), let tied = logRankSteps.first(where: { $0.totalEvents > 1 }) {
      shown.append(tied)
    }
    return shown.map { step in
      let d = Int(step.totalEvents)
      func sum(_ counts: [Double]) -> String { "\(countText(counts[0])) + \(multiple(counts[1]))e^β" }
      let risk = sum(step.atRisk)
      var terms = step.events[1] > 0 ? "\(multiple(step.events[1]))β" : "0"
      if cox.ties == .efron {
        for l in 0..<min(d, 4) {
          terms += " − ln(\(risk)" + (l == 0 ? "" : " − \(l)/\(d) (\(sum(step.events)))") + ")"
        }
        if d > 4 { terms += " − … (\(d - 4) more)" }
      } else {
        terms += " − \(d > 1 ? "\(d) " : "")ln(\(risk))"
      }
      let stratum = loaded.strata.map { ", stratum \($0.labels[step.stratum])" } ?? ""
      return "t = \(loaded.timeText(step.time))\(stratum): \(terms)"
    }
  }

  /// A factor before β, which 1 needs not.
  private func multiple(_ count: Double) -> String { count == 1 ? "" : countText(count) }

  private var iterationRows: [[String]] {
    [["iteration", "β", "ln L(β)", "score U", "information I", "step U/I"]]
      + Excerpt.lines.rows(
        iterations.enumerated().map { number, at in
          [
            "\(number)", fixed(at.coefficients[0], 6), fixed(at.logLikelihood, 6), small(at.score[0]),
            fixed(at.information[0][0], 6), small(at.step[0]),
          ]
        })
  }

  private var vectorRows: [[String]] {
    [["iteration", "ln L(β)"] + labels.dropFirst().flatMap { ["β, \($0)", "U, \($0)"] }]
      + Excerpt.lines.rows(
        iterations.enumerated().map { number, at in
          ["\(number)", fixed(at.logLikelihood, 6)]
            + zip(at.coefficients, at.score).flatMap { [fixed($0, 6), small($1)] }
        })
  }

  /// Six decimals, or a power of ten for what they do not show.
  private func small(_ value: Double) -> String {
    value != 0 && abs(value) < 5e-6 ? NumberText.significant(value, 2) : fixed(value, 6)
  }

  private func stepLines(_ cox: CoxFit) -> [String] {
    var lines = [
      "U is the slope of ln L and I minus its second derivative; the next β is β + "
        + (isOfTwoArms ? "U/I" : "I⁻¹ U") + ". "
        + (cox.warnings.isEmpty
          ? "The last step is not taken: it is round-off."
          : "The last step is not taken: β would go on for ever while ln L gains nothing.")
    ]
    if isOfTwoArms, iterations.count > 1 {
      lines.append(
        "First step: U/I = \(fixed(iterations[0].score[0], 6))/\(fixed(iterations[0].information[0][0], 6)) = "
          + "\(fixed(iterations[0].step[0], 6)).")
    }
    if let halvings = iterations.last?.halvings, halvings > 0 {
      lines.append("A step that lowers ln L is halved: \(halvings) halvings in all.")
    }
    return lines
  }

  private func estimateLines(_ cox: CoxFit) -> [String] {
    let z = fixed(confidence.z)
    return cox.hazardRatios(level: confidence.level).enumerated().map { j, ratio in
      let name = "\(labels[j + 1]) against \(labels[0])"
      if let reason = cox.reasonWithoutEstimate(j) { return "Hazard ratio, \(name): \(reason)." }
      let (b, se) = (fixed(cox.coefficients[j], 6), fixed(cox.standardErrors[j], 6))
      let (hr, lower, upper) = ratioCells(ratio.estimate, ratio.lower, ratio.upper)
      let error =
        isOfTwoArms
        ? "se = 1/√I = 1/√\(fixed(iterations.last?.information[0][0], 6)) = \(se)"
        : "se = \(se), the root of the diagonal of I⁻¹"
      return
        "\(name): β = \(b), \(error); HR = exp(\(b)) = \(hr), \(confidence.percent) CI exp(\(b) ± \(z) × \(se)) = \(lower) to \(upper), "
        + "p \(NumberText.pEquation(cox.p[j])) from z = β/se = \(fixed(cox.z[j]))."
    }
  }

  private func scoreTestLines(_ cox: CoxFit, _ start: CoxIteration, _ test: LogRankTest) -> [String] {
    let (score, information) = (start.score[0], start.information[0][0])
    let statistic = score * score / information
    let areTied = logRankSteps.contains { $0.totalEvents > 1 }
    let breslow = cox.ties == .breslow ? "" : " with Breslow's ties"
    return [
      "At β = 0\(breslow) each subject at risk weighs 1, and the score is Σ (d1 − d n1/n) = O − E = \(fixed(score)): that of the "
        + "log-rank test, \(fixed(test.observed[1] - test.expected[1])).",
      "The information there is Σ d (n1/n)(1 − n1/n) = \(fixed(information)); the variance of the log-rank test has the further factor "
        + "(n − d)/(n − 1), 1 where d = 1: \(fixed(test.variance[1, 1])).",
      "Score test U²/I = (\(fixed(score)))² / \(fixed(information)) = \(fixed(statistic)), log-rank test "
        + "\(fixed(test.result.statistic)): "
        + (areTied
          ? "they differ by the ties alone, and without ties would be one number (Cox 1972)."
          : "one number, for no two events are tied (Cox 1972)."),
    ]
  }
}

extension TeachReport {
  /// All of a lesson in order.
  var document: ReportDocument {
    var document = ReportDocument()
    var parts = [opening, rowsPart, curvesIntroduction] + curves.indices.map(curvePart) + [logRankPart, coxPart]
    parts.append(closing)
    for part in parts { for block in part.blocks { document.add(block) } }
    return document
  }

  var opening: ReportDocument {
    var part = ReportDocument()
    part.add(.section(1, "Step by step: \(loaded.dataset.file)"))
    part.add(.lines(loaded.accountLines))
    return part
  }

  var closing: ReportDocument {
    var part = ReportDocument()
    part.add(.list(remarks.map { "Note: \($0.message)" }))
    part.add(.lines([fit.conventionLine + " –: not defined. The numbers are those of survkit fit."]))
    return part
  }
}

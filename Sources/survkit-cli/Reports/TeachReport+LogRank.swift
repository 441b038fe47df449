internal import LinearAlgebra
internal import Reporting
internal import Survival

// The log-rank test of a lesson: event time by event time, and the sums.

extension TeachReport {
  /// Two arms need the numbers of one only.
  private var isVector: Bool { !isOfTwoArms }

  private var header: [String] {
    guard isVector else {
      return ["t", "n", "n1", "d", "d1", "e1", "v"]
    }
    return ["t", "n", "d"] + labels.indices.flatMap { ["n\($0)", "d\($0)", "e\($0)"] }
  }

  private func row(_ step: LogRankStep) -> [String] {
    let start = [loaded.timeText(step.time), countText(step.totalAtRisk)]
    guard isVector else {
      return start + [
        countText(step.atRisk[1]), countText(step.totalEvents), countText(step.events[1]), fixed(step.expected[1]),
        fixed(step.covariance[1][1]),
      ]
    }
    return start + [countText(step.totalEvents)]
      + labels.indices.flatMap {
        [countText(step.atRisk[$0]), countText(step.events[$0]), fixed(step.expected[$0])]
      }
  }

  /// The sums over one stratum, or over all where there is one.
  private func sumRow(_ name: String, _ steps: [LogRankStep]) -> [String] {
    func sum(_ value: (LogRankStep) -> Double) -> Double { steps.reduce(0) { $0 + value($1) } }
    guard isVector else {
      return [
        name, "", "", countText(sum(\.totalEvents)), countText(sum { $0.events[1] }), fixed(sum { $0.expected[1] }),
        fixed(sum { $0.covariance[1][1] }),
      ]
    }
    return [name, "", countText(sum(\.totalEvents))]
      + labels.indices.flatMap { g in
        ["", countText(sum { $0.events[g] }), fixed(sum { $0.expected[g] })]
      }
  }

  var logRankPart: ReportDocument {
    var part = ReportDocument()
    guard let test = fit.logRank, !logRankSteps.isEmpty else { return part }
    part.add(.section(2, "3. The log-rank test"))
    let who =
      isOfTwoArms
      ? "Arm 1 is \(labels[1]), compared with \(labels[0]). n and d count both arms, n1 and d1 arm 1."
      : "Arms " + labels.enumerated().map { "\($0) = \($1)" }.joined(separator: ", ") + "; n and d count all arms."
    part.add(
      .list([
        who,
        "If the arms do not differ, chance alone says on whom of the n at risk the d events at t fall "
          + "(Mantel 1966, Cancer Chemother Rep 50:163).",
        isOfTwoArms
          ? "Arm 1 then expects e1 = d n1/n of them, with the hypergeometric variance v = d (n1/n)(1 − n1/n)(n − d)/(n − 1)."
          : "Arm g then expects e = d n_g/n of them, with the hypergeometric covariances d (n − d)/(n − 1) × n_g/n (δ − n_h/n).",
      ]))
    for stratum in 0..<test.strataCount {
      let steps = logRankSteps.filter { $0.stratum == stratum }
      let name = loaded.strata.map { "Stratum \(loaded.strataNames.joined(separator: ", ")) = \($0.labels[stratum])" }
      if let name { part.add(.heading(name)) }
      guard !steps.isEmpty else {
        part.add(.lines(["no event"]))
        continue
      }
      part.add(.table([header] + Excerpt.lines.rows(steps.map(row)) + [sumRow("Sum", steps)]))
    }
    if test.isStratified {
      part.add(.heading("Sums over the strata: rows of different strata are never compared"))
      part.add(.table([header, sumRow("All", logRankSteps)]))
    }
    part.add(.table(observedRows(test)))
    if isVector, test.result.degreesOfFreedom > 0 { addCovariance(test, to: &part) }
    part.add(.list(logRankSentences(test)))
    return part
  }

  private func observedRows(_ test: LogRankTest) -> [[String]] {
    [["Arm", "N", "observed O", "expected E", "O − E"]]
      + labels.indices.map { g in
        [
          labels[g], "\(test.counts[g])", countText(test.observed[g]), fixed(test.expected[g]),
          fixed(test.observed[g] - test.expected[g]),
        ]
      }
  }

  private func addCovariance(_ test: LogRankTest, to part: inout ReportDocument) {
    part.add(.heading("Covariance V of O − E, summed over event times"))
    part.add(
      .table(
        [[""] + labels] + labels.indices.map { g in [labels[g]] + labels.indices.map { fixed(test.variance[g, $0]) } }))
  }

  private func logRankSentences(_ test: LogRankTest) -> [String] {
    let p =
      "p = P(chi-squared on \(test.result.degreesOfFreedom) df > \(fixed(test.result.statistic))) "
      + "= \(NumberText.significant(test.result.p, 3))"
    guard test.result.degreesOfFreedom > 0 else { return ["No event time has both arms at risk: nothing is compared."] }
    guard isOfTwoArms else {
      return [
        "With more than two arms O − E is a vector z whose parts add up to 0: one arm is left out, and the statistic is z' V⁻¹ z "
          + "over the others, whichever is left out.",
        "chi-squared = \(fixed(test.result.statistic)) on \(test.result.degreesOfFreedom) df; \(p).",
      ]
    }
    return [
      "O and E of the two arms add up to the same number of events: O − E of one is minus that of the other, and one is enough.",
      "chi-squared = (O − E)²/V = (\(countText(test.observed[1])) − \(fixed(test.expected[1])))² / "
        + "\(fixed(test.variance[1, 1])) = \(fixed(test.result.statistic)); \(p).",
    ]
  }
}

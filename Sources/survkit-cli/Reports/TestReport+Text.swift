internal import Reporting
internal import Survival
internal import TrialData

extension TestReport {
  private var groupRows: [[String]] {
    [[loaded.dataset.armColumn ?? "", "N", "Observed", "Expected", "Observed / expected"]]
      + counts.labels.indices.map { g in
        [
          counts.labels[g], "\(counts.counts[g])", countText(counts.observed[g]),
          NumberText.fixed(counts.expected[g], 2),
          NumberText.fixed(counts.expected[g] > 0 ? counts.observed[g] / counts.expected[g] : nil, 3),
        ]
      }
  }

  private var testRows: [[String]] {
    guard !tests.isEmpty else { return [] }
    let areTwo = labels.count == 2
    // Without a direction asked for, the one in which fewer events are a benefit.
    let direction = alternative == .twoSided ? HazardAlternative.less : alternative
    return [
      ["Test", "Chi-squared", "df", "p"] + (areTwo ? ["z", "One-sided p"] : [])
        + (permutations.isEmpty ? [] : ["Permutation p"])
    ]
      + tests.enumerated().map { position, test in
        [test.weighting.name] + test.result.cells(decimals: 3)
          + (areTwo ? [NumberText.fixed(test.z, 3), test.p(direction).map(NumberText.p) ?? "NE"] : [])
          + (permutations.isEmpty ? [] : [NumberText.p(permutations[position].p)])
      }
  }

  private var petoLines: [String] {
    guard let test = tests.first(where: { $0.petoHazardRatio(level: confidence.level) != nil }),
      let ratio = test.petoHazardRatio(level: confidence.level)
    else { return [] }
    return [
      "Hazard ratio (Peto, one step), \(labels[1]) against \(labels[0])\(loaded.stratifiedBy): "
        + ratioText(ratio.estimate, ratio.lower, ratio.upper, confidence)
    ]
  }

  /// "the hazard of active is lower than that of placebo".
  func words(_ alternative: HazardAlternative) -> String {
    switch alternative {
    case .twoSided: "the hazards of \(labels[1]) and \(labels[0]) differ"
    case .less: "the hazard of \(labels[1]) is lower than that of \(labels[0])"
    case .greater: "the hazard of \(labels[1]) is higher than that of \(labels[0])"
    }
  }

  private var conventionLine: String {
    var line = "Conventions (\(input.like.rawValue)): two-sided p, hypergeometric variance"
    if !pairwise.isEmpty { line += ", pairs adjusted by \(request.adjustment.fullName)" }
    if loaded.strata != nil { line += ", summed over \(counts.strataCount) strata" }
    line += "."
    guard labels.count == 2 else { return line }
    switch alternative {
    case .twoSided:
      line +=
        " z and the one-sided p are for \(labels[1]): negative and small when it has fewer events than expected."
    case .less, .greater:
      line +=
        " Alternative \(alternative.rawValue): \(words(alternative)), which the one-sided p is for. z is negative "
      line += "when \(labels[1]) has fewer events than expected."
    }
    if let number = request.permutations {
      line += " Permutation p: \(alternative.rawValue), \(number) random permutations within "
      line += "\(loaded.strata == nil ? "the data" : "strata"), seed \(request.seed)."
    }
    return line
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(loaded.accountLines))
    if loaded.strata != nil {
      document.add(
        .lines(["Stratified by \(loaded.strataNames.joined(separator: ", ")): \(counts.strataCount) strata"]))
    }
    document.add(.table(groupRows))
    document.add(.table(testRows))
    for position in maxCombos.indices {
      document.add(.heading("Maximum of \(maxCombos[position].weightings.count) tests (maxcombo)"))
      document.add(.table(maxComboRows(position)))
    }
    if let margin { document.add(.lines(marginLines(margin))) }
    document.add(.table(landmarkRows))
    for pairs in pairwise { document.add(.table(pairRows(pairs))) }
    document.add(.table(trendRows))
    document.add(.list(petoLines + remarks.map { "Note: \($0.message)" }))
    document.add(.lines([conventionLine]))
    return document
  }
}

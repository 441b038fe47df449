internal import Reporting
internal import Survival
internal import TrialData

extension StudyReport {
  /// In the order a reviewer reads. A table stands behind the heading that is its caption.
  var sections: [Section] {
    var sections = [
      Section(
        "trial-table", "Trial table",
        [.heading("Events, survival times and rates by arm"), .table(fit.tableRows), .lines([abbreviations])]
          + fit.endingBlocks),
      Section(SectionID.curves, "Kaplan-Meier curves"), comparisons, proportionality,
    ]
    if fit.tau != nil { sections.append(restrictedMean) }
    if let subgroups = fit.subgroups {
      sections.append(
        Section(
          SectionID.subgroups, "Subgroups",
          [
            .paragraph(subgroups.sentence + "."), .heading("Hazard ratio within subgroups"), .table(subgroups.rows),
            .paragraph(
              "Whether a ratio differs between levels is what the p of interaction asks; a level's own p does not answer it."
            ),
          ]))
    }
    sections += [
      Section(
        "conventions", "Conventions",
        [
          .heading("Every setting in force"),
          .textTable([["Setting", "Value"]] + settingRows(fit.settings) + fixedConventions),
        ]),
      data,
      Section(
        "warnings", "Warnings",
        remarks.isEmpty ? [.paragraph("None.")] : [.list(remarks.map { "\($0.message) (\($0.code))" })]),
      source,
      Section(
        "reproduce", "How to reproduce",
        [
          .paragraph(
            (fit.input.data == "-"
              ? "The data came on standard input; they are the same when their SHA-256 is the one above. With them there, "
              : "The data file is the right one when its SHA-256 is the one above. In the folder that holds it, ")
              + "this call of \(Tool.name) \(Tool.version) gives the same numbers:"),
          .code([provenance.commandLine]),
        ]),
    ]
    return sections
  }

  private var abbreviations: String {
    "CI: confidence interval, of S(t) and the median on the \(fit.confidence.transform.rawValue) scale. NR: not reached. "
      + "NE: not estimable."
  }

  private var comparisons: Section {
    var section = Section("comparisons", "Comparisons")
    section.content.add(.list(fit.comparisons))
    if let test = fit.logRank {
      section.content.add(.heading("Log-rank test\(loaded.stratifiedBy): events observed and expected"))
      section.content.add(
        .table(
          [["Arm", "Subjects", "Observed", "Expected"]]
            + test.labels.indices.map {
              [
                fit.labels[$0], "\(test.counts[$0])", countText(test.observed[$0]),
                NumberText.fixed(test.expected[$0], 2),
              ]
            }))
    }
    if let cox = fit.cox {
      section.content.add(.heading("Tests of the Cox model"))
      var rows = [["Test", "Chi-squared", "df", "p"]]
      rows.append(["Likelihood ratio"] + cox.likelihoodRatioTest.cells(decimals: 2))
      rows.append([cox.isRobust ? "Robust Wald" : "Wald"] + cox.waldTest.cells(decimals: 2))
      rows.append(["Score"] + cox.scoreTest.cells(decimals: 2))
      section.content.add(.table(rows))
    }
    if section.content.blocks.isEmpty { section.content.add(.paragraph("Nothing to compare: see the warnings.")) }
    return section
  }

  private var proportionality: Section {
    var section = Section(SectionID.proportionality, "Check of proportional hazards")
    section.content.add(.list(fit.proportionalHazardsSentences))
    section.content.add(
      .paragraph(
        fit.proportionalHazards == nil
          ? "No hazard ratio was estimated, or no test of its constancy exists: nothing to check."
          : "A small p speaks against one hazard ratio for all times; a large one is no proof of proportional hazards.")
    )
    return section
  }

  private var restrictedMean: Section {
    var section = Section("restricted-mean", "Restricted mean survival time")
    let decimals = loaded.timeDecimals + 1
    let interval = "\(fit.confidence.percent) CI"
    section.content.add(.heading("Mean time without the event up to \(NumberText.plain(fit.tau ?? 0))"))
    section.content.add(
      .table(
        [["Arm", "RMST", "Standard error", interval]]
          + zip(fit.labels, fit.restrictedMeans).map { label, mean in
            [
              label, NumberText.fixed(mean.estimate, decimals), NumberText.fixed(mean.standardError, decimals + 1),
              "\(NumberText.fixed(mean.lower, decimals)) to \(NumberText.fixed(mean.upper, decimals))",
            ]
          }))
    section.content.add(.list(fit.restrictedMeanSentences))
    return section
  }

  /// What no option changes.
  private var fixedConventions: [[String]] {
    [
      ["Number at risk at a time", "subjects whose time is that time or later"],
      ["Variance of S(t)", "Greenwood's formula"],
      ["Intervals of S(t)", "pointwise: at one time each, not for the curve as a whole"],
      ["p-values", "two-sided, not adjusted for their number"],
    ]
  }

  private var data: Section {
    let dataset = loaded.dataset
    var rows = [["Account", "Value"], ["File", dataset.file]]
    if dataset.description.title != DataFormat.csv.title { rows.append(["Format", dataset.description.title]) }
    if !loaded.areRowsWithheld { rows.append(["Rows read", "\(dataset.rowsRead)"]) }
    let conditions = dataset.conditions.map(\.text).joined(separator: " and ")
    if !conditions.isEmpty { rows.append(["Rows excluded by \(conditions)", loaded.shown(dataset.rowsExcluded)]) }
    for dropped in dataset.dropped {
      rows.append(["Rows left out for a missing value in \(dropped.column)", loaded.shown(dropped.rows)])
    }
    rows.append(["Rows used", "\(dataset.rowsUsed)"])
    if dataset.subjects != dataset.rowsUsed { rows.append(["Subjects", "\(dataset.subjects)"]) }
    rows.append(["An event is", "\(dataset.coding.column) = \(dataset.coding.eventCodes.joined(separator: " or "))"])
    rows.append(["Events", "\(dataset.coding.events)"])
    rows.append(["Censored", "\(dataset.coding.censored)"])
    rows.append(["Times merged with one nearly equal", loaded.shown(loaded.data.mergedValues)])
    var section = Section("data", "Data", [.heading("From the file to the analysis"), .textTable(rows)])
    // The first line says what the table says, and the remarks are among the warnings.
    section.content.add(.list(Array(loaded.accountLines.dropFirst(1 + loaded.remarks.count))))
    return section
  }

  private var source: Section {
    Section(
      "provenance", "Provenance",
      [.heading("Which program, call and input"), .textTable([["Item", "Value"]] + provenance.rows)])
  }
}

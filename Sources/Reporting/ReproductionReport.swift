internal import Survival
internal import TrialCatalogue
public import Verification

/// What `survkit reproduce` found, written as Markdown and as JSON.
public struct ReproductionReport: Sendable {
  public let trials: [TrialResult]

  public init(_ trials: [TrialResult]) { self.trials = trials }

  /// File name of an endpoint's figure.
  public static func figureName(_ trial: String, _ endpoint: String) -> String { "\(trial)-\(endpoint).svg" }

  public var document: ReportDocument {
    var document = ReportDocument()
    document.add(
      .section(1, trials.map(\.trial.published.name).joined(separator: " and ") + ": published and reproduced"))
    document.add(.paragraph(ReproductionReport.caution))
    document.add(.section(2, "At a glance"))
    document.add(.table(overview))
    for trial in trials {
      document.add(.section(2, "\(trial.trial.published.name) (\(trial.trial.published.registration))"))
      document.add(.paragraph(introduction(trial)))
      for endpoint in trial.endpoints { add(endpoint, of: trial, to: &document) }
      for result in trial.proportions { add(result, to: &document) }
      for endpoint in trial.unreproduced { add(endpoint, to: &document) }
      document.add(.section(3, "Sources of \(trial.trial.published.name)"))
      document.add(.list(trial.trial.published.sources.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }))
    }
    document.add(.section(2, "How to read this"))
    document.add(.list(ReproductionReport.legend + intervalLegend))
    return document
  }

  /// The overview alone, for the terminal.
  public var overviewDocument: ReportDocument {
    var document = ReportDocument()
    document.add(.table(overview))
    return document
  }

  /// What stands before everything else.
  static let caution =
    "Patients' data are not public. The rows analysed here were reconstructed from what the papers print; no row is a "
    + "patient. What was printed and used to make them is an input: agreement with it shows that the reconstruction "
    + "is faithful, not that the result holds. What was not used is a check."

  static let legend = [
    "Level B: curve readings on a grid of times, numbers at risk, events and medians are given. Between two printed numbers "
      + "at risk the split of those who leave into events and censorings, and when the censorings fall, is estimated; the "
      + "totals and the printed numbers at risk are exact.",
    "Level C: numbers of subjects and events, medians and the hazard ratio are given, no curve. The shape of the curve is a "
      + "Weibull model with administrative censoring after an even accrual, and the hazard ratio is an input.",
    "Role: input, rows were made from it; check, never used; implied, not used but settled by inputs.",
    "Confidence: recalled numbers are from memory and were not looked up again; the others are confirmed.",
    "Verdict: PASS within the tolerance; WARN compatible, with the reason; FAIL not compatible; CANNOT nothing to compare.",
    "Tolerance: N, events and confirmed numbers at risk, exact. Median, 0.05 months (rounding), WARN to 0.3. Limits of a "
      + "median, 10 %, WARN to 25 % (at level C always), since their rule is not printed. Hazard ratio as a check, half a published standard "
      + "error of ln HR, WARN inside the published interval; its limits, half a standard error, WARN to 1.5; as an input, "
      + "0.01. p below a bound, below it; p as a number, a factor of two. Curve readings, the largest reading error.",
    "Estimates from the rows: Kaplan–Meier with log-scale limits, R's median rule, Cox model with Efron ties and without "
      + "strata, Wald interval at the published level, log-rank test without strata.",
  ]

  var overview: [[String]] {
    let header = [
      "Trial, endpoint", "Level", "HR published", "HR reproduced (sampling interval)", "Reconstruction interval",
      "Role of the HR", "Verdict",
    ]
    return [header]
      + trials.flatMap { trial in
        trial.endpoints.map { result in
          let published = result.endpoint.hazardRatio
          let level = NumberText.percent(result.hazardRatioLevel)
          return [
            "\(trial.trial.published.name), \(result.endpoint.name)", result.endpoint.level ?? "",
            published.map {
              "\(NumberText.fixed($0.value, 2)) (\(level) CI \(NumberText.fixed($0.ci[0], 2)) to "
                + "\(NumberText.fixed($0.ci[1], 2)))"
            } ?? "",
            "\(NumberText.fixed(result.hazardRatio.estimate, 3)) (\(level) CI "
              + "\(NumberText.fixed(result.hazardRatio.lower, 3)) to \(NumberText.fixed(result.hazardRatio.upper, 3)))",
            ReproductionReport.reconstructionInterval(result), published?.role.rawValue ?? "",
            result.hazardRatioComparison?.verdict.rawValue ?? "",
          ]
        }
      }
  }

  func introduction(_ result: TrialResult) -> String {
    let trial = result.trial.published
    var text = "\(trial.citation)."
    if let cutoff = trial.dataCutoff { text += " Data cutoff \(cutoff)." }
    if let followUp = trial.medianFollowUp {
      text +=
        " Median follow-up \(NumberText.plain(followUp.value)) months"
        + (followUp.confidence == .recalled ? " (recalled)." : ".")
    }
    return text + " Randomisation was stratified by " + trial.stratificationFactors.joined(separator: "; ") + "."
  }

  private func add(_ result: EndpointResult, of trial: TrialResult, to document: inout ReportDocument) {
    let endpoint = result.endpoint
    document.add(.section(3, "\(trial.trial.published.name): \(endpoint.name)"))
    document.add(.paragraph("Reconstructed, \(result.levelSentence)."))
    document.add(
      .picture(
        file: ReproductionReport.figureName(trial.trial.published.id, endpoint.id),
        description: "Kaplan–Meier curves of reconstructed rows, \(trial.trial.published.name), \(endpoint.name)"))
    addIntervals(result, to: &document)
    addComparisons(result, to: &document)
  }

  /// The main quantities with their intervals, and what the difference of the hazard ratio comes from.
  func addIntervals(_ result: EndpointResult, to document: inout ReportDocument) {
    if let intervals = ReproductionReport.intervalTable(result) { document.add(.table(intervals)) }
    if let sentence = ReproductionReport.hazardRatioSentence(result) { document.add(.paragraph(sentence)) }
  }

  /// Every published number beside the reproduced one, and why some differ.
  func addComparisons(_ result: EndpointResult, to document: inout ReportDocument) {
    document.add(
      .table(ReproductionReport.table(result.comparisons.filter { !$0.quantity.hasPrefix("At risk") }, result)))
    let atRisk = ReproductionReport.atRiskTable(result)
    if atRisk.count > 1 {
      document.add(
        .paragraph("Numbers at risk, published / reproduced; an asterisk marks a published number from memory."))
      document.add(.table(atRisk))
    }
    document.add(.list(ReproductionReport.remaining(result)))
  }

  /// What differs, with the reason, one line for each kind of reason; `hazardRatioSentence` speaks of that as a check.
  private static func remaining(_ result: EndpointResult) -> [String] {
    var reasons: [(reason: String, quantities: [String])] = []
    for comparison in result.comparisons where !comparison.reason.isEmpty {
      if comparison.role == .check, comparison.quantity.hasPrefix("Hazard ratio") { continue }
      let name = comparison.quantity + (comparison.arm.map { " (\($0))" } ?? "")
      if let known = reasons.firstIndex(where: { $0.reason == comparison.reason }) {
        reasons[known].quantities.append(name)
      } else {
        reasons.append((comparison.reason, [name]))
      }
    }
    return reasons.map { "\($0.quantities.joined(separator: ", ")): \($0.reason)." }
  }

  static func table(_ comparisons: [Comparison], _ result: EndpointResult?) -> [[String]] {
    let header = ["Quantity", "Arm", "Published", "Reproduced", "Difference", "Tolerance", "Role", "Level", "Verdict"]
    return [header]
      + comparisons.map { row in
        let recalled = row.confidence == .recalled ? " (recalled)" : ""
        let places = max(row.decimals.0, row.decimals.1)
        let isScaled = !row.scale.isEmpty
        func amount(_ value: Double?, signed: Bool) -> String {
          guard let value else { return "" }
          let text = NumberText.fixed(value, isScaled ? 2 : places == 0 ? 0 : max(places, 2))
          return (signed && !text.hasPrefix("-") && value != 0 ? "+" : "") + text + (isScaled ? " \(row.scale)" : "")
        }
        return [
          row.quantity, row.arm ?? "",
          (row.publishedText ?? NumberText.fixed(row.published, row.decimals.0)) + recalled,
          (row.reproduced.map { reproduced($0, row) } ?? "not reached") + (row.note.map { " (\($0))" } ?? ""),
          amount(row.difference, signed: true), amount(row.tolerance, signed: false), row.role.rawValue,
          result?.endpoint.level ?? "", row.verdict.rawValue,
        ]
      }
  }

  private static func reproduced(_ value: Double, _ row: Comparison) -> String {
    row.publishedText != nil && value < 0.0001 ? "<0.0001" : NumberText.fixed(value, row.decimals.1)
  }

  private static func atRiskTable(_ result: EndpointResult) -> [[String]] {
    let times = result.arms.first?.published.atRisk?.times ?? []
    return [["Months"] + times.map { NumberText.plain($0) }]
      + result.arms.compactMap { arm in
        guard let row = arm.published.atRisk else { return nil }
        let recalled = Set(row.recalledTimes)
        return [arm.published.id]
          + zip(zip(row.times, row.n), arm.atRisk).map { entry, found in
            let asked = entry.1.map { "\($0)\(recalled.contains(entry.0) ? "*" : "")" } ?? "–"
            return "\(asked) / \(found)"
          }
      }
  }

  func add(_ result: ProportionResult, to document: inout ReportDocument) {
    document.add(.section(3, result.endpoint.name))
    document.add(
      .paragraph(
        "Percentages turned back into whole patients; the differences follow from them and were not published."))
    document.add(.table(ReproductionReport.table(result.comparisons, nil)))
    guard let comparison = result.comparison else { return }
    let level = NumberText.percent(comparison.experimental.level)
    func line(_ name: String, _ value: RiskComparison.Contrast, _ scale: Double, _ places: Int) -> [String] {
      [
        name, NumberText.fixed(scale * value.estimate, places),
        "\(NumberText.fixed(scale * value.lower, places)) to \(NumberText.fixed(scale * value.upper, places))",
      ]
    }
    document.add(
      .table([
        ["\(result.endpoint.experimental) against \(result.endpoint.control)", "Estimate", "\(level) CI"],
        line("Risk difference, percentage points (Newcombe)", comparison.difference, 100, 1),
        line("Risk ratio (log scale)", comparison.ratio, 1, 2),
      ]))
  }

  func add(_ endpoint: PublishedEndpoint, to document: inout ReportDocument) {
    document.add(.section(3, endpoint.name))
    var published = endpoint.orderedArms.compactMap { arm in
      arm.median.map { "median \(NumberText.fixed($0.value, 1)) \(endpoint.unit ?? "") (\(arm.label))" }
    }
    if let ratio = endpoint.hazardRatio {
      published.append(
        "hazard ratio \(NumberText.fixed(ratio.value, 2)) (\(NumberText.fixed(ratio.ci[0], 2)) to "
          + "\(NumberText.fixed(ratio.ci[1], 2)))")
    }
    document.add(
      .paragraph(
        "Published: \(published.joined(separator: ", ")). CANNOT be compared: \(endpoint.notReconstructed ?? "no rows")."
      ))
  }
}

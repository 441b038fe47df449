internal import Survival
internal import TrialCatalogue
internal import Verification

/// The report of `survkit reproduce` as one page for a reader of the papers: what was claimed, what the rows give, how they were
/// made, and every comparison behind it. It needs no other file.
public struct ReproductionPage: Sendable {
  private let report: ReproductionReport
  /// SVG documents by the file names of `ReproductionReport.figureName`.
  private let figures: [String: String]

  public init(_ report: ReproductionReport, figures: [String: String]) {
    self.report = report
    self.figures = figures
  }

  public var text: String {
    let names = report.trials.map(\.trial.published.name).joined(separator: " and ")
    let head: [HTML] = [
      .tag(
        "header",
        [
          .tag("h1", "Do the published results hold? \(names)"),
          .tag("p", ["class": "lead"], ReproductionReport.caution),
          .tag("nav", ["class": "screen", "aria-label": "Contents"], [.tag("ul", contents)]),
        ])
    ]
    let glance: [HTML] = [
      .tag("h2", ["id": "glance"], "At a glance"),
      .tag("p", "The hazard ratio of each endpoint: as published, and as the reconstructed rows have it."),
      HTML.table(report.overview),
      .tag("p", ["class": "quiet"], "Verdicts and intervals are explained under How to read this."),
    ]
    let foot: [HTML] = [
      .tag("h2", ["id": "reading"], "How to read this"),
      .tag("ul", (ReproductionReport.legend + report.intervalLegend).map { .tag("li", $0) }),
      .tag("h2", ["id": "again"], "Make it again"),
      .tag("p", "The rows, the figures and this page come from the published facts alone, to the byte:"),
      .tag(
        "pre",
        "survkit reconstruct data/vision/published.json --endpoint os -o data/vision/os.csv --force\n"
          + "survkit reproduce all --data data --out notebooks-out --force"),
    ]
    let main = glance + report.trials.flatMap(section) + foot
    return HTMLPage(
      title: "\(names): published and reproduced", style: ReproductionPage.style, body: head + [.tag("main", main)]
    ).text
  }

  private var contents: [HTML] {
    func link(_ id: String, _ text: String) -> HTML { .tag("li", [.tag("a", ["href": "#\(id)"], text)]) }
    return [link("glance", "At a glance")]
      + report.trials.flatMap { trial in
        trial.endpoints.map { endpoint in
          link(id(trial, endpoint), "\(trial.trial.published.name), \(endpoint.endpoint.name)")
        }
      } + [link("reading", "How to read this"), link("again", "Make it again")]
  }

  private func id(_ trial: TrialResult, _ endpoint: EndpointResult) -> String {
    // Identifiers of a catalogue are its file names: letters, digits and hyphens.
    "\(trial.trial.published.id)-\(endpoint.endpoint.id)-section"
  }

  private func section(_ trial: TrialResult) -> [HTML] {
    let published = trial.trial.published
    var parts: [HTML] = [
      .tag("h2", "\(published.name) (\(published.registration))"), .tag("p", report.introduction(trial)),
    ]
    for endpoint in trial.endpoints { parts += section(endpoint, of: trial) }
    var rest = ReportDocument()
    for result in trial.proportions { report.add(result, to: &rest) }
    for endpoint in trial.unreproduced { report.add(endpoint, to: &rest) }
    parts += rest.html()
    parts.append(
      details(
        "Sources of \(published.name)",
        [
          .tag(
            "ul", published.sources.sorted { $0.key < $1.key }.map { .tag("li", "\($0.key): \($0.value)") })
        ]))
    return parts
  }

  private func section(_ result: EndpointResult, of trial: TrialResult) -> [HTML] {
    let published = trial.trial.published
    let endpoint = result.endpoint
    var parts: [HTML] = [
      .tag("h3", ["id": id(trial, result)], "\(published.name): \(endpoint.name)"),
      .tag(
        "dl", ["class": "claim"],
        [
          .tag("dt", "Claimed"), .tag("dd", claim(result)), .tag("dt", "The rows give"), .tag("dd", found(result)),
          .tag("dt", "The rows were made from"), .tag("dd", "\(origin(result))."),
        ]),
    ]
    if let svg = figures[ReproductionReport.figureName(published.id, endpoint.id)] {
      parts.append(
        .tag(
          "figure", [.figure(svg: svg), .tag("figcaption", "Curves of reconstructed rows: no row is a patient.")]))
    }
    var intervals = ReportDocument()
    report.addIntervals(result, to: &intervals)
    parts += intervals.html()
    var comparisons = ReportDocument()
    report.addComparisons(result, to: &comparisons)
    parts.append(details(summary(result), comparisons.html()))
    return parts
  }

  private func details(_ summary: String, _ content: [HTML]) -> HTML {
    .tag("details", [.tag("summary", summary)] + content)
  }

  /// "All 41 comparisons: 38 PASS, 3 WARN".
  private func summary(_ result: EndpointResult) -> String {
    let verdicts: [Verdict] = [.pass, .warn, .fail, .cannot]
    let counts = verdicts.compactMap { verdict -> String? in
      let count = result.comparisons.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    return "All \(result.comparisons.count) comparisons: \(counts.joined(separator: ", "))"
  }

  /// What the paper says, in one sentence.
  private func claim(_ result: EndpointResult) -> String {
    let endpoint = result.endpoint
    let unit = endpoint.unit ?? ""
    var parts = result.arms.compactMap { arm in
      arm.published.median.map { fact in
        let limits = fact.ci.map { " (\(NumberText.fixed($0[0], 1)) to \(NumberText.fixed($0[1], 1)))" } ?? ""
        return "median \(NumberText.fixed(fact.value, 1))\(limits) \(unit) with \(arm.published.label)"
      }
    }
    if let ratio = endpoint.hazardRatio {
      parts.append(
        "hazard ratio \(NumberText.fixed(ratio.value, 2)) (\(NumberText.percent(ratio.ciLevel)) CI "
          + "\(NumberText.fixed(ratio.ci[0], 2)) to \(NumberText.fixed(ratio.ci[1], 2)))"
          + (ratio.stratified ? ", stratified" : ""))
    }
    if let p = endpoint.p { parts.append("p \(p.text.hasPrefix("<") ? "" : "= ")\(p.text)") }
    return parts.joined(separator: "; ") + "."
  }

  /// The same from the rows, with what it is worth.
  private func found(_ result: EndpointResult) -> String {
    let ratio = result.hazardRatio
    var parts = result.arms.map { arm in
      "median \(arm.median.estimate.map { NumberText.fixed($0, 1) } ?? "not reached")"
        + " (\(arm.median.lower.map { NumberText.fixed($0, 1) } ?? "NR") to "
        + "\(arm.median.upper.map { NumberText.fixed($0, 1) } ?? "NR")) with \(arm.published.label)"
    }
    parts.append(
      "hazard ratio \(NumberText.fixed(ratio.estimate, 3)) (\(NumberText.percent(result.hazardRatioLevel)) CI "
        + "\(NumberText.fixed(ratio.lower, 3)) to \(NumberText.fixed(ratio.upper, 3))), unstratified")
    parts.append("log-rank p \(NumberText.pEquation(result.logRank.p))")
    let role =
      switch result.endpoint.hazardRatio?.role {
      case .input: " The published hazard ratio was used to make the rows: that they agree is no evidence."
      case .check: " The published hazard ratio was not used to make the rows: it is a check."
      default: ""
      }
    return parts.joined(separator: "; ") + "." + role
  }

  private func origin(_ result: EndpointResult) -> String {
    switch result.endpoint.level {
    case "B":
      "readings of the printed curve, the numbers at risk under it, and the printed numbers of patients, events and medians "
        + "(level B)"
    case "C":
      "the printed numbers of patients and events, medians and the hazard ratio; the shape of the curves is a model (level C)"
    default: result.levelSentence
    }
  }

  private static let style = """
    .lead{font-size:1.05rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;max-width:none}
    a{color:#005a8d}
    dl.claim{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem;max-width:52rem}
    dl.claim dt{font-weight:bold}
    dl.claim dd{margin:0}
    details{margin:.8rem 0}
    summary{cursor:pointer;font-weight:bold}
    table{font-size:.86rem}
    @media (max-width:34rem){dl.claim{grid-template-columns:1fr}dl.claim dd{margin-bottom:.5rem}}

    """
}

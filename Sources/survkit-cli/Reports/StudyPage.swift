internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

/// The report as one page that needs nothing but itself. Without a script it has every table and the figure; the script adds what a
/// pointer or the keyboard can ask of the figure.
struct StudyPage {
  let report: StudyReport
  private let variants: FigureVariants
  private let readings: CurveReadings

  init(_ report: StudyReport) throws {
    self.report = report
    variants = try FigureVariants(report.fit, timeLabel: report.timeLabel)
    readings = CurveReadings(report.fit, variants)
  }

  var page: HTMLPage {
    let sections = report.sections
    let links = sections.map { HTML.tag("li", [.tag("a", ["href": "#\($0.id)"], $0.title)]) }
    let body: [HTML] = [
      .tag("header", [.tag("h1", report.title), .tag("p", ["class": "summary"], report.summary)]),
      .tag("nav", ["class": "screen", "aria-label": "Sections"], [.tag("ul", links)]),
      .tag("main", sections.map(section)),
      .tag("footer", ["class": "screen"], [.tag("p", ["class": "quiet"], "\(Tool.name) \(Tool.version)")]),
      .data(id: "variants", json: variants.json.compact),
      .data(id: "readings", json: readings.json.compact),
    ]
    return HTMLPage(title: report.title, style: StudyPage.style, script: StudyPage.script, body: body)
  }

  private func section(_ section: StudyReport.Section) -> HTML {
    var parts: [HTML] = [.tag("h2", ["id": "\(section.id)-title"], section.title)]
    if section.id == StudyReport.SectionID.curves { parts += curves }
    parts += blocks(section.content)
    if section.id == StudyReport.SectionID.proportionality { parts += proportionality }
    if section.id == StudyReport.SectionID.subgroups { parts += subgroups }
    return .tag("section", ["id": section.id, "aria-labelledby": "\(section.id)-title"], parts)
  }

  /// A heading on a table is its caption.
  private func blocks(_ document: ReportDocument) -> [HTML] {
    var parts: [HTML] = []
    var caption: String?
    for block in document.blocks {
      switch block {
      case .heading(let text, let lines) where lines.isEmpty:
        caption = text
        continue
      case .table(let rows): parts.append(.table(rows, caption: caption))
      case .textTable(let rows): parts.append(.table(rows, caption: caption, isText: true))
      default:
        var single = ReportDocument()
        single.add(block)
        parts += single.html(level: 1)
      }
      caption = nil
    }
    return parts
  }

  // MARK: The curves

  private var own: ConfidenceTransform { report.fit.confidence.transform }

  private var curves: [HTML] {
    let shown = variants.frame(own, FigureVariants.modes[0])?.identifier
    let frames = variants.frames.map { frame -> HTML in
      let isShown = frame.identifier == shown
      let element = HTML.tag(
        "div",
        [
          "class": "frame", "id": "\(frame.identifier)-frame", "tabindex": "0", "role": "region",
          "aria-label": "Kaplan-Meier figure",
        ], [.figure(svg: isShown ? variants.svg(own) ?? frame.parts.frame : frame.parts.frame)])
      return isShown ? element : element.with("hidden")
    }
    let ticks = report.loaded.smallCells == nil ? " Ticks on a curve: censored." : ""
    let caption = HTML.tag(
      "figcaption", ["id": "curves-caption"],
      [
        .text("\(report.curvesDescription) Scale of the intervals: "), .tag("span", ["id": "scale"], own.rawValue),
        .text(".\(ticks) Source: \(report.loaded.dataset.file).\(report.origin)"),
      ])
    return [
      .tag(
        "div", ["class": "screen switches", "id": "switches", "hidden": ""],
        [
          choice(
            "interval", "Intervals of the figure and of the numbers under it",
            ConfidenceTransform.allCases.map(\.rawValue), own.rawValue),
          choice(
            "table", "Table under the figure", FigureVariants.modes.map(\.rawValue), FigureVariants.modes[0].rawValue),
        ]),
      .tag("figure", ["id": "figure", "aria-labelledby": "curves-caption"], frames + [caption]), reading,
    ]
  }

  /// Radio buttons, one of which is on.
  private func choice(_ name: String, _ legend: String, _ values: [String], _ chosen: String) -> HTML {
    .tag(
      "fieldset",
      [.tag("legend", legend)]
        + values.map { value in
          let input = HTML.tag("input", ["type": "radio", "name": name, "value": value])
          return .tag("label", [value == chosen ? input.with("checked") : input, .text(" \(value)")])
        })
  }

  /// What stands at the time chosen. The script fills the cells.
  private var reading: HTML {
    let header = ["Arm", "S(t)", "\(report.fit.confidence.percent) CI", "At risk"].map {
      HTML.tag("th", ["scope": "col"], $0)
    }
    let rows = report.fit.labels.map { label in
      HTML.tag(
        "tr",
        [.tag("th", ["scope": "row"], label)] + [HTML](repeating: .tag("td", ""), count: 3))
    }
    return .tag(
      "div", ["class": "screen", "id": "reading", "hidden": ""],
      [
        .tag(
          "p",
          [
            .tag("label", ["for": "time"], "Time"), .text(" "),
            .tag(
              "input", ["type": "range", "id": "time", "min": "0", "max": "\(readings.times.count - 1)", "step": "1"]),
            .text(" "), .tag("output", ["id": "time-text", "for": "time"], ""),
          ]),
        .tag(
          "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": "Numbers at the time chosen"],
          [
            .tag(
              "table", ["id": "numbers"],
              [
                .tag("caption", [.text("\(report.timeLabel): "), .tag("span", ["id": "at"], "")]),
                .tag("thead", [.tag("tr", header)]), .tag("tbody", rows),
              ])
          ]),
        .tag(
          "p", ["class": "quiet"],
          "Move the pointer over the figure, or the slider with the arrow keys. At risk: subjects whose time is the one "
            + "told or later. NE: not estimable."),
        .tag("p", ["class": "spoken", "id": "spoken", "role": "status", "aria-live": "polite"], ""),
      ])
  }

  // MARK: Further figures

  private var proportionality: [HTML] {
    guard report.fit.cox != nil else { return [] }
    let options = KaplanMeierFigure.Options(
      riskTable: .none, showCensorMarks: false, showRibbon: false, measure: .logMinusLog, identifier: "loglog")
    guard
      let figure = try? KaplanMeierFigure(
        arms: zip(report.fit.labels, report.fit.curves).map { .init(label: $0, curve: $1) }, title: "",
        timeLabel: report.timeLabel,
        summary: "log(-log S) of \(report.fit.labels.joined(separator: ", ")) against time on a logarithmic axis.",
        options: options)
    else { return [.tag("p", "No curve lies between 0 and 1: there is no figure of log(-log S).")] }
    return [
      framed(
        figure.parts().frame, id: "loglog", name: "Figure of log(-log S)",
        caption: "log(-log S(t)) against time on a logarithmic axis: a constant distance between the curves is what "
          + "proportional hazards look like.")
    ] + residuals
  }

  private var residuals: [HTML] {
    guard let figure = try? report.fit.residualFigure(title: "", timeLabel: report.timeLabel) else { return [] }
    return [
      framed(
        figure.svg(), id: "schoenfeld", name: "Figure of scaled Schoenfeld residuals",
        caption:
          "Scaled Schoenfeld residuals with a smooth and its pointwise limits: a flat line at the estimate is what "
          + "proportional hazards look like.")
    ]
  }

  private var subgroups: [HTML] {
    guard let figure = try? report.fit.subgroups?.figure(title: "") else { return [] }
    return [
      framed(
        figure.svg(), id: "forest", name: "Forest plot of the subgroups",
        caption: "Hazard ratios and their intervals on a logarithmic axis; the dashed line is the ratio of all rows.")
    ]
  }

  /// A figure that scrolls by itself where it is wide.
  private func framed(_ svg: String, id: String, name: String, caption: String) -> HTML {
    .tag(
      "figure", ["aria-labelledby": "\(id)-caption"],
      [
        .tag(
          "div", ["class": "frame", "tabindex": "0", "role": "region", "aria-label": name], [.figure(svg: svg)]),
        .tag("figcaption", ["id": "\(id)-caption"], caption),
      ])
  }
}

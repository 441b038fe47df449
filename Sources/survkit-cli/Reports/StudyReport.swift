internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

/// What `survkit report` writes: the trial table with everything a reviewer needs to judge it, in the order it is read.
struct StudyReport {
  let fit: FitReport
  let provenance: Provenance
  let title: String
  let timeLabel: String
  /// A picture beside the document and its file name; nil for none.
  let picture: String?

  var loaded: LoadedData { fit.loaded }
  var remarks: [Remark] { loaded.remarks + fit.remarks }

  /// A part of the report with its heading; `id` is its address on the page.
  struct Section {
    let id: String
    let title: String
    var content = ReportDocument()

    init(_ id: String, _ title: String, _ blocks: [ReportDocument.Block] = []) {
      self.id = id
      self.title = title
      for block in blocks { content.add(block) }
    }
  }

  init(
    _ fit: FitReport, provenance: Provenance, title: String?, timeLabel: String, picture: String?
  ) {
    self.fit = fit
    self.provenance = provenance
    self.title = title.flatMap { $0.isEmpty ? nil : $0 } ?? "Survival analysis of \(fit.loaded.dataset.file)"
    self.timeLabel = timeLabel
    self.picture = picture
  }

  /// The report for Markdown, LaTeX and RTF.
  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.section(1, title))
    document.add(.paragraph(summary))
    for section in sections {
      if section.id == SectionID.curves {
        guard let picture else { continue }
        document.add(.section(2, section.title))
        document.add(.picture(file: picture, description: curvesDescription))
      } else {
        document.add(.section(2, section.title))
      }
      document.add(section.content)
    }
    return document
  }

  /// The JSON document whose result is a row per statistic.
  var envelope: Envelope {
    Envelope(
      command: "report", provenance: provenance.json, settings: fit.settings, data: loaded.json, warnings: remarks,
      result: AnalysisRow.json(fit.analysisRows))
  }

  /// Addresses of the sections in which the page puts its figures.
  enum SectionID {
    static let curves = "curves"
    static let proportionality = "proportional-hazards"
    static let subgroups = "subgroups"
  }

  /// A sentence that goes with every number of rows that are no patients.
  var origin: String {
    loaded.dataset.hasReconstructedRows
      ? " The rows were reconstructed from published numbers: no row is a patient." : ""
  }

  /// What was estimated. It says what the numbers are, not what follows from them.
  var summary: String { estimates + origin }

  private var estimates: String {
    let events = countText(fit.curves.reduce(0) { $0 + $1.table.totalEvents })
    let subjects = "\(fit.curves.reduce(0) { $0 + $1.count }) subjects with \(events) events"
    if fit.curves.count > 3 {
      let test = fit.logRank.map { ": log-rank p \(NumberText.pEquation($0.result.p))" } ?? ""
      return
        "Among \(subjects) in \(fit.curves.count) arms\(test). Medians are in the trial table, hazard ratios under Comparisons."
    }
    let medians = zip(fit.labels, fit.curves).map { label, curve in
      let median = loaded.quantileText(curve, 0.5, rule: fit.convention.quantileRule)
      return fit.curves.count == 1 ? median : "\(label): \(median)"
    }
    let median = "estimated median time (\(fit.confidence.percent) CI): \(medians.joined(separator: "; "))"
    guard let cox = fit.cox else { return "Among \(subjects): \(median)." }
    let ratios = cox.hazardRatios(level: fit.confidence.level).enumerated().map { j, ratio in
      "\(fit.labels[j + 1]) against \(fit.labels[0]): "
        + (cox.reasonWithoutEstimate(j) ?? ratioText(ratio.estimate, ratio.lower, ratio.upper, fit.confidence))
    }
    let test = fit.logRank.map { "; log-rank p \(NumberText.pEquation($0.result.p))" } ?? ""
    return "Among \(subjects), \(median). Estimated hazard \(ratios.count == 1 ? "ratio" : "ratios") of "
      + "\(ratios.joined(separator: "; ")) by a Cox model\(loaded.stratifiedBy)\(test)."
  }

  /// What the figure shows, for who reads it and for who cannot see it.
  var curvesDescription: String {
    "Kaplan-Meier curves of \(fit.labels.joined(separator: ", ")) with pointwise \(fit.confidence.percent) confidence "
      + "intervals."
  }
}

internal import ArgumentParser
internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialCatalogue
internal import Verification

/// `survkit reproduce`: the catalogue's trials, from rows to figures and a report.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "VISION and CARD: figures, and every published number beside the reproduced one.",
    discussion: """
      Reads data/<trial>/published.json and the reconstructed rows beside it; writes a Kaplan-Meier figure per endpoint, \
      index.html (a page for readers of the papers, which needs no other file), report.md and report.json. Hazard ratios, medians and restricted means of rows made from readings of a curve (level B) \
      stand with a sampling interval and a reconstruction interval, which says how far the true rows may be. Exit status 1 when \
      a published number is not compatible with the rows (FAIL).

      Example: survkit reproduce all --out notebooks-out --force
      """)

  enum Selection: String, ExpressibleByArgument, CaseIterable {
    case vision
    case card
    case all

    var trials: [String] { self == .all ? ["vision", "card"] : [rawValue] }
  }

  @Argument(help: "vision, card or all.")
  var selection: Selection = .all

  @Option(help: "Folder of the catalogue.")
  var data: String = "data"

  @Option(help: "Folder to write to; it is made when it does not exist.")
  var out: String = "notebooks-out"

  @Flag(help: "Replace existing files.")
  var force = false

  @OptionGroup var repeats: RepeatOptions

  @Flag(help: "Do not print the overview.")
  var quiet = false

  mutating func run() throws {
    let settings = try repeats.settings()
    let trials = try selection.trials.map { try Trial(folder: "\(data)/\($0)") }
    try Output.folder(out)
    let figures = trials.flatMap { trial in
      trial.published.endpoints.filter { trial.rows[$0.id] != nil }
        .map { ReproductionReport.figureName(trial.published.id, $0.id) }
    }
    // The repeats take seconds: what cannot be written is refused before them.
    for name in figures + ["index.html", "report.md", "report.json"] {
      try Output.check(path: "\(out)/\(name)", force: force)
    }
    let results = try trials.map { try TrialResult($0, repeats: settings) }
    let report = ReproductionReport(results)
    // Everything is made before anything is written.
    var files: [(name: String, text: String)] = []
    for trial in results {
      for endpoint in trial.endpoints {
        files.append(
          (
            ReproductionReport.figureName(trial.trial.published.id, endpoint.endpoint.id),
            try endpoint.figure(of: trial.trial.published).svg()
          ))
      }
    }
    let page = ReproductionPage(report, figures: Dictionary(files.map { ($0.name, $0.text) }) { first, _ in first })
    files.append(("index.html", page.text))
    files.append(("report.md", report.document.markdown))
    files.append(("report.json", report.json.text))
    for file in files { try Output.file(file.text, path: "\(out)/\(file.name)", force: force) }
    if !quiet { try Output.standard(report.overviewDocument.text) }
    if results.contains(where: { $0.endpoints.contains { $0.worstVerdict == .fail } }) { throw ExitCode(1) }
  }
}

internal import ArgumentParser
internal import Reporting
internal import Survival
internal import SurvivalFigures

/// `survkit fit`: the trial table.
struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The trial table: events, medians, landmark rates, log-rank, hazard ratio, proportionality.",
    discussion: "Example: survkit fit trial.csv --arm treatment --reference placebo --times 6,12")

  @OptionGroup var input: DataOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Landmark times, separated by commas.")
  var times: String?

  @Option(help: "Horizon of the restricted mean survival time.")
  var tau: Double?

  @Option(help: "Draw the Kaplan-Meier figure to this SVG file.")
  var plot: String?

  @Option(help: "Title of the time axis of the figure.")
  var timeLabel: String = "Time"

  mutating func run() throws {
    let landmarkTimes = try (times ?? "").split(separator: ",").map { text in
      guard let value = Double(text), value.isFinite, value >= 0 else {
        throw ValidationError("--times takes numbers of 0 or more, separated by commas; \(text) is not one")
      }
      return value
    }
    let result = try FitResult(
      try input.load(), confidence: try input.confidence(), convention: input.like, times: landmarkTimes, tau: tau)
    // The figure first: when it cannot be written, no table says that all went well.
    if let plot { try Output.file(try result.figure(timeLabel: timeLabel).svg(), path: plot, force: output.force) }
    switch output.format {
    case .text: try output.write(result.text(isMarkdown: false))
    case .md: try output.write(result.text(isMarkdown: true))
    case .json: try output.write(result.json.text)
    }
  }
}

internal import ArgumentParser
internal import TrialData

/// What the trial table holds beside the rows that it always has: for `fit` and `report`.
struct TrialTableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Landmark times, separated by commas.", valueName: "list"))
  var times: String?

  @Option(help: "Horizon of the restricted mean survival time.")
  var tau: Double?

  @Option(
    help: ArgumentHelp(
      "Columns of subgroups, separated by commas: the hazard ratio within each level, and the p of interaction.",
      valueName: "cols"))
  var subgroups: String?

  func landmarks() throws -> [Double] {
    try numberList(times, option: "--times", range: "numbers of 0 or more") { $0 >= 0 }
  }

  func report(
    _ input: DataOptions, _ loaded: LoadedData, landmarks: [Double], bootstrap: BootstrapOptions.Request? = nil,
    isQuiet: Bool = true
  ) throws -> FitReport {
    var report = try FitReport(input, loaded, times: landmarks, tau: tau, bootstrap: bootstrap, isQuiet: isQuiet)
    if !loaded.selection.subgroups.isEmpty { report.add(try SubgroupReport(input, loaded)) }
    return report
  }
}

internal import ArgumentParser
internal import Survival

/// What is true in a simulated trial and how it is run: the options of `survkit design`, where there is one, and those that only a
/// simulation understands.
struct ScenarioOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Hazard ratio, experimental to control; \"1,0.6@3\" is 1, and 0.6 from time 3 after entry on (a delayed effect).",
      valueName: "hr[,hr@time]"))
  var hr: String

  @Option(help: ArgumentHelp("Number of subjects in all.", valueName: "count"))
  var n: Int

  @Option(help: ArgumentHelp("Experimental subjects to one control subject.", valueName: "ratio"))
  var ratio = 1.0

  @Option(help: ArgumentHelp("Median time of the control arm.", valueName: "time"))
  var controlMedian: Double?

  @Option(
    help: ArgumentHelp(
      "Hazard of the control arm, exponential; or piecewise, \"0.06,0.04@6\".", valueName: "rate[,rate@time]"))
  var controlHazard: String?

  @Option(
    help: ArgumentHelp("Shape of a Weibull distribution with --control-median; 1 is exponential.", valueName: "x"))
  var controlShape: Double?

  @Option(help: ArgumentHelp("Duration of accrual; 0 for all at once.", valueName: "time"))
  var accrual: Double

  @Option(
    help: ArgumentHelp(
      "Rates of accrual, \"5,10@6\": only their proportions matter. Uniform when not given.",
      valueName: "rate[,rate@time]"))
  var accrualRate: String?

  @Option(help: ArgumentHelp("Follow-up after the end of the accrual.", valueName: "time"))
  var followUp: Double?

  @Option(
    help: ArgumentHelp(
      "Analysis at this time from the start of the accrual; with --events the latest time.", valueName: "time"))
  var duration: Double?

  @Option(help: ArgumentHelp("Analysis at this number of events in all.", valueName: "count"))
  var events: Int?

  @Option(
    help: ArgumentHelp(
      "Hazard of dropout, exponential: one for both arms, or control,experimental.", valueName: "rate[,rate]"))
  var dropoutHazard: String?

  @Option(
    help: ArgumentHelp(
      "Proportion that would have dropped out by --dropout-time without events, in place of the hazard.", valueName: "p"
    ))
  var dropout: Double?

  @Option(help: ArgumentHelp("The time of --dropout.", valueName: "time"))
  var dropoutTime: Double?

  func scenario() throws -> TrialScenario {
    guard n >= 2, n <= 10_000_000 else { throw UsageError("--n takes 2 to 10000000 subjects, not \(n)") }
    guard ratio > 0, ratio.isFinite else { throw UsageError("--ratio takes a number above 0, not \(ratio)") }
    let control = Int((Double(n) / (1 + ratio)).rounded())
    guard control >= 1, control < n else {
      throw UsageError("--n \(n) at --ratio \(ratio) leaves an arm without subjects")
    }
    let dropouts = try dropoutHazards()
    let hazardRatio = try PiecewiseConstant(option: "--hr", hr)
    guard hazardRatio.values.allSatisfy({ $0 > 0 }) else {
      throw UsageError("--hr takes hazard ratios above 0, not \(hr)")
    }
    return try TrialScenario(
      controlCount: control, experimentalCount: n - control, control: try controlDistribution(),
      hazardRatio: hazardRatio, accrual: accrual,
      accrualRate: try accrualRate.map { text throws in try PiecewiseConstant(option: "--accrual-rate", text) },
      analysis: try analysisTime(), controlDropout: dropouts.control, experimentalDropout: dropouts.experimental)
  }

  private func controlDistribution() throws -> TrialScenario.ControlHazard {
    switch (controlMedian, controlHazard) {
    case (let median?, nil):
      guard median > 0, median.isFinite else {
        throw UsageError("--control-median takes a time above 0, not \(median)")
      }
      guard let shape = controlShape, shape != 1 else {
        return .piecewise(try PiecewiseConstant(logarithm(2) / median))
      }
      guard shape > 0, shape.isFinite else { throw UsageError("--control-shape takes a number above 0, not \(shape)") }
      return .weibull(shape: shape, scale: median / power(logarithm(2), 1 / shape))
    case (nil, let text?):
      guard controlShape == nil else { throw UsageError("--control-shape goes with --control-median") }
      return .piecewise(try PiecewiseConstant(option: "--control-hazard", text))
    default:
      throw UsageError("give the control arm's --control-median or --control-hazard, one of them")
    }
  }

  private func analysisTime() throws(UsageError) -> TrialScenario.AnalysisTime {
    switch (followUp, duration, events) {
    case (let time?, nil, nil): return .followUp(time)
    case (nil, let time?, nil): return .duration(time)
    case (nil, let latest, let events?): return .events(events, latest: latest)
    default:
      throw UsageError(
        "the analysis comes after --follow-up, at --duration or at a number of --events (with --duration: at the latest then)"
      )
    }
  }

  private func dropoutHazards() throws(UsageError) -> (control: Double, experimental: Double) {
    if let text = dropoutHazard {
      if dropout != nil || dropoutTime != nil { throw UsageError("give --dropout or --dropout-hazard, not both") }
      let values = try numberList(text, option: "--dropout-hazard", range: "rates of 0 or more") { $0 >= 0 }
      guard values.count <= 2 else { throw UsageError("--dropout-hazard takes one rate, or control,experimental") }
      return (values[0], values[values.count - 1])
    }
    let hazard = try Design.dropoutHazard(proportion: dropout, time: dropoutTime) ?? 0
    return (hazard, hazard)
  }
}

extension PiecewiseConstant {
  /// "0.06,0.04@6": a value from 0 on, and further ones from their times on.
  init(option: String, _ text: String) throws {
    var values: [Double] = []
    var starts: [Double] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "@", omittingEmptySubsequences: false).map { Double($0.trimmingBlanks) }
      let isFirst = values.isEmpty
      guard pieces.count == (isFirst ? 1 : 2), let value = pieces[0], value.isFinite, value >= 0,
        let start = isFirst ? 0 : pieces[1], start.isFinite, start > starts.last ?? -1
      else {
        throw UsageError(
          "\(option) takes a number of 0 or more, and after a comma others with the times from which they hold, ascending: "
            + "\"1,0.6@3\"; \"\(part)\" in \"\(text)\" does not fit")
      }
      values.append(value)
      starts.append(start)
    }
    try self.init(values: values, starts: starts)
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}

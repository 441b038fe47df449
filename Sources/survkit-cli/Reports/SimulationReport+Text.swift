internal import Reporting
internal import Survival

extension SimulationReport {
  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines(["Simulation: two arms, \(simulation.replicates) trials, seed \(simulation.seed)"]))
    document.add(.table(assumptions))
    document.add(.table(shares))
    document.add(.table(estimates))
    document.add(.table(course))
    document.add(.list(remarks.map(\.message)))
    document.add(
      .lines([
        "In brackets: \(NumberText.percent(OperatingCharacteristics.monteCarloLevel)) Monte Carlo intervals, which say how well "
          + "\(simulation.replicates) trials determine a number (shares: Wilson).",
        "HR: Cox model, \(simulation.ties.rawValue) ties, Wald interval of \(NumberText.percent(simulation.level)).",
      ]))
    return document
  }

  private func number(_ value: Double) -> String { NumberText.significant(value, 5) }

  private func share(_ share: OperatingCharacteristics.Share) -> String {
    func percent(_ x: Double) -> String { NumberText.fixed(100 * x, 2) }
    return "\(percent(share.estimate))% [\(percent(share.lower)), \(percent(share.upper))]"
  }

  private func mean(_ mean: OperatingCharacteristics.Mean, _ decimals: Int) -> String {
    let interval =
      mean.standardError.isFinite
      ? " [\(NumberText.fixed(mean.lower, decimals)), \(NumberText.fixed(mean.upper, decimals))]" : ""
    return NumberText.fixed(mean.estimate, decimals) + interval
  }

  private func pieces(_ function: PiecewiseConstant) -> String {
    zip(function.values, function.starts).map { value, start in
      start == 0
        ? NumberText.significant(value, 4) : "\(NumberText.significant(value, 4)) from \(NumberText.plain(start))"
    }.joined(separator: ", ")
  }

  private var assumptions: [[String]] {
    var rows = [["Assumed", ""]]
    rows.append(["Subjects", "\(scenario.controlCount) control, \(scenario.experimentalCount) experimental"])
    switch scenario.control {
    case .piecewise(let hazard):
      let median = hazard.values.count == 1 ? " (median \(number(logarithm(2) / hazard.values[0])))" : ""
      rows.append([
        "Control arm",
        "\(hazard.values.count == 1 ? "exponential" : "piecewise exponential"), hazard \(pieces(hazard))\(median)",
      ])
    case .weibull(let shape, let scale):
      rows.append([
        "Control arm",
        "Weibull, shape \(number(shape)), scale \(number(scale)) (median \(number(scale * power(logarithm(2), 1 / shape))))",
      ])
    }
    rows.append(["Hazard ratio, experimental to control", pieces(scenario.hazardRatio)])
    let rate = scenario.accrualRate.isConstant ? "uniform" : "rates \(pieces(scenario.accrualRate))"
    rows.append([
      "Accrual", scenario.accrual == 0 ? "all at once" : "\(rate), over \(NumberText.plain(scenario.accrual))",
    ])
    switch scenario.analysis {
    case .followUp(let time): rows.append(["Analysis", "\(NumberText.plain(time)) after the end of the accrual"])
    case .duration(let time): rows.append(["Analysis", "\(NumberText.plain(time)) after the start of the accrual"])
    case .events(let count, let latest):
      let end = latest.map { ", at the latest at \(NumberText.plain($0))" } ?? ""
      rows.append(["Analysis", "at \(count) events\(end)"])
    }
    let (control, experimental) = (scenario.controlDropout, scenario.experimentalDropout)
    let dropout =
      control == experimental
      ? "exponential, hazard \(number(control)) in both arms"
      : "exponential, hazards \(number(control)) and \(number(experimental))"
    rows.append(["Dropout", control == 0 && experimental == 0 ? "none" : dropout])
    let sides = simulation.test.sides == 2 ? "two-sided" : "one-sided, HR \(simulation.isBenefit ? "below" : "above") 1"
    rows.append(["Level of the tests", "\(NumberText.plain(simulation.test.alpha)) \(sides)"])
    return rows
  }

  /// Shares of significant trials: power, and type-I error where the hazards are equal.
  private var shares: [[String]] {
    let isTwoSided = simulation.test.sides == 2
    var header = ["Test", isNull ? "Type-I error" : "Power", "MC s.e."]
    if isTwoSided { header += ["HR < 1", "HR > 1"] }
    if null != nil { header += ["Type-I error (HR 1)", "MC s.e."] }
    return [header]
      + alternative.tests.indices.map { i in
        let test = alternative.tests[i]
        var row = [test.test.name, share(test.rejected), error(test.rejected)]
        if isTwoSided {
          row += [test.favoursExperimental, test.favoursControl].map { NumberText.fixed(100 * $0.estimate, 2) + "%" }
        }
        if let null { row += [share(null.tests[i].rejected), error(null.tests[i].rejected)] }
        return row
      }
  }

  private func error(_ share: OperatingCharacteristics.Share) -> String {
    NumberText.fixed(100 * share.standardError, 2) + "%"
  }

  private var columns: [OperatingCharacteristics] { [alternative] + [null].compactMap { $0 } }

  private var columnTitles: [String] { null == nil ? [""] : ["As assumed", "HR 1"] }

  private func row(_ name: String, _ value: (OperatingCharacteristics) -> String) -> [String] {
    [name] + columns.map(value)
  }

  private var estimates: [[String]] {
    func none(_ found: OperatingCharacteristics) -> String {
      found.hazardRatio.trueLogRatio == nil ? "not defined: HR changes" : "no finite estimate"
    }
    return [
      ["Hazard ratio"] + columnTitles,
      row("Mean of ln HR") { mean($0.hazardRatio.logRatio, 4) },
      row("Geometric mean of HR") { number(exponential($0.hazardRatio.logRatio.estimate)) },
      row("Bias of ln HR") { found in
        found.hazardRatio.bias.map {
          "\(NumberText.fixed($0, 4)) (MC s.e. \(NumberText.fixed(found.hazardRatio.logRatio.standardError, 4)))"
        }
          ?? none(found)
      },
      row("Standard deviation of ln HR") { number($0.hazardRatio.logRatio.standardDeviation) },
      row("Mean standard error") { number($0.hazardRatio.meanStandardError) },
      row("Coverage of the interval") { $0.hazardRatio.coverage.map(share) ?? none($0) },
    ]
  }

  private var course: [[String]] {
    [
      ["Course of the trial"] + columnTitles,
      row("Events") { mean($0.events, 1) },
      row("Events, control") { mean($0.controlEvents, 1) },
      row("Events, experimental") { mean($0.experimentalEvents, 1) },
      row("Subjects at the analysis") { mean($0.subjects, 1) },
      row("Time of the analysis") { mean($0.analysisTime, 2) },
    ]
  }
}

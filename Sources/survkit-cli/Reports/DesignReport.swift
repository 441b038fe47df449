internal import Reporting
internal import Survival

/// What a command that reads no data reports.
protocol PlanReport {
  var command: String { get }
  var settings: JSONValue { get }
  var result: JSONValue { get }
  var remarks: [Remark] { get }
  var document: ReportDocument { get }
}

/// What `survkit design` reports.
struct DesignReport: PlanReport {
  let command = "design"
  let remarks: [Remark] = []
  let design: TrialDesign

  private var solved: String {
    switch design.question {
    case .size: "size"
    case .powerOfEvents, .powerOfSubjects: "power"
    case .hazardRatioOfEvents, .hazardRatioOfSubjects: "hr"
    }
  }

  var settings: JSONValue {
    var settings = JSONObject()
    settings.add("solve", solved)
    settings.add("method", design.method.rawValue)
    settings.add("formula", design.method.formula)
    settings.add("alpha", design.test.alpha)
    settings.add("sides", design.test.sides)
    settings.add("alpha_per_side", design.test.levelPerSide)
    settings.add("null_hr", design.test.margin)
    if design.hasArms { settings.add("allocation_ratio", design.allocationRatio) }
    if let variance = design.covariateVariance {
      settings.add("covariate_variance", variance)
      settings.add("covariate_r2", design.covariateR2)
    }
    switch design.followUp {
    case .eventsOnly: settings.add("follow_up_model", "none: only events are planned")
    case .probabilities: settings.add("follow_up_model", "probabilities of an event")
    case .exponential(let hazard, let accrual, let followUp, let dropout):
      settings.add("follow_up_model", "exponential survival, uniform accrual, exponential dropout")
      settings.add("control_hazard", hazard)
      settings.add("accrual", accrual)
      settings.add("follow_up", followUp)
      settings.add("dropout_hazard", dropout)
    }
    return settings.value
  }

  var result: JSONValue {
    let rounded = design.rounded
    var object = JSONObject()
    object.add("hr", design.hazardRatio)
    object.add("power", design.power)
    object.add(
      "events",
      .members(
        ("exact", .number(design.events)), ("rounded", .number(rounded.events)),
        ("power_at_rounded", .number(rounded.powerOfEvents))))
    if let subjects = design.subjects, let whole = rounded.subjects, let expected = rounded.expectedEvents {
      object.add(
        "n",
        .members(
          ("exact", json(subjects)), ("rounded", json(whole)),
          ("power_at_rounded", .optional(rounded.powerOfSubjects))))
      if let p = design.eventProbabilities {
        object.add(
          "event_probability",
          design.hasArms
            ? .members(("control", .number(p.control)), ("experimental", .number(p.experimental))) : .number(p.control))
      }
      object.add("expected_events_at_rounded", json(expected))
    }
    object.add(
      "critical_hr", design.criticalHazardRatio, ifNone: "the formula \(design.method.rawValue) is not about ln HR")
    return object.value
  }

  private func json(_ arms: TrialDesign.Arms) -> JSONValue {
    design.hasArms
      ? .members(
        ("control", .number(arms.control)), ("experimental", .number(arms.experimental)), ("total", .number(arms.total))
      )
      : .members(("total", .number(arms.total)))
  }

  // MARK: Text

  private func number(_ value: Double) -> String { NumberText.significant(value, 5) }
  private func whole(_ value: Double) -> String { NumberText.fixed(value, 0) }
  private func percent(_ value: Double) -> String { "\(NumberText.fixed(100 * value, 2))%" }

  private var assumptions: [[String]] {
    let test = design.test
    var rows = [["Assumed", ""]]
    rows.append([
      "Null hypothesis", test.margin == 1 ? "HR = 1" : "HR >= \(NumberText.plain(test.margin)) (margin)",
    ])
    rows.append([
      "Level",
      "\(NumberText.plain(test.alpha)) \(test.sides == 2 ? "two-sided, \(NumberText.plain(test.levelPerSide)) in the direction of the effect" : "one-sided")",
    ])
    if design.hasArms {
      rows.append(["Allocation, experimental to control", "\(NumberText.plain(design.allocationRatio)) to 1"])
    }
    if let variance = design.covariateVariance {
      rows.append(["Variance of the covariate", number(variance)])
      rows.append(["R-squared with other covariates", number(design.covariateR2)])
    }
    switch design.followUp {
    case .eventsOnly: rows.append(["Accrual and follow-up", "none: only events are planned"])
    case .probabilities: rows.append(["Probability of an event", "as given"])
    case .exponential(let hazard, let accrual, let followUp, let dropout):
      rows.append(["Survival", "exponential"])
      rows.append(["Hazard of the control arm", "\(number(hazard)) (median \(number(logarithm(2) / hazard)))"])
      rows.append([
        "Hazard of the experimental arm",
        "\(number(hazard * design.hazardRatio)) (median \(number(logarithm(2) / (hazard * design.hazardRatio))))",
      ])
      rows.append(["Accrual", "uniform over \(NumberText.plain(accrual))"])
      rows.append(["Follow-up after the last entry", NumberText.plain(followUp)])
      rows.append(["Dropout", dropout == 0 ? "none" : "exponential, hazard \(number(dropout)) in both arms"])
    }
    return rows
  }

  private var found: [[String]] {
    func given(_ isGiven: Bool) -> String { isGiven ? "given" : "found" }
    return [
      ["", "Value", ""], ["Hazard ratio", number(design.hazardRatio), given(solved != "hr")],
      ["Power", percent(design.power), given(solved != "power")],
      ["Events", number(design.events), events],
    ] + (design.subjects.map { [["Subjects", number($0.total), subjects]] } ?? [])
  }

  private var events: String {
    switch design.question {
    case .powerOfEvents, .hazardRatioOfEvents: "given"
    default: "found"
    }
  }

  private var subjects: String {
    switch design.question {
    case .powerOfSubjects, .hazardRatioOfSubjects: "given"
    default: "found"
    }
  }

  private var rounded: [[String]] {
    let rounded = design.rounded
    guard let whole = rounded.subjects, let expected = rounded.expectedEvents, let p = design.eventProbabilities else {
      return []
    }
    let header = ["Rounded up", "Subjects", "Probability of an event", "Expected events"]
    let total = ["Total", self.whole(whole.total), "", NumberText.fixed(expected.total, 1)]
    guard design.hasArms else {
      return [
        header, ["All", self.whole(whole.total), NumberText.fixed(p.control, 4), NumberText.fixed(expected.total, 1)],
      ]
    }
    return [
      header,
      ["Control", self.whole(whole.control), NumberText.fixed(p.control, 4), NumberText.fixed(expected.control, 1)],
      [
        "Experimental", self.whole(whole.experimental), NumberText.fixed(p.experimental, 4),
        NumberText.fixed(expected.experimental, 1),
      ], total,
    ]
  }

  var document: ReportDocument {
    var document = ReportDocument()
    document.add(.lines([design.hasArms ? "Design: two arms" : "Design: one covariate of a Cox model"]))
    document.add(.table(assumptions))
    document.add(.table(found))
    document.add(.table(rounded))
    var lines = [
      "\(whole(design.rounded.events)) events, rounded up: power \(percent(design.rounded.powerOfEvents))"
    ]
    if let power = design.rounded.powerOfSubjects, let subjects = design.rounded.subjects {
      lines.append("\(whole(subjects.total)) subjects, every arm rounded up: power \(percent(power))")
    }
    if let critical = design.criticalHazardRatio {
      let side = design.hazardRatio < design.test.margin ? "at or below" : "at or above"
      lines.append(
        "With \(whole(design.rounded.events)) events an estimated hazard ratio \(side) \(NumberText.significant(critical, 4)) is significant"
      )
    }
    document.add(.list(lines))
    document.add(
      .lines([
        "Formula: \(design.method.formula).",
        "Power is the chance of significance in the direction of the effect. No design effect, interim look or delay is allowed for.",
      ]))
    return document
  }
}

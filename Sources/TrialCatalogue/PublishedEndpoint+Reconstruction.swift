public import Reconstruction

extension PublishedEndpoint {
  /// Arms as figures and comparisons list them: experimental, then control.
  public var orderedArms: [PublishedArm] {
    [experimental, control].compactMap { id in arms.first { $0.id == id } }
  }

  /// What rows of each arm may be made from, in the same order, with the schedule of assessments, which they share.
  public var orderedFacts: [ArmFacts] {
    let schedule = assessments.flatMap { $0.role == .input ? try? $0.schedule() : nil }
    return orderedArms.map { $0.facts.assessed(at: schedule) }
  }

  /// Rows of every arm at the endpoint's level, from the facts whose role is `input` and from no others.
  ///
  /// - Throws: `ReconstructionError` for facts that contradict each other or do not suffice.
  public func reconstruct() throws(ReconstructionError) -> [ReconstructedArm] {
    switch level {
    case "B":
      var made: [ReconstructedArm] = []
      for facts in orderedFacts { made.append(try CurveReconstruction.rows(facts)) }
      return made
    case "C":
      guard let ratio = hazardRatio, ratio.role == .input else {
        throw ReconstructionError(.missing, arm: experimental, "level C needs the hazard ratio as an input")
      }
      let facts = orderedFacts
      let made = try SummaryReconstruction(control: facts[1], experimental: facts[0], hazardRatio: ratio.value)
      return [made.experimental, made.control]
    default:
      throw ReconstructionError(
        .missing, arm: experimental, notReconstructed ?? "\(name): no level of reconstruction is given")
    }
  }
}

extension PublishedArm {
  /// What rows may be made from: facts whose role is `input`. See `PublishedEndpoint.orderedFacts` for the assessments.
  public var facts: ArmFacts {
    let row = atRisk.flatMap { $0.role == .input ? $0 : nil }
    let curve = survival.flatMap { $0.role == .input ? $0 : nil }
    let recalled = Set(row?.recalledTimes ?? [])
    return ArmFacts(
      arm: id, subjects: n.value, events: events?.value, median: median?.role == .input ? median?.value : nil,
      atRisk: zip(row?.times ?? [], row?.n ?? []).compactMap { time, count in
        count.map { .init(time: time, count: $0, isExact: !recalled.contains(time)) }
      },
      readings: zip(curve?.times ?? [], curve?.values ?? []).map { .init(time: $0, survival: $1) },
      readingError: curve?.readingError ?? 0.005, largestReadingError: curve?.largestError ?? 0.015,
      dropout: dropout?.role == .input ? dropout?.model : nil)
  }
}

extension PublishedAssessments {
  /// - Throws: `AssessmentSchedule.Fault` for periods that make no schedule.
  func schedule() throws(AssessmentSchedule.Fault) -> AssessmentSchedule {
    try AssessmentSchedule(periods.map { .init(every: $0.every, until: $0.until) }, jitter: jitter ?? 0)
  }
}

extension PublishedDropout {
  /// nil where neither a rate nor a fraction with its time is given, or both, or where they are impossible.
  var model: Dropout? {
    switch (rate, fraction, by) {
    case (let rate?, nil, nil): Dropout(rate: rate)
    case (nil, let fraction?, let time?): Dropout(fraction: fraction, by: time)
    default: nil
    }
  }
}

public import Reconstruction

extension PublishedEndpoint {
  /// Arms as figures and comparisons list them: experimental, then control.
  public var orderedArms: [PublishedArm] {
    [experimental, control].compactMap { id in arms.first { $0.id == id } }
  }

  /// Rows of every arm at the endpoint's level, from the facts whose role is `input` and from no others.
  ///
  /// - Throws: `ReconstructionError` for facts that contradict each other or do not suffice.
  public func reconstruct() throws(ReconstructionError) -> [ReconstructedArm] {
    switch level {
    case "B":
      var made: [ReconstructedArm] = []
      for arm in orderedArms { made.append(try CurveReconstruction.rows(arm.facts)) }
      return made
    case "C":
      guard let ratio = hazardRatio, ratio.role == .input else {
        throw ReconstructionError(.missing, arm: experimental, "level C needs the hazard ratio as an input")
      }
      let facts = orderedArms.map(\.facts)
      let made = try SummaryReconstruction(control: facts[1], experimental: facts[0], hazardRatio: ratio.value)
      return [made.experimental, made.control]
    default:
      throw ReconstructionError(
        .missing, arm: experimental, notReconstructed ?? "\(name): no level of reconstruction is given")
    }
  }
}

extension PublishedArm {
  /// What rows may be made from: facts whose role is `input`.
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
      readingError: curve?.readingError ?? 0.005, largestReadingError: curve?.largestError ?? 0.015)
  }
}

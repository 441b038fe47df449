internal import Reconstruction
internal import Survival
internal import TrialCatalogue

extension EndpointResult {
  /// Intervals about the rows that are analysed, from the facts that they were made from.
  static func intervals(
    _ endpoint: PublishedEndpoint, rows: Trial.EndpointRows, settings: RepeatSettings
  ) -> ReconstructionIntervals {
    let level = endpoint.level.flatMap(ReconstructionLevel.init(rawValue:)) ?? .summary
    if level != .summary, settings.repeats > 0 {
      // Repeats of facts that contradict each other say nothing about rows that somebody made by other means.
      do throws(ReconstructionError) {
        _ = try endpoint.reconstruct()
      } catch {
        return ReconstructionIntervals(none: "the facts allow no reconstruction (\(error))")
      }
    }
    let members = rows.arms.rowsByGroup
    let arms = endpoint.orderedArms.map { arm in
      let group = rows.arms.labels.firstIndex(of: arm.id)
      return ReconstructedArm(
        arm: arm.id, level: level,
        rows: (group.map { members[$0] } ?? []).map { .init(time: rows.data.time[$0], isEvent: rows.data.isEvent[$0]) })
    }
    return ReconstructionIntervals(
      endpoint.orderedFacts, rows: arms, reference: endpoint.control, settings: settings)
  }

  /// Why the hazard ratio of the rows is not the published one, as far as the facts say it; empty where it is an input or
  /// was not published.
  public var hazardRatioDifferences: [String] {
    guard let published = endpoint.hazardRatio, published.role != .input else { return [] }
    var reasons: [String] = []
    if published.stratified { reasons.append("the published one is stratified, and the rows hold no strata") }
    let curves = endpoint.orderedArms.compactMap(\.survival).filter { $0.role == .input }
    if let usual = curves.map(\.readingError).max(), let largest = curves.map(\.largestError).max() {
      reasons.append("the readings of the curve are imperfect (usual error \(plain(usual)), largest \(plain(largest)))")
    }
    let recalled = endpoint.orderedArms.compactMap { arm in
      arm.events.flatMap { $0.confidence == .recalled ? "\($0.value) \(arm.id)" : nil }
    }
    if !recalled.isEmpty {
      reasons.append("the number of events is recalled, not looked up again (\(recalled.joined(separator: ", ")))")
    }
    if let visits = endpoint.assessments, visits.role == .input, visits.confidence == .recalled {
      reasons.append("the schedule of assessments is recalled")
    }
    return reasons
  }

  /// Whether the reconstruction interval of the hazard ratio holds the published one, which is known to two decimals; nil
  /// without an interval.
  public var reconstructionHoldsPublished: Bool? {
    guard let published = endpoint.hazardRatio?.value,
      let ratio = intervals.uncertainty?.comparisons.first?.hazardRatio,
      let lower = ratio.lower, let upper = ratio.upper
    else { return nil }
    return lower <= published + 0.005 && upper >= published - 0.005
  }
}

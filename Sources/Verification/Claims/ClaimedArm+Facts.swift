public import Reconstruction
public import TrialCatalogue

extension ClaimedArm {
  /// What rows may be made from: N, events, numbers at risk, the median, and readings of the curve; nil without N.
  ///
  /// - Parameter digitised: readings from elsewhere, in place of those among the claims.
  public func facts(_ digitised: ArmFacts? = nil) -> ArmFacts? {
    guard let n else { return nil }
    let own = curve.map { curve in zip(curve.times, curve.survival).map { ArmFacts.Reading(time: $0, survival: $1) } }
    let readings = digitised?.readings ?? own ?? []
    guard !readings.isEmpty else { return nil }
    return ArmFacts(
      arm: id, subjects: Int(n.value), events: events.map { Int($0.value) }, median: median?.value.number?.value,
      atRisk: atRisk.map { .init(time: $0.time, count: Int($0.n.value), isExact: !$0.n.isRecalled) },
      readings: readings,
      censorMarks: digitised?.censorMarks ?? [],
      readingError: digitised == nil ? curve?.error : digitised?.readingError,
      largestReadingError: digitised?.largestReadingError ?? curve?.largestError ?? 0.015)
  }
}

internal import Survival

/// The Cox estimate (Efron ties) of one arm's made rows against another's.
struct HazardRatio: Sendable {
  let logarithm: Double
  let standardError: Double
  var value: Double { exponential(logarithm) }

  /// nil when the rows hold no hazard ratio: no events, or a curve that never falls.
  init?(of arm: ReconstructedArm, against reference: ReconstructedArm) {
    let rows = reference.rows + arm.rows
    let arms = Grouping(
      labels: ["reference", "arm"],
      codes: [Int32](repeating: 0, count: reference.rows.count) + [Int32](repeating: 1, count: arm.rows.count))
    guard let data = try? TimeToEvent(time: rows.map(\.time), isEvent: rows.map(\.isEvent)),
      let design = try? DesignMatrix([.factor(name: "arm", levels: arms, reference: nil)], rows: rows.count),
      let fit = try? CoxModel().fit(data, design)
    else { return nil }
    logarithm = fit.coefficients[0]
    standardError = fit.standardErrors[0]
  }
}

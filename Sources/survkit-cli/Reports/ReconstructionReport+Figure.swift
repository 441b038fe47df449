internal import Reconstruction
internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialData

extension ReconstructionReport {
  /// Readings over rebuilt curves, their gaps, numbers at risk printed and rebuilt.
  ///
  /// - Throws: `SurvivalInputError` for more than six arms.
  func figure() throws -> ReconstructionFigure {
    var arms: [ReconstructionFigure.Arm] = []
    for (position, found) in rows.diagnostics.enumerated() {
      let made = rows.arms[position].rows
      let data = try TimeToEvent(time: made.map(\.time), isEvent: made.map(\.isEvent))
      arms.append(
        ReconstructionFigure.Arm(
          label: found.arm, curve: try KaplanMeier.curves(data, confidence: try ConfidenceSetting())[0],
          readings: zip(facts[position].readings, found.gaps).map {
            .init(time: $0.time, survival: $0.survival, gap: $1.gap)
          }, readingError: facts[position].readingErrorInForce,
          atRisk: found.atRisk.map {
            .init(time: $0.time, printed: $0.asked, rebuilt: $0.given, isExact: $0.isExact)
          }, findings: [finding(found)] + comparison(found.arm)))
    }
    func sentence(_ text: String) -> String { "\(text.prefix(1).uppercased())\(text.dropFirst())." }
    let level = rows.arms.first.map { " " + sentence($0.level.sentence) } ?? ""
    return try ReconstructionFigure(
      arms: arms, title: rows.title, origin: sentence(ReconstructedRows.origin) + level,
      timeLabel: timeUnit == "time" ? "Time" : "Time (\(timeUnit))",
      footer: rows.notes.map { sentence($0.message) } + [source])
  }

  private var source: String {
    let citation = rows.citation.isEmpty ? "" : "\(rows.citation). "
    return "Source: \(citation)\(rows.files.map(\.name).joined(separator: ", "))."
  }

  private func finding(_ found: ReconstructionDiagnostics) -> String {
    func time(_ value: Double?) -> String {
      guard let value else { return "not reached" }
      return value == value.rounded() ? NumberText.plain(value) : NumberText.significant(value, 4)
    }
    var parts = ["N \(found.subjectsGiven)"]
    parts.append(
      "events \(found.eventsGiven) (\(found.eventsAsked.map { "asked \($0)" } ?? "no total given"))")
    parts.append(
      "median \(time(found.medianGiven)) (\(found.medianAsked.map { "asked \(NumberText.plain($0))" } ?? "not given"))")
    if let rms = found.rootMeanSquareGap, let largest = found.largestGap {
      parts.append(
        "gap to \(found.gaps.count) readings: RMS \(NumberText.fixed(rms, 4)), largest \(NumberText.fixed(largest.gap.magnitude, 4)) at "
          + time(largest.time))
    }
    return parts.joined(separator: "; ") + "."
  }

  /// The hazard ratio of an arm, or that the others are compared with it.
  private func comparison(_ arm: String) -> [String] {
    guard let uncertainty = rows.uncertainty else { return [] }
    return uncertainty.comparisons.filter { $0.arm == arm }.map { uncertainty.sentence($0) + "." }
  }
}

internal import Reporting
internal import Survival
internal import SurvivalFigures
internal import TrialCatalogue
internal import Verification

extension EndpointResult {
  /// The Kaplan–Meier figure of the endpoint's reconstructed rows, with the published hazard ratio beside the rows' own.
  func figure(of trial: PublishedTrial) throws(SurvivalInputError) -> KaplanMeierFigure {
    let level = NumberText.percent(hazardRatioLevel)
    let ratio =
      "HR \(NumberText.fixed(hazardRatio.estimate, 2)) (\(level) CI \(NumberText.fixed(hazardRatio.lower, 2)) to "
      + "\(NumberText.fixed(hazardRatio.upper, 2))), unstratified"
    var lines = [ratio, "Log-rank p \(NumberText.pEquation(logRank.p)), unstratified"]
    if let published = endpoint.hazardRatio {
      lines.append(
        "Published: HR \(NumberText.fixed(published.value, 2)) (\(level) CI \(NumberText.fixed(published.ci[0], 2)) to "
          + "\(NumberText.fixed(published.ci[1], 2)))"
          + (published.stratified ? ", stratified" : "") + (published.role == .input ? "; used as an input" : ""))
    }
    let medianLevel = NumberText.percent(arms.first?.medianLevel ?? 0.95)
    let unit = endpoint.unit ?? "Time"
    let capitalised = unit.prefix(1).uppercased() + unit.dropFirst()
    return try KaplanMeierFigure(
      arms: arms.map { .init(label: $0.published.label, curve: $0.curve) },
      title: "\(trial.name): \(endpoint.name.prefix(1).lowercased() + endpoint.name.dropFirst())",
      timeLabel: "\(capitalised) since \(endpoint.origin ?? "the origin")",
      annotation: FigureAnnotation(
        header: ["Events/N", "Median (\(medianLevel) CI)"],
        rows: arms.map { arm in
          func limit(_ value: Double?) -> String { value.map { NumberText.fixed($0, 1) } ?? "NR" }
          return [
            "\(NumberText.fixed(arm.curve.table.totalEvents, 0))/\(arm.curve.count)",
            "\(limit(arm.median.estimate)) (\(limit(arm.median.lower)) to \(limit(arm.median.upper)))",
          ]
        }, lines: lines),
      footer: [
        "Reconstructed, \(levelSentence). No row is a patient.",
        "Published facts: \(trial.citation). 95% pointwise intervals, log scale; sampling error only. NR: not reached.",
      ],
      options: .init(identifier: "\(trial.id)-\(endpoint.id)"))
  }
}

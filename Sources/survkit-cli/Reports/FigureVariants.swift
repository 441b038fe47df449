internal import Reporting
internal import Survival
internal import SurvivalFigures

/// The Kaplan–Meier figure with every table under it and every scale of its intervals, for a page that shows one at a time.
///
/// Figures that differ in their bands alone share a frame. A band is drawn once per scale: on a frame with another time axis it is
/// the same path, stretched.
struct FigureVariants {
  /// A figure that serves one table and some scales.
  struct Frame {
    let identifier: String
    let mode: KaplanMeierFigure.RiskTableMode
    var scales: [ConfidenceTransform]
    let parts: FigureParts
  }

  private(set) var frames: [Frame] = []
  /// By scale, in the order of `ConfidenceTransform.allCases`, as drawn with the first table.
  private(set) var bands: [(scale: ConfidenceTransform, parts: FigureParts)] = []
  /// The curves with intervals of each scale, in the same order.
  let curves: [(scale: ConfidenceTransform, curves: [KaplanMeier])]

  static let modes: [KaplanMeierFigure.RiskTableMode] = [.atRisk, .atRiskCensored, .kmunicate, .none]

  init(_ fit: FitReport, timeLabel: String) throws {
    let own = fit.confidence
    curves = try ConfidenceTransform.allCases.map { scale in
      guard scale != own.transform else { return (scale, fit.curves) }
      let confidence = try ConfidenceSetting(level: own.level, transform: scale)
      return (scale, fit.curves.map { KaplanMeier($0.table, confidence: confidence) })
    }
    // The scale of the report first: a frame that serves it is there before the others ask for one.
    let ordered = curves.filter { $0.scale == own.transform } + curves.filter { $0.scale != own.transform }
    for mode in FigureVariants.modes {
      for (scale, curves) in ordered {
        let identifier = "km-\(mode.rawValue)"
        func parts(_ identifier: String) throws -> FigureParts {
          try KaplanMeierFigure(
            arms: zip(fit.labels, curves).map { .init(label: $0, curve: $1) }, title: "", timeLabel: timeLabel,
            summary: "Kaplan-Meier curves of \(fit.labels.joined(separator: ", ")).",
            options: .init(riskTable: mode, identifier: identifier)
          ).parts()
        }
        let made = try parts(identifier)
        if mode == FigureVariants.modes[0] { bands.append((scale, made)) }
        if let place = frames.firstIndex(where: { $0.mode == mode && $0.parts.frame == made.frame }) {
          frames[place].scales.append(scale)
        } else {
          let isFirst = !frames.contains { $0.mode == mode }
          let own = isFirst ? identifier : "\(identifier)-\(scale.rawValue)"
          frames.append(
            Frame(identifier: own, mode: mode, scales: [scale], parts: isFirst ? made : try parts(own)))
        }
      }
    }
  }

  /// For the page's script: which frame serves what, and the bands.
  var json: JSONValue {
    func area(_ parts: FigureParts) -> JSONValue {
      .numbers([parts.area.left, parts.area.right, parts.area.top, parts.area.bottom, parts.area.end])
    }
    return .members(
      (
        "frames",
        .array(
          frames.map {
            .members(
              ("id", .string($0.identifier)), ("mode", .string($0.mode.rawValue)),
              ("scales", .array($0.scales.map { .string($0.rawValue) })), ("area", area($0.parts)))
          })
      ),
      (
        "bands",
        .object(
          bands.map {
            .init(
              $0.scale.rawValue,
              .members(("area", area($0.parts)), ("paths", .array($0.parts.bands.map(JSONValue.string)))))
          })
      ), ("colours", .array((frames.first?.parts.colours ?? []).map(JSONValue.string))))
  }
}

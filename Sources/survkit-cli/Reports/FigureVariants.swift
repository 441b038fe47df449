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
      return (scale, fit.curves.map { $0.withConfidence(confidence) })
    }
    for mode in FigureVariants.modes {
      func parts(_ curves: [KaplanMeier], _ identifier: String) throws -> FigureParts {
        try KaplanMeierFigure(
          arms: zip(fit.labels, curves).map { .init(label: $0, curve: $1) }, title: "", timeLabel: timeLabel,
          summary: "Kaplan-Meier curves of \(fit.labels.joined(separator: ", ")).",
          options: .init(riskTable: mode, identifier: identifier)
        ).parts()
      }
      let identifier = "km-\(mode.rawValue)"
      let made = try self.curves.map { (scale: $0.scale, curves: $0.curves, parts: try parts($0.curves, identifier)) }
      if mode == FigureVariants.modes[0] { bands = made.map { ($0.scale, $0.parts) } }
      // Where the bands of one scale leave the legend no room in the panel, it stands above for all.
      let lowest = made.max { $0.parts.area.top < $1.parts.area.top }
      if let lowest, made.contains(where: { $0.parts.area.top < lowest.parts.area.top }) {
        frames.append(Frame(identifier: identifier, mode: mode, scales: made.map(\.scale), parts: lowest.parts))
        continue
      }
      for one in made {
        if let place = frames.firstIndex(where: { $0.mode == mode && $0.parts.frame == one.parts.frame }) {
          frames[place].scales.append(one.scale)
        } else {
          let name = frames.contains { $0.mode == mode } ? "\(identifier)-\(one.scale.rawValue)" : identifier
          frames.append(
            Frame(
              identifier: name, mode: mode, scales: [one.scale],
              parts: name == identifier ? one.parts : try parts(one.curves, name)))
        }
      }
    }
  }

  /// The figure of a scale and the first table, with its bands.
  func svg(_ scale: ConfidenceTransform) -> String? {
    guard let own = bands.first(where: { $0.scale == scale })?.parts else { return nil }
    return frame(scale, FigureVariants.modes[0])?.parts.svg(bandsOf: own)
  }

  func frame(_ scale: ConfidenceTransform, _ mode: KaplanMeierFigure.RiskTableMode) -> Frame? {
    frames.first { $0.mode == mode && $0.scales.contains(scale) }
  }

  /// For the page's script: which frame serves what, and the bands.
  var json: JSONValue {
    func area(_ parts: FigureParts) -> JSONValue {
      // Thousandths of a point are a hundredth of what a screen shows; the time at the edge stays as it is.
      .numbers(
        [parts.area.left, parts.area.right, parts.area.top, parts.area.bottom].map { ($0 * 1000).rounded() / 1000 }
          + [parts.area.end])
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

internal import Reconstruction
internal import TrialData

extension DigitisedFigure {
  /// The value axis of a figure; what is not stated is recognised from the readings, and said.
  public struct Axis: Sendable, Equatable {
    public enum Scale: String, Sendable, CaseIterable {
      case probability
      case percent
    }
    public enum Direction: String, Sendable, CaseIterable {
      case survival
      /// The curve rises: 1 − S.
      case failure
    }
    public var scale: Scale?
    public var direction: Direction?

    public init(scale: Scale? = nil, direction: Direction? = nil) {
      self.scale = scale
      self.direction = direction
    }
  }

  /// Something recognised or changed in the input that its reader must know.
  public struct Note: Sendable, Equatable {
    public let code: String
    public let message: String
  }
}

/// Readings of one arm as a file gives them, before the value axis is known.
struct RawCurve {
  let arm: String
  let file: String
  let heading: String
  let points: [DigitisedTable.Point]
}

extension DigitisedFigure.Axis {
  /// A click this far outside the axes, as a part of their length, stands beside them; farther out it is a mistake.
  static let margin = 0.02

  /// The axis of the figure: what is stated, else what the readings show.
  ///
  /// Percentages: a reading above 1.5. Failure: every curve begins at or below one quarter and does not fall. One axis holds for
  /// all arms.
  func recognised(_ curves: [RawCurve], notes: inout [DigitisedFigure.Note]) throws(TrialDataError) -> Self {
    var axis = self
    let values = curves.flatMap { curve in curve.points.map(\.value) }
    let largest = values.max() ?? 0
    if scale == nil {
      let isPercent = largest > 1.5
      // One reading far above the others is a slip, not a scale.
      if isPercent, values.count(where: { $0 > 1 + Self.margin }) * 20 < values.count,
        let (curve, point) = Self.place(of: largest, curves)
      {
        throw TrialDataError(
          .data, file: curve.file, row: point.row, column: curve.heading,
          "\(number(largest)) is no probability, and the other readings are no percentages; correct it, or state the scale "
            + "(--probability or --percent, y_scale)")
      }
      axis.scale = isPercent ? .percent : .probability
      if isPercent {
        notes.append(
          .init(code: "percent-recognised", message: "readings taken as percentages: the largest is \(number(largest))")
        )
      }
    } else if scale == .percent, largest <= 1.5, !values.isEmpty {
      notes.append(
        .init(
          code: "percent-small",
          message: "readings taken as percentages, as stated, though the largest is \(number(largest))"))
    }
    if direction == nil { try axis.recogniseDirection(curves, notes: &notes) }
    return axis
  }

  private mutating func recogniseDirection(
    _ curves: [RawCurve], notes: inout [DigitisedFigure.Note]
  ) throws(TrialDataError) {
    let one = scale == .percent ? 100.0 : 1
    let rises = curves.map { curve in
      let sorted = curve.points.sorted { ($0.time, -$0.value) < ($1.time, -$1.value) }
      guard let first = sorted.first?.value, let last = sorted.last?.value else { return false }
      return first <= 0.25 * one && last >= first - Self.margin * one
    }
    guard let any = rises.firstIndex(of: true) else {
      direction = .survival
      return
    }
    if let other = rises.firstIndex(of: false) {
      throw TrialDataError(
        .data, file: curves[any].file,
        "the curve of \(curves[any].arm) rises and that of \(curves[other].arm) does not; correct the readings, or state the "
          + "direction (--survival or --failure, y_direction)")
    }
    direction = .failure
    let start = curves[any].points.min { ($0.time, $0.value) < ($1.time, $1.value) }?.value ?? 0
    notes.append(
      .init(
        code: "failure-recognised",
        message: "readings taken as failure (1 - S): the \(curves.count > 1 ? "curves rise" : "curve rises") from "
          + number(start)))
  }

  private static func place(
    of value: Double, _ curves: [RawCurve]
  ) -> (RawCurve, DigitisedTable.Point)? {
    for curve in curves {
      if let point = curve.points.first(where: { $0.value == value }) { return (curve, point) }
    }
    return nil
  }

  /// Readings as survival, clicks beside the axes moved onto them.
  ///
  /// - Parameter moved: how many were, and how far the farthest lay outside, in time and in S.
  func readings(
    _ curve: RawCurve, moved: inout ClickCount
  ) throws(TrialDataError) -> [ArmFacts.Reading] {
    let margin = Self.margin * (curve.points.map(\.time).max() ?? 0).magnitude
    var readings: [ArmFacts.Reading] = []
    for point in curve.points {
      let probability = scale == .percent ? point.value / 100 : point.value
      guard probability >= -Self.margin, probability <= 1 + Self.margin else {
        let remedy =
          scale == .probability
          ? "correct it, or state percentages (--percent, y_scale)" : "correct it; percentages lie between 0 and 100"
        throw TrialDataError(
          .data, file: curve.file, row: point.row, column: curve.heading,
          "a reading of \(number(point.value)) is no \(scale == .percent ? "percentage" : "probability"); \(remedy)")
      }
      guard point.time >= -margin else {
        throw TrialDataError(
          .data, file: curve.file, row: point.row,
          "a reading stands at time \(number(point.time)), before 0; correct it, or remove the row")
      }
      if point.time < 0 { moved.time(point.time) }
      if probability < 0 || probability > 1 { moved.value(point.value) }
      let inside = min(max(probability, 0), 1)
      readings.append(
        .init(time: max(0, point.time), survival: direction == .failure ? 1 - inside : inside))
    }
    return readings
  }
}

/// Clicks beside the axes of a figure.
struct ClickCount {
  private var times: [Double] = []
  private var values: [Double] = []

  mutating func time(_ time: Double) { times.append(time) }
  mutating func value(_ value: Double) { values.append(value) }

  var note: DigitisedFigure.Note? {
    var parts: [String] = []
    if let least = times.min() {
      parts.append("\(times.count) with a time below 0 (least \(number(least)))")
    }
    if let least = values.min(), let largest = values.max() {
      parts.append(
        "\(values.count) outside the value axis (\(least == largest ? number(least) : "\(number(least)) to \(number(largest))"))"
      )
    }
    guard !parts.isEmpty else { return nil }
    return .init(
      code: "clicks-beside-axes",
      message: "clicks beside the axes were moved onto them: \(parts.joined(separator: ", "))")
  }
}

/// A number as a message writes it: 98.5, 3.
func number(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
}

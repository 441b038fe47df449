public import Reconstruction
public import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A Kaplan–Meier figure as a digitising tool left it: one CSV of curve readings per arm, numbers at risk beside it.
///
/// `figure.json` names the arms (`arm`, `curve`, `at_risk`?, `n`?, `total_events`?; file names relative to it), the scale of
/// the curve (`y_scale`: probability or percent) and its direction (`y_direction`: survival or failure).
public struct DigitisedFigure: Sendable {
  /// Facts per arm, in the order of the figure.
  public let arms: [ArmFacts]
  public let timeUnit: String
  /// The files read, `figure.json` first.
  public let files: [ByteSource]

  private struct Description: Decodable {
    struct Arm: Decodable {
      let arm: String
      let curve: String
      let atRisk: String?
      let n: Int?
      let totalEvents: Int?
    }
    let timeUnit: String?
    let yScale: String?
    let yDirection: String?
    let arms: [Arm]
  }

  /// - Throws: `TrialDataError` naming file, row and column; a scale or direction that is not known; an arm whose number of
  ///   subjects is neither given nor the number at risk at 0.
  public init(_ file: ByteSource, folder: String) throws(TrialDataError) {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let description = try? decoder.decode(Description.self, from: Data(file.bytes)), !description.arms.isEmpty
    else {
      throw TrialDataError(
        .data, file: file.name, "is not the description of a figure: arms with arm and curve are needed")
    }
    let scale = description.yScale ?? "probability"
    let direction = description.yDirection ?? "survival"
    guard ["probability", "percent"].contains(scale), ["survival", "failure"].contains(direction) else {
      throw TrialDataError(
        .data, file: file.name, "the scale is probability or percent, the direction survival or failure")
    }
    let axis = Axis(isPercent: scale == "percent", isFailure: direction == "failure")
    timeUnit = description.timeUnit ?? "time"
    var files = [file]
    var arms: [ArmFacts] = []
    for arm in description.arms {
      let curve = try DigitisedFigure.read(arm.curve, in: folder, &files)
      var atRisk: DataTable?
      if let name = arm.atRisk { atRisk = try DigitisedFigure.read(name, in: folder, &files) }
      arms.append(
        try DigitisedFigure.facts(
          arm.arm, curve: curve, atRisk: atRisk, label: nil, subjects: arm.n, events: arm.totalEvents, axis: axis))
    }
    self.arms = arms
    self.files = files
  }

  /// The value axis of a figure.
  public struct Axis: Sendable, Equatable {
    /// Percentages instead of probabilities.
    public let isPercent: Bool
    /// The curve rises: 1 − S.
    public let isFailure: Bool

    public init(isPercent: Bool = false, isFailure: Bool = false) {
      self.isPercent = isPercent
      self.isFailure = isFailure
    }
  }

  /// A figure from one CSV of readings (time, survival) and one of numbers at risk (time, n), each with a column `arm` where
  /// there are several.
  ///
  /// - Parameters:
  ///   - subjects: number of subjects by arm, or under "" for the only one; may be missing where the number at risk at 0 is
  ///     given.
  ///   - events: total of events, likewise; may be missing.
  public init(
    curve: ByteSource, atRisk: ByteSource?, subjects: [String: Int], events: [String: Int], axis: Axis
  ) throws(TrialDataError) {
    let table = try DataTable(curve)
    var atRiskTable: DataTable?
    if let atRisk { atRiskTable = try DataTable(atRisk) }
    timeUnit = "time"
    files = [curve] + [atRisk].compactMap { $0 }
    var labels: [String?] = [nil]
    if table.hasColumn("arm") {
      var found: [String] = []
      for label in try table.text("arm").compactMap({ $0 }) where !found.contains(label) { found.append(label) }
      labels = found
    }
    for name in Array(subjects.keys) + Array(events.keys) where !labels.contains(name.isEmpty ? nil : name) {
      throw TrialDataError(
        .usage, file: table.file,
        name.isEmpty
          ? "has several arms: give numbers by arm, as in A=213,B=211"
          : "has no arm \(name); the arms are \(labels.compactMap { $0 }.joined(separator: ", "))")
    }
    var arms: [ArmFacts] = []
    for label in labels {
      arms.append(
        try DigitisedFigure.facts(
          label ?? "all", curve: table, atRisk: atRiskTable, label: label, subjects: subjects[label ?? ""],
          events: events[label ?? ""], axis: axis))
    }
    self.arms = arms
  }

  /// Facts of one arm from its tables, or from its rows of shared ones.
  private static func facts(
    _ name: String, curve: DataTable, atRisk: DataTable?, label: String?, subjects: Int?, events: Int?, axis: Axis
  ) throws(TrialDataError) -> ArmFacts {
    var readings: [ArmFacts.Reading] = []
    for (time, y) in try columns(curve, second: ["survival", "failure", "y"], arm: label) {
      let probability = axis.isPercent ? y / 100 : y
      // A click beside the axis is not an impossible probability.
      guard probability >= -0.02, probability <= 1.02 else {
        throw TrialDataError(
          .data, file: curve.file, "a reading of \(y) is no \(axis.isPercent ? "percentage" : "probability")")
      }
      let survival = axis.isFailure ? 1 - probability : probability
      readings.append(.init(time: max(0, time), survival: min(max(survival, 0), 1)))
    }
    var numbers: [ArmFacts.AtRisk] = []
    if let atRisk {
      for (time, n) in try columns(atRisk, second: ["n", "at_risk", "nrisk"], arm: label) {
        guard n == n.rounded(), n >= 0, n < 1e9 else {
          throw TrialDataError(.data, file: atRisk.file, "\(n) is not a number of subjects")
        }
        numbers.append(.init(time: time, count: Int(n)))
      }
    }
    guard let subjects = subjects ?? numbers.first(where: { $0.time == 0 })?.count else {
      throw TrialDataError(.data, file: curve.file, "arm \(name): the number of subjects is not given")
    }
    return ArmFacts(
      arm: name, subjects: subjects, events: events, atRisk: numbers.sorted { $0.time < $1.time }, readings: readings,
      isReadToEnd: true)
  }

  private static func read(
    _ name: String, in folder: String, _ files: inout [ByteSource]
  ) throws(TrialDataError) -> DataTable {
    // A description may name files beside it, and none elsewhere.
    guard !name.contains("/"), !name.isEmpty, name != "-" else {
      throw TrialDataError(
        .data, file: name, "files of a figure lie beside its description and are named without a folder")
    }
    let source = try ByteSource.read(folder.isEmpty ? name : "\(folder)/\(name)")
    files.append(source)
    return try DataTable(source)
  }

  /// Times and values of a file: by name, or else its first two columns; of one arm where there is a column `arm`.
  private static func columns(
    _ table: DataTable, second: [String], arm: String?
  ) throws(TrialDataError) -> [(Double, Double)] {
    let names = table.columnNames.filter { $0 != "arm" }
    let time = names.first { ["time", "x", "t"].contains($0.lowercased()) } ?? names.first
    guard let time, let value = names.first(where: { second.contains($0.lowercased()) }) ?? names.dropFirst().first
    else {
      throw TrialDataError(.data, file: table.file, "two columns are needed, the time and \(second[0])")
    }
    var labels: [String?]?
    if arm != nil {
      guard table.hasColumn("arm") else {
        throw TrialDataError(.data, file: table.file, "needs a column arm: the readings have several arms")
      }
      labels = try table.text("arm")
    }
    let (times, values) = (try table.numbers(time), try table.numbers(value))
    var pairs: [(Double, Double)] = []
    for row in times.indices where labels.map({ $0[row] == arm }) ?? true {
      guard let t = times[row], let y = values[row] else {
        throw TrialDataError(.data, file: table.file, row: row + 1, "a reading lacks its time or its value")
      }
      pairs.append((t, y))
    }
    return pairs
  }
}

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
    timeUnit = description.timeUnit ?? "time"
    var files = [file]
    var arms: [ArmFacts] = []
    for arm in description.arms {
      let curve = try DigitisedFigure.read(arm.curve, in: folder, &files)
      var readings: [ArmFacts.Reading] = []
      for (time, y) in try DigitisedFigure.columns(curve, second: ["survival", "failure", "y"]) {
        let probability = scale == "percent" ? y / 100 : y
        // A click beside the axis is not an impossible probability.
        guard probability >= -0.02, probability <= 1.02 else {
          throw TrialDataError(.data, file: curve.file, "a reading of \(y) is no \(scale)")
        }
        let survival = direction == "failure" ? 1 - probability : probability
        readings.append(.init(time: max(0, time), survival: min(max(survival, 0), 1)))
      }
      var atRisk: [ArmFacts.AtRisk] = []
      if let name = arm.atRisk {
        let table = try DigitisedFigure.read(name, in: folder, &files)
        for (time, n) in try DigitisedFigure.columns(table, second: ["n", "at_risk", "nrisk"]) {
          guard n == n.rounded(), n >= 0, n < 1e9 else {
            throw TrialDataError(.data, file: table.file, "\(n) is not a number of subjects")
          }
          atRisk.append(.init(time: time, count: Int(n)))
        }
      }
      guard let subjects = arm.n ?? atRisk.first(where: { $0.time == 0 })?.count else {
        throw TrialDataError(.data, file: file.name, "arm \(arm.arm): the number of subjects is not given")
      }
      arms.append(
        ArmFacts(
          arm: arm.arm, subjects: subjects, events: arm.totalEvents, atRisk: atRisk.sorted { $0.time < $1.time },
          readings: readings, isReadToEnd: true))
    }
    self.arms = arms
    self.files = files
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

  /// Times and values of a two-column file: by name, or else its first two columns.
  private static func columns(_ table: DataTable, second: [String]) throws(TrialDataError) -> [(Double, Double)] {
    let names = table.columnNames
    let time = names.first { ["time", "x", "t"].contains($0.lowercased()) } ?? names[0]
    guard let value = names.first(where: { second.contains($0.lowercased()) }) ?? names.dropFirst().first else {
      throw TrialDataError(.data, file: table.file, "two columns are needed, the time and \(second[0])")
    }
    let (times, values) = (try table.numbers(time), try table.numbers(value))
    var pairs: [(Double, Double)] = []
    for (row, pair) in zip(times, values).enumerated() {
      guard let t = pair.0, let y = pair.1 else {
        throw TrialDataError(.data, file: table.file, row: row + 1, "a reading lacks its time or its value")
      }
      pairs.append((t, y))
    }
    return pairs
  }
}

import Foundation
import Survival

/// A registry made up by formula: proportional hazards on `p` covariates, two groups, follow-up of at most ten years in
/// whole days.
struct SyntheticTrial {
  let time: [Double]
  let isEvent: [Bool]
  let group: [Int32]
  /// Column by column.
  let covariates: [[Double]]

  var rows: Int { time.count }

  init(rows: Int, covariates p: Int, seed: UInt64) {
    var random = RandomSource(seed: seed)
    var predictor = [Double](repeating: 0, count: rows)
    var columns: [[Double]] = []
    for j in 0..<p {
      // In turn a normal, a yes/no and a skewed covariate, of either sign of effect.
      let column: [Double] = (0..<rows).map { _ in
        switch j % 3 {
        case 0: random.normal()
        case 1: random.uniform() < 0.3 ? 1 : 0
        default: exp(0.5 * random.normal())
        }
      }
      let effect = (j % 2 == 0 ? 0.25 : -0.25) / Double(1 + j / 3)
      for i in 0..<rows { predictor[i] += effect * column[i] }
      columns.append(column)
    }
    var group = [Int32](repeating: 0, count: rows)
    var time = [Double](repeating: 0, count: rows)
    var isEvent = [Bool](repeating: false, count: rows)
    for i in 0..<rows {
      group[i] = random.uniform() < 0.5 ? 0 : 1
      let death = random.exponential() * 4500 / exp(predictor[i] - 0.1 * Double(group[i]))
      // Entered over six years, followed until one day, some lost on the way.
      let end = min(random.exponential() * 12000, 3600 * (0.4 + 0.6 * random.uniform()))
      time[i] = max(1, min(death, end).rounded(.up))
      isEvent[i] = death <= end
    }
    self.time = time
    self.isEvent = isEvent
    self.group = group
    self.covariates = columns
  }

  var grouping: Grouping { Grouping(labels: ["0", "1"], codes: group) }

  func timeToEvent() throws -> TimeToEvent { try TimeToEvent(time: time, isEvent: isEvent) }

  func design() throws -> DesignMatrix {
    try DesignMatrix(
      covariates.enumerated().map { .numeric(name: "x\($0 + 1)", values: $1) }, rows: rows)
  }

  /// Writes the columns as raw little-endian values, which R reads with readBin.
  func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func save<T>(_ values: [T], _ name: String) throws {
      try values.withUnsafeBytes { try Data($0).write(to: folder.appendingPathComponent(name)) }
    }
    try save(time, "time.f64")
    try save(isEvent.map { Int32($0 ? 1 : 0) }, "event.i32")
    try save(group, "group.i32")
    try save(covariates.flatMap { $0 }, "x.f64")
  }

  /// A two-arm trial as a CSV file: months to one decimal, two patients treated for one control.
  static func csv(rows: Int, seed: UInt64) -> String {
    var random = RandomSource(seed: seed)
    var text = "id,arm,time,event\n"
    for i in 1...rows {
      let isTreated = random.uniform() < 2.0 / 3
      let death = random.exponential() * (isTreated ? 22 : 16)
      let end = 8 + 24 * random.uniform()
      let tenths = max(1, Int((10 * min(death, end)).rounded()))
      text += "\(i),\(isTreated ? "treatment" : "control"),\(tenths / 10).\(tenths % 10),\(death <= end ? 1 : 0)\n"
    }
    return text
  }
}

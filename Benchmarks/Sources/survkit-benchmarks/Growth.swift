import Foundation
import Survival

/// How the time of an analysis grows with the rows, and what unusual orders of the times cost: `survkit-benchmarks growth`.
enum Growth {
  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<3 {
      let start = ContinuousClock.now
      try work()
      least = min(least, (ContinuousClock.now - start) / .seconds(1))
    }
    return least
  }

  private struct Rows {
    let time: [Double]
    let isEvent: [Bool]
    let groups: Grouping
    let x: [Double]

    init(_ n: Int, covariates p: Int, days: Bool) {
      var random = Generator(state: UInt64(n))
      time = (0..<n).map { _ in
        let t = -log(1 - Double.random(in: 0..<1, using: &random)) * 1000
        return days ? t.rounded(.up) + 1 : t
      }
      isEvent = (0..<n).map { _ in UInt8.random(in: 0...2, using: &random) == 0 }
      groups = Grouping(labels: ["0", "1"], codes: (0..<n).map { _ in Int32.random(in: 0...1, using: &random) })
      x = (0..<(n * p)).map { _ in Double.random(in: -1...1, using: &random) }
    }
  }

  /// xorshift64*: the values matter little here.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 2_685_821_657_736_338_717
    }
  }

  private static func curves(_ time: [Double], _ rows: Rows) throws {
    let data = try TimeToEvent(time: time, isEvent: rows.isEvent)
    _ = try KaplanMeier.curves(
      data, by: rows.groups, confidence: ConfidenceSetting(level: 0.95, transform: .log))
    _ = try LogRankTest(data, groups: rows.groups)
  }

  private static func cox(_ time: [Double], _ rows: Rows, _ names: [String], strata: Grouping? = nil) throws {
    let data = try TimeToEvent(time: time, isEvent: rows.isEvent)
    _ = try CoxModel(ties: .efron).fit(
      data, DesignMatrix(columnNames: names, values: rows.x, rows: time.count), strata: strata)
  }

  static func run() throws {
    let names = (1...8).map { "x\($0)" }
    print(
      "| analysis | 1e3 | 1e4 | 1e5 | 1e6 | 1e7 | slope of the logarithms, 1e4 to the last |\n|---|---|---|---|---|---|---|"
    )
    for days in [true, false] {
      for isCox in [false, true] {
        var times: [Double] = []
        for n in [1_000, 10_000, 100_000, 1_000_000] + (isCox ? [] : [10_000_000]) {
          let rows = Rows(n, covariates: isCox ? 8 : 0, days: days)
          times.append(
            try seconds { if isCox { try cox(rows.time, rows, names) } else { try curves(rows.time, rows) } })
        }
        let slope = log10(times[times.count - 1] / times[1]) / Double(times.count - 2)
        let cells =
          (times.map { String(format: "%.3g ms", $0 * 1e3) } + [String](repeating: "", count: 5 - times.count))
        print(
          "| \(isCox ? "Cox, 8 covariates" : "curves and log-rank, 2 groups"), \(days ? "days" : "continuous") | "
            + cells.joined(separator: " | ") + " | \(String(format: "%.2f", slope)) |")
      }
    }
    print("\n| 1e6 rows | curves and log-rank | Cox, 8 covariates |\n|---|---|---|")
    let rows = Rows(1_000_000, covariates: 8, days: false)
    let sorted = rows.time.sorted()
    let half = stride(from: 0, to: sorted.count, by: 2).map { sorted[$0] }
    let orders: [(String, [Double])] = [
      ("in no order", rows.time), ("sorted", sorted), ("reversed", sorted.reversed()),
      ("organ pipe", half + half.reversed()), ("all equal", [Double](repeating: 5, count: sorted.count)),
    ]
    for (name, time) in orders {
      let a = try seconds { try curves(time, rows) }
      let b = try seconds { try cox(time, rows, names) }
      print("| \(name) | \(String(format: "%.3g ms", a * 1e3)) | \(String(format: "%.3g ms", b * 1e3)) |")
    }
    // A million strata: pairs of rows would be half of them; here about one row in each.
    var random = Generator(state: 3)
    let strata = Grouping(
      labels: (0..<1_000_000).map(String.init),
      codes: (0..<1_000_000).map { _ in Int32.random(in: 0..<1_000_000, using: &random) })
    let a = try seconds {
      _ = try LogRankTest(try TimeToEvent(time: rows.time, isEvent: rows.isEvent), groups: rows.groups, strata: strata)
    }
    let b = try seconds { try cox(rows.time, rows, names, strata: strata) }
    print(
      "| a million strata | \(String(format: "%.3g ms", a * 1e3)) (log-rank) | \(String(format: "%.3g ms", b * 1e3)) |")
  }
}

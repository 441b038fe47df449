import Foundation

/// Times and answers of survkit and a peer on one workload: one line of the table.
struct Comparison {
  let workload: String
  let peer: String
  var ours: [Double] = []
  var peers: [Double] = []
  var ourMemory = 0.0
  var peerMemory = 0.0
  var difference = Double.nan

  static let header = """
    | workload | peer in R | survkit median (min), ms | R median (min), ms | R : survkit, medians | memory survkit / R, MB | \
    largest relative difference |
    |---|---|---|---|---|---|---|
    """

  var row: String {
    let ratio = Comparison.median(peers) / Comparison.median(ours)
    return "| \(workload) | \(peer) | \(Comparison.times(ours)) | \(Comparison.times(peers)) | "
      + "\(ratio.isNaN ? "" : Comparison.digits(ratio)) | \(Comparison.digits(ourMemory)) / "
      + "\(peers.isEmpty ? "-" : Comparison.digits(peerMemory)) | "
      + "\(difference.isNaN ? "not compared" : String(format: "%.1e", difference)) |"
  }

  /// The largest |a − b| / |b|.
  static func difference(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count, !a.isEmpty else { return .infinity }
    return zip(a, b).map { $0 == $1 ? 0 : abs($0 - $1) / max(abs($1), .leastNormalMagnitude) }.max() ?? .infinity
  }

  private static func times(_ values: [Double]) -> String {
    guard let least = values.min() else { return "-" }
    return "\(digits(median(values))) (\(digits(least)))"
  }

  private static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  /// Three significant digits, no exponent.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    return String(format: value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value)
  }
}

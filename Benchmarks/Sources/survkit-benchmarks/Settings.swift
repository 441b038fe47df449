import Foundation

/// What was asked for on the command line.
struct Settings {
  var repeats = 5
  var only: Set<String> = []
  /// Workloads a hundred times smaller, to see that all works.
  var isQuick = false
  /// The one workload of this process; nil in the process that starts the others.
  var row: String?
  /// The command-line tool; without it the whole command is left out.
  var survkit: String?
  /// Rscript; without it survkit alone is timed.
  var rscript: String?
  /// The folder of the R scripts.
  var scripts = URL(fileURLWithPath: "R")
  /// Where workloads are written for R.
  var folder = FileManager.default.temporaryDirectory.appendingPathComponent("survkit-benchmarks")
  /// The trial of the whole command; made up when nil.
  var trial: URL?

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--quick" {
        isQuick = true
        continue
      }
      guard let value = rest.popFirst() else { throw BenchmarkError("\(option) needs a value") }
      switch option {
      case "--repeats":
        guard let count = Int(value), count > 0 else { throw BenchmarkError("--repeats takes a number from 1 up") }
        repeats = count
      case "--only": only = Set(value.split(separator: ",").map(String.init))
      case "--row": row = value
      case "--survkit": survkit = value
      case "--rscript": rscript = value
      case "--scripts": scripts = URL(fileURLWithPath: value)
      case "--folder": folder = URL(fileURLWithPath: value)
      case "--trial": trial = URL(fileURLWithPath: value)
      default: throw BenchmarkError("unknown option \(option)")
      }
    }
  }

  func wants(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
}

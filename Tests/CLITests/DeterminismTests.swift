import Foundation
import Testing

/// The same call gives the same bytes, whatever the threads, the locale, the time zone and the order of Swift's dictionaries, which is
/// another in every run. scripts/determinism does the same a hundred times an output, on more rows and with every combination.
@Suite(.timeLimit(.minutes(15))) struct DeterminismTests {
  /// Enough rows for several pieces, with letters that Turkish treats differently and a name outside ASCII.
  private static let rows: String =
    "time,event,cause,arm,x,g\n"
    + (0..<3000).map { i in
      let cause = i * 31 % 3
      return
        "\(Double(i * 7919 % 1009) + 0.5),\(min(cause, 1)),\(cause),\(i % 2 == 0 ? "İi" : "Iä"),\(i % 17).25,\(i % 3)\n"
    }.joined()

  private static let calls: [[String]] = [
    ["km", "-", "--format", "json"], ["fit", "-"], ["fit", "-", "--format", "html"],
    ["fit", "-", "--format", "ard-csv"], ["cox", "-", "--model", "arm + x", "--zph", "km", "--format", "json"],
    ["test", "-", "--format", "json"], ["cif", "-", "--event", "cause", "--causes", "1,2", "--format", "json"],
    ["plot", "-", "-o", "-"], ["report", "-", "--subgroups", "g"],
  ]

  @Test("six runs of every form: threads 1, 2, 3 and 8, three locales, two time zones", arguments: calls)
  func everyForm(call: [String]) throws {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    var seen: Set<Data> = []
    for (run, threads) in [1, 2, 3, 8, 8, 1].enumerated() {
      let locale = ["C", "de_DE.UTF-8", "tr_TR.UTF-8"][run % 3]
      let environment = ["PATH": path, "LC_ALL": locale, "LANG": locale, "TZ": ["UTC", "Asia/Kolkata"][run / 3]]
      let options = ["--threads", "\(threads)"] + (call[0] == "plot" ? [] : ["--no-timestamp"])
      let found = try survkit(call + options, input: Self.rows, environment: environment)
      #expect(found.status == 0 && !found.out.isEmpty, "\(found.err)")
      // The number of threads is named in the words of the call and beside them.
      let text = found.out.replacingOccurrences(
        of: #"--threads(",)?\s*"?\d+|"threads":\s*\d+|up to \d+"#, with: "", options: .regularExpression)
      seen.insert(Data(text.utf8))
    }
    #expect(seen.count == 1)
  }
}

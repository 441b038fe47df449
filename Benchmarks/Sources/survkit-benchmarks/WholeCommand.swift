import Foundation

/// `survkit fit` on the file of a two-arm trial, from start to exit, against an R script that does the same.
struct WholeCommand {
  let settings: Settings
  let survkit: String

  func run() throws -> Comparison {
    let file: URL
    let title: String
    if let trial = settings.trial {
      file = trial
      title = "Whole command, \(trial.deletingLastPathComponent().lastPathComponent) trial"
    } else {
      try FileManager.default.createDirectory(at: settings.folder, withIntermediateDirectories: true)
      file = settings.folder.appendingPathComponent("trial.csv")
      try SyntheticTrial.csv(rows: 831, seed: 1).write(to: file, atomically: true, encoding: .utf8)
      title = "Whole command, CSV of 831 rows"
    }
    let ours = [survkit, "fit", file.path]
    let theirs = settings.rscript.map { [$0, settings.scripts.appendingPathComponent("command.R").path, file.path] }
    var comparison = Comparison(workload: title, peer: "Rscript: survfit, survdiff, coxph, cox.zph")
    let answer = try values(ChildProcess.output(ours + ["--format", "json"]))
    if let theirs {
      let text = try ChildProcess.output(theirs + ["values"])
      comparison.difference = Comparison.difference(
        answer, text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) })
    }
    // The command is short: more repeats than for a fit of seconds.
    for _ in 0..<max(settings.repeats, 15) {
      try time(ours, &comparison.ours, &comparison.ourMemory)
      if let theirs { try time(theirs, &comparison.peers, &comparison.peerMemory) }
    }
    return comparison
  }

  private func time(_ arguments: [String], _ times: inout [Double], _ memory: inout Double) throws {
    let start = ContinuousClock.now
    let peak = try ChildProcess(arguments).wait()
    times.append((ContinuousClock.now - start).milliseconds)
    memory = max(memory, peak)
  }

  /// Medians, log-rank statistic, coefficient with its standard error, statistic of proportional hazards.
  private func values(_ text: String) throws -> [Double] {
    struct Report: Decodable {
      struct Curve: Decodable {
        struct Median: Decodable { let estimate: Double }
        let median: Median
      }
      struct Curves: Decodable { let curves: [Curve] }
      struct Test: Decodable { let chisq: Double }
      struct Cox: Decodable {
        let coef: [Double]
        let se: [Double]
      }
      struct Proportionality: Decodable { let chisq: [Double] }
      struct Result: Decodable {
        let km: Curves
        let logRank: Test
        let cox: Cox
        let zph: Proportionality
      }
      let result: Result
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let result = try decoder.decode(Report.self, from: Data(text.utf8)).result
    return result.km.curves.map(\.median.estimate) + [result.logRank.chisq] + result.cox.coef + result.cox.se
      + result.zph.chisq
  }
}

extension Duration {
  var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15 }
}

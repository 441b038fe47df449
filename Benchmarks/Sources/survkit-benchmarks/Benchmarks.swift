import Foundation
import Survival

/// Times survkit and R survival on the same data in the same run, one after the other, and prints a table.
@main
struct Benchmarks {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      let settings = try Settings(arguments)
      if let name = settings.row {
        // Set for this process, whose library has read it; R is to run with its own defaults.
        unsetenv("OPENBLAS_NUM_THREADS")
        for comparison in try comparisons(name, settings) { print(comparison.row) }
        return
      }
      // Past the buffer: the lines of the children come after it.
      FileHandle.standardOutput.write(Data("\(Comparison.header)\n".utf8))
      // Each workload in a process of its own: no memory is charged to another.
      for name in ["command"] + Workload.all.map(\.name) where settings.wants(name) {
        let child = try ChildProcess([CommandLine.arguments[0]] + arguments + ["--row", name], output: 1)
        _ = try child.wait()
      }
    } catch {
      FileHandle.standardError.write(Data("survkit-benchmarks: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func comparisons(_ name: String, _ settings: Settings) throws -> [Comparison] {
    if let workload = Workload.all.first(where: { $0.name == name }) { return try run(workload, settings) }
    guard name == "command" else { throw BenchmarkError("there is no workload \(name)") }
    return try settings.survkit.map { [try WholeCommand(settings: settings, survkit: $0).run()] } ?? []
  }

  private static func run(_ workload: Workload, _ settings: Settings) throws -> [Comparison] {
    let trial = SyntheticTrial(
      rows: workload.rows / (settings.isQuick ? 100 : 1), covariates: workload.covariates, seed: 20)
    var session: RSession?
    if let rscript = settings.rscript {
      let folder = settings.folder.appendingPathComponent(workload.name)
      try trial.write(to: folder)
      session = try RSession(
        rscript: rscript, script: settings.scripts.appendingPathComponent("session.R"), folder: folder,
        covariates: workload.covariates)
      try FileManager.default.removeItem(at: folder)
    }
    var comparisons = workload.rTasks.map { Comparison(workload: workload.title(rows: trial.rows), peer: $0.title) }
    for _ in 0..<settings.repeats {
      Memory.resetPeak()
      let start = ContinuousClock.now
      let answer = try workload.run(trial)
      let elapsed = (ContinuousClock.now - start).milliseconds
      let peak = Memory.peak()
      for (place, peer) in workload.rTasks.enumerated() {
        comparisons[place].ours.append(elapsed)
        comparisons[place].ourMemory = max(comparisons[place].ourMemory, peak)
        guard let session else { continue }
        let theirs = try session.run(peer.task)
        comparisons[place].peers.append(theirs.milliseconds)
        comparisons[place].peerMemory = max(comparisons[place].peerMemory, theirs.memory)
        if comparisons[place].difference.isNaN {
          // R stops early by default: the Cox coefficients are compared with those of a fit run to the end, not timed.
          let reference = workload.analysis == .cox ? try session.run("cox-converged").values : theirs.values
          comparisons[place].difference = Comparison.difference(answer, reference)
        }
      }
    }
    try session?.close()
    return comparisons
  }
}

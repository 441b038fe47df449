import Foundation

/// Runs one workload and prints what it found and took: `survkit-benchmarks FOLDER METHOD REPETITIONS`; or `growth`.
@main
struct Main {
  static func main() {
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments == ["growth"] { return try Growth.run() }
      guard arguments.count == 3, let repetitions = Int(arguments[2]), repetitions > 0 else {
        throw BenchmarkError("takes the folder of a workload, a method and a number of repetitions")
      }
      guard let workload = Workload.all.first(where: { $0.method == arguments[1] }) else {
        throw BenchmarkError(
          "there is no method \(arguments[1]); there are \(Workload.all.map(\.method).joined(separator: ", "))")
      }
      let raw = try RawData(URL(fileURLWithPath: arguments[0]))
      let run = try workload.prepare(raw)
      let before = Memory.resident()
      Memory.resetPeak()
      var answer = Answer()
      var (seconds, processor): ([Double], [Double]) = ([], [])
      for _ in 0..<repetitions {
        let (start, used) = (ContinuousClock.now, Memory.processorSeconds())
        answer = try run()
        seconds.append((ContinuousClock.now - start) / .seconds(1))
        processor.append(Memory.processorSeconds() - used)
      }
      print(
        answer.line(
          workload: raw.name, method: workload.method, seconds: seconds, processor: processor, before: before,
          peak: Memory.peak()))
    } catch {
      FileHandle.standardError.write(Data("survkit-benchmarks: \(error)\n".utf8))
      exit(1)
    }
  }
}

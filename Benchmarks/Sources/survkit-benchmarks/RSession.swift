import Foundation

/// R with the columns of one workload in memory (R/session.R): told the name of a task, it does it and answers with one
/// line.
final class RSession {
  struct Answer {
    let milliseconds: Double
    /// The largest resident set during the task, in MB.
    let memory: Double
    let values: [Double]
  }

  private let child: ChildProcess
  private let toR = Pipe()
  private let fromR = Pipe()
  private var pending = Data()

  init(rscript: String, script: URL, folder: URL, covariates: Int) throws {
    // R must see the end of its input when this side closes: the parent's ends are not passed on.
    for handle in [toR.fileHandleForWriting, fromR.fileHandleForReading] {
      _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    child = try ChildProcess(
      [rscript, script.path, folder.path, String(covariates)], input: toR.fileHandleForReading.fileDescriptor,
      output: fromR.fileHandleForWriting.fileDescriptor)
    try toR.fileHandleForReading.close()
    try fromR.fileHandleForWriting.close()
    _ = try line()
  }

  func run(_ task: String) throws -> Answer {
    try toR.fileHandleForWriting.write(contentsOf: Data("\(task)\n".utf8))
    let numbers = try line().split(separator: " ").map { Double($0) ?? .nan }
    guard numbers.count >= 2 else { throw BenchmarkError("R gave no answer to \(task)") }
    return Answer(milliseconds: numbers[0], memory: numbers[1], values: Array(numbers[2...]))
  }

  func close() throws {
    try toR.fileHandleForWriting.close()
    _ = try child.wait()
  }

  private func line() throws -> String {
    while true {
      if let end = pending.firstIndex(of: 10) {
        let text = String(decoding: pending[pending.startIndex..<end], as: UTF8.self)
        pending = Data(pending[(end + 1)...])
        return text
      }
      let more = fromR.fileHandleForReading.availableData
      guard !more.isEmpty else { throw BenchmarkError("R has ended; its message is above") }
      pending.append(more)
    }
  }
}

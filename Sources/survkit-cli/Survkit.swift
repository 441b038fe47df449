internal import ArgumentParser
internal import LinearAlgebra
internal import Reconstruction
internal import Reporting
internal import Survival
internal import TrialData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The command line: parses, runs one command, and turns every kind of trouble into a message and an exit status.
@main
struct Survkit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Tool.name, abstract: "Survival analysis for clinical trials.",
    discussion: """
      Results go to standard output or to the file of -o, messages to standard error. Exit status: 0 done; 1 ran, and \
      the answer is no; 64 usage; 65 data; 66 no input; 69 a program for the format is missing; 73, 74 output; 75 more memory than --max-memory.
      """,
    version: "\(Tool.name) \(Tool.version)",
    subcommands: [
      Fit.self, Km.self, Test.self, Cox.self, Aft.self, Cif.self, Rmst.self, Design.self, Simulate.self, Explain.self,
      Teach.self, Plot.self, Report.self,
      Reconstruct.self,
      Verify.self, Reproduce.self, Selftest.self,
    ])

  static func main() {
    _ = StartOfRun.utc
    // One thread inside the linear algebra: the order of every sum is fixed.
    BLAS.useOneThread()
    // A closed pipe and a file beyond its limit are errors that are reported, not a silent death.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try requestedCommand()
      try command.run()
    } catch let error as TrialDataError {
      let status: Int32 =
        switch error.kind {
        case .noInput: 66
        case .data: 65
        case .usage: 64
        case .memory: 75
        case .program: 69
        }
      stop("\(error)", status)
    } catch let error as UsageError {
      stop("\(error)", 64)
    } catch let error as SurvivalInputError {
      stop("\(error)", [.badSetting, .notSupported].contains(error.code) ? 64 : 65)
    } catch let error as CoxFitError {
      stop("\(error)", 65)
    } catch let error as AFTFitError {
      stop("\(error)", 65)
    } catch let error as ReconstructionError {
      stop("\(error)", 65)
    } catch let error as OutputError {
      stop("\(error)", error.exitCode)
    } catch {
      finish(error)
    }
  }

  /// The command of the call. A subcommand named first is parsed by itself, which spares the tree of all commands; what it does
  /// not take, help included, goes through the whole parser, which says what is wrong.
  private static func requestedCommand() throws -> any ParsableCommand {
    let words = CommandLine.arguments.dropFirst()
    if let name = words.first, let type = configuration.subcommands.first(where: { "\($0)".lowercased() == name }),
      let command = try? type.parse(Array(words.dropFirst()))
    {
      return command
    }
    return try parseAsRoot()
  }

  /// Help, the version, a fault of the call, a status: what the argument parser has to say.
  private static func finish(_ error: any Error) -> Never {
    let text = fullMessage(for: error)
    if exitCode(for: error).isSuccess, !text.isEmpty {
      do throws(OutputError) {
        try Output.standard(text + "\n")
      } catch {
        stop("\(error)", error.exitCode)
      }
      _exit(0)
    }
    // The message repeats words of the call, which may be names of files.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { printable(String($0)) }
    if !text.isEmpty { writeMessage(lines.joined(separator: "\n")) }
    _exit(exitCode(for: error).rawValue)
  }

  private static func stop(_ message: String, _ status: Int32) -> Never {
    writeMessage("survkit: \(printable(message))")
    _exit(status)
  }

  /// A message and a line end to standard error.
  static func writeMessage(_ text: String) {
    let bytes = Array("\(text)\n".utf8)
    _ = bytes.withUnsafeBytes { writeBytes(2, $0.baseAddress, $0.count) }
  }

  /// write(2), for messages.
  static func writeBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
  }
}

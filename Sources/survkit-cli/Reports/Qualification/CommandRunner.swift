internal import ReferenceSuite
internal import Reporting
internal import TrialData

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A folder for one call, gone afterwards.
struct ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("survkit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
  }

  func remove() { try? FileManager.default.removeItem(at: url) }

  static var canBeMade: Bool {
    guard let folder = try? ScratchFolder() else { return false }
    folder.remove()
    return true
  }
}

/// Runs calls of checks of commands by the program that runs.
struct CommandRunner {
  /// The bytes of a data file that a check names.
  let data: (String) throws -> [UInt8]

  func run(_ call: CommandCall) throws -> CommandCall.Answer {
    guard let program = OwnProgram.path else {
      throw TrialDataError(.program, file: Tool.name, "does not find its own file, which --oq runs")
    }
    let folder = try ScratchFolder()
    defer { folder.remove() }
    for name in call.data { try Output.file(bytes: data(name), path: folder.url.appendingPathComponent(name).path) }
    for (name, text) in call.files { try Output.file(text, path: folder.url.appendingPathComponent(name).path) }
    let run = try ProgramRun(program, call.arguments, folder: folder.url.path)
    var output = run.output
    if let flag = call.arguments.firstIndex(where: { $0 == "-o" || $0 == "--output" }), flag + 1 < call.arguments.count,
      run.status == 0
    {
      output = try ByteSource.read(folder.url.appendingPathComponent(call.arguments[flag + 1]).path).bytes
    }
    return CommandCall.Answer(
      status: run.status, output: String(decoding: output, as: UTF8.self),
      messages: String(decoding: run.messages, as: UTF8.self))
  }
}

internal import ArgumentParser
internal import Reporting

/// Where the result goes and in which form.
struct OutputOptions: ParsableArguments {
  @Option(help: "text, json or md.")
  var format: Format = .text

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
  var output: String?

  @Flag(help: "Replace an existing output file.")
  var force = false

  enum Format: String, ExpressibleByArgument {
    case text
    case json
    case md
  }

  func write(_ text: String) throws {
    if let output {
      try Output.file(text, path: output, force: force)
    } else {
      try Output.standard(text)
    }
  }
}

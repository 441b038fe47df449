public import TrialData

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The program's name and version, said in one place.
public enum Tool {
  public static let name = "survkit"
  public static let version = "0.1.0-dev"
  /// Optimisation and processor the program was built for.
  public static let build: String = {
    #if DEBUG
      let optimisation = "debug"
    #else
      let optimisation = "release"
    #endif
    #if arch(x86_64)
      return "\(optimisation) x86_64"
    #elseif arch(arm64)
      return "\(optimisation) arm64"
    #else
      return optimisation
    #endif
  }()
}

/// Where a result comes from: which program, which call, which input. No folder, user or host is part of it.
public struct Provenance: Sendable, Equatable {
  /// The call, file arguments reduced to their last path component.
  public let arguments: [String]
  /// Name, size and SHA-256 of the input; null for a call that reads none or several.
  public let input: JSONValue
  /// The same of every file, for a call that may read several; null for the others.
  public let inputs: JSONValue
  /// The linear-algebra library's own description and the number of threads it may use.
  public let linearAlgebra: String
  public let threads: Int
  /// The number of threads that the call might use, for a call that reads one input; nothing else in a result depends on it.
  public let workers: Int?
  /// Start of the run in UTC, or nil to leave it out: then the same call gives the same bytes.
  public let startedUTC: String?

  /// - Parameters:
  ///   - arguments: the words of the call, the program's own path first.
  ///   - files: those of them, or parts of them, that are paths.
  ///   - input: the file of the rows.
  ///   - linearAlgebra: the library of linear algebra, as it names itself.
  ///   - threads: of the library of linear algebra.
  ///   - workers: threads of survkit.
  ///   - startedUTC: when the run began; nil to leave it out.
  public init(
    arguments: [String], files: [String], input: ByteSource, linearAlgebra: String, threads: Int, workers: Int,
    startedUTC: String?
  ) {
    self.arguments = [Tool.name] + arguments.dropFirst().map { Provenance.withoutFolders($0, files: files) }
    self.input = Provenance.input(input)
    inputs = .null
    self.linearAlgebra = linearAlgebra
    self.threads = threads
    self.workers = workers
    self.startedUTC = startedUTC
  }

  /// Of a call that reads no input, or several.
  ///
  /// - Parameters:
  ///   - arguments: the words of the call, the program's own path first.
  ///   - files: those of the words, or parts of them, that are paths.
  ///   - inputs: an array with an `input` for every file that was read.
  ///   - linearAlgebra: the library of linear algebra, as it names itself.
  ///   - threads: of the library of linear algebra.
  ///   - startedUTC: when the run began; nil to leave it out.
  public init(
    arguments: [String], files: [String], inputs: JSONValue = .null, linearAlgebra: String, threads: Int,
    startedUTC: String?
  ) {
    self.arguments = [Tool.name] + arguments.dropFirst().map { Provenance.withoutFolders($0, files: files) }
    input = .null
    self.inputs = inputs
    (self.linearAlgebra, self.threads, self.startedUTC) = (linearAlgebra, threads, startedUTC)
    workers = nil
  }

  /// A word that is a path, or ends with one after an option's name, without the path's folders.
  static func withoutFolders(_ word: String, files: [String]) -> String {
    for file in files where file.contains("/") {
      let name = file.split(separator: "/").last.map(String.init) ?? "/"
      if word == file { return name }
      if word.hasPrefix("-"), word.hasSuffix(file) { return word.dropLast(file.count) + name }
    }
    return word
  }

  /// A file that was read: its name without folders unless another is given, its size, its SHA-256.
  public static func input(_ source: ByteSource, name: String? = nil) -> JSONValue {
    .members(
      ("name", .string(name ?? source.name)), ("bytes", .integer(source.count)),
      ("sha256", .string(source.withBytes { sha256Hex($0) })))
  }

  /// Now, as 2026-05-01T12:00:00Z.
  public static func now() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ value: Int32, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return "\(digits(parts.tm_year + 1900, 4))-\(digits(parts.tm_mon + 1, 2))-\(digits(parts.tm_mday, 2))"
      + "T\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2)):\(digits(parts.tm_sec, 2))Z"
  }

  public var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("tool", .string(Tool.name)), .init("version", .string(Tool.version)),
      .init("build", .string(Tool.build)), .init("argv", .array(arguments.map(JSONValue.string))),
    ]
    if input != .null { members.append(.init("input", input)) }
    if inputs != .null { members.append(.init("inputs", inputs)) }
    members.append(
      .init(
        "linear_algebra", .members(("library", .string(linearAlgebra)), ("threads", .integer(threads)))))
    if let workers { members.append(.init("threads", .integer(workers))) }
    if let startedUTC { members.append(.init("started_utc", .string(startedUTC))) }
    return .object(members)
  }

  /// The call, its words quoted for a shell where they need it.
  public var commandLine: String { arguments.map(shellWord).joined(separator: " ") }

  /// The same for people: what it is, and its value.
  public var rows: [[String]] {
    var rows = [["Program", "\(Tool.name) \(Tool.version), \(Tool.build)"], ["Call", commandLine]]
    if case .object(let members) = input {
      let names = ["name": "Input", "bytes": "Bytes of the input", "sha256": "SHA-256 of the input"]
      for member in members {
        switch member.value {
        case .string(let text): rows.append([names[member.key] ?? member.key, text])
        case .integer(let count): rows.append([names[member.key] ?? member.key, "\(count)"])
        default: break
        }
      }
    }
    rows.append(["Linear algebra", "\(linearAlgebra), \(threads) \(threads == 1 ? "thread" : "threads")"])
    if let workers { rows.append(["Threads", "up to \(workers); no number depends on it"]) }
    if let startedUTC { rows.append(["Started (UTC)", startedUTC]) }
    return rows
  }
}

/// A word as a POSIX shell takes it for one word.
private func shellWord(_ word: String) -> String {
  let plain = "-_./=,:+@%"
  let isPlain = word.unicodeScalars.allSatisfy {
    ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
      || plain.unicodeScalars.contains($0)
  }
  guard !isPlain || word.isEmpty else { return word }
  return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}

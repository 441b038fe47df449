#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The program `survkit-readstat`, which reads SAS, Stata and SPSS files in a process of its own.
enum ReadStatProgram {
  private static let name = "survkit-readstat"
  /// What the program takes beside the file, and how often the file.
  private static let memoryBase = 512 << 20
  private static let memoryPerByte = 4
  /// Processor time: reading goes at tens of megabytes a second, of which no file needs more than this.
  private static let secondsBase = 4
  private static let bytesPerSecond = 1 << 18
  /// A row of zeros or blanks is stored in a few bytes; a table whose text is larger than this is made to fill the memory.
  private static let textBase = 64 << 20
  private static let textPerByte = 256

  /// Reads a file that is in memory.
  ///
  /// - Throws: `TrialDataError`: data when the file cannot be read, also where reading it crashed or took too long; memory when
  ///   it asks for more than its size warrants; program when the program cannot be started.
  static func read(
    _ bytes: FileBytes, _ format: DataFormat, file: String, limit: Int, check: DataFile.SizeCheck
  ) throws(TrialDataError) -> (table: FileBytes, description: FileDescription) {
    // A transport file and Stata before version 118 do not say their encoding. Today's programs write UTF-8 into them, older
    // ones on Windows that of Windows, and hardly a text of that is valid UTF-8 by chance.
    var stream = try run(
      bytes, format, encoding: format == .dta ? "UTF-8" : nil, file: file, limit: limit, check: check)
    let statesEncoding: Bool
    switch format {
    case .xportV5, .xportV8: statesEncoding = false
    case .dta: statesEncoding = (Int(stream.facts["version"] ?? "") ?? 0) >= 118
    default: statesEncoding = true
    }
    let isOld = !statesEncoding && stream.trouble?.kind == "encoding"
    if isOld { stream = try run(bytes, format, encoding: "WINDOWS-1252", file: file, limit: limit, check: check) }
    if let trouble = stream.trouble { throw error(trouble, format, file, statesEncoding: statesEncoding) }
    var found = stream.finish(format)
    if isOld {
      found.description.encoding = "WINDOWS-1252"
      found.description.notes.append(
        FileDescription.Note(
          code: "encoding-assumed",
          message: "the text of \(file) was read as Windows-1252: the file does not say its encoding and is not UTF-8"))
    }
    return found
  }

  private static func error(
    _ trouble: (kind: String, message: String), _ format: DataFormat, _ file: String, statesEncoding: Bool
  ) -> TrialDataError {
    let reason = trouble.message.prefix(1).lowercased() + trouble.message.dropFirst()
    switch trouble.kind {
    case "memory":
      return TrialDataError(.memory, file: file, "cannot be read as \(format.title): \(reason); it may be damaged")
    case "encoding" where !statesEncoding:
      return TrialDataError(.data, file: file, "has text that is neither UTF-8 nor Windows-1252; save it with UTF-8")
    case "encoding":
      return TrialDataError(
        .data, file: file, "has text that is not in the encoding it says (\(reason)); save it with UTF-8")
    default: return TrialDataError(.data, file: file, "cannot be read as \(format.title): \(reason)")
    }
  }

  private static func run(
    _ bytes: FileBytes, _ format: DataFormat, encoding: String?, file: String, limit: Int, check: DataFile.SizeCheck
  ) throws(TrialDataError) -> ReadStatStream {
    let seconds = secondsBase + bytes.count / bytesPerSecond
    let textLimit = min(limit, textBase + bytes.count * textPerByte)
    let word =
      switch format {
      case .sas7bdat: "sas7bdat"
      case .dta: "dta"
      case .sav, .zsav: "sav"
      default: "xport"
      }
    let words = [
      word, String(bytes.count), String(memoryBase + bytes.count * memoryPerByte), String(seconds),
    ]
    let process = try ChildProcess(name, words + [encoding].compactMap { $0 }, file: file)
    var stream = ReadStatStream()
    var isStream = true
    do throws(TrialDataError) {
      process.send(bytes.buffer)
      try process.receive { (part) throws(TrialDataError) in
        isStream = stream.append(part)
        guard stream.table.count <= textLimit else {
          throw TrialDataError(
            .data, file: file, "has more than \(textLimit) bytes of text, which its size does not warrant")
        }
        try check(file, stream.table.count)
        return isStream
      }
    } catch {
      process.stop()
      throw error
    }
    guard isStream else {
      process.stop()
      throw TrialDataError(
        .data, file: file, "cannot be read as \(format.title): its reader went astray; the file is damaged")
    }
    let end = process.wait()
    if stream.isAtFrameEnd, [.exited(0), .unknown].contains(end), stream.isComplete || stream.trouble != nil {
      return stream
    }
    let reason =
      switch end {
      case .signalled(SIGXCPU), .signalled(SIGKILL): "its reader was stopped after \(seconds) seconds of work"
      case .signalled(let signal): "its reader crashed (signal \(signal))"
      case .exited, .unknown: "its reader stopped before the end"
      }
    throw TrialDataError(.data, file: file, "cannot be read as \(format.title): \(reason); the file is damaged")
  }
}

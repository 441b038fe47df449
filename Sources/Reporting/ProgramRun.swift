#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// One run of another program to its end. Input, output and messages are files without a name, so that neither side waits for the other.
public struct ProgramRun: Sendable, Equatable {
  public enum Failure: Error, Sendable, Equatable {
    /// There is no room for what goes in and out.
    case temporaryFile(String)
    /// There is no such program.
    case missing
    case notStarted(String)
  }

  /// What it exited with; 128 and the signal's number more where a signal ended it, as a shell counts.
  public let status: Int32
  public let output: [UInt8]
  /// What it wrote to standard error.
  public let messages: [UInt8]

  /// - Parameters:
  ///   - name: looked up on the search path unless it is a path.
  ///   - arguments: the words behind the name.
  ///   - input: what standard input holds.
  ///   - folder: where the program runs; the current folder when nil. This process is there too while the other starts: not to be called
  ///     beside work that opens files by relative names.
  public init(
    _ name: String, _ arguments: [String], input: [UInt8] = [], folder: String? = nil
  ) throws(Failure) {
    guard let files = ProgramRun.files() else { throw .temporaryFile(String(cString: strerror(errno))) }
    defer { for file in files { fclose(file) } }
    do throws(OutputError) {
      try Output.writeAll(input, to: fileno(files[0]), name: "a temporary file")
    } catch {
      throw .temporaryFile(error.message)
    }
    rewind(files[0])
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t? = nil
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, fileno(file), Int32(descriptor))
    }
    var words = ([name] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let here = open(".", O_RDONLY | O_CLOEXEC)
    if let folder, here < 0 || chdir(folder) != 0 { throw .notStarted(String(cString: strerror(errno))) }
    let failure = posix_spawnp(&process, name, &actions, nil, &words, environ)
    if folder != nil { _ = fchdir(here) }
    if here >= 0 { close(here) }
    guard failure == 0 else {
      throw failure == ENOENT ? .missing : .notStarted(String(cString: strerror(failure)))
    }
    var end: Int32 = 0
    while waitpid(process, &end, 0) < 0, errno == EINTR {}
    let signal = end & 0x7F
    status = signal == 0 ? end >> 8 & 0xFF : 128 + signal
    output = ProgramRun.contents(of: files[1])
    messages = ProgramRun.contents(of: files[2])
  }

  private static func files() -> [UnsafeMutablePointer<FILE>]? {
    let files = (0..<3).map { _ in tmpfile() }
    let made = files.compactMap { $0 }
    guard made.count == files.count else {
      for file in made { fclose(file) }
      return nil
    }
    return made
  }

  private static func contents(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
    // The program that wrote has moved the place in the file, which both share.
    lseek(fileno(file), 0, SEEK_SET)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(fileno(file), &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      bytes += block[..<count]
    }
  }
}

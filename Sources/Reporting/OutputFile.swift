#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A result that could not be written.
public struct OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// 73: the file cannot be created; 74: writing failed.
  public let exitCode: Int32
  public let message: String
  public var description: String { message }
}

/// Writing results so that a reader never meets half of one: checked writes, and files that appear under their name only
/// when whole.
public enum Output {
  /// Writes to standard output; a full disk or a closed pipe is an error.
  public static func standard(_ text: String) throws(OutputError) {
    try writeAll(Array(text.utf8), to: 1, name: "standard output")
  }

  /// Refuses, before any work is done, what `file` would refuse: a folder, an existing file without `force`, a name in a
  /// folder that is not there or cannot be written to.
  ///
  /// - Parameters:
  ///   - path: where `file` would write.
  ///   - force: whether an existing file may be replaced.
  ///   - inputs: files that are read; none of them is replaced, with `force` neither.
  public static func check(path: String, force: Bool, inputs: [String] = []) throws(OutputError) {
    guard !path.isEmpty else { throw OutputError(exitCode: 73, message: "the name of the output file is empty") }
    var status = stat()
    guard stat(path, &status) == 0 else {
      // A link to nothing would be replaced by the file, and what it pointed to never made.
      if lstat(path, &status) == 0 {
        throw OutputError(exitCode: 73, message: "\(path): is a link to a file that does not exist")
      }
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      guard access(folder, W_OK | X_OK) == 0 else { throw cannotCreate(path) }
      return
    }
    for input in inputs where areSame(input, path) && status.st_mode & S_IFMT == S_IFREG {
      throw OutputError(
        exitCode: 73, message: "\(path): is read by this call and cannot be its output; give another name")
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR { throw OutputError(exitCode: 73, message: "\(path): is a folder") }
    guard kind != S_IFREG || force else {
      throw OutputError(exitCode: 73, message: "\(path): exists already; give another name, or --force to replace it")
    }
  }

  /// Whether two paths lead to the same file.
  private static func areSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(one, &first) == 0 && stat(other, &second) == 0 && first.st_dev == second.st_dev
      && first.st_ino == second.st_ino
  }

  /// Whether two files that are not there yet would be one: a name in the same folder, however that is spelt.
  private static func wouldBeSame(_ one: String, _ other: String) -> Bool {
    func split(_ path: String) -> (folder: String, name: Substring) {
      guard let slash = path.lastIndex(of: "/") else { return (".", path[...]) }
      return (String(path[...slash]), path[path.index(after: slash)...])
    }
    let (first, second) = (split(one), split(other))
    return first.name == second.name && areSame(first.folder, second.folder)
  }

  /// Refuses two outputs of one call under the same name, of which the second would replace the first.
  public static func checkDistinct(_ paths: [String]) throws(OutputError) {
    for (position, path) in paths.enumerated() {
      for earlier in paths[..<position] where path == earlier || areSame(path, earlier) || wouldBeSame(path, earlier) {
        throw OutputError(
          exitCode: 73, message: "\(path): two outputs of this call have this name; give another to one")
      }
    }
  }

  /// Makes a folder where there is none; its parent must exist.
  public static func folder(_ path: String) throws(OutputError) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw OutputError(exitCode: 73, message: "\(path): is not a folder")
      }
    } else if mkdir(path, 0o755) != 0 {
      throw cannotCreate(path)
    }
  }

  /// Writes a file through a temporary one in the same folder (fsync, rename). An existing file is replaced only with
  /// `force` and keeps its mode; a symlink keeps pointing where it did; a device or pipe is written directly.
  ///
  /// Interrupt, hang-up and termination wait until the file is whole, so that they leave no temporary file.
  public static func file(_ text: String, path: String, force: Bool = false) throws(OutputError) {
    try file(bytes: Array(text.utf8), path: path, force: force)
  }

  /// The same for a file that is no text.
  public static func file(bytes: [UInt8], path: String, force: Bool = false) throws(OutputError) {
    try check(path: path, force: force)
    var status = stat()
    var mode: mode_t = 0o644
    var target = path
    if stat(path, &status) == 0 {
      let kind = status.st_mode & S_IFMT
      if kind != S_IFREG {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw cannotCreate(path) }
        defer { close(descriptor) }
        return try writeAll(bytes, to: descriptor, name: path)
      }
      mode = status.st_mode & 0o7777
      if let resolved = realpath(path, nil) {
        target = String(cString: resolved)
        free(resolved)
      }
    }
    let held = holdSignals()
    defer { release(held) }
    let (temporary, descriptor) = openTemporary(beside: target, mode)
    guard descriptor >= 0 else { throw cannotCreate(path) }
    do throws(OutputError) {
      try writeAll(bytes, to: descriptor, name: path)
      guard fsync(descriptor) == 0, fchmodIfNeeded(descriptor, mode, force) == 0 else {
        throw OutputError(exitCode: 74, message: "\(path): \(String(cString: strerror(errno)))")
      }
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    close(descriptor)
    guard rename(temporary, target) == 0 else {
      let error = cannotCreate(path)
      unlink(temporary)
      throw error
    }
  }

  /// A new file in the folder of `target`; its name does not grow with that of the target, which may be as long as names can
  /// be, and steps over what a killed process of the same number has left. The descriptor is -1 when none can be made.
  private static func openTemporary(beside target: String, _ mode: mode_t) -> (name: String, descriptor: Int32) {
    let folder = target.lastIndex(of: "/").map { target[...$0] } ?? ""
    for attempt in 0..<100 {
      let name = "\(folder).survkit-\(getpid())-\(attempt).tmp"
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
      if descriptor >= 0 || errno != EEXIST { return (name, descriptor) }
    }
    return ("", -1)
  }

  /// Lets the signals that end a program from outside wait; returns those that waited before.
  private static func holdSignals() -> sigset_t {
    var (ending, before) = (sigset_t(), sigset_t())
    sigemptyset(&ending)
    for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&ending, number) }
    pthread_sigmask(SIG_BLOCK, &ending, &before)
    return before
  }

  private static func release(_ held: sigset_t) {
    var held = held
    pthread_sigmask(SIG_SETMASK, &held, nil)
  }

  private static func fchmodIfNeeded(_ descriptor: Int32, _ mode: mode_t, _ isReplacing: Bool) -> Int32 {
    isReplacing ? fchmod(descriptor, mode) : 0
  }

  private static func cannotCreate(_ path: String) -> OutputError {
    OutputError(exitCode: 73, message: "\(path): cannot be written: \(String(cString: strerror(errno)))")
  }

  static func writeAll(_ bytes: [UInt8], to descriptor: Int32, name: String) throws(OutputError) {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw OutputError(exitCode: 74, message: "\(name): writing failed: \(String(cString: strerror(errno)))")
      }
      done += count
    }
  }
}

import Foundation

/// A program started with posix_spawn, so that its start costs what it costs a shell and its peak memory is known.
struct ChildProcess {
  let identifier: pid_t

  /// - Parameters:
  ///   - input, output: descriptors that become the child's standard input and output; nil for /dev/null.
  init(_ arguments: [String], input: Int32? = nil, output: Int32? = nil) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    argv.append(nil)
    defer { for pointer in argv { free(pointer) } }
    var child: pid_t = 0
    let status = posix_spawnp(&child, arguments[0], &actions, nil, argv, environ)
    guard status == 0 else { throw BenchmarkError("\(arguments[0]): \(String(cString: strerror(status)))") }
    identifier = child
  }

  /// Waits for the end; the largest resident set in MB.
  func wait() throws -> Double {
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(identifier, &status, 0, &usage) == identifier, status == 0 else {
      throw BenchmarkError("a child ended with status \(status >> 8)")
    }
    return Double(usage.ru_maxrss) / 1024
  }

  /// Runs to the end and returns what was printed.
  static func output(_ arguments: [String]) throws -> String {
    let pipe = Pipe()
    let child = try ChildProcess(arguments, output: pipe.fileHandleForWriting.fileDescriptor)
    try pipe.fileHandleForWriting.close()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    _ = try child.wait()
    return String(decoding: data, as: UTF8.self)
  }
}

struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

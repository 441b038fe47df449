#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A program that gets bytes on its standard input and answers on its standard output when it has them all.
///
/// Both are one socket, which, unlike a pipe, can be written to without a signal where the program has gone.
struct ChildProcess {
  enum End: Equatable {
    case exited(Int32)
    case signalled(Int32)
    /// Someone else was told, as where the caller ignores the ends of its children.
    case unknown
  }

  private let process: pid_t
  private let socket: Int32

  /// Starts a program that lies beside the one that runs, or is on the search path.
  ///
  /// - Throws: `TrialDataError` (program) when there is none, or it cannot be started.
  init(_ name: String, _ arguments: [String], file: String) throws(TrialDataError) {
    func failure(_ reason: String) -> TrialDataError {
      TrialDataError(.program, file: file, "is read by the program \(name): \(reason)")
    }
    var ends: [Int32] = [-1, -1]
    #if canImport(Glibc)
      let type = Int32(SOCK_STREAM.rawValue)
    #else
      let type = SOCK_STREAM
    #endif
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw failure(String(cString: strerror(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    #if canImport(Darwin)
      var isOn: Int32 = 1
      setsockopt(ends[0], SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
      var actions: posix_spawn_file_actions_t? = nil
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    let path = OwnProgram.beside(name) ?? name
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    let status = posix_spawnp(&process, path, &actions, nil, &words, environ)
    close(ends[1])
    guard status == 0 else {
      close(ends[0])
      throw failure(
        status == ENOENT
          ? "it lies neither beside survkit nor on the search path; \"make build\" makes it, or \"swift build -c release "
            + "--product \(name)\" (Debian and Ubuntu: libreadstat-dev)" : String(cString: strerror(status)))
    }
    (self.process, socket) = (process, ends[0])
  }

  /// Sends everything; ends early where the program has gone, which `wait` then tells.
  func send(_ bytes: UnsafeBufferPointer<UInt8>) {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var sent = 0
    while sent < bytes.count, let start = bytes.baseAddress {
      let count = sendBytes(socket, start + sent, min(bytes.count - sent, 1 << 20), flags)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      sent += count
    }
    _ = shutdown(socket, Int32(SHUT_WR))
  }

  /// Receives what the program writes, to its end or until `body` returns false.
  func receive(_ body: (UnsafeRawBufferPointer) throws(TrialDataError) -> Bool) throws(TrialDataError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = recv(socket, buffer.baseAddress, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0, try body(UnsafeRawBufferPointer(rebasing: buffer[..<count])) else { return }
    }
  }

  /// Ends the program; in place of `wait`.
  func stop() {
    kill(process, SIGKILL)
    _ = wait()
  }

  /// Waits for the end of the program, once.
  func wait() -> End {
    close(socket)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return .unknown }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }
}

/// send(2) under a name that the type's own `send` does not hide.
private func sendBytes(_ socket: Int32, _ bytes: UnsafePointer<UInt8>, _ count: Int, _ flags: Int32) -> Int {
  send(socket, bytes, count, flags)
}

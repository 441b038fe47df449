internal import Survival

#if canImport(Glibc)
  internal import Glibc
#endif

// One program for every target: SURVKIT_FUZZ_TARGET names it, all arguments are libFuzzer's. scripts/fuzz builds and runs it.

/// A target: it returns for every input, or a trap, a sanitizer or `expect` stops it.
private let targets: [String: ([UInt8]) -> Void] = [
  "csv": fuzzCSV, "number": fuzzNumber, "model": fuzzModel, "formats": fuzzFormats, "readstat": fuzzReadStat,
  "readstat-stream": fuzzReadStatStream, "figure": fuzzFigure, "published": fuzzPublished, "digitised": fuzzDigitised,
  "claims": fuzzClaims, "svg": fuzzSVG, "labels": fuzzLabels, "json": fuzzJSON,
]

private let name = getenv("SURVKIT_FUZZ_TARGET").map { String(cString: $0) } ?? ""
guard let chosen = targets[name] else {
  let names = targets.keys.sorted().joined(separator: " ")
  print("SURVKIT_FUZZ_TARGET names one of: \(names)")
  exit(64)
}
private let target: ([UInt8]) -> Void = chosen

/// Stops where a property does not hold.
func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

// One thread: coverage must be that of the input and not of the day.
Parallelism.threads = 1
private var count = CommandLine.argc
private var arguments = CommandLine.unsafeArgv
exit(
  runDriver(&count, &arguments) { bytes, count in
    target(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
  })

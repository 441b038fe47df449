internal import FuzzReadStat

@testable internal import TrialData

/// A file of any format to a table: gzip, tab-separated text, Dataset-JSON and -NDJSON, and the detection of the others, which
/// `readstat` reads.
func fuzzFormats(_ bytes: [UInt8]) {
  let limit = 32 << 20
  guard let file = try? DataFile(ByteSource(name: "t.dat", bytes: bytes), limit: limit) else { return }
  expect(file.table.count <= limit, "more text than the limit")
  guard let table = try? DataTable(file) else { return }
  _ = file.description.title
  analyse(table)
}

/// A SAS, Stata or SPSS file through ReadStat and survkit-readstat's own code, in process, to a table. Its first byte chooses the
/// encoding that is asked for.
func fuzzReadStat(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  let content = FileBytes(bytes.dropFirst())
  let format: DataFormat
  let word: String
  switch FormatDetection(content.buffer) {
  case .format(.xportV5), .format(.xportV8):
    format = .xportV5
    word = "xport"
  case .format(.sas7bdat): (format, word) = (.sas7bdat, "sas7bdat")
  case .format(.dta): (format, word) = (.dta, "dta")
  case .format(.sav), .format(.zsav): (format, word) = (.sav, "sav")
  default: return
  }
  if TransportFile.fault(content.buffer, format) != nil { return }
  let encoding: String? = choice % 3 == 0 ? nil : choice % 3 == 1 ? "UTF-8" : "WINDOWS-1252"
  let collected = Collected()
  func run(_ encoding: UnsafePointer<CChar>?) {
    fuzz_readstat(
      word, content.base, content.count, encoding, Unmanaged.passUnretained(collected).toOpaque()
    ) { context, bytes, count in
      guard let context, let bytes else { return }
      Unmanaged<Collected>.fromOpaque(context).takeUnretainedValue()
        .add(UnsafeRawBufferPointer(start: bytes, count: count))
    }
  }
  if let encoding { encoding.withCString(run) } else { run(nil) }
  expect(collected.isStream && collected.stream.isAtFrameEnd, "the program writes what is no stream")
  expect(collected.stream.isComplete != (collected.stream.trouble != nil), "neither an end nor an error")
  guard collected.stream.isComplete else { return }
  let (table, _) = collected.stream.finish(format)
  read(table)
}

private final class Collected {
  var stream = ReadStatStream()
  var isStream = true

  func add(_ bytes: UnsafeRawBufferPointer) { isStream = isStream && stream.append(bytes) }
}

/// Any bytes as the output of survkit-readstat, in two pieces.
func fuzzReadStatStream(_ bytes: [UInt8]) {
  var stream = ReadStatStream()
  let half = bytes.count / 2
  let isStream = bytes.withUnsafeBytes { all in
    stream.append(UnsafeRawBufferPointer(rebasing: all[..<half]))
      && stream.append(UnsafeRawBufferPointer(rebasing: all[half...]))
  }
  guard isStream, stream.isComplete else { return }
  let (table, description) = stream.finish(.dta)
  _ = description.title
  read(table)
}

private func read(_ table: FileBytes) { analyse(ByteSource(name: "t.dat", memory: table)) }

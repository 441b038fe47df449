import Foundation

/// One workload as its generator wrote it: little-endian arrays beside a `meta.json`.
struct RawData {
  let folder: URL
  let name: String
  let rows: Int
  let covariates: Int
  /// Trials or resamples, where there are several.
  let repeats: Int

  init(_ folder: URL) throws {
    self.folder = folder
    let text = try Data(contentsOf: folder.appendingPathComponent("meta.json"))
    let meta = try JSONSerialization.jsonObject(with: text) as? [String: Any] ?? [:]
    name = folder.lastPathComponent
    guard let rows = meta["n"] as? Int else { throw BenchmarkError("\(name)/meta.json names no n") }
    self.rows = rows
    covariates = meta["p"] as? Int ?? 0
    repeats = meta["B"] as? Int ?? 1
  }

  func numbers(_ file: String) throws -> [Double] { try read("\(file).f64") }
  func integers(_ file: String) throws -> [Int32] { try read("\(file).i32") }
  func has(_ file: String) -> Bool { FileManager.default.fileExists(atPath: folder.appendingPathComponent(file).path) }

  private func read<Value: BitwiseCopyable>(_ file: String) throws -> [Value] {
    let handle = try FileHandle(forReadingFrom: folder.appendingPathComponent(file))
    let size = Int(try handle.seekToEnd())
    try handle.seek(toOffset: 0)
    return try [Value](unsafeUninitializedCapacity: size / MemoryLayout<Value>.stride) { buffer, count in
      var offset = 0
      let raw = UnsafeMutableRawBufferPointer(buffer)
      while offset < size, let part = try handle.read(upToCount: min(1 << 26, size - offset)), !part.isEmpty {
        part.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: raw[offset...]))
        offset += part.count
      }
      count = offset / MemoryLayout<Value>.stride
    }
  }
}

struct BenchmarkError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

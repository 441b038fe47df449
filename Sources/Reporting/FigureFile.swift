#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What a figure's file holds, by the ending of its name.
public enum FigureFormat: String, Sendable, CaseIterable {
  case svg
  case pdf
  case png

  /// Nil for an ending that no figure has. Standard output, "-", and a name without an ending are SVG.
  public init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), path != "-" else {
      self = .svg
      return
    }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }
}

extension Output {
  /// The program that makes PDF and PNG of an SVG document (librsvg).
  public static let renderer = "rsvg-convert"

  /// Writes a figure in the format of its name, at its size in millimetres: SVG as it is, PDF with its fonts embedded, PNG with
  /// `dotsPerInch`, which the file carries as well.
  ///
  /// The same figure gives the same bytes; a PDF is dated with SOURCE_DATE_EPOCH, which is 0 where it is not set.
  ///
  /// - Throws: `OutputError`: 69 where PDF or PNG is asked for and librsvg's program is not there or fails; else as `file`.
  public static func figure(
    _ svg: String, path: String, dotsPerInch: Int = 300, force: Bool = false
  ) throws(OutputError) {
    guard path != "-" else { return try standard(svg) }
    switch FigureFormat(path: path) ?? .svg {
    case .svg: try file(svg, path: path, force: force)
    case .pdf:
      try check(path: path, force: force)
      try file(bytes: rendered(svg, ["--format", "pdf"], path: path), path: path, force: force)
    case .png:
      try check(path: path, force: force)
      let image = try rendered(
        svg, ["--format", "png", "--dpi-x", "\(dotsPerInch)", "--dpi-y", "\(dotsPerInch)"], path: path)
      try file(bytes: withResolution(image, dotsPerInch: dotsPerInch), path: path, force: force)
    }
  }

  /// What the renderer makes of a document.
  private static func rendered(_ svg: String, _ arguments: [String], path: String) throws(OutputError) -> [UInt8] {
    setenv("SOURCE_DATE_EPOCH", "0", 0)
    let run: ProgramRun
    do throws(ProgramRun.Failure) {
      run = try ProgramRun(renderer, arguments, input: Array(svg.utf8))
    } catch {
      switch error {
      case .temporaryFile(let reason):
        throw OutputError(exitCode: 74, message: "\(path): no temporary file: \(reason)")
      case .missing:
        throw OutputError(
          exitCode: 69,
          message:
            "\(path): PDF and PNG are made by \(renderer): it is not installed (Debian and Ubuntu: librsvg2-bin); "
            + "or write SVG")
      case .notStarted(let reason):
        throw OutputError(exitCode: 69, message: "\(path): PDF and PNG are made by \(renderer): \(reason)")
      }
    }
    guard run.status == 0 else {
      let text = String(decoding: run.messages, as: UTF8.self)
      throw OutputError(exitCode: 69, message: "\(path): \(renderer) failed: \(text.prefix { $0 != "\n" })")
    }
    return run.output
  }

  /// A PNG image that says how many dots an inch has: the chunk pHYs (dots per metre), behind the header.
  /// Portable Network Graphics specification, W3C 2003, sections 5 and 11.3.5.3.
  static func withResolution(_ png: [UInt8], dotsPerInch: Int) -> [UInt8] {
    let header = 8 + 4 + 4 + 13 + 4
    guard png.count > header else { return png }
    func bigEndian(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    let dots = bigEndian(UInt32((Double(dotsPerInch) / 0.0254).rounded()))
    let chunk = Array("pHYs".utf8) + dots + dots + [1]
    return png[..<header] + bigEndian(9) + chunk + bigEndian(crc32(chunk)) + png[header...]
  }

  /// The checksum of a PNG chunk (ISO 3309), bit by bit: a chunk of thirteen bytes is no work.
  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
  }
}

import Foundation
import Testing

/// Figures as PDF and PNG: their size, their fonts, and what is refused.
@Suite struct FigureFileTests {
  private static let trial = "time,event,arm\n1,1,a\n2,1,b\n3,0,b\n4,1,a\n5,1,b\n6,0,a\n"

  private func drawn(_ name: String, _ options: [String] = []) throws -> Data {
    var file = Data()
    try withFolder { folder in
      let path = folder.appendingPathComponent(name).path
      let run = try survkit(["plot", "-", "-o", path] + options, input: Self.trial)
      #expect(run.status == 0 && run.out.isEmpty && run.err.isEmpty, "\(run.err)")
      file = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
    }
    return file
  }

  @Test("a PDF has the figure's size, its fonts within, and the same bytes each time")
  func pdf() throws {
    let file = try drawn("km.pdf", ["--width", "86", "--height", "100"])
    let text = String(decoding: file, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-"))
    // 86 mm and 100 mm in points of 1/72 inch.
    let box = try #require(text.firstMatch(of: /MediaBox \[ 0 0 ([0-9.]+) ([0-9.]+) \]/))
    let (width, height) = (Double(box.1) ?? 0, Double(box.2) ?? 0)
    let (wanted, high): (Double, Double) = (86 * 72 / 25.4, 100 * 72 / 25.4)
    #expect(abs(width - wanted) < 0.01 && abs(height - high) < 0.02)
    #expect(text.contains("/FontFile"))
    #expect(try drawn("km.PDF", ["--width", "86", "--height", "100"]) == file)
  }

  @Test("a PNG has the dots asked for and says how many an inch has", arguments: [300, 96])
  func png(dpi: Int) throws {
    let bytes = [UInt8](try drawn("km.png", ["--width", "86"] + (dpi == 300 ? [] : ["--dpi", "\(dpi)"])))
    func number(_ place: Int) -> Int { bytes[place..<(place + 4)].reduce(0) { 256 * $0 + Int($1) } }
    let columns = Int((86 / 25.4 * Double(dpi)).rounded(.up))
    #expect(bytes[1...3].elementsEqual("PNG".utf8) && number(16) == columns)
    // Behind the header's 33 bytes: length, name, dots per metre, unit, checksum. The checksums of zlib's crc32.
    let (perMetre, checksum) = dpi == 300 ? (11_811, 0x78A5_3F76) : (3780, 0x952B_0E1B)
    #expect(number(33) == 9 && bytes[37..<41].elementsEqual("pHYs".utf8) && bytes[49] == 1)
    #expect(number(41) == perMetre && number(45) == perMetre && number(50) == checksum)
  }

  @Test("other endings, and dots for what has none, are refused before any work")
  func refusals() throws {
    for (arguments, text) in [
      (["-o", "km.jpg"], ".svg, .pdf or .png"), (["-o", "km.svg", "--dpi", "300"], "--dpi belongs to a .png"),
      (["-o", "km.png", "--dpi", "10"], "50 to 2400"),
    ] {
      let run = try survkit(["plot", "-"] + arguments, input: Self.trial)
      #expect(run.status == 64 && run.err.contains(text), "\(arguments): \(run.err)")
    }
    let fit = try survkit(["fit", "-", "--dpi", "300"], input: Self.trial)
    #expect(fit.status == 64 && fit.err.contains("--dpi belongs to a .png figure"))
  }

  @Test("without librsvg's program the error says what to install, and no file is left")
  func withoutRenderer() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("km.pdf").path
      let run = try survkit(["plot", "-", "-o", path], input: Self.trial, environment: ["PATH": folder.path])
      #expect(run.status == 69 && run.err.contains("librsvg2-bin"), "\(run.status) \(run.err)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }
}

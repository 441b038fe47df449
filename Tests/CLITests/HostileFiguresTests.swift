import Foundation
import Testing

/// `survkit reconstruct` on files that are broken in every way: a message and a documented status, or rows that meet the facts.
@Suite struct HostileFiguresTests {
  private struct Generator {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    mutating func pick(_ choices: [String]) -> String { choices[next(choices.count)] }
  }

  private static let cells = [
    "", "nan", "inf", "-1", "1e400", "1e-320", "9999999999999999999999", "0.5.5", "\"", "0,5", "abc", "85", "1.5", "0",
    "\0", "é",
    "-0.0", "1e15",
  ]

  /// A table with one to three cells, rows or characters spoilt.
  private func spoilt(_ table: String, _ random: inout Generator) -> String {
    var lines = table.split(separator: "\n").map(String.init)
    for _ in 0...random.next(3) {
      let line = random.next(max(1, lines.count))
      guard lines.indices.contains(line) else { continue }
      switch random.next(8) {
      case 0: lines.remove(at: line)
      case 1: lines.insert(lines[line], at: line)
      case 2: lines.swapAt(line, random.next(lines.count))
      case 3: lines[line] += ",7"
      case 4: lines = Array(lines.prefix(line))
      case 5: lines[line] = String(lines[line].dropLast(1 + random.next(3)))
      default:
        var cells = lines[line].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let cell = random.next(max(1, cells.count))
        if cells.indices.contains(cell) { cells[cell] = random.pick(Self.cells) }
        lines[line] = cells.joined(separator: ",")
      }
    }
    return lines.joined(separator: random.next(6) == 0 ? "\r\n" : "\n")
  }

  @Test("two hundred broken figures")
  func figures() throws {
    let curve = "time,survival\n0,1\n2,0.92\n4,0.85\n6,0.77\n8,0.7\n10,0.62\n12,0.55\n"
    let atRisk = "time,n\n0,40\n4,33\n8,26\n12,19\n"
    var (made, refused) = (0, 0)
    try withFolder { folder in
      func write(_ name: String, _ text: String) throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: url)
        return url.path
      }
      for seed in 1...200 {
        var random = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
        let isTableSpoilt = random.next(3) == 0
        let readings = try write("curve.csv", random.next(4) == 0 ? curve : spoilt(curve, &random))
        let numbers = try write("n.csv", isTableSpoilt ? spoilt(atRisk, &random) : atRisk)
        let subjects = random.next(6) == 0 ? random.pick(["0", "-3", "39", "400000", "x", "1e3"]) : "40"
        let events = random.next(3) == 0 ? random.pick(["0", "41", "-1", "2", "39", "16.5"]) : "16"
        let out = folder.appendingPathComponent("rows\(seed).csv")
        let run = try survkit([
          "reconstruct", "--curve", readings, "--at-risk", numbers, "--n", subjects, "--events", events, "--repeats",
          "0",
          "-o", out.path,
        ])
        let label = "seed \(seed): \(run.status) \(run.err)"
        if run.status == 0 {
          let rows = try String(contentsOf: out, encoding: .utf8).split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",") }
          #expect(rows.count == Int(subjects), "\(label)")
          #expect(rows.filter { $0[3] == "1" }.count == Int(events), "\(label)")
          if !isTableSpoilt {
            for (time, n) in [(0.0, 40), (4, 33), (8, 26), (12, 19)] {
              #expect(rows.filter { Double($0[2]) ?? -1 >= time }.count == n, "\(label), at \(time)")
            }
          }
          made += 1
        } else {
          // A trap would be a signal's number.
          #expect([64, 65].contains(run.status), "\(label)")
          #expect(
            run.err.count > 20 && run.out.isEmpty && !FileManager.default.fileExists(atPath: out.path), "\(label)")
          refused += 1
        }
      }
    }
    #expect(made > 10 && refused > 50, "\(made) made, \(refused) refused")
  }

  @Test("a hundred broken files of published facts")
  func published() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let facts = try String(contentsOf: root.appendingPathComponent("data/card/published.json"), encoding: .utf8)
    let bytes = Array(facts.utf8)
    let numbers = bytes.indices.filter { (48...57).contains(bytes[$0]) }
    for seed in 1...100 {
      var random = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
      var changed = bytes
      switch random.next(4) {
      case 0: changed = Array(bytes.prefix(random.next(bytes.count)))
      case 1: changed[random.next(bytes.count)] = UInt8(random.next(256))
      default:
        for _ in 0...random.next(4) { changed[numbers[random.next(numbers.count)]] = UInt8(48 + random.next(10)) }
      }
      let run = try survkit(
        ["reconstruct", "-", "--endpoint", "os"], input: String(decoding: changed, as: UTF8.self))
      #expect([0, 64, 65].contains(run.status), "seed \(seed): \(run.status) \(run.err)")
      #expect(run.status == 0 || (run.err.count > 20 && run.out.isEmpty), "seed \(seed)")
    }
  }
}

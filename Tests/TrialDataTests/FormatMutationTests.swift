import Foundation
import Survival
import Testing
import TrialData

/// Damaged files of every format end in a table or an error: no trap, no hang. scripts/mutate-formats does the same with many
/// thousand files each; SURVKIT_MUTATIONS sets the number here.
@Suite struct FormatMutationTests {
  private static let count = ProcessInfo.processInfo.environment["SURVKIT_MUTATIONS"].flatMap { Int($0) } ?? 200

  private static func damaged(_ whole: [UInt8], _ random: inout SplitMix64) -> (bytes: [UInt8], isCut: Bool) {
    var bytes = whole
    // The beginning holds most of the lengths.
    func place() -> Int {
      Int.random(in: 0..<(Bool.random(using: &random) ? min(2000, bytes.count) : bytes.count), using: &random)
    }
    let kind = Int.random(in: 0..<5, using: &random)
    if kind == 0 { return (Array(whole[..<place()]), true) }
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      let at = place()
      switch kind {
      case 1: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 2:
        let value: UInt8 = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
        for position in at..<min(at + Int.random(in: 1...8, using: &random), bytes.count) { bytes[position] = value }
      case 3: bytes.removeSubrange(at..<min(at + Int.random(in: 1...300, using: &random), bytes.count))
      default:
        let part = whole[at % whole.count..<min(at % whole.count + 100, whole.count)]
        bytes.insert(contentsOf: part, at: place())
      }
    }
    return (bytes, false)
  }

  @Test(arguments: ["trial.csv"] + FormatFiles.names) func damageEndsInATableOrAnError(_ name: String) throws {
    let whole = try FormatFiles.bytes(name)
    let table = try FormatFiles.file(name, whole).table.bytes
    // Each file has its own damage.
    var random = SplitMix64(seed: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var (tables, errors, longest) = (0, 0, Duration.zero)
    for number in 0..<FormatMutationTests.count {
      let (bytes, isCut) = FormatMutationTests.damaged(whole, &random)
      let start = ContinuousClock.now
      do {
        let file = try FormatFiles.file(name, bytes)
        let read = try DataTable(file)
        #expect(read.rowCount > 0)
        tables += 1
        // A row of CSV or tab-separated text more or less is no fault of the file.
        if isCut, ![.csv, .tsv].contains(file.description.format) || file.description.isCompressed {
          #expect(file.table.bytes == table, "\(name) \(number)")
        }
      } catch let error as TrialDataError {
        #expect([.data, .memory].contains(error.kind), "\(name) \(number): \(error)")
        errors += 1
      }
      longest = max(longest, ContinuousClock.now - start)
    }
    #expect(tables + errors == FormatMutationTests.count)
    #expect(errors > 0)
    // The program that reads stops itself after 4 s of work on a file of this size; a busy machine takes longer.
    #expect(longest < .seconds(30), "\(name)")
  }
}

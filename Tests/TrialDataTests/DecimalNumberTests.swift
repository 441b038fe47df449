internal import Survival
import Testing

@testable import TrialData

/// Numbers of a column against the standard library's reading of the same text, bit for bit.
@Suite struct DecimalNumberTests {
  private func check(_ texts: [String]) throws {
    let source = ByteSource(name: "t.csv", bytes: Array("x\n".utf8) + Array(texts.joined(separator: "\n").utf8))
    let values = try DataTable(unchecked: source).read(ColumnRequest(numbers: [0])).numbers[0]
    let read = try #require(values)
    #expect(read.fault == nil && read.values.count == texts.count)
    var wrong: [String] = []
    for (text, value) in zip(texts, read.values) {
      // -0 is read as 0.
      let expected = try #require(Double(text)) + 0
      if value.bitPattern != expected.bitPattern { wrong.append("\(text): \(value)") }
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(texts.count), first \(wrong.prefix(5))")
  }

  @Test("random decimals of 1 to 25 digits with a point anywhere")
  func randomDecimals() throws {
    var random = SplitMix64(seed: 30)
    var texts: [String] = []
    for _ in 0..<300_000 {
      let length = 1 + Int(random.next() % 25)
      var digits = (0..<length).map { _ in UInt8(0x30 + random.next() % 10) }
      if random.next() % 4 == 0 { for i in 0..<min(length, Int(random.next() % 20)) { digits[i] = 0x30 } }
      let places = Int(random.next() % UInt64(length + 1))
      var text = random.next() % 3 == 0 ? "-" : random.next() % 20 == 0 ? "+" : ""
      text += String(decoding: digits[..<(length - places)], as: UTF8.self)
      if places > 0 { text += "." + String(decoding: digits[(length - places)...], as: UTF8.self) }
      texts.append(text)
    }
    try check(texts)
  }

  @Test("doubles as they are printed, and halfway between two of them")
  func printedDoubles() throws {
    var random = SplitMix64(seed: 31)
    var texts: [String] = []
    for _ in 0..<100_000 {
      let value = Double(random.next() >> 11) / 9_007_199_254_740_992
      texts.append("\(value)")
      texts.append("\((value * 1e6).rounded() / 1e3)")
      texts.append("\(value * 1e-12)")
    }
    // Odd multiples of 2⁻¹ above 2⁵³ lie halfway between two doubles, as do their neighbours almost.
    for _ in 0..<20_000 {
      let halfway = (1 << 54) + 2 * (random.next() % (1 << 53)) + 1
      texts += ["\(halfway)", "\(halfway / 10).\(halfway % 10)", "\(halfway - 1)", "\(halfway + 1)", "\(halfway).0"]
    }
    try check(texts)
  }

  @Test("the edges of the fast ways")
  func edges() throws {
    var texts = [
      "0", "-0", "-0.0", "00000000000000000000", "0.0000000000000000000000000000000", "1e22", "1E-22", "-1e-400",
    ]
    for digits in [
      "9007199254740991", "9007199254740992", "9007199254740993", "9999999999999999999", "18446744073709551615",
    ] {
      for zeros in 0..<30 {
        texts.append("0." + String(repeating: "0", count: zeros) + digits)
        texts.append(digits + "." + String(repeating: "0", count: zeros))
      }
    }
    for power in 0..<30 {
      texts.append("1" + String(repeating: "0", count: power))
      if power > 0 { texts.append("0." + String(repeating: "0", count: power - 1) + "1") }
      if power > 0 { texts.append("." + String(repeating: "0", count: power - 1) + "5") }
    }
    texts += ["5.", "+.5", "12345678.12345678", "1.123456789", "1.1234567890123456"]
    try check(texts)
  }
}

@testable internal import TrialCatalogue
@testable internal import TrialData

#if canImport(Glibc)
  internal import Glibc
#endif

/// A cell as a number: exactly the grammar, finite, bit for bit what strtod reads; the same in a table, where most cells take a
/// shorter way; and as a paper prints it.
func fuzzNumber(_ bytes: [UInt8]) {
  let found = decimalNumber(bytes[...])
  expect((found != nil) == isDecimal(bytes) && found?.isFinite ?? true, "another grammar")
  if let found {
    expect(found.bitPattern == (strtod(text(bytes), nil) + 0).bitPattern, "another number than strtod's")
  }
  // A comma or a quote would make other cells of it, blanks around it are no part of it.
  if !bytes.isEmpty, bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2C && $0 != 0x22 }) {
    let source = ByteSource(name: "t.csv", bytes: Array("a,x\n1,".utf8) + bytes + Array("\n1,7\n".utf8))
    guard let table = try? DataTable(source) else { fatalError("no table") }
    let cells = try? table.numbers("x")
    let isMissing = DataTable.isMissing(bytes[...])
    expect((cells != nil) == (found != nil || isMissing), "a table takes other numbers")
    expect(cells == nil || cells?[0]?.bitPattern == found?.bitPattern, "a table reads another number")
  }
  let printed = String(decoding: bytes, as: UTF8.self)
  if let number = PrintedNumber(printed, isRecalled: false) {
    expect(number.value.isFinite && number.decimals >= 0, "a printed number without value")
    _ = (number.printed, number.fromPercent.complement.value)
  }
  _ = PrintedP(printed, isRecalled: false)
  _ = DelimitedRecords.number(printed)
}

private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The grammar once more, as a pattern: [+-]?(digits[.[digits]]|.digits)([eE][+-]?digits)?, and no overflow.
private func isDecimal(_ bytes: [UInt8]) -> Bool {
  var rest = bytes[...]
  func digits() -> Bool {
    let count = rest.prefix { (0x30...0x39).contains($0) }.count
    rest = rest.dropFirst(count)
    return count > 0
  }
  func one(of signs: String) -> Bool {
    guard let first = rest.first, signs.utf8.contains(first) else { return false }
    rest = rest.dropFirst()
    return true
  }
  _ = one(of: "+-")
  let hasWhole = digits()
  let hasFraction = one(of: ".") && digits()
  guard hasWhole || hasFraction else { return false }
  if one(of: "eE") {
    _ = one(of: "+-")
    guard digits() else { return false }
  }
  return rest.isEmpty && strtod(text(bytes), nil).isFinite
}

internal import Foundation
internal import ReferenceSuite

@testable internal import Reporting
@testable internal import TrialData

/// A tree that the bytes describe, as JSON text in both forms, read back by another program's parser; and the bytes themselves as
/// JSON, which survkit's reader must not take where that parser does not.
func fuzzJSON(_ bytes: [UInt8]) {
  var builder = TreeBuilder(bytes: bytes[...])
  let value = builder.value(depth: 0)
  for text in [value.text, value.compact] {
    guard let read = try? JSONTree.parse(Data(text.utf8)) else { fatalError("text that is no JSON") }
    expect(builder.isSame(value, read), "another value behind JSON")
    expect(!text.utf8.contains { $0 < 0x20 && $0 != 0x0A }, "a control character")
  }
  let safe = HTML.data(id: "x", json: value.compact).text
  expect(tags(safe) == ["script", "@type", "@id", "/script"], "data that end their element")
  let source = ByteSource(name: "t.json", bytes: bytes)
  guard let text = try? source.text() else { return }
  var scanner = JSONScanner(text, file: "t.json")
  guard (try? scanner.skip()) != nil, scanner.next() == nil else { return }
  // Foundation refuses numbers beyond the doubles, which have an exponent or hundreds of digits.
  guard !text.contains(where: { $0 | 0x20 == 0x65 }), text.count < 300 else { return }
  expect(
    (try? JSONSerialization.jsonObject(with: Data(text), options: .fragmentsAllowed)) != nil, "JSON that is none")
}

/// JSON by another parser.
func checkJSON(_ text: String) { expect((try? JSONTree.parse(Data(text.utf8))) != nil, "text that is no JSON") }

/// Values out of bytes.
private struct TreeBuilder {
  var bytes: ArraySlice<UInt8>

  mutating func byte() -> UInt8 { bytes.popFirst() ?? 0 }

  mutating func text() -> String {
    let count = Int(byte() % 12)
    defer { bytes = bytes.dropFirst(count) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  mutating func number() -> Double {
    var bits: UInt64 = 0
    for _ in 0..<8 { bits = bits << 8 | UInt64(byte()) }
    return Double(bitPattern: bits)
  }

  mutating func value(depth: Int) -> JSONValue {
    let kind = byte() % (depth < 8 ? 8 : 5)
    let count = kind > 4 ? Int(byte() % 5) : 0
    switch kind {
    case 0: return .null
    case 1: return .bool(byte() % 2 == 1)
    case 2: return .integer(Int(byte()) << Int(byte() % 40))
    case 3: return .number(number())
    case 4: return .string(text())
    case 5: return .array((0..<count).map { _ in value(depth: depth + 1) })
    case 6: return .object((0..<count).map { _ in .init(text(), value(depth: depth + 1)) })
    default:
      var object = JSONObject()
      for _ in 0..<count {
        let isNone = byte() % 2 == 0
        object.add(text(), isNone ? nil : number(), ifNone: text())
      }
      object.add(text(), [number(), number()])
      return object.value
    }
  }

  func isSame(_ value: JSONValue, _ tree: JSONTree) -> Bool {
    switch (value, tree) {
    case (.null, .null): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.integer(let a), .number(let b)): return Double(a) == b
    case (.number(let a), .number(let b)): return a == b
    case (.number(let a), .null): return !a.isFinite
    case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)): return a.count == b.count && zip(a, b).allSatisfy(isSame)
    case (.object(let a), .object(let b)):
      // Of keys that come twice one is kept.
      let keys = Dictionary(grouping: a) { $0.key }
      return keys.allSatisfy { key, members in
        b[key].map { found in members.contains { isSame($0.value, found) } } ?? false
      }
    default: return false
    }
  }
}

import Foundation
import Testing

/// Rules of docs/validation/hazards.md that no run can break, since they are about what is not in the source.
@Suite struct SourceRulesTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The code of Swift files below a folder, without comments that take a whole line.
  private static func code(_ folder: String) throws -> [(file: String, lines: [String])] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    return try names.filter { $0.hasSuffix(".swift") }.map { name in
      let text = try String(contentsOf: root.appendingPathComponent("\(folder)/\(name)"), encoding: .utf8)
      return (name, text.components(separatedBy: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") })
    }
  }

  @Test(
    "results are not lost, run or sent: no print, no unchecked write, no shell, no network, no merged multiply and add",
    arguments: [
      #"(?<![.\w])print\("#, #"debugPrint\("#, #"\.write\(to: (?!&)"#, #"\.write\(toFile:"#, #"(?<![.\w])system\("#,
      #"popen\("#,
      "URLSession", #"(?<![.\w])fma\("#, #"addingProduct"#, #"ProcessInfo"#, #"getenv\("#,
    ])
  func absent(pattern: String) throws {
    let files = try Self.code("Sources")
    #expect(files.count > 200)
    // The folders that programs are looked for in, and what --iq reports of the place that the program runs in.
    let readers = ["OwnProgram.swift", "Machine.swift"]
    for (file, lines) in files where !(pattern.hasPrefix("getenv") && readers.contains { file.hasSuffix($0) }) {
      for line in lines {
        #expect(line.range(of: pattern, options: .regularExpression) == nil, "\(file): \(line)")
      }
    }
  }

  @Test("no floating sum runs over a dictionary or a set, whose order is another in every run")
  func unorderedSums() throws {
    // What is summed of a dictionary is whole numbers, or its values are sorted first.
    for (file, lines) in try Self.code("Sources") {
      for line in lines {
        #expect(
          line.range(of: #"\.values\.reduce\(0(\.0)?,|Set\([^)]*\)\.reduce"#, options: .regularExpression) == nil,
          "\(file): \(line)")
      }
    }
  }

  @Test("checks of overflow and of array bounds stay in every build")
  func checksStay() throws {
    for name in ["Package.swift", "Makefile", ".ci/run", "Benchmarks/Package.swift"] {
      let text = try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
      for flag in ["-Ounchecked", "-enforce-exclusivity=unchecked", "-ffast-math", "-ffp-contract=fast"] {
        #expect(!text.contains(flag), "\(name): \(flag)")
      }
    }
  }
}

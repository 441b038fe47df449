import Foundation
import Testing

/// `--threads` and `--max-memory`.
@Suite struct ResourceOptionTests {
  /// Many rows in several pieces of the reader: 2.6 MB, with ties, in three groups.
  private static let large: String = {
    var text = "time,event,arm,x\n"
    for row in 0..<200_000 {
      text += "\(row * 7919 % 1009),\(row * 31 % 3 == 0 ? 1 : 0),\(["a", "b", "c"][row % 3]),\(row % 17)\n"
    }
    return text
  }()

  @Test(
    "1, 2, 4 and 8 threads give the same bytes, but for the number of threads itself",
    arguments: [["km"], ["test"], ["cox", "--model", "x"]])
  func threads(call: [String]) throws {
    try withFolder { folder in
      let data = folder.appendingPathComponent("trial.csv").path
      try Data(Self.large.utf8).write(to: URL(fileURLWithPath: data))
      var first: String?
      for threads in [1, 2, 4, 8] {
        let run = try survkit(
          [call[0], data, "--threads", "\(threads)", "--format", "json", "--no-timestamp", "--quiet"] + call.dropFirst()
        )
        #expect(run.status == 0)
        let provenance = try #require(try run.json()["provenance"] as? [String: Any])
        #expect(provenance["threads"] as? Int == threads)
        let algebra = try #require(provenance["linear_algebra"] as? [String: Any])
        #expect(algebra["threads"] as? Int == 1)
        // What is left without the word of the call and the members of that name.
        let text = run.out.replacingOccurrences(
          of: #""--threads",\s*"\d+"|"threads":\s*\d+"#, with: "", options: .regularExpression)
        #expect(first == nil || text == first)
        first = text
      }
    }
  }

  @Test("a number of threads that is none is refused", arguments: ["0", "-2", "1025"])
  func badThreads(number: String) throws {
    let run = try survkit(["km", "nowhere.csv", "--threads=\(number)"])
    #expect(run.status == 64 && run.err.contains("--threads takes a whole number from 1 to 1024, not \(number)"))
  }

  @Test("above the limit the call is refused with what it would need; with that it runs")
  func memoryLimit() throws {
    try withFolder { folder in
      let data = folder.appendingPathComponent("trial.csv").path
      let text = "time,event,arm\n" + String(repeating: "1,1,a\n2,0,b\n", count: 50_000)
      try Data(text.utf8).write(to: URL(fileURLWithPath: data))
      func run(_ command: String, _ size: String) throws -> Run {
        try survkit([command, data, "--max-memory", size])
      }
      // The program, the file, and for each of 100,000 rows a number, two codes and the workspace.
      for (command, workspace) in [("test", 96), ("km", 1200)] {
        let needed = (16 << 20) + (15 + 600_000) + 100_000 * (8 + 2 * 4 + workspace)
        let refused = try run(command, "20M")
        #expect(refused.status == 75 && refused.out.isEmpty)
        #expect(refused.err.contains("trial.csv: the analysis may need \(needed) bytes of memory"))
        #expect(try run(command, "\(needed - 1)").status == 75)
        #expect(try run(command, "\(needed)").status == 0)
      }
      let early = try run("test", "10k")
      #expect(early.status == 75 && early.err.contains("the file alone takes 600015 bytes"))
    }
  }

  @Test("a size that is none is refused", arguments: ["2X", "G", "0", "-1", "1.5G", "99999999999T", ""])
  func badSize(size: String) throws {
    #expect(try survkit(["km", "nowhere.csv", "--max-memory=\(size)"]).status == 64)
  }
}

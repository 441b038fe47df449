import Foundation
import Testing

/// What the tests call, for the traceability matrix: where the environment names a file in SURVKIT_CALLS, every run of the program
/// adds a line with the test that made it, its words, its status, and the members of its JSON result.
enum CallRecord {
  private static let file = ProcessInfo.processInfo.environment["SURVKIT_CALLS"]

  static func add(_ arguments: [String], status: Int32, output: Data) {
    guard let file, let test = Test.current else { return }
    let line: [String: Any] = [
      "test": test.id.description, "arguments": arguments, "status": Int(status), "members": members(output),
    ]
    guard var data = try? JSONSerialization.data(withJSONObject: line, options: [.sortedKeys, .withoutEscapingSlashes])
    else { return }
    data.append(0x0A)
    // One write to the end of the file, so that lines of tests that run at once stay whole.
    let descriptor = open(file, O_WRONLY | O_APPEND | O_CREAT, 0o644)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    data.withUnsafeBytes { _ = write(descriptor, $0.baseAddress, $0.count) }
  }

  /// The members of `result` and of the objects in it, such as "curves.surv".
  private static func members(_ output: Data) -> [String] {
    guard let document = try? JSONSerialization.jsonObject(with: output) as? [String: Any],
      document["schema"] as? String == "survkit/1", let result = document["result"] as? [String: Any]
    else { return [] }
    var found: Set<String> = []
    for (key, value) in result {
      found.insert(key)
      let objects = (value as? [Any])?.compactMap { $0 as? [String: Any] } ?? [value as? [String: Any] ?? [:]]
      for object in objects { for inner in object.keys { found.insert("\(key).\(inner)") } }
    }
    return found.sorted()
  }
}

import Foundation
import ReferenceSuite
import Testing

/// The suite inside the program is the suites of this folder, and passes.
@Suite struct BuiltInSuiteTests {
  @Test("every check passes, at least a hundred, in well under five seconds")
  func passes() throws {
    let clock = ContinuousClock()
    let start = clock.now
    // Checks of commands need the program: QualificationTests runs them.
    let outcomes = try BuiltInSuite.suite().run { Resources.columns(try #require(BuiltInSuite.csv($0))) }
    #expect(outcomes.count >= 100)
    for outcome in outcomes where outcome.status != .pass && outcome.kind != "command" {
      Issue.record("\(outcome.id): \(outcome.status) \(outcome.details.prefix(2))")
    }
    // The limit of the documented promise; an unoptimised build takes a few tenths of it.
    #expect(clock.now - start < .seconds(5))
    #expect(
      Set(outcomes.map(\.kind)).isSuperset(of: [
        "km", "km_landmark", "km_quantile", "rmst", "logrank", "cox", "cox_zph", "cox_residuals", "cox_baseline",
        "cox_predict", "cox_survfit", "concordance",
      ]))
  }

  @Test("it says what the files say; scripts/embed-selftest makes it anew")
  func isUpToDate() throws {
    var known: [String: JSONTree] = [:]
    let open = try ReferenceSuite(Data(try Resources.text("expected.json").utf8))
    let commands = try ReferenceSuite(Data(try Resources.text("commands.json").utf8))
    for check in try open.checks + commands.checks + Resources.certified.get().checks {
      known[check["id"]?.string ?? ""] = check
    }
    let suite = try BuiltInSuite.suite()
    for check in suite.checks {
      let id = check["id"]?.string ?? ""
      for key in ["kind", "data", "analysis", "expected", "tolerance", "arguments", "files", "requirement", "source"] {
        #expect(check[key] == known[id]?[key], "\(id): \(key) differs from the suite's file")
      }
    }
    for id in known.keys where id.hasPrefix("certified.") || id.hasPrefix("small.") || id.hasPrefix("command.") {
      #expect(suite.checks.contains { $0["id"]?.string == id }, "\(id) is not built in")
    }
    for file in Set(suite.checks.compactMap { $0["data"]?.string ?? $0["data"]?.array?.first?.string }) {
      let text = try Resources.text(file)
      #expect(BuiltInSuite.csv(file) == (text.hasSuffix("\n") ? String(text.dropLast()) : text), "\(file) differs")
    }
  }
}

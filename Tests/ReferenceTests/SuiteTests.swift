import Foundation
import ReferenceSuite
import Testing

/// Numbers of R survival 3.5-3 on classic data sets, certified values and small cases, each at the tolerance its suite
/// states.
@Suite struct SuiteTests {
  private static let tiesBrokenByRoundOff: Set = ["open.lung.strat.efron.fit", "open.lung.cluster.efron.fit"]

  @Test func everyCheckPasses() throws {
    let outcomes = try Resources.open.get().outcomes
    #expect(outcomes.count > 100)
    for outcome in outcomes where outcome.status == .fail {
      // Here R's counts are those of one BLAS kernel, which orders pairs of patients with equal covariates by their
      // place in the file; with its own product R counts as survkit does (docs/decisions/0003). Every other number of
      // these checks must be right.
      if Self.tiesBrokenByRoundOff.contains(outcome.id),
        outcome.details.allSatisfy({ $0.hasPrefix(".concordance.") })
      {
        continue
      }
      Issue.record("\(outcome.id): \(outcome.details.prefix(3).joined(separator: "; "))")
    }
    for kind in Set(outcomes.map(\.kind)).sorted() {
      let these = outcomes.filter { $0.kind == kind }
      let worst = these.filter { $0.status == .pass }.map(\.worstRelativeError).max() ?? 0
      func count(_ status: ReferenceSuite.Outcome.Status) -> Int { these.filter { $0.status == status }.count }
      print("\(kind): \(count(.pass)) pass, \(count(.fail)) fail, \(count(.unsupported)) unsupported, worst \(worst)")
    }
    let unsupported = outcomes.filter { $0.status == .unsupported }
    #expect(unsupported.isEmpty, "\(unsupported.map(\.details))")
  }

  @Test("certified values have at least twelve correct digits, small cases pass")
  func certified() throws {
    let outcomes = try Resources.certified.get().outcomes
    for outcome in outcomes {
      #expect(outcome.status == .pass, "\(outcome.id): \(outcome.details.prefix(3).joined(separator: "; "))")
    }
    let certified = outcomes.filter { $0.id.hasPrefix("certified.") }
    let digits = certified.map(\.correctDigits).min() ?? 0
    print("certified: \(digits) digits at least over \(certified.reduce(0) { $0 + $1.compared }) numbers")
    // Twelve digits are the floor the project promises.
    #expect(certified.count >= 6 && digits >= 12)
  }

  @Test("hard cases: ties of floats, separation, collinear columns, weights of 0, one event, silent arms, late entries")
  func hardCases() throws {
    let outcomes = try Resources.hard.get().outcomes
    #expect(outcomes.count >= 60)
    for outcome in outcomes {
      #expect(outcome.status == .pass, "\(outcome.id): \(outcome.details.prefix(3).joined(separator: "; "))")
      // R is run to the end here: half its usual digits are no excuse.
      #expect(outcome.worstRelativeError < 1e-9, "\(outcome.id): \(outcome.worstRelativeError)")
    }
  }

  @Test("every number that a suite expects is in the answer, at its place", arguments: [false, true])
  func answersAreComplete(isCertified: Bool) throws {
    let run = try (isCertified ? Resources.certified : Resources.open).get()
    #expect(run.checks.count == run.outcomes.count)
    for (check, outcome) in zip(run.checks, run.outcomes) where outcome.status != .unsupported {
      #expect(check["id"]?.string == outcome.id)
      let missing = Self.numbers(check["expected"] ?? .null).filter { Self.value(outcome.actual, $0) == nil }
      #expect(missing.isEmpty, "\(outcome.id) lacks \(missing.prefix(3))")
    }
  }

  private enum Step: Equatable {
    case key(String)
    case index(Int)
  }

  /// The places of all numbers of a tree.
  private static func numbers(_ tree: JSONTree, _ path: [Step] = []) -> [[Step]] {
    switch tree {
    case .number: [path]
    case .array(let values): values.enumerated().flatMap { numbers($1, path + [.index($0)]) }
    case .object(let members): members.flatMap { numbers($1, path + [.key($0)]) }
    default: []
    }
  }

  private static func value(_ tree: JSONTree, _ path: [Step]) -> Double? {
    var here: JSONTree? = tree
    for step in path {
      switch step {
      case .key(let key): here = here?[key]
      case .index(let i): here = here?.array.flatMap { i < $0.count ? $0[i] : nil }
      }
    }
    return here?.number
  }
}

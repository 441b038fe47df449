import Foundation
import ReferenceSuite
import Testing

/// The judge judged: what counts as a pass, a fail, and no check at all.
@Suite struct ComparisonTests {
  private static let csv = "time,event,arm,x\n1,1,a,0\n2,1,b,1\n3,0,a,1\n4,1,b,0\n"

  /// The outcome of one check on four rows.
  private func outcome(
    kind: String = "km_landmark", analysis: String = #"{"time":"time","event":"event","times":[1]}"#,
    expected: String, tolerance: String = #"{"rel":1e-9,"abs":1e-12}"#, more: String = ""
  ) throws -> ReferenceSuite.Outcome {
    let text = """
      {"schema":"survkit-reference/1","checks":[{"id":"one","kind":"\(kind)","data":"four.csv",
      "analysis":\(analysis),"expected":\(expected),"tolerance":\(tolerance)\(more)}]}
      """
    return try ReferenceSuite(Data(text.utf8)).run { _ in Resources.columns(Self.csv) }[0]
  }

  @Test("right passes, wrong and missing numbers fail with their place")
  func verdicts() throws {
    let right = try outcome(expected: #"{"curves":[{"surv":[0.75],"n_risk":[4]}]}"#)
    #expect(right.status == .pass && right.compared == 2 && right.correctDigits == 17)
    let wrong = try outcome(expected: #"{"curves":[{"surv":[0.76]}]}"#)
    #expect(wrong.status == .fail && wrong.details == [".curves[0].surv[0]: 0.75, expected 0.76"])
    #expect(abs(wrong.worstRelativeError - 0.01 / 0.76) < 1e-15)
    let longer = try outcome(expected: #"{"curves":[{"surv":[0.75,0.5]}]}"#)
    #expect(longer.status == .fail && longer.correctDigits == 0 && longer.details[0].contains("missing"))
    let unknown = try outcome(expected: #"{"curves":[{"hazard":[0.25]}]}"#)
    #expect(unknown.status == .fail && unknown.details[0].contains("missing"))
  }

  @Test("the tolerance is the larger of relative and absolute, and no error hides under it")
  func tolerance() throws {
    let close = #"{"curves":[{"surv":[0.7500001]}]}"#
    #expect(try outcome(expected: close).status == .fail)
    for tolerance in [#"{"rel":1e-6,"abs":0}"#, #"{"rel":0,"abs":1e-6}"#] {
      let found = try outcome(expected: close, tolerance: tolerance)
      #expect(found.status == .pass)
      #expect(abs(found.correctDigits - 6.875) < 0.01)
    }
    #expect(correctSignificantDigits(relativeError: 0) == 17)
    #expect(correctSignificantDigits(relativeError: 1e-3) == 3)
    #expect(correctSignificantDigits(relativeError: 5) == 0)
    #expect(correctSignificantDigits(relativeError: .nan) == 0)
  }

  @Test("nothing compared is not a pass")
  func nothingCompared() throws {
    let empty = try outcome(expected: #"{"curves":[{"surv":[null]}]}"#)
    #expect(empty.status == .unsupported && empty.details == ["no number to compare"])
  }

  @Test(
    "what cannot be run is unsupported with its reason",
    arguments: [
      ("spline", #"{"time":"time","event":"event"}"#, "kind spline"),
      ("km", #"{"time":"time","event":"dead"}"#, "no column dead"),
      ("km", "{}", "the analysis names no column"),
      ("km", #"{"time":"time"}"#, "no time or event"),
      ("km", #"{"time":"arm","event":"event"}"#, "column arm is not numeric"),
      ("rmst", #"{"time":"time","event":"event"}"#, "no tau"),
      ("logrank", #"{"time":"time","event":"event"}"#, "no group"),
      ("logrank", #"{"time":"time","event":"event","group":["arm"],"test":"renyi"}"#, "test renyi"),
      (
        "cox", #"{"time":"time","event":"event","ties":"average","covariates":[{"name":"x","type":"numeric"}]}"#,
        "ties = average"
      ),
      (
        "cox",
        #"{"time":"time","event":"event","ties":"efron","terms":["y"],"covariates":[{"name":"x","type":"numeric"}]}"#,
        "unknown term y"
      ),
      (
        "cox_zph",
        #"{"time":"time","event":"event","ties":"efron","transform":"sqrt","covariates":[{"name":"x","type":"numeric"}]}"#,
        "transform sqrt"
      ),
      ("concordance", #"{"time":"time","event":"event"}"#, "no score"),
      ("concordance", #"{"time":"time","event":"event","score":"x","timewt":"S/H"}"#, "timewt = S/H"),
      (
        "concordance", #"{"time":"time","event":"event","score":"x","higher_score_means":"taller"}"#,
        "a higher score means taller"
      ),
    ])
  func unsupported(kind: String, analysis: String, reason: String) throws {
    let found = try outcome(kind: kind, analysis: analysis, expected: #"{"x":1}"#)
    #expect(found.status == .unsupported && found.details == [reason] && found.actual == .null)
  }

  @Test("a score that means longer life is turned round")
  func scoreDirection() throws {
    func c(_ meaning: String) throws -> Double? {
      try outcome(
        kind: "concordance",
        analysis: #"{"time":"time","event":"event","score":"x","higher_score_means":"\#(meaning)"}"#,
        expected: #"{"c":0.5}"#
      ).actual["c"]?.number
    }
    // Comparable pairs by first event: 1 with 2, 3, 4 (x 0 against 1, 1, 0), 2 with 3, 4 (1 against 1, 0).
    #expect(try c("higher risk") == (1 + 2 * 0.5) / 5)
    #expect(try c("lower risk") == (2 + 2 * 0.5) / 5)
  }

  @Test("an error is right only where the policy says so")
  func policies() throws {
    // No row has the event value, so the test throws.
    let analysis = #"{"time":"time","event":"event","group":["event"],"event_value":7}"#
    let expected = #"{"chisq":1}"#
    func status(_ policy: String, _ analysis: String = analysis) throws -> ReferenceSuite.Outcome.Status {
      try outcome(
        kind: "logrank", analysis: analysis, expected: expected, more: #","policy":{"must":"\#(policy)"}"#
      ).status
    }
    #expect(try status("value") == .fail)
    #expect(try status("error") == .pass)
    #expect(try status("value_or_error") == .pass)
    #expect(try status("warn") == .fail)
    #expect(try status("value_or_warn") == .fail)
    #expect(try status("silence") == .unsupported)
    let works = #"{"time":"time","event":"event","group":["arm"]}"#
    #expect(try status("error", works) == .fail)
    #expect(try status("value_or_error", works) == .fail)
    let refused = try outcome(kind: "logrank", analysis: analysis, expected: expected)
    #expect(refused.error?.contains("event") == true && refused.warnings.isEmpty)
    // A refusal has no numbers to expect.
    #expect(
      try outcome(kind: "logrank", analysis: analysis, expected: "null", more: #","policy":{"must":"error"}"#).status
        == .pass)
  }

  @Test("a warning counts where the policy asks for one, and never makes a wrong number right on its own")
  func warningPolicies() throws {
    // Both events of the first group come first: the log hazard ratio of b tends to minus infinity.
    let separated = "time,event,arm,x\n1,1,a,1\n2,1,a,1\n3,1,b,0\n4,1,b,0\n"
    func found(_ policy: String, _ expected: String, _ csv: String = separated) throws -> ReferenceSuite.Outcome {
      let text = """
        {"schema":"survkit-reference/1","checks":[{"id":"one","kind":"cox","data":"four.csv",
        "analysis":{"time":"time","event":"event","ties":"efron","covariates":[{"name":"x","type":"numeric"}]},
        "expected":\(expected),"tolerance":{"rel":1e-6,"abs":1e-6},"policy":{"must":"\(policy)"}}]}
        """
      return try ReferenceSuite(Data(text.utf8)).run { _ in Resources.columns(csv) }[0]
    }
    let infinite = try found("warn", #"{"coef":[null],"loglik_null":-3.1780538303479458}"#)
    #expect(infinite.status == .pass && infinite.warnings.contains { $0.contains("infinity") })
    #expect(infinite.actual["warnings"]?.array?.compactMap(\.string) == infinite.warnings)
    // ln 4! = 3.178…: four events one after the other among four with equal risks.
    #expect(try found("warn", #"{"coef":[null],"loglik_null":-3}"#).status == .fail)
    #expect(try found("value_or_warn", #"{"coef":[22.8]}"#).status == .pass)
    #expect(try found("value", #"{"coef":[22.8]}"#).status == .fail)
    // ln (4 · 3 · 1): three events with 4, 3 and 1 at risk.
    let silent = try found("warn", #"{"loglik_null":-2.4849066497880004}"#, Self.csv)
    #expect(silent.status == .fail && silent.details == ["no warning where one is due"])
    #expect(try found("value_or_warn", #"{"loglik_null":-3}"#, Self.csv).status == .fail)
  }

  @Test(
    "a text that is no suite says why",
    arguments: [
      ("nonsense", "not JSON"), ("[1]", "names no schema"), (#"{"schema":"other/1","checks":[]}"#, "other/1"),
      (#"{"schema":"survkit-reference/1","checks":[]}"#, "no checks"),
      (#"{"schema":"survkit-reference/1"}"#, "no checks"),
      (#"{"schema":"survkit-reference/1","checks":[{"kind":"km","data":"a.csv","expected":{}}]}"#, "check 1 has no id"),
      (#"{"schema":"survkit-reference/1","checks":[{"id":"a","kind":"km","data":"a.csv"}]}"#, "no object of expected"),
      (
        #"{"schema":"survkit-reference/1","checks":[{"id":"a","kind":"km","data":"../a.csv","expected":{}}]}"#,
        "beside the suite"
      ),
      (
        #"""
        {"schema":"survkit-reference/1","checks":[{"id":"a","kind":"km","data":"a.csv","expected":{}},
        {"id":"a","kind":"km","data":"a.csv","expected":{}}]}
        """#, "two checks have the id a"
      ),
    ])
  func badSuites(text: String, reason: String) {
    #expect {
      try ReferenceSuite(Data(text.utf8))
    } throws: { error in
      "\(error)".contains(reason)
    }
  }
}

import Testing
import TrialCatalogue
import TrialData
import Verification

@Suite("Reading files of claims")
struct ClaimReadingTests {
  @Test("a number keeps its decimals in quotes and shares them with its neighbours without")
  func decimals() throws {
    let bare = try firstEndpoint("arms: [{id: a, n: 1}, {id: b, n: 1}]\nhazard_ratio: {value: 0.4, ci: [0.29, 0.57]}")
      .hazardRatio
    #expect(bare?.value.printed == "0.40")
    #expect(bare?.value.decimals == 2)
    let quoted = try firstEndpoint(
      "arms: [{id: a, n: 1}, {id: b, n: 1}]\nhazard_ratio: {value: \"0.4\", ci: [0.29, 0.57]}")
    #expect(quoted.hazardRatio?.value.decimals == 1)
    // Limits of what rounds to 0.40: 0.395 and 0.405.
    let limits = try #require(bare?.value)
    #expect(abs(limits.lower - 0.395) < 1e-9 && abs(limits.upper - 0.405) < 1e-9)
  }

  /// A mapping of eighty thousand keys, and as many arms, took minutes: every member is held against the others.
  @Test("files with more members than a paper has numbers are refused")
  func members() {
    let keys = (0...500).map { "k\($0): 1" }.joined(separator: ", ")
    #expect(throws: TrialDataError.self) {
      try claims("endpoints: [{id: os, arms: [{id: a, n: 1}, {id: b, n: 1}], \(keys)}]")
    }
    let arms = (0...500).map { "{id: a\($0), n: 1}" }.joined(separator: ", ")
    #expect(throws: TrialDataError.self) { try claims("arms: [\(arms)]") }
    #expect(throws: TrialDataError.self) {
      try claims("arms: [{id: a, n: 1}]\n#" + String(repeating: "x", count: 300_000))
    }
    // Readings of a curve are plain numbers, and many.
    let times = (0..<2000).map(String.init).joined(separator: ", ")
    let values = (0..<2000).map { "\(1 - Double($0) / 4000)" }.joined(separator: ", ")
    #expect(throws: Never.self) {
      try claims("arms: [{id: a, n: 1, survival: {times: [\(times)], values: [\(values)]}}, {id: b, n: 1}]")
    }
  }

  /// The exponent of the smallest Int was taken from the decimals, which overflowed. Found by the fuzz target `number`.
  @Test(
    "exponents that no double has",
    arguments: ["1e-9223372036854775808", "1e-99999999999999999999", "0e9223372036854775807"])
  func exponents(_ text: String) throws {
    let number = try #require(PrintedNumber(text))
    #expect(number.value == 0 && (0...300).contains(number.decimals))
    #expect(
      try firstEndpoint("arms: [{id: a, n: 1}, {id: b, n: 1}]\nhazard_ratio: {value: \(text), ci: [0, 1]}").hazardRatio
        != nil)
  }

  @Test("JSON, and what a program writes of 0.3, read like YAML")
  func json() throws {
    let read = try firstEndpoint(
      """
      {"endpoints": [{"id": "os", "arms": [{"id": "a", "n": 10, "median": 8.0, "median_ci": [5.7, 9.2]}, {"id": "b", "n": 10}],
       "hazard_ratio": {"value": 0.30000000000000004, "ci": [0.2, 0.45]}, "p": "<0.001"}]}
      """)
    #expect(read.hazardRatio?.value.decimals == 2)
    #expect(read.arms[0].median?.interval?.level == 0.95)
    #expect(read.test?.p?.relation == .below)
  }

  @Test("levels by key: median_ci992, ci_level, percent")
  func levels() throws {
    let read = try firstEndpoint(
      "arms: [{id: a, median: 8.7, median_ci992: [7.9, 10.8]}, {id: b, median: 3, median_ci: [2, 4], median_ci_level: 90}]"
    )
    #expect(read.arms[0].median?.interval?.level == 0.992)
    #expect(read.arms[1].median?.interval?.level == 0.9)
  }

  @Test("limits that are not reached")
  func notReached() throws {
    let median = try firstEndpoint("arms: [{id: a, median: 18.4, median_ci: [17.3, NR]}, {id: b, median: NR}]")
    #expect(median.arms[0].median?.interval?.upper == .notReached)
    #expect(median.arms[1].median?.value == .notReached)
  }

  @Test(
    "p-values as papers print them",
    arguments: [
      ("<0.001", PrintedP.Relation.below, 0.001), ("P=0.008", .equal, 0.008), ("p < .05", .below, 0.05),
      ("≤0.01", .atMost, 0.01),
      ("0·0001", .equal, 0.0001), ("2.1e-8", .equal, 2.1e-8), (">0.99", .above, 0.99),
    ])
  func pValues(_ text: String, _ relation: PrintedP.Relation, _ value: Double) throws {
    let p = try #require(PrintedP(text))
    #expect(p.relation == relation && p.number.value == value)
  }

  @Test("what is no p-value", arguments: ["NS", "", "<", "0.05*", "nan", "0x1p3"])
  func noPValue(_ text: String) { #expect(PrintedP(text) == nil) }

  @Test(
    "trouble is told with file and line",
    arguments: [
      ("arms: [", "line 2, column 1: is neither YAML nor JSON"),
      (
        "endpoints:\n  - id: os\n    arms:\n      - {id: a, n: many}\n      - {id: b}",
        "line 4, endpoint os, arm a, n: a number is needed"
      ),
      (
        "endpoints:\n  - id: os\n    arms: [{id: a, n: 10.5}, {id: b}]",
        "a whole number of patients is needed, not 10.5"
      ),
      ("arms: [{id: a}, {id: a}]", "two arms are named a"),
      ("arms: [{id: a}, {id: b}]\nexperimental: c", "there is no arm c; the arms are a, b"),
      ("arms: [{id: a, at_risk: {times: [0, 6], n: [10]}}, {id: b}]", "2 times and 1 numbers at risk"),
      ("arms: [{id: a, rates: [{time: 12, percent: 140}]}, {id: b}]", "a probability lies between 0 and 100 percent"),
      ("arms: [{id: a}, {id: b}]\ntest: {p: NS}", "a p-value is needed"),
      ("schema: survkit/9\narms: [{id: a}]", "has the schema \"survkit/9\"; survkit-claims/1 is needed"),
      ("a: &x [1]\nb: *x\narms: [{id: a}]", "has the anchor \"x\" and refers to it"),
      ("- 1", "a file of claims is a mapping"), ("x: 1", "holds no endpoint with arms"),
      ("id: a\nid: b\narms: [{id: a}]", "the key id occurs twice"),
      ("trials: 3", "a list of trials is needed"),
      ("arms: [{id: a}, {id: b}]\nexperimental: a\ncontrol: a", "experimental and control are the same arm, a"),
      ("arms: [{id: a, rates: [{time: 12}]}, {id: b}]", "has no percent and no survival"),
      ("arms: [{id: a, at_risk: [{time: 6}]}, {id: b}]", "each number at risk needs its time and n"),
      (
        "arms: [{id: a, at_risk: {times: [0, 6]}}, {id: b}]", "numbers at risk are {times: [0, 6, …], n: [551, 470, …]}"
      ),
      ("arms: [{id: a, curve: {points: [[0, 1], [6]]}}, {id: b}]", "a point of the curve is [time, survival]"),
      ("arms: [{id: a, curve: {times: [0, 6], values: [1]}}, {id: b}]", "of one length, or points"),
      (
        "arms: [{id: a, curve: {times: [0, 6], values: [100, 80]}}, {id: b}]",
        "reading 1 of the curve is no probability"
      ),
      ("arms: [{id: a, median: 8, median_ci: [7]}, {id: b}]", "an interval is written as [lower, upper]"),
      ("arms: [{id: a}, {id: b}]\nhazard_ratio: {value: 0.5, ci_method: exact}", "the method is one of"),
      ("arms: [{id: a}, {id: b}]\ndifferences: [{of: height, value: 1}]", "a difference is one of"),
      ("arms: [{id: a}, {id: b}]\ndifferences: [{value: 1}]", "says not what it is the difference of"),
    ])
  func faults(_ text: String, _ expected: String) {
    do {
      _ = try claims(text)
      Issue.record("no error")
    } catch {
      #expect("\(error)".contains(expected), "\(error)")
      #expect("\(error)".contains("claims.yaml"))
    }
  }

  @Test(
    "forms of one fact: arms by name, numbers at risk one by one, points of a curve, a ratio alone, failure for survival"
  )
  func forms() throws {
    let plain = try firstEndpoint(
      """
      arms:
        - {id: a, n: 100, at_risk: {times: [0, 6], n: [100, 80]}, rates: [{time: 12, survival: 0.607, ci: [0.50, 0.70]}],
           curve: {times: [0, 6], values: [1, 0.8]}}
        - {id: b, n: 90}
      hazard_ratio: 0.62
      """)
    let other = try firstEndpoint(
      """
      arms:
        a: {n: 100, at_risk: [{time: 0, n: 100}, {time: 6, n: 80}],
            rates: [{time: 12, percent: 39.3, ci: [30.0, 50.0], failure: true}],
            curve: {points: [[0, 100], [6, 80]], percent: true}}
        b: {n: 90}
      hr: {value: 0.62}
      """)
    #expect(other.arms.map(\.id) == ["a", "b"] && other.arms.map(\.n?.value) == plain.arms.map(\.n?.value))
    #expect(other.arms[0].atRisk == plain.arms[0].atRisk && other.arms[0].curve?.times == [0, 6])
    #expect(other.arms[0].curve?.survival == plain.arms[0].curve?.survival)
    #expect(other.hazardRatio?.value == plain.hazardRatio?.value)
    // 1 − 0.393 and the limits turned round.
    let (rate, turned) = (try #require(plain.arms[0].rates.first), try #require(other.arms[0].rates.first))
    #expect(abs(turned.survival.value - rate.survival.value) < 1e-12)
    let limits = try #require(turned.interval?.numbers)
    #expect(abs(limits.lower.value - 0.5) < 1e-12 && abs(limits.upper.value - 0.7) < 1e-12)
  }

  @Test("several trials in one file")
  func trials() throws {
    let found = try claims(
      "trials:\n  - {name: A, arms: [{id: a}, {id: b}]}\n  - {name: B, endpoints: [{id: os, arms: [{id: c}, {id: d}]}]}"
    )
    #expect(found.trials.map(\.name) == ["A", "B"])
    #expect(found.trials.map { $0.endpoints[0].arms.map(\.id) } == [["a", "b"], ["c", "d"]])
  }

  @Test("a misspelt key is listed with what may be meant, not passed over")
  func misspelt() throws {
    let found = try verification("arms: [{id: a, n: 10, meidan: 3}, {id: b, n: 10}]").findings(.unknownKey)
    #expect(found.count == 1)
    #expect(found.first?.verdict == .cannot)
    #expect(found.first?.reason.contains("is median meant?") == true)
  }

  @Test("published facts of the catalogue are claims as they stand")
  func publishedFacts() throws {
    let found = try firstEndpoint(
      """
      {"schema": "survkit-published/1", "id": "t", "name": "T", "sources": {"s": "x"}, "endpoints": [{"id": "os", "name": "OS",
        "kind": "time-to-event", "experimental": "a", "control": "b", "arms": [
        {"id": "a", "n": {"value": 551, "role": "input", "source": "s"}, "events": {"value": 343, "confidence": "recalled"},
         "median": {"value": 15.3, "ci": [14.2, 16.9], "ci_level": 0.95}}, {"id": "b", "n": {"value": 280}}],
        "hazard_ratio": {"value": 0.62, "ci": [0.52, 0.74], "ci_level": 0.95, "stratified": true}, "p": {"text": "<0.001"}}]}
      """)
    #expect(found.arms[0].n?.value == 551)
    #expect(found.arms[0].events?.isRecalled == true)
    #expect(found.hazardRatio?.isStratified == true)
    #expect(found.unknown.isEmpty)
  }
}

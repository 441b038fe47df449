import Testing

@testable import Survival

/// Quantiles and limits where the rules are hard to tell apart: numbers of R survival 3.5-3, `quantile(survfit(...))`.
@Suite struct QuantileTests {
  /// Delayed entry and case weights make a confidence limit rise and fall; R then reads it by value.
  struct Case: Sendable, CustomStringConvertible {
    let transform: ConfidenceTransform
    let time: [Double]
    let event: [Int]
    let entry: [Double]
    let weights: [Double]
    /// At 0.1, 0.3, 0.5, 0.7, 0.9.
    let estimate: [Double?]
    let lower: [Double?]
    let upper: [Double?]
    var description: String { "\(transform) \(time)" }
  }

  static let cases = [
    Case(
      transform: .logLog, time: [1, 5, 6, 8, 2, 4, 3], event: [0, 1, 1, 1, 1, 1, 1], entry: [0, 1, 2, 0, 0, 3, 0],
      weights: [3.5, 0.7, 2, 1, 0.7, 3.5, 1], estimate: [2, 3, 4, 5, 6], lower: [3, 3, 3, 3, 2],
      upper: [4, 4, 6, nil, nil]),
    Case(
      transform: .logit, time: [5, 8, 2, 4, 9, 7, 1], event: [0, 1, 1, 1, 0, 1, 0], entry: [0, 0, 1, 1, 7, 2, 0],
      weights: [2, 2, 0.25, 2, 0.7, 2, 2], estimate: [4, 7, 7, 8, 8], lower: [4, 4, 4, 7, 7],
      upper: [7, 8, nil, nil, nil]),
    Case(
      transform: .logit, time: [4, 8, 6, 1, 9, 7, 5], event: [1, 1, 1, 1, 0, 1, 1], entry: [0, 0, 2, 0, 0, 3, 2],
      weights: [3.5, 0.25, 1, 0.25, 2, 3.5, 3.5], estimate: [4, 5, 5, 7, nil], lower: [4, 4, 4, 1, 7],
      upper: [4, 6, 7, nil, nil]),
  ]

  @Test("limits that rise and fall are read by value, as R does", arguments: cases)
  func byValue(_ example: Case) throws {
    let data = try TimeToEvent(
      time: example.time, isEvent: example.event.map { $0 == 1 }, entry: example.entry, weights: example.weights)
    let curve = try KaplanMeier.curves(data, confidence: ConfidenceSetting(transform: example.transform))[0]
    let found = [0.1, 0.3, 0.5, 0.7, 0.9].map { curve.quantile($0) }
    // Whole observed times: no tolerance.
    #expect(found.map(\.estimate) == example.estimate)
    #expect(found.map(\.lower) == example.lower)
    #expect(found.map(\.upper) == example.upper)
  }

  @Test("before the first event log-log, logit and arcsin have no limits, plain and log have 1 and 1, as R")
  func beforeTheFirstEvent() throws {
    let data = try TimeToEvent(time: [1, 2, 3, 4], isEvent: [false, true, true, false])
    for transform in ConfidenceTransform.allCases {
      let curve = try KaplanMeier.curves(data, confidence: ConfidenceSetting(transform: transform))[0]
      let isDefined = transform == .plain || transform == .log
      #expect(curve.lower[0].isNaN == !isDefined && curve.upper[0].isNaN == !isDefined, "\(transform)")
      if isDefined { #expect(curve.lower[0] == 1 && curve.upper[0] == 1) }
      // R's summary at a time before the first of the curve.
      #expect(curve.landmarks([0.5])[0].lower == 1 && curve.landmarks([0.5])[0].upper == 1)
    }
  }

  @Test("the one drop of a curve lands on 1 − p: the stretch to the end of follow-up")
  func oneDrop() throws {
    // S = 1/2 from 3 to 9: R's quantile 6, SAS's definition gives none, Stata's 3.
    let data = try TimeToEvent(time: [3, 9], isEvent: [true, false])
    let curve = try KaplanMeier.curves(data, confidence: ConfidenceSetting())[0]
    #expect(curve.median(rule: .r).estimate == 6)
    #expect(curve.median(rule: .sas).estimate == nil)
    #expect(curve.median(rule: .stata).estimate == 3)
    let flat = try #require(curve.flatStretch(at: 0.5))
    #expect(flat.start == 3 && flat.end == 9 && flat.runsToTheEnd)
    #expect(curve.flatStretch(at: 0.4) == nil && curve.flatStretch(at: 0.6) == nil)
  }
}

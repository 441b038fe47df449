import Testing

@testable import Survival

/// The order that every estimator walks: by time, events before censorings, input order within; near-ties are one time.
@Suite struct EventsFirstTests {
  @Test func eventsComeFirstAmongMergedTimes() throws {
    // Three values a rounding error apart: the event has the largest of them.
    let data = try TimeToEvent(
      time: [3, 1, 1.0000000000000002, 1.0000000000000004, 2, 3], isEvent: [true, false, false, true, true, false])
    #expect(data.order == [3, 1, 2, 4, 0, 5])
    #expect(data.runStarts == [0, 3, 4, 6])
    #expect(data.runEvents == [1, 1, 1])
    #expect(data.distinctTimes == [1, 2, 3])
    #expect(data.time == [3, 1, 1, 1, 2, 3])
    #expect(data.mergedValues == 2)
  }

  @Test func zerosOfEitherSignAreOneTime() throws {
    let data = try TimeToEvent(time: [0, -0.0, 5, -0.0], isEvent: [false, false, true, true])
    #expect(data.order == [3, 0, 1, 2])
    #expect(data.distinctTimes == [0, 5])
    #expect(data.time.allSatisfy { $0.sign == .plus })
    #expect(data.mergedValues == 0)
  }

  /// Against a comparison sort with the rule written out, on seeded times with many ties and none.
  @Test(arguments: [3, 50, 1_000_000]) func sameOrderAsAComparisonSort(values: UInt64) throws {
    var random = SplitMix64(seed: values)
    let time = (0..<2000).map { _ in Double(random.next() % values) / 7 }
    let isEvent = (0..<2000).map { _ in random.next() % 3 == 0 }
    let strata = Grouping(labels: ["a", "b", "c"], codes: (0..<2000).map { _ in Int32(random.next() % 3) })
    let data = try TimeToEvent(time: time, isEvent: isEvent, tieTolerance: 0)
    func precedes(_ a: Int, _ b: Int) -> Bool {
      (strata.codes[a], time[a], isEvent[a] ? 0 : 1, a) < (strata.codes[b], time[b], isEvent[b] ? 0 : 1, b)
    }
    let order = StratifiedOrder(data, strata: strata)
    #expect(order.rows.map { Int($0) } == (0..<2000).sorted(by: precedes))
    #expect(order.starts.count == 4)
    #expect(ascending(time).values == time.sorted())
    #expect(ascending(time.map { -$0 }).values == time.map { -$0 }.sorted())
  }

  @Test("times are merged by their relative difference: the unit of time has no say")
  func mergingIsRelative() throws {
    func merged(_ times: [Double]) throws -> Int {
      try TimeToEvent(time: times, isEvent: times.map { _ in true }).mergedValues
    }
    // The tolerance is 1e-11. Distinct times of 1e-13 lie closer than that to each other; epoch seconds an ulp apart do not.
    #expect(try merged([1e-13, 2e-13, 3e-13]) == 0)
    #expect(try merged([1_700_000_000, 1_700_000_001]) == 0)
    #expect(try merged([1_700_000_000, (1_700_000_000.0).nextUp]) == 1)
    #expect(try merged([1e-13, 1e-13 * (1 + 1e-15)]) == 1)
    #expect(try merged([1, 1 + 1e-10]) == 0)
  }
}

import Testing

@testable import Reconstruction

/// What gives way when facts contradict each other, and that nothing else does.
@Suite struct RelaxationTests {
  @Test("one number at risk that the curve rules out: it alone is given up, with its number, time and reason")
  func one() throws {
    let facts = ArmFacts(
      arm: "lu", subjects: 385, events: 120,
      atRisk: [(0, 385), (2, 362), (4, 272), (6, 215)].map { .init(time: $0.0, count: $0.1) },
      readings: [(0, 1), (1, 0.979), (1.9, 0.855), (3, 0.79), (4, 0.738), (5, 0.683), (6, 0.631)].map {
        .init(time: $0.0, survival: $0.1)
      })
    let made = try CurveReconstruction.relaxedRows(facts)
    #expect(made.givenUp.count == 1)
    let sentence = try #require(made.givenUp.first)
    #expect(
      sentence.contains("the number at risk 362 at 2 is met as closely as possible") && sentence.contains("at most 334")
    )
    #expect(made.facts.atRisk.map(\.isExact) == [true, false, true, true])
    #expect(made.rows.rows.count == 385 && made.rows.events == 120)
    #expect([4.0, 6].map { made.rows.numberAtRisk(at: $0) } == [272, 215])
    // What is soft is moved towards what was printed, up to what the curve allows: at most 334.95 are left at 2.
    #expect(made.rows.numberAtRisk(at: 2) <= 335)
  }

  @Test("facts that agree are left alone")
  func none() throws {
    for seed in 1...200 {
      let facts = TruePublication(seed: seed).facts
      let relaxed = facts.relaxed()
      #expect(relaxed.facts == facts && relaxed.givenUp.isEmpty, "seed \(seed)")
    }
  }

  @Test("a true publication with one wrong number at risk gives up one, with a wrong total the total")
  func smallest() throws {
    var wrongNumbers = 0
    var wrongTotals = 0
    for seed in 1...1500 {
      var facts = TruePublication(seed: seed).facts
      // Marks may contradict a wrong number too, and are then not used.
      facts.censorMarks = []
      var random = TestGenerator(-seed)
      var changed = facts
      let places = facts.atRisk.indices.filter { facts.atRisk[$0].time > 0 }
      if random.chance(0.7), !places.isEmpty {
        let place = random.pick(places)
        let entry = facts.atRisk[place]
        changed.atRisk[place] = .init(time: entry.time, count: Int(Double(facts.subjects) * 1.3 * random.uniform()))
        guard changed.firstContradiction()?.parties.contains(.atRisk(place)) ?? false else { continue }
        let relaxed = changed.relaxed()
        #expect(
          relaxed.givenUp.count == 1 && relaxed.facts.events == facts.events
            && relaxed.facts.subjects == facts.subjects, "seed \(seed): \(relaxed.givenUp)")
        #expect(relaxed.facts.atRisk.filter { !$0.isExact }.count == 1, "seed \(seed)")
        #expect(throws: Never.self, "seed \(seed)") { try relaxed.facts.joiningNearTimes().check() }
        wrongNumbers += 1
      } else if let events = facts.events {
        changed.events = Int(Double(events) * 3 * random.uniform())
        guard changed.firstContradiction() != nil else { continue }
        let relaxed = changed.relaxed()
        #expect(relaxed.facts.events == nil && relaxed.facts.atRisk == facts.atRisk, "seed \(seed)")
        #expect(relaxed.givenUp.count == 1 && relaxed.givenUp[0].contains("total of \(changed.events ?? 0) events"))
        wrongTotals += 1
      }
    }
    // The loop has found something to relax.
    #expect(wrongNumbers > 100 && wrongTotals > 50)
  }

  @Test("subjects are never given up, impossible facts not relaxed, a median that the curve rules out not used")
  func others() throws {
    let readings: [ArmFacts.Reading] = [(0, 1), (5, 0.8), (9, 0.7)].map { .init(time: $0.0, survival: $0.1) }
    let start = ArmFacts(
      arm: "a", subjects: 40, events: 50, median: 4.2, atRisk: [.init(time: 0, count: 41), .init(time: 5, count: 45)],
      readings: readings
    ).relaxed()
    #expect(start.facts.subjects == 40 && start.facts.events == nil && start.facts.median == nil)
    #expect(start.facts.atRisk.allSatisfy { !$0.isExact } && start.givenUp.count == 4)
    let impossible = ArmFacts(arm: "a", subjects: 40, events: -1, readings: readings)
    #expect(impossible.relaxed().givenUp.isEmpty)
    #expect {
      try CurveReconstruction.relaxedRows(impossible)
    } throws: {
      ($0 as? ReconstructionError)?.code == .impossible
    }
  }

  @Test("the smallest set with one of every pair, against all sets")
  func cover() {
    for seed in 1...300 {
      var random = TestGenerator(seed)
      let pairs = (0..<random.pick([1, 2, 5, 9])).map { _ -> [Int] in
        let a = random.pick(Array(0..<7))
        return [a, (a + random.pick([1, 2, 3, 4, 5, 6])) % 7]
      }
      let found = Relaxation.smallestCovers(of: pairs)
      #expect(found.allSatisfy { set in pairs.allSatisfy { $0.contains { set.contains($0) } } }, "seed \(seed)")
      let smallest = (0..<128).filter { set in pairs.allSatisfy { $0.contains { set >> $0 & 1 == 1 } } }
        .map(\.nonzeroBitCount).min()
      #expect(found.allSatisfy { $0.count == smallest } && !found.isEmpty, "seed \(seed)")
    }
    // Beyond six: a star of ten pairs needs its middle only, ten pairs apart need ten.
    #expect(Relaxation.smallestCovers(of: (0..<10).map { [20 + $0, 50] }) == [[50]])
    #expect(Relaxation.smallestCovers(of: (0..<10).map { [2 * $0, 2 * $0 + 1] })[0].count == 10)
  }
}

import Testing

@testable import Reconstruction

/// Facts that are malformed, impossible or contradictory: an error that names arm and fact, or rows that meet every hard fact.
@Suite struct HostileFactsTests {
  private static let times: [Double] = [
    0, -1, .nan, .infinity, -.infinity, Double.leastNonzeroMagnitude, Double.leastNormalMagnitude, 1e-12, 0.1,
    0.1 + 0.2, 0.3, 1, 1.0.nextUp, 2, 3, 12, 24.5, 1e6,
    1e15,
    1e100, .greatestFiniteMagnitude,
  ]
  private static let levels: [Double] = [
    0, -0.0, 1, 0.5, 0.25, 0.999, 1e-300, Double.leastNonzeroMagnitude, 1.0.nextUp, 1.01, 85, -0.1, .nan, .infinity,
  ]
  private static let counts = [0, 1, 2, 3, 7, 20, 60, -1, .min, .max, 100_001, 99_999_999]

  /// Mostly plausible facts with a few places spoilt, or nonsense throughout.
  private func facts(_ random: inout TestGenerator) -> ArmFacts {
    let isNonsense = random.chance(0.25)
    func strange(_ p: Double, _ random: inout TestGenerator) -> Bool { random.chance(isNonsense ? 0.5 : p) }
    let subjects = strange(0.1, &random) ? random.pick(Self.counts) : 3 + Int(30 * random.uniform())
    let count = random.pick([0, 1, 1, 2, 4, 7, 12])
    let rate = 0.2 * random.uniform()
    var readings = (0..<count).map { place -> ArmFacts.Reading in
      let t = strange(0.02, &random) ? random.pick(Self.times) : Double(place) * 24 / Double(max(1, count - 1))
      let s = strange(0.02, &random) ? random.pick(Self.levels) : max(0, 1 - rate * t / 3)
      return .init(time: t, survival: s)
    }
    if random.chance(0.1) { readings.reverse() }
    if random.chance(0.1) { readings += readings }
    if random.chance(0.05), let first = readings.first {
      readings = [ArmFacts.Reading](repeating: first, count: random.pick([1, 2, 400]))
    }
    if random.chance(0.03) { readings = readings.map { .init(time: 0, survival: $0.survival) } }
    if random.chance(0.05) {
      // All times within a few units of the last place of each other, or enormous.
      let scale = random.pick([Double.leastNonzeroMagnitude, 1e-300, 1e-16, 1e12, 1e300])
      readings = readings.map { .init(time: $0.time * scale, survival: $0.survival) }
    }
    var left = Double(subjects.magnitude > 1000 ? 1000 : abs(subjects))
    let atRisk = (0..<random.pick([0, 0, 1, 2, 4])).map { place -> ArmFacts.AtRisk in
      let t = strange(0.03, &random) ? random.pick(Self.times) : Double(place) * 6
      let n = strange(0.05, &random) ? random.pick(Self.counts) : Int(left)
      left *= 1 - 0.5 * random.uniform()
      return .init(time: t, count: n, isExact: random.chance(0.8))
    }
    let events: Int? =
      random.chance(0.3)
      ? nil
      : strange(0.1, &random)
        ? random.pick(Self.counts) : Int(Double(min(subjects.magnitude, 1000)) * random.uniform())
    let median: Double? =
      random.chance(0.7) ? nil : strange(0.3, &random) ? random.pick(Self.times) : 1 + 20 * random.uniform()
    return ArmFacts(
      arm: "arm 7", subjects: subjects, events: events, median: median, atRisk: atRisk, readings: readings,
      isReadToEnd: random.chance(0.5), readingError: random.chance(0.02) ? random.pick(Self.levels) : 0.005,
      largestReadingError: random.chance(0.02) ? random.pick(Self.levels) : 0.015)
  }

  /// What made rows must show, counted here.
  private func faults(_ rows: [ReconstructedArm.Row], _ facts: ArmFacts) -> [String] {
    var faults: [String] = []
    if rows.count != facts.subjects { faults.append("\(rows.count) rows for \(facts.subjects)") }
    let events = rows.filter(\.isEvent).count
    if let asked = facts.events, asked != events { faults.append("\(events) events for \(asked)") }
    for entry in facts.atRisk where entry.isExact {
      let n = rows.filter { $0.time >= entry.time }.count
      if n != entry.count { faults.append("\(n) at risk for \(entry.count) at \(entry.time)") }
    }
    if !rows.allSatisfy({ $0.time.isFinite && $0.time >= 0 }) { faults.append("a time that is none") }
    return faults
  }

  private func check(_ error: ReconstructionError, _ label: String) {
    #expect(error.arm == "arm 7" && "\(error)".hasPrefix("arm 7: "), "\(label)")
    #expect(
      [.impossible, .contradiction, .missing].contains(error.code) && error.message.count > 15, "\(label): \(error)")
  }

  @Test("a thousand facts: never rows that miss a hard fact, and errors that name the arm")
  func curves() {
    var made = 0
    for seed in 1...1000 {
      var random = TestGenerator(7000 + seed)
      let facts = facts(&random)
      do throws(ReconstructionError) {
        let rows = try CurveReconstruction.rows(facts).rows
        #expect(faults(rows, facts).isEmpty, "seed \(seed): \(faults(rows, facts))")
        made += 1
      } catch { check(error, "seed \(seed)") }
      guard seed % 5 == 0 else { continue }
      do throws(ReconstructionError) {
        let relaxed = try CurveReconstruction.relaxedRows(facts)
        #expect(faults(relaxed.rows.rows, relaxed.facts).isEmpty, "seed \(seed), relaxed")
        #expect(relaxed.facts.subjects == facts.subjects, "seed \(seed), relaxed")
      } catch { check(error, "seed \(seed), relaxed") }
    }
    // Both ways out are taken.
    #expect(made > 100 && made < 900, "\(made)")
  }

  @Test("five thousand readings, of which many are noise")
  func manyReadings() throws {
    var random = TestGenerator(11)
    let facts = ArmFacts(
      arm: "arm 7", subjects: 30, events: 14, atRisk: [.init(time: 0, count: 30), .init(time: 12, count: 13)],
      readings: (0..<5000).map { place in
        let t = Double(place) / 250
        return .init(time: t, survival: min(1, max(0, 1 - 0.03 * t + 0.06 * (random.uniform() - 0.5))))
      }, isReadToEnd: true)
    do throws(ReconstructionError) {
      #expect(faults(try CurveReconstruction.rows(facts).rows, facts).isEmpty)
    } catch { check(error, "5,000 readings") }
  }

  @Test("two hundred pairs of summaries at level C")
  func summaries() {
    var made = 0
    for seed in 1...200 {
      var random = TestGenerator(90_000 + seed)
      func arm(_ median: Double) -> ArmFacts {
        let subjects = random.chance(0.1) ? random.pick(Self.counts) : 20 + Int(60 * random.uniform())
        let share =
          random.chance(0.05)
          ? random.pick(Self.counts) : Int(Double(min(subjects.magnitude, 90)) * (0.5 + 0.5 * random.uniform()))
        return ArmFacts(
          arm: "arm 7", subjects: subjects, events: random.chance(0.03) ? nil : share,
          median: random.chance(0.1) ? random.pick(Self.times) : random.chance(0.03) ? nil : median,
          atRisk: random.chance(0.05) ? [.init(time: 0, count: random.pick(Self.counts))] : [],
          assessments: random.chance(0.2) ? try? AssessmentSchedule([.init(every: 2)], jitter: 0.1) : nil,
          dropout: random.chance(0.2) ? Dropout(rate: random.pick([0, 1e-9, 0.01, 1, 1e300])) : nil)
      }
      let control = arm(5)
      let experimental = arm(5 + 4 * random.uniform())
      let ratio = random.chance(0.2) ? random.pick(Self.levels) : 0.5 + 0.5 * random.uniform()
      do throws(ReconstructionError) {
        let found = try SummaryReconstruction(control: control, experimental: experimental, hazardRatio: ratio)
        #expect(faults(found.control.rows, control).isEmpty, "seed \(seed)")
        #expect(faults(found.experimental.rows, experimental).isEmpty, "seed \(seed)")
        made += 1
      } catch { check(error, "seed \(seed)") }
    }
    #expect(made > 20 && made < 190, "\(made)")
  }
}

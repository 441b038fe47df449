extension ArmFacts {
  /// Relative difference up to which two times are one: 6 × 0.003 and 0.018 are, two printed times never.
  private static let nearness = 1e-9

  /// The same facts with times that differ by round-off made equal, to that of a number at risk where there is one.
  func joiningNearTimes() -> ArmFacts {
    let atRiskTimes = Set(atRisk.map(\.time))
    let times = (atRisk.map(\.time) + readings.map(\.time)).filter(\.isFinite).sorted()
    var joined: [Double: Double] = [:]
    var chain: [Double] = []
    func close() {
      guard let first = chain.first else { return }
      let common = chain.first { atRiskTimes.contains($0) } ?? first
      for time in chain { joined[time] = common }
    }
    for time in times {
      if let last = chain.last, time - last > ArmFacts.nearness * time {
        close()
        chain = []
      }
      chain.append(time)
    }
    close()
    return ArmFacts(
      arm: arm, subjects: subjects, events: events, median: median,
      atRisk: atRisk.map { .init(time: joined[$0.time] ?? $0.time, count: $0.count, isExact: $0.isExact) },
      readings: readings.map { .init(time: joined[$0.time] ?? $0.time, survival: $0.survival) },
      censorMarks: censorMarks, isReadToEnd: isReadToEnd, readingError: readingError, largestReadingError: largestReadingError)
  }
}

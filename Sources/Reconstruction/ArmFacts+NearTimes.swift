extension ArmFacts {
  /// Relative difference up to which two times are one: 6 × 0.003 and 0.018 are, two printed times never.
  private static let nearness = 1e-9

  /// The same facts with times that differ by round-off made equal, to that of a number at risk where there is one.
  func joiningNearTimes() -> ArmFacts {
    let atRiskTimes = Set(atRisk.map(\.time))
    let times = (atRisk.map(\.time) + readings.map(\.time) + [median].compactMap { $0 } + censorMarks).filter(
      \.isFinite
    ).sorted()
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
    var facts = self
    facts.median = median.map { joined[$0] ?? $0 }
    facts.atRisk = atRisk.map { .init(time: joined[$0.time] ?? $0.time, count: $0.count, isExact: $0.isExact) }
    facts.readings = readings.map { .init(time: joined[$0.time] ?? $0.time, survival: $0.survival) }
    facts.censorMarks = censorMarks.map { joined[$0] ?? $0 }
    return facts
  }
}

import Survival

extension RandomTrial {
  /// Causes for the events: 1, or one of `causes` at random.
  func causes(_ causes: Int) -> [Int] {
    var random = SplitMix64(seed: seed &* 31 &+ 5)
    return isEvent.map { $0 ? Int.random(in: 1...causes, using: &random) : 0 }
  }

  func risks(_ cause: [Int], causes: Int) throws -> CompetingRisks {
    try CompetingRisks(
      time: time, cause: cause, labels: (1...causes).map { "cause \($0)" }, entry: entry, weights: weights)
  }
}

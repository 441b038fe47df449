extension ArmFacts {
  /// The largest number of subjects of one arm: a hundred times the largest arms of oncology.
  static let largestNumber = 100_000
  /// The latest time: thirty thousand years in seconds, and products of two times are still finite.
  static let latestTime = 1e12

  /// Refuses facts that no right-censored data can show.
  ///
  /// - Throws: `ReconstructionError` naming the fact, or the pair of facts that contradict each other.
  func check() throws(ReconstructionError) {
    try checkEach()
    if let found = firstContradiction() { throw error(.contradiction, found.message) }
  }

  /// Refuses facts that are impossible by themselves.
  func checkEach() throws(ReconstructionError) {
    guard subjects > 0 else { throw error(.impossible, "the number of subjects must be above 0, not \(subjects)") }
    guard subjects <= ArmFacts.largestNumber else {
      throw error(
        .impossible,
        "\(subjects) subjects are more than rows are made for; the limit is \(ArmFacts.largestNumber)")
    }
    if let events, events < 0 { throw error(.impossible, "the number of events is \(events); it cannot be negative") }
    if let median, !(median > 0 && median <= ArmFacts.latestTime) {
      throw error(.impossible, "the median must be above 0 and at most \(ArmFacts.latestTime), not \(median)")
    }
    // Below a millionth no reading is an error of drawing any more.
    if let readingError, !(readingError >= 1e-6 && readingError <= 1) {
      throw error(.impossible, "the error of a reading must lie between 1e-6 and 1, not at \(readingError)")
    }
    guard largestReadingError >= 0, largestReadingError <= 1 else {
      throw error(.impossible, "the largest error of a reading must lie between 0 and 1, not at \(largestReadingError)")
    }
    for reading in readings {
      guard isTime(reading.time) else {
        throw error(.impossible, "a reading stands at time \(reading.time); \(timeRule)")
      }
      guard reading.survival >= 0, reading.survival <= 1 else {
        throw error(
          .impossible, "S(\(text(reading.time))) is read as \(text(reading.survival)); a probability lies in [0, 1]")
      }
    }
    if let mark = censorMarks.first(where: { !isTime($0) }) {
      throw error(.impossible, "a censor mark stands at time \(mark); \(timeRule)")
    }
    try checkAtRisk()
  }

  private func checkAtRisk() throws(ReconstructionError) {
    for (number, entry) in atRisk.enumerated() {
      guard isTime(entry.time), entry.count >= 0 else {
        throw error(
          .impossible, "\(entry.count) at risk at \(text(entry.time)): no number is negative, and \(timeRule)")
      }
      if number > 0, atRisk[number - 1].time >= entry.time {
        throw error(
          .impossible,
          "the times of the numbers at risk must rise: \(text(entry.time)) follows \(text(atRisk[number - 1].time))")
      }
    }
  }

  private func isTime(_ time: Double) -> Bool { time >= 0 && time <= ArmFacts.latestTime }
  private var timeRule: String { "times lie between 0 and \(ArmFacts.latestTime)" }

  private func error(_ code: ReconstructionError.Code, _ message: String) -> ReconstructionError {
    ReconstructionError(code, arm: arm, message)
  }
}

extension ArmFacts {
  /// The largest number of subjects of one arm: a hundred times the largest arms of oncology.
  static let largestNumber = 100_000

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
    if let median, !(median.isFinite && median > 0) {
      throw error(.impossible, "the median must be a finite number above 0, not \(median)")
    }
    guard readingError.map({ $0 > 0 && $0.isFinite }) ?? true, largestReadingError >= 0, largestReadingError.isFinite
    else {
      throw error(
        .impossible,
        "the errors of the readings, \(readingError.map { "\($0)" } ?? "not given") and at most \(largestReadingError), must be "
          + "finite and above 0")
    }
    for reading in readings {
      guard reading.time.isFinite, reading.time >= 0 else {
        throw error(.impossible, "a reading stands at time \(reading.time); times are finite and not negative")
      }
      guard reading.survival >= 0, reading.survival <= 1 else {
        throw error(
          .impossible, "S(\(text(reading.time))) is read as \(text(reading.survival)); a probability lies in [0, 1]")
      }
    }
    try checkAtRisk()
  }

  private func checkAtRisk() throws(ReconstructionError) {
    for (number, entry) in atRisk.enumerated() {
      guard entry.time.isFinite, entry.time >= 0, entry.count >= 0 else {
        throw error(.impossible, "\(entry.count) at risk at \(text(entry.time)): neither may be negative")
      }
      if number > 0, atRisk[number - 1].time >= entry.time {
        throw error(
          .impossible,
          "the times of the numbers at risk must rise: \(text(entry.time)) follows \(text(atRisk[number - 1].time))")
      }
    }
  }

  private func error(_ code: ReconstructionError.Code, _ message: String) -> ReconstructionError {
    ReconstructionError(code, arm: arm, message)
  }
}
